"""Computes the version of a cycle's document and the day of its last change from its history.

A controlled document needs a version, and one that is counted by hand is forgotten. The rule stands
in docs/explanation/history.md as well. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from okrdocs.diff import ChangeKind, Importance, OkrChange
from okrdocs.format.records import CycleStatus
from okrdocs.history.events import History, HistoryStep
from okrdocs.workspace.workspace import Cycle

_DEFINITION = frozenset(
    {
        ChangeKind.ADDED,
        ChangeKind.REMOVED,
        ChangeKind.MOVED,
        ChangeKind.REWORDED,
        ChangeKind.TYPE,
        ChangeKind.MEASURE,
    }
)


class DocumentVersion(NamedTuple):
    """Three numbers: definitions, targets, commitments; and the day of the last change."""

    numbers: tuple[int, int, int]
    day: date

    @property
    def dotted_text(self) -> str:
        """Return the version as people write it: `1.2.14`."""
        return ".".join(map(str, self.numbers))


def document_version_of(cycle: Cycle, history: History, as_of: date) -> DocumentVersion | None:
    """Return the version on a day; None where git knows nothing of the cycle, or not all of it.

    A commit raises one number by one and sets those behind it to 0: the first where an objective
    or key result was added, removed or redefined; the second where only targets, baselines, weights
    or other goalposts changed; the third where only commitments did, such as owners and dates. A
    check-in and other words raise none. Until the cycle's first day, and while it is a draft, the
    first number stays 0 and definitions raise the second. The first commit after that is 1.0.0.
    """
    if history.shallow:
        return None
    steps_with_changes = (
        (step, _changes_of_cycle(step, cycle)) for step in history.steps if step.revision
    )
    steps = [
        (step, changes)
        for step, changes in steps_with_changes
        if changes and step.day_in_force <= as_of
    ]
    if not steps:
        return None
    status = _status_before_changes(cycle, (change for _, changes in steps for change in changes))
    numbers = (0, 0, 0)
    for step, changes in steps:
        status = next((c.after for c in changes if _is_cycle_status_change(c)), status)
        numbers = _raise_version_numbers(
            numbers, changes, planned=_is_before_start(status, step.day_in_force, cycle)
        )
    return DocumentVersion(numbers, max(step.day_in_force for step, _ in steps))


def _changes_of_cycle(step: HistoryStep, cycle: Cycle) -> list[OkrChange]:
    return [change for change in step.changes if change.cycle == cycle.id]


def _is_cycle_status_change(change: OkrChange) -> bool:
    return change.kind is ChangeKind.STATUS and change.ref is None


def _status_before_changes(cycle: Cycle, changes: Iterable[OkrChange]) -> str:
    """Return the cycle's status before its first change of status."""
    return next(
        (change.before for change in changes if _is_cycle_status_change(change)), cycle.status.value
    )


def _is_before_start(status: str, day: date, cycle: Cycle) -> bool:
    early = cycle.period is not None and day < cycle.period.start
    return early or status == CycleStatus.DRAFT.value


def _raise_version_numbers(
    numbers: tuple[int, int, int], changes: list[OkrChange], *, planned: bool
) -> tuple[int, int, int]:
    first, second, third = numbers
    if not planned and not first:
        return (1, 0, 0)
    is_definition_changed = any(change.kind in _DEFINITION for change in changes)
    if is_definition_changed and not planned:
        return (first + 1, 0, 0)
    if is_definition_changed or any(
        change.importance is Importance.GOALPOSTS for change in changes
    ):
        return (first, second + 1, 0)
    is_commitment_changed = any(change.importance is Importance.COMMITMENT for change in changes)
    return (first, second, third + is_commitment_changed)
