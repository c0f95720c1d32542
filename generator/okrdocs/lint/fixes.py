"""Fix what `okr check --fix` can fix by itself: where only one correct text is possible.

A fix is a few spans of the file's own text and what takes their place. The edit layer
(`source.yaml.edit`) replaces them and refuses where anything else would change. A fix counts only
if the file, read again, has fewer problems; `commands.check` shows the diff.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from okrdocs.errors import EditRefusedError
from okrdocs.format.loader import problems_of_file
from okrdocs.format.records import CheckIn, KeyResult
from okrdocs.problem import Problem, Severity, Span
from okrdocs.source.disk import File
from okrdocs.source.yaml.edit import replace_spans
from okrdocs.source.yaml.scalar_text import quoted_text


class SpanEdit(NamedTuple):
    """A stretch of a file and the text that takes its place.

    `meant` is what that says as YAML; None where the file says the same as before.
    """

    span: Span
    text: str
    meant: str | None = None


class Fix(NamedTuple):
    """A problem with the edits that fix it."""

    problem: Problem
    edits: tuple[SpanEdit, ...]


def find_fixes(
    problems: Iterable[Problem],
    files: Iterable[File],
    key_results: Mapping[str, KeyResult],
) -> tuple[Fix, ...]:
    """Return a fix for each problem that has one. `key_results` by their whole reference."""
    lines = {file.path: _split_lines(file.data) for file in files}
    fixes = []
    for problem in problems:
        edits = _edits_for_problem(problem, lines.get(problem.span.path, []), key_results)
        if edits:
            fixes.append(Fix(problem, edits))
    return tuple(fixes)


def _split_lines(data: bytes) -> list[str]:
    return data.decode("utf-8-sig", "replace").split("\n")


def _edits_for_problem(
    problem: Problem, lines: Sequence[str], key_results: Mapping[str, KeyResult]
) -> tuple[SpanEdit, ...]:
    if problem.code == "check-ins-out-of-order":
        key_result = key_results.get(problem.ref)
        return _edits_to_sort_check_ins(key_result.check_ins, lines) if key_result else ()
    if problem.code == "unused-suppression":
        return _edits_to_remove_comment(problem, lines)
    correct = _TEXTS.get(problem.code)
    text = _text_at(problem.span, lines)
    better = correct(text) if correct and text else None
    if better is None:
        return ()
    written = quoted_text(better, '"') if problem.code == "yaml-trap" else better
    return (SpanEdit(problem.span, written, better),) if written != text else ()


def _text_at(span: Span, lines: Sequence[str]) -> str:
    """Return the text of a span that stands on one line; "" for others."""
    if span.line != span.end_line or not 1 <= span.line <= len(lines):
        return ""
    return lines[span.line - 1][span.column - 1 : span.end_column - 1]


# ------------------------------------------------------------------- texts with one right form

_DAY = re.compile(r"([0-9]{4})([-/. ]?)([0-9]{1,2})\2([0-9]{1,2})")
_FLAGS = {"yes": "true", "on": "true", "no": "false", "off": "false", "y": "true", "n": "false"}
_QUOTES = "\"'"


def _remove_quotes(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] in _QUOTES and text[-1] == text[0] else text


def _corrected_flag(text: str) -> str | None:
    return _FLAGS.get(_remove_quotes(text).casefold())


def _corrected_day(text: str) -> str | None:
    """Return `2025/2/1` or `20250201` as an ISO date; nothing else has a clear order of parts."""
    match = _DAY.fullmatch(_remove_quotes(text))
    if match is None or (not match[2] and len(match[0]) != 8):
        return None
    try:
        return date(int(match[1]), int(match[3]), int(match[4])).isoformat()
    except ValueError:
        return None


def _corrected_grade(text: str) -> str | None:
    """Return `70%` as `0.7`; None for a bare 7 or 70, which may mean two things."""
    match = re.fullmatch(r"([0-9]{1,3})(?:\.([0-9]{1,4}))? ?%", _remove_quotes(text))
    value = Fraction(match[0].rstrip("% ")) / 100 if match else None
    return f"{float(value):g}" if value is not None and value <= 1 else None


def _text_with_colon(text: str) -> str | None:
    """Return `Legal: slow` as a text: its colon made it a mapping."""
    return None if text[:1] in (*_QUOTES, "{", "[") or ": " not in text else text


_TEXTS: Mapping[str, Callable[[str], str | None]] = {
    "wrong-type": _corrected_flag,
    "bad-date": _corrected_day,
    "bad-grade": _corrected_grade,
    "yaml-trap": _text_with_colon,
}


# ------------------------------------------------------------------- lines


def _edits_to_sort_check_ins(
    check_ins: Sequence[CheckIn], lines: Sequence[str]
) -> tuple[SpanEdit, ...]:
    """Return the items of the list in the order of their dates.

    None where comments stand between.
    """
    starts = [check_in.at.extent[0] for check_in in check_ins]
    ends = [check_in.at.extent[2] for check_in in check_ins]
    blocks = [(start, end) for start, end in zip(starts, ends, strict=True)]
    whole = all(lines[start - 1].lstrip().startswith("- ") for start in starts)
    apart = all(end < start for end, start in zip(ends, starts[1:], strict=False))
    between = [
        line
        for end, start in zip(ends, starts[1:], strict=False)
        for line in lines[end : start - 1]
    ]
    # A comment above the first item or below the last one may speak of that item alone.
    around = (lines[starts[0] - 2], *lines[ends[-1] : ends[-1] + 1])
    spoken = any(line.lstrip().startswith("#") for line in around)
    if not (whole and apart) or spoken or any(line.strip() for line in between):
        return ()
    order = sorted(range(len(blocks)), key=lambda index: check_ins[index].date)
    return tuple(
        SpanEdit(
            _span_of_lines(check_ins[0].at.path, *blocks[place], lines),
            _text_of_lines(blocks[index], lines),
        )
        for place, index in enumerate(order)
        if place != index
    )


def _text_of_lines(block: tuple[int, int], lines: Sequence[str]) -> str:
    return "\n".join(lines[block[0] - 1 : block[1]]).removesuffix("\r")


def _span_of_lines(path: str, start: int, end: int, lines: Sequence[str]) -> Span:
    return Span(path, start, 1, end, len(lines[end - 1].removesuffix("\r")) + 1)


_CODES = re.compile(r"(okr:\s*ignore\[)([^\]]*)(\])")


def _edits_to_remove_comment(problem: Problem, lines: Sequence[str]) -> tuple[SpanEdit, ...]:
    """Return edits that remove the comment, or only the code that no longer applies.

    One that merely stands on the wrong line holds a reason that somebody wrote: it stays.
    """
    if problem.related:
        return ()
    span, line = problem.span, lines[problem.span.line - 1]
    unused = problem.param("rule")
    match = _CODES.search(line)
    if unused is None or match is None:
        return ()
    codes = [code.strip() for code in match[2].split(",")]
    rest = [code for code in codes if code != unused]
    if rest:
        place = Span(span.path, span.line, match.start(2) + 1, span.line, match.end(2) + 1)
        return (SpanEdit(place, ", ".join(rest)),)
    before = line[: span.column - 1].rstrip()
    if before:
        return (SpanEdit(span._replace(column=len(before) + 1), ""),)
    return (SpanEdit(Span(span.path, span.line, 1, span.line + 1, 1), ""),)


# ------------------------------------------------------------------- applying them


def apply_fixes(files: Iterable[File], fixes: Sequence[Fix]) -> tuple[File, ...]:
    """Return the files that change, each with those fixes that improve it."""
    changed = []
    for file in files:
        text = file.data.decode("utf-8", "surrogateescape")
        own = [fix for fix in fixes if fix.problem.span.path == file.path]
        better = _apply_fixes_to_text(file.path, text, own) if own else text
        if better != text:
            changed.append(File(file.path, better.encode("utf-8", "surrogateescape")))
    return tuple(changed)


def _apply_fixes_to_text(path: str, text: str, fixes: Sequence[Fix]) -> str:
    """Return the text with the fixes that improve it, applied from its end to its start."""
    top = (text.count("\n") + 2, 1)
    for fix in sorted(fixes, key=lambda fix: max(edit.span for edit in fix.edits), reverse=True):
        end = max((edit.span.end_line, edit.span.end_column) for edit in fix.edits)
        if end > top:
            continue  # overlaps with a fix that was made; the next round takes it
        better = _apply_fix(text, fix)
        if better != text and _is_better(path, text, better, fix.problem.severity):
            text, top = better, min((e.span.line, e.span.column) for e in fix.edits)
    return text


def _is_better(path: str, before: str, after: str, severity: Severity) -> bool:
    """Return whether an error is gone; for a mere finding, whether no error was added."""
    files = (File(path, text.encode("utf-8", "surrogateescape")) for text in (before, after))
    old, new = (len(problems_of_file(file)) for file in files)
    return new < old if severity is Severity.ERROR and old else new <= old


def _apply_fix(text: str, fix: Fix) -> str:
    """Return the text with a fix, or unchanged where the fix would change something else."""
    meant = [edit.meant for edit in fix.edits if edit.meant is not None]
    parts = [(edit.span[1:], edit.text) for edit in fix.edits]
    try:
        return replace_spans(text, parts, meant or None).text
    except EditRefusedError:
        return text


def unified_diff_lines(before: Iterable[File], after: Iterable[File]) -> Iterator[str]:
    """Yield the changes as a unified diff, line by line."""
    old = {file.path: file.data.decode("utf-8", "replace").splitlines() for file in before}
    for file in after:
        new = file.data.decode("utf-8", "replace").splitlines()
        yield from difflib.unified_diff(
            old[file.path], new, f"a/{file.path}", f"b/{file.path}", lineterm=""
        )
