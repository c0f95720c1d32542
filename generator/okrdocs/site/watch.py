"""Watches the YAML for the live preview: one edit makes one new set of pages and one rebuild.

MkDocs watches the pages, this module watches the YAML. Pages are written only where their
bytes change, so that the two never chase each other. Whatever happens to the folder or to one
rebuild, the watching goes on and says so: a preview that stands still without a word misleads.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchfiles import DefaultFilter, watch

_SETTLE = 100  # milliseconds without a change before a change counts as complete
_LOOK = 500  # milliseconds from one look at the folder itself to the next

_FolderId = tuple[int, int] | None


@contextmanager
def regenerate_on_change(
    folder: Path, regenerate: Callable[[], None], report: Callable[[str], None]
) -> Iterator[None]:
    """Call `regenerate` after each change below the folder, until the block is left.

    `report` gets a text about each failure of `regenerate` and of the watching; both go on.
    """
    stop = threading.Event()
    thread = threading.Thread(
        target=_watch_until_stopped, args=(folder, regenerate, report, stop), daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)


def _watch_until_stopped(
    folder: Path,
    regenerate: Callable[[], None],
    report: Callable[[str], None],
    stop: threading.Event,
) -> None:
    """Watch the folder that lies at the path, and each one that comes in its place."""
    while not stop.is_set():
        try:
            _watch_one_folder(folder, _folder_id(folder), regenerate, report, stop)
        except OSError as fault:
            report(f"`{folder}` can't be watched: {fault}. Trying again.")
        if stop.is_set():
            return
        _wait_for_folder(folder, report, stop)
        _regenerate_once(regenerate, report)


def _watch_one_folder(
    folder: Path,
    watched: _FolderId,
    regenerate: Callable[[], None],
    report: Callable[[str], None],
    stop: threading.Event,
) -> None:
    """Return once another folder, or none, lies at the path: changes there aren't told of."""
    if watched is None:
        return
    looks = watch(
        folder,
        watch_filter=DefaultFilter(),
        step=_SETTLE,
        stop_event=stop,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
    )
    for changes in looks:
        if _folder_id(folder) != watched:
            return
        if changes:
            _regenerate_once(regenerate, report)


def _folder_id(folder: Path) -> _FolderId:
    """Return what tells one folder from another at the same path; None where there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _wait_for_folder(folder: Path, report: Callable[[str], None], stop: threading.Event) -> None:
    if _folder_id(folder) is None:
        report(f"`{folder}` is gone. The pages stay as they were until it is there again.")
    while not stop.wait(_LOOK / 1000) and _folder_id(folder) is None:
        pass


def _regenerate_once(regenerate: Callable[[], None], report: Callable[[str], None]) -> None:
    """Run it; a fault of ours is told whole, and the next edit is a new try."""
    try:
        regenerate()
    except Exception:  # noqa: BLE001  # told with its traceback; a dead thread would say nothing
        report(f"{traceback.format_exc()}The pages stay as they were; the preview goes on.")
