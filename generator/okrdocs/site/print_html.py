"""Changes a page of the site so that it stands alone on paper: links, margins, page numbers.

Pure: `site.pdf` passes the page in and has a browser print the result. A PDF is passed on
without the site around it, so that a link in it leads within the document, to the published site,
or nowhere.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from html import unescape
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

# A page by itself needs no script, and its rules (of content, of forwarding) are those of the site.
_LEFT_OUT = re.compile(r"<script\b.*?</script\s*>|<meta http-equiv=[^>]*>", re.DOTALL | re.I)
_TAG = re.compile(r"""<(?:a|link|img)\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.I)
_ADDRESS = re.compile(r"""\s(href|src)=("[^"]*"|'[^']*'|[^\s>]+)""", re.I)
_ID = re.compile(r'\sid="([^"]+)"')
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
_CONTENTS = re.compile(r'<nav\b[^>]*class="okr-contents".*?</nav>', re.DOTALL)
_COVER = re.compile(r'<p class="okr-cover-line">(.*?)</p>', re.DOTALL)
_ENTRY = re.compile(r'(<a href="#([^"]+)">)(.*?)(</a>)', re.DOTALL)
_PLACE_OF_LINK = '<span class="okr-pdf"></span>'
_UNKNOWN = 888  # as wide as any page number, so that filling it in moves nothing


class PaperSheet(NamedTuple):
    """What the margins say on each page, and the size of the paper as CSS names it.

    Behind the title they repeat the cover's line: whose document it is, its status and version.
    """

    size: str
    title: str
    classification: str
    identity: str


def html_for_print(
    page: str, name: str, sheet: PaperSheet, numbers: Mapping[str, int] | None
) -> str:
    """Return the HTML to print from a folder beside the page's own, whose file is `name`.

    `numbers` are the pages on which anchors stand, for the table of contents.
    """
    page = _LEFT_OUT.sub("", page)
    published = _CANONICAL.search(page)
    links = _LinkTargets(name, frozenset(_ID.findall(page)), published[1] if published else "")
    page = _TAG.sub(lambda tag: _rewrite_links_of_tag(tag[0], links), page)
    page = _CONTENTS.sub(lambda nav: _add_page_numbers(nav[0], numbers or {}), page)
    return page.replace(
        "</head>", f"<style>{_print_style(sheet, _cover_text(page))}</style></head>", 1
    )


def has_table_of_contents(page: str) -> bool:
    """Say whether the page has a table of contents that needs page numbers."""
    return _CONTENTS.search(page) is not None


def add_pdf_link(page: str, pdf: str) -> str:
    """Add the link to the PDF that now lies beside a page of the site."""
    return page.replace(_PLACE_OF_LINK, f' · <a class="okr-pdf" href="{pdf}">PDF</a>')


class _LinkTargets(NamedTuple):
    """What a link can lead to: the page's own file, its ids, its published address or ""."""

    name: str
    ids: frozenset[str]
    published: str

    def target_of(self, address: str) -> str:
        """Return where a link of the page leads in the PDF; "" for nowhere."""
        if urlsplit(address).scheme:
            return address
        path, _, anchor = address.partition("#")
        within = self._anchor_within(path, anchor)
        if within:
            return f"#{within}"
        return urljoin(self.published, address) if self.published else ""

    def _anchor_within(self, path: str, anchor: str) -> str:
        """Return the id here of an anchor of this page, the cycle's or a team's; "" for none."""
        if path in ("", self.name) or (path == "index.html" and anchor in self.ids):
            return anchor
        team = posixpath.splitext(path)[0]
        place = f"{team}--{anchor}" if anchor and f"team_{team}" in self.ids else ""
        while place and place not in self.ids:  # a key result stands in its objective
            place = place.rpartition("--")[0]
        return place or (f"team_{team}" if f"team_{team}" in self.ids else "")


def _rewrite_links_of_tag(tag: str, links: _LinkTargets) -> str:
    """Rewrite a tag's address so that it holds in the PDF, or from one folder further down."""

    def changed(match: re.Match[str]) -> str:
        address = match[2].strip("\"'")
        if tag[:2].lower() != "<a":
            return f' {match[1]}="{address if urlsplit(address).scheme else f"../{address}"}"'
        there = links.target_of(address)
        return f' href="{there}"' if there else ""

    return _ADDRESS.sub(changed, tag)


def _add_page_numbers(contents: str, numbers: Mapping[str, int]) -> str:
    def entry(link: re.Match[str]) -> str:
        number = numbers.get(link[2], _UNKNOWN)
        return f'{link[1]}<span>{link[3]}</span><span class="okr-page">{number}</span>{link[4]}'

    return _ENTRY.sub(entry, contents)


def _cover_text(page: str) -> str:
    line = _COVER.search(page)
    return unescape(line[1]) if line else ""


def _print_style(sheet: PaperSheet, cover: str) -> str:
    title = " · ".join(filter(None, (sheet.title, cover)))
    return (
        f"@page {{ size: {sheet.size} }} :root {{"
        f" --okr-running-title: {_css_string(title)};"
        f" --okr-running-class: {_css_string(sheet.classification)};"
        f" --okr-running-id: {_css_string(sheet.identity)} }}"
    )


def _css_string(text: str) -> str:
    """Write a text as a string of CSS that can't end early, whatever it contains."""
    return '"' + "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in text) + '"'
