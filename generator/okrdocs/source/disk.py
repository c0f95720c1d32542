"""Reads the files of `okrs/` as bytes from disk; `revision` does so from git by the same protocol.

First step of the pipeline: `format.loader` takes what a FileTree reads. What lies in the folder may
come from a stranger's pull request, so nothing outside the root is read, nothing that isn't a file
is opened, and size and count are limited before anything is read.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from okrdocs.errors import UsageError
from okrdocs.ordinary_file import (
    FileTooLargeError,
    NotAnOrdinaryFileError,
    read_ordinary_file,
)
from okrdocs.problem import Problem, Span, error
from okrdocs.source import rejections as refused

MAX_FILES = 5_000
MAX_BYTES = 1_000_000
MAX_BYTES_IN_ALL = 32_000_000
"""Ten years of a company with thousands of key results; in git, a thousand paths cost nothing."""
_OF_THE_COMPANY = frozenset({"okr.yml", "metrics.yml"})
_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in range(10))
DEVICE_NAMES = frozenset(("con", "prn", "aux", "nul", *_PORTS))
"""What Windows takes for a device whatever follows the first dot, in any case of letters."""
_BACKUPS = ("~", ".swp", ".swo", ".bak", ".orig", ".tmp")


class File(NamedTuple):
    """A data file: its path relative to the root, with `/`, and its bytes."""

    path: str
    data: bytes


class FileTree(Protocol):
    """All data files of one state of the folder."""

    def read(self) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
        """Return the files sorted by path, and a Problem for each one that was refused."""
        ...


class DiskTree:
    """The folder as it lies on disk."""

    def __init__(self, root: Path, folder: str = "okrs") -> None:
        self.root = root
        self.folder = folder

    def read(self) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
        """Return the files sorted by path, and a Problem for each one that was refused.

        Raises UsageError where there is no such folder, or where it leads outside the root.
        """
        top = self.root / self.folder
        if not top.is_dir():
            raise UsageError(
                f"There is no folder `{self.folder}` in {self.root}. Begin one with a file "
                f"`{self.folder}/okr.yml`, or name the folder that holds it with `--root`."
            )
        real = os.path.realpath(self.root)
        if not _is_path_within_root(os.path.realpath(top), real):
            raise UsageError(
                f"The folder `{self.folder}` is a link that leads outside {self.root}. "
                "Replace it by a folder of its own."
            )
        files: list[File] = []
        problems: list[Problem] = []
        size = 0
        for file_or_problem in _walk_folder(str(top), self.folder, real):
            if isinstance(file_or_problem, Problem):
                problems.append(file_or_problem)
            elif len(files) == MAX_FILES:
                problems.append(refused.too_many_files_problem(self.folder, MAX_FILES))
                break
            elif (size := size + len(file_or_problem.data)) > MAX_BYTES_IN_ALL:
                problems.append(refused.too_many_bytes_problem(self.folder, MAX_BYTES_IN_ALL))
                break
            else:
                files.append(file_or_problem)
        return tuple(sorted(files)), tuple(sorted(problems, key=lambda p: (p.span, p.code)))

    def digest(self) -> str:
        """Read the whole folder and return a digest of its state.

        Raises UsageError as `read` does.
        """
        return digest_of_files(*self.read())


def digest_of_files(files: Iterable[File], problems: Iterable[Problem] = ()) -> str:
    """Return a digest over paths, bytes and refused files in order.

    It differs when any of them does.
    """
    total = hashlib.blake2b(digest_size=32)
    for problem in problems:
        total.update(f"{problem.code} {problem.span}\0".encode())
    for path, data in files:
        total.update(f"{len(path.encode())}:{path}{len(data)}:".encode())
        total.update(data)
    return total.hexdigest()


def misplaced_file_problem(path: str) -> Problem | None:
    """Return the Problem of a file's place and name; None where both are right.

    Judges the path under the root alone: `okr.yml`, `metrics.yml` and `<cycle>/<name>.yml` are
    data; anything else that ends in `.yml` is wrong.
    """
    parts = path.split("/")
    for part in parts:
        if part.partition(".")[0].casefold() in DEVICE_NAMES:
            return refused.device_name_problem(path, part)
    stem, dot, ending = parts[-1].rpartition(".")
    if ending.lower() in ("yml", "yaml") and ending != "yml" and dot:
        return error(
            "file-name",
            _span_of_first_line(path),
            f"The name of this file ends in `.{ending}`, and the names of data files in `.yml`.",
            f"Rename it to `{stem}.yml`.",
        )
    if len(parts) > 3 or (len(parts) == 2 and parts[1] not in _OF_THE_COMPANY):
        return error(
            "file-place",
            _span_of_first_line(path),
            "No file with OKRs is expected at this place.",
            f"Team files and `cycle.yml` stand in a cycle's folder, such as "
            f"`{parts[0]}/2025-Q1/{parts[-1]}`; only `okr.yml` and `metrics.yml` stand in "
            f"`{parts[0]}/` itself.",
        )
    return None


def is_yaml_name(name: str) -> bool:
    """Return whether a file's name is that of a YAML file."""
    return name.lower().endswith((".yml", ".yaml"))


