"""Replaces a file as a whole: the one way in which okrdocs writes to disk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from okrdocs.errors import OkrError


def write_file(path: Path | str, data: bytes, mode: int | None = None) -> None:
    """Write `data` to a temporary file beside `path` and move it there: no reader sees half a file.

    Creates missing folders; with `mode` the file never has other permissions. Raises OkrError where
    the place can't be written.
    """
    folder = os.path.dirname(path)  # hundreds of files: a Path each would cost as much as writing
    beside = os.path.join(folder, f".okr-{os.urandom(8).hex()}.tmp")
    try:
        file = _create_file(beside)
        try:
            with file:
                file.write(data)
            if mode is not None:
                os.chmod(beside, mode)
            os.replace(beside, path)
        except BaseException:
            os.unlink(beside)
            raise
    except OSError as fault:
        raise OkrError(f"`{path}` can't be written: {fault.strerror}.") from fault


def _create_file(path: str) -> BinaryIO:
    """Create a file that doesn't exist yet, with the folders above it."""
    try:
        return open(path, "xb")
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return open(path, "xb")
