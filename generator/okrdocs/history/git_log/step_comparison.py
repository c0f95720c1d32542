"""Two states of some files as the Scores that `diff` compares: only what differs, in its place.

A whole state takes seconds to resolve and grade, and of thousands of steps each changes a line or
two. So a step is compared on the files that it touched, and within these on the objectives and
key results that differ: under their numbers, in the cycles, teams and names of that revision,
seen on the step's day. Grades are computed only where a sentence needs them: for grades by hand.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from typing import NamedTuple

from okrdocs.diff import Change, compare_without_effects
from okrdocs.format.records import Reference, TeamDocument
from okrdocs.grading.aggregate import score
from okrdocs.grading.measure import Measured, measure_all
from okrdocs.grading.results import KeyResultScore, ObjectiveScore, Scores, State, Status
from okrdocs.history.git_log.changed_records import Picks, has_same_ids, moved, picked, unique
from okrdocs.history.git_log.fast_replace import grafted
from okrdocs.history.git_log.workspace_frame import Frame, Look
from okrdocs.workspace.workspace import (
    Cycle,
    KeyResultEntry,
    ObjectiveEntry,
    Ref,
    TeamEntry,
    Workspace,
)

_UNGRADED = Status("", "")


class Side(NamedTuple):
    """One state of the touched files: the company around them, and what was read of each."""

    frame: Frame
    look: Look


class Comparison(NamedTuple):
    """What one step changed, and the key results by reference before and after, where picked.

    `in_place`: nothing came, went, moved or got another name.
    """

    before: Scores
    after: Scores
    in_place: bool = False

    def changes(self) -> tuple[Change, ...]:
        """All changes, in the order in which `diff` tells them."""
        return compare_without_effects(self.before, self.after, in_place=self.in_place)


def compared(before: Side, after: Side, touched: Iterable[str], day: date) -> Comparison:
    """Both states as far as they differ in some files, seen on one day."""
    states = [(path, before.look(path), after.look(path)) for path in sorted(touched)]
    in_place = before.frame is after.frame and all(has_same_ids(*pair) for _, *pair in states)
    found = picked(states, in_place=in_place)
    sides = []
    for side, picks in ((before, found.before), (after, found.after)):
        _pick_named(side, picks, found.named)
        sides.append(_workspace(side, picks, touched))
    in_place = in_place and _is_plain(sides[0].cycles)
    matters = found.matters and bool(found.before) and bool(found.after)
    measured = _to_be_measured(*sides, in_place=in_place) if matters else (None, None)
    one, other = (_scores(*each, day) for each in zip(sides, measured, strict=True))
    return Comparison(one, other, in_place)


def _is_plain(cycles: Iterable[Cycle]) -> bool:
    """Whether no two cycles have one id but for case: `match` takes those for one."""
    ids = [cycle.id.casefold() for cycle in cycles]
    return len({*ids}) == len(ids)


def _pick_named(
    side: Side, picks: dict[str, Picks], named: Iterable[tuple[str, Reference]]
) -> None:
    """Take in what references name, so that sentences can call it by its title."""
    for at, reference in named:
        path = side.frame.path_of(reference, at)
        document = side.look(path)
        if not isinstance(document, TeamDocument):
            continue
        inside = picks.setdefault(path, {})
        for place, objective in enumerate(unique(document.objectives)):
            if objective.id == reference.objective and inside.get(place, {}) is not None:
                inner = inside.setdefault(place, {})
                assert inner is not None
                results = enumerate(unique(objective.key_results))
                inner |= {
                    n: kr for n, kr in results if kr.id == reference.key_result and n not in inner
                }


# ------------------------------------------------------------------- the states themselves


def _workspace(side: Side, picks: Mapping[str, Picks], touched: Iterable[str]) -> Workspace:
    """The company of one state with what was picked, and nothing else below its cycles."""
    frame = side.frame
    teams: dict[str, list[TeamEntry]] = {frame.cycle_of(path): [] for path in touched}
    for path in sorted(picks, key=frame.order_of):
        entry = frame.teams.get(path)
        if entry is not None:
            document = side.look(path)
            place = Ref(frame.cycle_of(path), entry.id, "")
            objectives = tuple(_objectives(document, picks[path], place))
            team = TeamEntry(entry.id, entry.team, path, document, objectives, entry.roll_over)
            teams.setdefault(frame.cycle_of(path), []).append(team)
    cycles = tuple(
        grafted(cycle, "teams", tuple(teams[cycle.id]))
        for cycle in frame.workspace.cycles
        if cycle.id in teams
    )
    return frame.with_cycles(cycles)


def _objectives(document: TeamDocument, picks: Picks, home: Ref) -> Iterator[ObjectiveEntry]:
    objectives = unique(document.objectives)
    for place in sorted(picks):
        objective, inside = objectives[place], picks[place]
        ref = home._replace(objective=objective.id)
        if inside is None:
            inside = dict(enumerate(unique(objective.key_results)))
        entries = tuple(
            KeyResultEntry(ref._replace(key_result=kr.id), number + 1, kr, (), None)
            for number, kr in sorted(inside.items(), key=lambda each: each[0])
        )
        yield ObjectiveEntry(ref, place + 1, objective, (), (), None, entries)


def _to_be_measured(
    before: Workspace, after: Workspace, *, in_place: bool
) -> tuple[Workspace, Workspace]:
    """Both states with the key results whose measure a sentence may need, or a grade by hand."""
    if not in_place or _by_hand(before) or _by_hand(after):
        return before, after
    pairs = ((ref, before.key_results[ref], each) for ref, each in after.key_results.items())
    refs = {ref for ref, old, new in pairs if moved(old.key_result, new.key_result)}
    return _with_only(before, refs), _with_only(after, refs)


def _with_only(workspace: Workspace, refs: Set[Ref]) -> Workspace:
    def thinned(entry: ObjectiveEntry) -> ObjectiveEntry:
        return grafted(
            entry, "key_results", tuple(each for each in entry.key_results if each.ref in refs)
        )

    cycles = []
    for cycle in workspace.cycles:
        teams = (grafted(t, "objectives", tuple(map(thinned, t.objectives))) for t in cycle.teams)
        cycles.append(grafted(cycle, "teams", tuple(teams)))
    return dataclasses.replace(workspace, cycles=tuple(cycles))


def _scores(workspace: Workspace, measured: Workspace | None, day: date) -> Scores:
    """The state as Scores; without grades unless one was given by hand."""
    measures = measure_all(measured)[0] if measured is not None else {}
    if measured is workspace and _by_hand(workspace):
        return score(workspace, measures, day)
    objectives = {ref: _ungraded(entry) for ref, entry in workspace.objectives.items()}
    key_results = {
        ref: _only_measured(entry, measures.get(ref), day)
        for ref, entry in workspace.key_results.items()
    }
    return Scores(workspace, day, (), objectives, key_results)


def _by_hand(workspace: Workspace) -> bool:
    return any(each.objective.grade for each in workspace.objectives.values()) or any(
        each.key_result.grade for each in workspace.key_results.values()
    )


def _ungraded(entry: ObjectiveEntry) -> ObjectiveScore:
    return ObjectiveScore(
        entry, None, None, None, None, None, State.NOT_REPORTED, None, 0, 0, (), (), ()
    )


def _only_measured(entry: KeyResultEntry, measured: Measured | None, day: date) -> KeyResultScore:
    measure = measured.on(day) if measured else None
    return KeyResultScore(
        entry=entry, measure=measure, value=None, progress=None, formula=None, grade=None,
        override=None, dropped=None, state=State.NOT_REPORTED, held=None, band=None, pacing=None,
        stale=False, status=_UNGRADED, flags=(), trace=(),
    )  # fmt: skip
