"""Parses `git log`: the revisions of a folder along the main line, oldest first.

Pure; `repository` runs the command. The main line is that of first parents: what was in force, step
by step. A merge is one step, with the revisions that it brought in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

FORMAT = "%H%n%P%n%ad%n%cd%n%aN%n%aE%n%s"
"""The `--format` of the log that `revisions` reads, with `--date=raw`."""

DAYS_FORMAT = "%H%x00%ad%x00%cd"
"""The `--format` of the log that `parse_days` reads, with `--date=raw`."""

MAX_SUBJECT = 500
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LATEST = 32_503_680_000  # the year 3000: a later date is a fault
_FIRST_DAY = datetime.fromtimestamp(0, UTC)
_ZONE = re.compile(r"([+-])([01]\d|2[0-3])([0-5]\d)", re.ASCII)


class FileChange(NamedTuple):
    """What a revision did to one ordinary file: `A`dded, `D`eleted, `M`odified or `R`enamed.

    Paths are relative to the root, with `/`; `old_path` differs from `path` only in a rename, whose
    blobs differ where the file was edited as well. A blob is None where there was no file.
    """

    status: str
    path: str
    old_path: str
    old_blob: str | None
    new_blob: str | None


class Revision(NamedTuple):
    """One step of the main line, with what it changed against the step before.

    Author and email are those of the revision's own `.mailmap`. `time` is when the author made
    the change, in the author's own time zone: it stays what it was through a rebase, a cherry-pick
    and an amended commit. `committed` is when the commit was last made anew. Anyone can set both by
    hand, so the order is that of history, never of dates, and `landed` is the day on which the main
    line got the revision, as far as its place there and `committed` tell. A date that git can't
    read is that of the other, or the first day of 1970.

    `merged` holds the revisions that a merge brought in, oldest first, each with its own author,
    day and changes (against its own parent): the author of a merge is only who pressed the button.
    `place` is the full path that the folder had then.
    """

    id: str
    author: str
    email: str
    time: datetime
    committed: datetime
    subject: str
    changes: tuple[FileChange, ...]
    merged: tuple[Revision, ...] = ()
    landed: date | None = None
    place: str = ""

    @property
    def author_day(self) -> date:
        """Return the author's day."""
        return self.time.date()


class _Commit(NamedTuple):
    parents: tuple[str, ...]
    revision: Revision


class BrokenHistoryError(ValueError):
    """The steps don't fit together: what one changed isn't what the one before left."""


def parse_log(log: bytes, place: str, folder: str) -> tuple[Revision, ...]:
    """Return the main line of the log of a place, oldest first; paths are as if that were `folder`.

    The log is that of `git log --full-history --parents --topo-order --raw -z` with FORMAT: each
    commit before its parents, and parents rewritten to those in the log. Raises BrokenHistoryError
    where a commit doesn't follow from its parent.
    """
    commits = {commit.revision.id: commit for commit in _parse_commits(log, place, folder)}
    order = {id_: -place for place, id_ in enumerate(commits)}
    line = _main_line_commit_ids(commits)
    seen = set(line)
    steps = []
    for id_ in line:
        brought = sorted(
            _reachable_commits(commits[id_].parents, commits, seen), key=order.__getitem__
        )
        if commits[id_].revision.changes:
            ordinary = [
                commits[commit_id] for commit_id in brought if len(commits[commit_id].parents) < 2
            ]
            step = commits[id_].revision
            merged = tuple(commit.revision for commit in ordinary if commit.revision.changes)
            steps.append(step._replace(merged=merged))
    return tuple(steps)


def parse_days(log: bytes) -> list[tuple[str, date]]:
    """Return each commit's id and day of its committer, oldest first."""
    days = []
    for line in reversed(log.splitlines()):
        id_, time, committed = line.split(b"\0")
        moment = parse_time(committed) or parse_time(time) or _FIRST_DAY
        days.append((id_.decode("ascii"), moment.date()))
    return days


def one_line_text(data: bytes) -> str:
    """Return a name or a subject as one line of text, whatever its bytes: no control characters."""
    return _CONTROLS.sub("\ufffd", data.decode("utf-8", "replace"))


