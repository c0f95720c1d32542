"""Charts a metric's values over time, as those of key results, with the present target."""

from __future__ import annotations

from datetime import date, timedelta

from okrdocs.drawing.progress.fence_text import ChartAmount, KeepRange, ProgressChart, first_number
from okrdocs.grading.metric_status import MetricReading, MetricStatus, MetricTargetStatus
from okrdocs.grading.quantity import Quantity, QuantityError, Target, parse_target
from okrdocs.markup.escape import Markdown
from okrdocs.pages.metrics.cells import short_name, targets_in_force
from okrdocs.pages.parts.progress_chart import progress_fence

MOST_READINGS = 60


def metric_chart(health: MetricStatus, as_of: date) -> Markdown:
    """Write the fence of the chart; "" where there are fewer than two days with a value."""
    by_day = {reading.date: reading for reading in health.readings}
    readings = list(by_day.values())[-MOST_READINGS:]
    if len(readings) < 2:
        return Markdown("")
    worth = _unit_factor(readings[-1].amount)
    aim = next(iter(targets_in_force(health, as_of)), None)
    return progress_fence(_add_target(_chart_of_values(health, readings, worth, as_of), aim, worth))


def _chart_of_values(
    health: MetricStatus, readings: list[MetricReading], worth: float, as_of: date
) -> ProgressChart:
    values = tuple(
        (reading.date, ChartAmount(reading.text, _exact_float(reading.amount) * worth))
        for reading in readings
    )
    last = max(as_of, readings[-1].date, readings[0].date + timedelta(days=1))
    title = f"Metric {short_name(health.metric)}"
    return ProgressChart(title, readings[0].date, last, values, today=as_of)


def _exact_float(amount: Quantity) -> float:
    over, under = amount.value.as_integer_ratio()
    return over / under


def _unit_factor(like: Quantity) -> float:
    """Return the factor from the base unit to the unit that the last value is written in."""
    written = first_number(like.text)
    return abs(written / _exact_float(like)) if written and like.value else 1.0


def _add_target(
    chart: ProgressChart, aim: MetricTargetStatus | None, worth: float
) -> ProgressChart:
    """Add the target of the present cycle, whose last day ends the axis."""
    if aim is None or aim.cycle.period is None:
        return chart
    try:
        target = parse_target(aim.target)
    except QuantityError:
        return chart
    chart = chart._replace(end=max(chart.end, aim.cycle.period.end))
    if target.comparator:
        return chart._replace(keep_range=_keep_range(target, worth))
    return chart._replace(target=ChartAmount(aim.target, _exact_float(target.low) * worth))


def _keep_range(target: Target, worth: float) -> KeepRange:
    low = _exact_float(target.low) * worth
    if target.high is not None:
        return KeepRange(target.text, low, _exact_float(target.high) * worth)
    least = target.comparator in ("≥", ">")
    return KeepRange(target.text, low if least else None, None if least else low)
