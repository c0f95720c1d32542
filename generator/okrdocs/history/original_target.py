"""Finds a key result's original target, and the grade that it would have against that.

A target that changed is shown with both grades, so that everyone sees what the change was worth.
The arithmetic is that of `grading`, on the key result as it was set. Pure.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from okrdocs.diff import same_amount
from okrdocs.format.records import KeyResult
from okrdocs.grading.aggregate import score_workspace
from okrdocs.grading.measure import measure_all
from okrdocs.grading.results import KeyResultScore, Scores
from okrdocs.history.events import History, PointKind, ValuePoint
from okrdocs.workspace.workspace import Cycle, ResolvedRef


class OriginalTarget(NamedTuple):
    """Baseline and target at the start ("" where none was given), and the grade against them.

    `grade` is None where there is no value yet, or where the target was of another kind.
    """

    baseline: str
    target: str
    grade: Decimal | None


def original_target(ref: ResolvedRef, scores: Scores, history: History) -> OriginalTarget | None:
    """Return what was set at the start where baseline or target differ now; None otherwise.

    The start is the end of the cycle's first day, or the day on which the key result was added:
    changes before that are planning. A clone that begins later has no known start.
    """
    graded, cycle = scores.key_results[ref], scores.workspace.cycle(ref.cycle)
    key_result = graded.entry.key_result
    if cycle is None or not _has_single_target(key_result):
        return None
    series = history.series.get(ref)
    start = _start_in_history(series.points, cycle, scores.as_of) if series else None
    baseline, target = start or _start_in_file(graded, cycle, scores.as_of)
    if _is_target_unchanged(graded, baseline, target):
        return None
    return OriginalTarget(baseline, target, _grade_against(graded, cycle, scores, baseline, target))


def _has_single_target(key_result: KeyResult) -> bool:
    """Return whether the target is one amount: no levels, stages, milestones or relative change."""
    several = key_result.levels, key_result.stages, key_result.milestones
    return not any(several) and key_result.change is None and key_result.target is not None


def _start_in_history(
    points: Sequence[ValuePoint], cycle: Cycle, as_of: date
) -> tuple[str, str] | None:
    """Return baseline and target at the start in git; None in a clone that begins after it."""
    start = cycle.period.start if cycle.period else date.min
    first = points[0]
    if first.kind is PointKind.KNOWN and first.day > start:
        return None
    seen = [point for point in points if point.day <= min(start, as_of)]
    last = seen[-1] if seen else first
    return last.baseline, last.target


def _start_in_file(graded: KeyResultScore, cycle: Cycle, as_of: date) -> tuple[str, str]:
    """Return baseline and target at the start according to the file's own `target_changes`."""
    key_result, start = graded.entry.key_result, cycle.period.start if cycle.period else date.min
    changes = [change for change in key_result.target_changes if start < change.date <= as_of]
    first = min(changes, key=lambda change: change.date, default=None)
    return key_result.baseline or "", (first.from_ or "") if first else _current_target(graded)


def _is_target_unchanged(graded: KeyResultScore, baseline: str, target: str) -> bool:
    now = graded.entry.key_result.baseline or ""
    return same_amount(baseline, now) and same_amount(target, _current_target(graded))


def _current_target(graded: KeyResultScore) -> str:
    return graded.measure.target_text if graded.measure else graded.entry.key_result.target or ""


def _grade_against(
    graded: KeyResultScore, cycle: Cycle, scores: Scores, baseline: str, target: str
) -> Decimal | None:
    """Compute the formula's grade of the key result with its original numbers."""
    entry = graded.entry
    given = dataclasses.replace(
        entry.key_result, baseline=baseline or None, target=target or None, target_changes=()
    )
    objective = scores.workspace.objectives[entry.ref.parent]
    alone = dataclasses.replace(
        objective, key_results=(dataclasses.replace(entry, key_result=given),)
    )
    team = cycle.team(entry.ref.team)
    if team is None:
        return None
    teams = (dataclasses.replace(team, objectives=(alone,)),)
    part = dataclasses.replace(scores.workspace, cycles=(dataclasses.replace(cycle, teams=teams),))
    return score_workspace(part, measure_all(part)[0], scores.as_of).key_results[entry.ref].formula
