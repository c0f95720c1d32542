"""One key result on one day: value, progress, override, state, pace or band, status, flags."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from okrdocs.format.records import Commitment, Drop, KeyResult, Override
from okrdocs.grading.flags import key_result_flags
from okrdocs.grading.measure import KEEP, Measured
from okrdocs.grading.pace import Pacing, Standing, is_stale, pacing_of
from okrdocs.grading.progress import Progress, progress_of
from okrdocs.grading.reported_values import Measure, Value
from okrdocs.grading.results import OUTSIDE, KeyResultScore, State, outside_status
from okrdocs.grading.rounding import exact, published_grade, published_progress
from okrdocs.grading.status import (
    Status,
    StatusCode,
    band_status,
    pace_status,
    rag_status,
    status_of,
)
from okrdocs.workspace.grading_policy import BandLimit, Policy
from okrdocs.workspace.workspace import Cycle, KeyResultEntry

_ZERO, _ONE = Decimal("0.00"), Decimal("1.00")


@dataclass(frozen=True, slots=True)
class Moment:
    """A cycle on a day, under a policy: whether it is over, and whether it has been closed.

    `dropped`: the day is that of a drop, after which nothing is expected any more.
    """

    cycle: Cycle
    as_of: date
    policy: Policy
    final: bool
    closed: bool
    dropped: bool = False

    def until(self, drop: Drop | None) -> Moment:
        """The moment from which what is dropped is seen: the day of the drop."""
        if drop is None:
            return self
        return dataclasses.replace(self, as_of=drop.date, final=False, closed=False, dropped=True)


def key_result_score(
    entry: KeyResultEntry, commitment: Commitment, measured: Measured | None, moment: Moment
) -> KeyResultScore:
    """Everything about one key result, with its trace."""
    trace: list[str] = []
    dropped = drop_in_force(entry.key_result.dropped, moment.as_of)
    moment = moment.until(dropped)
    measure = measured.on(moment.as_of) if measured else None
    values = measured.known(moment.as_of) if measured else []
    value = values[-1] if values else None
    progress = _progress(measure, value)
    formula = _formula_grade(value, progress, trace)
    override = override_in_force(entry.key_result.grade, moment.as_of)
    state = _state(entry.key_result, value, formula, override, dropped, moment)
    grade = grade_given(formula, override, state, trace)
    pacing = None
    if measured and measure and value and progress and grade is not None:
        standing = (measured, measure, value, progress, grade, commitment)
        pacing = _pacing(entry.key_result, standing, moment)
        trace.extend(pacing.trace if pacing else ())
    keep = measure is not None and measure.name in KEEP
    stale = _is_stale(state, value, grade, keep, moment)
    band = None
    if grade is not None and moment.final and state in {State.GRADED, State.COUNTED_AS_ZERO}:
        band = moment.policy.band(commitment, exact(grade))
    held = grade == _ONE if state is State.GUARDRAIL and grade is not None else None
    score = KeyResultScore(
        entry=entry,
        measure=measure,
        value=value,
        progress=published_progress(progress.p, reached=progress.reached) if progress else None,
        formula=formula,
        grade=grade,
        override=override,
        dropped=dropped,
        state=state,
        held=held,
        band=band,
        pacing=pacing,
        stale=stale,
        status=_status(state, value, band, pacing, held=held, stale=stale),
        flags=(),
        trace=tuple(trace) or ("no grade yet" if value else "no value yet",),
        measured=measured,
    )
    flags = tuple(
        key_result_flags(score, values, commitment, moment.policy, moment.cycle, moment.final)
    )
    return dataclasses.replace(score, flags=flags) if flags else score


def dropped_with_objective(score: KeyResultScore) -> KeyResultScore:
    """A key result of a dropped objective, graded until that day: dropped like the objective."""
    state = State.DROPPED
    status = _status(state, score.value, None, None, held=None, stale=False)
    return dataclasses.replace(score, state=state, held=None, status=status)


def as_draft(score: KeyResultScore) -> KeyResultScore:
    """A key result that is a draft, or stands in one: in no mean, and nobody waits for it."""
    state = State.DRAFT
    return dataclasses.replace(
        score,
        grade=None if score.state is State.COUNTED_AS_ZERO else score.grade,
        state=state,
        held=None,
        band=None,
        stale=False,
        status=outside_status(state),
        flags=(),
    )


def _progress(measure: Measure | None, value: Value | None) -> Progress | None:
    if measure is None or value is None or value.amount is None:
        return None
    return progress_of(measure, value.amount)


def _formula_grade(
    value: Value | None, progress: Progress | None, trace: list[str]
) -> Decimal | None:
    if value is None or progress is None:
        return None
    grade = published_grade(progress.p, reached=progress.reached)
    trace.append(f"value {value.text} on {value.date}")
    trace.append(f"progress = {progress.formula}")
    outside = ""
    if progress.p > 1 or progress.p < 0:
        outside = ", held between 0 and 1"
    elif grade == Decimal("0.99") and not progress.reached and progress.p >= Fraction(995, 1000):
        outside = ", below 1.00 because the target isn't reached"
    trace.append(f"grade = {grade}{outside}")
    return grade


def override_in_force(override: Override | None, as_of: date) -> Override | None:
    """The grade given by hand, from its day on."""
    if override is None or (override.date is not None and override.date > as_of):
        return None
    return override


def drop_in_force(drop: Drop | None, as_of: date) -> Drop | None:
    """The drop, from its day on."""
    return drop if drop is not None and drop.date <= as_of else None


def _state(
    key_result: KeyResult,
    value: Value | None,
    formula: Decimal | None,
    override: Override | None,
    dropped: Drop | None,
    moment: Moment,
) -> State:
    if dropped is not None:
        return State.DROPPED
    if override is not None and override.value.value is None:
        return State.LEFT_OUT
    if key_result.guardrail:
        return State.GUARDRAIL
    if formula is not None or override is not None:
        return State.GRADED
    if moment.closed and moment.final:
        return State.COUNTED_AS_ZERO
    return State.NOT_REPORTED if value is None else State.NOT_GRADED


def grade_given(
    formula: Decimal | None, override: Override | None, state: State, trace: list[str]
) -> Decimal | None:
    """The published grade: the override where there is one, and 0 where a close demands it."""
    if state is State.COUNTED_AS_ZERO:
        trace.append("no value when the cycle closed: counts as 0.00")
        return _ZERO
    if override is None:
        return formula
    if override.value.value is None:
        trace.append("left out of the mean by hand (n/a)")
        return None
    given = override.value.value
    grade = published_grade(given, reached=given >= 1)
    instead = f" instead of {formula}" if formula is not None else ""
    trace.append(f"grade given by hand: {grade}{instead}")
    return grade


def _pacing(
    key_result: KeyResult,
    standing: tuple[Measured, Measure, Value, Progress, Decimal, Commitment],
    moment: Moment,
) -> Pacing | None:
    measured, measure, value, progress, grade, commitment = standing
    if moment.final or moment.dropped or moment.cycle.period is None:
        return None
    return pacing_of(
        Standing(
            measured=measured,
            measure=measure,
            value=value,
            grade=grade,
            progress=progress.p,
            guardrail=key_result.guardrail,
            commitment=commitment,
            period=moment.cycle.period,
            due=key_result.due,
        ),
        moment.policy,
    )


def _is_stale(
    state: State, value: Value | None, grade: Decimal | None, keep: bool, moment: Moment
) -> bool:
    period = moment.cycle.period
    settled = moment.dropped or state is State.LEFT_OUT
    if moment.final or period is None or settled or moment.as_of < period.start:
        return False
    last = value.date if value else None
    return is_stale(last, period.start, moment.as_of, grade, keep=keep, policy=moment.policy)


def _status(
    state: State,
    value: Value | None,
    band: BandLimit | None,
    pacing: Pacing | None,
    *,
    held: bool | None,
    stale: bool,
) -> Status:
    """The owner's sign of the current value and the computed word; always a word."""
    if state in OUTSIDE:
        return outside_status(state)
    if stale:
        return status_of(StatusCode.STALE)
    if value is None and (
        state is State.NOT_REPORTED or (state is State.GUARDRAIL and held is None)
    ):
        return status_of(StatusCode.NOT_REPORTED)
    if band is not None:
        return band_status(band)
    rag = value.check_in.rag if value and value.check_in else None
    if state is State.GUARDRAIL and held is not None:
        return status_of(StatusCode.HELD if held else StatusCode.BREACHED, rag)
    if pacing is not None and pacing.pace is not None:
        return pace_status(pacing.pace, rag)
    if rag is not None:
        return rag_status(rag)
    early = pacing is not None and pacing.early
    return status_of(StatusCode.TOO_EARLY if early else StatusCode.REPORTED)
