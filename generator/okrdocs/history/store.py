"""The history of a folder on disk, with what was learnt in `.okrdocs/`.

`history` reads git and knows no files; here its memory is read and, where something new was
learnt, written. A run that can't write it has merely learnt for itself.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from okrdocs.atomic_file import write_file
from okrdocs.errors import OkrError
from okrdocs.history.events import History
from okrdocs.history.git_log import Known, Working, cache_of, recalled
from okrdocs.program_state import program_state
from okrdocs.source.git.repository import Repository
from okrdocs.source.git.web_links import Files
from okrdocs.workspace.drafts import Drafts


def history_of(
    root: Path,
    repository: Repository | None,
    rev: str = "HEAD",
    *,
    known: Iterable[Known] = (),
    working: Working | None = None,
    today: Drafts | None = None,
) -> History:
    """The History as `read_history` gives it, at a fraction of the cost; empty without git.

    Only what leads to HEAD is remembered. No link is followed to the memory or through it. With
    `today`, it is the history that the public may read, while these are drafts.
    """
    if repository is None:
        return History()
    place = root / cache_of(today)
    linked = place.is_symlink() or place.parent.is_symlink()
    history, text = recalled(
        repository,
        rev,
        None if linked else _held(place),
        program_state(),
        known=known,
        working=working,
        today=today,
    )
    if text is not None and rev == "HEAD" and not linked:
        with contextlib.suppress(OkrError):
            write_file(place, text)
    return replace(history, files=_files(repository, history, rev))


def _files(repository: Repository, history: History, rev: str) -> Files | None:
    """Where the files lie: at the newest commit where its host has a name for that."""
    page = repository.remote_page() if history.steps else None
    if page is None:
        return None
    told = next((step.revision for step in reversed(history.steps) if step.revision), "")
    revision = "HEAD" if rev == "HEAD" and page.follows_head else told
    return Files(page, repository.prefix, revision) if revision else None


def _held(place: Path) -> bytes | None:
    try:
        return place.read_bytes()
    except OSError:
        return None
