"""Keeps the documents of all file versions that a reading has met, and the blobs of a state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from okrdocs.format.records import CycleDocument, TeamDocument
from okrdocs.history.git_log.incremental_reader import VersionReader
from okrdocs.history.git_log.workspace_frame import document_kind
from okrdocs.source.disk import MAX_BYTES
from okrdocs.source.git.log import Revision
from okrdocs.source.git.repository import Repository
from okrdocs.workspace.drafts import team_has_drafts

BlobIds = dict[str, str]
"""A state of the folder: the name that git gives to the contents of each file, by its path."""


class DocumentStore:
    """Documents by blob id, read from the repository when they are asked for.

    `folder` is the one of the OKRs. With `tracks_drafts`, `holds_drafts` says whether any version
    that was read is a draft or contains one.
    """

    def __init__(
        self, repository: Repository, folder: str, versions: VersionReader, *, tracks_drafts: bool
    ) -> None:
        self.holds_drafts = False
        self._repository = repository
        self._folder = folder
        self._versions = versions
        self._tracks_drafts = tracks_drafts
        self._documents: dict[tuple[str, type[Any]], Any] = {}

    def preload(self, versions: Iterable[tuple[str, str | None]]) -> None:
        """Read some versions, each a path and a blob id, by one process of git. Raises GitError."""
        wanted: dict[str, dict[type[Any], str]] = {}
        for path, blob in versions:
            kind = document_kind(path, self._folder)
            if kind is not None and blob is not None and (blob, kind) not in self._documents:
                wanted.setdefault(blob, {}).setdefault(kind, path)
        for blob, data in self._repository.read_blobs(wanted, MAX_BYTES):
            for kind, path in wanted[blob].items():
                self.add_version(blob, kind, data, path)

    def add_version(self, blob: str, kind: type[Any], data: bytes | None, path: str) -> Any:
        """Parse and keep one version; returns None for one that can't be read."""
        document = None if data is None else self._versions.read(kind, data, path)
        self._documents[blob, kind] = document
        if self._tracks_drafts and not self.holds_drafts:
            self.holds_drafts = _is_or_holds_draft(document)
        return document

    def document(self, blobs: BlobIds, path: str) -> Any:
        """Return the document at a path of a state; None where it is missing or can't be read.

        Raises GitError.
        """
        blob, kind = blobs.get(path), document_kind(path, self._folder)
        if blob is None or kind is None:
            return None
        document = self._documents.get((blob, kind), self)
        if document is self:
            data = dict(self._repository.read_blobs([blob], MAX_BYTES))[blob]
            return self.add_version(blob, kind, data, path)
        return document


def _is_or_holds_draft(document: Any) -> bool:
    """Return whether a version of a file is a draft or contains one."""
    if isinstance(document, TeamDocument):
        return team_has_drafts(document)
    return isinstance(document, CycleDocument) and document.draft


def apply_revision(revision: Revision, blobs: BlobIds) -> None:
    """Change a state's blobs from those before a revision to those after it."""
    for change in revision.changes:
        blobs.pop(change.old_path, None)
    for change in revision.changes:
        if change.new_blob is not None:
            blobs[change.path] = change.new_blob


def copy_blobs(paths: Iterable[str], source: BlobIds, target: BlobIds) -> None:
    """Make some paths in `target` what they are in `source`, also where they are missing there."""
    for path in paths:
        if path in source:
            target[path] = source[path]
        else:
            target.pop(path, None)
