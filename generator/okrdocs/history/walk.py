"""From revision to revision along the main line: what each one changed, and the state it left.

A file that can't be read stays as it was last readable, and is compared again with the next
version that can. A merge whose commits lead from the state before to the state after is taken
commit by commit; of any other one, what its commits did is theirs as far as it is still there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from okrdocs import load
from okrdocs.chronicle import Point
from okrdocs.diff import Change
from okrdocs.drafts import NO_DRAFTS, Drafts, holds_drafts
from okrdocs.git import Repository
from okrdocs.history.frame import Frame, Look, frame_of, kind_of
from okrdocs.history.ledger import Ledger, key_of, points_between
from okrdocs.history.lens import Seen
from okrdocs.history.merges import Told, shares
from okrdocs.history.points import Stamp
from okrdocs.history.reading import Versions, id_of
from okrdocs.history.sides import Comparison, Side, compared
from okrdocs.model import CycleDocument, TeamDocument
from okrdocs.revisions import Revision
from okrdocs.tree import MAX_BYTES, File

Blobs = dict[str, str]


def stamp_of(revision: Revision) -> Stamp:
    """Whose step a revision is."""
    return Stamp(revision.id, revision.author, revision.day, revision.subject)


class Walk:
    """One reading of a history: a ledger, and the documents that were read on the way.

    With `today`, the history is the one that the public may read: without what was a draft in its
    time, and without what is one today.
    """

    def __init__(
        self,
        repository: Repository,
        folder: str,
        ledger: Ledger,
        versions: Versions,
        today: Drafts | None = None,
    ) -> None:
        self.ledger = ledger
        self._repository = repository
        self._folder = folder
        self._settings = f"{folder}/{load.ORGANIZATION_FILE}"
        self._versions = versions
        self._documents: dict[tuple[str, type[Any]], Any] = {}
        self._latest: list[tuple[Blobs, Frame]] = []
        self._today = today
        # What went into an older ledger isn't read again, so that it may hold drafts unseen.
        self._is_veiled = today is not None and (today != NO_DRAFTS or bool(ledger.actual))
        self._seen: list[tuple[Blobs, Seen]] = []

    def go(self, revisions: Iterable[Revision], *, from_boundary: bool) -> None:
        """Add some revisions to the ledger; `from_boundary`: the first one adds nothing."""
        line = list(revisions)
        self._read_all(line)
        for revision in line:
            if self.ledger.since is None:
                self.ledger.since = revision.day
            if from_boundary:
                self._take(revision, is_base=True)
                from_boundary = False
            elif self._replays(revision):
                for each in revision.merged:
                    self._take(each)
            else:
                self._take(revision, revision.merged)

    def uncommitted(self, files: Iterable[File], stamp: Stamp) -> None:
        """Add what the files of the working tree hold beyond the last revision."""
        old = self.ledger.actual
        self.ledger.actual = found = self._held(files)
        paths = [path for path in sorted({*old, *found}) if old.get(path) != found.get(path)]
        groups = [frozenset({path}) for path in paths if kind_of(path, self._folder) is not None]
        if groups:
            self._step(groups, stamp)

    # --------------------------------------------------------------- reading

    def _read_all(self, revisions: Iterable[Revision]) -> None:
        """Every version of the files that the revisions hold, by one process."""
        wanted: dict[str, dict[type[Any], str]] = {}
        for path, blob in self._versions_of(revisions):
            kind = kind_of(path, self._folder)
            if kind is not None and blob is not None:
                wanted.setdefault(blob, {}).setdefault(kind, path)
        for blob, data in self._repository.blobs(wanted, MAX_BYTES):
            for kind, path in wanted[blob].items():
                self._enter(blob, kind, data, path)

    def _versions_of(self, revisions: Iterable[Revision]) -> Iterator[tuple[str, str | None]]:
        """The files of the revisions, and the settings of the state before, in their order."""
        every = [each for revision in revisions for each in (*revision.merged, revision)]
        for path, blob in self.ledger.readable.items() if every else ():
            if kind_of(path, self._folder) is not TeamDocument:
                yield path, blob
        for change in (change for each in every for change in each.changes):
            yield change.old_path, change.old_blob
            yield change.path, change.new_blob

    def _enter(self, blob: str, kind: type[Any], data: bytes | None, path: str) -> Any:
        document = None if data is None else self._versions.read(kind, data, path)
        self._documents[blob, kind] = document
        if self._today is not None and not self._is_veiled:
            self._is_veiled = _is_draft(document)
        return document

    def _document(self, blobs: Blobs, path: str) -> Any:
        """What a file of a state says; None where it isn't there, or can't be read."""
        blob, kind = blobs.get(path), kind_of(path, self._folder)
        if blob is None or kind is None:
            return None
        if (blob, kind) not in self._documents:
            self._enter(blob, kind, dict(self._repository.blobs([blob], MAX_BYTES))[blob], path)
        return self._documents[blob, kind]

    def _held(self, files: Iterable[File]) -> Blobs:
        """The files of the working tree, named as git would name their contents."""
        length = len(next(iter(self.ledger.actual.values()), ""))
        found: Blobs = {}
        for path, data in files:
            kind = kind_of(path, self._folder)
            if kind is not None:
                plain = data.replace(b"\r\n", b"\n")
                blob = id_of(
                    data if self.ledger.actual.get(path) == id_of(data, length) else plain, length
                )
                if blob != self.ledger.actual.get(path):
                    self._enter(blob, kind, plain, path)
                found[path] = blob
        return found

    # --------------------------------------------------------------- one revision

    def _replays(self, revision: Revision) -> bool:
        """Whether the commits of a merge lead from the state before to the state after."""
        actual: Mapping[str, str | None] = self.ledger.actual
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
        _apply(revision, self.ledger.actual)
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
        """Take the files that can be read into the ledger, and note what that changed."""
        before = self.ledger.readable
        after, touched = self._readable(groups)
        if not touched:
            return
        self.ledger.readable = after
        found = self._compared(before, after, touched, stamp, before)
        if is_base:
            self.ledger.known(stamp, found)
            return
        changes = self._placed(found)
        owners: dict[tuple[object, ...], Point] = {}
        if merged:
            branch = [self._of_branch(each, before, owners) for each in merged]
            parts, changes = shares(branch, changes)
            self.ledger.steps.extend(parts)
        if changes:
            self.ledger.steps.append((stamp, changes))
        self.ledger.note(stamp, found, owners)

    def _readable(self, groups: list[frozenset[str]]) -> tuple[Blobs, set[str]]:
        """The state with all that can be read by now, and the files that this is about."""
        ledger = self.ledger
        touched: set[str] = set()
        after = {**ledger.readable}
        stuck = self._settings in ledger.waiting or self._settings not in ledger.readable
        retried = [*groups, *ledger.waiting.values()] if stuck else groups
        missed: set[frozenset[str]] = set()
        for group in dict.fromkeys(self._joined(each) for each in retried):
            if all(p not in ledger.actual or self._document(ledger.actual, p) for p in group):
                touched |= group
                _copy(group, ledger.actual, after)
            else:
                missed.add(group)
        if self._settings not in after:
            missed |= {frozenset({path}) for path in touched}
            after, touched = ledger.readable, set()
        self._wait(touched, missed)
        ledger.skipped += bool(missed.intersection(map(self._joined, groups)))
        return after, touched

    def _joined(self, group: frozenset[str]) -> frozenset[str]:
        """A group with the files that wait together with one of it."""
        return group.union(*(self.ledger.waiting.get(path, group) for path in group))

    def _wait(self, touched: Iterable[str], missed: Iterable[frozenset[str]]) -> None:
        for path in touched:
            self.ledger.waiting.pop(path, None)
        for group in missed:
            self.ledger.waiting |= dict.fromkeys(group, group)

    # --------------------------------------------------------------- what it changed

    def _compared(
        self, before: Blobs, after: Blobs, touched: Iterable[str], stamp: Stamp, main: Blobs
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
            stamp.day,
        )

    def _frame(self, blobs: Blobs, main: Blobs, touched: Iterable[str]) -> Frame:
        """The frame of a state: mostly the one of the main line's last states."""
        for held, frame in self._latest:
            if held is main and (blobs is main or self._is_alike(main, blobs, touched)):
                return frame
        return self._framed(blobs)

    def _framed(self, blobs: Blobs) -> Frame:
        organization = self._document(blobs, self._settings)
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

    def _look(self, blobs: Blobs) -> Look:
        """What the files of a state say to those for whom the history is."""
        return self._public(blobs).look if self._is_veiled else partial(self._document, blobs)

    def _shows(self, blobs: Blobs, path: str) -> bool:
        return self._public(blobs).shows(path) if self._is_veiled else path in blobs

    def _public(self, blobs: Blobs) -> Seen:
        """A state as the public sees it; those of the last steps are asked again and again."""
        known = next((seen for held, seen in self._seen if held is blobs), None)
        if known is None:
            assert self._today is not None
            look = partial(self._document, blobs)
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

    def _placed(self, found: Comparison) -> tuple[Change, ...]:
        """The changes, each with its file by its present name, and without a line."""
        return tuple(
            change._replace(path=self._path_of(change), line=0) for change in found.changes()
        )

    def _path_of(self, change: Change) -> str:
        if not change.cycle:
            return self._settings
        return f"{self._folder}/{change.cycle}/{change.team or 'cycle'}.yml"

    def _of_branch(
        self, revision: Revision, main: Blobs, owners: dict[tuple[object, ...], Point]
    ) -> Told:
        """What one commit of a branch changed there, and whose its points are."""
        before = {**main}
        for change in revision.changes:
            before.pop(change.path, None)
            if change.old_blob is not None:
                before[change.old_path] = change.old_blob
        after = {**before}
        _apply(revision, after)
        stamp = stamp_of(revision)
        paths = {p for c in revision.changes for p in (c.path, c.old_path)}
        paths = {path for path in paths if kind_of(path, self._folder) is not None}
        sides = [(state, path) for state in (before, after) for path in paths if path in state]
        if not paths or not all(self._document(*each) for each in sides):
            return stamp, ()
        if not all(self._settings in state for state in (before, after)):
            return stamp, ()
        found = self._compared(before, after, paths, stamp, main)
        owners |= {key_of(ref, point): point for ref, point in points_between(found, stamp)}
        return stamp, self._placed(found)


def _is_draft(document: Any) -> bool:
    """Whether a version of a file is a draft or holds one."""
    if isinstance(document, TeamDocument):
        return holds_drafts(document)
    return isinstance(document, CycleDocument) and document.draft


def _apply(revision: Revision, blobs: Blobs) -> None:
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
