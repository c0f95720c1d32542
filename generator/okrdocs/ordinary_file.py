"""Reads a file whose place a stranger could have prepared: it never waits, whatever lies there.

A pipe would block for ever, and opening a device can do harm by itself.
"""

from __future__ import annotations

import errno
import os
import stat


class NotAnOrdinaryFileError(OSError):
    """A pipe, socket or device lies at the place."""


class FileTooLargeError(OSError):
    """The file holds more bytes than the limit; `size` is how many."""

    def __init__(self, size: int) -> None:
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG))
        self.size = size


def read_ordinary_file(path: str | os.PathLike[str], limit: int) -> bytes:
    """Return the bytes of a file, following links; what was opened is judged, not its name.

    Raises NotAnOrdinaryFileError, FileTooLargeError for more than `limit` bytes, and OSError,
    as for a folder.
    """
    _require_ordinary(os.stat(path))
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as opened:
        status = os.fstat(handle)
        _require_ordinary(status)
        if status.st_size > limit:
            raise FileTooLargeError(status.st_size)
        data = opened.read(limit + 1)
    if len(data) > limit:
        raise FileTooLargeError(len(data))
    return data


def _require_ordinary(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise NotAnOrdinaryFileError(errno.EINVAL, "Not an ordinary file")
