"""Finds the grades with which closed cycles were closed, where an amendment changed them since.

Beside `closed_cycle_changes`: an amendment explains another number, and pages then show both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from okrdocs.format.loader import CYCLE_FILE
from okrdocs.format.records import CycleStatus
from okrdocs.grading.results import Scores
from okrdocs.history.closings import (
    Closing,
    blobs_at_closing,
    closings_by_folder,
    scores_at_closing,
)
from okrdocs.source.git.folder_place import folder_log
from okrdocs.source.git.log import Revision
from okrdocs.source.git.repository import Repository
from okrdocs.workspace.workspace import Cycle, ResolvedRef

GradesAtClosing = Mapping[ResolvedRef | str, Decimal | None]


def grades_at_closing(repository: Repository | None, scores: Scores) -> GradesAtClosing:
    """Return the grades of amended things as they were closed: by reference, or by the cycle's id.

    Empty without amendments, which costs nothing. Leaves out what git doesn't know: in a clone that
    begins later, or where the state back then can't be read. Raises GitError.
    """
    cycles = [cycle for cycle in scores.workspace.cycles if _has_amendments(cycle, scores)]
    if repository is None or not cycles:
        return {}
    log = folder_log(repository, cycles[0].path.rpartition("/")[0])
    closings = closings_by_folder(repository, log, [cycle.path for cycle in cycles])
    return dict(
        grade
        for cycle in cycles
        for closing in closings[cycle.path][:1]
        if closing.known
        for grade in _grades_of_cycle(cycle, closing, log, repository, scores)
    )


def _has_amendments(cycle: Cycle, scores: Scores) -> bool:
    amendments = cycle.document.amendments if cycle.document else ()
    closed = cycle.status_on(scores.as_of) is CycleStatus.CLOSED
    return closed and any(amendment.date <= scores.as_of for amendment in amendments)


def _grades_of_cycle(
    cycle: Cycle,
    closing: Closing,
    log: Sequence[Revision],
    repository: Repository,
    scores: Scores,
) -> Iterator[tuple[ResolvedRef | str, Decimal | None]]:
    names = [name for name in blobs_at_closing(closing, log) if name != CYCLE_FILE]
    before = scores_at_closing(closing, cycle.path, names, repository, scores.as_of)
    if before is None or cycle.document is None:
        return
    for amendment, ref in zip(cycle.document.amendments, cycle.amendments, strict=True):
        if amendment.date > scores.as_of:
            continue
        if ref is None and amendment.ref is None:
            whole = before.cycle(cycle.id)
            yield cycle.id, whole.grade if whole else None
        elif ref is not None:
            yield from _grades_of_ref(ref, before)


def _grades_of_ref(
    ref: ResolvedRef, before: Scores
) -> Iterator[tuple[ResolvedRef | str, Decimal | None]]:
    """Yield the grade of a key result, or of an objective with all of its key results."""
    if ref in before.key_results:
        yield ref, before.key_results[ref].grade
    if ref in before.objectives:
        objective = before.objectives[ref]
        yield ref, objective.grade
        yield from ((kr.entry.ref, kr.grade) for kr in objective.key_results)
