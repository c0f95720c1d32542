"""Collects what the progress chart of a key result shows, and the sparkline in its table.

All numbers are those that were reported, planned and published; here they are only put on the
key result's own scale, as floats, for a drawing. `drawing.progress` writes and draws them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from okrdocs.drawing.progress.fence_text import (
    ChartAmount,
    KeepRange,
    ProgressChart,
    write_fence_text,
)
from okrdocs.drawing.sparkline import sparkline
from okrdocs.format.records import MeasureName
from okrdocs.grading.measure import KEEP_MEASURES, MeasuredKeyResult
from okrdocs.grading.quantity import Quantity
from okrdocs.grading.reported_values import MEASURES_WITHOUT_LINE, Measure, ReportedValue
from okrdocs.grading.results import KeyResultScore
from okrdocs.markup.escape import Markdown
from okrdocs.pages.parts.chart_amounts import exact_float, keep_range, unit_factor
from okrdocs.workspace.calendar import Period

_FULL_MARK = "mark 1"
_MARKED = MEASURES_WITHOUT_LINE | {MeasureName.MILESTONES}


class _ExpectedWay(NamedTuple):
    """What is aimed for, and from which day to which."""

    aim: Fraction
    start: date
    end: date


class _ChartBasis(NamedTuple):
    """What every chart begins with: its title, its days and the values known by then."""

    title: str
    start: date
    end: date
    values: list[ReportedValue]
    today: date
    dropped: date | None


def progress_chart(
    score: KeyResultScore,
    title: str,
    period: Period | None,
    as_of: date,
    *,
    aim: Fraction | None,
    dropped: date | None = None,
) -> ProgressChart | None:
    """Return what the chart shows on a day; None where it would say nothing.

    `aim` is the grade that is aimed for, None where nothing is expected (learning); `dropped`
    the day on which the key result or its objective was given up.
    """
    measured, measure = score.measured, score.measure
    if measured is None or measure is None:
        return None
    values = measured.values_until(min(as_of, dropped) if dropped else as_of)
    days = _axis_days(values, period, score.entry.key_result.due)
    if days is None or _has_nothing_to_draw(measure, values):
        return None
    basis = _ChartBasis(title, *days, values, as_of, dropped)
    expected = None
    if aim is not None and period is not None:
        due = score.entry.key_result.due or period.end
        expected = _ExpectedWay(aim, period.start, min(due, period.end))
    return (_chart_of_marks if measure.name in _MARKED else _chart_of_amounts)(
        basis, score, measure, expected
    )


def _axis_days(
    values: list[ReportedValue], period: Period | None, due: date | None
) -> tuple[date, date] | None:
    """Return the first and the last day of the axis; without a period the values' own."""
    if not values:
        return None
    first, last = values[0].date, values[-1].date
    if period is None:
        return (first, last) if first < last else None
    return min(period.start, first), max(due or period.end, last)


def _has_nothing_to_draw(measure: Measure, values: list[ReportedValue]) -> bool:
    """Say whether the values are only done or not done, or only words."""
    if values and all(value.amount is None for value in values):
        return True
    return measure.name is MeasureName.DONE and all(value.amount in {0, 1} for value in values)


# ------------------------------------------------------------------- marks from 0 to 1


def _chart_of_marks(
    basis: _ChartBasis, score: KeyResultScore, measure: Measure, expected: _ExpectedWay | None
) -> ProgressChart:
    forecast = _forecast_to_draw(score)
    return ProgressChart(
        basis.title,
        basis.start,
        basis.end,
        _chart_values(basis, 1.0),
        basis.today,
        basis.dropped,
        target=ChartAmount(measure.target_text or _FULL_MARK, 1.0),
        expected_line=_even_progress_line(
            0.0, 1.0, expected if measure.name is MeasureName.MILESTONES else None
        ),
        forecast=None if forecast is None else ChartAmount(f"grade {forecast}", float(forecast)),
        stepwise=True,
    )


def _forecast_to_draw(score: KeyResultScore) -> Decimal | None:
    """Return the published forecast, where it leads on from the last value.

    From below the baseline, a grade of 0.00 would be drawn as the way back up to it.
    """
    ahead = score.forecast
    settled = score.grade is None or score.grade == 1
    keep = score.measure is not None and score.measure.name in KEEP_MEASURES
    away = score.progress is not None and score.progress < 0
    return None if settled or keep or away else ahead


# ------------------------------------------------------------------- amounts


def _chart_of_amounts(
    basis: _ChartBasis, score: KeyResultScore, measure: Measure, expected: _ExpectedWay | None
) -> ProgressChart:
    """Return amounts in the unit of the target's text, so that most need no second number."""
    end = _target_amount(measure)
    factor = unit_factor(end)
    begin = _baseline_amount(measure, factor)
    values = _chart_values(basis, factor)
    is_keep = measure.name in KEEP_MEASURES
    target = None if is_keep else _chart_amount(end, measure, factor)
    chart = ProgressChart(
        basis.title,
        basis.start,
        basis.end,
        values,
        basis.today,
        basis.dropped,
        begin,
        target,
        _keep_range(measure, factor) if is_keep else None,
    )
    return chart if target is None else _add_expectations(chart, score, target, factor, expected)


