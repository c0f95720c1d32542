"""Prepares states of a folder for a comparison: the company around them, and the public's view.

Keeps the last few, as each step begins with the state that the one before left.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from okrdocs.format import loader as load
from okrdocs.format.records import CycleDocument, TeamDocument
from okrdocs.history.git_log.document_store import BlobIds, DocumentStore
from okrdocs.history.git_log.public_view import PublicState
from okrdocs.history.git_log.step_comparison import RevisionSide, StepComparison, compare_step
from okrdocs.history.git_log.workspace_frame import (
    DocumentGetter,
    WorkspaceFrame,
    build_frame,
    document_kind,
)
from okrdocs.workspace.drafts import NO_DRAFTS, Drafts


class StateComparer:
    """Compares states of a walk; `folder`, `today` and `is_old` are those of `HistoryWalk`."""

    def __init__(
        self, documents: DocumentStore, folder: str, today: Drafts | None, *, is_old: bool
    ) -> None:
        self._documents = documents
        self._folder = folder
        self._settings = f"{folder}/{load.ORGANIZATION_FILE}"
        self._today = today
        self._is_old = is_old
        self._latest: list[tuple[BlobIds, WorkspaceFrame]] = []
        self._public_states: list[tuple[BlobIds, PublicState]] = []

    def compare(
        self, before: BlobIds, after: BlobIds, touched: Iterable[str], day: date, main: BlobIds
    ) -> StepComparison:
        """Compare two states in some files; `main` is the main line's state below `before`."""
        paths = self._add_files_that_changed_visibility(sorted(touched), before, after)
        if self._settings in before:
            old = self._frame_of_state(before, main, paths)
            new = old if self._has_same_frame(before, after, paths) else self._build_frame(after)
        else:
            new = self._build_frame(after)
            old = new.without_cycles()
        if before is main:
            self._latest = [(before, old), (after, new)]
        return compare_step(
            RevisionSide(old, self._document_getter(before)),
            RevisionSide(new, self._document_getter(after)),
            paths,
            day,
        )

    def _frame_of_state(
        self, blobs: BlobIds, main: BlobIds, touched: Iterable[str]
    ) -> WorkspaceFrame:
        """Return the frame of a state: mostly that of one of the main line's last states."""
        for state, frame in self._latest:
            if state is main and (blobs is main or self._has_same_frame(main, blobs, touched)):
                return frame
        return self._build_frame(blobs)

    def _build_frame(self, blobs: BlobIds) -> WorkspaceFrame:
        organization = self._documents.document(blobs, self._settings)
        paths = [path for path in blobs if path != self._settings and self._is_visible(blobs, path)]
        return build_frame(organization, paths, self._document_getter(blobs), self._folder)

    def _has_same_frame(self, before: BlobIds, after: BlobIds, touched: Iterable[str]) -> bool:
        """Return whether only the contents of teams' files differ between two states."""
        return all(
            self._is_visible(before, path)
            and self._is_visible(after, path)
            and document_kind(path, self._folder) is TeamDocument
            for path in touched
        )

    # --------------------------------------------------------------- what the public sees

    @property
    def _hides_drafts(self) -> bool:
        """Return whether there may be anything that the public doesn't see."""
        if self._today is None:
            return False
        return self._is_old or self._today != NO_DRAFTS or self._documents.holds_drafts

    def _document_getter(self, blobs: BlobIds) -> DocumentGetter:
        """Return a function that gives a state's documents, without hidden drafts."""
        return (
            self._public_state(blobs).document
            if self._hides_drafts
            else partial(self._documents.document, blobs)
        )

    def _is_visible(self, blobs: BlobIds, path: str) -> bool:
        return self._public_state(blobs).is_public(path) if self._hides_drafts else path in blobs

    def _public_state(self, blobs: BlobIds) -> PublicState:
        """Return a state as the public sees it; those of the last steps are kept."""
        public_state = next((seen for state, seen in self._public_states if state is blobs), None)
        if public_state is None:
            assert self._today is not None
            get_document = partial(self._documents.document, blobs)
            public_state = PublicState(blobs, get_document, self._folder, self._today)
            self._public_states = [*self._public_states[-3:], (blobs, public_state)]
        return public_state

    def _add_files_that_changed_visibility(
        self, paths: list[str], before: BlobIds, after: BlobIds
    ) -> list[str]:
        """Add all files of a cycle that becomes public or a draft, as they appear or vanish."""
        if not self._hides_drafts:
            return paths
        turned = {
            path.rpartition("/")[0]
            for path in paths
            if document_kind(path, self._folder) is CycleDocument
        }
        inside = {p for p in (*before, *after) if p.rpartition("/")[0] in turned}
        data_files = {path for path in inside if document_kind(path, self._folder) is not None}
        return sorted(
            {*paths, *(p for p in data_files if self._changes_visibility(p, before, after))}
        )

    def _changes_visibility(self, path: str, before: BlobIds, after: BlobIds) -> bool:
        return self._is_visible(before, path) is not self._is_visible(after, path)
