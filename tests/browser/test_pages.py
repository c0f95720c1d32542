"""Each kind of page as people meet it: wide or narrow, light or dark, with or without scripts."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from browser.kinds import largest
from browser.visits import Scheme, Visits

SHOTS = Path(__file__).parent / "shots"
TALLEST = 3000  # pixels of a picture; what comes below looks alike
LOOKS: list[tuple[int, Scheme]] = [
    (1280, "light"), (1280, "dark"), (375, "light"), (375, "dark"),
]  # fmt: skip


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


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_no_page_fails_spills_over_or_asks_another_host(
    visits: Visits, site: Path, width: int, scheme: Scheme
) -> None:
    found = {}
    with visits.window(width, scheme) as window:
        for kind, path in largest(site).items():
            page = window.open(path)
            found[path] = [*wrong_in(page), *window.faults]
            keep_shot(page, f"{kind}-{width}-{scheme}")
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


# What only a script makes of use: buttons and fields that sort, filter and copy.
ADDED = "button, input, select, form, nav, [role=status], .headerlink"
WORDS = f"""() => {{
    const article = document.querySelector("article");
    for (const each of article.querySelectorAll("details")) each.open = true;
    for (const each of article.querySelectorAll({ADDED!r}))
        if (!each.querySelector("a"))
            each.replaceWith(...(each.closest("th") ? each.childNodes : []));
    return article.innerText.split(/\\s+/);
}}"""


@pytest.mark.parametrize("width", [1280, 375])
def test_without_a_script_each_page_shows_as_many_words(
    visits: Visits, site: Path, width: int
) -> None:
    found = {}
    with visits.window(width) as window, visits.window(width, javascript=False) as plain:
        for path in largest(site).values():
            page = plain.open(path)
            wrong = wrong_in(page)
            missing = set(window.open(path).evaluate(WORDS)) - set(page.evaluate(WORDS))
            found[path] = [*wrong, *plain.faults, *sorted(missing)]
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_a_teams_page_is_light(visits: Visits, site: Path) -> None:
    with visits.window() as window:
        page = window.open(largest(site)["cycle's team"])
        page.wait_for_load_state("networkidle")
        bodies = {
            each.url: each.request.sizes()["responseBodySize"]
            for each in window.responses
            if not each.url.endswith("search_index.json")
        }
        assert sum(bodies.values()) < 300_000, bodies
        assert page.locator("*").count() < 1500
