"""What came and what went: cycles, teams' files, objectives, key results.

What comes with something larger is told with it: a new objective's key results don't each get
a line of their own, but one that moved there from elsewhere does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from okrdocs.diff.change import Change, Importance, Kind
from okrdocs.diff.comparison_plan import Order, order_of
from okrdocs.diff.context import subject_of, team_name
from okrdocs.diff.pairs import Pairs
from okrdocs.diff.text_format import counted, in_a_row, quoted
from okrdocs.format.records import CycleDocument, CycleStatus, Record
from okrdocs.grading.results import Scores
from okrdocs.workspace.workspace import (
    Cycle,
    KeyResultEntry,
    ObjectiveEntry,
    ResolvedRef,
    TeamEntry,
)

Ranked = tuple[tuple[int, ...], Change]
Entry = ObjectiveEntry | KeyResultEntry
_MOST_TITLES = 3
_FIRST_LINE = 1


class Side(NamedTuple):
    """One state, and what of it has a partner in the other."""

    scores: Scores
    cycles: frozenset[str]
    teams: frozenset[tuple[str, str]]
    entries: frozenset[ResolvedRef]
    order: Order
    gone: bool


def arrivals(before: Scores, after: Scores, pairs: Pairs) -> Iterator[Ranked]:
    """Every cycle, team's file, objective and key result that is new or gone."""
    order = order_of(after)
    old = Side(
        before, frozenset(pairs.cycles), frozenset(pairs.teams),
        frozenset((*pairs.objectives, *pairs.key_results)), order, True,
    )  # fmt: skip
    new = Side(
        after, frozenset(pairs.cycles.values()), frozenset(pairs.teams.values()),
        frozenset((*pairs.objectives.values(), *pairs.key_results.values())), order, False,
    )  # fmt: skip
    yield from _unpaired(new)
    yield from _unpaired(old)
    yield from _documents(before, after, pairs, order)


# ------------------------------------------------------------------- came and went


def _unpaired(side: Side) -> Iterator[Ranked]:
    for cycle in side.scores.workspace.cycles:
        if cycle.id not in side.cycles:
            yield side.order.of(cycle.id), _cycle(cycle, side)
            continue
        for team in cycle.teams:
            if (cycle.id, team.id) not in side.teams:
                yield side.order.of(cycle.id, team.id), _team(cycle, team, side)
                continue
            yield from _entries(team, side)


def _entries(team: TeamEntry, side: Side) -> Iterator[Ranked]:
    for objective in team.objectives:
        if objective.ref not in side.entries:
            yield _order(objective, side.order, objective.number), _objective(objective, side)
            continue
        for entry in objective.key_results:
            if entry.ref not in side.entries:
                yield _order(entry, side.order, objective.number), _key_result(entry, side)


def _order(entry: Entry, order: Order, objective: int) -> tuple[int, ...]:
    number = entry.number if isinstance(entry, KeyResultEntry) else 0
    return order.of(entry.ref.cycle, entry.ref.team, objective, number)


def _cycle(cycle: Cycle, side: Side) -> Change:
    name = "" if cycle.id in cycle.title else f"{cycle.id}, "
    teams = counted(len(cycle.teams), "team")
    size = _size(cycle.objectives(), side)
    what = f"the cycle {cycle.title} ({name}{cycle.status}) with {teams} and {size}"
    what += _by_team(cycle, side)
    place = (f"{cycle.path}/cycle.yml", _FIRST_LINE)
    return _came_or_went(side, None, cycle.title, what, place, cycle.id, "", cycle.id)


def _team(cycle: Cycle, team: TeamEntry, side: Side) -> Change:
    new = [o for o in team.objectives if o.ref not in side.entries]
    titles = [quoted(objective.objective.title) for objective in new[:_MOST_TITLES]]
    if len(new) > _MOST_TITLES:
        titles.append(f"{len(new) - _MOST_TITLES} more")
    name = team_name(team.id, side.scores.workspace)
    listed = f" – {in_a_row(titles)}" if titles else ""
    size = _size(team.objectives, side)
    what = f"the OKRs of {name} in {cycle.title} with {size}{listed}"
    place = (team.path, _FIRST_LINE)
    subject = f"{name} in {cycle.title}"
    return _came_or_went(side, None, subject, what, place, cycle.id, team.id, team.path)


