"""Reads revisions, files and contents of a git repository, and changes nothing.

Nothing here checks anything out or uses the network; whatever git can't read ends in a GitError,
never in less data.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, NamedTuple

from okrdocs.errors import UsageError
from okrdocs.source.git.blob_id import blob_id
from okrdocs.source.git.errors import AMBIGUOUS, NAMES, PARTIAL, SHALLOW, GitError, git_error
from okrdocs.source.git.log import (
    DAYS_FORMAT,
    FORMAT,
    BrokenHistoryError,
    Revision,
    one_line_text,
    parse_days,
    parse_log,
    parse_time,
)
from okrdocs.source.git.main_line_days import with_main_line_days
from okrdocs.source.git.moved_folder import former_place, joined_steps
from okrdocs.source.git.process import CompletedProcess, run_git, start_git
from okrdocs.source.git.web_links import RepositoryPage, repository_page

__all__ = ["GitError", "Repository", "TreeEntry", "find_repository"]

MAX_BLOB = 1_000_000

_LOG = (
    *("log", f"--format={FORMAT}", "--date=raw", "--encoding=UTF-8", "--no-show-signature"),
    *("--full-history", "--parents", "--topo-order", "--diff-merges=first-parent"),
    *("--raw", "-z", "--no-abbrev", "-M", "-l1000"),
    *("--no-ext-diff", "--no-textconv", "--no-notes", "--no-decorate"),
)
_LINE = (
    *("log", "--first-parent", f"--format={DAYS_FORMAT}", "--date=raw", "--encoding=UTF-8"),
    *("--no-show-signature", "--no-decorate", "--no-notes", "--no-patch"),
)
_LIST = ("ls-tree", "-t", "-z", "-l", "--full-tree")
_RENAMES = ("-r", "-M", "-l1000", "--diff-filter=R", "--name-status", "-z", "--no-commit-id")
_MARKER = "okr.yml"  # a folder has moved where its company has
_MOST_MOVES = 20
_NO_REPOSITORY = (
    b"not a git repository (or any",
    b"in a work tree",
    b"cannot use bare repository",
)
_MADE_UP = "A repository lies in `.git`, or outside of the folder whose history it holds."
_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PLACES = 200  # paths of so many places fit into any command line
_BATCH = 64  # ids of so many blobs fit into any pipe, so neither side ever waits for the other


class TreeEntry(NamedTuple):
    """A file, folder, link or submodule of a revision; `size` is 0 for all but files and links.

    The path is relative to the root, with `/`; bytes that aren't UTF-8 are surrogates in it.
    """

    path: str
    mode: str
    blob: str
    size: int


def find_repository(root: Path) -> Repository | None:
    """Return the repository in whose working tree the root lies.

    None without git, without a repository and in a bare one. Raises GitError where git refuses to
    read it: another user's folder, broken settings.
    """
    program = shutil.which("git")
    here = root.resolve()
    if program is None or not Path(program).is_absolute() or not here.is_dir():
        return None
    # Ordinary files can be a repository too, and name any working tree as theirs. Such a folder is
    # passed over: what lies in a repository can't have a `.git`, which git refuses to commit.
    return _repository_around(program, here, here) or next(
        (
            _repository_around(program, folder, here)
            for folder in (here, *here.parents)
            if os.path.lexists(folder / ".git")
        ),
        None,
    )


def _repository_around(program: str, start: Path, here: Path) -> Repository | None:
    """Return the repository that git finds from a folder, if `here` lies in its working tree."""
    questions = ("--is-inside-work-tree", "--absolute-git-dir", "--show-toplevel")
    done = run_git([program, "rev-parse", *questions], start, None)
    if done.returncode:
        if any(words in done.stderr for words in _NO_REPOSITORY):
            return None
        raise git_error(done.stderr, str(here))
    inside, git_dir, top = os.fsdecode(done.stdout.removesuffix(b"\n")).split("\n", 2)
    folder, place = Path(top).resolve(), Path(git_dir).resolve()
    if inside != "true" or not here.is_relative_to(folder) or here.is_relative_to(place):
        return None
    if place.is_relative_to(folder) and ".git" not in place.relative_to(folder).parts:
        raise GitError(f"{folder / '.git'} names {place}, whose files anyone can write. {_MADE_UP}")
    path = here.relative_to(folder).as_posix()
    return Repository(folder, "" if path == "." else f"{path}/", Path(git_dir), program)


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository; `prefix` is the path from its top to the root: "" or `sub/dir/`.

    A `rev` is any name that git knows for a commit; paths are relative to the root, with `/`. Every
    method raises GitError where git can't answer, and UsageError for a `rev` that is no commit.
    """

    top: Path
    prefix: str
    git_dir: Path
    program: str

    def resolve(self, rev: str) -> str:
        """Return the full id of a commit.

        Raises UsageError for a name that isn't surely one commit's.
        """
        if _ID.fullmatch(rev):
            return self._verify_id(rev)
        if not rev or rev.startswith("-") or not rev.isprintable():
            raise UsageError(f"`{one_line_text(os.fsencode(rev))}` can't be a revision. {NAMES}")
        return self._verify_id(rev)

    def head_commit(self) -> str | None:
        """Return the full id of the commit that is checked out; None before the first one.

        Raises GitError where `HEAD` leads to no commit.
        """
        done = self._run_git_command("rev-parse", "--verify", "--quiet", "HEAD")
        if done.returncode == 0:
            return done.stdout.decode("ascii").strip()
        if (
            self._run_git_command("symbolic-ref", "--quiet", "HEAD").returncode == 0
            and not done.stderr
        ):
            return None
        raise self._git_error(done.stderr or b"HEAD names no commit")

    def commit_day(self, rev: str) -> date | None:
        """Return the day on which a commit was made, in the committer's own time zone.

        The author's where that can't be read; None where neither can.
        """
        format_ = ("--format=%cd%n%ad", "--date=raw")
        output = self._git_output("log", "-1", "--no-show-signature", *format_, self.resolve(rev))
        committed, _, written = output.partition(b"\n")
        moment = parse_time(committed) or parse_time(written)
        return moment.date() if moment else None

    def is_shallow(self) -> bool:
        """Return whether older commits are missing in this clone: its history has no start."""
        return self._git_output("rev-parse", "--is-shallow-repository") == b"true\n"

    def merge_base(self, one: str, other: str) -> str | None:
        """Return the commit where two lines parted; None where they have nothing in common.

        Raises UsageError for a name that is no commit, and GitError.
        """
        ids = (self.resolve(one), self.resolve(other))
        done = self._run_git_command("merge-base", *ids)
        if done.returncode == 1:
            return None
        return self._output_or_error(done).decode("ascii").strip()

    def answer(self, *arguments: str) -> str:
        """Return what a command of git prints, without the line break at its end; "" for none.

        For questions whose answer may be missing: "" also where the command fails.
        """
        done = self._run_git_command(*arguments)
        return "" if done.returncode else os.fsdecode(done.stdout.removesuffix(b"\n"))

    def list_entries(self, rev: str, *places: str) -> tuple[TreeEntry, ...]:
        """Return what a revision has at some places, in git's order.

        With `/` at the end, what's in it.

        Goes no deeper, so that a few bytes can't stand for billions of files.
        """
        id_ = self.resolve(rev)
        entries: list[TreeEntry] = []
        for start in range(0, len(places), _PLACES):
            entries += self._list_entries_at(id_, places[start : start + _PLACES])
        return tuple(entries)

    def log(self, folder: str, rev: str = "HEAD", place: str = "") -> tuple[Revision, ...]:
        """Return the steps of the main line that changed files of a folder, oldest first.

        A folder that was moved here as a whole is followed to where it was before, and all paths
        are those of now. `place` is its full path, where that isn't its own. In a shallow clone the
        first revision seems to have made everything: ask `is_shallow`.
        """
        id_ = self.head_commit() if rev == "HEAD" else self.resolve(rev)
        if id_ is None:
            return ()
        people = ("-c", f"mailmap.blob={id_}:.mailmap")
        steps = self._log_of_place(
            people, id_, place or f"{self.prefix}{folder}", folder, _MOST_MOVES
        )
        line = self._git_output(*_LINE, id_) if steps else b""
        return with_main_line_days(steps, parse_days(line))

    def _log_of_place(
        self, people: tuple[str, ...], id_: str, place: str, folder: str, moves: int
    ) -> tuple[Revision, ...]:
        """Return the steps of the folder at a full path, and those of the place it came from."""
        words = [*people, *_LOG, id_, "--", place]
        steps = self._parse_revisions(
            self._output_or_error(run_git([self.program, *words], self.git_dir, self.git_dir)),
            place,
            folder,
        )
        if not steps or not moves:
            return steps
        parent = f"{steps[0].id}^1"
        former = former_place(
            self.answer("diff-tree", *_RENAMES, parent, steps[0].id), place, _MARKER
        )
        if not former:
            return steps
        before = self._log_of_place(people, self.resolve(parent), former, folder, moves - 1)
        return joined_steps(before, steps)

    def _parse_revisions(self, output: bytes, place: str, folder: str) -> tuple[Revision, ...]:
        try:
            return parse_log(output, place, folder)
        except BrokenHistoryError as broken:
            raise self._git_error(
                f"commit {broken} doesn't follow from its parent".encode()
            ) from None

    def read_blobs(
        self, ids: Iterable[str], limit: int = MAX_BLOB
    ) -> Generator[tuple[str, bytes | None], None, None]:
        """Yield the contents of blobs, each once, in order.

        None for those with more bytes than `limit`.

        One process reads them all while the caller takes them; each is checked against its id.
        """
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return
        with self._batch_reader() as (asked, answers):
            for start in range(0, len(wanted), _BATCH):
                group = wanted[start : start + _BATCH]
                self._request_blobs(asked, group)
                for id_ in group:
                    yield id_, self._read_blob(answers, id_, limit)

    def remote_page(self) -> RepositoryPage | None:
        """Return the web page of the remote `origin`.

        None where there is none or its host is unknown.
        """
        done = self._run_git_command("remote", "get-url", "origin")
        return (
            None
            if done.returncode
            else repository_page(one_line_text(done.stdout.removesuffix(b"\n")))
        )

    def state(self) -> str:
        """Return what pages depend on beside the files: commit, depth, place and web page.

        It changes with a new commit, and where an older history or another remote is fetched.
        """
        page, head = self.remote_page(), self.head_commit() or ""
        depth = "shallow" if self.is_shallow() else "whole"
        return " ".join((head, depth, self.prefix, page.address if page else ""))

    def _run_git_command(self, *arguments: str) -> CompletedProcess[bytes]:
        return run_git([self.program, *arguments], self.git_dir, self.git_dir)

    def _git_output(self, *arguments: str) -> bytes:
        return self._output_or_error(self._run_git_command(*arguments))

    def _output_or_error(self, done: CompletedProcess[bytes]) -> bytes:
        """Return what git printed. Raises GitError where it failed."""
        if done.returncode:
            raise self._git_error(done.stderr)
        return done.stdout

    def _verify_id(self, rev: str) -> str:
        """Return the full id of a commit's name.

        Raises UsageError where git knows no such commit.
        """
        done = self._run_git_command("rev-parse", "--verify", f"{rev}^{{commit}}")
        id_ = done.stdout.decode("ascii", "replace").strip()
        if b"ambiguous" in done.stderr:
            raise UsageError(f"`{rev}` is ambiguous. {AMBIGUOUS}")
        if done.returncode == 0 and _ID.fullmatch(id_):
            return id_
        raise self._unknown_revision_error(rev)

    def _unknown_revision_error(self, rev: str) -> UsageError:
        """Return an error that explains why a name isn't a commit, as far as git knows."""
        kind = self._run_git_command("cat-file", "-t", rev)
        if kind.returncode == 0:
            object_type = kind.stdout.decode().strip()
            return UsageError(f"`{rev}` is a {object_type}, not a commit. {NAMES}")
        remote = self._run_git_command(
            "rev-parse", "--verify", "--quiet", f"refs/remotes/origin/{rev}"
        )
        if remote.returncode == 0:
            return UsageError(f"There is no revision `{rev}`. Did you mean `origin/{rev}`?")
        hint = SHALLOW if self.is_shallow() else NAMES
        return UsageError(f"There is no revision `{rev}`. {hint}")

    def _list_entries_at(self, id_: str, places: tuple[str, ...]) -> Iterator[TreeEntry]:
        """Yield the entries asked for; git also lists folders above a place."""
        asked = {f"{self.prefix}{place}" for place in places}
        for line in self._git_output(*_LIST, id_, "--", *sorted(asked)).split(b"\0")[:-1]:
            entry = self._parse_entry(line)
            above = f"{entry.path.rpartition('/')[0]}/"
            if entry.path in places or above in places:
                yield entry

    def _parse_entry(self, line: bytes) -> TreeEntry:
        head, _, path = line.partition(b"\t")
        mode, _, blob, size = head.decode("ascii").split()
        if size == "BAD":
            raise self._missing_blob_error(blob)
        relative = path.decode("utf-8", "surrogateescape").removeprefix(self.prefix)
        return TreeEntry(relative, mode, blob, int(size) if size.isdigit() else 0)

    @contextmanager
    def _batch_reader(self) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
        """Start `git cat-file --batch`: gives where to ask and where it answers.

        Ends with the block.
        """
        command = [self.program, "cat-file", "--batch"]
        with start_git(command, self.git_dir, self.git_dir) as process:
            if process.stdin is None or process.stdout is None:
                raise AssertionError("both were asked for")
            yield process.stdin, process.stdout

    def _request_blobs(self, asked: IO[bytes], ids: Iterable[str]) -> None:
        """Ask the batch reader for some blobs. Raises GitError where it has stopped."""
        try:
            asked.write("".join(f"{id_}\n" for id_ in ids).encode("ascii"))
            asked.flush()
        except OSError:
            raise self._git_error(b"it stopped while it read files") from None

    def _read_blob(self, answers: IO[bytes], id_: str, limit: int) -> bytes | None:
        """Read the next answer: `<id> blob <size>`, the bytes and a line break.

        Returns None where the blob has more bytes than `limit`. Raises GitError where it is
        damaged.
        """
        answered_id, _, size = answers.readline().rstrip(b"\n").rpartition(b" ")
        if answered_id != f"{id_} blob".encode("ascii") or not size.isdigit():
            raise self._missing_blob_error(id_)
        left = int(size)
        if left > limit:
            while left > 0 and (piece := answers.read(min(left, limit))):
                left -= len(piece)
            data = None
        else:
            data = answers.read(left)
        if answers.read(1) != b"\n" or (data is not None and blob_id(data, id_) != id_):
            raise self._missing_blob_error(id_)
        return data

    def _missing_blob_error(self, id_: str) -> GitError:
        """Return why a file's contents can't be read.

        Asks again, as the batch reader gives no reason.
        """
        stderr = self._run_git_command("cat-file", "blob", id_).stderr
        return self._git_error(stderr or f"the contents of {id_} are damaged".encode("ascii"))

    def _git_error(self, stderr: bytes) -> GitError:
        partial = self._run_git_command("config", "--get-regexp", PARTIAL)
        return git_error(stderr, str(self.top), partial=partial.returncode == 0)
