"""Watches the YAML for the live preview: one edit makes one new set of pages and one rebuild.

MkDocs watches the pages, this module watches the YAML. Pages are written only where their
bytes change, so that the two never chase each other.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchfiles import DefaultFilter, watch

_SETTLE = 100  # milliseconds without a change before a change counts as complete


@contextmanager
def regenerate_on_change(folder: Path, regenerate: Callable[[], None]) -> Iterator[None]:
    """Call `regenerate` after each change below the folder, until the block is left."""
    stop = threading.Event()
    thread = threading.Thread(
        target=_watch_until_stopped, args=(folder, regenerate, stop), daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)


def _watch_until_stopped(
    folder: Path, regenerate: Callable[[], None], stop: threading.Event
) -> None:
    for _changes in watch(folder, watch_filter=DefaultFilter(), step=_SETTLE, stop_event=stop):
        regenerate()
