"""The results of grading as frozen values: every number that pages, tables and exports show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from okrdocs.format.records import CheckIn, Commitment, Drop, Override, Rag
from okrdocs.grading.measure import MeasuredKeyResult
from okrdocs.grading.metric_status import MetricStatus
from okrdocs.grading.pace import MeanPace, PaceCode, PaceResult
from okrdocs.grading.reported_values import Measure, ReportedValue
from okrdocs.grading.status import Standing, Status, StatusCode, status_of
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


class OwnersWord(NamedTuple):
    """The check-ins that hold the owner's latest sign, confidence and forecast; None without one.

    Each has its own date, whether or not it has a value.
    """

    sign: CheckIn | None = None
    confidence: CheckIn | None = None
    forecast: CheckIn | None = None


_NOTHING_SAID = OwnersWord()


@dataclass(frozen=True, slots=True)
class KeyResultScore:
    """One key result, graded. Decimals have two places; None where there is nothing to show.

    `held` is a guardrail's result: whether its grade is 1.00. `commitment` is its own type, else
    its objective's. `forecast` is the owner's own, else the computed one. `not_gradable` says in
    words why it has no grade yet although it can be read; "" for others. `measured` are all its
    values; `outside` those until the day that don't count, as they lie outside the cycle.
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
    commitment: Commitment = Commitment.ASPIRATIONAL
    owner: OwnersWord = _NOTHING_SAID
    forecast: Decimal | None = None
    outside: tuple[ReportedValue, ...] = ()
    measured: MeasuredKeyResult | None = field(default=None, compare=False, repr=False)

    @property
    def rag(self) -> Rag | None:
        """Return the owner's latest sign."""
        return self.owner.sign.rag if self.owner.sign else None

    @property
    def sign_on(self) -> date | None:
        """Return the day of the owner's sign where it isn't the value's."""
        day = self.owner.sign.date if self.owner.sign else None
        return None if self.value is not None and day == self.value.date else day

    @property
    def own_forecast_on(self) -> date | None:
        """Return the day of the owner's forecast; None where the forecast isn't the owner's own."""
        if self.forecast is None or self.owner.forecast is None:
            return None
        return self.owner.forecast.date

    @property
    def standing(self) -> Standing | None:
        """Return which of the four states it belongs to; None for what stands apart.

        A breached guardrail is at risk, stale or not.
        """
        breached = self.state is State.GUARDRAIL and self.held is False
        return Standing.AT_RISK if breached else self.status.standing

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


class StandingCounts(NamedTuple):
    """How many key results stand in each of the four states, and how many stand apart."""

    on_track: int = 0
    behind: int = 0
    at_risk: int = 0
    no_value: int = 0
    dropped: int = 0
    left_out: int = 0


def standing_counts(key_results: Iterable[KeyResultScore]) -> StandingCounts:
    """Count key results by their standing; drafts are in no count.

    Headlines and lists take their numbers from here, so that they count the same.
    """
    counts: Counter[Standing | State] = Counter(
        kr.state if kr.standing is None else kr.standing for kr in key_results
    )
    return StandingCounts(
        counts[Standing.ON_TRACK],
        counts[Standing.BEHIND],
        counts[Standing.AT_RISK],
        counts[Standing.NO_VALUE],
        counts[State.DROPPED],
        counts[State.LEFT_OUT],
    )


@dataclass(frozen=True, slots=True)
class MeanScore:
    """What objectives, teams and cycles have in common: what is expected of their parts by now.

    `mean_pace` is None where no part has an expectation, and from the last day on.
    """

    mean_pace: MeanPace | None = field(default=None, kw_only=True)

    @property
    def expected(self) -> Decimal | None:
        """Return the mean of what is expected of the parts by now."""
        return self.mean_pace.expected if self.mean_pace else None

    @property
    def pace(self) -> PaceCode | None:
        """Return how the mean grade of the same parts compares with what is expected."""
        return self.mean_pace.pace if self.mean_pace else None


@dataclass(frozen=True, slots=True)
class ObjectiveScore(MeanScore):
    """One objective: the weighted mean of its key results, or the grade given by hand.

    `counted` is the grade that goes into the means of its team and its cycle, None where it isn't
    in them; `counted_with_dropped` the one that goes into their means with what was dropped.
    """

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
    counted: Decimal | None = None
    counted_with_dropped: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TeamScore(MeanScore):
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
    def standings(self) -> StandingCounts:
        """Count the key results in each of the four states, and those that stand apart."""
        return standing_counts(self.key_results())

    @property
    def bands(self) -> Counter[str]:
        """Count the key results in each band; empty before the cycle's last day."""
        return Counter(band.word for band in counted_bands(self))


@dataclass(frozen=True, slots=True)
class CycleScore(MeanScore):
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
    def standings(self) -> StandingCounts:
        """Count the key results in each of the four states, and those that stand apart."""
        return standing_counts(self.key_results())

    @property
    def bands(self) -> Counter[str]:
        """Count the key results in each band; empty before the cycle's last day."""
        return Counter(band.word for band in counted_bands(self))


def counted_bands(score: TeamScore | CycleScore) -> Iterator[BandLimit]:
    """Yield the bands of key results, without those of objectives that are left out by hand."""
    objectives = score.objectives if isinstance(score, TeamScore) else score.objectives()
    for objective in objectives:
        if objective.state is not State.LEFT_OUT:
            yield from (kr.band for kr in objective.key_results if kr.band)


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
