"""Says which state of this program runs: part of the key of everything kept between runs."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from okrdocs import __version__


def program_digest() -> str:
    """Return 16 hexadecimal digits: a digest of the version and of all files of the program.

    It changes with an upgrade, so that no cache of an earlier version is used.
    """
    state = hashlib.sha256(__version__.encode())
    for place, size, modified in sorted(_program_files(str(Path(__file__).parent), "")):
        state.update(f"{place} {size} {modified}\n".encode())
    return state.hexdigest()[:16]


def _program_files(folder: str, place: str) -> Iterator[tuple[str, int, int]]:
    """Yield the files of the program in a folder and those below it: place, size and time."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".j2", ".txt", ".yml", ".css", ".js")):
                stat = entry.stat()
                yield f"{place}{entry.name}", stat.st_size, stat.st_mtime_ns
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _program_files(entry.path, f"{place}{entry.name}/")
