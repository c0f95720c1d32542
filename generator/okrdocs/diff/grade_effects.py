"""Compares the published grades of two states that are graded already."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from okrdocs import words
from okrdocs.diff.change import Effect, Scope
from okrdocs.diff.context import record_subject, team_name
from okrdocs.diff.pairs import Pairs
from okrdocs.grading.results import (
    CycleScore,
    KeyResultScore,
    ObjectiveScore,
    Scores,
    State,
    TeamScore,
)
from okrdocs.workspace.workspace import ResolvedRef


class _GradeAndWords(NamedTuple):
    """What a reader sees of one thing: its grade and the words beside it, or the count in them."""

    grade: Decimal | None
    words: str
    counted: tuple[int, int] | None = None


_NOTHING = _GradeAndWords(None, "")


def grade_effects(before: Scores, after: Scores, pairs: Pairs) -> tuple[Effect, ...]:
    """Return each grade, status or band that changed; cycles first, key results last.

    For what was added or removed as a whole, only the whole has an effect.
    """
    all_effects = [
        *_cycle_effects(before, after, pairs),
        *_team_effects(before, after, pairs),
        *_objective_effects(before, after, pairs),
        *_key_result_effects(before, after, pairs),
    ]
    return tuple(effect for effect in all_effects if _is_effect_visible(effect))


def _is_effect_visible(effect: Effect) -> bool:
    return effect.before != effect.after or effect.words_before != effect.words_after


def _cycle_effects(before: Scores, after: Scores, pairs: Pairs) -> Iterator[Effect]:
    back = {new: old for old, new in pairs.cycles.items()}
    for score in after.cycles:
        old = before.cycle(back.get(score.cycle.id, ""))
        yield _cycle_effect(score, _cycle_grade(old) if old else None, _cycle_grade(score))
    for score in before.cycles:
        if score.cycle.id not in pairs.cycles:
            yield _cycle_effect(score, _cycle_grade(score), None)


def _cycle_effect(
    score: CycleScore, old: _GradeAndWords | None, new: _GradeAndWords | None
) -> Effect:
    return _effect_of(Scope.CYCLE, None, score.cycle.id, "", score.cycle.title, old, new)


def _cycle_grade(score: CycleScore) -> _GradeAndWords:
    return _grade_and_reported_count(score)


def _grade_and_reported_count(score: CycleScore | TeamScore) -> _GradeAndWords:
    if not score.of:
        return _GradeAndWords(score.grade, "")
    words = f"{score.reported} of {score.of} reported"
    return _GradeAndWords(score.grade, words, (score.reported, score.of))


TeamScores = dict[tuple[str, str], TeamScore]


def _team_effects(before: Scores, after: Scores, pairs: Pairs) -> Iterator[Effect]:
    old, new = _team_scores(before), _team_scores(after)
    back = {there: here for here, there in pairs.teams.items()}
    cycles = {*pairs.cycles.values()}
    for key, score in new.items():
        if key[0] in cycles:
            former = old.get(back.get(key, ("", "")))
            shown = _team_grade(former) if former else None
            yield _team_effect(key, shown, _team_grade(score), after)
    for key, score in old.items():
        if key not in pairs.teams and key[0] in pairs.cycles:
            yield _team_effect(key, _team_grade(score), None, before)


def _team_scores(scores: Scores) -> TeamScores:
    return {(c.cycle.id, team.entry.id): team for c in scores.cycles for team in c.teams}


def _team_effect(
    key: tuple[str, str], old: _GradeAndWords | None, new: _GradeAndWords | None, scores: Scores
) -> Effect:
    name = team_name(key[1], scores.workspace)
    return _effect_of(Scope.TEAM, None, *key, name, old, new)


def _team_grade(score: TeamScore) -> _GradeAndWords:
    return _grade_and_reported_count(score)


def _objective_effects(before: Scores, after: Scores, pairs: Pairs) -> Iterator[Effect]:
    back = {new: old for old, new in pairs.objectives.items()}
    teams = {*pairs.teams.values()}
    for ref, score in after.objectives.items():
        former = before.objectives.get(back[ref]) if ref in back else None
        if former is not None or (ref.cycle, ref.team) in teams:
            old = _objective_grade(former) if former else None
            yield _entry_effect(Scope.OBJECTIVE, score, old, _objective_grade(score), after)
    for ref, score in before.objectives.items():
        if ref not in pairs.objectives and (ref.cycle, ref.team) in pairs.teams:
            yield _entry_effect(Scope.OBJECTIVE, score, _objective_grade(score), None, before)


def _objective_grade(score: ObjectiveScore) -> _GradeAndWords:
    word = score.band.word if score.band else ""
    state = words.STATE_WORDS[score.state] if score.state is not State.GRADED else ""
    return _GradeAndWords(score.grade, word or state)


def _key_result_effects(before: Scores, after: Scores, pairs: Pairs) -> Iterator[Effect]:
    back = {new: old for old, new in pairs.key_results.items()}
    homes = {*pairs.objectives.values()}
    for ref, score in after.key_results.items():
        former = before.key_results.get(back[ref]) if ref in back else None
        if former is not None:
            yield _entry_effect(Scope.KEY_RESULT, score, *_key_result_grades(former, score), after)
        elif ref.parent in homes:
            yield _entry_effect(Scope.KEY_RESULT, score, None, _key_result_grade(score), after)
    for ref, score in before.key_results.items():
        if ref not in pairs.key_results and ref.parent in pairs.objectives:
            yield _entry_effect(Scope.KEY_RESULT, score, _key_result_grade(score), None, before)


def _key_result_grade(score: KeyResultScore) -> _GradeAndWords:
    return _GradeAndWords(score.grade, str(score.status))


def _key_result_grades(
    old: KeyResultScore, new: KeyResultScore
) -> tuple[_GradeAndWords, _GradeAndWords]:
    """Return grade and status of both; where neither changed, grade and forecast."""
    shown = _key_result_grade(old), _key_result_grade(new)
    if shown[0] == shown[1]:
        return _GradeAndWords(old.grade, _forecast_text(old)), _GradeAndWords(
            new.grade, _forecast_text(new)
        )
    return shown


def _forecast_text(score: KeyResultScore) -> str:
    forecast = score.forecast
    return f"forecast {forecast}" if forecast is not None else ""


def _entry_effect(
    scope: Scope,
    score: ObjectiveScore | KeyResultScore,
    old: _GradeAndWords | None,
    new: _GradeAndWords | None,
    scores: Scores,
) -> Effect:
    ref: ResolvedRef = score.entry.ref
    title = record_subject(score.entry, scores.workspace)
    return _effect_of(scope, ref, ref.cycle, ref.team, title, old, new)


def _effect_of(
    scope: Scope, ref: ResolvedRef | None, cycle: str, team: str, title: str,
    old: _GradeAndWords | None, new: _GradeAndWords | None,
) -> Effect:  # fmt: skip
    old, new = old or _NOTHING, new or _NOTHING
    return Effect(
        scope, ref, cycle, team, title, old.grade, new.grade, old.words, new.words, old.counted
    )
