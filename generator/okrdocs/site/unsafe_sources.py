"""Refuses, before a build, what among a site's sources leads elsewhere or never ends.

A builder follows links and would publish what they lead to; at a pipe it waits for ever.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from okrdocs.errors import UsageError
from okrdocs.markup.escape import terminal_text


def refuse_unsafe_sources(root: Path, folders: Iterable[Path]) -> None:
    """Look through folders of Markdown and of a theme, as far as they are there.

    Raises UsageError for a link that leads out of the root, and for a pipe or a device.
    """
    real_root = Path(os.path.realpath(root))
    for folder in folders:
        for path in (folder, *_paths_below(folder)):
            if why := _reason_against(path, real_root):
                shown = terminal_text(os.path.relpath(path, root))
                raise UsageError(f"`{shown}` {why}. Remove it.")


def _paths_below(folder: Path) -> Iterator[Path]:
    """Yield all that lies in a folder. Folders behind links that stay inside are followed once."""
    met = {os.path.realpath(folder)}
    for place, folders, files in os.walk(folder, followlinks=True):
        yield from (Path(place, name) for name in sorted((*folders, *files)))
        new = {os.path.realpath(f"{place}/{name}"): name for name in folders}
        folders[:] = sorted(name for real, name in new.items() if real not in met)
        met |= set(new)


def _reason_against(path: Path, root: Path) -> str:
    """Return what speaks against a path, as the end of a sentence; "" where nothing does."""
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
        return "is a link that leads out of the folder of your OKRs' repository"
    if path.exists() and not path.is_file() and not path.is_dir():
        return "is a pipe or a device and no document"
    return ""
