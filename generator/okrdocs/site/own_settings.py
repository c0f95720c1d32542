"""Reads the file in which a company configures its site, as text; parses nothing."""

from __future__ import annotations

from pathlib import Path

from okrdocs.errors import UsageError
from okrdocs.ordinary_file import read_ordinary_file

OWN_NAMES = ("mkdocs.yml", "mkdocs.yaml")
"""What a company's configuration is called."""
_MOST = 1_000_000  # bytes


def read_own_settings(root: Path) -> tuple[str, str]:
    """Return name and text of a company's own configuration; "" where it has none.

    Raises UsageError for what can't be read, or lies elsewhere.
    """
    own = next((root / name for name in OWN_NAMES if (root / name).exists()), None)
    if own is None:
        return OWN_NAMES[0], ""
    if not own.resolve().is_relative_to(root.resolve()):
        raise UsageError(f"`{own.name}` is a link that leads out of this folder. Replace it.")
    try:
        return own.name, read_ordinary_file(own, _MOST).decode("utf-8-sig")
    except OSError as fault:
        raise UsageError(f"`{own.name}` can't be read: {fault.strerror}.") from fault
    except UnicodeDecodeError as fault:
        line = fault.object[: fault.start].count(b"\n") + 1
        raise UsageError(f"{own.name}:{line}: this line isn't UTF-8. Save it as UTF-8.") from fault


def names_docs_folder(root: Path) -> bool:
    """Return whether a company's configuration may say where the site's Markdown lies."""
    return "docs_dir" in read_own_settings(root)[1]
