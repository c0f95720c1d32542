"""The kinds of pages in a built site, found in its folder: a new kind is tested at once."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

# Hand-written pages: with code and tables, with links, with long words.
HAND_WRITTEN = ("rules/index.html", "rules/stale.html", "reference/text.html", "404.html")


def kind(path: Path, okrs: Path) -> str:
    """What a page is: `index`, `team of a cycle`, `person` ..., by the place of its file."""
    above = path.relative_to(okrs).parts[:-1]
    if not above:
        return path.stem
    if (path.parent / "document.html").exists():
        return f"cycle's {path.stem if path.stem in ('index', 'document') else 'team'}"
    return "/".join((*above, "index" if path.stem == "index" else "one"))


def pages(site: Path) -> Mapping[str, list[str]]:
    """{kind: its pages by their paths in the site, the largest first}"""
    okrs = site / "okrs"
    found = sorted(okrs.rglob("*.html"), key=lambda path: (kind(path, okrs), -path.stat().st_size))
    of_okrs = {
        name: [path.relative_to(site).as_posix() for path in group]
        for name, group in groupby(found, key=lambda path: kind(path, okrs))
    }
    return of_okrs | {path: [path] for path in HAND_WRITTEN}


def largest(site: Path) -> Mapping[str, str]:
    """{kind: its largest page}"""
    return {name: paths[0] for name, paths in pages(site).items()}
