"""Replaces a file as a whole: the one way in which okrdocs writes to disk."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from pathlib import Path
from typing import BinaryIO

from okrdocs.errors import OkrError

TEMPORARY_FILES = f".okr-{'[0-9a-f]' * 16}.tmp"
"""The names of the files that `write_file` moves to their place; one that was killed leaves one."""
_WAITS = (0.01, 0.05, 0.1, 0.2, 0.4)
"""Seconds from one try to the next."""


def write_file(path: Path | str, data: bytes, like: os.stat_result | None = None) -> None:
    """Write `data` to a temporary file beside `path` and move it there: no reader sees half a file.

    Creates missing folders. `like` is the status of the file that is replaced: its permissions stay
    and, where we may, its owner, and the disk holds the new bytes before the old ones go. Raises
    OkrError where the place can't be written.
    """
    folder = os.path.dirname(path)  # hundreds of files: a Path each would cost as much as writing
    beside = os.path.join(folder, f".okr-{os.urandom(8).hex()}.tmp")
    try:
        file = _create_file(beside, 0o666 if like is None else 0o600)
        try:
            with file:
                file.write(data)
                if like is not None:
                    file.flush()
                    os.fsync(file.fileno())
            if like is not None:
                _set_owner_and_mode(beside, like)
            _replace(beside, path)
        except BaseException:
            os.unlink(beside)
            raise
    except OSError as fault:
        raise OkrError(f"`{path}` can't be written: {fault.strerror}.") from fault


def _replace(beside: str, path: Path | str) -> None:
    """Move a file to its place; on Windows, wait for programs that have the old one open."""
    for seconds in _WAITS if sys.platform == "win32" else ():
        with contextlib.suppress(PermissionError):
            os.replace(beside, path)
            return
        time.sleep(seconds)
    os.replace(beside, path)


def _create_file(path: str, mode: int) -> BinaryIO:
    """Create a file that doesn't exist yet, with the folders above it."""

    def opener(path: str, flags: int) -> int:
        return os.open(path, flags, mode)

    try:
        return open(path, "xb", opener=opener)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return open(path, "xb", opener=opener)


def _set_owner_and_mode(path: str, like: os.stat_result) -> None:
    """Give a file the permissions of another one, and its owner and group where we may."""
    if hasattr(os, "chown"):  # not on Windows
        own = os.stat(path)
        if (own.st_uid, own.st_gid) != (like.st_uid, like.st_gid):
            for owner in (-1, like.st_uid):  # whoever may not give a file away may share its group
                with contextlib.suppress(OSError):
                    os.chown(path, owner, like.st_gid)
    os.chmod(path, stat.S_IMODE(like.st_mode))
