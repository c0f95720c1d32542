"""What a key result was set out to reach, and the grade that it would have against that.

Beside `history`: a target that moved is shown with both grades, so that nobody has to guess what
the move was worth. The arithmetic is the one of `score`, on the key result as it was set. Pure.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from okrdocs.diff import same_amount
from okrdocs.format.records import KeyResult
from okrdocs.grading.aggregate import score
from okrdocs.grading.measure import measure_all
from okrdocs.grading.results import KeyResultScore, Scores
from okrdocs.history.events import History, PointKind, ValuePoint
from okrdocs.workspace.workspace import Cycle, Ref


class OriginalTarget(NamedTuple):
    """The baseline and target of the start ("" where none was given), and the grade they yield.

    `grade` is None where there is none: no value yet, or another kind of target back then.
    """

    baseline: str
    target: str
    grade: Decimal | None


def original_target(ref: Ref, scores: Scores, history: History) -> OriginalTarget | None:
    """What was set at the start, where baseline or target are others now; None else.

    The start is the end of the cycle's first day, or the day on which the key result came: what
    was tried out before that moved no goalposts. A clone that begins later knows no start.
    """
    graded, cycle = scores.key_results[ref], scores.workspace.cycle(ref.cycle)
    key_result = graded.entry.key_result
    if cycle is None or not _has_single_target(key_result):
        return None
    series = history.series.get(ref)
    known = _start_in_history(series.points, cycle, scores.as_of) if series else None
    baseline, target = known or _start_in_file(graded, cycle, scores.as_of)
    if _is_unchanged(graded, baseline, target):
        return None
    return OriginalTarget(baseline, target, _grade_against(graded, cycle, scores, baseline, target))


def _has_single_target(key_result: KeyResult) -> bool:
    """Whether the target is one amount, not a ladder of levels, a list of steps or a judgement."""
    several = key_result.levels, key_result.stages, key_result.milestones
    return not any(several) and key_result.change is None and key_result.target is not None


def _start_in_history(
    points: Sequence[ValuePoint], cycle: Cycle, as_of: date
) -> tuple[str, str] | None:
    """What git saw at the start; None in a clone that begins after it."""
    start = cycle.period.start if cycle.period else date.min
    first = points[0]
    if first.kind is PointKind.KNOWN and first.day > start:
        return None
    seen = [point for point in points if point.day <= min(start, as_of)]
    last = seen[-1] if seen else first
    return last.baseline, last.target


def _start_in_file(graded: KeyResultScore, cycle: Cycle, as_of: date) -> tuple[str, str]:
    """What the file itself says of the start, in `target_changes`."""
    key_result, start = graded.entry.key_result, cycle.period.start if cycle.period else date.min
    changes = [change for change in key_result.target_changes if start < change.date <= as_of]
    first = min(changes, key=lambda change: change.date, default=None)
    return key_result.baseline or "", (first.from_ or "") if first else _current_target(graded)


def _is_unchanged(graded: KeyResultScore, baseline: str, target: str) -> bool:
    now = graded.entry.key_result.baseline or ""
    return same_amount(baseline, now) and same_amount(target, _current_target(graded))


def _current_target(graded: KeyResultScore) -> str:
    return graded.measure.target_text if graded.measure else graded.entry.key_result.target or ""


def _grade_against(
    graded: KeyResultScore, cycle: Cycle, scores: Scores, baseline: str, target: str
) -> Decimal | None:
    """The grade by formula of the key result as it was set, in a company of nothing else."""
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
    return score(part, measure_all(part)[0], scores.as_of).key_results[entry.ref].formula
