"""Builds the Scores that `diff` compares from two states of some files, with only what differs.

A whole state takes seconds to resolve and grade, and of thousands of steps each changes a line or
two. So a step is compared on the files that it touched, and within these on the objectives and key
results that differ: with their numbers, in the cycles, teams and names of that revision, seen on
the step's day. Grades are computed only where a sentence needs them: for grades by hand.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from typing import NamedTuple

from okrdocs.diff import OkrChange, compare_without_effects
from okrdocs.format.records import Reference, TeamDocument
from okrdocs.grading.aggregate import score_workspace
from okrdocs.grading.measure import MeasuredKeyResult, measure_all
from okrdocs.grading.results import KeyResultScore, ObjectiveScore, Scores, State
from okrdocs.grading.status import StatusCode, status_of
from okrdocs.history.git_log.changed_records import (
    RecordSelection,
    changed_records,
    has_other_measure,
    has_same_ids,
    without_repeated_ids,
)
from okrdocs.history.git_log.fast_replace import replace_field
from okrdocs.history.git_log.workspace_frame import DocumentGetter, WorkspaceFrame
from okrdocs.workspace.workspace import (
    Cycle,
    KeyResultEntry,
    ObjectiveEntry,
    ResolvedRef,
    TeamEntry,
    Workspace,
)

_UNGRADED = status_of(StatusCode.REPORTED)


class RevisionSide(NamedTuple):
    """One state of the touched files: the company around them, and a getter of documents."""

    frame: WorkspaceFrame
    get_document: DocumentGetter


class StepComparison(NamedTuple):
    """The key results and objectives of one step that were selected, before and after.

    `in_place`: nothing was added, removed, moved or renamed.
    """

    before: Scores
    after: Scores
    in_place: bool = False

    def changes(self) -> tuple[OkrChange, ...]:
        """Return all changes, in the order of `diff`."""
        return compare_without_effects(self.before, self.after, in_place=self.in_place)


def compare_step(
    before: RevisionSide, after: RevisionSide, paths: Iterable[str], day: date
) -> StepComparison:
    """Return both states as far as they differ in some files, seen on one day."""
    states = [(path, before.get_document(path), after.get_document(path)) for path in sorted(paths)]
    in_place = before.frame is after.frame and all(has_same_ids(*pair) for _, *pair in states)
    selected = changed_records(states, in_place=in_place)
    sides = []
    for side, picks in ((before, selected.before), (after, selected.after)):
        _select_referenced(side, picks, selected.named)
        sides.append(_workspace_of_selection(side, picks, paths))
    in_place = in_place and _are_cycle_ids_distinct(sides[0].cycles)
    matters = selected.matters and bool(selected.before) and bool(selected.after)
    measured = _workspaces_to_measure(*sides, in_place=in_place) if matters else (None, None)
    one, other = (_scores_of(*workspaces, day) for workspaces in zip(sides, measured, strict=True))
    return StepComparison(one, other, in_place)


def _are_cycle_ids_distinct(cycles: Iterable[Cycle]) -> bool:
    """Return whether no two cycle ids differ only in case: `find_pairs` takes those for one."""
    ids = [cycle.id.casefold() for cycle in cycles]
    return len({*ids}) == len(ids)


def _select_referenced(
    side: RevisionSide, picks: dict[str, RecordSelection], named: Iterable[tuple[str, Reference]]
) -> None:
    """Add what references name to the selection, so that sentences can use its title."""
    for at, reference in named:
        path = side.frame.path_of(reference, at)
        document = side.get_document(path)
        if not isinstance(document, TeamDocument):
            continue
        inside = picks.setdefault(path, {})
        for place, objective in enumerate(without_repeated_ids(document.objectives)):
            if objective.id == reference.objective and inside.get(place, {}) is not None:
                inner = inside.setdefault(place, {})
                assert inner is not None
                results = enumerate(without_repeated_ids(objective.key_results))
                inner |= {
                    n: kr for n, kr in results if kr.id == reference.key_result and n not in inner
                }


# ------------------------------------------------------------------- the states themselves


def _workspace_of_selection(
    side: RevisionSide, picks: Mapping[str, RecordSelection], touched: Iterable[str]
) -> Workspace:
    """Return a Workspace that contains only the selected objectives and key results."""
    frame = side.frame
    teams: dict[str, list[TeamEntry]] = {frame.cycle_of(path): [] for path in touched}
    for path in sorted(picks, key=frame.page_order_of):
        entry = frame.teams.get(path)
        if entry is not None:
            document = side.get_document(path)
            place = ResolvedRef(frame.cycle_of(path), entry.id, "")
            objectives = tuple(_objective_entries(document, picks[path], place))
            team = TeamEntry(entry.id, entry.team, path, document, objectives, entry.roll_over)
            teams.setdefault(frame.cycle_of(path), []).append(team)
    cycles = tuple(
        replace_field(cycle, "teams", tuple(teams[cycle.id]))
        for cycle in frame.workspace.cycles
        if cycle.id in teams
    )
    return frame.with_cycles(cycles)


def _objective_entries(
    document: TeamDocument, picks: RecordSelection, home: ResolvedRef
) -> Iterator[ObjectiveEntry]:
    objectives = without_repeated_ids(document.objectives)
    for place in sorted(picks):
        objective, inside = objectives[place], picks[place]
        ref = home._replace(objective=objective.id)
        if inside is None:
            inside = dict(enumerate(without_repeated_ids(objective.key_results)))
        entries = tuple(
            KeyResultEntry(ref._replace(key_result=kr.id), number + 1, kr, (), None)
            for number, kr in sorted(inside.items(), key=lambda numbered: numbered[0])
        )
        yield ObjectiveEntry(ref, place + 1, objective, (), (), None, entries)


def _workspaces_to_measure(
    before: Workspace, after: Workspace, *, in_place: bool
) -> tuple[Workspace, Workspace]:
    """Return both states with the key results whose measure a sentence may need."""
    if not in_place or _has_manual_grade(before) or _has_manual_grade(after):
        return before, after
    pairs = ((ref, before.key_results[ref], entry) for ref, entry in after.key_results.items())
    refs = {ref for ref, old, new in pairs if has_other_measure(old.key_result, new.key_result)}
    return _without_other_key_results(before, refs), _without_other_key_results(after, refs)


def _without_other_key_results(workspace: Workspace, refs: Set[ResolvedRef]) -> Workspace:
    def without_others(entry: ObjectiveEntry) -> ObjectiveEntry:
        return replace_field(
            entry,
            "key_results",
            tuple(key_result for key_result in entry.key_results if key_result.ref in refs),
        )

    cycles = []
    for cycle in workspace.cycles:
        teams = (
            replace_field(t, "objectives", tuple(map(without_others, t.objectives)))
            for t in cycle.teams
        )
        cycles.append(replace_field(cycle, "teams", tuple(teams)))
    return dataclasses.replace(workspace, cycles=tuple(cycles))


def _scores_of(workspace: Workspace, measured: Workspace | None, day: date) -> Scores:
    """Return the state as Scores; without grades unless one was given by hand."""
    measures = measure_all(measured)[0] if measured is not None else {}
    if measured is workspace and _has_manual_grade(workspace):
        return score_workspace(workspace, measures, day)
    objectives = {ref: _ungraded_objective(entry) for ref, entry in workspace.objectives.items()}
    key_results = {
        ref: _ungraded_key_result(entry, measures.get(ref), day)
        for ref, entry in workspace.key_results.items()
    }
    return Scores(workspace, day, (), objectives, key_results)


def _has_manual_grade(workspace: Workspace) -> bool:
    return any(entry.objective.grade for entry in workspace.objectives.values()) or any(
        entry.key_result.grade for entry in workspace.key_results.values()
    )


def _ungraded_objective(entry: ObjectiveEntry) -> ObjectiveScore:
    return ObjectiveScore(
        entry, None, None, None, None, None, State.NOT_REPORTED, None, 0, 0, (), (), ()
    )


def _ungraded_key_result(
    entry: KeyResultEntry, measured: MeasuredKeyResult | None, day: date
) -> KeyResultScore:
    measure = measured.measure_on(day) if measured else None
    return KeyResultScore(
        entry=entry, measure=measure, value=None, progress=None, formula=None, grade=None,
        override=None, dropped=None, state=State.NOT_REPORTED, held=None, band=None, pacing=None,
        stale=False, status=_UNGRADED, flags=(), trace=(),
    )  # fmt: skip
