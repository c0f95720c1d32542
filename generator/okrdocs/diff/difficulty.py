"""Computes which way a number moved, and whether its target is easier or harder to reach since."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from okrdocs.format.records import Direction, MeasureName
from okrdocs.grading.amounts import convert_to_unit_of
from okrdocs.grading.blanks import is_blank
from okrdocs.grading.difference import difference_text
from okrdocs.grading.quantity import (
    QuantityError,
    Target,
    parse_quantity,
    parse_target,
)
from okrdocs.grading.reported_values import Measure
from okrdocs.workspace.calendar import Period

EASIER, HARDER = "easier", "harder"
_UP = frozenset({MeasureName.INCREASE, MeasureName.ACCUMULATE, MeasureName.AT_LEAST})
_DOWN = frozenset({MeasureName.DECREASE, MeasureName.AT_MOST})
_BASELINE_COUNTS = frozenset({MeasureName.INCREASE, MeasureName.DECREASE, MeasureName.LEVELS})
_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve")  # fmt: skip
_DAYS_AS_WEEKS = 14


def amount_difference(before: str, after: str) -> Fraction | None:
    """Return by how much an amount grew, in its base unit; None where they can't be compared."""
    try:
        old, new = parse_target(before), parse_target(after)
    except QuantityError:
        return None
    if not _is_comparable(old, new):
        return None
    return new.low.value - old.low.value


def _is_comparable(old: Target, new: Target) -> bool:
    """Return whether both are plain amounts or bounds of one direction and unit.

    A range isn't: it has two ends that can move.
    """
    ranges = old.high is not None or new.high is not None
    alike = old.comparator == new.comparator
    return not ranges and alike and convert_to_unit_of(new.low, old.low) is not None


def easier_or_harder(
    key: str, before: str, after: str, measures: tuple[Measure | None, Measure | None]
) -> str:
    """Return `easier`, `harder`, or "" where that can't be said of a field of a key result.

    Harder is what lowers the grade of the same value: a target farther away, but also a baseline
    nearer to it, since less of the distance then counts as done.
    """
    change = amount_difference(before, after)
    direction = _direction_of_harder(key, measures)
    if not change or not direction:
        return ""
    return HARDER if change * direction > 0 else EASIER


def metric_easier_or_harder(before: str, after: str, better: Direction | None) -> str:
    """Return the same as `easier_or_harder` for a metric's target.

    Its comparator says which direction is harder, or else `better` does.
    """
    change = amount_difference(before, after)
    if not change:
        return ""
    comparator = parse_target(after).comparator
    direction = {"≥": 1, ">": 1, "≤": -1, "<": -1}.get(comparator, 0)
    if not comparator and better is not None:
        direction = 1 if better is Direction.HIGHER else -1
    return "" if not direction else HARDER if change * direction > 0 else EASIER


def _direction_of_harder(key: str, measures: tuple[Measure | None, Measure | None]) -> int:
    """Return 1 where a higher number is harder to reach, -1 where a lower one is, else 0."""
    old, new = (measure or measures[0] or measures[1] for measure in measures)
    if old is None or new is None or old.name is not new.name:
        return 0
    if key == "baseline" and new.name not in _BASELINE_COUNTS:
        return 0
    if new.levels is not None:
        return 1 if new.levels[2].value > new.levels[0].value else -1
    if new.name is MeasureName.BETWEEN:
        return {"floor": 1, "ceiling": -1}.get(key, 0)
    return 1 if new.name in _UP else -1 if new.name in _DOWN else 0


def time_to_cycle_end(day: date, period: Period | None) -> str:
    """Return how far a day is from the cycle's end: `two weeks before the end`.

    "" before its start.
    """
    if period is None or day < period.start:
        return ""
    left = (period.end - day).days
    if left < 0:
        return "after the end"
    if left == 0:
        return "on the last day"
    if left < _DAYS_AS_WEEKS:
        return f"{_count_in_words(left)} {'day' if left == 1 else 'days'} before the end"
    return f"{_count_in_words((2 * left + 7) // 14)} weeks before the end"


def _count_in_words(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def value_movement(before: str, after: str) -> str:
    """Return how a value moved, with its sign: `+8 points`, `−2 days`.

    "" where that can't be said.
    """
    if is_blank(before) or is_blank(after):
        return ""
    try:
        old, new = parse_quantity(before), parse_quantity(after)
    except QuantityError:
        return ""
    if convert_to_unit_of(new, old) is None:
        return ""
    return difference_text(old, new, (after, before))