def is_ignored_name(name: str) -> bool:
    """Return whether a file may lie beside the data.

    Hidden files, editors' backups and Markdown.
    """
    return name.startswith(".") or name.lower().endswith((*_BACKUPS, ".md"))


def _walk_folder(folder: str, path: str, real_root: str) -> Iterator[File | Problem]:
    """Yield files and Problems under a folder, by name; links to folders are not followed."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as fault:
        yield refused.unreadable_file_problem(path, fault.errno or errno.EIO)
        return
    for entry in entries:
        if is_ignored_name(entry.name):
            continue
        try:
            entry.name.encode()
        except UnicodeEncodeError:
            yield refused.bad_name_problem(f"{path}/{entry.name}")
            continue
        here = f"{path}/{entry.name}"
        if entry.is_dir(follow_symlinks=False) and path.count("/") > 0:
            yield refused.too_deep_folder_problem(here)
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk_folder(entry.path, here, real_root)
        else:
            yield _read_entry(entry, here, real_root)


def _read_entry(entry: os.DirEntry[str], path: str, real_root: str) -> File | Problem:
    if entry.is_symlink():
        target = os.path.realpath(entry.path)
        if not _is_path_within_root(target, real_root) or _is_hidden(target, real_root):
            return refused.outside_link_problem(path)
        if _is_folder(entry.path):
            return refused.folder_link_problem(path)
    if not is_yaml_name(entry.name):
        return refused.unexpected_file_problem(path)
    return misplaced_file_problem(path) or _read_file(entry.path, path)


def _read_file(real: str, path: str) -> File | Problem:
    try:
        return File(path, read_ordinary_file(real, MAX_BYTES))
    except NotAnOrdinaryFileError:
        return _not_a_file_problem(path)
    except FileTooLargeError as fault:
        return refused.too_large_problem(path, fault.size, MAX_BYTES)
    except OSError as fault:
        return refused.unreadable_file_problem(path, fault.errno or errno.EIO)


def _is_path_within_root(real: str, real_root: str) -> bool:
    return real == real_root or real.startswith(real_root.rstrip(os.sep) + os.sep)


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(Path(path).stat().st_mode)
    except OSError:  # such as links in a circle; opening the file reports it
        return False


def _is_hidden(real: str, real_root: str) -> bool:
    """Return whether a path is in a hidden folder, such as `.git`, whose files may hold a token."""
    return any(part.startswith(".") for part in Path(os.path.relpath(real, real_root)).parts)


def _span_of_first_line(path: str) -> Span:
    return Span(path, 1, 1, 1, 1)


def _not_a_file_problem(path: str) -> Problem:
    message = "This is no ordinary file (a pipe, a socket or a device), so it isn't read."
    return error("unreadable", _span_of_first_line(path), message, "Remove it.")
