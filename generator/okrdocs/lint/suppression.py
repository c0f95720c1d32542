"""Comments that suppress a finding: `# okr: ignore[code] reason`.

Beside a line it speaks of that line, alone on a line of the next one. Only findings of the review
rules can be answered so, and only with a reason. `review` calls this after the rules have run.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from okrdocs.format.record_keys import record_keys
from okrdocs.lint.catalogue import RULES
from okrdocs.problem import Extent, Problem, Related, Span, error, nearest_hint, warning
from okrdocs.source.disk import File
from okrdocs.source.yaml import decoding as yaml_decoding
from okrdocs.source.yaml import reader as yaml_reader

_COMMENT = re.compile(r"(?:^|(?<=\s))#\s*okr:\s*ignore\b(?:\[([^\]]*)\])?(.*)")
_MARK = re.compile(rb"okr:\s*ignore")
_FORM = "Write `# okr: ignore[code] reason`."
_CODES = {rule.code: rule for rule in RULES}


class Suppression(NamedTuple):
    """One comment: where it stands, the lines that it speaks of, the rules, and why."""

    span: Span
    lines: frozenset[int]
    codes: tuple[str, ...]
    reason: str

    def covers(self, problem: Problem) -> bool:
        """Return whether the comment suppresses a finding."""
        span = problem.span
        return (
            problem.code in self.codes
            and span.path == self.span.path
            and bool({span.line, span.end_line} & self.lines)
        )


def read_suppressions(files: Iterable[File]) -> tuple[Suppression, ...]:
    """Read every such comment, in source order, whether it is complete or not."""
    return tuple(
        suppression
        for file in files
        if _MARK.search(file.data)
        for suppression in _suppressions_in_file(file)
    )


def _suppressions_in_file(file: File) -> Iterator[Suppression]:
    text, _ = yaml_decoding.decode(file.data, file.path)
    node, _ = yaml_reader.parse(text, file.path, records=record_keys())
    texts = sorted(_scalar_extents(node)) if node is not None else []
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    filled = [number for number, line in enumerate(lines, start=1) if _has_content(line)]
    for number, line in enumerate(lines, start=1):
        match = _COMMENT.search(line)
        if match is None or _is_line_in_any((number, match.start() + 1), texts):
            continue
        codes = tuple(
            dict.fromkeys(code.strip() for code in (match[1] or "").split(",") if code.strip())
        )
        span = Span(file.path, number, match.start() + 1, number, len(line.rstrip()) + 1)
        yield Suppression(
            span, _covered_lines(line, number, match.start(), filled), codes, match[2].strip()
        )


def _scalar_extents(node: yaml_reader.Node) -> Iterator[Extent]:
    if isinstance(node, yaml_reader.Scalar):
        yield node.extent
    elif isinstance(node, yaml_reader.Sequence):
        for item in node.items:
            yield from _scalar_extents(item)
    else:
        for key, value in node.entries:
            yield key.extent
            yield from _scalar_extents(value)


def _is_line_in_any(place: tuple[int, int], texts: Sequence[Extent]) -> bool:
    """Return whether a place lies in one of these extents, which are sorted and don't overlap."""
    before = bisect_right(texts, place, key=lambda extent: extent[:2])
    return before > 0 and place < texts[before - 1][2:]


def _covered_lines(line: str, number: int, column: int, filled: Sequence[int]) -> frozenset[int]:
    """Return the line beside a comment, or the next one with content; at the head also line 1.

    `filled` are the numbers of the lines with content, in order.
    """
    if line[:column].strip():
        return frozenset({number})
    before = bisect_right(filled, number)
    following = filled[before] if before < len(filled) else number
    return frozenset({following} | ({1} if before == 0 else set()))


def _has_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


class SuppressionResult(NamedTuple):
    """The findings that are left, with faults of comments, and how many were suppressed."""

    problems: tuple[Problem, ...]
    suppressed: int


