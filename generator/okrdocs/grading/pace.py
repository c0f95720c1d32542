"""On the way: what is expected by now, how far ahead or behind, and where it will end.

Holds before the cycle's last day, at the value's own date; from the last day on bands stand
in its place. Normative in docs/explanation/grading.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from okrdocs import words
from okrdocs.format.records import Commitment, MeasureName
from okrdocs.grading.measure import KEEP, Measured
from okrdocs.grading.progress import decimal, level_mark, levels_line, progress_of
from okrdocs.grading.reported_values import BY_HAND, Measure, Value
from okrdocs.grading.rounding import clamped, exact, rounded
from okrdocs.workspace import calendar
from okrdocs.workspace.calendar import Period
from okrdocs.workspace.grading_policy import Policy

_ONE = Decimal("1.00")
_PLAN_TOO_SMALL = Decimal("0.1")


class Pace(StrEnum):
    """How far a value is, against what is expected by now; the value is what exports say."""

    ACHIEVED = "achieved"
    AHEAD = "ahead"
    ON_TRACK = "on track"
    BEHIND = "behind"
    AT_RISK = "at risk"


@dataclass(frozen=True, slots=True)
class Standing:
    """A graded value in time: what pace is computed from."""

    measured: Measured
    measure: Measure
    value: Value
    grade: Decimal
    progress: Fraction
    guardrail: bool
    commitment: Commitment
    period: Period
    due: date | None


@dataclass(frozen=True, slots=True)
class Pacing:
    """The result: elapsed days of all days, expectation, pace, forecast, and how they came."""

    elapsed: tuple[int, int]
    expected: Decimal | None = None
    pace: Pace | None = None
    forecast: Decimal | None = None
    early: bool = False
    trace: tuple[str, ...] = ()


def is_stale(
    last: date | None,
    start: date,
    as_of: date,
    grade: Decimal | None,
    *,
    keep: bool,
    policy: Policy,
) -> bool:
    """Whether the last value (or the start) is too long ago; never for 1.00 but for keep."""
    if grade == _ONE and not keep:
        return False
    return as_of - (last or start) > timedelta(days=policy.stale_after_days)


def pacing_of(standing: Standing, policy: Policy) -> Pacing:
    """Pace and forecast of a value before the cycle's last day."""
    end = standing.due or standing.period.end
    days, total = calendar.elapsed(standing.period.start, end, standing.value.date)
    share = Fraction(days, total)
    early = share <= policy.early_share
    trace = [f"{days} of {total} days had passed on {standing.value.date}"]
    if standing.commitment is Commitment.LEARNING:
        return Pacing((days, total), forecast=_own(standing, trace), trace=tuple(trace))
    expected = None if early else _expected(standing, (days, total), policy, trace)
    pace = _pace(standing, expected, policy, trace)
    forecast = _forecast(standing, (days, total), expected, early, trace)
    if early:
        trace.append(f"up to {decimal(policy.early_share)} of the time is too early for a pace")
    return Pacing((days, total), expected, pace, forecast, early, tuple(trace))


def _expected(
    standing: Standing, elapsed: tuple[int, int], policy: Policy, trace: list[str]
) -> Decimal | None:
    """What the grade should be by now; None where there is no line."""
    days, total = elapsed
    share = Fraction(days, total)
    measure = standing.measure
    if measure.name in KEEP or measure.name in BY_HAND:
        return None
    if standing.measured.plan:
        return _planned(standing, trace)
    if measure.name is MeasureName.LEVELS:
        corners = levels_line(measure)
        start, target = corners[0][0], corners[2][0]
        expected = clamped(level_mark(corners, start + share * (target - start)))
        trace.append(f"expected = the levels' mark at {decimal(share)} of the way = {expected}")
        return expected
    aim = policy.aims[standing.commitment]
    expected = rounded(aim * share)
    trace.append(f"expected = {decimal(aim)} × {days}/{total} = {expected}")
    return expected


