"""Charts a metric's values over time, as those of key results, with the present target."""

from __future__ import annotations

from datetime import date

from okrdocs import words
from okrdocs.drawing.progress.fence_text import ChartAmount, ProgressChart
from okrdocs.grading.metric_status import MetricReading, MetricStatus, MetricTargetStatus
from okrdocs.grading.quantity import QuantityError, parse_target
from okrdocs.markup.escape import Markdown
from okrdocs.pages.metrics.cells import short_name, targets_in_force
from okrdocs.pages.parts.chart_amounts import exact_float, keep_range, unit_factor
from okrdocs.pages.parts.progress_chart import progress_fence
from okrdocs.workspace.calendar import days_later

MOST_READINGS = 60


def metric_chart(health: MetricStatus, as_of: date) -> Markdown:
    """Write the fence of the chart; "" where there are fewer than two days with a value."""
    by_day = {reading.date: reading for reading in health.readings}
    readings = list(by_day.values())[-MOST_READINGS:]
    if len(readings) < 2:
        return Markdown("")
    worth = unit_factor(readings[-1].amount)
    aim = next(iter(targets_in_force(health, as_of)), None)
    return progress_fence(_add_target(_chart_of_values(health, readings, worth, as_of), aim, worth))


def _chart_of_values(
    health: MetricStatus, readings: list[MetricReading], worth: float, as_of: date
) -> ProgressChart:
    values = tuple(
        (reading.date, ChartAmount(reading.text, exact_float(reading.amount) * worth))
        for reading in readings
    )
    last = max(as_of, readings[-1].date, days_later(readings[0].date, 1))
    title = f"{words.METRIC} {short_name(health.metric)}"
    return ProgressChart(title, readings[0].date, last, values, today=as_of)


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
        at_least = target.comparator in ("≥", ">")
        return chart._replace(keep_range=keep_range(target.text, target, worth, at_least=at_least))
    return chart._replace(target=ChartAmount(aim.target, exact_float(target.low) * worth))