def _add_expectations(
    chart: ProgressChart,
    score: KeyResultScore,
    target: ChartAmount,
    factor: float,
    expected: _ExpectedWay | None,
) -> ProgressChart:
    """Add former targets, what is expected, and the forecast."""
    measured, measure = score.measured, score.measure
    assert measured is not None
    assert measure is not None
    levels, forecast = _levels_beside_target(measure, factor), _forecast_to_draw(score)
    begin = chart.baseline.number if chart.baseline else 0.0
    steps = (levels[0], target, levels[1]) if levels else (target,)
    plan = (
        tuple([(day, exact_float(amount) * factor) for day, amount in measured.plan])
        if expected
        else ()
    )
    even = expected._replace(aim=Fraction(1)) if expected and levels else expected
    at = (
        None
        if forecast is None
        else _amount_for_grade(
            float(forecast),
            (0.0, *map(float, measure.level_marks)) if levels else (0.0, 1.0),
            (begin, *[step.number for step in steps]),
        )
    )
    return chart._replace(
        former_targets=tuple(_former_targets(measured, chart.today, factor)),
        levels=levels,
        expected_line=plan or _even_progress_line(begin, target.number, even),
        planned=bool(plan),
        forecast=None if at is None else ChartAmount(f"grade {forecast}", at),
    )


def _chart_values(basis: _ChartBasis, factor: float) -> tuple[tuple[date, ChartAmount], ...]:
    """Return the values that are numbers; words without a mark have none."""
    return tuple(
        [
            (v.date, ChartAmount(v.text, exact_float(v.amount) * factor))
            for v in basis.values
            if v.amount is not None
        ]
    )


def _target_amount(measure: Measure) -> Quantity:
    """Return the amount that is aimed for."""
    if measure.levels:
        return measure.levels[1]
    assert measure.target is not None
    if measure.name is MeasureName.DECREASE and measure.target.high is not None:
        return measure.target.high
    return measure.target.low


def _baseline_amount(measure: Measure, factor: float) -> ChartAmount | None:
    """Return where the line begins: the baseline, or zero where values are running totals."""
    if measure.baseline is not None:
        return ChartAmount(measure.baseline.text, exact_float(measure.baseline) * factor)
    return None if measure.name in KEEP_MEASURES else ChartAmount("0", 0.0)


def _chart_amount(end: Quantity, measure: Measure, factor: float) -> ChartAmount:
    # A `change:` stands behind its target: 9 (-25%).
    plain = measure.target is None or not measure.target.comparator
    text = end.text if plain else measure.target_text
    return ChartAmount(text, exact_float(end) * factor)


def _keep_range(measure: Measure, factor: float) -> KeepRange:
    assert measure.target is not None
    at_least = measure.name is MeasureName.AT_LEAST
    return keep_range(measure.target_text, measure.target, factor, at_least=at_least)


def _former_targets(
    measured: MeasuredKeyResult, today: date | None, factor: float
) -> Iterator[tuple[date, ChartAmount]]:
    """Yield the targets before the present one, with the day until which each was in force."""
    for period in measured.periods[:-1]:
        if period.until is not None and (today is None or period.until <= today):
            yield (
                period.until,
                _chart_amount(_target_amount(period.measure), period.measure, factor),
            )


def _levels_beside_target(measure: Measure, factor: float) -> tuple[ChartAmount, ...]:
    if measure.levels is None:
        return ()
    beside = (measure.levels[0], measure.levels[2])
    return tuple(ChartAmount(level.text, exact_float(level) * factor) for level in beside)


def _amount_for_grade(grade: float, marks: tuple[float, ...], corners: tuple[float, ...]) -> float:
    """Return the amount that is worth a grade on the straight lines from corner to corner."""
    for (g0, g1), (y0, y1) in zip(pairwise(marks), pairwise(corners), strict=True):
        if grade <= g1:
            return y0 + (y1 - y0) * (grade - g0) / (g1 - g0)
    return corners[-1]


def _even_progress_line(
    begin: float, end: float, expected: _ExpectedWay | None
) -> tuple[tuple[date, float], ...]:
    """Return the even line to the aim, its first day counted, as `grading.pace` expects it."""
    if expected is None:
        return ()
    whole = (end - begin) * expected.aim.numerator / expected.aim.denominator
    days = (expected.end - expected.start).days + 1
    return ((expected.start, begin + whole / days), (expected.end, begin + whole))


# ------------------------------------------------------------------- as Markdown


def progress_fence(progress: ProgressChart) -> Markdown:
    """Write the fence that the site turns into the chart."""
    return Markdown(f"```progress\n{write_fence_text(progress)}\n```")


def key_result_sparkline(progress: ProgressChart | None) -> Markdown:
    """Draw the line of values for the table; "" where there are fewer than two."""
    if progress is None or len(progress.values) < 2:
        return Markdown("")
    numbers = [mark.number for _, mark in progress.values]
    ends = [mark.number for mark in (progress.baseline, progress.target) if mark]
    points = [(day.toordinal(), mark.number) for day, mark in progress.values]
    return Markdown(sparkline(points, min(*numbers, *ends), max(*numbers, *ends)))
