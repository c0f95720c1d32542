"""Each kind of page as people meet it: wide or narrow, light or dark, with or without scripts."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from browser.kinds import largest, pages
from browser.test_accessibility import faults
from browser.visits import Scheme, Visits

SHOTS = Path(__file__).parent / "shots"
TALLEST = 3000  # pixels of a picture; what comes below looks alike
LOOKS: list[tuple[int, Scheme]] = [
    (1280, "light"), (1280, "dark"), (375, "light"), (375, "dark"),
]  # fmt: skip


UNNAMED = "article table:not(:has(> caption:first-child))"
FRAME = """() => ({
    wider: document.documentElement.scrollWidth - innerWidth,
    headings: [...document.querySelectorAll("main h1")]
        .map(each => each.checkVisibility() && each.innerText.trim()),
})"""


def wrong_in(page: Page) -> list[str]:
    """What a page shows wrong, whatever it is about."""
    frame = page.evaluate(FRAME)
    wrong = []
    if frame["wider"] > 0:
        wrong.append(f"it is {frame['wider']} pixels wider than the window")
    unnamed = page.locator(UNNAMED).count()
    if unnamed:
        wrong.append(f"{unnamed} of its tables have no name")
    if len(frame["headings"]) != 1 or not frame["headings"][0]:
        wrong.append(f"it should have one heading that is seen, not {frame['headings']}")
    return wrong


def keep_shot(page: Page, name: str) -> None:
    """A picture of the page for people to look at, where they are kept."""
    if os.environ.get("CI") or os.environ.get("OKRDOCS_SHOTS"):
        size = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
        name = re.sub(r"[^\w.]+", "-", name)
        page.screenshot(
            path=SHOTS / f"{name}.png",
            full_page=True,
            animations="disabled",
            clip={"x": 0, "y": 0, "width": size[0], "height": min(size[1], TALLEST)},
        )


# What only a script makes of use: buttons and fields that sort, filter and copy.
ADDED = "button, input, select, form, nav, [role=status], .headerlink"
WORDS = f"""() => {{
    const shown = document.querySelector("article");
    const article = shown.parentNode.insertBefore(shown.cloneNode(true), shown);
    for (const each of article.querySelectorAll("details")) each.open = true;
    for (const each of article.querySelectorAll({ADDED!r}))
        if (!each.querySelector("a"))
            each.replaceWith(...(each.closest("th") ? each.childNodes : []));
    const words = article.innerText.split(/\\s+/);
    article.remove();
    return words;
}}"""


# Looking at each element takes its time, and two looks between them show all that axe can see.
WITH_AXE: list[tuple[int, Scheme]] = [(1280, "light"), (375, "dark")]
WITH_PLAIN: list[tuple[int, Scheme]] = [(1280, "light"), (375, "light")]


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_each_kind_of_page_is_sound_in_each_look_and_without_a_script(
    visits: Visits, site: Path, width: int, scheme: Scheme, half: int
) -> None:
    """Opening a page takes longest, so that all that is claimed of every page is asked at once:

    It fails nowhere, spills over nowhere and asks no other host; its tables have names; axe finds
    nothing; without a script it shows as many words.
    """
    found: dict[str, list[str]] = {}
    look = (width, scheme)
    with visits.window(*look) as window, visits.window(*look, javascript=False) as plain:
        for kind, paths in [*pages(site).items()][half::2]:
            page = window.open(paths[0])
            found[kind] = [*wrong_in(page), *window.faults]
            keep_shot(page, f"{kind}-{width}-{scheme}")
            if look in WITH_PLAIN:
                still = plain.open(paths[0])
                wrong = [*wrong_in(still), *plain.faults]
                missing = words_of(page) - words_of(still)
                found[kind] += [f"without a script: {each}" for each in (*wrong, *sorted(missing))]
            if look in WITH_AXE:
                # A whole document is made of pages' parts: the smallest one is enough.
                last = kind == "cycle's document"
                found[kind] += faults(window.open(paths[-1]) if last else page)
    assert {kind: wrong for kind, wrong in found.items() if wrong} == {}
    assert found


def words_of(page: Page) -> set[str]:
    """The words of an article with all its fold-outs open; the page stays as it is."""
    return set(page.evaluate(WORDS))


def test_a_teams_page_is_light(visits: Visits, site: Path) -> None:
    with visits.window(first_visit=True) as window:
        page = window.open(largest(site)["cycle's team"])
        page.wait_for_load_state("networkidle")
        bodies = {
            each.url: each.request.sizes()["responseBodySize"]
            for each in window.responses
            if not each.url.endswith("search_index.json")
        }
        assert sum(bodies.values()) < 300_000, bodies
        assert page.locator("*").count() < 1500
