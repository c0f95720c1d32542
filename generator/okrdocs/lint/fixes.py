"""What `okr check --fix` may correct by itself: where the right text follows from the wrong one.

Most right texts are data of the problem (`Problem.replacement`): the message prints them, and here
they are written. A fix is a few spans of the file's own text and what takes their place. The edit
layer (`source.yaml.edit`) replaces them and refuses where anything else would change. A fix counts
only if the file, read again, has fewer problems; `commands.check` shows the diff.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from okrdocs.errors import EditRefusedError
from okrdocs.format.loader import problems_of_file
from okrdocs.format.records import CheckIn, KeyResult
from okrdocs.problem import Problem, Replacement, Span
from okrdocs.source.disk import File
from okrdocs.source.yaml import nodes as yaml_nodes
from okrdocs.source.yaml.edit import replace_spans
from okrdocs.source.yaml.nodes import Node, Scalar
from okrdocs.source.yaml.reader import parse_fragment


class SpanEdit(NamedTuple):
    """A stretch of a file and the text that takes its place.

    `meant` are the scalars of that as YAML; None where the file says the same as before.
    """

    span: Span
    text: str
    meant: tuple[str, ...] | None = None


class Fix(NamedTuple):
    """A problem and the edits that correct it."""

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
        edits = _edits_for(problem, lines.get(problem.span.path, []), key_results)
        if edits:
            fixes.append(Fix(problem, edits))
    return tuple(fixes)


def _split_lines(data: bytes) -> list[str]:
    return data.decode("utf-8-sig", "replace").split("\n")


def _edits_for(
    problem: Problem, lines: Sequence[str], key_results: Mapping[str, KeyResult]
) -> tuple[SpanEdit, ...]:
    if problem.code == "check-ins-out-of-order":
        key_result = key_results.get(problem.ref)
        return _edits_to_sort_check_ins(key_result.check_ins, lines) if key_result else ()
    if problem.code == "unused-suppression":
        return _edits_to_remove_comment(problem, lines)
    right = problem.replacement
    return _edits_to_write_replacement(right, lines) if right else ()


# ------------------------------------------------------------------- the right text of a problem


def _edits_to_write_replacement(
    replacement: Replacement, lines: Sequence[str]
) -> tuple[SpanEdit, ...]:
    """Write what the message says should stand there; nothing where that isn't readable YAML."""
    if not replacement.entries:
        # What closes a quotation or parts a key from its value says nothing by itself.
        inserted = replacement.span[1:3] == replacement.span[3:]
        meant = _scalars_of(replacement.text.strip(", \n"))
        edit = SpanEdit(replacement.span, replacement.text, meant)
        return (edit,) if inserted or meant is not None else ()
    span = replacement.span
    before = lines[span.line - 1][: span.column - 1]
    key = _KEY_BEFORE.search(before)
    values = [_scalars_of(value) for _, value in replacement.entries]
    if key is None or not all(values):
        return ()
    flow = before[: key.start()].count("{") > before[: key.start()].count("}")
    between = ", " if flow else f"\n{' ' * key.start()}"
    text = between.join(f"{name}: {value}" for name, value in replacement.entries)
    meant = tuple(
        each
        for (name, _), value in zip(replacement.entries, values, strict=True)
        for each in (name, *(value or ()))
    )
    return (SpanEdit(span._replace(column=key.start() + 1), text, meant),)


_KEY_BEFORE = re.compile(r"[\w-]+[ \t]*:[ \t]+$")


def _scalars_of(text: str) -> tuple[str, ...] | None:
    """Return all scalars of a YAML text, keys too; None where it can't be read."""
    node = parse_fragment(re.sub(r"\n +", "\n", text), 1)
    return None if node is None else tuple(_scalars_within(node))


def _scalars_within(node: Node) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, yaml_nodes.Mapping):
        for key, value in node.entries:
            yield key.text
            yield from _scalars_within(value)
    else:
        for item in node.items:
            yield from _scalars_within(item)


# ------------------------------------------------------------------- lines


def _edits_to_sort_check_ins(
    check_ins: Sequence[CheckIn], lines: Sequence[str]
) -> tuple[SpanEdit, ...]:
    """Put the items of the list in the order of their dates; not where comments stand between."""
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
    has_comment = any(line.lstrip().startswith("#") for line in around)
    if not (whole and apart) or has_comment or any(line.strip() for line in between):
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


_SUPPRESSED_CODES = re.compile(r"(okr:\s*ignore\[)([^\]]*)(\])")


def _edits_to_remove_comment(problem: Problem, lines: Sequence[str]) -> tuple[SpanEdit, ...]:
    """Remove the comment, or only the code that nothing breaks any more.

    One that merely stands on the wrong line holds a reason that somebody wrote: it stays.
    """
    if problem.related:
        return ()
    span, line = problem.span, lines[problem.span.line - 1]
    unused = problem.param("rule")
    match = _SUPPRESSED_CODES.search(line)
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
    """Return the files that change, each with those fixes that leave fewer problems in it."""
    changed = []
    for file in files:
        text = file.data.decode("utf-8", "surrogateescape")
        own = [fix for fix in fixes if fix.problem.span.path == file.path]
        fixed = _fixed_text(file.path, text, own) if own else text
        if fixed != text:
            changed.append(File(file.path, fixed.encode("utf-8", "surrogateescape")))
    return tuple(changed)


def _fixed_text(path: str, text: str, fixes: Sequence[Fix]) -> str:
    """Apply one fix after the other, from the end to the beginning, so that places stay true."""
    top = (text.count("\n") + 2, 1)
    for fix in sorted(fixes, key=lambda fix: max(edit.span for edit in fix.edits), reverse=True):
        end = max((edit.span.end_line, edit.span.end_column) for edit in fix.edits)
        if end > top:
            continue  # overlaps with a fix that was made; the next round takes it
        fixed = _text_with_fix(text, fix)
        if fixed != text and _is_better(path, text, fixed, fix.problem):
            text, top = fixed, min((e.span.line, e.span.column) for e in fix.edits)
    return text


def _is_better(path: str, before: str, after: str, problem: Problem) -> bool:
    """Return whether no problem has come, and an error of the file itself is gone.

    Where a file can be read at last, what was hidden so far comes to light. Errors of what the
    numbers say don't show here: whoever asked reads everything again.
    """
    if parse_fragment(before, 1) is None and parse_fragment(after, 1) is not None:
        return True
    old, new = (
        problems_of_file(File(path, text.encode("utf-8", "surrogateescape")))
        for text in (before, after)
    )
    return len(new) <= len(old) and (len(new) < len(old) or not _is_among(problem, new))


def _is_among(problem: Problem, others: Iterable[Problem]) -> bool:
    place = (problem.code, problem.span[:3])
    return any((other.code, other.span[:3]) == place for other in others)


def _text_with_fix(text: str, fix: Fix) -> str:
    """Return the text with a fix; as it was where something else would change with it."""
    meant = [text for edit in fix.edits for text in edit.meant or ()]
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
