"""Computes pace: what is expected by now, how far ahead or behind, and the forecast.

Holds before the cycle's last day, at the value's own date; from the last day on bands stand
in its place. Normative in docs/explanation/grading.md, "Pace".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from okrdocs import words
from okrdocs.format.records import Commitment, MeasureName
from okrdocs.grading.measure import KEEP_MEASURES, MeasuredKeyResult
from okrdocs.grading.progress import (
    compute_progress,
    decimal_text,
    level_corners,
    level_segment_text,
    mark_of_value,
)
from okrdocs.grading.quantity import Quantity, format_like
from okrdocs.grading.reported_values import MEASURES_WITHOUT_LINE, Measure, ReportedValue
from okrdocs.grading.rounding import (
    WeightedGrade,
    as_fraction,
    clamp_to_grade,
    mean_formula,
    round_to_cents,
    weighted_mean,
)
from okrdocs.workspace import calendar
from okrdocs.workspace.grading_policy import Policy

_ONE = Decimal("1.00")
_LEAST_PLAN_FOR_FORECAST = Decimal("0.1")


class PaceCode(StrEnum):
    """How far a value is, against what is expected by now; the value is what exports say."""

    ACHIEVED = "achieved"
    AHEAD = "ahead"
    ON_TRACK = "on track"
    BEHIND = "behind"
    AT_RISK = "at risk"


@dataclass(frozen=True, slots=True)
class PaceInput:
    """What pace is computed from: a graded value, its measure, and the days of its span.

    `start` and `end` both belong to the span.
    """

    measured: MeasuredKeyResult
    measure: Measure
    value: ReportedValue
    grade: Decimal
    progress: Fraction
    guardrail: bool
    commitment: Commitment
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class PaceResult:
    """Elapsed days of all days, expected grade, pace, forecast, and how they were computed.

    The forecast is the computed one; the owner's own stands in its place on the score.
    """

    elapsed: tuple[int, int]
    expected: Decimal | None = None
    pace: PaceCode | None = None
    computed_forecast: Decimal | None = None
    early: bool = False
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeanPace:
    """What is expected of an objective, a team or a cycle, compared with the grade of the same.

    Both are the weighted means of the parts that have an expectation.
    """

    expected: Decimal
    grade: Decimal
    pace: PaceCode
    trace: tuple[str, ...] = ()


def mean_pace(
    expected: Sequence[WeightedGrade], grades: Sequence[WeightedGrade], policy: Policy
) -> MeanPace | None:
    """Compare the mean grade of parts with the mean of what is expected of them.

    None without parts, or where all weights are 0. Source: docs/explanation/grading.md, "Above
    key results".
    """
    expectation, grade = weighted_mean(expected), weighted_mean(grades)
    if expectation is None or grade is None:
        return None
    gap = grade - expectation
    pace = PaceCode.ACHIEVED if grade == _ONE else _pace_code_for_gap(Fraction(gap), policy)
    compared = "" if len(grades) == 1 else f"; of the same parts {mean_formula(grades, grade)}"
    trace = (
        f"expected = {mean_formula(expected, expectation)}{compared}",
        f"gap = {grade} − {expectation} = {_signed_gap_text(gap)}: {words.PACE_WORDS[pace]}",
    )
    return MeanPace(expectation, grade, pace, trace)


def is_stale(
    last: date | None,
    start: date,
    as_of: date,
    grade: Decimal | None,
    *,
    keep: bool,
    policy: Policy,
) -> bool:
    """Return whether the last value (or the cycle's start) is too long ago.

    A grade of 1.00 is never stale, except for a target to `keep`. Source:
    docs/explanation/grading.md, "Stale".
    """
    if grade == _ONE and not keep:
        return False
    return as_of - (last or start) > timedelta(days=policy.stale_after_days)


def compute_pace(inputs: PaceInput, policy: Policy) -> PaceResult:
    """Compute pace and forecast of a value before the cycle's last day.

    Formulas: docs/explanation/grading.md, "Pace" and "Forecast".
    """
    days, total = calendar.elapsed_days(inputs.start, inputs.end, inputs.value.date)
    share = Fraction(days, total)
    early = share <= policy.early_share
    trace = [f"{days} of {total} days had passed on {inputs.value.date}"]
    if inputs.commitment is Commitment.LEARNING:
        return PaceResult((days, total), trace=tuple(trace))
    expected = None if early else _expected_grade(inputs, (days, total), policy, trace)
    pace = _pace_code(inputs, expected, policy, trace)
    forecast = None if early else _forecast(inputs, (days, total), expected, trace)
    if early:
        trace.append(
            f"up to {decimal_text(policy.early_share)} of the time is too early for a pace"
        )
    return PaceResult((days, total), expected, pace, forecast, early, tuple(trace))


def _expected_grade(
    inputs: PaceInput, elapsed: tuple[int, int], policy: Policy, trace: list[str]
) -> Decimal | None:
    """Compute what the grade should be by now; None for measures without a line."""
    days, total = elapsed
    share = Fraction(days, total)
    measure = inputs.measure
    if measure.name in KEEP_MEASURES or measure.name in MEASURES_WITHOUT_LINE:
        return None
    if inputs.measured.plan:
        return _expected_by_plan(inputs, trace)
    if measure.name is MeasureName.LEVELS:
        return _expected_of_levels(measure, share, trace)
    aim = policy.aims[inputs.commitment]
    expected = round_to_cents(aim * share)
    trace.append(f"expected = {decimal_text(aim)} × {days}/{total} = {expected}")
    return expected


def _expected_of_levels(measure: Measure, share: Fraction, trace: list[str]) -> Decimal:
    corners = level_corners(measure)
    start, target = corners[0][0], corners[2][0]
    by_now = start + share * (target - start)
    expected = clamp_to_grade(mark_of_value(corners, by_now))
    line = level_segment_text(measure, by_now)
    trace.append(
        f"expected = the mark at {decimal_text(share)} of the way to the target level,"
        f" on the line {line} = {expected}"
    )
    return expected


def _expected_by_plan(inputs: PaceInput, trace: list[str]) -> Decimal:
    """Read the plan's line: from (start, 0) through its points, flat after the last."""
    points = [(inputs.start, Fraction(0))]
    for day, amount in inputs.measured.plan:
        p = compute_progress(inputs.measure, amount).p
        points.append((day, min(max(p, Fraction(0)), Fraction(1))))
    day = inputs.value.date
    before = [point for point in points if point[0] <= day][-1]
    after = next((point for point in points if point[0] > day), before)
    expected = round_to_cents(_interpolate(before, after, day))
    between = f"{decimal_text(before[1])} planned for {before[0]}"
    if after is not before:
        between = f"between {between} and {decimal_text(after[1])} for {after[0]}"
    trace.append(f"expected by the plan on {day}: {between} = {expected}")
    return expected


def _interpolate(
    before: tuple[date, Fraction], after: tuple[date, Fraction], day: date
) -> Fraction:
    (d0, y0), (d1, y1) = before, after
    return y0 if d0 == d1 else y0 + (y1 - y0) * Fraction((day - d0).days, (d1 - d0).days)


def _pace_code(
    inputs: PaceInput, expected: Decimal | None, policy: Policy, trace: list[str]
) -> PaceCode | None:
    if inputs.measure.name in KEEP_MEASURES:
        return PaceCode.ON_TRACK if inputs.grade == _ONE else PaceCode.AT_RISK
    if inputs.grade == _ONE:
        return PaceCode.ACHIEVED
    if expected is None:
        return None
    gap = inputs.grade - expected
    pace = _pace_code_for_gap(Fraction(gap), policy)
    if inputs.progress < 0 and pace in {PaceCode.AHEAD, PaceCode.ON_TRACK}:
        trace.append("moved away from the target: never better than behind")
        pace = PaceCode.BEHIND
    trace.append(
        f"gap = {inputs.grade} − {expected} = {_signed_gap_text(gap)}: {words.PACE_WORDS[pace]}"
    )
    return pace


def _signed_gap_text(gap: Decimal) -> str:
    return f"+{gap}" if gap > 0 else str(gap).replace("-", "−")


def _pace_code_for_gap(gap: Fraction, policy: Policy) -> PaceCode:
    limits = (
        (policy.ahead, PaceCode.AHEAD),
        (policy.on_track, PaceCode.ON_TRACK),
        (policy.behind, PaceCode.BEHIND),
    )
    return next((pace for limit, pace in limits if gap >= limit), PaceCode.AT_RISK)


def _forecast(
    inputs: PaceInput, elapsed: tuple[int, int], expected: Decimal | None, trace: list[str]
) -> Decimal | None:
    """Return grade / elapsed share, or what stands for it; None where there is no line."""
    measure = inputs.measure
    if inputs.guardrail or measure.name in MEASURES_WITHOUT_LINE:
        return None
    if measure.name in KEEP_MEASURES:
        return inputs.grade
    if inputs.measured.plan:
        return _forecast_by_plan(inputs.grade, expected, trace)
    days, total = elapsed
    amount = inputs.value.amount
    if measure.name is MeasureName.LEVELS and isinstance(amount, Quantity):
        return _forecast_of_levels(measure, amount, Fraction(days, total), trace)
    return _extrapolate(as_fraction(inputs.grade), Fraction(days, total), f"{days}/{total}", trace)


def _forecast_of_levels(
    measure: Measure, current: Quantity, share: Fraction, trace: list[str]
) -> Decimal:
    """Return the mark of the value carried on to the end at its pace so far."""
    corners = level_corners(measure)
    start = corners[0][0]
    carried_on = start + (current.value - start) / share
    forecast = clamp_to_grade(mark_of_value(corners, carried_on))
    begin = measure.baseline.text if measure.baseline else "0"
    trace.append(
        f"carried on = {begin} + ({current.text} − {begin}) / {decimal_text(share)}"
        f" = {format_like(carried_on, current)}, on the line"
        f" {level_segment_text(measure, carried_on)}: forecast = {forecast}"
    )
    return forecast


def _forecast_by_plan(grade: Decimal, expected: Decimal | None, trace: list[str]) -> Decimal | None:
    if expected is None or expected < _LEAST_PLAN_FOR_FORECAST:
        trace.append("no forecast while the plan expects less than 0.1")
        return None
    return _extrapolate(as_fraction(grade), as_fraction(expected), str(expected), trace)


def _extrapolate(grade: Fraction, divisor: Fraction, shown: str, trace: list[str]) -> Decimal:
    forecast = clamp_to_grade(grade / divisor)
    over = ", at most 1" if grade / divisor > 1 else ""
    below = f"({shown})" if "/" in shown else shown
    trace.append(f"forecast = {round_to_cents(grade)} / {below} = {forecast}{over}")
    return forecast
