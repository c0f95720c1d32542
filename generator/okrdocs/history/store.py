"""Reads the history of a folder on disk, with its cache in `.okrdocs/`.

`git_log` reads git and knows no files; here its cache is read and, where it changed, written. A run
that can't write it continues without.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

from okrdocs.atomic_file import write_file
from okrdocs.errors import OkrError
from okrdocs.history.events import History, HistoryGap
from okrdocs.history.git_log import cache_path, read_history_cached
from okrdocs.ordinary_file import read_ordinary_file
from okrdocs.program_state import program_digest
from okrdocs.source.git.folder_place import PlaceKind, place_in_revision
from okrdocs.source.git.repository import Repository
from okrdocs.source.git.web_links import FileLinks
from okrdocs.workspace.drafts import Drafts

_FOLDER = "okrs"
_GAPS = {PlaceKind.LINK: HistoryGap.LINK, PlaceKind.SUBMODULE: HistoryGap.SUBMODULE}
_MAX_CACHE = 500_000_000  # bytes, far beyond any of ours


def read_history_of_folder(
    root: Path, repository: Repository | None, rev: str = "HEAD", *, today: Drafts | None = None
) -> History:
    """Return the History up to a revision as `read_history` does, using the cache where that fits.

    Empty without a repository. Only the history of HEAD is cached, and links are never followed to
    the cache or through it. With `today`, it is the history that the public may read, while these
    are drafts. Raises GitError where git can't read on, and UsageError for an unknown revision.
    """
    if repository is None:
        return History()
    cache = root / cache_path(today)
    linked = cache.is_symlink() or cache.parent.is_symlink()
    remembered = None if linked else _read_cache_file(cache)
    history, text = read_history_cached(repository, rev, remembered, program_digest(), today=today)
    if text is not None and rev == "HEAD" and not linked:
        with contextlib.suppress(OkrError):
            write_file(cache, text)
    gap = _gap_in_revision(root, repository, rev)
    return replace(history, files=_file_links(repository, history, rev), gap=gap)


def _gap_in_revision(root: Path, repository: Repository, rev: str) -> HistoryGap | None:
    """Return why the repository can't know how the OKRs came to be, None where it can."""
    head = repository.head_commit() if rev == "HEAD" else repository.resolve(rev)
    kind = place_in_revision(repository, head, _FOLDER).kind if head else PlaceKind.NOTHING
    if kind is PlaceKind.NOTHING and (root / _FOLDER / ".git").exists():
        return HistoryGap.OTHER_REPOSITORY
    return _GAPS.get(kind)


def _file_links(repository: Repository, history: History, rev: str) -> FileLinks | None:
    """Return links to the files at the newest commit, or at HEAD where the host knows that name."""
    page = repository.remote_page() if history.steps else None
    if page is None:
        return None
    newest = next((step.revision for step in reversed(history.steps) if step.revision), "")
    revision = "HEAD" if rev == "HEAD" and page.follows_head else newest
    return FileLinks(page, repository.prefix, revision) if revision else None


def _read_cache_file(path: Path) -> bytes | None:
    try:
        return read_ordinary_file(path, _MAX_CACHE)
    except OSError:
        return None
