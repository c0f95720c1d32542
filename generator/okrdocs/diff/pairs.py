"""Pairs the cycles, teams, objectives and key results of two states.

`matching` pairs the objectives and key results; here are the cycles and teams around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from okrdocs.diff.matching import MatchCandidate, find_partners
from okrdocs.grading.results import Scores
from okrdocs.markup.text_key import text_key
from okrdocs.workspace.workspace import (
    Cycle,
    KeyResultEntry,
    ObjectiveEntry,
    ResolvedRef,
    TeamEntry,
)

TeamKey = tuple[str, str]


class Pairs(NamedTuple):
    """Maps each id or reference before to the one after; what has no partner isn't there."""

    cycles: Mapping[str, str]
    teams: Mapping[TeamKey, TeamKey]
    objectives: Mapping[ResolvedRef, ResolvedRef]
    key_results: Mapping[ResolvedRef, ResolvedRef]


def find_pairs(before: Scores, after: Scores) -> Pairs:
    """Return every partner that can be found. Deterministic; in the order of the files."""
    old, new = before.workspace, after.workspace
    cycles = _pair_cycles(old.cycles, new.cycles)
    teams = _pair_teams(old.cycles, {cycle.id: cycle for cycle in new.cycles}, cycles)
    objectives = find_partners(
        [_objective_candidate(entry, teams) for entry in old.objectives.values()],
        [_objective_candidate(entry, None) for entry in new.objectives.values()],
    )
    key_results = find_partners(
        [_key_result_candidate(entry, objectives) for entry in old.key_results.values()],
        [_key_result_candidate(entry, None) for entry in new.key_results.values()],
    )
    return Pairs(cycles, teams, objectives, key_results)


def identity_pairs(scores: Scores) -> Pairs:
    """Return each thing as its own partner, for two states where nothing moved."""
    workspace = scores.workspace
    teams = [(cycle.id, team.id) for cycle in workspace.cycles for team in cycle.teams]
    return Pairs(
        {cycle.id: cycle.id for cycle in workspace.cycles},
        {key: key for key in teams},
        {ref: ref for ref in workspace.objectives},
        {ref: ref for ref in workspace.key_results},
    )


# ------------------------------------------------------------------- cycles and teams


def _pair_cycles(before: tuple[Cycle, ...], after: tuple[Cycle, ...]) -> dict[str, str]:
    by_id = {cycle.id.casefold(): cycle.id for cycle in after}
    ids = {c.id.casefold() for c in before}
    partners = {c.id: by_id[c.id.casefold()] for c in before if c.id.casefold() in by_id}
    fresh = [cycle for cycle in after if cycle.id.casefold() not in ids]
    for cycle in before:
        if cycle.id in partners:
            continue
        partner = next((candidate for candidate in fresh if _is_same_cycle(cycle, candidate)), None)
        if partner is not None:
            fresh.remove(partner)
            partners[cycle.id] = partner.id
    return partners


def _is_same_cycle(before: Cycle, after: Cycle) -> bool:
    return _is_mostly_contained(_local_refs(before), _local_refs(after))


def _local_refs(cycle: Cycle) -> set[str]:
    return {entry.ref.local_reference for entry in cycle.objectives()}


def _is_mostly_contained(before: set[str], after: set[str]) -> bool:
    """Return whether most of the smaller set is in the other."""
    return 2 * len(before & after) >= max(1, min(len(before), len(after)))


def _pair_teams(
    before: Iterable[Cycle], after: Mapping[str, Cycle], cycles: Mapping[str, str]
) -> dict[TeamKey, TeamKey]:
    partners: dict[TeamKey, TeamKey] = {}
    for cycle in before:
        if cycle.id in cycles:
            partner = after[cycles[cycle.id]]
            for one, other in _pair_teams_of_cycle(cycle, partner):
                partners[cycle.id, one] = (partner.id, other)
    return partners


def _pair_teams_of_cycle(before: Cycle, after: Cycle) -> Iterator[tuple[str, str]]:
    old = {team.id: team for team in before.teams}
    new = {team.id: team for team in after.teams}
    yield from ((team, team) for team in old if team in new)
    fresh = [team for team in new.values() if team.id not in old]
    for team in old.values():
        if team.id in new:
            continue
        partner = next((candidate for candidate in fresh if _is_same_team(team, candidate)), None)
        if partner is not None:
            fresh.remove(partner)
            yield team.id, partner.id


def _is_same_team(before: TeamEntry, after: TeamEntry) -> bool:
    ids = ({o.ref.objective for o in team.objectives} for team in (before, after))
    if before.id in after.team.was:
        return True
    return before.team.name == after.team.name or _is_mostly_contained(*ids)


# ------------------------------------------------------------------- objectives, key results


def _objective_candidate(
    entry: ObjectiveEntry, teams: Mapping[TeamKey, TeamKey] | None
) -> MatchCandidate:
    ref, objective = entry.ref, entry.objective
    home = (ref.cycle, ref.team)
    parts = frozenset(kr.ref.key_result for kr in entry.key_results)
    place = home if teams is None else teams.get(home)
    title = text_key(objective.title)
    return MatchCandidate(ref, ref.objective, place, objective.was, title, parts, entry.number)


def _key_result_candidate(
    entry: KeyResultEntry, objectives: Mapping[ResolvedRef, ResolvedRef] | None
) -> MatchCandidate:
    ref, key_result = entry.ref, entry.key_result
    home = ref.parent if objectives is None else objectives.get(ref.parent)
    title = text_key(key_result.title)
    return MatchCandidate(
        ref, ref.key_result, home, key_result.was, title, frozenset(), entry.number
    )
