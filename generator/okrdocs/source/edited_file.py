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

from okrdocs.atomic_file import write_file
from okrdocs.errors import EditRefusedError, OkrError

try:
    import fcntl
except (
    ImportError
):  # Windows: without the lock, only the moment between compare and replace is open
    fcntl = None  # type: ignore[assignment]  # checked before use


def edit_file(root: Path, path: str, edit: Callable[[str], str]) -> None:
    """Read `path` below `root`, applies `edit` to its text, and replaces the file.

    Raises OkrError where it can't be read or replaced, EditRefusedError where `edit` refuses; both
    name the file.
    """
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
    """Replace the bytes of `path` below `root`, keeping the file's mode.

    Raises OkrError where the file is a link or read-only, or no longer holds `before`.
    """
    file = root / path
    with _lock_folder(file.parent):
        mode = _require_writable_mode(file, path)
        if _read_bytes(file, path) != before:
            raise OkrError(
                f"`{path}` was changed by somebody else meanwhile, so it was left as it is now. "
                "Run this again."
            )
        if after != before:
            write_file(file, after, mode)


def _require_writable_mode(file: Path, path: str) -> int:
    """Return the file's mode.

    Raises OkrError where it isn't a file of its own that may be written.
    """
    try:
        mode = file.lstat().st_mode
    except OSError as fault:
        raise OkrError(f"`{path}` can't be read: {fault.strerror}.") from fault
    if not stat.S_ISREG(mode):
        raise OkrError(f"`{path}` is a link or no file at all. Put the file itself in its place.")
    if not mode & stat.S_IWUSR:
        raise OkrError(f"`{path}` is read-only. Allow writing to it, and run this again.")
    return stat.S_IMODE(mode)


def _read_bytes(file: Path, path: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise OkrError(f"`{path}` can't be read: {fault.strerror}.") from fault


@contextlib.contextmanager
def _lock_folder(folder: Path) -> Iterator[None]:
    """Keep others that edit files of a folder waiting; leaves no file behind."""
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
