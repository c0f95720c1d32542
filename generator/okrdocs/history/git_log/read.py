"""The whole of it: a repository in, its History out, with or without what is remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from okrdocs.diff import Change
from okrdocs.format.records import TeamDocument
from okrdocs.history.events import History, Series, Step
from okrdocs.history.git_log import halves
from okrdocs.history.git_log.accumulator import Ledger
from okrdocs.history.git_log.cache_format import Kept, kept_of, text_of
from okrdocs.history.git_log.company_start import own_steps
from okrdocs.history.git_log.document_store import Library
from okrdocs.history.git_log.incremental_reader import Versions
from okrdocs.history.git_log.value_points import Stamp
from okrdocs.history.git_log.walk import Walk
from okrdocs.source.disk import File
from okrdocs.source.git.log import Revision
from okrdocs.source.git.repository import Repository
from okrdocs.source.git.web_links import Page
from okrdocs.workspace.drafts import Drafts

CACHE, PUBLIC_CACHE = ".okrdocs/history.json", ".okrdocs/history-public.json"
"""What is remembered of all that git knows, and of what the public may know of it."""


class Known(NamedTuple):
    """A file of a team that was read already, without any fault: this saves reading it again."""

    path: str
    data: bytes
    document: TeamDocument


class Working(NamedTuple):
    """The working tree, and the day on which what isn't committed yet counts as changed."""

    files: tuple[File, ...]
    day: date


def read_history(
    repository: Repository,
    rev: str = "HEAD",
    *,
    folder: str = "okrs",
    known: Iterable[Known] = (),
    working: Working | None = None,
    today: Drafts | None = None,
) -> History:
    """The history of a folder up to a revision; with `working`, what isn't committed comes last.

    Empty before the first commit. Raises GitError where git can't read on, and UsageError for a
    revision that isn't one.
    """
    return recalled(
        repository, rev, None, "", folder=folder, known=known, working=working, today=today
    )[0]


def recalled(
    repository: Repository,
    rev: str,
    remembered: bytes | None,
    program: str,
    *,
    folder: str = "okrs",
    known: Iterable[Known] = (),
    working: Working | None = None,
    today: Drafts | None = None,
) -> tuple[History, bytes | None]:
    """The same, with what the last run remembered, and what the next one shall remember.

    With `today`, nothing is told of what was a draft in its time or is one of these.

    `program` is a word for the state of the code. What is damaged, comes from another program or
    doesn't fit the repository counts for nothing, and so does what the revision itself holds under
    that name. The second value is None where nothing new was learnt.
    """
    head = repository.head() if rev == "HEAD" else repository.resolve(rev)
    if head is None:
        return _of_nothing(repository, folder, working, today), None
    word = f"{program} {folder} {repository.prefix}{'' if today is None else today.digest()}"
    trusted = None if repository.entries(head, cache_of(today)) else remembered
    old = kept_of(trusted, word) if trusted is not None else None
    shallow = repository.is_shallow()
    if old is not None and old.head == head and not shallow:
        ledger, text = old.ledger, None
        walk = _walk(repository, folder, ledger, _versions(known if working else ()), today)
    else:
        with repository.log_begun(folder, head) as finished:
            versions = _versions(known)
            log = finished()
        fits = old is not None and not shallow and _digest(log[: old.revisions]) == old.digest
        ledger = old.ledger if old is not None and fits else Ledger()
        done = old.revisions if old is not None and fits else 0
        walk = _walk(repository, folder, ledger, versions, today)
        if done:
            walk.go(log[done:], from_boundary=shallow)
        else:
            halves.go(walk, log, folder, today, shallow=shallow)
        text = text_of(Kept(head, len(log), _digest(log), ledger), word)
    return _history(repository, walk, working, shallow=shallow), text


def cache_of(today: Drafts | None) -> str:
    """Where a reading is remembered, relative to the folder that holds `okrs/`."""
    return CACHE if today is None else PUBLIC_CACHE


def _versions(known: Iterable[Known]) -> Versions:
    versions = Versions()
    for file in known:
        versions.learn(file.data, file.document, file.path)
    return versions


def _walk(
    repository: Repository, folder: str, ledger: Ledger, versions: Versions, today: Drafts | None
) -> Walk:
    library = Library(repository, folder, versions, minds_drafts=today is not None)
    return Walk(library, folder, ledger, today)


def _of_nothing(
    repository: Repository, folder: str, working: Working | None, today: Drafts | None
) -> History:
    walk = _walk(repository, folder, Ledger(), Versions(), today)
    return _history(repository, walk, working, shallow=False)


def _history(
    repository: Repository, walk: Walk, working: Working | None, *, shallow: bool
) -> History:
    if working is not None:
        walk.uncommitted(working.files, Stamp("", "", working.day, ""))
    ledger, page = walk.ledger, repository.remote_page()
    steps = tuple(_step(stamp, changes, page) for stamp, changes in ledger.steps)
    series = {
        ref: Series(ref, tuple(points))
        for ref, points in sorted(ledger.points.items())
        if ref not in ledger.gone
    }
    steps = own_steps(steps, series.values())
    return History(steps, series, shallow, ledger.skipped, ledger.since)


def _step(stamp: Stamp, changes: tuple[Change, ...], page: Page | None) -> Step:
    address = page.commit(stamp.revision) if page is not None and stamp.revision else None
    return Step(
        stamp.revision, stamp.author, stamp.day, stamp.subject, address, changes, stamp.landed
    )


def _digest(log: tuple[Revision, ...]) -> str:
    """A word for some revisions: their ids, and the names that `.mailmap` gives their authors."""
    every = (each for revision in log for each in (revision, *revision.merged))
    words = (f"{each.id} {each.author}\n" for each in every)
    return hashlib.sha256("".join(words).encode("utf-8", "replace")).hexdigest()
