"""Computes every grade once: the one pure function from a Workspace and a day to Scores.

Nothing else grades. Normative in docs/explanation/grading.md. A key result's own score comes
from `key_result_score`; here stand the means of objectives, teams and cycles.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from okrdocs import words
from okrdocs.format.records import Commitment, CycleStatus, Drop, Override
from okrdocs.grading.amounts import weight_or_one
from okrdocs.grading.flags import late_drop_flag, override_flag
from okrdocs.grading.key_result import (
    ScoringContext,
    drop_in_force,
    effective_grade,
    key_result_score,
    override_in_force,
    score_as_draft,
    score_as_dropped,
)
from okrdocs.grading.measure import MeasuredKeyResult
from okrdocs.grading.metric_status import metric_statuses
from okrdocs.grading.pace import MeanPace, mean_pace
from okrdocs.grading.results import (
    CycleScore,
    KeyResultScore,
    ObjectiveScore,
    Scores,
    State,
    TeamScore,
)
from okrdocs.grading.rounding import WeightedGrade, as_fraction, mean_formula, weighted_mean
from okrdocs.workspace import calendar
from okrdocs.workspace.grading_policy import Policy
from okrdocs.workspace.workspace import Cycle, ObjectiveEntry, ResolvedRef, TeamEntry, Workspace

_STATES_OUTSIDE_MEAN = frozenset({State.DROPPED, State.LEFT_OUT})
_ZERO, _ONE = Decimal("0.00"), Decimal("1.00")
_OPEN_QUESTION = "counts in no mean until the question is answered (1.00)"
_UNANSWERED_WHEN_CLOSED = "counts as 0.00 above: the cycle closed without an answer"


def score_workspace(
    workspace: Workspace, measured: Mapping[ResolvedRef, MeasuredKeyResult], as_of: date
) -> Scores:
    """Compute the scores of all cycles as of a day.

    `measured` is what `measure.measure_all` returns; what isn't in it has no value. Only what is
    dated on or before `as_of` counts (docs/explanation/grading.md, "As of a day").
    """
    cycles = tuple(
        _cycle_score(_scoring_context(cycle, workspace, as_of), workspace, measured)
        for cycle in workspace.cycles
    )
    objectives = {o.entry.ref: o for cycle in cycles for o in cycle.objectives()}
    key_results = {kr.entry.ref: kr for cycle in cycles for kr in cycle.key_results()}
    metrics = metric_statuses(workspace, measured, as_of)
    return Scores(workspace, as_of, cycles, objectives, key_results, metrics)


def _scoring_context(cycle: Cycle, workspace: Workspace, as_of: date) -> ScoringContext:
    closed = cycle.status_on(as_of) is CycleStatus.CLOSED
    final = closed if cycle.period is None else as_of >= cycle.period.end
    return ScoringContext(cycle, as_of, workspace.policy, final, closed)


# ------------------------------------------------------------------- objectives


def _objective_score(
    entry: ObjectiveEntry,
    measured: Mapping[ResolvedRef, MeasuredKeyResult],
    context: ScoringContext,
) -> ObjectiveScore:
    objective = entry.objective
    dropped = drop_in_force(objective.dropped, context.as_of)
    ended = context.closed and context.final
    context = context.context_on_drop_day(dropped)
    key_results = tuple(
        key_result_score(kr, kr.key_result.type or objective.type, measured.get(kr.ref), context)
        for kr in entry.key_results
    )
    if any(kr.draft for kr in entry.key_results):
        key_results = tuple(score_as_draft(kr) if kr.entry.draft else kr for kr in key_results)
    parts = [_weighted_key_result(kr) for kr in key_results if kr.counts_in_mean]
    formula = weighted_mean(parts)
    trace = _mean_trace("key results", parts, formula)
    trace.extend(_outside_mean_trace(key_results))
    override = override_in_force(objective.grade, context.as_of)
    state = _objective_state(formula, override, dropped)
    grade = effective_grade(formula, override, state, trace)
    band = None
    if grade is not None and context.final and state is State.GRADED:
        band = context.policy.band(objective.type, as_fraction(grade))
    gap = override_flag(formula, grade, override, context.policy)
    late = late_drop_flag(dropped, override, context.cycle)
    with_dropped = _objective_with_dropped(key_results, parts, trace)
    if override is not None and override.value.value is not None and with_dropped is not None:
        with_dropped = grade
    pace = _pace_of_key_results(key_results, context.policy)
    trace.extend(pace.trace if pace else ())
    if dropped is not None:
        key_results = tuple(score_as_dropped(kr) for kr in key_results)
    if entry.draft:
        state, band, pace = State.DRAFT, None, None
        key_results = tuple(score_as_draft(kr) for kr in key_results)
    score = ObjectiveScore(
        entry=entry,
        grade=grade,
        formula=formula,
        override=override,
        dropped=dropped,
        with_dropped=with_dropped,
        state=state,
        band=band,
        reported=sum(1 for kr in key_results if kr.is_reported),
        of=sum(1 for kr in key_results if kr.expects_value),
        key_results=key_results,
        flags=tuple(flag for flag in (gap, late) if flag),
        trace=tuple(trace),
        mean_pace=pace,
    )
    return _with_counted_grades(score, closed=ended)


def _objective_with_dropped(
    key_results: Iterable[KeyResultScore], parts: list[WeightedGrade], trace: list[str]
) -> Decimal | None:
    """Compute the mean with what was dropped or left out; None where nothing of it has a grade."""
    everything = [
        _weighted_key_result(kr)
        for kr in key_results
        if kr.counts_in_mean or (_would_count_in_mean(kr) and grade_or_formula(kr) is not None)
    ]
    if len(everything) == len(parts):
        return None
    return _mean_with_dropped(everything, trace)


def _mean_with_dropped(parts: list[WeightedGrade], trace: list[str]) -> Decimal | None:
    mean = weighted_mean(parts)
    if mean is not None:
        trace.append(f"with what was dropped or left out = {mean_formula(parts, mean)}")
    return mean


def _with_counted_grades(score: ObjectiveScore, *, closed: bool) -> ObjectiveScore:
    """Add the grades that go into the means above, and say in the trace where they differ.

    A learning objective counts once it is answered, and as 0 when its cycle closes without an
    answer (docs/explanation/grading.md, "Grades").
    """
    if score.state is State.DRAFT:
        return score
    by_hand = score.override is not None and score.override.value.value is not None
    dropped_too = score.grade if by_hand else score.with_dropped
    if dropped_too is None:
        dropped_too = grade_or_formula(score)
    counted = None if score.state in _STATES_OUTSIDE_MEAN else score.grade
    trace = score.trace
    if score.entry.objective.type is Commitment.LEARNING:
        unanswered = _ZERO if closed else None
        dropped_too = dropped_too if dropped_too == _ONE else unanswered
        if score.state not in _STATES_OUTSIDE_MEAN and counted != _ONE:
            counted = unanswered
            trace = (*trace, _UNANSWERED_WHEN_CLOSED if closed else _OPEN_QUESTION)
    return dataclasses.replace(
        score, counted=counted, counted_with_dropped=dropped_too, trace=trace
    )


def _pace_of_key_results(key_results: Iterable[KeyResultScore], policy: Policy) -> MeanPace | None:
    expected: list[WeightedGrade] = []
    grades: list[WeightedGrade] = []
    for kr in key_results:
        part = kr.pacing.expected if kr.pacing and kr.counts_in_mean else None
        if part is not None:
            grades.append(_weighted_key_result(kr))
            expected.append(grades[-1]._replace(grade=part))
    return mean_pace(expected, grades, policy)


def _weighted_key_result(kr: KeyResultScore) -> WeightedGrade:
    grade = grade_or_formula(kr)
    assert grade is not None
    return WeightedGrade(f"KR{kr.entry.number}", grade, weight_or_one(kr.entry.key_result.weight))


def grade_or_formula(score: KeyResultScore | ObjectiveScore) -> Decimal | None:
    """Return the grade; for what `n/a` leaves out, the grade that the formula gives."""
    return score.formula if score.grade is None else score.grade


def _would_count_in_mean(kr: KeyResultScore) -> bool:
    """Return whether a key result outside the mean would be in it, had it stayed."""
    return kr.state in _STATES_OUTSIDE_MEAN and not kr.entry.key_result.guardrail


def _objective_state(
    formula: Decimal | None, override: Override | None, dropped: Drop | None
) -> State:
    if dropped is not None:
        return State.DROPPED
    if override is not None and override.value.value is None:
        return State.LEFT_OUT
    if formula is None and override is None:
        return State.NOT_REPORTED
    return State.GRADED


def _mean_trace(what: str, parts: list[WeightedGrade], mean: Decimal | None) -> list[str]:
    if mean is not None:
        return [f"mean of {what} = {mean_formula(parts, mean)}"]
    if parts:
        return [f"no grade: all weights of the {what} are 0"]
    return []


def _outside_mean_trace(key_results: Iterable[KeyResultScore]) -> list[str]:
    """Return one line for each key result that isn't in the mean, with the reason."""
    outside = {
        State.DROPPED,
        State.LEFT_OUT,
        State.GUARDRAIL,
        State.NOT_REPORTED,
        State.NOT_GRADED,
        State.DRAFT,
    }
    return [
        f"KR{kr.entry.number} is not in the mean: {words.STATE_WORDS[kr.state]}"
        for kr in key_results
        if kr.state in outside
    ]


