"""Hostile texts in titles, headings, tables and fields of a site that MkDocs really builds."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from okrdocs.markup.escape import escape_inline, front_matter_scalar, terminal_text
from okrdocs.markup.prose import prose_to_markdown

CORPUS: list[str] = json.loads(
    (Path(__file__).parents[1] / "hostile" / "texts.json").read_text(encoding="utf-8")
)
TEXTS = [text for text in CORPUS if terminal_text(text)]
TITLES = [
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "' onclick='x' \\\" \\",
    "{{ config }} {% raw %} <%= x %>",
    "</textarea></td>--> R&D: #1 – 目標 👩‍👩‍👧‍👦",
    "---",
    "# x: y",
]
CONFIG = """
site_name: Goals
theme: {name: material, font: false}
plugins: [search]
use_directory_urls: false
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist
"""


class Page(HTMLParser):
    """Every tag with its attributes; the text of titles, headings, cells and nav links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.path: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("title", "h1", "h2", "td") or "md-ellipsis" in (dict(attrs).get("class") or ""):
            self.texts.append(("nav" if tag == "span" else tag, ""))

    def handle_data(self, data: str) -> None:
        if self.texts:
            kind, text = self.texts[-1]
            self.texts[-1] = (kind, text + data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("title", "h1", "h2", "td", "span"):
            self.texts.append(("", ""))

    def of(self, kind: str) -> list[str]:
        return [same(text) for name, text in self.texts if name == kind]


def same(text: str) -> str:
    return " ".join(text.replace("¶", "").split())


def page(title: str, body: str) -> str:
    return f"---\ntitle: {front_matter_scalar(title)}\n---\n# {escape_inline(title)}\n\n{body}\n"


def page_of(title: str, texts: list[str]) -> str:
    headings = "\n\n".join(
        f"## {escape_inline(text)} {{#h{n}}}\n\nx" for n, text in enumerate(texts)
    )
    rows = "\n".join(f"| {escape_inline(text)} | x |" for text in texts)
    return page(title, f"{headings}\n\n## Table {{#t}}\n\n| a | b |\n|---|---|\n{rows}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    pages = {"corpus.md": page_of(TITLES[0], TEXTS), "plain.md": page_of("Plain", ["a", "b"])}
    pages["index.md"] = page("Home", prose_to_markdown("*a* **b** `c` [d](http://e)\n- f\n\n1. g"))
    pages["prose.md"] = page("Prose", "\n\n".join(prose_to_markdown(text) for text in TEXTS))
    pages |= {f"t{n}.md": page(title, "x") for n, title in enumerate(TITLES)}
    (root / "docs").mkdir()
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for name, text in pages.items():
        (root / "docs" / name).write_text(text, encoding="utf-8", newline="\n")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    subprocess.run(command, cwd=root, env=env, check=True, capture_output=True, timeout=120)
    return root / "site"


def test_a_built_site_shows_every_hostile_text_as_typed(site: Path) -> None:
    built = Page((site / "corpus.html").read_text(encoding="utf-8"))
    typed = [same(terminal_text(text)) for text in TEXTS]
    assert built.of("h2") == [*typed, "Table"]
    assert [cell for cell in built.of("td") if cell != "x"] == [
        text for text in typed if text != "x"
    ]
    assert built.of("title") == [same(TITLES[0]) + " - Goals"]
    assert set(typed) <= set(built.of("nav"))
    titles_are_text(site)
    no_page_has_a_foreign_tag(site)
    search_has_text_as_html(site)


def titles_are_text(site: Path) -> None:
    for n, title in enumerate(TITLES):
        built = Page((site / f"t{n}.html").read_text(encoding="utf-8"))
        assert built.of("title") == [same(title) + " - Goals"]
        assert built.of("h1") == [same(title)]
        assert set(map(same, TITLES)) <= set(built.of("nav"))


def no_page_has_a_foreign_tag(site: Path) -> None:
    """No tag or attribute that the pages with plain texts don't have."""
    known = tags_of(site / "plain.html") | tags_of(site / "index.html")
    for path in site.glob("*.html"):
        assert tags_of(path) <= known, path.name
        addresses = [attrs.get("href") or attrs.get("src") or "" for _, attrs in read(path).tags]
        assert not [address for address in addresses if "alert(" in address], path.name


def tags_of(path: Path) -> set[tuple[str, str]]:
    return {(tag, name) for tag, attrs in read(path).tags for name in [*attrs, ""]}


def read(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


def search_has_text_as_html(site: Path) -> None:
    """Material puts what the index holds into the page as HTML: so it must be escaped there."""
    docs = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    found = {same(html.unescape(doc["title"])) for doc in docs}
    assert {same(terminal_text(text)) for text in [*TEXTS, *TITLES]} <= found
    for doc in docs:
        tags = set(re.findall(r"<(/?\w+)[^>]*>", doc["title"] + doc["text"]))
        tags = {tag.lstrip("/") for tag in tags}
        assert tags <= {
            "p",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "ul",
            "ol",
            "li",
            "code",
            "em",
            "strong",
            "a",
        }, doc
