"""What the changes did to the published grades. Both states are graded already; this compares."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from okrdocs import words
from okrdocs.diff.change import Effect, Scope
from okrdocs.diff.context import subject_of, team_name
from okrdocs.diff.pairs import Pairs
from okrdocs.grading.results import (
    CycleScore,
    KeyResultScore,
    ObjectiveScore,
    Scores,
    State,
    TeamScore,
)
from okrdocs.workspace.workspace import Ref


class _Shown(NamedTuple):
    """What a reader sees of one thing: its grade and the words beside it, or the count in them."""

    grade: Decimal | None
    words: str
    counted: tuple[int, int] | None = None


_NOTHING = _Shown(None, "")


def effects(before: Scores, after: Scores, pairs: Pairs) -> tuple[Effect, ...]:
    """Each grade, status or band that is another now; cycles first, key results last.

    Of what came or went as a whole only the whole is told.
    """
    found = [
        *_cycles(before, after, pairs),
        *_teams(before, after, pairs),
        *_objectives(before, after, pairs),
        *_key_results(before, after, pairs),
    ]
    return tuple(effect for effect in found if _differs(effect))


def _differs(effect: Effect) -> bool:
    return effect.before != effect.after or effect.words_before != effect.words_after


def _cycles(before: Scores, after: Scores, pairs: Pairs) -> Iterator[Effect]:
    back = {new: old for old, new in pairs.cycles.items()}
    for score in after.cycles:
        old = before.cycle(back.get(score.cycle.id, ""))
        yield _cycle(score, _of_cycle(old) if old else None, _of_cycle(score))
    for score in before.cycles:
        if score.cycle.id not in pairs.cycles:
            yield _cycle(score, _of_cycle(score), None)


def _cycle(score: CycleScore, old: _Shown | None, new: _Shown | None) -> Effect:
    return _effect(Scope.CYCLE, None, score.cycle.id, "", score.cycle.title, old, new)


def _of_cycle(score: CycleScore) -> _Shown:
    return _counted(score)


def _counted(score: CycleScore | TeamScore) -> _Shown:
    if not score.of:
        return _Shown(score.grade, "")
    words = f"{score.reported} of {score.of} reported"
    return _Shown(score.grade, words, (score.reported, score.of))


Teams = dict[tuple[str, str], TeamScore]


def _teams(before: Scores, after: Scores, pairs: Pairs) -> Iterator[Effect]:
    old, new = _teams_of(before), _teams_of(after)
    back = {there: here for here, there in pairs.teams.items()}
    cycles = {*pairs.cycles.values()}
    for key, score in new.items():
        if key[0] in cycles:
            former = old.get(back.get(key, ("", "")))
            shown = _of_team(former) if former else None
            yield _team(key, shown, _of_team(score), after)
    for key, score in old.items():
        if key not in pairs.teams and key[0] in pairs.cycles:
            yield _team(key, _of_team(score), None, before)


def _teams_of(scores: Scores) -> Teams:
    return {(c.cycle.id, team.entry.id): team for c in scores.cycles for team in c.teams}


def _team(key: tuple[str, str], old: _Shown | None, new: _Shown | None, scores: Scores) -> Effect:
    name = team_name(key[1], scores.workspace)
    return _effect(Scope.TEAM, None, *key, name, old, new)


def _of_team(score: TeamScore) -> _Shown:
    return _counted(score)


def _objectives(before: Scores, after: Scores, pairs: Pairs) -> Iterator[Effect]:
    back = {new: old for old, new in pairs.objectives.items()}
    teams = {*pairs.teams.values()}
    for ref, score in after.objectives.items():
        former = before.objectives.get(back[ref]) if ref in back else None
        if former is not None or (ref.cycle, ref.team) in teams:
            old = _of_objective(former) if former else None
            yield _placed(Scope.OBJECTIVE, score, old, _of_objective(score), after)
    for ref, score in before.objectives.items():
        if ref not in pairs.objectives and (ref.cycle, ref.team) in pairs.teams:
            yield _placed(Scope.OBJECTIVE, score, _of_objective(score), None, before)


def _of_objective(score: ObjectiveScore) -> _Shown:
    word = score.band.word if score.band else ""
    state = words.STATE_WORDS[score.state] if score.state is not State.GRADED else ""
    return _Shown(score.grade, word or state)


def _key_results(before: Scores, after: Scores, pairs: Pairs) -> Iterator[Effect]:
    back = {new: old for old, new in pairs.key_results.items()}
    homes = {*pairs.objectives.values()}
    for ref, score in after.key_results.items():
        former = before.key_results.get(back[ref]) if ref in back else None
        if former is not None:
            yield _placed(Scope.KEY_RESULT, score, *_of_both(former, score), after)
        elif ref.parent in homes:
            yield _placed(Scope.KEY_RESULT, score, None, _of_key_result(score), after)
    for ref, score in before.key_results.items():
        if ref not in pairs.key_results and ref.parent in pairs.objectives:
            yield _placed(Scope.KEY_RESULT, score, _of_key_result(score), None, before)


def _of_key_result(score: KeyResultScore) -> _Shown:
    return _Shown(score.grade, str(score.status))


def _of_both(old: KeyResultScore, new: KeyResultScore) -> tuple[_Shown, _Shown]:
    """Grade and status; where neither moved, the forecast."""
    shown = _of_key_result(old), _of_key_result(new)
    if shown[0] == shown[1]:
        return _Shown(old.grade, _forecast(old)), _Shown(new.grade, _forecast(new))
    return shown


def _forecast(score: KeyResultScore) -> str:
    forecast = score.pacing.forecast if score.pacing else None
    return f"forecast {forecast}" if forecast is not None else ""


def _placed(
    scope: Scope,
    score: ObjectiveScore | KeyResultScore,
    old: _Shown | None,
    new: _Shown | None,
    scores: Scores,
) -> Effect:
    ref: Ref = score.entry.ref
    title = subject_of(score.entry, scores.workspace)
    return _effect(scope, ref, ref.cycle, ref.team, title, old, new)


def _effect(
    scope: Scope, ref: Ref | None, cycle: str, team: str, title: str,
    old: _Shown | None, new: _Shown | None,
) -> Effect:  # fmt: skip
    old, new = old or _NOTHING, new or _NOTHING
    return Effect(
        scope, ref, cycle, team, title, old.grade, new.grade, old.words, new.words, old.counted
    )
