"""From revision to revision along the main line: what each one changed, and the state it left.

A file that can't be read stays as it was last readable, and is compared again with the next
version that can. A merge whose commits lead from the state before to the state after is taken
commit by commit; of any other one, what its commits did is theirs as far as it is still there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from okrdocs.diff import Change
from okrdocs.format import loader as load
from okrdocs.format.records import TeamDocument
from okrdocs.history.git_log.accumulator import (
    Accumulator,
    Entry,
    Owners,
    key_of,
    noted,
    points_between,
)
from okrdocs.history.git_log.document_store import Blobs, DocumentStore
from okrdocs.history.git_log.merge_attribution import Told, shares
from okrdocs.history.git_log.revision_states import States
from okrdocs.history.git_log.step_comparison import Comparison
from okrdocs.history.git_log.value_points import Stamp
from okrdocs.history.git_log.workspace_frame import kind_of
from okrdocs.source.git.log import Revision
from okrdocs.workspace.drafts import Drafts


def stamp_of(revision: Revision) -> Stamp:
    """Whose step a revision is."""
    of = revision
    return Stamp(of.id, of.author, of.day, of.subject, of.landed)


class Walk:
    """One reading of a history: a accumulator, and the documents that were read on the way.

    With `today`, the history is the one that the public may read: without what was a draft in its
    time, and without what is one today.
    """

    def __init__(
        self,
        documents: DocumentStore,
        folder: str,
        accumulator: Accumulator,
        today: Drafts | None = None,
    ) -> None:
        self.accumulator = accumulator
        self.documents = documents
        self._folder = folder
        self._settings = f"{folder}/{load.ORGANIZATION_FILE}"
        # What went into an older accumulator isn't read again, so that it may hold drafts unseen.
        self._states = States(documents, folder, today, is_old=bool(accumulator.actual))

    def go(self, revisions: Iterable[Revision], *, from_boundary: bool = False) -> None:
        """Add some revisions to the accumulator; `from_boundary`: the first one adds nothing."""
        line = list(revisions)
        self.documents.fetch(self._versions_of(line))
        for revision in line:
            if self.accumulator.since is None:
                self.accumulator.since = revision.day
            if from_boundary:
                self._take(revision, is_base=True)
                from_boundary = False
            elif self._replays(revision):
                for each in revision.merged:
                    self._take(each)
            else:
                self._take(revision, revision.merged)

    # --------------------------------------------------------------- reading

    def _versions_of(self, revisions: Iterable[Revision]) -> Iterator[tuple[str, str | None]]:
        """The files of the revisions, and the settings of the state before, in their order."""
        every = [each for revision in revisions for each in (*revision.merged, revision)]
        if every:
            yield from self._settled()
        for change in (change for each in every for change in each.changes):
            yield change.old_path, change.old_blob
            yield change.path, change.new_blob

    def _settled(self) -> Iterator[tuple[str, str]]:
        """The files of the state that say what stands around the teams' files."""
        for path, blob in self.accumulator.readable.items():
            if kind_of(path, self._folder) is not TeamDocument:
                yield path, blob

    def _reads(self, path: str) -> bool:
        """Whether a file, as it was committed last, can be read."""
        return self.documents.document(self.accumulator.actual, path) is not None

    # --------------------------------------------------------------- one revision

    def _replays(self, revision: Revision) -> bool:
        """Whether the commits of a merge lead from the state before to the state after."""
        actual: Mapping[str, str | None] = self.accumulator.actual
        state: dict[str, str | None] = {}
        for each in revision.merged:
            for change in each.changes:
                if state.get(change.old_path, actual.get(change.old_path)) != change.old_blob:
                    return False
                state |= {change.old_path: None, change.path: change.new_blob}
        wanted: dict[str, str | None] = {}
        for change in revision.changes:
            wanted |= {change.old_path: None, change.path: change.new_blob}
        return bool(revision.merged) and all(
            state.get(path, actual.get(path)) == wanted.get(path, actual.get(path))
            for path in {*state, *wanted}
        )

    def _take(
        self, revision: Revision, merged: tuple[Revision, ...] = (), *, is_base: bool = False
    ) -> None:
        applied(revision, self.accumulator.actual)
        groups = []
        for change in revision.changes:
            paths = (change.path, change.old_path)
            known = frozenset(p for p in paths if kind_of(p, self._folder) is not None)
            if known:
                groups.append(known)
        if groups:
            self._step(groups, stamp_of(revision), merged, is_base=is_base)

    def _step(
        self,
        groups: list[frozenset[str]],
        stamp: Stamp,
        merged: tuple[Revision, ...] = (),
        *,
        is_base: bool = False,
    ) -> None:
        """Take the files that can be read into the accumulator, and note what that changed."""
        before = self.accumulator.readable
        after, touched = self._readable(groups)
        if not touched:
            return
        self.accumulator.readable = after
        if is_base:
            found = self._states.compared(before, after, touched, stamp.day, before)
            self.accumulator.known(stamp, found)
            return
        self.accumulator.enter(stamp, self._entry(before, after, touched, stamp, merged))

    def _entry(
        self,
        before: Blobs,
        after: Blobs,
        touched: set[str],
        stamp: Stamp,
        merged: tuple[Revision, ...],
    ) -> Entry:
        """What a step adds to the accumulator."""
        found = self._states.compared(before, after, touched, stamp.day, before)
        changes = self._placed(found)
        parts: list[Told] = []
        owners: Owners = {}
        if merged:
            branch = [self._of_branch(each, before, owners) for each in merged]
            parts, changes = shares(branch, changes)
        own = [(stamp, changes)] if changes else []
        return Entry((*parts, *own), noted(stamp, found, owners))

    def _readable(self, groups: list[frozenset[str]]) -> tuple[Blobs, set[str]]:
        """The state with all that can be read by now, and the files that this is about."""
        accumulator = self.accumulator
        touched: set[str] = set()
        after = {**accumulator.readable}
        stuck = self._settings in accumulator.waiting or self._settings not in accumulator.readable
        retried = [*groups, *accumulator.waiting.values()] if stuck else groups
        missed: set[frozenset[str]] = set()
        for group in dict.fromkeys(self._joined(each) for each in retried):
            if all(p not in accumulator.actual or self._reads(p) for p in group):
                touched |= group
                _copy(group, accumulator.actual, after)
            else:
                missed.add(group)
        if self._settings not in after:
            missed |= {frozenset({path}) for path in touched}
            after, touched = accumulator.readable, set()
        self._wait(touched, missed)
        accumulator.skipped += bool(missed.intersection(map(self._joined, groups)))
        return after, touched

    def _joined(self, group: frozenset[str]) -> frozenset[str]:
        """A group with the files that wait together with one of it."""
        return group.union(*(self.accumulator.waiting.get(path, group) for path in group))

    def _wait(self, touched: Iterable[str], missed: Iterable[frozenset[str]]) -> None:
        for path in touched:
            self.accumulator.waiting.pop(path, None)
        for group in missed:
            self.accumulator.waiting |= dict.fromkeys(group, group)

    # --------------------------------------------------------------- what it changed

    def _placed(self, found: Comparison) -> tuple[Change, ...]:
        """The changes, each with its file by its present name, and without a line."""
        return tuple(
            change._replace(path=self._path_of(change), line=0) for change in found.changes()
        )

    def _path_of(self, change: Change) -> str:
        if not change.cycle:
            return self._settings
        return f"{self._folder}/{change.cycle}/{change.team or 'cycle'}.yml"

    def _of_branch(self, revision: Revision, main: Blobs, owners: Owners) -> Told:
        """What one commit of a branch changed there, and whose its points are."""
        before = {**main}
        for change in revision.changes:
            before.pop(change.path, None)
            if change.old_blob is not None:
                before[change.old_path] = change.old_blob
        after = {**before}
        applied(revision, after)
        stamp = stamp_of(revision)
        paths = {p for c in revision.changes for p in (c.path, c.old_path)}
        paths = {path for path in paths if kind_of(path, self._folder) is not None}
        sides = [(state, path) for state in (before, after) for path in paths if path in state]
        if not paths or not all(self.documents.document(*each) for each in sides):
            return stamp, ()
        if not all(self._settings in state for state in (before, after)):
            return stamp, ()
        found = self._states.compared(before, after, paths, stamp.day, main)
        owners |= {key_of(ref, point): point for ref, point in points_between(found, stamp)}
        return stamp, self._placed(found)


def applied(revision: Revision, blobs: Blobs) -> None:
    """Bring a state from before a revision to the one after it."""
    for change in revision.changes:
        blobs.pop(change.old_path, None)
    for change in revision.changes:
        if change.new_blob is not None:
            blobs[change.path] = change.new_blob


def _copy(paths: Iterable[str], source: Blobs, target: Blobs) -> None:
    for path in paths:
        if path in source:
            target[path] = source[path]
        else:
            target.pop(path, None)