# ------------------------------------------------------------------- teams and cycles


def _team_score(
    entry: TeamEntry, measured: Mapping[ResolvedRef, MeasuredKeyResult], context: ScoringContext
) -> TeamScore:
    objectives = tuple(_objective_score(o, measured, context) for o in entry.objectives)
    mean = _mean_of_objectives(objectives, "objectives", context.policy)
    return TeamScore(
        entry=entry,
        grade=mean.grade,
        with_dropped=mean.with_dropped,
        reported=sum(o.reported for o in objectives if o.state not in _STATES_OUTSIDE_MEAN),
        of=sum(o.of for o in objectives if o.state not in _STATES_OUTSIDE_MEAN),
        objectives=objectives,
        trace=mean.trace,
        mean_pace=mean.pace,
    )


class _Mean(NamedTuple):
    grade: Decimal | None
    with_dropped: Decimal | None
    pace: MeanPace | None
    trace: tuple[str, ...]


def _mean_of_objectives(objectives: Sequence[ObjectiveScore], what: str, policy: Policy) -> _Mean:
    """Compute the means of a team or a cycle from the published grades of its objectives."""
    parts = [_weighted_objective(o, o.counted) for o in objectives if o.counted is not None]
    grade = weighted_mean(parts)
    trace = _mean_trace(what, parts, grade)
    everything = [o for o in objectives if o.counted_with_dropped is not None]
    with_dropped = None
    if any(o.state in _STATES_OUTSIDE_MEAN or o.with_dropped is not None for o in everything):
        with_dropped = _mean_with_dropped(
            [_weighted_objective(o, o.counted_with_dropped) for o in everything], trace
        )
    paced = [o for o in objectives if o.mean_pace is not None and o.counted is not None]
    pace = mean_pace(
        [_weighted_objective(o, o.expected) for o in paced],
        [_weighted_objective(o, o.counted) for o in paced],
        policy,
    )
    trace.extend(pace.trace if pace else ())
    return _Mean(grade, with_dropped, pace, tuple(trace))


def _weighted_objective(score: ObjectiveScore, grade: Decimal | None) -> WeightedGrade:
    assert grade is not None
    weight = weight_or_one(score.entry.objective.weight)
    return WeightedGrade(score.entry.ref.local_reference, grade, weight)


def _cycle_score(
    context: ScoringContext, workspace: Workspace, measured: Mapping[ResolvedRef, MeasuredKeyResult]
) -> CycleScore:
    cycle, period = context.cycle, context.cycle.period
    teams = tuple(_team_score(team, measured, context) for team in cycle.teams)
    objectives = [o for team in teams for o in team.objectives]
    mean = _mean_of_objectives(objectives, "objectives of all teams", context.policy)
    company = next((team.grade for team in teams if team.entry.id == workspace.company), None)
    return CycleScore(
        cycle=cycle,
        grade=mean.grade,
        company=company,
        with_dropped=mean.with_dropped,
        reported=sum(team.reported for team in teams),
        of=sum(team.of for team in teams),
        final=context.final,
        elapsed=calendar.elapsed_days(period.start, period.end, context.as_of) if period else None,
        teams=teams,
        trace=mean.trace,
        mean_pace=mean.pace,
    )
