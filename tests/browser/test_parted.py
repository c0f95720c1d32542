"""A table too long for one page: parts that work alone, and the whole where a script may run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.companies import Options
from browser.served import served
from browser.test_accessibility import faults
from browser.visits import Visits, Window
from okrdocs.pages.key_result_table import MOST_ROWS_IN_A_PART

PAGE = "okrs/key-results.html"
EACH = 200
FIRST = 100


def parted(root: Path, with_site: Callable[[Path], Path]) -> Options:
    """Two teams, whose key results don't fit on one page together."""
    with_site(root)
    teams = {"company": {"name": "Company"}, "care": {"name": "Care", "parent": "company"}}
    texts: dict[str, object] = {
        "okr.yml": {"schema": 1, "organization": "Large", "teams": teams},
        "2025-Q1/cycle.yml": {"schema": 1, "status": "active"},
    }
    for team in teams:
        rows = [{"id": f"kr-{n}", "title": f"{team} {n}", "target": 10} for n in range(EACH)]
        made = {"id": "grow", "title": "Grow", "key_results": rows}
        texts[f"2025-Q1/{team}.yml"] = {"schema": 1, "objectives": [made]}
    for path, text in texts.items():
        (root / "okrs" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "okrs" / path).write_text(json.dumps(text), encoding="utf-8")
    return ("--as-of", "2025-02-01")


@pytest.fixture(scope="module")
def parted_visits(browser: Browser, built: Callable[..., Path]) -> Iterator[Visits]:
    assert EACH < MOST_ROWS_IN_A_PART < 2 * EACH
    with served(built(parted)) as address:
        yield Visits(browser, address)


@pytest.fixture
def window(parted_visits: Visits) -> Iterator[Window]:
    with parted_visits.window() as window:
        yield window
        assert window.faults == []


def shown(page: Page) -> int:
    return page.locator(".okr-explore tbody tr:visible").count()


def test_the_parts_are_joined_and_the_first_rows_show_until_all_are_asked_for(
    window: Window,
) -> None:
    page = window.open(PAGE)
    expect(page.locator(".okr-filter output")).to_have_text(f"{2 * EACH} key results")
    assert shown(page) == FIRST
    expect(page.locator(".okr-parts")).to_be_hidden()
    page.get_by_role("button", name=f"Show all {2 * EACH}").click()
    assert shown(page) == 2 * EACH
    assert page.evaluate("document.activeElement.textContent") == f"company {FIRST}"


def test_a_link_to_a_filter_finds_rows_of_another_part(window: Window) -> None:
    page = window.open(f"{PAGE}?team=care&find=care+199")
    expect(page.locator(".okr-filter output")).to_have_text(f"1 of {2 * EACH} key results")
    assert shown(page) == 1
    assert page.get_by_role("button", name="Show all").count() == 0
    page.get_by_role("link", name="care 199").click()
    expect(page).to_have_url(re.compile("2025-Q1/care[.]html#grow--kr-199$"))


def test_on_paper_every_row_stands(window: Window) -> None:
    page = window.open(PAGE)
    expect(page.locator(".okr-filter output")).to_have_text(f"{2 * EACH} key results")
    page.emulate_media(media="print")
    assert shown(page) == 2 * EACH


def test_without_script_each_part_is_whole_and_leads_to_the_other(parted_visits: Visits) -> None:
    with parted_visits.window(javascript=False) as window:
        page = window.open(PAGE)
        assert shown(page) == EACH
        page.get_by_role("link", name="Care", exact=True).first.click()
        page.wait_for_url("**/key-results-2.html")  # and until all of it is there
        assert shown(page) == EACH
        assert page.locator("h1").inner_text().startswith("Key results, part 2")


def test_axe_finds_nothing_in_a_part_on_a_dark_phone(parted_visits: Visits) -> None:
    with parted_visits.window(375, "dark") as window:
        page = window.open(PAGE)
        expect(page.get_by_role("button", name="Show all")).to_be_visible()
        assert faults(page) == []


def test_where_the_other_part_can_t_be_read_this_one_works(parted_visits: Visits) -> None:
    with parted_visits.window() as window:
        window.page.route("**/key-results-2.html", lambda route: route.abort())
        page = window.open(PAGE)
        expect(page.locator(".okr-filter output")).to_have_text(f"{EACH} key results")
        expect(page.locator(".okr-parts")).to_be_visible()


def test_where_the_script_is_lost_it_is_said_that_rows_are_missing(parted_visits: Visits) -> None:
    with parted_visits.window() as window:
        window.page.route("**/okrdocs.*.js", lambda route: route.abort())
        page = window.open(PAGE)
        said = "getComputedStyle(document.querySelector('.okr-explore'), '::after').content"
        assert "the first 100 rows" in page.evaluate(said)
