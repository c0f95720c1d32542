"""Entry points: `read_history` reads the git log, `read_history_cached` uses a JSON cache too."""

from __future__ import annotations

import hashlib

from okrdocs.diff import OkrChange
from okrdocs.history.events import History, HistoryStep, Series
from okrdocs.history.git_log.accumulator import Accumulator
from okrdocs.history.git_log.cache_format import CachedHistory, cache_bytes, read_cache
from okrdocs.history.git_log.company_start import steps_of_this_company
from okrdocs.history.git_log.document_store import DocumentStore
from okrdocs.history.git_log.incremental_reader import VersionReader
from okrdocs.history.git_log.present_names import steps_with_present_names
from okrdocs.history.git_log.value_points import CommitStamp
from okrdocs.history.git_log.walk import HistoryWalk
from okrdocs.source.git.folder_place import folder_log
from okrdocs.source.git.log import Revision
from okrdocs.source.git.repository import Repository
from okrdocs.source.git.web_links import RepositoryPage
from okrdocs.workspace.drafts import Drafts

CACHE, PUBLIC_CACHE = ".okrdocs/history.json", ".okrdocs/history-public.json"
"""What is remembered of all that git knows, and of what the public may know of it."""


def read_history(
    repository: Repository,
    rev: str = "HEAD",
    *,
    folder: str = "okrs",
    today: Drafts | None = None,
) -> History:
    """Read the history of the files in `folder` up to a revision; empty before the first commit.

    With `today`, nothing is shown of what was a draft in its time or is one of these. Raises
    GitError where git can't read on, and UsageError for a revision that isn't one.
    """
    return read_history_cached(repository, rev, None, "", folder=folder, today=today)[0]


def read_history_cached(
    repository: Repository,
    rev: str,
    remembered: bytes | None,
    program: str,
    *,
    folder: str = "okrs",
    today: Drafts | None = None,
) -> tuple[History, bytes | None]:
    """Read the history as `read_history` does, starting from the cache bytes `remembered`.

    Returns the History and the new cache, or None where that is unchanged. `program` is the state
    of the code. A cache that is damaged, was written by another program or doesn't fit the
    repository is ignored, and so is one that is committed under the cache's own name. Raises
    GitError and UsageError as `read_history` does.
    """
    head = repository.head_commit() if rev == "HEAD" else repository.resolve(rev)
    if head is None:
        return _history_of(repository, Accumulator(), shallow=False), None
    key = f"{program} {folder} {repository.prefix}{'' if today is None else today.digest()}"
    trusted = None if repository.list_entries(head, cache_path(today)) else remembered
    cached = read_cache(trusted, key) if trusted is not None else None
    shallow = repository.is_shallow()
    if cached is not None and cached.head == head and not shallow:
        return _history_of(repository, cached.accumulator, shallow=shallow), None
    log = folder_log(repository, folder, head)
    if cached is None or shallow or _digest_of_log(log[: cached.revisions]) != cached.digest:
        cached = CachedHistory("", 0, "", Accumulator())
    documents = DocumentStore(repository, folder, VersionReader(), tracks_drafts=today is not None)
    walk = HistoryWalk(documents, folder, cached.accumulator, today)
    walk.replay(log[cached.revisions :], from_boundary=shallow and not cached.revisions)
    made = CachedHistory(head, len(log), _digest_of_log(log), cached.accumulator)
    # What a shallow clone knows must not be remembered for the day when it is whole.
    text = None if shallow else cache_bytes(made, key)
    return _history_of(repository, cached.accumulator, shallow=shallow), text


def cache_path(today: Drafts | None) -> str:
    """Return the path of the cache, relative to the folder that holds `okrs/`."""
    return CACHE if today is None else PUBLIC_CACHE


def _history_of(repository: Repository, accumulator: Accumulator, *, shallow: bool) -> History:
    page = repository.remote_page()
    steps = tuple(_history_step(stamp, changes, page) for stamp, changes in accumulator.steps)
    series = {
        ref: Series(ref, tuple(points))
        for ref, points in sorted(accumulator.points.items())
        if ref not in accumulator.gone
    }
    steps = steps_with_present_names(steps_of_this_company(steps, series.values()))
    return History(steps, series, shallow, accumulator.skipped, accumulator.since)


def _history_step(
    stamp: CommitStamp, changes: tuple[OkrChange, ...], page: RepositoryPage | None
) -> HistoryStep:
    address = page.commit_url(stamp.revision) if page is not None and stamp.revision else None
    return HistoryStep(
        stamp.revision, stamp.author, stamp.day, stamp.subject, address, changes, stamp.landed
    )


def _digest_of_log(log: tuple[Revision, ...]) -> str:
    """Return a SHA-256 over the ids of revisions, the names of their authors, and their days."""
    every = (entry for revision in log for entry in (revision, *revision.merged))
    words = (f"{entry.id} {entry.author} {entry.landed}\n" for entry in every)
    return hashlib.sha256("".join(words).encode("utf-8", "replace")).hexdigest()
