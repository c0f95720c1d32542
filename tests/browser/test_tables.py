"""The other tables: named for those who hear them, and sorted by what their cells mean."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from browser.visits import Visits

CYCLES, TEAM = "okrs/cycles.html", "okrs/teams/product.html"
DOCUMENT = "okrs/2025-Q1/index.html"


def column(table: Locator, head: str) -> list[str]:
    """The first line of each cell below a head."""
    at = table.get_by_role("columnheader", name=head).evaluate("head => head.cellIndex + 1")
    cells = table.locator(f"tbody td:nth-child({at})").all_inner_texts()
    return [text.split("\n")[0].strip() for text in cells]


def sort(table: Locator, head: str) -> list[str]:
    table.get_by_role("button", name=head, exact=True).click()
    return column(table, head)


@pytest.mark.parametrize("width", [1280, 375])
def test_a_table_is_announced_by_its_name(visits: Visits, width: int) -> None:
    with visits.window(width) as window:
        page = window.open(DOCUMENT)
        for name in ("Document control", "Key results of objective 1", "Change history"):
            expect(page.get_by_role("table", name=name, exact=True)).to_have_count(1)
        caption = page.locator("caption").first.bounding_box()
        assert caption
        assert caption["width"] <= 1
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_cycles_are_sorted_by_their_time_whatever_they_are_called(visits: Visits) -> None:
    with visits.window() as window:
        table = window.open(TEAM).get_by_role("table", name="All cycles")
        written = column(table, "Cycle")
        assert written[0] == "Q2 2025"
        assert "The pilot, autumn 2023" in written
        assert sort(table, "Cycle") == written[::-1]
        assert sort(table, "Cycle") == written
        expect(table).to_have_accessible_name("All cycles")
        assert window.faults == []


def test_shares_are_sorted_by_what_they_amount_to(visits: Visits) -> None:
    with visits.window() as window:
        table = window.open(CYCLES).get_by_role("table", name="Past cycles").first
        shares = [re.sub(r".*\((\d+)%\)", r"\1", text) for text in sort(table, "At their aim")]
        assert len(set(shares)) > 2
        assert shares == sorted(shares, key=int)


def test_grades_and_changes_of_a_document_are_sorted(visits: Visits) -> None:
    with visits.window() as window:
        page = window.open(DOCUMENT)
        grades = sort(page.get_by_role("table", name="Grades of the objectives"), "Grade")
        assert grades == sorted(grades, key=float)
        changes = page.get_by_role("table", name="Change history")
        sort(changes, "Author")
        assert sort(changes, "Date") == sorted(column(changes, "Date"))
        expect(changes.get_by_role("button", name="Change", exact=True)).to_have_count(0)


def test_what_has_one_or_two_rows_needs_no_order(visits: Visits) -> None:
    with visits.window() as window:
        table = window.open(CYCLES).get_by_role("table", name="Drafts of cycles")
        assert table.get_by_role("row").count() == 2
        assert table.get_by_role("button").count() == 0
