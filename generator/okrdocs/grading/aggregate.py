"""Every number, once: the one pure function from a Workspace and a day to Scores.

Nothing else grades. Normative in docs/explanation/grading.md. A key result's own score comes
from `key_result_score`; here stand the means of objectives, teams and cycles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from okrdocs import words
from okrdocs.format.records import CycleStatus, Drop, Override
from okrdocs.grading.amounts import weight_of
from okrdocs.grading.flags import late_drop_flag, override_flag
from okrdocs.grading.key_result import (
    Moment,
    as_draft,
    drop_in_force,
    dropped_with_objective,
    grade_given,
    key_result_score,
    override_in_force,
)
from okrdocs.grading.measure import Measured
from okrdocs.grading.metric_status import health
from okrdocs.grading.results import (
    CycleScore,
    KeyResultScore,
    ObjectiveScore,
    Scores,
    State,
    TeamScore,
)
from okrdocs.grading.rounding import Weighted, exact, mean_in_words, mean_of
from okrdocs.workspace import calendar
from okrdocs.workspace.workspace import Cycle, ObjectiveEntry, Ref, TeamEntry, Workspace

_OUTSIDE = frozenset({State.DROPPED, State.LEFT_OUT})


def score(workspace: Workspace, measured: Mapping[Ref, Measured], as_of: date) -> Scores:
    """All scores as of a day. Only what is dated on or before it exists."""
    cycles = tuple(
        _cycle_score(_moment(cycle, workspace, as_of), workspace, measured)
        for cycle in workspace.cycles
    )
    objectives = {o.entry.ref: o for cycle in cycles for o in cycle.objectives()}
    key_results = {kr.entry.ref: kr for cycle in cycles for kr in cycle.key_results()}
    metrics = health(workspace, measured, as_of)
    return Scores(workspace, as_of, cycles, objectives, key_results, metrics)


def _moment(cycle: Cycle, workspace: Workspace, as_of: date) -> Moment:
    closed = cycle.status_on(as_of) is CycleStatus.CLOSED
    final = closed if cycle.period is None else as_of >= cycle.period.end
    return Moment(cycle, as_of, workspace.policy, final, closed)


# ------------------------------------------------------------------- objectives


def _objective_score(
    entry: ObjectiveEntry, measured: Mapping[Ref, Measured], moment: Moment
) -> ObjectiveScore:
    objective = entry.objective
    dropped = drop_in_force(objective.dropped, moment.as_of)
    moment = moment.until(dropped)
    key_results = tuple(
        key_result_score(kr, objective.type, measured.get(kr.ref), moment)
        for kr in entry.key_results
    )
    if any(kr.draft for kr in entry.key_results):
        key_results = tuple(as_draft(kr) if kr.entry.draft else kr for kr in key_results)
    parts = [_key_result_part(kr) for kr in key_results if kr.counts]
    formula = mean_of(parts)
    trace = _mean_trace("key results", parts, formula)
    trace.extend(_left_out(key_results))
    override = override_in_force(objective.grade, moment.as_of)
    state = _objective_state(formula, override, dropped)
    grade = grade_given(formula, override, state, trace)
    band = None
    if grade is not None and moment.final and state is State.GRADED:
        band = moment.policy.band(objective.type, exact(grade))
    gap = override_flag(formula, grade, override, moment.policy)
    late = late_drop_flag(dropped, override, moment.cycle)
    dropped_parts = [
        _key_result_part(kr)
        for kr in key_results
        if kr.counts or (_may_count(kr) and last_grade(kr) is not None)
    ]
    if dropped is not None:
        key_results = tuple(dropped_with_objective(kr) for kr in key_results)
    if entry.draft:
        state, band = State.DRAFT, None
        key_results = tuple(as_draft(kr) for kr in key_results)
    return ObjectiveScore(
        entry=entry,
        grade=grade,
        formula=formula,
        override=override,
        dropped=dropped,
        with_dropped=mean_of(dropped_parts) if len(dropped_parts) > len(parts) else None,
        state=state,
        band=band,
        reported=sum(1 for kr in key_results if kr.state in {State.GRADED, State.NOT_GRADED}),
        of=sum(1 for kr in key_results if kr.expects_value),
        key_results=key_results,
        flags=tuple(flag for flag in (gap, late) if flag),
        trace=tuple(trace),
    )


def _key_result_part(kr: KeyResultScore) -> Weighted:
    grade = last_grade(kr)
    assert grade is not None
    return Weighted(f"KR{kr.entry.number}", grade, weight_of(kr.entry.key_result.weight))


def last_grade(score: KeyResultScore | ObjectiveScore) -> Decimal | None:
    """The grade; for what is left out by `n/a`, the one that the formula gives."""
    return score.formula if score.grade is None else score.grade


def _may_count(kr: KeyResultScore) -> bool:
    """Whether a key result outside the mean would be in it, had it stayed."""
    return kr.state in _OUTSIDE and not kr.entry.key_result.guardrail


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


def _mean_trace(what: str, parts: list[Weighted], mean: Decimal | None) -> list[str]:
    if mean is not None:
        return [f"mean of {what} = {mean_in_words(parts, mean)}"]
    if parts:
        return [f"no grade: all weights of the {what} are 0"]
    return []


def _left_out(key_results: Iterable[KeyResultScore]) -> list[str]:
    """One line for each key result that the mean doesn't hold, and why."""
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


def _team_score(entry: TeamEntry, measured: Mapping[Ref, Measured], moment: Moment) -> TeamScore:
    objectives = tuple(_objective_score(o, measured, moment) for o in entry.objectives)
    parts = _objective_parts(objectives, frozenset({State.GRADED}))
    grade = mean_of(parts)
    everything = _objective_parts(objectives, _OUTSIDE | {State.GRADED})
    return TeamScore(
        entry=entry,
        grade=grade,
        with_dropped=mean_of(everything) if len(everything) > len(parts) else None,
        reported=sum(o.reported for o in objectives if o.state not in _OUTSIDE),
        of=sum(o.of for o in objectives if o.state not in _OUTSIDE),
        objectives=objectives,
        trace=tuple(_mean_trace("objectives", parts, grade)),
    )


def _objective_parts(
    objectives: Iterable[ObjectiveScore], states: frozenset[State]
) -> list[Weighted]:
    return [
        Weighted(o.entry.ref.local, grade, weight_of(o.entry.objective.weight))
        for o in objectives
        if o.state in states and (grade := last_grade(o)) is not None
    ]


def _cycle_score(
    moment: Moment, workspace: Workspace, measured: Mapping[Ref, Measured]
) -> CycleScore:
    cycle, period = moment.cycle, moment.cycle.period
    teams = tuple(_team_score(team, measured, moment) for team in cycle.teams)
    objectives = [o for team in teams for o in team.objectives]
    parts = _objective_parts(objectives, frozenset({State.GRADED}))
    grade = mean_of(parts)
    everything = _objective_parts(objectives, _OUTSIDE | {State.GRADED})
    company = next((team.grade for team in teams if team.entry.id == workspace.company), None)
    return CycleScore(
        cycle=cycle,
        grade=grade,
        company=company,
        with_dropped=mean_of(everything) if len(everything) > len(parts) else None,
        reported=sum(team.reported for team in teams),
        of=sum(team.of for team in teams),
        final=moment.final,
        elapsed=calendar.elapsed(period.start, period.end, moment.as_of) if period else None,
        teams=teams,
        trace=tuple(_mean_trace("objectives of all teams", parts, grade)),
    )