def apply_suppressions(
    findings: Iterable[Problem],
    comments: Sequence[Suppression],
    ran: Collection[str],
    past: Collection[str] = (),
) -> SuppressionResult:
    """Leave out the findings that a comment answers; adds what is wrong with the comments.

    `ran` are the codes of the rules that ran, `past` the folders of cycles that weren't looked at:
    a comment for another rule, or in such a folder, can't be judged.
    """
    sound = [comment for comment in comments if not list(_problems_of_comment(comment))]
    by_line = _comments_by_line(sound)
    kept: list[Problem] = []
    used: set[tuple[Suppression, str]] = set()
    suppressed = 0
    for problem in findings:
        covering = _covering_comments(problem, by_line)
        used.update((comment, problem.code) for comment in covering)
        suppressed += bool(covering)
        if not covering:
            kept.append(problem)
    unused = {
        comment: [
            code
            for code in comment.codes
            if (comment, code) not in used and code in ran and not _CODES[code].dated
        ]
        for comment in sound
        if comment.span.path.rpartition("/")[0] not in past
    }
    return SuppressionResult((*kept, *_faults(comments, unused, kept)), suppressed)


def _faults(
    comments: Iterable[Suppression],
    unused: Mapping[Suppression, Sequence[str]],
    kept: Sequence[Problem],
) -> Iterator[Problem]:
    """Yield what is wrong with comments and with codes in them, no more than a file may have."""
    for _, in_file in groupby(comments, key=lambda comment: comment.span.path):
        found = (
            problem
            for comment in in_file
            for problem in (
                *_problems_of_comment(comment),
                *(_unused_suppression(comment, code, kept) for code in unused.get(comment, ())),
            )
        )
        yield from yaml_decoding.first_problems(islice(found, yaml_decoding.MAX_PROBLEMS + 1))


def _comments_by_line(
    comments: Iterable[Suppression],
) -> Mapping[tuple[str, int], Sequence[Suppression]]:
    by_line = defaultdict(list)
    for comment in comments:
        for line in comment.lines:
            by_line[comment.span.path, line].append(comment)
    return by_line


def _covering_comments(
    problem: Problem, by_line: Mapping[tuple[str, int], Sequence[Suppression]]
) -> set[Suppression]:
    path, lines = problem.span.path, {problem.span.line, problem.span.end_line}
    near = {comment for line in lines for comment in by_line.get((path, line), ())}
    return {comment for comment in near if comment.covers(problem)}


def _problems_of_comment(comment: Suppression) -> Iterator[Problem]:
    if not comment.codes:
        message = "This comment doesn't say which rule it answers."
        yield error("bad-suppression", comment.span, message, _FORM)
    for code in comment.codes:
        if code not in _CODES:
            message = f"There is no rule `{code}` that a comment could answer."
            yield error(
                "bad-suppression", comment.span, message, nearest_hint(code, _CODES) or _FORM
            )
    if not comment.reason:
        message = "This comment gives no reason why the rule doesn't hold here."
        yield error("bad-suppression", comment.span, message, f"{_FORM} Readers will want it.")


def _unused_suppression(comment: Suppression, code: str, kept: Iterable[Problem]) -> Problem:
    """Report a comment without its finding; where that is on another line, it names the line."""
    elsewhere = [p for p in kept if p.code == code and p.span.path == comment.span.path]
    if not elsewhere:
        message = f"Nothing here breaks the rule `{code}` any more."
        hint = "Remove the comment, or this code from it; `okr check --fix` does it."
        return warning("unused-suppression", comment.span, message, hint, rule=code)
    nearest_one = min(elsewhere, key=lambda p: abs(p.span.line - comment.span.line))
    line = nearest_one.span.line
    message = f"This comment stands beside no finding of `{code}`; the nearest is on line {line}."
    hint = f"Move it to line {line}, or alone above that line."
    finding = Related(nearest_one.span, "the finding")
    return warning("unused-suppression", comment.span, message, hint, finding, rule=code)
