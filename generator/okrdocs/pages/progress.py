"""What the picture of a key result's progress shows, and the line in the table beside it.

All numbers are those that were reported, planned and published; here they are only put on the
key result's own scale, as floats, for a drawing. `picture` writes and draws them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from okrdocs.calendar import Period
from okrdocs.escape import Markdown
from okrdocs.measure import KEEP, Measured
from okrdocs.model import MeasureName
from okrdocs.picture import sparkline
from okrdocs.picture.progress import Held, Mark, Progress, number_in, text_of
from okrdocs.progress import COMMIT_MARK, TARGET_MARK
from okrdocs.quantity import Quantity
from okrdocs.scores import KeyResultScore
from okrdocs.values import BY_HAND, Amount, Measure, Value

_LEVEL_MARKS = (0.0, float(COMMIT_MARK), float(TARGET_MARK), 1.0)
_MARKED = BY_HAND | {MeasureName.MILESTONES}


class _Way(NamedTuple):
    """What is aimed for, and from which day to which."""

    aim: Fraction
    start: date
    end: date


def progress_view(
    score: KeyResultScore,
    title: str,
    period: Period | None,
    as_of: date,
    *,
    aim: Fraction | None,
    dropped: date | None = None,
) -> Progress | None:
    """What the picture shows on a day; None where it would say nothing.

    `aim` is the grade that is aimed for, None where nothing is expected (learning); `dropped`
    the day on which the key result or its objective was given up.
    """
    measured, measure = score.measured, score.measure
    if measured is None or measure is None:
        return None
    known = measured.known(min(as_of, dropped) if dropped else as_of)
    span = _span(known, period, score.entry.key_result.due)
    if span is None or _says_nothing(measure, known):
        return None
    shown = Progress(title, *span, (), today=as_of, dropped=dropped)
    way = None
    if aim is not None and period is not None:
        way = _Way(aim, period.start, score.entry.key_result.due or period.end)
    return (_of_marks if measure.name in _MARKED else _of_amounts)(shown, score, known, way)


def _span(known: list[Value], period: Period | None, due: date | None) -> tuple[date, date] | None:
    """The first and the last day of the axis; without a period the values' own."""
    if not known:
        return None
    first, last = known[0].date, known[-1].date
    if period is None:
        return (first, last) if first < last else None
    return min(period.start, first), max(due or period.end, last)


def _says_nothing(measure: Measure, known: list[Value]) -> bool:
    """Whether it is only done or not done."""
    return measure.name is MeasureName.DONE and all(v.amount in (0, 1) for v in known)


# ------------------------------------------------------------------- marks from 0 to 1


def _of_marks(
    shown: Progress, score: KeyResultScore, known: list[Value], way: _Way | None
) -> Progress:
    assert score.measure is not None
    even = way if score.measure.name is MeasureName.MILESTONES else None
    ahead = _forecast(score)
    return shown._replace(
        values=tuple((v.date, Mark(v.text, _number(v.amount))) for v in known),
        target=Mark(score.measure.target_text, 1.0),
        course=_pace(0.0, 1.0, even),
        forecast=None if ahead is None else Mark(f"grade {ahead}", float(ahead)),
        stepwise=True,
    )


def _forecast(score: KeyResultScore) -> Decimal | None:
    """The published forecast, where it leads on from the last value.

    From below the baseline, a grade of 0.00 would be drawn as the way back up to it.
    """
    ahead = score.pacing.forecast if score.pacing else None
    settled = score.grade is None or score.grade == 1
    keep = score.measure is not None and score.measure.name in KEEP
    away = score.progress is not None and score.progress < 0
    return None if settled or keep or away else ahead


# ------------------------------------------------------------------- amounts


def _of_amounts(
    shown: Progress, score: KeyResultScore, known: list[Value], way: _Way | None
) -> Progress:
    """Amounts in the unit in which the target is written, so that most need no second number."""
    measured, measure = score.measured, score.measure
    assert measured is not None
    assert measure is not None
    worth = _worth(_end(measure))
    shown = shown._replace(
        values=tuple([(v.date, Mark(v.text, _number(v.amount) * worth)) for v in known]),
        baseline=_begin(measure, worth),
    )
    if measure.name in KEEP:
        return shown._replace(held=_held(measure, worth))
    shown = shown._replace(
        target=_mark(_end(measure), measure, worth),
        former=tuple(_former(measured, shown.today, worth)),
        levels=_levels(measure, worth),
    )
    return _with_course(shown, score, worth, way)


def _number(amount: Amount) -> float:
    exact = amount.value if isinstance(amount, Quantity) else amount
    over, under = exact.as_integer_ratio()
    return over / under


