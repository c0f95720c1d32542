"""Finds what was added and removed: cycles, teams' files, objectives, key results.

What is added with something larger is part of its change: the key results of a new objective don't
each get a line of their own, but one that moved there from elsewhere does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from okrdocs.diff.change import ChangeKind, Importance, OkrChange
from okrdocs.diff.comparison_plan import PageOrder, RankedChange, page_order
from okrdocs.diff.context import OkrEntry, record_subject, team_name
from okrdocs.diff.pairs import Pairs
from okrdocs.diff.text_format import join_with_and, quote
from okrdocs.format.records import CycleDocument, CycleStatus, Record
from okrdocs.grading.results import Scores
from okrdocs.markup.counts import count_of
from okrdocs.workspace.workspace import (
    Cycle,
    KeyResultEntry,
    ObjectiveEntry,
    ResolvedRef,
    TeamEntry,
)

_MOST_TITLES = 3
_FIRST_LINE = 1


class UnpairedState(NamedTuple):
    """One state, and what of it has a partner in the other.

    `gone`: this is the state before, so that what has no partner was removed.
    """

    scores: Scores
    cycles: frozenset[str]
    teams: frozenset[tuple[str, str]]
    entries: frozenset[ResolvedRef]
    order: PageOrder
    gone: bool


def additions_and_removals(before: Scores, after: Scores, pairs: Pairs) -> Iterator[RankedChange]:
    """Yield a change for each cycle, team, objective and key result that was added or removed."""
    order = page_order(after)
    old = UnpairedState(
        before, frozenset(pairs.cycles), frozenset(pairs.teams),
        frozenset((*pairs.objectives, *pairs.key_results)), order, True,
    )  # fmt: skip
    new = UnpairedState(
        after, frozenset(pairs.cycles.values()), frozenset(pairs.teams.values()),
        frozenset((*pairs.objectives.values(), *pairs.key_results.values())), order, False,
    )  # fmt: skip
    yield from _changes_of_unpaired(new)
    yield from _changes_of_unpaired(old)
    yield from _changes_of_cycle_files(before, after, pairs, order)


# ------------------------------------------------------------------- came and went


def _changes_of_unpaired(side: UnpairedState) -> Iterator[RankedChange]:
    for cycle in side.scores.workspace.cycles:
        if cycle.id not in side.cycles:
            yield side.order.position_of(cycle.id), _cycle_change(cycle, side)
            continue
        for team in cycle.teams:
            if (cycle.id, team.id) not in side.teams:
                yield side.order.position_of(cycle.id, team.id), _team_change(cycle, team, side)
                continue
            yield from _changes_of_team(team, side)


def _changes_of_team(team: TeamEntry, side: UnpairedState) -> Iterator[RankedChange]:
    for objective in team.objectives:
        if objective.ref not in side.entries:
            yield (
                _page_position_of_entry(objective, side.order, objective.number),
                _objective_change(objective, side),
            )
            continue
        for entry in objective.key_results:
            if entry.ref not in side.entries:
                yield (
                    _page_position_of_entry(entry, side.order, objective.number),
                    _key_result_change(entry, side),
                )


def _page_position_of_entry(entry: OkrEntry, order: PageOrder, objective: int) -> tuple[int, ...]:
    number = entry.number if isinstance(entry, KeyResultEntry) else 0
    return order.position_of(entry.ref.cycle, entry.ref.team, objective, number)


def _cycle_change(cycle: Cycle, side: UnpairedState) -> OkrChange:
    name = "" if cycle.id in cycle.title else f"{cycle.id}, "
    teams = count_of(len(cycle.teams), "team")
    size = _objective_counts_text(cycle.objectives(), side)
    what = f"the cycle {cycle.title} ({name}{cycle.status}) with {teams} and {size}"
    what += _objectives_by_team(cycle, side)
    place = (f"{cycle.path}/cycle.yml", _FIRST_LINE)
    return _addition_or_removal(side, None, cycle.title, what, place, cycle.id, "", cycle.id)


def _team_change(cycle: Cycle, team: TeamEntry, side: UnpairedState) -> OkrChange:
    new = [o for o in team.objectives if o.ref not in side.entries]
    titles = [quote(objective.objective.title) for objective in new[:_MOST_TITLES]]
    if len(new) > _MOST_TITLES:
        titles.append(f"{len(new) - _MOST_TITLES} more")
    name = team_name(team.id, side.scores.workspace)
    listed = f" – {join_with_and(titles)}" if titles else ""
    size = _objective_counts_text(team.objectives, side)
    what = f"the OKRs of {name} in {cycle.title} with {size}{listed}"
    place = (team.path, _FIRST_LINE)
    subject = f"{name} in {cycle.title}"
    return _addition_or_removal(side, None, subject, what, place, cycle.id, team.id, team.path)


def _objectives_by_team(cycle: Cycle, side: UnpairedState) -> str:
    """Return ` – Company 4, Product 8`.

    The objectives of each team, where there are several teams.
    """
    new = {team.id: sum(o.ref not in side.entries for o in team.objectives) for team in cycle.teams}
    named = [f"{team_name(id_, side.scores.workspace)} {count}" for id_, count in new.items()]
    return f" – {', '.join(named)}" if len(named) > 1 and any(new.values()) else ""


def _objective_counts_text(objectives: Iterable[ObjectiveEntry], side: UnpairedState) -> str:
    """Return `2 objectives, 5 key results and 1 objective that moved there`."""
    every = list(objectives)
    new = [entry for entry in every if entry.ref not in side.entries]
    moved = len(every) - len(new)
    inside = sum(kr.ref not in side.entries for o in new for kr in o.key_results)
    own = f"{count_of(len(new), 'objective')}, {count_of(inside, 'key result')}"
    if not moved:
        return own
    also = f"{count_of(moved, 'objective')} that moved {'elsewhere' if side.gone else 'there'}"
    return f"{own} and {also}" if new else also


def _objective_change(entry: ObjectiveEntry, side: UnpairedState) -> OkrChange:
    subject = record_subject(entry, side.scores.workspace)
    what = f"{subject} {_key_results_text(entry, side)}"
    return _entry_change(entry, side, subject, what, entry.objective)


def _key_results_text(entry: ObjectiveEntry, side: UnpairedState) -> str:
    """Return `with 2 key results`, or `with 1 key result and 2 that moved there`."""
    count = len(entry.key_results)
    if not count:
        return "without key results"
    new = sum(kr.ref not in side.entries for kr in entry.key_results)
    moved = count - new
    way = "elsewhere" if side.gone else "there"
    if new and moved:
        return f"with {count_of(new, 'key result')} and {moved} that moved {way}"
    return "with " + count_of(count, "key result") + (f" that moved {way}" if moved else "")


def _key_result_change(entry: KeyResultEntry, side: UnpairedState) -> OkrChange:
    subject = record_subject(entry, side.scores.workspace)
    score = side.scores.key_results[entry.ref]
    aim = score.measure.target_text if score.measure else entry.key_result.target
    start = entry.key_result.baseline
    way = f" (from {start} to {aim})" if start and aim else f" (target {aim})" if aim else ""
    return _entry_change(entry, side, subject, subject + way, entry.key_result)


def _entry_change(
    entry: OkrEntry, side: UnpairedState, subject: str, what: str, record: Record
) -> OkrChange:
    place = (record.at.path, record.at.extent[0])
    ref = entry.ref
    return _addition_or_removal(
        side, ref, subject, what, place, ref.cycle, ref.team, ref.local_reference
    )


def _addition_or_removal(
    side: UnpairedState, ref: ResolvedRef | None, subject: str, what: str, place: tuple[str, int],
    cycle: str, team: str, written: str,
) -> OkrChange:  # fmt: skip
    kind, importance = ChangeKind.ADDED, Importance.COMMITMENT
    if side.gone:
        kind, importance = ChangeKind.REMOVED, Importance.GOALPOSTS
    before, after = (written, "") if side.gone else ("", written)
    return OkrChange(
        kind, importance, ref, subject, "", before, after, "", f"{kind} {what}", *place, cycle, team
    )


# ------------------------------------------------------------------- a cycle's own document


def _changes_of_cycle_files(
    before: Scores, after: Scores, pairs: Pairs, order: PageOrder
) -> Iterator[RankedChange]:
    """Yield changes for a `cycle.yml` that was added or removed while its cycle stayed.

    A status that changes with it has its own change.
    """
    for one, other in pairs.cycles.items():
        old, new = before.workspace.cycle(one), after.workspace.cycle(other)
        assert old is not None
        assert new is not None
        if (old.document is None) is not (new.document is None):
            document = new.document or old.document
            assert document is not None
            yield (
                order.position_of(new.id),
                _cycle_file_change(new, document, old.document is not None),
            )
            if old.status is not new.status:
                yield order.position_of(new.id), _status_change(old, new, document)


def _cycle_file_change(cycle: Cycle, document: CycleDocument, gone: bool) -> OkrChange:
    kind = ChangeKind.REMOVED if gone else ChangeKind.ADDED
    place = (document.at.path, document.at.extent[0])
    before_and_after = ("cycle.yml", "") if gone else ("", "cycle.yml")
    sentence = f"{kind} the document of {cycle.title} (cycle.yml)"
    return OkrChange(
        kind,
        Importance.COMMITMENT,
        None,
        cycle.title,
        "",
        *before_and_after,
        "",
        sentence,
        *place,
        cycle.id,
    )


def _status_change(old: Cycle, new: Cycle, document: CycleDocument) -> OkrChange:
    place = (document.at.path, document.at.span("status").line)
    verb = "closed" if new.status is CycleStatus.CLOSED else f"set to {new.status}:"
    sentence = f"{verb} {new.title} (it was {old.status})"
    return OkrChange(
        ChangeKind.STATUS, Importance.GOALPOSTS, None, new.title, "status", old.status.value,
        new.status.value, "", sentence, *place, new.id,
    )  # fmt: skip
