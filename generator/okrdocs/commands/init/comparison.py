"""Compares each file that `okr init` would write with what is there. Writes nothing."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from okrdocs.commands.init.company_files import CompanyFile
from okrdocs.commands.init.record_file import text_hash
from okrdocs.commands.init.surroundings import MOST_BYTES, Surroundings
from okrdocs.errors import UsageError
from okrdocs.ordinary_file import read_ordinary_file


class FileState(Enum):
    """What is the matter with a file."""

    NEW = auto()
    SAME = auto()
    # Somebody changed or replaced it, and nothing new is to be said about it.
    OWN = auto()
    # Written once, and deleted since.
    DELETED = auto()
    # It would be another text now.
    DIFFERENT = auto()
    # Lines are missing, and where they belong only a person can say.
    BY_HAND = auto()


@dataclass(frozen=True, slots=True)
class ComparedFile:
    """A file, where it lies, how people call it, and its text before (None: absent) and after.

    With `BY_HAND`, `after` is what is to be added.
    """

    file: CompanyFile
    path: Path
    shown: str
    state: FileState
    before: str | None
    after: str

    def difference(self) -> Iterator[str]:
        """Yield the lines of a unified difference, without line breaks."""
        lines = difflib.unified_diff(
            (self.before or "").splitlines(),
            self.after.splitlines(),
            self.shown,
            f"{self.shown} (okr init)",
            lineterm="",
        )
        return (line.rstrip("\n") for line in lines)

    def counts(self) -> tuple[int, int]:
        """Return how many lines would come and go."""
        marks = [line[:1] for line in list(self.difference())[2:]]
        return marks.count("+"), marks.count("-")


def compare_files(
    files: Iterable[CompanyFile], surroundings: Surroundings
) -> tuple[ComparedFile, ...]:
    """Compare all files with those that are there.

    Raises UsageError for a place that can't be read or lies outside of the repository.
    """
    return tuple(_compare(file, surroundings) for file in files)


def _compare(file: CompanyFile, surroundings: Surroundings) -> ComparedFile:
    base = surroundings.top if file.at_top else surroundings.folder
    path, shown = base / file.path, surroundings.shown_path(file.path, at_top=file.at_top)
    before = _read(path, surroundings)
    written = surroundings.record.files.get(shown)
    if before is None and any((base / other).is_file() for other in file.instead):
        return ComparedFile(file, path, shown, FileState.OWN, None, file.text)
    state, after = _state(file, before, written)
    return ComparedFile(file, path, shown, state, before, after)


def _state(file: CompanyFile, before: str | None, written: str | None) -> tuple[FileState, str]:
    """Return what is the matter, and the text after; `written` is the hash of the last run's."""
    if before is None:
        return (FileState.NEW if written is None else FileState.DELETED), file.text
    if before == file.text:
        return FileState.SAME, before
    if text_hash(before) == written:
        return FileState.DIFFERENT, file.text
    after = file.add(before, file.text)
    if file.once or written == text_hash(file.text):
        return FileState.OWN, before if after is None else after
    if after is None:
        return FileState.BY_HAND, file.text
    return (FileState.SAME if after == before else FileState.DIFFERENT), after


def _read(path: Path, surroundings: Surroundings) -> str | None:
    """Return the text of a file, with `\\n` at the ends of lines; None where there is none."""
    if not path.parent.resolve().is_relative_to(surroundings.top.resolve()):
        raise UsageError(
            f"`{path.parent}` leads out of `{surroundings.top}`, where nothing is written. Replace"
            " that link by a folder."
        )
    if not os.path.lexists(path):
        return None
    if path.is_symlink():
        raise UsageError(f"`{path}` is a link, which isn't followed. Replace it by a file.")
    try:
        data = read_ordinary_file(path, MOST_BYTES)
    except OSError as fault:
        raise UsageError(f"`{path}` can't be compared: {fault.strerror}. Move it away.") from fault
    return data.decode("utf-8", errors="replace").replace("\r\n", "\n")
