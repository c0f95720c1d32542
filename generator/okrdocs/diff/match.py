"""Which cycle, team, objective and key result of one state is which of another.

Ids are what counts; where one changed, `was:` leads on, then a move, then nearly the same title.
Everything is looked up by key, and titles are compared only among what is left over, so that
a rename of everything in a large company stays affordable.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from okrdocs.scores import Scores
from okrdocs.workspace import Cycle, KeyResultEntry, ObjectiveEntry, Ref, TeamEntry

_ALIKE = 0.6
_NEARLY_SAME = 0.75
_MOST_COMPARED = 400
"""Pairs of titles in one place; above it only equal titles are found."""

_MOST_NAMESAKES = 20
"""Of so many with one id elsewhere the titles are compared; of more only equal ones count."""

TeamKey = tuple[str, str]


class Pairs(NamedTuple):
    """From each id before to the one after; what has no partner isn't there."""

    cycles: Mapping[str, str]
    teams: Mapping[TeamKey, TeamKey]
    objectives: Mapping[Ref, Ref]
    key_results: Mapping[Ref, Ref]


def match(before: Scores, after: Scores) -> Pairs:
    """Every partner that can be found. Deterministic; in the order of the files."""
    old, new = before.workspace, after.workspace
    cycles = _cycles(old.cycles, new.cycles)
    teams = _teams(old.cycles, {cycle.id: cycle for cycle in new.cycles}, cycles)
    objectives = _partners(
        [_objective(entry, teams) for entry in old.objectives.values()],
        [_objective(entry, None) for entry in new.objectives.values()],
    )
    key_results = _partners(
        [_key_result(entry, objectives) for entry in old.key_results.values()],
        [_key_result(entry, None) for entry in new.key_results.values()],
    )
    return Pairs(cycles, teams, objectives, key_results)


# ------------------------------------------------------------------- cycles and teams


def _cycles(before: tuple[Cycle, ...], after: tuple[Cycle, ...]) -> dict[str, str]:
    by_id = {cycle.id.casefold(): cycle.id for cycle in after}
    known = {c.id.casefold() for c in before}
    found = {c.id: by_id[c.id.casefold()] for c in before if c.id.casefold() in by_id}
    fresh = [cycle for cycle in after if cycle.id.casefold() not in known]
    for cycle in before:
        if cycle.id in found:
            continue
        partner = next((each for each in fresh if _same_cycle(cycle, each)), None)
        if partner is not None:
            fresh.remove(partner)
            found[cycle.id] = partner.id
    return found


def _same_cycle(before: Cycle, after: Cycle) -> bool:
    return _overlap(_ids(before), _ids(after))


def _ids(cycle: Cycle) -> set[str]:
    return {entry.ref.local for entry in cycle.objectives()}


def _overlap(before: set[str], after: set[str]) -> bool:
    """Whether most of the smaller one is in the other."""
    return 2 * len(before & after) >= max(1, min(len(before), len(after)))


def _teams(
    before: Iterable[Cycle], after: Mapping[str, Cycle], cycles: Mapping[str, str]
) -> dict[TeamKey, TeamKey]:
    found: dict[TeamKey, TeamKey] = {}
    for cycle in before:
        if cycle.id in cycles:
            partner = after[cycles[cycle.id]]
            for one, other in _teams_of(cycle, partner):
                found[cycle.id, one] = (partner.id, other)
    return found


def _teams_of(before: Cycle, after: Cycle) -> Iterator[tuple[str, str]]:
    old = {team.id: team for team in before.teams}
    new = {team.id: team for team in after.teams}
    yield from ((team, team) for team in old if team in new)
    fresh = [team for team in new.values() if team.id not in old]
    for team in old.values():
        if team.id in new:
            continue
        partner = next((each for each in fresh if _same_team(team, each)), None)
        if partner is not None:
            fresh.remove(partner)
            yield team.id, partner.id


def _same_team(before: TeamEntry, after: TeamEntry) -> bool:
    ids = ({o.ref.objective for o in team.objectives} for team in (before, after))
    return before.team.name == after.team.name or _overlap(*ids)


# ------------------------------------------------------------------- objectives, key results


class _Item(NamedTuple):
    """One that looks for its partner. `home` is where it would stand after, None for nowhere."""

    ref: Ref
    id: str
    home: Ref | TeamKey | None
    was: tuple[str, ...]
    title: str
    parts: frozenset[str]


def _objective(entry: ObjectiveEntry, teams: Mapping[TeamKey, TeamKey] | None) -> _Item:
    ref, objective = entry.ref, entry.objective
    home = (ref.cycle, ref.team)
    parts = frozenset(kr.ref.key_result for kr in entry.key_results)
    place = home if teams is None else teams.get(home)
    return _Item(ref, ref.objective, place, objective.was, _plain(objective.title), parts)


