"""Writes the chosen files of `okr init`: all of them, or none where one can't be written."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from okrdocs.atomic_file import write_file
from okrdocs.commands.init.comparison import ComparedFile
from okrdocs.errors import OkrError


def write_files(texts: Iterable[tuple[Path, str]]) -> None:
    """Write each text to its path, with the folders above it.

    Raises OkrError where one can't be written; what was written before it is taken back then.
    """
    before: list[tuple[Path, bytes | None]] = []
    new_folders: list[Path] = []
    try:
        for path, text in texts:
            before.append((path, path.read_bytes() if path.is_file() else None))
            new_folders += [folder for folder in path.parents if not folder.exists()]
            status = path.stat() if path.is_file() else None
            write_file(path, text.encode(), like=status)
    except BaseException:
        _restore(before, new_folders)
        raise


def _restore(before: Iterable[tuple[Path, bytes | None]], new_folders: Iterable[Path]) -> None:
    for path, data in before:
        with contextlib.suppress(OSError, OkrError):
            if data is None:
                path.unlink(missing_ok=True)
            else:
                write_file(path, data)
    for folder in sorted(set(new_folders), key=lambda each: len(each.parts), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()


def texts_of(files: Iterable[ComparedFile]) -> list[tuple[Path, str]]:
    """Return path and new text of each file."""
    return [(file.path, file.after) for file in files]
