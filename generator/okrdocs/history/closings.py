"""Finds out since when each cycle is closed, as git knows it, and what it was then.

Since when follows from one log and the versions of `cycle.yml`; `closed_cycle_changes` compares the
files of now with that revision. Two neighbouring revisions of the main line are one step, so that a
branch is judged by its merge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from okrdocs.errors import UsageError
from okrdocs.format.loader import CYCLE_FILE, load_documents, read_record_file
from okrdocs.format.records import CycleDocument, CycleStatus
from okrdocs.grading.aggregate import score_workspace
from okrdocs.grading.measure import measure_all
from okrdocs.grading.results import Scores
from okrdocs.problem import Problem, Severity
from okrdocs.source.disk import File
from okrdocs.source.git.blob_id import blob_id
from okrdocs.source.git.log import FileChange, Revision
from okrdocs.source.git.repository import Repository
from okrdocs.source.revision import GitTree
from okrdocs.workspace.resolve import resolve


class Closing(NamedTuple):
    """One closing of a cycle: the revision's full id and day, and the cycle's folder back then.

    `opened`: a later revision took it back. `known` is False where the clone begins with it, so
    that the cycle may have been closed before.
    """

    revision: str
    day: date
    folder: str
    opened: bool
    known: bool


class _CycleFileVersion(NamedTuple):
    """A `cycle.yml` as a revision left it; `folder` is the cycle's folder back then."""

    revision: Revision
    folder: str
    blob: str


def closings_by_folder(
    repository: Repository, log: Sequence[Revision], folders: Iterable[str]
) -> Mapping[str, tuple[Closing, ...]]:
    """Return the closings of each cycle, oldest first, by the folder that the cycle has now.

    `log` is oldest first. Raises GitError where git can't read a version of `cycle.yml`.
    """
    versions = {folder: tuple(_versions_of_cycle_file(folder, log))[::-1] for folder in folders}
    blobs = [version.blob for cycle_versions in versions.values() for version in cycle_versions]
    contents = dict(repository.read_blobs(blobs))
    start = log[0].id if log and repository.is_shallow() else ""
    return {
        folder: _closings_of_versions(cycle_versions, contents, start)
        for folder, cycle_versions in versions.items()
    }


def deleted_cycle_folders(log: Sequence[Revision], folders: Collection[str]) -> tuple[str, ...]:
    """Return the folders of cycles that git knows and that no longer exist, under any name.

    Leaves out cycles of an earlier company: those that were gone before any cycle of today began.
    """
    kept = [
        change for revision in log for change in revision.changes if change.new_blob is not None
    ]
    cycles = {_folder_of_path(c.path) for c in kept if c.path.endswith(f"/{CYCLE_FILE}")}
    moved = {
        _former_folder(_folder_of_path(change.path), revision.changes)
        for revision in log
        for change in revision.changes
        if change.new_blob is not None and change.path.endswith(f"/{CYCLE_FILE}")
    } - {*folders}
    begun = min((_position_of_first_change(log, folder) for folder in folders), default=len(log))
    lost = cycles - moved - {*folders}
    return tuple(sorted(folder for folder in lost if begun < _position_of_deletion(log, folder)))


def _position_of_first_change(log: Sequence[Revision], folder: str) -> int:
    """Return the position of the revision that began a folder; the log's length for a new one."""
    return next(
        (n for n, revision in enumerate(log) if _changes_folder(revision, folder)), len(log)
    )


def _position_of_deletion(log: Sequence[Revision], folder: str) -> int:
    """Return the position of the revision that emptied a folder.

    The log's length where none did.
    """
    for number in range(len(log) - 1, -1, -1):
        changes = log[number].changes
        left = [c.path for c in changes if c.new_blob is not None and _is_in_folder(c.path, folder)]
        if left or any(_is_in_folder(change.old_path, folder) for change in changes):
            return len(log) if left else number
    return len(log)


def _changes_folder(revision: Revision, folder: str) -> bool:
    return any(_is_in_folder(change.path, folder) for change in revision.changes)


def _is_in_folder(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}/")


def _versions_of_cycle_file(folder: str, log: Sequence[Revision]) -> Iterator[_CycleFileVersion]:
    """Yield the versions of a cycle's document, newest first, following renames of its folder."""
    for revision in reversed(log):
        path = f"{folder}/{CYCLE_FILE}"
        change = next(
            (file_change for file_change in revision.changes if file_change.path == path), None
        )
        if change is None or change.new_blob is None:
            continue
        yield _CycleFileVersion(revision, folder, change.new_blob)
        former = _former_folder(folder, revision.changes)
        if not former and _folder_of_path(change.old_path) != folder:
            return
        folder = former or folder


