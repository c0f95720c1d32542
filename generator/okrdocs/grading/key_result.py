"""Scores one key result on one day: value, progress, state, pace or band, status and flags."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from okrdocs.format.records import Commitment, Drop, KeyResult, Override, Rag
from okrdocs.grading.flags import FlagSpan, key_result_flags
from okrdocs.grading.measure import KEEP_MEASURES, MeasuredKeyResult
from okrdocs.grading.pace import PaceInput, PaceResult, compute_pace, is_stale
from okrdocs.grading.progress import ValueProgress, compute_progress
from okrdocs.grading.reported_values import Measure, ReportedValue
from okrdocs.grading.results import (
    OUTSIDE,
    KeyResultScore,
    OwnersWord,
    State,
    status_outside_mean,
)
from okrdocs.grading.rounding import (
    as_fraction,
    clamp_to_grade,
    published_grade,
    published_progress,
)
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
class ScoringContext:
    """A cycle on a day, under a policy.

    `final`: its last day has come; `closed`: it has been closed. `dropped`: the day is that of a
    drop, after which nothing is expected any more.
    """

    cycle: Cycle
    as_of: date
    policy: Policy
    final: bool
    closed: bool
    dropped: bool = False

    def context_on_drop_day(self, drop: Drop | None) -> ScoringContext:
        """Return the context on the day of a drop; itself where nothing was dropped."""
        if drop is None:
            return self
        return dataclasses.replace(self, as_of=drop.date, final=False, closed=False, dropped=True)

    def context_from_due_day(self, due: date | None) -> ScoringContext:
        """Return the context of a key result whose due day has come: final, and never closed."""
        end = self.end_of_span(due)
        if self.final or self.dropped or end is None or self.as_of < end:
            return self
        return dataclasses.replace(self, final=True)

    def end_of_span(self, due: date | None) -> date | None:
        """Return the last day of a key result: its due day, at most the cycle's last; or None."""
        if self.cycle.period is None:
            return None
        return min(due or self.cycle.period.end, self.cycle.period.end)


def key_result_score(
    entry: KeyResultEntry,
    commitment: Commitment,
    measured: MeasuredKeyResult | None,
    context: ScoringContext,
) -> KeyResultScore:
    """Compute everything about one key result on a day, with the trace of how it was computed.

    `measured` is None where the key result can't be read: it then has no value and no grade.
    Normative in docs/explanation/grading.md, "Grades".
    """
    trace: list[str] = []
    key_result = entry.key_result
    commitment = key_result.type or commitment
    dropped = drop_in_force(key_result.dropped, context.as_of)
    ended = context.final and dropped is None
    context = context.context_on_drop_day(dropped).context_from_due_day(key_result.due)
    measure = measured.measure_on(context.as_of) if measured else None
    values = measured.values_until(context.as_of) if measured else []
    value = values[-1] if values else None
    owner = _owners_word(key_result, context)
    progress = _progress_of_value(measure, value)
    formula = _formula_grade(value, progress, trace)
    override = override_in_force(key_result.grade, context.as_of)
    reason = measured.not_gradable if measured and formula is None and override is None else ""
    state = _key_result_state(key_result, value, formula, override, dropped, context, reason)
    if reason:
        trace.append(f"not graded: {reason}")
    grade = effective_grade(formula, override, state, trace)
    pacing = None
    if measured and measure and value and progress and grade is not None:
        facts = (measured, measure, value, progress, grade, commitment)
        pacing = _pace_before_end(key_result, facts, context)
        trace.extend(pacing.trace if pacing else ())
    computed = pacing.computed_forecast if pacing else None
    own_forecast = _own_forecast(owner, state, context, trace)
    keep = measure is not None and measure.name in KEEP_MEASURES
    stale = _is_stale(state, value, grade, keep, context)
    band = None
    if grade is not None and context.final and state in {State.GRADED, State.COUNTED_AS_ZERO}:
        band = context.policy.band(commitment, as_fraction(grade))
    held = grade == _ONE if state is State.GUARDRAIL and grade is not None else None
    rag = owner.sign.rag if owner.sign else None
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
        status=_key_result_status(
            state,
            value,
            band,
            pacing,
            rag,
            grade=grade,
            held=held,
            stale=stale,
            not_gradable=bool(reason),
        ),
        flags=(),
        trace=tuple(trace) or ("no grade yet" if value else "no value yet",),
        not_gradable=reason,
        commitment=commitment,
        owner=owner,
        forecast=own_forecast if own_forecast is not None else computed,
        outside=tuple(measured.values_outside(context.as_of)) if measured else (),
        measured=measured,
    )
    span = FlagSpan(context.cycle, context.end_of_span(key_result.due), ended, context.final)
    flags = tuple(key_result_flags(score, values, context.policy, span))
    return dataclasses.replace(score, flags=flags) if flags else score


def _owners_word(key_result: KeyResult, context: ScoringContext) -> OwnersWord:
    """Find the latest check-in until the day, within the cycle, for each thing an owner says."""
    sign = confidence = forecast = None
    for check_in in sorted(key_result.check_ins, key=lambda check_in: check_in.date):
        day = check_in.date
        if day > context.as_of or not context.cycle.counts_values_of(day):
            continue
        if check_in.rag is not None:
            sign = check_in
        if check_in.confidence is not None and check_in.confidence.value is not None:
            confidence = check_in
        if check_in.forecast is not None and check_in.forecast.value is not None:
            forecast = check_in
    return OwnersWord(sign, confidence, forecast)


