"""The version of a cycle's document and the day of its last change, as its history tells them.

Beside `as_set`: a controlled document has a version, and one that people count by hand is
forgotten. The rule stands in docs/explanation/history.md, and here. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from okrdocs.diff import Change, ChangeKind, Importance
from okrdocs.format.records import CycleStatus
from okrdocs.history.events import History, Step
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


class Edition(NamedTuple):
    """Three numbers: definitions, targets, everything else; and the day of the last change."""

    numbers: tuple[int, int, int]
    day: date

    @property
    def version(self) -> str:
        """As people write it: `1.2.14`."""
        return ".".join(map(str, self.numbers))


def edition_of(cycle: Cycle, history: History, as_of: date) -> Edition | None:
    """The edition on a day; None where git knows nothing of the cycle, or not all of it.

    Each commit raises one number by one and sets those behind it to 0: the first where an
    objective or key result came, went, or means something else; the second where only targets,
    baselines, weights or other goalposts moved; the third for check-ins and all the rest. Until
    the first day, and as long as the cycle is a draft, the first number stays 0, and definitions
    raise the second. What leaves that behind is 1.0.0.
    """
    if history.shallow:
        return None
    told = ((step, _of_cycle(step, cycle)) for step in history.steps if step.revision)
    steps = [(step, found) for step, found in told if found and step.since <= as_of]
    if not steps:
        return None
    status = _first_status(cycle, (change for _, found in steps for change in found))
    numbers = (0, 0, 0)
    for step, found in steps:
        status = next((c.after for c in found if _is_status(c)), status)
        numbers = _raised(numbers, found, planned=_is_planned(status, step.since, cycle))
    return Edition(numbers, max(step.since for step, _ in steps))


def _of_cycle(step: Step, cycle: Cycle) -> list[Change]:
    return [change for change in step.changes if change.cycle == cycle.id]


def _is_status(change: Change) -> bool:
    return change.kind is ChangeKind.STATUS and change.ref is None


def _first_status(cycle: Cycle, found: Iterable[Change]) -> str:
    """What the document said before its status was first changed."""
    return next((change.before for change in found if _is_status(change)), cycle.status.value)


def _is_planned(status: str, day: date, cycle: Cycle) -> bool:
    early = cycle.period is not None and day < cycle.period.start
    return early or status == CycleStatus.DRAFT.value


def _raised(
    numbers: tuple[int, int, int], found: list[Change], *, planned: bool
) -> tuple[int, int, int]:
    first, second, third = numbers
    if not planned and not first:
        return (1, 0, 0)
    defined = any(change.kind in _DEFINITION for change in found)
    if defined and not planned:
        return (first + 1, 0, 0)
    if defined or any(change.importance is Importance.GOALPOSTS for change in found):
        return (first, second + 1, 0)
    return (first, second, third + 1)
