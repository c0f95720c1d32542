"""The results of grading as frozen values: every number that pages, tables and exports show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from okrdocs.format.records import Drop, Override
from okrdocs.grading.measure import MeasuredKeyResult
from okrdocs.grading.metric_status import MetricStatus
from okrdocs.grading.pace import PaceResult
from okrdocs.grading.reported_values import Measure, ReportedValue
from okrdocs.grading.status import Status, StatusCode, status_of
from okrdocs.workspace.grading_policy import BandLimit
from okrdocs.workspace.workspace import (
    Cycle,
    KeyResultEntry,
    ObjectiveEntry,
    ResolvedRef,
    TeamEntry,
    Workspace,
)


class State(StrEnum):
    """How a key result takes part in the mean.

    A judged one is not graded yet where it has words and no mark: reported, but in no mean. So
    is one whose target can't be graded yet.
    """

    GRADED = "graded"
    NOT_REPORTED = "not reported"
    NOT_GRADED = "not graded yet"
    COUNTED_AS_ZERO = "counted as 0"
    GUARDRAIL = "guardrail"
    DROPPED = "dropped"
    LEFT_OUT = "left out"
    DRAFT = "draft"


_EXPECTED = frozenset({State.GRADED, State.NOT_REPORTED, State.NOT_GRADED, State.COUNTED_AS_ZERO})


_OUTSIDE = {
    State.DROPPED: StatusCode.DROPPED,
    State.LEFT_OUT: StatusCode.LEFT_OUT,
    State.DRAFT: StatusCode.DRAFT,
}
OUTSIDE = frozenset(_OUTSIDE)
"""States that count in no mean and are never overdue."""


def status_outside_mean(state: State) -> Status:
    """Return the status that a state of OUTSIDE shows."""
    return status_of(_OUTSIDE[state])


class Flag(NamedTuple):
    """Something about a number that a reader should know; `code` is stable."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class KeyResultScore:
    """One key result, graded. Decimals have two places; None where there is nothing to show.

    `held` is a guardrail's result: whether its grade is 1.00. `not_gradable` says in words why it
    has no grade yet although it can be read; "" for others. `measured` are all its values.
    """

    entry: KeyResultEntry
    measure: Measure | None
    value: ReportedValue | None
    progress: Decimal | None
    formula: Decimal | None
    grade: Decimal | None
    override: Override | None
    dropped: Drop | None
    state: State
    held: bool | None
    band: BandLimit | None
    pacing: PaceResult | None
    stale: bool
    status: Status
    flags: tuple[Flag, ...]
    trace: tuple[str, ...]
    not_gradable: str = ""
    measured: MeasuredKeyResult | None = field(default=None, compare=False, repr=False)

    @property
    def counts_in_mean(self) -> bool:
        """Return whether the grade goes into the objective's mean."""
        return self.grade is not None and self.state in {State.GRADED, State.COUNTED_AS_ZERO}

    @property
    def is_reported(self) -> bool:
        """Return whether it has a grade, or at least a value that can't be graded yet."""
        waits = self.state is State.NOT_GRADED and self.value is not None
        return self.state is State.GRADED or waits

    @property
    def expects_value(self) -> bool:
        """Return whether a value is expected, so that "3 of 4 reported" counts it among the 4."""
        return self.state in _EXPECTED


@dataclass(frozen=True, slots=True)
class ObjectiveScore:
    """One objective: the weighted mean of its key results, or the grade given by hand."""

    entry: ObjectiveEntry
    grade: Decimal | None
    formula: Decimal | None
    override: Override | None
    dropped: Drop | None
    with_dropped: Decimal | None
    state: State
    band: BandLimit | None
    reported: int
    of: int
    key_results: tuple[KeyResultScore, ...]
    flags: tuple[Flag, ...]
    trace: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamScore:
    """One team in one cycle: the weighted mean of its objectives."""

    entry: TeamEntry
    grade: Decimal | None
    with_dropped: Decimal | None
    reported: int
    of: int
    objectives: tuple[ObjectiveScore, ...]
    trace: tuple[str, ...]

    def key_results(self) -> Iterator[KeyResultScore]:
        """Yield all key results, objective by objective."""
        for objective in self.objectives:
            yield from objective.key_results

    @property
    def statuses(self) -> Counter[Status]:
        """Count the key results that show each status, whatever sign stands before its word."""
        return Counter(kr.status.status_without_sign for kr in self.key_results())

    @property
    def bands(self) -> Counter[str]:
        """Count the key results in each band; empty before the cycle's last day."""
        return Counter(kr.band.word for kr in self.key_results() if kr.band)


@dataclass(frozen=True, slots=True)
class CycleScore:
    """One cycle: the weighted mean of all objectives, and the company's own beside it."""

    cycle: Cycle
    grade: Decimal | None
    company: Decimal | None
    with_dropped: Decimal | None
    reported: int
    of: int
    final: bool
    elapsed: tuple[int, int] | None
    teams: tuple[TeamScore, ...]
    trace: tuple[str, ...]

    def objectives(self) -> Iterator[ObjectiveScore]:
        """Yield all objectives, team by team."""
        for team in self.teams:
            yield from team.objectives

    def key_results(self) -> Iterator[KeyResultScore]:
        """Yield all key results, team by team."""
        for team in self.teams:
            yield from team.key_results()

    @property
    def statuses(self) -> Counter[Status]:
        """Count the key results that show each status, whatever sign stands before its word."""
        return Counter(kr.status.status_without_sign for kr in self.key_results())

    @property
    def bands(self) -> Counter[str]:
        """Count the key results in each band; empty before the cycle's last day."""
        return Counter(kr.band.word for kr in self.key_results() if kr.band)


@dataclass(frozen=True)
class Scores:
    """Everything as of one day. Look-ups by reference cover all cycles."""

    workspace: Workspace
    as_of: date
    cycles: tuple[CycleScore, ...]
    objectives: Mapping[ResolvedRef, ObjectiveScore]
    key_results: Mapping[ResolvedRef, KeyResultScore]
    metrics: Mapping[str, MetricStatus] = field(default_factory=dict)

    def cycle(self, cycle_id: str) -> CycleScore | None:
        """Return a cycle's scores by its id, without case; None where there is no such cycle."""
        wanted = cycle_id.casefold()
        return next((c for c in self.cycles if c.cycle.id.casefold() == wanted), None)
