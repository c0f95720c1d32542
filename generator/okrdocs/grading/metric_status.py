"""Says how each metric stands on a day: its readings, and whether its targets are reached.

Metrics are watched and never graded. What a key result of a metric checks in is a reading of
the metric, too. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from okrdocs.format.records import Direction, Metric
from okrdocs.grading.amounts import ProblemSink, convert_to_unit_of
from okrdocs.grading.measure import MeasuredKeyResult
from okrdocs.grading.metric_values import MetricAmounts, MetricGoal, metric_amounts
from okrdocs.grading.quantity import Quantity, Target
from okrdocs.workspace.calendar import Period
from okrdocs.workspace.workspace import Cycle, KeyResultEntry, ResolvedRef, Workspace


@dataclass(frozen=True, slots=True)
class MetricReading:
    """A metric's value on a day. `origin` is the key result that reported it; None: the metric."""

    date: date
    text: str
    amount: Quantity
    origin: ResolvedRef | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MetricTargetStatus:
    """A metric's target for a cycle, compared with the last reading in the cycle so far.

    `reached` and `stretched` are None where nothing can be said for certain; `over`: the cycle's
    last day is past.
    """

    cycle: Cycle
    target: str
    stretch: str
    reading: MetricReading | None
    reached: bool | None
    stretched: bool | None
    over: bool


@dataclass(frozen=True, slots=True)
class MetricStatus:
    """One metric on a day. Readings by date, of two on a day its own last.

    `movers` are the key results that name it; those of `foreign` have another unit, so that
    their check-ins are no readings of it. Those of drafts aren't either.
    """

    id: str
    metric: Metric
    readings: tuple[MetricReading, ...]
    aims: tuple[MetricTargetStatus, ...]
    movers: tuple[KeyResultEntry, ...]
    foreign: frozenset[ResolvedRef]

    @property
    def latest(self) -> MetricReading | None:
        """Return the latest reading; None where there is none."""
        return self.readings[-1] if self.readings else None


def metric_statuses(
    workspace: Workspace, measured: Mapping[ResolvedRef, MeasuredKeyResult], as_of: date
) -> Mapping[str, MetricStatus]:
    """Compute the status of every metric by id, from what is dated on or before the day."""
    return {
        name: _metric_status(name, metric, workspace, measured, as_of)
        for name, metric in workspace.metrics.items()
    }


def _metric_status(
    name: str,
    metric: Metric,
    workspace: Workspace,
    measured: Mapping[ResolvedRef, MeasuredKeyResult],
    as_of: date,
) -> MetricStatus:
    amounts = metric_amounts(metric, ProblemSink([]))
    movers = workspace.key_results_by_metric.get(name, ())
    public = (entry for entry in movers if not _is_in_draft(entry, workspace))
    by_key_result = {entry.ref: [*_check_in_readings(entry, measured, as_of)] for entry in public}
    readings_in_unit = [reading for readings in by_key_result.values() for reading in readings]
    unit = amounts.unit or (readings_in_unit[-1].amount if readings_in_unit else None)
    foreign = frozenset(
        ref
        for ref, its_readings in by_key_result.items()
        if any(not _is_convertible_to(unit, reading.amount) for reading in its_readings)
    )
    fitting = [reading for reading in readings_in_unit if reading.origin not in foreign]
    readings = sorted([*fitting, *_own_readings(amounts, as_of)], key=attrgetter("date"))
    aims = tuple(_target_statuses(amounts, metric.better, readings, workspace, as_of))
    return MetricStatus(name, metric, tuple(readings), aims, movers, foreign)


def _is_in_draft(entry: KeyResultEntry, workspace: Workspace) -> bool:
    """Return whether a key result is in a draft: that changes no number of what is public."""
    cycle = workspace.cycle(entry.ref.cycle)
    home = workspace.objectives[entry.ref.parent]
    return entry.draft or home.draft or (cycle is not None and cycle.draft)


def _is_convertible_to(unit: Quantity | None, amount: Quantity) -> bool:
    return unit is not None and convert_to_unit_of(amount, unit) is not None


def _check_in_readings(
    entry: KeyResultEntry, measured: Mapping[ResolvedRef, MeasuredKeyResult], as_of: date
) -> Iterator[MetricReading]:
    """Yield the values of a key result that are amounts; stages and marks are none."""
    key_result = measured.get(entry.ref)
    for value in key_result.values_until(as_of) if key_result else ():
        if isinstance(value.amount, Quantity):
            yield MetricReading(value.date, value.text, value.amount, entry.ref)


def _own_readings(amounts: MetricAmounts, as_of: date) -> Iterator[MetricReading]:
    for given, amount in amounts.values:
        if given.date <= as_of:
            yield MetricReading(given.date, given.value, amount, None, given.note or "")


# ------------------------------------------------------------------- targets


def _target_statuses(
    amounts: MetricAmounts,
    better: Direction | None,
    readings: list[MetricReading],
    workspace: Workspace,
    as_of: date,
) -> Iterator[MetricTargetStatus]:
    """Yield the targets in the order of their cycles."""
    goals = {goal.record.cycle.casefold(): goal for goal in reversed(amounts.goals)}
    for cycle in workspace.cycles:
        goal = goals.get(cycle.id.casefold())
        if goal is not None:
            yield _target_status(goal, cycle, better, readings, as_of)


def _target_status(
    goal: MetricGoal,
    cycle: Cycle,
    better: Direction | None,
    readings: list[MetricReading],
    as_of: date,
) -> MetricTargetStatus:
    in_cycle = [reading for reading in readings if _is_in_period(cycle.period, reading.date)]
    last = in_cycle[-1] if in_cycle else None
    return MetricTargetStatus(
        cycle,
        goal.record.target,
        goal.record.stretch or "",
        last,
        is_target_reached(goal.target, last, better),
        is_target_reached(goal.stretch, last, better),
        cycle.period is not None and cycle.period.end < as_of,
    )


def _is_in_period(period: Period | None, day: date) -> bool:
    return period is None or period.start <= day <= period.end


def is_target_reached(
    target: Target | None, reading: MetricReading | None, better: Direction | None
) -> bool | None:
    """Return whether a reading reaches a target; None where only a guess could tell.

    Without a comparator in the target, `better` says which direction counts.
    """
    if target is None or reading is None:
        return None
    amount = convert_to_unit_of(reading.amount, target.low)
    if amount is None:
        return None
    if target.comparator:
        return target.is_met_by(amount)
    if better is None:
        return None
    if better is Direction.HIGHER:
        return amount.value >= target.low.value
    return amount.value <= target.low.value
