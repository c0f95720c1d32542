"""What pages weigh, as a browser gets them: bytes of HTML, and elements that it has to lay out.

Measured on the generated Markdown, made HTML by the extensions that every site has; what the
theme puts around it is allowed for. A page that grows beyond this is slow where it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

import large_company
from okrdocs.pages import all_pages
from okrdocs.pages.render import render_page
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.source.disk import DiskTree
from site_markdown import site_markdown

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES, MOST_ELEMENTS = 300_000, 1_500
MOST_AT_ONCE = 4_000
THEME_BYTES, THEME_ELEMENTS = 20_000, 250
"""What the theme adds to a page: its head, header, navigation and footer."""


class _Counted(HTMLParser):
    """Elements of a page: all, and those that no closed fold-out holds back."""

    def __init__(self) -> None:
        super().__init__()
        self.elements = self.at_once = 0
        self.folds: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        self.at_once += all(self.folds)
        if tag == "details":
            self.folds.append("open" in dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == "details":
            self.folds.pop()


def counted(html: str) -> _Counted:
    parser = _Counted()
    parser.feed(html)
    assert parser.folds == []
    return parser


def html_pages(root: Path, wanted: Callable[[str], bool]) -> dict[str, str]:
    """The HTML of those pages of a company whose paths are wanted, by the path."""
    found = evaluate(DiskTree(root), as_of=None, today=date(2025, 5, 16))
    assert found.scores is not None, found.problems
    markdown = site_markdown()
    pages = [page for page in all_pages(found.scores) if wanted(page.path)]
    return {page.path: markdown.reset().convert(_body(render_page(page))) for page in pages}


def _body(text: str) -> str:
    """The Markdown below the front matter."""
    return text.split("\n---\n", 1)[1]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    root = tmp_path_factory.mktemp("large")
    for path, text in large_company.files().items():
        (root / "okrs" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "okrs" / path).write_text(text, encoding="utf-8")
    return html_pages(root, _of_each_kind)


def _of_each_kind(path: str) -> bool:
    """All that lead into a company, and one team's; the whole document is made for paper."""
    folder, _, name = path.rpartition("/")
    cycle = folder == large_company.CYCLE and name != "document.md"
    return not folder or (cycle and (name == "team-01.md" or not name.startswith("team-")))


def test_every_page_of_a_large_company_is_light(large: Mapping[str, str]) -> None:
    assert {"index.md", "key-results-3.md", "2025-Q2/who_needs_whom.md"} <= large.keys()
    sizes = {path: len(html.encode()) + THEME_BYTES for path, html in large.items()}
    assert {path: size for path, size in sizes.items() if size > MOST_BYTES} == {}


@pytest.mark.parametrize("path", ["index.md", "2025-Q2/index.md", "2025-Q2/team-01.md"])
def test_a_large_company_s_pages_lay_out_little_at_once(
    large: Mapping[str, str], path: str
) -> None:
    assert counted(large[path]).at_once + THEME_ELEMENTS < MOST_AT_ONCE


def test_a_large_company_s_key_results_are_all_there(large: Mapping[str, str]) -> None:
    tables = [html for path, html in large.items() if path.startswith("key-results")]
    rows = sum(html.count("<progress") for html in tables)
    assert rows == large_company.TEAMS * large_company.OBJECTIVES * large_company.KEY_RESULTS


def test_a_large_cycle_s_document_leads_to_every_branch(large: Mapping[str, str]) -> None:
    document, apart = large["2025-Q2/index.md"], large["2025-Q2/ladders_up.md"]
    for number in range(large_company.OBJECTIVES):
        anchor = f"below_company--objective-{number}"
        assert f'href="ladders_up.md#{anchor}"' in document
        assert apart.count(f'id="{anchor}"') == 1
    assert 'href="who_needs_whom.md"' in document


@pytest.mark.demonstration
def test_the_demonstration_s_pages_are_light_and_small() -> None:
    teams = [path.stem for path in (ROOT / "okrs/2025-Q2").glob("*.yml") if path.stem != "cycle"]
    documents = {"index.md", "key-results.md", "2025-Q2/index.md"}
    found = html_pages(ROOT, lambda p: p in {*documents, *(f"2025-Q2/{t}.md" for t in teams)})
    assert len(found) == len(documents) + len(teams)
    heavy = {path: len(html) for path, html in found.items() if len(html) > MOST_BYTES / 2}
    assert heavy == {}
    counts = {path: counted(html).elements + THEME_ELEMENTS for path, html in found.items()}
    assert {path: n for path, n in counts.items() if n > MOST_ELEMENTS} == {
        "2025-Q2/index.md": counts["2025-Q2/index.md"]  # a whole document, with its drawings
    }


@pytest.mark.demonstration
def test_a_company_that_isn_t_large_has_nothing_apart() -> None:
    found = evaluate(DiskTree(ROOT), as_of=None, today=date(2025, 5, 16))
    assert found.scores is not None
    paths = {page.path for page in all_pages(found.scores)}
    assert not any("ladders_up" in path or "who_needs_whom" in path for path in paths)
    assert "key-results-2.md" not in paths
