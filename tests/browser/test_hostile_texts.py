"""What people type stays text in a browser: in every field, on every page, and in the search."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from browser.visits import Visits, Window
from okrdocs.markup.escape import terminal_text
from pages.test_hostile_texts import ATTRIBUTES, TAGS, company, same

WORDS = company()[1].values()
# Of the article everything; of the frame around it what could run.
FOUND = """() => {
    const said = document.querySelector("article").cloneNode(true);
    for (const each of said.querySelectorAll("svg, pre, style")) each.remove();
    const inside = [...document.querySelectorAll("article *")];
    return {
        said: said.textContent,
        tags: [...new Set(inside.map(each => each.localName))],
        attributes: [...new Set(inside.flatMap(each => each.getAttributeNames()))],
        handlers: [...document.querySelectorAll("*")].flatMap(
            each => each.getAttributeNames().filter(name => name.startsWith("on"))),
        smuggled: [...document.scripts].map(each => each.text).filter(
            text => /q\\d+q|alert/.test(text)),
    };
}"""
# What the script of the site and Material's add to an article, beside what the pages hold.
ADDED = re.compile(
    "button|form|fieldset|legend|label|input|select|option|output|type|for|name|align|hidden"
    "|autocomplete|placeholder|disabled|open"
)


def wrong_in(window: Window) -> list[str]:
    """Texts that aren't shown as typed, and what became more than text."""
    found = window.page.evaluate(FOUND)
    said = same(found["said"])
    wrong = [*window.faults, *found["handlers"], *found["smuggled"]]
    for text in WORDS:
        mark = re.search(r"q\d+q", text)
        assert mark
        if said.count(mark[0]) != said.count(same(terminal_text(text))):
            wrong.append(text)
    for names, known in (("tags", TAGS), ("attributes", ATTRIBUTES)):
        wrong += [
            name
            for name in map(str.lower, found[names])
            if not known.fullmatch(name) and not ADDED.fullmatch(name)
        ]
    return wrong


@pytest.fixture(scope="module")
def paths(hostile_site: Path) -> list[str]:
    found = sorted((hostile_site / "okrs").rglob("*.html"))
    return [path.relative_to(hostile_site).as_posix() for path in found]


def test_every_text_is_shown_as_typed_and_nothing_else_happens(
    hostile_visits: Visits, paths: list[str]
) -> None:
    assert len(paths) > 6
    found = {}
    with hostile_visits.window() as window:
        for path in paths:
            window.open(path)
            found[path] = wrong_in(window)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


RESULTS = """() => [...document.querySelectorAll(".md-search-result__list *")].flatMap(
    each => [each.localName, ...each.getAttributeNames()])"""
OF_RESULTS = re.compile(
    "a|article|code|del|details|div|em|h1|h2|li|mark|nav|ol|p|strong|summary|ul|span|t[a-z]+|br|small|dl|dt|dd"
    "|class|href|tabindex|data-md-.*|title|style|open"
)


@pytest.mark.parametrize("words", ["img onerror", "alert 1"])
def test_the_search_shows_them_as_text_too(hostile_visits: Visits, words: str) -> None:
    with hostile_visits.window() as window:
        page = window.open("okrs/index.html")
        page.keyboard.press("/")
        page.keyboard.type(words)
        page.locator(".md-search-result__item").first.wait_for()
        assert {name for name in page.evaluate(RESULTS) if not OF_RESULTS.fullmatch(name)} == set()
        assert window.faults == []
