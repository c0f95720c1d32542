"""States of a folder put before a comparison: the company around them, and what the public sees.

The last few are kept, as each step begins with the state that the one before left.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from okrdocs.format import loader as load
from okrdocs.format.records import CycleDocument, TeamDocument
from okrdocs.history.git_log.document_store import Blobs, DocumentStore
from okrdocs.history.git_log.public_view import Seen
from okrdocs.history.git_log.step_comparison import Comparison, Side, compared
from okrdocs.history.git_log.workspace_frame import Frame, Look, frame_of, kind_of
from okrdocs.workspace.drafts import NO_DRAFTS, Drafts


class States:
    """The states of one walk; `folder`, `today` and `is_old` are those of `Walk`."""

    def __init__(
        self, documents: DocumentStore, folder: str, today: Drafts | None, *, is_old: bool
    ) -> None:
        self._library = documents
        self._folder = folder
        self._settings = f"{folder}/{load.ORGANIZATION_FILE}"
        self._today = today
        self._is_old = is_old
        self._latest: list[tuple[Blobs, Frame]] = []
        self._seen: list[tuple[Blobs, Seen]] = []

    def compared(
        self, before: Blobs, after: Blobs, touched: Iterable[str], day: date, main: Blobs
    ) -> Comparison:
        """What two states tell; `main` is the one of the main line that `before` comes from."""
        paths = self._widened(sorted(touched), before, after)
        if self._settings in before:
            old = self._frame(before, main, paths)
            new = old if self._is_alike(before, after, paths) else self._framed(after)
        else:
            new = self._framed(after)
            old = new.emptied()
        if before is main:
            self._latest = [(before, old), (after, new)]
        return compared(
            Side(old, self._look(before)),
            Side(new, self._look(after)),
            paths,
            day,
        )

    def _frame(self, blobs: Blobs, main: Blobs, touched: Iterable[str]) -> Frame:
        """The frame of a state: mostly the one of the main line's last states."""
        for held, frame in self._latest:
            if held is main and (blobs is main or self._is_alike(main, blobs, touched)):
                return frame
        return self._framed(blobs)

    def _framed(self, blobs: Blobs) -> Frame:
        organization = self._library.document(blobs, self._settings)
        paths = [path for path in blobs if path != self._settings and self._shows(blobs, path)]
        return frame_of(organization, paths, self._look(blobs), self._folder)

    def _is_alike(self, before: Blobs, after: Blobs, touched: Iterable[str]) -> bool:
        """Whether two states have one frame: only what teams' files say differs."""
        return all(
            self._shows(before, path)
            and self._shows(after, path)
            and kind_of(path, self._folder) is TeamDocument
            for path in touched
        )

    # --------------------------------------------------------------- what the public sees

    @property
    def _is_veiled(self) -> bool:
        """Whether there may be anything that the public doesn't see."""
        if self._today is None:
            return False
        return self._is_old or self._today != NO_DRAFTS or self._library.holds_drafts

    def _look(self, blobs: Blobs) -> Look:
        """What the files of a state say to those for whom the history is."""
        return (
            self._public(blobs).look if self._is_veiled else partial(self._library.document, blobs)
        )

    def _shows(self, blobs: Blobs, path: str) -> bool:
        return self._public(blobs).shows(path) if self._is_veiled else path in blobs

    def _public(self, blobs: Blobs) -> Seen:
        """A state as the public sees it; those of the last steps are asked again and again."""
        known = next((seen for held, seen in self._seen if held is blobs), None)
        if known is None:
            assert self._today is not None
            look = partial(self._library.document, blobs)
            known = Seen(blobs, look, self._folder, self._today)
            self._seen = [*self._seen[-3:], (blobs, known)]
        return known

    def _widened(self, paths: list[str], before: Blobs, after: Blobs) -> list[str]:
        """With a cycle that becomes public or a draft, all of its files come or go."""
        if not self._is_veiled:
            return paths
        turned = {
            path.rpartition("/")[0]
            for path in paths
            if kind_of(path, self._folder) is CycleDocument
        }
        inside = {p for p in (*before, *after) if p.rpartition("/")[0] in turned}
        known = {path for path in inside if kind_of(path, self._folder) is not None}
        return sorted({*paths, *(p for p in known if self._turns(p, before, after))})

    def _turns(self, path: str, before: Blobs, after: Blobs) -> bool:
        return self._shows(before, path) is not self._shows(after, path)
