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

from okrdocs.drawing.progress.fence_text import Held, Mark, Progress, number_in, text_of
from okrdocs.drawing.sparkline import sparkline
from okrdocs.format.records import MeasureName
from okrdocs.grading.measure import KEEP_MEASURES, MeasuredKeyResult
from okrdocs.grading.progress import COMMIT_LEVEL_MARK, TARGET_LEVEL_MARK
from okrdocs.grading.quantity import Quantity
from okrdocs.grading.reported_values import MEASURES_WITHOUT_LINE, Amount, Measure, ReportedValue
from okrdocs.grading.results import KeyResultScore
from okrdocs.markup.escape import Markdown
from okrdocs.workspace.calendar import Period

_LEVEL_MARKS = (0.0, float(COMMIT_LEVEL_MARK), float(TARGET_LEVEL_MARK), 1.0)
_FULL_MARK = "mark 1"
_MARKED = MEASURES_WITHOUT_LINE | {MeasureName.MILESTONES}


class _Way(NamedTuple):
    """What is aimed for, and from which day to which."""

    aim: Fraction
    start: date
    end: date


class _Frame(NamedTuple):
    """What every picture begins with: its title, its days and what is known of them."""

    title: str
    start: date
    end: date
    known: list[ReportedValue]
    today: date
    dropped: date | None


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
    known = measured.values_until(min(as_of, dropped) if dropped else as_of)
    span = _span(known, period, score.entry.key_result.due)
    if span is None or _says_nothing(measure, known):
        return None
    frame = _Frame(title, *span, known, as_of, dropped)
    way = None
    if aim is not None and period is not None:
        way = _Way(aim, period.start, score.entry.key_result.due or period.end)
    return (_of_marks if measure.name in _MARKED else _of_amounts)(frame, score, measure, way)


def _span(
    known: list[ReportedValue], period: Period | None, due: date | None
) -> tuple[date, date] | None:
    """The first and the last day of the axis; without a period the values' own."""
    if not known:
        return None
    first, last = known[0].date, known[-1].date
    if period is None:
        return (first, last) if first < last else None
    return min(period.start, first), max(due or period.end, last)


def _says_nothing(measure: Measure, known: list[ReportedValue]) -> bool:
    """Whether it is only done or not done, or only words."""
    if known and all(value.amount is None for value in known):
        return True
    return measure.name is MeasureName.DONE and all(value.amount in {0, 1} for value in known)


# ------------------------------------------------------------------- marks from 0 to 1


def _of_marks(frame: _Frame, score: KeyResultScore, measure: Measure, way: _Way | None) -> Progress:
    ahead = _forecast(score)
    return Progress(
        frame.title,
        frame.start,
        frame.end,
        _drawn(frame, 1.0),
        frame.today,
        frame.dropped,
        target=Mark(measure.target_text or _FULL_MARK, 1.0),
        course=_pace(0.0, 1.0, way if measure.name is MeasureName.MILESTONES else None),
        forecast=None if ahead is None else Mark(f"grade {ahead}", float(ahead)),
        stepwise=True,
    )


def _forecast(score: KeyResultScore) -> Decimal | None:
    """The published forecast, where it leads on from the last value.

    From below the baseline, a grade of 0.00 would be drawn as the way back up to it.
    """
    ahead = score.pacing.forecast if score.pacing else None
    settled = score.grade is None or score.grade == 1
    keep = score.measure is not None and score.measure.name in KEEP_MEASURES
    away = score.progress is not None and score.progress < 0
    return None if settled or keep or away else ahead


# ------------------------------------------------------------------- amounts


def _of_amounts(
    frame: _Frame, score: KeyResultScore, measure: Measure, way: _Way | None
) -> Progress:
    """Amounts in the unit in which the target is written, so that most need no second number."""
    end = _end(measure)
    worth = _worth(end)
    begin = _begin(measure, worth)
    values = _drawn(frame, worth)
    held = measure.name in KEEP_MEASURES
    target = None if held else _mark(end, measure, worth)
    shown = Progress(
        frame.title,
        frame.start,
        frame.end,
        values,
        frame.today,
        frame.dropped,
        begin,
        target,
        _held(measure, worth) if held else None,
    )
    return shown if target is None else _with_way(shown, score, target, worth, way)


def _with_way(
    shown: Progress, score: KeyResultScore, target: Mark, worth: float, way: _Way | None
) -> Progress:
    """With what was aimed for before, what is expected and where it is heading."""
    measured, measure = score.measured, score.measure
    assert measured is not None
    assert measure is not None
    levels, ahead = _levels(measure, worth), _forecast(score)
    begin = shown.baseline.number if shown.baseline else 0.0
    steps = (levels[0], target, levels[1]) if levels else (target,)
    plan = tuple([(day, _number(amount) * worth) for day, amount in measured.plan]) if way else ()
    even = way._replace(aim=Fraction(1)) if way and levels else way
    at = None if ahead is None else _at(float(ahead), (begin, *[step.number for step in steps]))
    return shown._replace(
        former=tuple(_former(measured, shown.today, worth)),
        levels=levels,
        course=plan or _pace(begin, target.number, even),
        planned=bool(plan),
        forecast=None if at is None else Mark(f"grade {ahead}", at),
    )


def _drawn(frame: _Frame, worth: float) -> tuple[tuple[date, Mark], ...]:
    """The values that have a height; words without a mark have none."""
    return tuple(
        [
            (v.date, Mark(v.text, _number(v.amount) * worth))
            for v in frame.known
            if v.amount is not None
        ]
    )


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
    return None if measure.name in KEEP_MEASURES else Mark("0", 0.0)


def _mark(end: Quantity, measure: Measure, worth: float) -> Mark:
    # A `change:` stands behind its target: 9 (-25%).
    plain = measure.target is None or not measure.target.comparator
    text = end.text if plain else measure.target_text
    return Mark(text, _number(end) * worth)


def _held(measure: Measure, worth: float) -> Held:
    target = measure.target
    assert target is not None
    low = _number(target.low) * worth
    if target.high is not None:
        return Held(measure.target_text, low, _number(target.high) * worth)
    least = measure.name is MeasureName.AT_LEAST
    return Held(measure.target_text, low if least else None, None if least else low)


def _former(
    measured: MeasuredKeyResult, today: date | None, worth: float
) -> Iterator[tuple[date, Mark]]:
    """The targets that held before the present one."""
    for period in measured.periods[:-1]:
        if period.until is not None and (today is None or period.until <= today):
            yield period.until, _mark(_end(period.measure), period.measure, worth)


def _levels(measure: Measure, worth: float) -> tuple[Mark, ...]:
    if measure.levels is None:
        return ()
    beside = (measure.levels[0], measure.levels[2])
    return tuple(Mark(level.text, _number(level) * worth) for level in beside)


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
