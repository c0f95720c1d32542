"""Walks the main line from revision to revision: what each one changed, and the state it left.

A file that can't be read stays as it was last readable, and is compared with the next version that
can be read. A merge whose commits lead from the state before to the state after is replayed commit
by commit; in any other one, each commit keeps those of its changes that are still in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from okrdocs.diff import OkrChange
from okrdocs.format import loader as load
from okrdocs.format.records import TeamDocument
from okrdocs.history.git_log.accumulator import (
    Accumulator,
    PointOwners,
    StepResult,
    identity_of_point,
    numbers_of_step,
    points_of_comparison,
)
from okrdocs.history.git_log.document_store import (
    BlobIds,
    DocumentStore,
    apply_revision,
    copy_blobs,
)
from okrdocs.history.git_log.merge_attribution import StampedChanges, attribute_merge
from okrdocs.history.git_log.revision_states import StateComparer
from okrdocs.history.git_log.step_comparison import StepComparison
from okrdocs.history.git_log.value_points import CommitStamp
from okrdocs.history.git_log.workspace_frame import document_kind
from okrdocs.source.git.log import Revision
from okrdocs.workspace.drafts import Drafts


def stamp_of_revision(revision: Revision) -> CommitStamp:
    """Return a revision's id, author, days and subject."""
    of = revision
    return CommitStamp(of.id, of.author, of.author_day, of.subject, of.landed)