def _own_forecast(
    owner: OwnersWord, state: State, context: ScoringContext, trace: list[str]
) -> Decimal | None:
    """Return the owner's forecast; none from the end on, for a guardrail or outside the mean."""
    settled = context.final or context.dropped or state is State.GUARDRAIL or state in OUTSIDE
    if settled or owner.forecast is None or owner.forecast.forecast is None:
        return None
    forecast = clamp_to_grade(owner.forecast.forecast.value or Fraction(0))
    trace.append(f"forecast = {forecast}, the owner's own of {owner.forecast.date}")
    return forecast


def score_as_dropped(score: KeyResultScore) -> KeyResultScore:
    """Return the score of a key result whose objective was dropped: it is dropped, too."""
    state = State.DROPPED
    return dataclasses.replace(
        score, state=state, held=None, status=status_outside_mean(state), forecast=None
    )


def score_as_draft(score: KeyResultScore) -> KeyResultScore:
    """Return the score of a draft: it has a grade, counts in no mean and is never overdue."""
    state = State.DRAFT
    return dataclasses.replace(
        score,
        grade=None if score.state is State.COUNTED_AS_ZERO else score.grade,
        state=state,
        held=None,
        band=None,
        stale=False,
        status=status_outside_mean(state),
        flags=(),
    )


def _progress_of_value(
    measure: Measure | None, value: ReportedValue | None
) -> ValueProgress | None:
    if measure is None or value is None or value.amount is None:
        return None
    return compute_progress(measure, value.amount)


def _formula_grade(
    value: ReportedValue | None, progress: ValueProgress | None, trace: list[str]
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
    """Return the grade given by hand if it holds on the day; without a date it always does."""
    if override is None or (override.date is not None and override.date > as_of):
        return None
    return override


def drop_in_force(drop: Drop | None, as_of: date) -> Drop | None:
    """Return the drop if its day has come."""
    return drop if drop is not None and drop.date <= as_of else None


def _key_result_state(
    key_result: KeyResult,
    value: ReportedValue | None,
    formula: Decimal | None,
    override: Override | None,
    dropped: Drop | None,
    context: ScoringContext,
    not_gradable: str,
) -> State:
    if dropped is not None:
        return State.DROPPED
    if override is not None and override.value.value is None:
        return State.LEFT_OUT
    if key_result.guardrail:
        return State.GUARDRAIL
    if formula is not None or override is not None:
        return State.GRADED
    if context.closed and context.final:
        return State.COUNTED_AS_ZERO
    unreported = value is None and not not_gradable
    return State.NOT_REPORTED if unreported else State.NOT_GRADED


def effective_grade(
    formula: Decimal | None, override: Override | None, state: State, trace: list[str]
) -> Decimal | None:
    """Return the published grade: the one given by hand, else the formula's.

    It is 0.00 where a closed cycle counts a missing value as 0, and None for `n/a`. Adds a line
    to `trace` (docs/explanation/grading.md, "Grades").
    """
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


def _pace_before_end(
    key_result: KeyResult,
    facts: tuple[MeasuredKeyResult, Measure, ReportedValue, ValueProgress, Decimal, Commitment],
    context: ScoringContext,
) -> PaceResult | None:
    measured, measure, value, progress, grade, commitment = facts
    period, end = context.cycle.period, context.end_of_span(key_result.due)
    if context.final or context.dropped or period is None or end is None:
        return None
    return compute_pace(
        PaceInput(
            measured=measured,
            measure=measure,
            value=value,
            grade=grade,
            progress=progress.p,
            guardrail=key_result.guardrail,
            commitment=commitment,
            start=period.start,
            end=end,
        ),
        context.policy,
    )


def _is_stale(
    state: State,
    value: ReportedValue | None,
    grade: Decimal | None,
    keep: bool,
    context: ScoringContext,
) -> bool:
    period = context.cycle.period
    settled = context.dropped or state is State.LEFT_OUT
    if context.final or period is None or settled or context.as_of < period.start:
        return False
    last = value.date if value else None
    return is_stale(last, period.start, context.as_of, grade, keep=keep, policy=context.policy)


def _key_result_status(
    state: State,
    value: ReportedValue | None,
    band: BandLimit | None,
    pacing: PaceResult | None,
    rag: Rag | None,
    *,
    grade: Decimal | None,
    held: bool | None,
    stale: bool,
    not_gradable: bool = False,
) -> Status:
    """Return the owner's latest sign and the computed word; always a word."""
    if state in OUTSIDE:
        return status_outside_mean(state)
    if not_gradable and band is None:
        return status_of(StatusCode.NOT_GRADED, rag)
    if stale:
        return status_of(StatusCode.STALE)
    if value is None and (
        state is State.NOT_REPORTED or (state is State.GUARDRAIL and held is None)
    ):
        return status_of(StatusCode.NOT_REPORTED, rag)
    if band is not None:
        return band_status(band)
    if state is State.GUARDRAIL and held is not None:
        return status_of(StatusCode.HELD if held else StatusCode.BREACHED, rag)
    if pacing is not None and pacing.pace is not None:
        return pace_status(pacing.pace, rag)
    if grade == _ONE:  # by hand, or the answer to a question
        return status_of(StatusCode.ACHIEVED, rag)
    if rag is not None:
        return rag_status(rag)
    early = pacing is not None and pacing.early
    return status_of(StatusCode.TOO_EARLY if early else StatusCode.REPORTED)
