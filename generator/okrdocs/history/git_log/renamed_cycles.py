"""Tells the steps of a cycle under the name that its folder has in the end. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from okrdocs.diff import ChangeKind, OkrChange
from okrdocs.history.events import HistoryStep


def steps_with_present_cycles(steps: Sequence[HistoryStep]) -> tuple[HistoryStep, ...]:
    """Return the steps, oldest first as they are given, each change with its cycle's present id.

    What a rename itself says keeps both names, and what people wrote stays as it was.
    """
    present: dict[str, str] = {}
    renamed = []
    for step in reversed(steps):
        for change in step.changes:
            if change.kind is ChangeKind.RENAMED and change.cycle and not change.team:
                present[change.before] = present.get(change.cycle, change.cycle)
        changes = tuple(_with_present_cycle(change, present) for change in step.changes)
        renamed.append(step._replace(changes=changes) if present else step)
    return tuple(reversed(renamed))


def _with_present_cycle(change: OkrChange, present: Mapping[str, str]) -> OkrChange:
    cycle = present.get(change.cycle, change.cycle)
    if cycle == change.cycle:
        return change
    path = change.path.replace(f"/{change.cycle}/", f"/{cycle}/", 1)
    ref = change.ref._replace(cycle=cycle) if change.ref else None
    return change._replace(cycle=cycle, ref=ref, path=path)
