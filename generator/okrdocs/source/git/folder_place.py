"""Finds where a folder lies in a revision: at its own path, behind a link, or where it was before.

Paths here are full ones, from the top of the repository, with `/`.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from okrdocs.source.git.log import Revision
from okrdocs.source.git.repository import Repository

_LINK, _SUBMODULE, _FOLDER = "120000", "160000", "040000"
_MOST_LINKS = 10
_LONGEST_LINK = 1_000


class PlaceKind(Enum):
    """What stands at the path of a folder in a revision."""

    FOLDER = "folder"
    LINK = "link"
    SUBMODULE = "submodule"
    FILE = "file"
    NOTHING = "nothing"


class FolderPlace(NamedTuple):
    """What stands there; `path` is the full path of the folder itself, "" where it is none.

    A link counts as the folder that it leads to, if that lies in the same revision.
    """

    kind: PlaceKind
    path: str = ""


def place_in_revision(repository: Repository, rev: str, folder: str) -> FolderPlace:
    """Return where a folder of the root lies in a revision. Raises GitError and UsageError."""
    whole = replace(repository, prefix="")
    path, is_linked = f"{repository.prefix}{folder}", False
    for _ in range(_MOST_LINKS):
        entry = next((entry for entry in whole.list_entries(rev, path)), None)
        if entry is None:
            return FolderPlace(PlaceKind.LINK if is_linked else PlaceKind.NOTHING)
        if entry.mode != _LINK:
            kinds = {_FOLDER: PlaceKind.FOLDER, _SUBMODULE: PlaceKind.SUBMODULE}
            kind = kinds.get(entry.mode, PlaceKind.FILE)
            return FolderPlace(kind, path if kind is PlaceKind.FOLDER else "")
        (_, target), *_ = whole.read_blobs([entry.blob], _LONGEST_LINK)
        path, is_linked = _link_target(path, target or b"/"), True
        if not path:
            break
    return FolderPlace(PlaceKind.LINK)


def place_before_moves(repository: Repository, rev: str, folder: str) -> FolderPlace:
    """Return where a folder of the root lies in a revision, or lay before it was moved here.

    Raises GitError and UsageError.
    """
    place = place_in_revision(repository, rev, folder)
    if place.kind is not PlaceKind.NOTHING:
        return place
    for path in dict.fromkeys(step.place for step in reversed(folder_log(repository, folder))):
        former = place_in_revision(replace(repository, prefix=""), rev, path)
        if former.kind is PlaceKind.FOLDER:
            return former
    return place


def folder_log(repository: Repository, folder: str, rev: str = "HEAD") -> tuple[Revision, ...]:
    """Return the log of a folder of the root as `Repository.log` does, links followed.

    Raises GitError and UsageError.
    """
    head = repository.head_commit() if rev == "HEAD" else repository.resolve(rev)
    if head is None:
        return ()
    return repository.log(folder, head, place_in_revision(repository, head, folder).path)


def _link_target(path: str, text: bytes) -> str:
    """Return the full path that a link leads to; "" for one outside the repository."""
    try:
        target = text.decode()
    except UnicodeDecodeError:
        return ""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    outside = joined.startswith(("/", "../")) or joined in ("", ".", "..")
    return "" if outside or not joined.isprintable() else joined