def _by_team(cycle: Cycle, side: Side) -> str:
    """` – Company 4, Product 8`: the objectives of each team, where there are several."""
    new = {team.id: sum(o.ref not in side.entries for o in team.objectives) for team in cycle.teams}
    named = [f"{team_name(id_, side.scores.workspace)} {count}" for id_, count in new.items()]
    return f" – {', '.join(named)}" if len(named) > 1 and any(new.values()) else ""


def _size(objectives: Iterable[ObjectiveEntry], side: Side) -> str:
    """`2 objectives, 5 key results and 1 objective that moved there`."""
    every = list(objectives)
    new = [each for each in every if each.ref not in side.entries]
    moved = len(every) - len(new)
    inside = sum(kr.ref not in side.entries for o in new for kr in o.key_results)
    own = f"{counted(len(new), 'objective')}, {counted(inside, 'key result')}"
    if not moved:
        return own
    also = f"{counted(moved, 'objective')} that moved {'elsewhere' if side.gone else 'there'}"
    return f"{own} and {also}" if new else also


def _objective(entry: ObjectiveEntry, side: Side) -> Change:
    subject = subject_of(entry, side.scores.workspace)
    what = f"{subject} {_key_results(entry, side)}"
    return _entry(entry, side, subject, what, entry.objective)


def _key_results(entry: ObjectiveEntry, side: Side) -> str:
    """`with 2 key results`, `with 1 key result and 2 that moved there`, which have own lines."""
    count = len(entry.key_results)
    if not count:
        return "without key results"
    new = sum(kr.ref not in side.entries for kr in entry.key_results)
    moved = count - new
    way = "elsewhere" if side.gone else "there"
    if new and moved:
        return f"with {counted(new, 'key result')} and {moved} that moved {way}"
    return "with " + counted(count, "key result") + (f" that moved {way}" if moved else "")


def _key_result(entry: KeyResultEntry, side: Side) -> Change:
    subject = subject_of(entry, side.scores.workspace)
    score = side.scores.key_results[entry.ref]
    aim = score.measure.target_text if score.measure else entry.key_result.target
    start = entry.key_result.baseline
    way = f" (from {start} to {aim})" if start and aim else f" (target {aim})" if aim else ""
    return _entry(entry, side, subject, subject + way, entry.key_result)


def _entry(entry: Entry, side: Side, subject: str, what: str, record: Record) -> Change:
    place = (record.at.path, record.at.extent[0])
    ref = entry.ref
    return _came_or_went(side, ref, subject, what, place, ref.cycle, ref.team, ref.local)


def _came_or_went(
    side: Side, ref: ResolvedRef | None, subject: str, what: str, place: tuple[str, int],
    cycle: str, team: str, written: str,
) -> Change:  # fmt: skip
    kind, importance = Kind.ADDED, Importance.COMMITMENT
    if side.gone:
        kind, importance = Kind.REMOVED, Importance.GOALPOSTS
    before, after = (written, "") if side.gone else ("", written)
    return Change(
        kind, importance, ref, subject, "", before, after, "", f"{kind} {what}", *place, cycle, team
    )


# ------------------------------------------------------------------- a cycle's own document


def _documents(before: Scores, after: Scores, pairs: Pairs, order: Order) -> Iterator[Ranked]:
    """`cycle.yml` may come and go while the cycle stays; a status that comes with it counts."""
    for one, other in pairs.cycles.items():
        old, new = before.workspace.cycle(one), after.workspace.cycle(other)
        assert old is not None
        assert new is not None
        if (old.document is None) is not (new.document is None):
            document = new.document or old.document
            assert document is not None
            yield order.of(new.id), _document(new, document, old.document is not None)
            if old.status is not new.status:
                yield order.of(new.id), _status(old, new, document)


def _document(cycle: Cycle, document: CycleDocument, gone: bool) -> Change:
    kind = Kind.REMOVED if gone else Kind.ADDED
    place = (document.at.path, document.at.extent[0])
    said = ("cycle.yml", "") if gone else ("", "cycle.yml")
    sentence = f"{kind} the document of {cycle.title} (cycle.yml)"
    return Change(
        kind, Importance.COMMITMENT, None, cycle.title, "", *said, "", sentence, *place, cycle.id
    )


def _status(old: Cycle, new: Cycle, document: CycleDocument) -> Change:
    place = (document.at.path, document.at.span("status").line)
    verb = "closed" if new.status is CycleStatus.CLOSED else f"set to {new.status}:"
    sentence = f"{verb} {new.title} (it was {old.status})"
    return Change(
        Kind.STATUS, Importance.GOALPOSTS, None, new.title, "status", old.status.value,
        new.status.value, "", sentence, *place, new.id,
    )  # fmt: skip
