"""Progress p of one value under one measure, as an exact fraction, with its formula in words.

Sources: linear interpolation between baseline and target, as in Doerr, *Measure What
Matters* (2018), and the level marks 0.3 / 0.7 / 1.0 of Google's re:Work guide on OKRs.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from okrdocs.format.records import MeasureName
from okrdocs.grading.measure import KEEP_MEASURES
from okrdocs.grading.quantity import Quantity, Target
from okrdocs.grading.reported_values import Amount, Measure

_ZERO = Fraction(0)


class ValueProgress(NamedTuple):
    """Progress p, whether the target is reached, and the formula with the values put in."""

    p: Fraction
    reached: bool
    formula: str


def compute_progress(measure: Measure, amount: Amount) -> ValueProgress:
    """Compute the progress of a value that was read by the same measure, so that units agree.

    Formulas: docs/explanation/grading.md, "Measures".
    """
    if isinstance(amount, Fraction):
        return ValueProgress(amount, amount >= 1, _share_formula(measure, amount))
    if measure.name is MeasureName.LEVELS:
        return _levels_progress(measure, amount)
    if measure.name in KEEP_MEASURES:
        return _progress_of_keep_target(measure, amount)
    return _linear_progress(measure, amount)


def decimal_text(value: Fraction) -> str:
    """Format an exact fraction: up to four decimals, `…` where it goes on."""
    whole, rest = divmod(abs(value.numerator) * 10_000, value.denominator)
    digits = f"{whole // 10_000}.{whole % 10_000:04d}".rstrip("0").rstrip(".")
    sign = "−" if value < 0 and (whole or rest) else ""
    return f"{sign}{digits}{'…' if rest else ''}"


def _share_formula(measure: Measure, share: Fraction) -> str:
    what = {
        MeasureName.STAGES: "the stage's mark",
        MeasureName.JUDGED: "the mark that was given",
        MeasureName.MILESTONES: "weights done / all weights",
        MeasureName.DONE: "the share that is done",
    }[measure.name]
    if measure.weights is not None:
        done, whole = decimal_text(share * measure.weights), decimal_text(measure.weights)
        return f"{what} = {done}/{whole} = {decimal_text(share)}"
    return f"{what} = {decimal_text(share)}"


def _linear_share(start: Fraction, current: Fraction, end: Fraction) -> Fraction:
    """Compute (c − b) / (t − b), as one fraction made at the end: a third of the time."""
    way = current.numerator * start.denominator - start.numerator * current.denominator
    whole = end.numerator * start.denominator - start.numerator * end.denominator
    return Fraction(way * end.denominator, whole * current.denominator)


def _linear_progress(measure: Measure, current: Quantity) -> ValueProgress:
    """Compute increase and decrease as (c − b) / (t − b); accumulate as c / t, from zero."""
    target = measure.target
    assert target is not None
    baseline = measure.baseline
    falling = measure.name is MeasureName.DECREASE
    end = target.high if falling and target.high is not None else target.low
    if target.high is not None:
        past = current.value < target.low.value if falling else current.value > target.high.value
        if past:
            return _progress_of_broken_range(measure, target, current, too_low=falling)
    p = _linear_share(_ZERO if baseline is None else baseline.value, current.value, end.value)
    strict = target.comparator in {"<", ">"}
    reached = p.numerator > p.denominator if strict else p.numerator >= p.denominator
    if target.high is not None:
        reached = target.is_met_by(current)
    if baseline is None:
        formula = f"{current.text} / {end.text} = {decimal_text(p)}"
    else:
        way = f"({current.text} − {baseline.text}) / ({end.text} − {baseline.text})"
        formula = f"{way} = {decimal_text(p)}"
    return ValueProgress(p, reached, formula)


def _progress_of_keep_target(measure: Measure, current: Quantity) -> ValueProgress:
    """Return 1 while the target is met; else linear from floor or ceiling (0) to the bound (1)."""
    target = measure.target
    assert target is not None
    if target.is_met_by(current):
        return ValueProgress(Fraction(1), True, f"{current.text} holds {target.text}")
    too_low = measure.name is MeasureName.AT_LEAST or (
        target.high is not None and current.value < target.low.value
    )
    return _progress_of_broken_range(measure, target, current, too_low=too_low)


def _progress_of_broken_range(
    measure: Measure, target: Target, current: Quantity, *, too_low: bool
) -> ValueProgress:
    """Return progress beyond a bound: linear from the floor or ceiling (0) to it, else 0.

    `floor` may stand for the ceiling where there is only an upper bound.
    """
    bound = target.low if too_low or target.high is None else target.high
    zero = measure.floor if too_low else measure.ceiling
    if measure.name is MeasureName.AT_MOST:
        zero = measure.ceiling or measure.floor
    if zero is None:
        return ValueProgress(Fraction(0), False, f"{current.text} doesn't hold {target.text}")
    p = max(Fraction(0), (current.value - zero.value) / (bound.value - zero.value))
    parts = f"({current.text} − {zero.text}) / ({bound.text} − {zero.text})"
    return ValueProgress(p, False, f"{parts} = {decimal_text(p)}, never below 0")


def level_corners(measure: Measure) -> tuple[tuple[Fraction, Fraction], ...]:
    """Return the corners of a measure of levels: (value, mark), from baseline to stretch."""
    assert measure.levels is not None
    commit, target, stretch = measure.levels
    start = measure.baseline.value if measure.baseline else Fraction(0)
    return (
        (start, Fraction(0)),
        *zip((commit.value, target.value, stretch.value), measure.level_marks, strict=True),
    )


def mark_of_value(corners: tuple[tuple[Fraction, Fraction], ...], value: Fraction) -> Fraction:
    """Interpolate the mark of a value between the corners; the outer lines go on."""
    place = segment_of_value(corners, value)
    (x0, y0), (x1, y1) = corners[place : place + 2]
    return y0 + (y1 - y0) * (value - x0) / (x1 - x0)


def segment_of_value(corners: tuple[tuple[Fraction, Fraction], ...], value: Fraction) -> int:
    """Return which of the lines between the corners a value lies on: 0 for the first."""
    rising = corners[-1][0] > corners[0][0]
    inner = [x for x, _ in corners[1:-1]]
    return sum(value > x if rising else value < x for x in inner)


def level_segment_text(measure: Measure, value: Fraction) -> str:
    """Return the line of the levels that a value lies on: `from 50 (0.3) to 70 (0.7)`."""
    assert measure.levels is not None
    corners = level_corners(measure)
    names = [measure.baseline.text if measure.baseline else "0", *(q.text for q in measure.levels)]
    place = segment_of_value(corners, value)
    ends = zip(names[place : place + 2], corners[place : place + 2], strict=True)
    (start, end) = (f"{name} ({decimal_text(mark)})" for name, (_, mark) in ends)
    return f"from {start} to {end}"


def _levels_progress(measure: Measure, current: Quantity) -> ValueProgress:
    p = mark_of_value(level_corners(measure), current.value)
    line = f"the line {level_segment_text(measure, current.value)}"
    return ValueProgress(p, p >= 1, f"{current.text} on {line} = {decimal_text(p)}")
