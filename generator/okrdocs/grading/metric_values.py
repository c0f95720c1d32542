"""Reads the values and targets of a metric as exact amounts in one unit, with problems.

As `reported_values` for key results. How they stand on a day is decided in `metric_status`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from okrdocs.format.records import Metric, MetricTarget, MetricValue
from okrdocs.grading.amounts import ProblemSink, convert_to_unit_of
from okrdocs.grading.blanks import is_blank, is_placeholder
from okrdocs.grading.quantity import Quantity, QuantityError, Target, parse_quantity, parse_target


@dataclass(frozen=True, slots=True)
class MetricGoal:
    """A metric's target for the end of a cycle, and its stretch target."""

    record: MetricTarget
    target: Target
    stretch: Target | None


@dataclass(frozen=True, slots=True)
class MetricAmounts:
    """A metric's own amounts, in the file's order; what can't be read is left out.

    `unit` is the first of them, in whose unit all are; None where there are none.
    """

    values: tuple[tuple[MetricValue, Quantity], ...]
    goals: tuple[MetricGoal, ...]
    unit: Quantity | None


def metric_amounts(metric: Metric, sink: ProblemSink) -> MetricAmounts:
    """Read the amounts of a metric; the first one decides in which unit the others must be."""
    read = [(value, _read_value(value, sink)) for value in metric.values]
    given = [(value, amount) for value, amount in read if amount is not None]
    goals = [*_read_goals(metric, sink)]
    first = given[0][1] if given else goals[0].target.low if goals else None
    if first is None:
        return MetricAmounts((), (), None)
    values = tuple(
        (value, converted)
        for value, amount in given
        if (converted := _value_in_unit(value, amount, first, sink))
    )
    converted_goals = tuple(
        in_unit for goal in goals if (in_unit := _goal_in_unit(goal, first, sink))
    )
    return MetricAmounts(values, converted_goals, first)


def _read_value(given: MetricValue, sink: ProblemSink) -> Quantity | None:
    """Read the amount of a value; None where it's blank or can't be read."""
    if is_blank(given.value):
        return None
    if is_placeholder(given.value):
        message = f"`{given.value}` stands for a number that isn't there yet."
        hint = "Remove this value, or write `n/a`, until it has been measured."
        sink.add_error(given.at, "value", "placeholder", message, hint)
        return None
    try:
        return parse_quantity(given.value)
    except QuantityError as fault:
        sink.add_error(given.at, "value", "bad-quantity", fault.message, _metric_value_hint(fault))
        return None


def _value_in_unit(
    given: MetricValue, amount: Quantity, unit: Quantity, sink: ProblemSink
) -> Quantity | None:
    converted = convert_to_unit_of(amount, unit)
    if converted is None:
        message = f"`{amount.text}` and `{unit.text}` aren't in the same unit."
        hint = "A metric has one unit: write all of its values and targets in it."
        sink.add_error(given.at, "value", "unit-mismatch", message, hint)
    return converted


def _metric_value_hint(fault: QuantityError) -> str:
    """Return the hint for a metric's value; the general hint is about key results."""
    if not fault.no_number:
        return fault.hint
    return 'Write the number first, as in "12 deals"; what has none belongs in `note:`.'


# ------------------------------------------------------------------- targets


def _read_goals(metric: Metric, sink: ProblemSink) -> Iterator[MetricGoal]:
    for given in metric.targets:
        target = _read_target(given, "target", given.target, sink)
        stretch = _read_target(given, "stretch", given.stretch, sink) if given.stretch else None
        if target is not None:
            yield MetricGoal(given, target, stretch)


def _read_target(given: MetricTarget, field: str, text: str, sink: ProblemSink) -> Target | None:
    if is_placeholder(text):
        message = f"`{text}` stands for a number that isn't there yet."
        hint = "Put the number in, or leave this target out until it is known."
        sink.add_error(given.at, field, "placeholder", message, hint)
        return None
    try:
        return parse_target(text)
    except QuantityError as fault:
        sink.add_error(given.at, field, "bad-quantity", fault.message, _metric_value_hint(fault))
        return None


def _goal_in_unit(goal: MetricGoal, unit: Quantity, sink: ProblemSink) -> MetricGoal | None:
    target = _target_in_unit(goal.target, unit)
    stretch = _target_in_unit(goal.stretch, unit) if goal.stretch else None
    for field, given, converted in (
        ("target", goal.target, target),
        ("stretch", goal.stretch, stretch),
    ):
        if given is not None and converted is None:
            message = f"`{given.text}` and `{unit.text}` aren't in the same unit."
            hint = "A metric has one unit: write all of its values and targets in it."
            sink.add_error(goal.record.at, field, "unit-mismatch", message, hint)
    return None if target is None else MetricGoal(goal.record, target, stretch)


def _target_in_unit(target: Target, unit: Quantity) -> Target | None:
    low = convert_to_unit_of(target.low, unit)
    high = convert_to_unit_of(target.high, unit) if target.high else None
    if low is None or (target.high is not None and high is None):
        return None
    return replace(target, low=low, high=high)
