"""Counts what happened in each cycle, so that cycles of one length can be compared.

Scores in, frozen values out. Grades are those of `grading.results`; here are counts over them, and
which cycles are alike enough to stand in one trend.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import ceil
from typing import NamedTuple

from okrdocs.format.records import Commitment
from okrdocs.grading.results import CycleScore, ObjectiveScore, Scores, State, TeamScore
from okrdocs.workspace.calendar import Period
from okrdocs.workspace.grading_policy import Policy


class CycleLength(StrEnum):
    """Cycles of about one length. Only those are put into one trend."""

    MONTHS = "Months"
    QUARTERS = "Quarters"
    TRIMESTERS = "Trimesters"
    HALVES = "Half-years"
    YEARS = "Years"
    OTHERS = "Other lengths"
    UNDATED = "Without dates"


# Days from … to …: calendar periods are about 30, 91, 122, 182 and 365 days long, and those that a
# company dates by itself a week or so longer or shorter. These limits are our own.
_LENGTHS = (
    (CycleLength.MONTHS, 26, 36),
    (CycleLength.QUARTERS, 80, 102),
    (CycleLength.TRIMESTERS, 110, 132),
    (CycleLength.HALVES, 168, 196),
    (CycleLength.YEARS, 350, 380),
)
COMPARABLE = frozenset(kind for kind, _, _ in _LENGTHS)
"""The lengths of cycles that trends compare."""

AimGrades = Mapping[Commitment, Decimal]


class CycleCounts(NamedTuple):
    """What happened in a cycle, or to a team in it.

    `at_aim` of `graded` objectives reached the aim of their type. Of its key results, as many were
    `carried_over` from an earlier cycle (they or their objective say so) and `dropped`;
    `target_changes` counts every change.
    """

    at_aim: int
    graded: int
    target_changes: int
    carried_over: int
    dropped: int

    @property
    def per_cent(self) -> int | None:
        """Return the share at their aim in whole per cent, half up; None without any grade."""
        return (200 * self.at_aim + self.graded) // (2 * self.graded) if self.graded else None


class TrendCycle(NamedTuple):
    """A cycle in a trend; `company` is the company's own grade."""

    score: CycleScore
    company: Decimal | None
    counts: CycleCounts


def cycle_length(period: Period | None) -> CycleLength:
    """Return the length by which cycles are compared; None as a period is a cycle without dates."""
    if period is None:
        return CycleLength.UNDATED
    fitting = (kind for kind, least, most in _LENGTHS if least <= period.days <= most)
    return next(fitting, CycleLength.OTHERS)


def trend_cycles(scores: Scores) -> tuple[TrendCycle, ...]:
    """Return all cycles with their counts, from old to new."""
    aims = aim_grades(scores.workspace.policy)
    return tuple(
        TrendCycle(score, score.company, cycle_counts(score, aims, scores.as_of))
        for score in scores.cycles
    )


def aim_grades(policy: Policy) -> AimGrades:
    """Return the lowest published grade (two decimals) that is at the aim, by objective type."""
    return {
        commitment: Decimal(ceil(aim * 100)).scaleb(-2) for commitment, aim in policy.aims.items()
    }


def cycle_counts(score: CycleScore | TeamScore, aims: AimGrades, as_of: date) -> CycleCounts:
    """Count what happened in a cycle or to a team; what isn't graded or was dropped has no aim.

    A draft is counted nowhere.
    """
    graded = at_aim = changes = carried = dropped = 0
    for objective in _objectives_of_score(score):
        if objective.state is State.GRADED and objective.grade is not None:
            graded += 1
            at_aim += objective.grade >= aims[objective.entry.objective.type]
        if objective.state is State.DRAFT:
            continue
        with_it = objective.entry.carried_over_from is not None
        for kr in objective.key_results:
            if kr.state is State.DRAFT:
                continue
            changes += sum(
                1 for change in kr.entry.key_result.target_changes if change.date <= as_of
            )
            carried += with_it or kr.entry.carried_over_from is not None
            dropped += kr.state is State.DROPPED
    return CycleCounts(at_aim, graded, changes, carried, dropped)


def _objectives_of_score(score: CycleScore | TeamScore) -> Iterable[ObjectiveScore]:
    return score.objectives if isinstance(score, TeamScore) else score.objectives()