def _key_result(entry: KeyResultEntry, objectives: Mapping[Ref, Ref] | None) -> _Item:
    ref, key_result = entry.ref, entry.key_result
    home = ref.parent if objectives is None else objectives.get(ref.parent)
    return _Item(ref, ref.key_result, home, key_result.was, _plain(key_result.title), frozenset())


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def _partners(before: list[_Item], after: list[_Item]) -> dict[Ref, Ref]:
    """Each of the steps finds partners for what the steps before it left over."""
    found: dict[Ref, Ref] = {}
    for step in (
        _by_id,
        _by_move,
        _by_title,
        _by_parts,
        _by_likeness,
        _by_title_elsewhere,
    ):
        taken = set(found.values())
        old = [item for item in before if item.ref not in found]
        new = [item for item in after if item.ref not in taken]
        if old and new:
            _pair(step(old, new), found, taken)
    return found


def _pair(pairs: Iterable[tuple[_Item, _Item]], found: dict[Ref, Ref], taken: set[Ref]) -> None:
    for one, other in pairs:
        if one.ref not in found and other.ref not in taken:
            found[one.ref] = other.ref
            taken.add(other.ref)


_Step = Iterator[tuple[_Item, _Item]]


def _indexed(items: Iterable[_Item], keys: Callable[[_Item], Iterable[object]]) -> _Index:
    index: dict[object, list[_Item]] = {}
    for item in items:
        for key in keys(item):
            index.setdefault(key, []).append(item)
    return index


_Index = Mapping[object, list[_Item]]


def _by_id(before: list[_Item], after: list[_Item]) -> _Step:
    index = _indexed(after, lambda item: [(item.home, item.id)])
    return ((o, n) for o in before for n in index.get((o.home, o.id), ()))


def _by_move(before: list[_Item], after: list[_Item]) -> _Step:
    """A former id, or the same one in another place; the own place first, then the own cycle."""
    index = _indexed(after, lambda item: [item.id, *item.was])
    for item in before:
        others = index.get(item.id, [])
        if len(others) > _MOST_NAMESAKES:
            others = [other for other in others if _is_sure(item, other)]
        fitting = [other for other in others if _is_alike(item, other)]
        yield from ((item, other) for other in sorted(fitting, key=lambda o: _distance(item, o)))


def _far(before: _Item, after: _Item) -> bool:
    return before.ref.cycle != after.ref.cycle


def _distance(before: _Item, after: _Item) -> tuple[bool, bool]:
    return before.home != after.home, _far(before, after)


def _is_alike(before: _Item, after: _Item) -> bool:
    """Whether two with one id are the same thing, and not two that happen to be called so."""
    if _is_sure(before, after) or before.parts & after.parts:
        return True
    return _likeness(before.title, after.title) >= _ALIKE


def _is_sure(before: _Item, after: _Item) -> bool:
    return before.id in after.was or before.title == after.title


def _likeness(before: str, after: str) -> float:
    if before == after:
        return 1.0
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return 0.0 if matcher.quick_ratio() < _ALIKE else matcher.ratio()


def _by_title(before: list[_Item], after: list[_Item]) -> _Step:
    """Another id without `was:`, the same title in the same place."""
    index = _indexed(after, lambda item: [(item.home, item.title)])
    return ((o, n) for o in before for n in index.get((o.home, o.title), ()))


def _by_parts(before: list[_Item], after: list[_Item]) -> _Step:
    """Another id without `was:`, the same key results in the same place."""
    index = _indexed(after, lambda item: [(item.home, item.parts)])
    # One id alone, such as `nps`, may be anybody's.
    whole = (item for item in before if len(item.parts) > 1)
    return ((o, n) for o in whole for n in index.get((o.home, o.parts), ()))


def _by_likeness(before: list[_Item], after: list[_Item]) -> _Step:
    """Another id without `was:`, nearly the same title; the likest pair first."""
    homes = _indexed(after, lambda item: [item.home])
    for home, old in _indexed(before, lambda item: [item.home]).items():
        new = homes.get(home, [])
        if home is None or len(old) * len(new) > _MOST_COMPARED:
            continue
        rated = [(_likeness(o.title, n.title), o, n) for o, n in product(old, new)]
        good = [each for each in rated if each[0] >= _NEARLY_SAME]
        yield from ((o, n) for _, o, n in sorted(good, key=lambda each: -each[0]))


def _by_title_elsewhere(before: list[_Item], after: list[_Item]) -> _Step:
    """Another id in another place of the same cycle, and the title that nothing else has."""
    index = _indexed(after, lambda item: [item.title])
    for item in before:
        others = [other for other in index.get(item.title, ()) if not _far(item, other)]
        if len(others) == 1:
            yield item, others[0]
