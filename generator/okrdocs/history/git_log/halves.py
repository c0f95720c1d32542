"""A long history read on two cores: the older half here, the newer one in a copy of this process.

The copy begins with the state between the halves, in which nothing may wait to be readable. What
it finds counts only if the older half really ends with that state; else it's found here again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from okrdocs.history.git_log.accumulator import Entry, Ledger
from okrdocs.history.git_log.document_store import Blobs, Library
from okrdocs.history.git_log.walk import Ahead, Walk, applied
from okrdocs.history.git_log.workspace_frame import kind_of
from okrdocs.source.git.log import Revision
from okrdocs.source.parallel import beside
from okrdocs.workspace.drafts import Drafts

_LONG = 400  # changes of files that are worth a second process
_OLDER = 0.5
"""The share of the changes that this process takes: many are in the first revision, and cheap."""


def go(
    walk: Walk, line: Sequence[Revision], folder: str, today: Drafts | None, *, shallow: bool
) -> None:
    """What `walk.go` does for a history from its beginning, sooner where there are two cores."""
    cut = _cut(line)
    other = _between(walk.library, line[:cut], folder, today) if cut else None
    if other is None:
        walk.go(line, from_boundary=shallow)
        return
    found, _ = beside(
        lambda: _told(other, line[cut:]), lambda: walk.go(line[:cut], from_boundary=shallow)
    )
    ledger = walk.ledger
    if found is None or ledger.waiting or ledger.readable != other.ledger.readable:
        walk.go(line[cut:])
        return
    walk.follow(line[cut:], Ahead(iter(found.entries), found.unreadable))
    walk.library.holds_drafts |= found.holds_drafts


class _Told(NamedTuple):
    """What the copy hands over."""

    entries: list[Entry]
    unreadable: frozenset[tuple[str, type[object]]]
    holds_drafts: bool


def _told(walk: Walk, line: Sequence[Revision]) -> _Told:
    entries = walk.told(line)
    return _Told(entries, walk.library.unreadable(), walk.library.holds_drafts)


def _cut(line: Sequence[Revision]) -> int:
    """How many revisions come before the cut; 0 for a history that is read in one piece."""
    sizes = [sum(len(each.changes) for each in (one, *one.merged)) for one in line]
    total = sum(sizes)
    if total < _LONG:
        return 0
    sums = accumulate(sizes)
    return next(place for place, size in enumerate(sums, 1) if size >= total * _OLDER) % len(line)


def _between(
    library: Library, older: Sequence[Revision], folder: str, today: Drafts | None
) -> Walk | None:
    """A walk from the state after some revisions; None where something in it can't be read."""
    actual: Blobs = {}
    for revision in older:
        applied(revision, actual)
    readable = {path: blob for path, blob in actual.items() if kind_of(path, folder) is not None}
    library.fetch(readable.items(), two_cores=True)
    if not all(library.document(readable, path) for path in readable):
        return None
    return Walk(library, folder, Ledger(actual, readable), today, is_old=False)
