"""Tells each step under the names that its cycle and its team's file have in the end. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from okrdocs.diff import ChangeKind, OkrChange
from okrdocs.history.events import HistoryStep

_Names = dict[tuple[str, str], tuple[str, str]]
"""The present cycle and team by those of a time; the team is "" for the cycle itself."""


def steps_with_present_names(steps: Sequence[HistoryStep]) -> tuple[HistoryStep, ...]:
    """Return the steps, oldest first as they are given, each change with present ids.

    What a rename itself says keeps both names, and what people wrote stays as it was.
    """
    present: _Names = {}
    renamed = []
    for step in reversed(steps):
        for change in step.changes:
            if change.kind is ChangeKind.RENAMED and change.cycle and change.ref is None:
                now = _present_place(change.cycle, change.team, present)
                if change.team:
                    present[change.cycle, change.before] = now
                else:
                    present[change.before, ""] = now
        changes = tuple(_with_present_names(change, present) for change in step.changes)
        renamed.append(step._replace(changes=changes) if present else step)
    return tuple(reversed(renamed))


def _present_place(cycle: str, team: str, present: _Names) -> tuple[str, str]:
    place = present.get((cycle, team))
    if place is None:
        place = present.get((cycle, ""), (cycle, ""))[0], team
        place = present.get(place, place)
    return place


def _with_present_names(change: OkrChange, present: _Names) -> OkrChange:
    cycle, team = _present_place(change.cycle, change.team, present)
    if (cycle, team) == (change.cycle, change.team):
        return change
    path = change.path.replace(f"/{change.cycle}/", f"/{cycle}/", 1)
    ref = None
    if change.ref is not None:
        home = _present_place(change.ref.cycle, change.ref.team, present)
        ref = change.ref._replace(cycle=home[0], team=home[1])
    return change._replace(cycle=cycle, team=team, ref=ref, path=path)
