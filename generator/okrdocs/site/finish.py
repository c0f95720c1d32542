"""Finishes the HTML of a built site, whichever builder made it.

What the Markdown can't say is put into a page's HTML only here: the feed, the link to the YAML
behind a page, a name for the theme's search, and what a browser may load. So a company's own theme
overrides take nothing away, and a builder without hooks gives the same site.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from okrdocs.atomic_file import write_file
from okrdocs.site.assets import FRAME, asset_texts
from okrdocs.site.content_policy import add_policy, code_around
from okrdocs.site.feed_links import complete_feed_links

PAGES = "okrs"
_FEED = f"{PAGES}/feed.xml"
_FEED_MARK = 'rel="alternate feed"'
_ARTICLE = re.compile(r"<article\b.*</article\s*>", re.DOTALL)
_BODY = re.compile(r"<body\b.*", re.DOTALL)
_SEARCH = re.compile(r'(<div class="md-search"[^>]*\brole="dialog")(?![^>]*aria-label)')
_SEARCH_NAME = re.compile(r'class="md-search__input"[^>]*\baria-label="([^"]*)"')
_HEADING = re.compile(r"<h1\b")
_SOURCE = re.compile(r"^source: (.+)$", re.MULTILINE)
_FORWARD = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>OKRs</title>
<meta http-equiv="refresh" content="0; url={to}">
<meta name="robots" content="noindex">
<link rel="canonical" href="{to}">
</head>
<body><p><a href="{to}">OKRs</a></p></body>
</html>
"""


@dataclass(frozen=True, slots=True)
class FinishSettings:
    """What the configuration says of finished pages.

    `edit_base` is the address before the path of a file in the repository, "" for no link;
    `address` is the one of the site, "" where it isn't known. With `safe`, inline code runs only
    where our own pages, whose texts are all escaped, have the same.
    """

    docs: Path
    policy: bool = True
    safe: bool = False
    edit_base: str = ""
    address: str = ""


def finish_site(site: Path, settings: FinishSettings) -> None:
    """Finish every page of a site, its feeds and its first page."""
    if not (site / "index.html").exists() and (site / PAGES / "index.html").exists():
        write_file(site / "index.html", forward_page(f"{PAGES}/index.html").encode())
    known = _known_code(site) if settings.safe else None
    for path in sorted(site.rglob("*.html")):
        place = path.relative_to(site).as_posix()
        before = path.read_text("utf-8")
        after = _finish_page(before, place, settings, known)
        if after != before:
            path.write_text(after, "utf-8", newline="")
    if settings.address:
        complete_feed_links(site, settings.address)


def finish_pages(site: Path, settings: FinishSettings) -> None:
    """Finish our pages alone, in a site that is another's: with the look that is theirs only."""
    for path in sorted((site / PAGES).rglob("*.html")):
        page = path.read_text("utf-8")
        if _FEED_MARK in page:
            continue  # an unchanged page of an earlier build
        place = path.relative_to(site).as_posix()
        page = page.replace("</head>", f"{_asset_links(place)}{_feed_link(place)}</head>", 1)
        path.write_text(_with_edit_link(page, place, settings), "utf-8", newline="")
    if settings.address:
        complete_feed_links(site, settings.address)


def _asset_links(place: str) -> str:
    up = "../" * place.count("/")
    links = {
        path: f'<link rel="stylesheet" href="{up}{PAGES}/{path}">'
        if path.endswith(".css")
        else f'<script src="{up}{PAGES}/{path}" defer></script>'
        for path in asset_texts()
    }
    return "".join(link for path, link in links.items() if FRAME not in path)


def forward_page(to: str) -> str:
    """Return a page that leads on to another one."""
    return _FORWARD.format(to=html.escape(to))


def _known_code(site: Path) -> frozenset[str]:
    home = (site / PAGES / "index.html").read_text("utf-8")
    return code_around(home, _content(home))


def _finish_page(
    page: str, place: str, settings: FinishSettings, known: frozenset[str] | None
) -> str:
    if place.startswith(f"{PAGES}/"):
        page = page.replace("</head>", f"{_feed_link(place)}</head>", 1)
        page = _with_edit_link(page, place, settings)
    if name := _SEARCH_NAME.search(page):
        page = _SEARCH.sub(rf'\1 aria-label="{name[1]}"', page, count=1)
    return add_policy(page, _content(page), known) if settings.policy else page


def _content(page: str) -> str:
    """Return what came from Markdown; in a layout without an article, that may be all."""
    content = _ARTICLE.search(page) or _BODY.search(page)
    return content[0] if content else ""


def _feed_link(place: str) -> str:
    # Two words: Material takes a bare "alternate" for a translation and asks for its sitemap.
    up = "../" * place.count("/")
    return f'<link {_FEED_MARK} type="application/atom+xml" title="Check-ins" href="{up}{_FEED}">'


def _with_edit_link(page: str, place: str, settings: FinishSettings) -> str:
    """Put a link to the YAML behind a page before its heading, where one says its address."""
    source = next(_sources(settings.docs / f"{place.removesuffix('.html')}.md"), "")
    if not settings.edit_base or not source:
        return page
    address = html.escape(f"{settings.edit_base}{source}")
    link = f'<a href="{address}" class="okr-edit" rel="edit">Edit the YAML</a>'
    return _HEADING.sub(lambda heading: f"{link}{heading[0]}", page, count=1)


def _sources(path: Path) -> Iterator[str]:
    """Yield the file that a generated page names in its front matter."""
    if path.is_file():
        head = path.read_text("utf-8").partition("\n---\n")[0]
        if match := _SOURCE.search(head):
            yield match[1].strip()
