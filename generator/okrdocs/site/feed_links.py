"""Makes the links of Atom feeds absolute in a site whose address is known.

The pages' Markdown doesn't know where it is published, so its feeds link relative to themselves,
which RFC 4287 allows and some readers don't follow. `site.mkdocs` calls this after a build.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from okrdocs.atomic_file import write_file

_FEEDS = ("okrs/feed.xml", "okrs/feeds/*.xml")
# As `report.atom` writes it; a text in the feed holds no `<`.
_LINK = re.compile(r'(<link\b[^<>]*\bhref=")([^"<>]*)(")')


def complete_feed_links(site: Path, address: str) -> None:
    """Rewrite the feeds of a finished site; `address` is where its top folder is published."""
    for feed in sorted(path for pattern in _FEEDS for path in site.glob(pattern)):
        place = escape(urljoin(address, feed.relative_to(site).as_posix()), quote=True)
        write_file(feed, with_absolute_links(feed.read_text("utf-8"), place).encode())


def with_absolute_links(feed: str, place: str) -> str:
    """Return the feed with links that lead to the same places from anywhere."""
    return _LINK.sub(lambda link: f"{link[1]}{urljoin(place, link[2])}{link[3]}", feed)