def _end(measure: Measure) -> Quantity:
    """The amount that is aimed for."""
    if measure.levels:
        return measure.levels[1]
    assert measure.target is not None
    if measure.name is MeasureName.DECREASE and measure.target.high is not None:
        return measure.target.high
    return measure.target.low


def _worth(target: Quantity) -> float:
    """What a number of the base unit is in the unit that the target is written in."""
    written = number_in(target.text)
    return abs(written / _number(target)) if written and target.value else 1.0


def _begin(measure: Measure, worth: float) -> Mark | None:
    """Where the way begins: the baseline, or zero where values are running totals."""
    if measure.baseline is not None:
        return Mark(measure.baseline.text, _number(measure.baseline) * worth)
    return None if measure.name in KEEP else Mark("0", 0.0)


def _mark(end: Quantity, measure: Measure, worth: float) -> Mark:
    text = end.text if measure.levels else measure.target_text
    return Mark(text, _number(end) * worth)


def _held(measure: Measure, worth: float) -> Held:
    target = measure.target
    assert target is not None
    low = _number(target.low) * worth
    if target.high is not None:
        return Held(measure.target_text, low, _number(target.high) * worth)
    least = measure.name is MeasureName.AT_LEAST
    return Held(measure.target_text, low if least else None, None if least else low)


def _former(measured: Measured, today: date | None, worth: float) -> Iterator[tuple[date, Mark]]:
    """The targets that held before the present one."""
    for era in measured.eras[:-1]:
        if era.until is not None and (today is None or era.until <= today):
            yield era.until, _mark(_end(era.measure), era.measure, worth)


def _levels(measure: Measure, worth: float) -> tuple[Mark, ...]:
    if measure.levels is None:
        return ()
    beside = (measure.levels[0], measure.levels[2])
    return tuple(Mark(level.text, _number(level) * worth) for level in beside)


def _with_course(
    shown: Progress, score: KeyResultScore, worth: float, way: _Way | None
) -> Progress:
    """With what is expected (the plan, or an even pace) and where it is heading."""
    assert score.measured is not None
    assert score.measure is not None
    assert shown.target is not None
    begin = shown.baseline.number if shown.baseline else 0.0
    end = shown.target.number
    plan = tuple((day, _number(amount) * worth) for day, amount in score.measured.plan)
    even = way._replace(aim=Fraction(1)) if way and shown.levels else way
    ahead = _forecast(score)
    corners = (begin, *(m.number for m in _steps_of(shown)))
    return shown._replace(
        course=plan if plan and way else _pace(begin, end, even),
        planned=bool(plan and way),
        forecast=None if ahead is None else Mark(f"grade {ahead}", _at(float(ahead), corners)),
    )


def _steps_of(shown: Progress) -> tuple[Mark, ...]:
    """The amounts that are worth the marks of `_LEVEL_MARKS`; without levels the target alone."""
    assert shown.target is not None
    if not shown.levels:
        return (shown.target,)
    return (shown.levels[0], shown.target, shown.levels[1])


def _at(grade: float, corners: tuple[float, ...]) -> float:
    """The amount that is worth a grade on the straight lines from corner to corner."""
    marks = _LEVEL_MARKS if len(corners) == 4 else (0.0, 1.0)
    for (g0, g1), (y0, y1) in zip(pairwise(marks), pairwise(corners), strict=True):
        if grade <= g1:
            return y0 + (y1 - y0) * (grade - g0) / (g1 - g0)
    return corners[-1]


def _pace(begin: float, end: float, way: _Way | None) -> tuple[tuple[date, float], ...]:
    """The even way to the aim, its first day counted: the line that `pace` expects."""
    if way is None:
        return ()
    whole = (end - begin) * way.aim.numerator / way.aim.denominator
    days = (way.end - way.start).days + 1
    return ((way.start, begin + whole / days), (way.end, begin + whole))


# ------------------------------------------------------------------- as Markdown


def fence_of(progress: Progress) -> Markdown:
    """The block of Markdown that the site turns into the picture."""
    return Markdown(f"```progress\n{text_of(progress)}\n```")


def sparkline_of(progress: Progress | None) -> Markdown:
    """The line of values for the table; "" where there are fewer than two."""
    if progress is None or len(progress.values) < 2:
        return Markdown("")
    numbers = [mark.number for _, mark in progress.values]
    ends = [mark.number for mark in (progress.baseline, progress.target) if mark]
    points = [(day.toordinal(), mark.number) for day, mark in progress.values]
    return Markdown(sparkline(points, min(*numbers, *ends), max(*numbers, *ends)))
