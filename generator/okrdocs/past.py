"""The history of a folder on disk, with what was learnt in `.okrdocs/history.json`.

`history` reads git and knows no files; here its memory is read and, where something new was
learnt, written. A run that can't write it has merely learnt for itself.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable
from pathlib import Path

from okrdocs import __version__
from okrdocs.chronicle import History
from okrdocs.errors import OkrError
from okrdocs.git import Repository
from okrdocs.history import CACHE, Known, Working, recalled
from okrdocs.write import write_file


def history_of(
    root: Path,
    repository: Repository | None,
    rev: str = "HEAD",
    *,
    known: Iterable[Known] = (),
    working: Working | None = None,
) -> History:
    """The History as `read_history` gives it, at a fraction of the cost; empty without git.

    Only what leads to HEAD is remembered. No link is followed to the memory or through it.
    """
    if repository is None:
        return History()
    place = root / CACHE
    linked = place.is_symlink() or place.parent.is_symlink()
    history, text = recalled(
        repository, rev, None if linked else _held(place), program(), known=known, working=working
    )
    if text is not None and rev == "HEAD" and not linked:
        with contextlib.suppress(OkrError):
            write_file(place, text)
    return history


def program() -> str:
    """A word for the state of this program: what another one has learnt is learnt anew."""
    state = hashlib.sha256(__version__.encode())
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        stat = path.stat()
        name = path.relative_to(package).as_posix()
        state.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return state.hexdigest()[:16]


def _held(place: Path) -> bytes | None:
    try:
        return place.read_bytes()
    except OSError:
        return None
