"""A code host's own viewer shows what the site shows: no Markdown stands raw, nothing is missing.

Each generated page is made HTML twice, by Python-Markdown with the extensions of every site and
by a CommonMark parser with the tables and strikethrough of GitHub, which knows none of those
extensions. What a reader sees must be the same in both.
"""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from git_repository import Repository
from pages.test_hostile_texts import company
from site_markdown import site_markdown

ROOT = Path(__file__).parents[2]
PROSE = (
    "**Bold**, *leaning* and `code`",
    "**a *b* c** [d](https://e.test/_)",
    "- one\n- **two**\n  - *below*",
    "1. first\n2. `second` | third",
    "Text.\n\n* item\n* __it__ ~~kept~~",
)
"""Longer fields with the Markdown that they may use."""
# Marks of Markdown that no viewer leaves to be seen, unless it takes them for text.
RAW = re.compile(r"\*|`|~~|\]\(|\[[^]]*\]|\{ ?[:#.%{]|:?--+:?\s*\||^ *#+ +\S|\|$", re.MULTILINE)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SHOWN = HEADINGS | {
    "a", "strong", "em", "code", "del", "ol", "ul", "li", "table", "tr", "th", "td", "small",
    "summary", "details",
}  # fmt: skip
UNSHOWN = frozenset({"svg", "figure", "pre", "caption"})
"""Pictures, which a code host draws from their text or leaves out, and names for who hears them."""
EMPTY = frozenset({"br", "hr", "img"})

Pages = Mapping[str, str]


class Shown(HTMLParser):
    """What a page shows, in its order: words, and the tags that tell what they are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.words = ""
        self.ids: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self.links: list[str] = []
        self._left_out: list[str] = []
        self._heading: tuple[str, int] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._left_out or tag in UNSHOWN or given.get("class") == "headerlink":
            self._left_out += [] if tag in EMPTY else [tag]
            return
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        if tag in SHOWN:
            self.pieces.append(f"<{tag} {given.get('href', '')}>")
        if tag in HEADINGS:
            self._heading = (given.get("id") or "", len(self.words))
        self.words += "" if tag in ("span", "a", "strong", "em", "code", "small") else "\n"

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            if tag == self._left_out[-1]:
                self._left_out.pop()
            return
        if tag in SHOWN:
            self.pieces.append(f"</{tag}>")
        if tag in HEADINGS and self._heading:
            id_, start = self._heading
            self.headings.append((id_, " ".join(self.words[start:].split())))

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self.pieces += data.split()
            self.words += data


@pytest.fixture(scope="module")
def on_site() -> Callable[[str], Shown]:
    markdown = site_markdown()
    return lambda page: Shown(markdown.reset().convert(_body(page)))


def in_viewer(page: str) -> Shown:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return Shown(parser.render(_body(page)))


def _body(page: str) -> str:
    """The Markdown below the front matter."""
    return page.split("\n---\n", 1)[1]


def demonstration(root: Path) -> tuple[str, ...]:
    """This repository's OKRs, with a change in git, on a code host that shows their lines."""
    shutil.copytree(ROOT / "okrs", root / "okrs")
    team = root / "okrs/2025-Q2/product.yml"
    text = team.read_text("utf-8")
    team.write_text(text.replace("target: 95%", "target: 98%", 1), "utf-8")
    repository = Repository(root)
    repository.git("remote", "add", "origin", "https://github.com/acme/okrs.git")
    repository.commit("The quarter begins", day="2025-04-01")
    team.write_text(text, "utf-8")
    repository.commit("A target that can be reached", day="2025-05-13")
    return ()


def after_its_end(root: Path) -> tuple[str, ...]:
    demonstration(root)
    return ("--as-of", "2025-07-05")


def hostile(root: Path) -> tuple[str, ...]:
    """Every text tries to become something else."""
    return _with_files(root, company()[0])


