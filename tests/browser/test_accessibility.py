"""Nobody is shut out: how axe-core is asked (test_pages.py does so), and the keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # no types
from playwright.sync_api import Page

from browser.kinds import pages
from browser.visits import Visits

AXE = Axe()
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
# Material's own, which no setting reaches: navigation elements without a name of their own, within
# the navigation, and around the button that copies code. Each only groups what has a name.
MATERIALS = {"landmark-unique": (".md-nav", ".md-code__nav")}


def faults(page: Page) -> list[str]:
    """What axe finds in a page with all its fold-outs open."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = AXE.run(page, options=OPTIONS).response["violations"]
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found
        for node in each["nodes"]
        if not any(
            page.locator(node["target"][0]).first.evaluate(
                "(node, known) => node.matches(known)", known
            )
            for known in MATERIALS.get(each["id"], ())
        )
    ]


# ------------------------------------------------------------------- the keyboard

# A switch of Material's is without a size; its label is what is seen.
FOCUSED = """() => {
    const stop = document.activeElement;
    const seen = stop.matches("input[type=radio]") ? stop.nextElementSibling : stop;
    const { outlineStyle, outlineWidth } = getComputedStyle(seen);
    const { width, height } = seen.getBoundingClientRect();
    return {
        name: stop.outerHTML.slice(0, 120),
        place: stop.closest("article, header, nav, footer")?.localName ?? "",
        shown: width > 0 && height > 0,
        marked: outlineStyle !== "none" && outlineWidth !== "0px",
    };
}"""


def test_the_first_stop_skips_to_the_content(visits: Visits) -> None:
    with visits.window() as window:
        page = window.open("okrs/index.html")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.md-skip')")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)["place"] == "article"


@pytest.mark.parametrize("width", [1280, 375])
def test_each_stop_of_the_keyboard_is_shown_and_marked(
    visits: Visits, site: Path, width: int
) -> None:
    with visits.window(width) as window:
        page = window.open(pages(site)["cycle's team"][-1])
        stops = []
        for _ in range(80):  # the menu of this repository's site has some fifty
            page.keyboard.press("Tab")
            stops.append(page.evaluate(FOCUSED))
        unseen = [each for each in stops if not each["shown"] or not each["marked"]]
        assert [each for each in unseen if not each["name"].startswith("<body")] == []
        assert len({each["name"] for each in stops}) > 20
        assert "article" in {each["place"] for each in stops}


def test_a_fold_out_opens_by_the_keyboard(visits: Visits, site: Path) -> None:
    with visits.window() as window:
        page = window.open(pages(site)["cycle's team"][0])
        details = page.locator("article details").first
        assert details.get_attribute("open") is None
        details.locator("summary").first.focus()
        page.keyboard.press("Enter")
        assert details.get_attribute("open") is not None


@pytest.mark.parametrize(
    ("key", "words", "found"),
    [
        ("/", "security question", "Answer every security question"),
        ("f", "Jana Müller", "People"),
        ("s", "99.87%", "99.87%"),
        ("/", "merged", "From “merged” to"),
    ],
)
def test_the_keyboard_finds_an_objective_a_person_a_number_and_a_word_in_quotes(
    visits: Visits, key: str, words: str, found: str
) -> None:
    with visits.window() as window:
        page = window.open("okrs/index.html")
        page.keyboard.press(key)
        page.keyboard.type(words)
        results = page.locator(".md-search-result__item")
        results.filter(has_text=found).first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/*h=*")
        assert window.faults == []


def test_axe_finds_nothing_in_the_results_of_a_search(visits: Visits) -> None:
    with visits.window() as window:
        page = window.open("okrs/index.html")
        page.keyboard.press("/")
        page.keyboard.type("merged")
        page.locator(".md-search-result__item").first.wait_for()
        assert faults(page) == []
