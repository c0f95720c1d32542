"""Finds what stands elsewhere, under another id, or in another order than before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from okrdocs.diff.change import ChangeKind, Importance, OkrChange
from okrdocs.diff.comparison_plan import PageOrder, RankedChange, page_order
from okrdocs.diff.context import OkrEntry, cycle_title, record_subject, team_name
from okrdocs.diff.pairs import Pairs
from okrdocs.diff.text_format import field_name, quote
from okrdocs.format.records import Record
from okrdocs.grading.results import Scores
from okrdocs.workspace.workspace import ObjectiveEntry, ResolvedRef, TeamEntry, Workspace

_FIRST_LINE = 1


def moves_and_renames(before: Scores, after: Scores, pairs: Pairs) -> Iterator[RankedChange]:
    """Yield a change for each cycle, team, objective and key result that moved or was renamed."""
    workspaces = PairedWorkspaces(before.workspace, after.workspace, pairs, page_order(after))
    yield from workspaces.cycle_renames()
    yield from workspaces.team_renames()
    yield from workspaces.objective_moves()
    yield from workspaces.key_result_moves()
    yield from workspaces.order_changes()


class PairedWorkspaces(NamedTuple):
    """Both states, their pairs, and the order of the pages."""

    before: Workspace
    after: Workspace
    pairs: Pairs
    order: PageOrder

    def cycle_renames(self) -> Iterator[RankedChange]:
        """Yield a change for each cycle whose folder has another name."""
        for old, new in self.pairs.cycles.items():
            cycle = self.after.cycle(new)
            if old != new and cycle is not None:
                sentence = f"renamed the cycle {quote(old)} to {quote(new)}"
                place = (f"{cycle.path}/cycle.yml", _FIRST_LINE)
                change = _rename_change(None, cycle.title, old, new, sentence, place)
                yield self.order.position_of(new), change._replace(cycle=new)

    def team_renames(self) -> Iterator[RankedChange]:
        """Yield a change for each team whose file has another name."""
        for (_, old), (cycle, new) in self.pairs.teams.items():
            known_cycle = self.after.cycle(cycle)
            team = known_cycle.team(new) if known_cycle is not None else None
            if old != new and known_cycle is not None and team is not None:
                subject = f"{team_name(new, self.after)} in {known_cycle.title}"
                sentence = f"renamed the team {quote(old)} to {quote(new)} in {known_cycle.title}"
                change = _rename_change(None, subject, old, new, sentence, (team.path, _FIRST_LINE))
                yield self.order.position_of(cycle, new), change._replace(cycle=cycle, team=new)

    def objective_moves(self) -> Iterator[RankedChange]:
        """Yield a change for each objective in another team or cycle, or under another id."""
        for old, new in self.pairs.objectives.items():
            one, other = self.before.objectives[old], self.after.objectives[new]
            stays = self.pairs.teams.get((old.cycle, old.team)) == (new.cycle, new.team)
            rank = self.order.position_of(new.cycle, new.team, other.number, 0)
            far = self.pairs.cycles.get(old.cycle) != new.cycle
            places = (
                _team_and_cycle_name(old, self.before, with_cycle=far),
                _team_and_cycle_name(new, self.after, with_cycle=far),
            )
            known = old.objective in other.objective.was
            for change in _move_or_rename(one, other, stays, known, places, self.after):
                yield rank, change

    def key_result_moves(self) -> Iterator[RankedChange]:
        """Yield a change for each key result in another objective, or under another id."""
        for old, new in self.pairs.key_results.items():
            one, other = self.before.key_results[old], self.after.key_results[new]
            homes = self.before.objectives[old.parent], self.after.objectives[new.parent]
            stays = self.pairs.objectives.get(old.parent) == new.parent
            rank = self.order.position_of(new.cycle, new.team, homes[1].number, other.number)
            places = (record_subject(homes[0], self.before), record_subject(homes[1], self.after))
            known = old.key_result in other.key_result.was
            for change in _move_or_rename(one, other, stays, known, places, self.after):
                yield rank, change

    def order_changes(self) -> Iterator[RankedChange]:
        """Yield a change for each team and objective whose parts changed their order."""
        former = {new: old for old, new in self.pairs.objectives.items()}
        former_results = {new: old for old, new in self.pairs.key_results.items()}
        for entry in self.after.objectives.values():
            places = [
                self.before.key_results[former_results[kr.ref]].number
                for kr in entry.key_results
                if kr.ref in former_results
                and former_results[kr.ref].parent == former.get(entry.ref)
            ]
            if places != sorted(places):
                subject = record_subject(entry, self.after)
                rank = self.order.position_of(entry.ref.cycle, entry.ref.team, entry.number, 0)
                yield rank, _order_change(entry.ref, subject, "key_results", entry.objective)
        for cycle in self.after.cycles:
            for team in cycle.teams:
                yield from self._team_order_changes(cycle.id, team, former)

    def _team_order_changes(
        self, cycle: str, team: TeamEntry, former: Mapping[ResolvedRef, ResolvedRef]
    ) -> Iterator[RankedChange]:
        places = []
        for entry in team.objectives:
            old = former.get(entry.ref)
            if old is not None and self.pairs.teams.get((old.cycle, old.team)) == (cycle, team.id):
                places.append(self.before.objectives[old].number)
        if places != sorted(places):
            change = _order_change(
                None, team_name(team.id, self.after), "objectives", team.document
            )
            yield self.order.position_of(cycle, team.id), change._replace(cycle=cycle, team=team.id)


def _team_and_cycle_name(ref: ResolvedRef, workspace: Workspace, *, with_cycle: bool) -> str:
    name = team_name(ref.team, workspace)
    return f"{name} in {cycle_title(ref.cycle, workspace)}" if with_cycle else name


def _move_or_rename(
    one: OkrEntry,
    other: OkrEntry,
    stays: bool,
    known: bool,
    places: tuple[str, str],
    workspace: Workspace,
) -> Iterator[OkrChange]:
    """Yield one change for what moved, one for what was only renamed, none for anything else."""
    old, new = _id_of_reference(one.ref), _id_of_reference(other.ref)
    record = other.objective if isinstance(other, ObjectiveEntry) else other.key_result
    subject = record_subject(other, workspace)
    place = (record.at.path, record.at.span("id").line)
    if not stays:
        now = f"; its id is {quote(new)} now" if old != new else ""
        sentence = f"moved {subject} from {places[0]} to {places[1]}{now}"
        change = _rename_change(
            other.ref,
            subject,
            one.ref.local_reference,
            other.ref.local_reference,
            sentence,
            place,
        )
        yield change._replace(
            kind=ChangeKind.MOVED, field="objective" if other.ref.key_result else "team"
        )
    elif old != new:
        lost = "" if known else " without an entry in was:, so links to it break"
        sentence = f"renamed the id of {subject} from {quote(old)} to {quote(new)}{lost}"
        change = _rename_change(other.ref, subject, old, new, sentence, place)
        # Where `was:` leads on, nothing breaks, and nothing that was promised is another thing.
        yield change._replace(importance=Importance.WORDS) if known else change


def _id_of_reference(ref: ResolvedRef) -> str:
    return ref.key_result or ref.objective


def _rename_change(
    ref: ResolvedRef | None, subject: str, old: str, new: str, sentence: str, place: tuple[str, int]
) -> OkrChange:
    cycle, team = (ref.cycle, ref.team) if ref is not None else ("", "")
    return OkrChange(
        ChangeKind.RENAMED, Importance.COMMITMENT, ref, subject, "id", old, new, "", sentence,
        *place, cycle, team,
    )  # fmt: skip


def _order_change(ref: ResolvedRef | None, subject: str, field: str, record: Record) -> OkrChange:
    sentence = f"changed the order of the {field_name(field)} of {subject}"
    place = (record.at.path, record.at.span(field).line)
    cycle, team = (ref.cycle, ref.team) if ref is not None else ("", "")
    return OkrChange(
        ChangeKind.REORDERED, Importance.WORDS, ref, subject, field, "", "", "", sentence, *place,
        cycle, team,
    )  # fmt: skip
