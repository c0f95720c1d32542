"""Finds which findings belong to a change: those in its lines, and those that it caused.

Stands between `review`, which finds all of them in both states, and the review comment. Pure: the
lines are compared as they are, and what was renamed is known under both of its names.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from okrdocs.diff.pairs import Pairs
from okrdocs.grading.results import Scores
from okrdocs.problem import Problem, Severity, in_source_order
from okrdocs.source.disk import File

_MOST_LINES = 4_000
"""Above it, all between the first and the last line that differ counts as changed."""

_SEVERITIES = tuple(Severity)
LineRanges = tuple[tuple[int, int], ...]


class ChangedFindings(NamedTuple):
    """Findings that belong to the change, the most severe first, and how many others there are."""

    findings: tuple[Problem, ...]
    others: int


class NamesAfterChange(NamedTuple):
    """Maps what has another name after the change: paths, and references as findings name them."""

    paths: Mapping[str, str]
    refs: Mapping[str, str]


def paths_and_refs_after_change(before: Scores, after: Scores, pairs: Pairs) -> NamesAfterChange:
    """Return the name after the change for each name before it, as `find_pairs` paired them."""
    old, new = ({c.id: c for c in scores.workspace.cycles} for scores in (before, after))
    paths = {}
    for one, other in pairs.cycles.items():
        paths[f"{old[one].path}/cycle.yml"] = f"{new[other].path}/cycle.yml"
    for (cycle, team), (cycle_after, team_after) in pairs.teams.items():
        was, now = old[cycle].team(team), new[cycle_after].team(team_after)
        if was and now:
            paths[was.path] = now.path
    both = {**pairs.objectives, **pairs.key_results}
    return NamesAfterChange(
        paths, {str(one): str(other) for one, other in both.items()} | {**pairs.cycles}
    )


def changed_lines(
    before: Iterable[File], after: Iterable[File], paths: Mapping[str, str]
) -> Mapping[str, LineRanges]:
    """Return the changed lines of each new or changed file as (first, last), from 1.

    `paths` maps a file's path before to its path after.
    """
    old = {file.path: file.data for file in before}
    before_by_path = {now: old[was] for was, now in paths.items() if was in old} | old
    return {
        file.path: tuple(_changed_ranges(before_by_path.get(file.path, b""), file.data))
        for file in after
        if before_by_path.get(file.path) != file.data
    }


def _changed_ranges(before: bytes, after: bytes) -> Iterator[tuple[int, int]]:
    old, new = before.split(b"\n"), after.split(b"\n")
    start = _common_line_count(old, new)
    old, new = old[start:], new[start:]
    end = _common_line_count(old[::-1], new[::-1])
    old, new = old[: len(old) - end], new[: len(new) - end]
    if len(old) + len(new) > _MOST_LINES:
        yield start + 1, start + len(new)
        return
    for kind, _, _, first, last in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if kind in ("replace", "insert"):
            yield start + first + 1, start + last


def _common_line_count(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    """Return how many lines at the beginning are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def changed_findings(
    before: Iterable[Problem],
    after: Iterable[Problem],
    lines: Mapping[str, LineRanges],
    names: NamesAfterChange,
) -> ChangedFindings:
    """Select findings in changed lines, and codes that their subject didn't have before.

    `lines` comes from `changed_lines`; subjects of `before` are compared under their names after.
    """
    keys_before = {(problem.code, _subject_after_change(problem, names)) for problem in before}
    listed = in_source_order(after)
    changed = [
        problem
        for problem in listed
        if _is_in_ranges(problem, lines.get(problem.span.path, ()))
        or (problem.code, problem.ref or problem.span.path) not in keys_before
    ]
    return ChangedFindings(sort_by_severity(changed), len(listed) - len(changed))


def sort_by_severity(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return errors, then warnings, then advice; each in the order given."""
    return tuple(sorted(problems, key=lambda problem: _SEVERITIES.index(problem.severity)))


def _subject_after_change(problem: Problem, names: NamesAfterChange) -> str:
    if problem.ref:
        return names.refs.get(problem.ref, problem.ref)
    return names.paths.get(problem.span.path, problem.span.path)


def _is_in_ranges(problem: Problem, ranges: LineRanges) -> bool:
    span = problem.span
    return any(first <= span.end_line and span.line <= last for first, last in ranges)
