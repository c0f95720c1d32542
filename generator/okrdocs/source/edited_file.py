"""Replaces a file of the folder by an edited text: as a whole, and only the text that was edited.

The last step of every command that changes a file. Two of them at once on one file: the one that
comes second is refused and changes nothing, because the file is compared, under a lock on its
folder, with what the edit began from.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from okrdocs.atomic_file import TEMPORARY_FILES, write_file
from okrdocs.errors import EditRefusedError, OkrError

try:
    import fcntl
except (
    ImportError
):  # Windows: without the lock, only the moment between compare and replace is open
    fcntl = None  # type: ignore[assignment]  # checked before use


def edit_file(root: Path, path: str, edit: Callable[[str], str]) -> None:
    """Read `path` below `root`, apply `edit` to its text, and replace the file.

    Raises OkrError, which names the file, where it can't be read or replaced, and where `edit`
    refuses.
    """
    _status_of_writable(root / path, path)
    before = _read_bytes(root / path, path)
    try:
        text = before.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise OkrError(f"`{path}` isn't UTF-8 text. Save it as such, and try again.") from fault
    try:
        after = edit(text)
    except EditRefusedError as fault:
        raise OkrError(f"`{path}` wasn't changed. {fault}") from fault
    replace_file(root, path, before, after.encode("utf-8"))


def replace_file(root: Path, path: str, before: bytes, after: bytes) -> None:
    """Replace the bytes of `path` below `root`; the file keeps its mode and, if it can, its owner.

    Raises OkrError where the file is a link or read-only, or no longer holds `before`.
    """
    file = root / path
    with _lock_folder(file.parent):
        status = _status_of_writable(file, path)
        if _read_bytes(file, path) != before:
            raise OkrError(
                f"`{path}` was changed by somebody else meanwhile, so it was left as it is now. "
                "Run this again."
            )
        if after != before:
            _remove_leftovers(file.parent)
            write_file(file, after, status)


def _remove_leftovers(folder: Path) -> None:
    """Remove the temporary files of edits that were killed, so that git doesn't see them for long.

    Under the lock of the folder no other edit is at work on one of them.
    """
    for leftover in folder.glob(TEMPORARY_FILES):
        with contextlib.suppress(OSError):
            leftover.unlink()


def _status_of_writable(file: Path, path: str) -> os.stat_result:
    """Return the file's status. Raises OkrError where it isn't a file that we may write."""
    try:
        status = file.lstat()
    except OSError as fault:
        raise OkrError(f"`{path}` can't be read: {fault.strerror}.") from fault
    if not stat.S_ISREG(status.st_mode):
        raise OkrError(f"`{path}` is a link or no file at all. Put the file itself in its place.")
    if not status.st_mode & stat.S_IWUSR or not os.access(file, os.W_OK):
        raise OkrError(f"`{path}` is read-only. Allow writing to it, and run this again.")
    return status


def _read_bytes(file: Path, path: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise OkrError(f"`{path}` can't be read: {fault.strerror}.") from fault


@contextlib.contextmanager
def _lock_folder(folder: Path) -> Iterator[None]:
    """Keep others that edit files of a folder waiting, without a file that could be left behind."""
    if fcntl is None:
        yield
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as fault:
        raise OkrError(f"`{folder}` can't be opened: {fault.strerror}.") from fault
    try:
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