def _former_folder(folder: str, changes: Sequence[FileChange]) -> str:
    """Return what a cycle's folder was called before it was renamed; "" where it wasn't.

    A file of a team that moved unchanged proves it, where the document of the cycle moved as well;
    that one may have been rewritten, and a similar document alone proves nothing.
    """
    former = {
        _folder_of_path(change.old_path)
        for change in changes
        if change.old_blob == change.new_blob is not None
        and _folder_of_path(change.path) == folder
        and not change.path.endswith(f"/{CYCLE_FILE}")
    }
    left = {change.old_path for change in changes if change.path != change.old_path}
    left |= {change.path for change in changes if change.new_blob is None}
    return min((name for name in former - {folder} if f"{name}/{CYCLE_FILE}" in left), default="")


def _folder_of_path(path: str) -> str:
    return path.rpartition("/")[0]


def _closings_of_versions(
    versions: Iterable[_CycleFileVersion], contents: Mapping[str, bytes | None], start: str
) -> tuple[Closing, ...]:
    """Return the closings in some versions, oldest first.

    A version that can't be read is skipped.
    """
    cycle_closings: list[Closing] = []
    closed = False
    for version in versions:
        data = contents[version.blob] or b""
        if not closed and b"closed" not in data.lower():
            continue
        status = _status_in_version(data)
        if status is CycleStatus.CLOSED and not closed:
            revision = version.revision
            is_known = revision.id != start
            cycle_closings.append(
                Closing(
                    revision.id,
                    revision.landed or revision.author_day,
                    version.folder,
                    False,
                    is_known,
                )
            )
        elif status is not None and status is not CycleStatus.CLOSED and closed:
            cycle_closings[-1] = cycle_closings[-1]._replace(opened=True)
        closed = closed if status is None else status is CycleStatus.CLOSED
    return tuple(cycle_closings)


def _status_in_version(data: bytes) -> CycleStatus | None:
    """Return the status that a version gives; None where it can't be read."""
    problems: list[Problem] = []
    document: CycleDocument | None = read_record_file(
        CycleDocument, File(CYCLE_FILE, data), problems
    )
    if document is None:
        return None
    status_span = document.at.span("status")
    unread = "status" in document.at.fields and any(
        problem.span == status_span for problem in problems
    )
    return None if unread else document.status


# ------------------------------------------------------------------- as it was closed


def blobs_at_closing(closing: Closing, log: Iterable[Revision]) -> dict[str, str]:
    """Return the files in the cycle's folder when it was closed: blob ids by file name."""
    head = f"{closing.folder}/"
    blobs: dict[str, str] = {}
    for revision in log:
        for change in revision.changes:
            if change.old_path.startswith(head):
                blobs.pop(change.old_path.removeprefix(head), None)
            if change.path.startswith(head) and change.new_blob is not None:
                blobs[change.path.removeprefix(head)] = change.new_blob
        if revision.id == closing.revision:
            break
    return blobs


def changed_file_names(
    folder: str, given: Mapping[str, File], blobs: Mapping[str, str]
) -> frozenset[str]:
    """Return the names of the teams' files that differ from those blobs in any byte.

    `given` are the files of now by path.
    """
    head = f"{folder}/"
    now = {path.removeprefix(head): file for path, file in given.items() if path.startswith(head)}
    return frozenset(
        name
        for name in {*now, *blobs} - {CYCLE_FILE}
        if name not in now
        or name not in blobs
        or blob_id(now[name].data, blobs[name]) != blobs[name]
    )


def scores_at_closing(
    closing: Closing,
    folder: str,
    names: Collection[str],
    repository: Repository,
    as_of: date,
) -> Scores | None:
    """Score some files of a cycle as they were when it was closed; None where they can't be read.

    Paths are translated to the folder that the cycle has now, so that references fit. Raises
    GitError.
    """
    try:
        files, refused = GitTree(repository, closing.revision, folder.rpartition("/")[0]).read()
    except UsageError:
        return None
    paths = {f"{closing.folder}/{name}": f"{folder}/{name}" for name in (*names, CYCLE_FILE)}
    company = [file for file in files if file.path.count("/") == 1]
    part = [File(paths[path], data) for path, data in files if path in paths]
    documents, misshapen = load_documents((*company, *part))
    workspace, _ = resolve(documents)
    unread = [problem for problem in refused if problem.span.path in paths]
    if workspace is None or any(p.severity is Severity.ERROR for p in (*unread, *misshapen)):
        return None
    return score_workspace(workspace, measure_all(workspace)[0], as_of)