class HistoryWalk:
    """One reading of a history: fills an Accumulator from the documents of a DocumentStore.

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
        self._states = StateComparer(documents, folder, today, is_old=bool(accumulator.actual))

    def replay(self, revisions: Iterable[Revision], *, from_boundary: bool = False) -> None:
        """Add some revisions, oldest first.

        `from_boundary`: the first one is a shallow clone's start.

        Raises GitError.
        """
        line = list(revisions)
        self.documents.preload(self._file_versions(line))
        for revision in line:
            if self.accumulator.since is None:
                self.accumulator.since = revision.landed or revision.author_day
            if from_boundary:
                self._replay_revision(revision, is_base=True)
                from_boundary = False
            elif self._is_replayable_merge(revision):
                for merged in revision.merged:
                    self._replay_revision(merged)
            else:
                self._replay_revision(revision, revision.merged)

    # --------------------------------------------------------------- reading

    def _file_versions(self, revisions: Iterable[Revision]) -> Iterator[tuple[str, str | None]]:
        """Yield paths and blob ids of the revisions and of the context files before them."""
        every = [
            revision_or_merged
            for revision in revisions
            for revision_or_merged in (*revision.merged, revision)
        ]
        if every:
            yield from self._context_files()
        for change in (
            change for revision_or_merged in every for change in revision_or_merged.changes
        ):
            yield change.old_path, change.old_blob
            yield change.path, change.new_blob

    def _context_files(self) -> Iterator[tuple[str, str]]:
        """Yield the files of the state that aren't teams' files: company and cycles."""
        for path, blob in self.accumulator.readable.items():
            if document_kind(path, self._folder) is not TeamDocument:
                yield path, blob

    def _is_readable(self, path: str) -> bool:
        """Return whether a file, as it was committed last, can be read."""
        return self.documents.document(self.accumulator.actual, path) is not None

    # --------------------------------------------------------------- one revision

    def _is_replayable_merge(self, revision: Revision) -> bool:
        """Return whether the commits of a merge lead from the state before to the state after."""
        actual: Mapping[str, str | None] = self.accumulator.actual
        state: dict[str, str | None] = {}
        for merged in revision.merged:
            for change in merged.changes:
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

    def _replay_revision(
        self, revision: Revision, merged: tuple[Revision, ...] = (), *, is_base: bool = False
    ) -> None:
        apply_revision(revision, self.accumulator.actual)
        groups = []
        for change in revision.changes:
            paths = (change.path, change.old_path)
            known_paths = frozenset(p for p in paths if document_kind(p, self._folder) is not None)
            if known_paths:
                groups.append(known_paths)
        if groups:
            self._replay_files(groups, stamp_of_revision(revision), merged, is_base=is_base)

    def _replay_files(
        self,
        groups: list[frozenset[str]],
        stamp: CommitStamp,
        merged: tuple[Revision, ...] = (),
        *,
        is_base: bool = False,
    ) -> None:
        """Take the files that can be read into the accumulator, and add what that changed."""
        before = self.accumulator.readable
        after, touched = self._readable_state(groups)
        if not touched:
            return
        self.accumulator.readable = after
        if is_base:
            comparison = self._states.compare(before, after, touched, stamp.day_in_force, before)
            self.accumulator.start_series_from_first_commit(stamp, comparison)
            return
        self.accumulator.add_step(
            stamp, self._compare_states(before, after, touched, stamp, merged)
        )

    def _compare_states(
        self,
        before: BlobIds,
        after: BlobIds,
        touched: set[str],
        stamp: CommitStamp,
        merged: tuple[Revision, ...],
    ) -> StepResult:
        """Return what a step adds to the accumulator."""
        comparison = self._states.compare(before, after, touched, stamp.day_in_force, before)
        changes = self._changes_with_paths(comparison)
        parts: list[StampedChanges] = []
        owners: PointOwners = {}
        if merged:
            branch = [self._compare_branch_commit(revision, before, owners) for revision in merged]
            parts, changes = attribute_merge(branch, changes)
        own = [(stamp, changes)] if changes else []
        return StepResult((*parts, *own), numbers_of_step(stamp, comparison, owners))

    def _readable_state(self, groups: list[frozenset[str]]) -> tuple[BlobIds, set[str]]:
        """Return the state with all that can be read by now, and the files that changed in it."""
        accumulator = self.accumulator
        touched: set[str] = set()
        after = {**accumulator.readable}
        stuck = self._settings in accumulator.waiting or self._settings not in accumulator.readable
        retried = [*groups, *accumulator.waiting.values()] if stuck else groups
        missed: set[frozenset[str]] = set()
        for group in dict.fromkeys(
            self._group_with_waiting_files(retried_group) for retried_group in retried
        ):
            if all(p not in accumulator.actual or self._is_readable(p) for p in group):
                touched |= group
                copy_blobs(group, accumulator.actual, after)
            else:
                missed.add(group)
        if self._settings not in after:
            missed |= {frozenset({path}) for path in touched}
            after, touched = accumulator.readable, set()
        self._update_waiting_files(touched, missed)
        accumulator.skipped += bool(
            missed.intersection(map(self._group_with_waiting_files, groups))
        )
        return after, touched

    def _group_with_waiting_files(self, group: frozenset[str]) -> frozenset[str]:
        """Return a group together with the files that wait with one of it."""
        return group.union(*(self.accumulator.waiting.get(path, group) for path in group))

    def _update_waiting_files(
        self, touched: Iterable[str], missed: Iterable[frozenset[str]]
    ) -> None:
        for path in touched:
            self.accumulator.waiting.pop(path, None)
        for group in missed:
            self.accumulator.waiting |= dict.fromkeys(group, group)

    # --------------------------------------------------------------- what it changed

    def _changes_with_paths(self, comparison: StepComparison) -> tuple[OkrChange, ...]:
        """Return the changes, each with its file's present path and without a line."""
        return tuple(
            change._replace(path=self._path_of_change(change), line=0)
            for change in comparison.changes()
        )

    def _path_of_change(self, change: OkrChange) -> str:
        if not change.cycle:
            return self._settings
        return f"{self._folder}/{change.cycle}/{change.team or 'cycle'}.yml"

    def _compare_branch_commit(
        self, revision: Revision, main: BlobIds, owners: PointOwners
    ) -> StampedChanges:
        """Return what one commit of a branch changed there; adds its points to `owners`."""
        before = {**main}
        for change in revision.changes:
            before.pop(change.path, None)
            if change.old_blob is not None:
                before[change.old_path] = change.old_blob
        after = {**before}
        apply_revision(revision, after)
        stamp = stamp_of_revision(revision)
        paths = {p for c in revision.changes for p in (c.path, c.old_path)}
        paths = {path for path in paths if document_kind(path, self._folder) is not None}
        sides = [(state, path) for state in (before, after) for path in paths if path in state]
        if not paths or not all(self.documents.document(*side) for side in sides):
            return stamp, ()
        if not all(self._settings in state for state in (before, after)):
            return stamp, ()
        comparison = self._states.compare(before, after, paths, stamp.day_in_force, main)
        owners |= {
            identity_of_point(ref, point): point
            for ref, point in points_of_comparison(comparison, stamp)
        }
        return stamp, self._changes_with_paths(comparison)
