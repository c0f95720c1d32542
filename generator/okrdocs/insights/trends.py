"""What cycles show beside each other: how many objectives reached their aim, what was changed.

Between `scores` and `pages`: Scores in, frozen values out, pure. Grades are those of `scores`; here
are counts over them, and which cycles are alike enough to be compared.
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


class Kind(StrEnum):
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
    (Kind.MONTHS, 26, 36),
    (Kind.QUARTERS, 80, 102),
    (Kind.TRIMESTERS, 110, 132),
    (Kind.HALVES, 168, 196),
    (Kind.YEARS, 350, 380),
)
COMPARABLE = frozenset(kind for kind, _, _ in _LENGTHS)
"""The kinds of which a trend says something."""

Aims = Mapping[Commitment, Decimal]


class Counts(NamedTuple):
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
        """The share at their aim in whole per cent, half up; None where nothing is graded."""
        return (200 * self.at_aim + self.graded) // (2 * self.graded) if self.graded else None


class Point(NamedTuple):
    """A cycle in a trend; `company` is the company's own grade."""

    score: CycleScore
    company: Decimal | None
    counts: Counts


def kind_of(period: Period | None) -> Kind:
    """Which cycles a cycle of these days is compared with."""
    if period is None:
        return Kind.UNDATED
    fitting = (kind for kind, least, most in _LENGTHS if least <= period.days <= most)
    return next(fitting, Kind.OTHERS)


def points(scores: Scores) -> tuple[Point, ...]:
    """All cycles with their counts, from old to new."""
    aims = aims_of(scores.workspace.policy)
    return tuple(
        Point(score, score.company, counts_of(score, aims, scores.as_of)) for score in scores.cycles
    )


def aims_of(policy: Policy) -> Aims:
    """The lowest published grade (two decimals) that is at the aim, by the objective's type."""
    return {each: Decimal(ceil(aim * 100)).scaleb(-2) for each, aim in policy.aims.items()}


def counts_of(score: CycleScore | TeamScore, aims: Aims, as_of: date) -> Counts:
    """The counts of a cycle or a team. What isn't graded, was dropped or left out has no aim.

    A draft is counted nowhere.
    """
    graded = at_aim = changes = carried = dropped = 0
    for objective in _objectives(score):
        if objective.state is State.GRADED and objective.grade is not None:
            graded += 1
            at_aim += objective.grade >= aims[objective.entry.objective.type]
        if objective.state is State.DRAFT:
            continue
        with_it = objective.entry.carried_over_from is not None
        for kr in objective.key_results:
            if kr.state is State.DRAFT:
                continue
            changes += sum(1 for each in kr.entry.key_result.target_changes if each.date <= as_of)
            carried += with_it or kr.entry.carried_over_from is not None
            dropped += kr.state is State.DROPPED
    return Counts(at_aim, graded, changes, carried, dropped)


def _objectives(score: CycleScore | TeamScore) -> Iterable[ObjectiveScore]:
    return score.objectives if isinstance(score, TeamScore) else score.objectives()
