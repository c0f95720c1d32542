"""Gives each table of a page a caption, which Markdown has no way to write.

A Markdown extension that `mkdocs.yml` switches on, so that whatever builds the site from it has
the captions; without it the pages are the same but for them. `<div data-caption="Change history"
markdown="1">` names the table within, any other table is named by the heading above it. The
stylesheet keeps captions for those who hear a page. The only importer of Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

NAME = "data-caption"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Once a heading's text is what it will be (attr_list, 8), but before its link is added (toc, 5).
_WHEN = 6


class _CaptionProcessor(Treeprocessor):
    def run(self, root: Element) -> None:
        """Give each table of a page its caption, and each of its heads a direction."""
        for table, name in list(_tables_with_names(root)):
            if name and table.find("caption") is None:
                table.insert(0, _caption_element(name))
        for head in root.iter("th"):
            head.set("scope", "col")


def _tables_with_names(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield each table with its name, or with "" where no heading stands above it."""
    heading = ""
    names: dict[Element, str] = {}
    for element in root.iter():
        if element.tag in _HEADINGS:
            heading = "".join(element.itertext())
        elif NAME in element.attrib:
            name = element.attrib.pop(NAME)
            names.update((table, name) for table in element.iter("table"))
        elif element.tag == "table":
            yield element, names.get(element, heading)


def _caption_element(name: str) -> Element:
    # It says what the table is, and would only lengthen what a search shows of it.
    caption = Element("caption", {"data-search-exclude": ""})
    caption.text = name
    return caption


class TableCaptions(Extension):
    """Registers the extension."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Markdown's own name for it
        """Register the processor; Markdown calls this."""
        md.treeprocessors.register(_CaptionProcessor(md), "okrdocs-captions", _WHEN)


def makeExtension(**settings: Any) -> TableCaptions:  # noqa: N802  # Markdown's own name for it
    """Make the extension; Markdown calls this for `okrdocs.site.table_captions`."""
    return TableCaptions(**settings)