def _planned(standing: Standing, trace: list[str]) -> Decimal:
    """The plan's own line: from (start, 0) through its points, flat after the last."""
    points = [(standing.period.start, Fraction(0))]
    for day, amount in standing.measured.plan:
        p = progress_of(standing.measure, amount).p
        points.append((day, min(max(p, Fraction(0)), Fraction(1))))
    mark = _on_line(points, standing.value.date)
    expected = rounded(mark)
    trace.append(f"expected by the plan on {standing.value.date} = {expected}")
    return expected


def _on_line(points: list[tuple[date, Fraction]], day: date) -> Fraction:
    before = [point for point in points if point[0] <= day]
    after = [point for point in points if point[0] > day]
    if not before:
        return Fraction(0)
    if not after:
        return before[-1][1]
    (d0, y0), (d1, y1) = before[-1], after[0]
    return y0 + (y1 - y0) * Fraction((day - d0).days, (d1 - d0).days)


def _pace(
    standing: Standing, expected: Decimal | None, policy: Policy, trace: list[str]
) -> Pace | None:
    if standing.measure.name in KEEP:
        return Pace.ON_TRACK if standing.grade == _ONE else Pace.AT_RISK
    if standing.grade == _ONE:
        return Pace.ACHIEVED
    if expected is None:
        return None
    gap = standing.grade - expected
    pace = _gap_pace(Fraction(gap), policy)
    if standing.progress < 0 and pace in {Pace.AHEAD, Pace.ON_TRACK}:
        trace.append("moved away from the target: never better than behind")
        pace = Pace.BEHIND
    trace.append(f"gap = {standing.grade} − {expected} = {_signed(gap)}: {words.PACE_WORDS[pace]}")
    return pace


def _signed(gap: Decimal) -> str:
    return f"+{gap}" if gap > 0 else str(gap).replace("-", "−")


def _gap_pace(gap: Fraction, policy: Policy) -> Pace:
    limits = (
        (policy.ahead, Pace.AHEAD),
        (policy.on_track, Pace.ON_TRACK),
        (policy.behind, Pace.BEHIND),
    )
    return next((pace for limit, pace in limits if gap >= limit), Pace.AT_RISK)


def _forecast(
    standing: Standing,
    elapsed: tuple[int, int],
    expected: Decimal | None,
    early: bool,
    trace: list[str],
) -> Decimal | None:
    """The owner's own, else the grade carried on at its pace so far; for keep the grade."""
    own = _own(standing, trace)
    if own is not None or early or standing.guardrail:
        return own
    if standing.measure.name in KEEP:
        return standing.grade
    if standing.measured.plan:
        return _by_plan(standing.grade, expected, trace)
    days, total = elapsed
    return _carried(exact(standing.grade), Fraction(days, total), f"{days}/{total}", trace)


def _own(standing: Standing, trace: list[str]) -> Decimal | None:
    """The forecast that the owner gives in the current check-in; a guardrail has none."""
    own = standing.value.check_in.forecast if standing.value.check_in else None
    if own is None or own.value is None or standing.guardrail:
        return None
    forecast = clamped(own.value)
    trace.append(f"forecast = {forecast}, the owner's own")
    return forecast


def _by_plan(grade: Decimal, expected: Decimal | None, trace: list[str]) -> Decimal | None:
    if expected is None or expected < _PLAN_TOO_SMALL:
        trace.append("no forecast while the plan expects less than 0.1")
        return None
    return _carried(exact(grade), exact(expected), str(expected), trace)


def _carried(grade: Fraction, divisor: Fraction, shown: str, trace: list[str]) -> Decimal:
    forecast = clamped(grade / divisor)
    over = ", at most 1" if grade / divisor > 1 else ""
    below = f"({shown})" if "/" in shown else shown
    trace.append(f"forecast = {rounded(grade)} / {below} = {forecast}{over}")
    return forecast
