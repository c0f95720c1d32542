"""A metric's values over time, as the picture that key results have, with the present target."""

from __future__ import annotations

from datetime import date, timedelta

from okrdocs.drawing.progress.fence_text import Held, Mark, Progress, number_in
from okrdocs.grading.metric_status import MetricReading, MetricStatus, MetricTargetStatus
from okrdocs.grading.quantity import Quantity, QuantityError, Target, parse_target
from okrdocs.markup.escape import Markdown
from okrdocs.pages.metrics.cells import open_aims, short_name
from okrdocs.pages.parts.progress_chart import fence_of

MOST_READINGS = 60


def picture_of(health: MetricStatus, as_of: date) -> Markdown:
    """The fence of the picture; "" where there are fewer than two days with a value."""
    by_day = {each.date: each for each in health.readings}
    shown = list(by_day.values())[-MOST_READINGS:]
    if len(shown) < 2:
        return Markdown("")
    worth = _worth(shown[-1].amount)
    aim = next(iter(open_aims(health, as_of)), None)
    return fence_of(_aimed(_drawn(health, shown, worth, as_of), aim, worth))


def _drawn(health: MetricStatus, shown: list[MetricReading], worth: float, as_of: date) -> Progress:
    values = tuple((each.date, Mark(each.text, _number(each.amount) * worth)) for each in shown)
    last = max(as_of, shown[-1].date, shown[0].date + timedelta(days=1))
    title = f"Metric {short_name(health.metric)}"
    return Progress(title, shown[0].date, last, values, today=as_of)


def _number(amount: Quantity) -> float:
    over, under = amount.value.as_integer_ratio()
    return over / under


def _worth(like: Quantity) -> float:
    """What a number of the base unit is in the unit that the last value is written in."""
    written = number_in(like.text)
    return abs(written / _number(like)) if written and like.value else 1.0


def _aimed(shown: Progress, aim: MetricTargetStatus | None, worth: float) -> Progress:
    """With the target of the present cycle, whose last day ends the axis."""
    if aim is None or aim.cycle.period is None:
        return shown
    try:
        target = parse_target(aim.target)
    except QuantityError:
        return shown
    shown = shown._replace(end=max(shown.end, aim.cycle.period.end))
    if target.comparator:
        return shown._replace(held=_held(target, worth))
    return shown._replace(target=Mark(aim.target, _number(target.low) * worth))


def _held(target: Target, worth: float) -> Held:
    low = _number(target.low) * worth
    if target.high is not None:
        return Held(target.text, low, _number(target.high) * worth)
    least = target.comparator in ("≥", ">")
    return Held(target.text, low if least else None, None if least else low)