def _main_line_commit_ids(commits: Mapping[str, _Commit]) -> list[str]:
    """Return the ids along first parents, oldest first, proved by replaying them.

    git leaves out a first parent whose whole past lacks the folder: what a branch did before it
    brought the folder stands in the main line. Raises BrokenHistoryError.
    """
    line = []
    id_ = next(iter(commits), "")
    while id_ in commits:
        line.append(id_)
        id_ = next(iter(commits[id_].parents), "")
    line.reverse()
    files: dict[str, str | None] = {}
    for id_ in line:
        changes = commits[id_].revision.changes
        if any(files.pop(change.old_path, None) != change.old_blob for change in changes):
            raise BrokenHistoryError(id_)
        files |= {change.path: change.new_blob for change in changes}
    return line


def _reachable_commits(
    starts: Iterable[str], commits: Mapping[str, _Commit], seen: set[str]
) -> list[str]:
    """Return the commits that lead to the starts and aren't in `seen`; adds them to it."""
    reached = []
    waiting = list(starts)
    while waiting:
        id_ = waiting.pop()
        if id_ in commits and id_ not in seen:
            seen.add(id_)
            reached.append(id_)
            waiting.extend(commits[id_].parents)
    return reached


def _parse_commits(log: bytes, place: str, folder: str) -> Iterator[_Commit]:
    """Yield the commits in the order of the log.

    Tokens end with NUL; paths follow their `:` line.
    """
    tokens = iter(log.split(b"\0"))
    head: bytes | None = None
    changes: list[FileChange] = []
    for token in map(bytes.lstrip, tokens):  # a line break stands before the first change
        if token.startswith(b":"):
            changes.extend(_parse_change(token[1:].split(b" "), tokens, (place, folder)))
        elif token:
            if head is not None:
                yield _parse_commit(head, changes, place)
            head, changes = token, []
    if head is not None:
        yield _parse_commit(head, changes, place)


def _parse_commit(head: bytes, changes: Iterable[FileChange], place: str) -> _Commit:
    id_, parents, time, committed, author, email, subject, *_ = (*head.split(b"\n", 6), *[b""] * 7)
    revision = Revision(
        id_.decode("ascii"),
        one_line_text(author),
        one_line_text(email),
        parse_time(time) or parse_time(committed) or _FIRST_DAY,
        parse_time(committed) or parse_time(time) or _FIRST_DAY,
        one_line_text(subject)[:MAX_SUBJECT],
        tuple(changes),
        place=place,
    )
    return _Commit(tuple(parents.decode("ascii").split()), revision)


def _parse_change(
    fields: list[bytes], tokens: Iterator[bytes], place: tuple[str, str]
) -> Iterator[FileChange]:
    """Yield the change of one `:` line, if any.

    Links, submodules and odd names count as no file.
    """
    old_mode, new_mode, old_id, new_id, status = fields
    before = next(tokens)
    after = next(tokens) if status[:1] in (b"R", b"C") else before
    old_path, path = _decode_path(before, *place), _decode_path(after, *place)
    old_blob = old_id.decode("ascii") if old_path and old_mode.startswith(b"100") else None
    new_blob = new_id.decode("ascii") if path and new_mode.startswith(b"100") else None
    if old_blob and new_blob and (old_path, old_blob) != (path, new_blob):
        letter = "M" if old_path == path else "R"
        yield FileChange(letter, path, old_path, old_blob, new_blob)
    elif old_blob and not new_blob:
        yield FileChange("D", old_path, old_path, old_blob, None)
    elif new_blob and not old_blob:
        yield FileChange("A", path, path, None, new_blob)


def _decode_path(path: bytes, place: str, folder: str) -> str:
    """Return the path of a file in `place` as one in `folder`; "" for odd names."""
    try:
        return f"{folder}{path.decode().removeprefix(place)}"
    except UnicodeDecodeError:
        return ""


def parse_time(raw: bytes) -> datetime | None:
    """Return `1736121600 +0100` as a time in its own zone; an impossible zone becomes UTC.

    None for what is no date, or one that no commit was made on.
    """
    seconds, _, zone = raw.decode("ascii", "replace").strip().partition(" ")
    is_number = seconds.isascii() and seconds.isdigit() and len(seconds) < 20
    moment = int(seconds) if is_number else 0
    if not 0 < moment < _LATEST:
        return None
    zone_match = _ZONE.fullmatch(zone)
    if zone_match is None:
        return datetime.fromtimestamp(moment, UTC)
    offset = timedelta(hours=int(zone_match[2]), minutes=int(zone_match[3]))
    return datetime.fromtimestamp(moment, timezone(-offset if zone_match[1] == "-" else offset))
