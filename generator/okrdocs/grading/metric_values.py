"""The values and targets of a metric as exact amounts in one unit, each fault noted at its field.

As `values` for key results. Where the amounts stand to each other on a day is for `health`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from okrdocs.format.records import Metric, MetricTarget, MetricValue
from okrdocs.grading.amounts import Check, in_unit_of
from okrdocs.grading.blanks import is_blank, is_placeholder
from okrdocs.grading.quantity import Quantity, QuantityError, Target, parse, parse_target


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a metric should be at the end of a cycle, and where it would be at best."""

    record: MetricTarget
    target: Target
    stretch: Target | None


@dataclass(frozen=True, slots=True)
class MetricAmounts:
    """A metric's own amounts, in the file's order; what can't be read is left out.

    `unit` is the first of them, in whose unit all are; None where there are none.
    """

    values: tuple[tuple[MetricValue, Quantity], ...]
    goals: tuple[Goal, ...]
    unit: Quantity | None


def amounts_of(metric: Metric, check: Check) -> MetricAmounts:
    """The amounts of a metric; the first one says in which unit the others are."""
    read = [(each, _value(each, check)) for each in metric.values]
    given = [(each, amount) for each, amount in read if amount is not None]
    goals = [*_goals(metric, check)]
    first = given[0][1] if given else goals[0].target.low if goals else None
    if first is None:
        return MetricAmounts((), (), None)
    values = tuple(
        (each, agreed) for each, amount in given if (agreed := _agreed(each, amount, first, check))
    )
    fitting = tuple(goal for each in goals if (goal := _in_unit(each, first, check)))
    return MetricAmounts(values, fitting, first)


def _value(given: MetricValue, check: Check) -> Quantity | None:
    """The amount of a value; None where it's blank or can't be read."""
    if is_blank(given.value):
        return None
    if is_placeholder(given.value):
        message = f"`{given.value}` stands for a number that isn't there yet."
        hint = "Remove this value, or write `n/a`, until it has been measured."
        check.fault(given.at, "value", "placeholder", message, hint)
        return None
    try:
        return parse(given.value)
    except QuantityError as fault:
        check.fault(given.at, "value", "bad-quantity", fault.message, _hint(fault))
        return None


def _agreed(given: MetricValue, amount: Quantity, unit: Quantity, check: Check) -> Quantity | None:
    agreed = in_unit_of(amount, unit)
    if agreed is None:
        message = f"`{amount.text}` and `{unit.text}` aren't in the same unit."
        hint = "A metric has one unit: write all of its values and targets in it."
        check.fault(given.at, "value", "unit-mismatch", message, hint)
    return agreed


def _hint(fault: QuantityError) -> str:
    """The hint to a text without a number speaks of key results; metrics are numbers only."""
    if not fault.no_number:
        return fault.hint
    return 'Write the number first, as in "12 deals"; what has none belongs in `note:`.'


# ------------------------------------------------------------------- targets


def _goals(metric: Metric, check: Check) -> Iterator[Goal]:
    for given in metric.targets:
        target = _target(given, "target", given.target, check)
        stretch = _target(given, "stretch", given.stretch, check) if given.stretch else None
        if target is not None:
            yield Goal(given, target, stretch)


def _target(given: MetricTarget, field: str, text: str, check: Check) -> Target | None:
    if is_placeholder(text):
        message = f"`{text}` stands for a number that isn't there yet."
        hint = "Put the number in, or leave this target out until it is known."
        check.fault(given.at, field, "placeholder", message, hint)
        return None
    try:
        return parse_target(text)
    except QuantityError as fault:
        check.fault(given.at, field, "bad-quantity", fault.message, _hint(fault))
        return None


def _in_unit(goal: Goal, unit: Quantity, check: Check) -> Goal | None:
    target = _converted(goal.target, unit)
    stretch = _converted(goal.stretch, unit) if goal.stretch else None
    for field, given, converted in (
        ("target", goal.target, target),
        ("stretch", goal.stretch, stretch),
    ):
        if given is not None and converted is None:
            message = f"`{given.text}` and `{unit.text}` aren't in the same unit."
            hint = "A metric has one unit: write all of its values and targets in it."
            check.fault(goal.record.at, field, "unit-mismatch", message, hint)
    return None if target is None else Goal(goal.record, target, stretch)


def _converted(target: Target, unit: Quantity) -> Target | None:
    low = in_unit_of(target.low, unit)
    high = in_unit_of(target.high, unit) if target.high else None
    if low is None or (target.high is not None and high is None):
        return None
    return replace(target, low=low, high=high)
