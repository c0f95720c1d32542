"""The style sheet and the scripts of the pages, each with its digest in its name.

They lie beside the pages, so that every builder and every web server finds them; with another
content they have another name, so that no browser shows an old one after an upgrade.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources

FOLDER = "assets"
FRAME = "okrdocs-frame."
"""How the name of the style sheet begins that isn't for pages beside those of others."""
_NAMES = ("okrdocs.css", "okrdocs-frame.css", "okrdocs.js", "okrdocs-cascade.js")
_MARK = "/* Written by okrdocs beside the pages; the next run puts back what is changed here. */\n"


@cache
def asset_texts() -> Mapping[str, str]:
    """Return the texts by their paths in the folder of the pages: `assets/okrdocs.1a2b3c4d.css`."""
    return {_path(name, text): text for name, text in _texts()}


def _texts() -> list[tuple[str, str]]:
    here = resources.files(__name__)
    return [(name, _MARK + (here / name).read_text("utf-8")) for name in _NAMES]


def _path(name: str, text: str) -> str:
    stem, _, ending = name.rpartition(".")
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{FOLDER}/{stem}.{digest}.{ending}"