def prosaic(root: Path) -> tuple[str, ...]:
    """Every text uses the Markdown that longer fields may use; elsewhere it is shown as typed."""
    files, _ = company(lambda n: f"{PROSE[n % len(PROSE)]} q{n}q", lambda _: "*P*")
    return _with_files(root, {path: _with_line_ends(text) for path, text in files.items()})


def _with_line_ends(yaml: str) -> str:
    """The YAML with its texts of several lines in double quotes, where line ends stay."""
    return re.sub(r"(stage: |value: )?'([^']*\n[^']*)'", _double_quoted, yaml)


def _double_quoted(text: re.Match[str]) -> str:
    name_of_stage = text[1]
    return (
        f"{text[1]}{json.dumps(' '.join(text[2].split()))}"
        if name_of_stage
        else json.dumps(text[2])
    )


def _with_files(root: Path, files: Mapping[str, str]) -> tuple[str, ...]:
    for path, text in files.items():
        (root / "okrs" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "okrs" / path).write_text(text, encoding="utf-8")
    return ("--as-of", "2025-04-20", "--drafts")


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(demonstration, marks=pytest.mark.demonstration),
        pytest.param(after_its_end, marks=pytest.mark.demonstration),
        hostile,
        prosaic,
    ],
)
def pages(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    okr_process: Callable[..., Any],
) -> Pages:
    root = tmp_path_factory.mktemp("company")
    done = okr_process(root, "generate", *request.param(root))
    assert done.returncode == 0, done.stderr
    folder = root / "docs/okrs"
    found = {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*.md")}
    assert len(found) > 10
    return dict(sorted(found.items()))


def test_a_viewer_shows_what_the_site_shows(pages: Pages, on_site: Callable[[str], Shown]) -> None:
    for path, page in pages.items():
        here, there = on_site(page), in_viewer(page)
        assert here.pieces == there.pieces, path
        assert here.links == there.links, path


def test_no_markdown_stands_raw(pages: Pages, on_site: Callable[[str], Shown]) -> None:
    for path, page in pages.items():
        # A sign that a person typed is an entity, and shown as typed.
        ours = re.sub(r"&#\d+;", "x", page)
        for shown in (on_site(ours), in_viewer(ours)):
            assert raw_marks(shown.words) == [], path


def raw_marks(words: str) -> list[str]:
    """Marks of Markdown in the text that a page shows, each with what stands around it."""
    return [words[max(0, m.start() - 30) : m.end() + 30] for m in RAW.finditer(words)]


@pytest.mark.parametrize(
    "page",
    [
        "<p>**Bold**</p>",
        "<summary>[A link](a.md)</summary>",
        "<td>`code`</td>",
        "## Heading {#id}",
        "Text\n{: .class }",
        "<div markdown='1'>\n| a | b |\n|---|:--|\n| 1 | 2 |\n</div>",
        "<div>\n## Heading\n</div>",
        "<small>~~old~~ ~~ </small>",
    ],
)
def test_raw_markdown_is_found(page: str) -> None:
    assert raw_marks(in_viewer(f"---\n---\n{page}").words)


def test_every_anchor_that_a_link_names_is_there_in_a_viewer(pages: Pages) -> None:
    shown = {path: in_viewer(page) for path, page in pages.items()}
    anchors = {path: {*page.ids, *heading_anchors(page)} for path, page in shown.items()}
    for path, page in shown.items():
        for target in page.links:
            place, _, anchor = target.partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
            if anchor and "://" not in place:
                assert unquote(anchor) in anchors[there if place else path], f"{path}: {target}"


def heading_anchors(page: Shown) -> Iterator[str]:
    """The anchors that GitHub and GitLab give the headings that Markdown wrote."""
    seen: dict[str, int] = {}
    for id_, words in page.headings:
        slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        if not id_:
            yield f"{slug}-{seen[slug]}" if slug in seen else slug
            seen[slug] = seen.get(slug, 0) + 1
