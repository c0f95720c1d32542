"""The drawings of cascades and dependencies, used as people do: pointed at, focused, shared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.visits import Visits, Window

PAGE = "okrs/2025-Q2/index.html"
SIGHT = {"Safe choice", "Easy to buy", "Sales motion", "Security answers", "Scale", "Frankfurt"}


@pytest.fixture
def window(visits: Visits) -> Iterator[Window]:
    with visits.window() as window:
        yield window
        assert window.faults == []


def cascade(page: Page) -> Locator:
    return page.locator(".okr-cascade").first


def box(page: Page, title: str) -> Locator:
    return cascade(page).locator(".okr-item", has=page.get_by_text(title, exact=True))


def eye(page: Page, title: str) -> Locator:
    return box(page, title).get_by_role("button")


def lit(page: Page) -> set[str]:
    return set(cascade(page).locator(".okr-item.okr-lit .okr-title").all_text_contents())


def test_pointing_at_a_box_lights_what_is_above_and_below_it(window: Window) -> None:
    page = window.open(PAGE)
    box(page, "Sales motion").hover()
    assert lit(page) == SIGHT
    page.mouse.move(0, 0)
    assert lit(page) == set()


def test_coming_to_a_box_by_keyboard_lights_its_line_of_sight(window: Window) -> None:
    page = window.open(PAGE)
    box(page, "Sales motion").get_by_role("link").focus()
    assert lit(page) == SIGHT


def test_the_eye_keeps_it_in_the_address_and_escape_lets_it_go(window: Window) -> None:
    page = window.open(PAGE)
    box(page, "Sales motion").get_by_role("link").focus()
    page.keyboard.press("Tab")
    expect(eye(page, "Sales motion")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith(f"{PAGE}?focus=sales/motion")
    expect(eye(page, "Sales motion")).to_have_attribute("aria-pressed", "true")
    expect(
        page.get_by_role("status").filter(has_text="Sales motion – 6 of 13").first
    ).to_be_visible()
    page.mouse.move(0, 0)
    assert lit(page) == SIGHT
    page.keyboard.press("Escape")
    assert page.url.endswith(PAGE)
    assert lit(page) == set()


def test_an_address_with_a_focus_opens_with_it_and_a_button_shows_all(window: Window) -> None:
    page = window.open(f"{PAGE}?focus=sales/motion")
    expect(box(page, "Sales motion")).to_be_in_viewport()
    assert lit(page) == SIGHT
    page.get_by_role("button", name="Show all").click()
    assert page.url.endswith(PAGE)
    expect(page.locator(".okr-chosen")).to_have_count(0)
    expect(box(page, "Sales motion").get_by_role("link")).to_be_focused()


def test_an_address_with_an_unknown_focus_dims_nothing(window: Window) -> None:
    page = window.open(f"{PAGE}?focus=no/such")
    expect(page.locator(".okr-dim")).to_have_count(0)


def test_a_box_leads_to_its_objective(window: Window) -> None:
    page = window.open(PAGE)
    box(page, "Sales motion").get_by_role("link").click()
    page.wait_for_url("**/okrs/2025-Q2/sales.html#motion")


def test_the_drawing_fits_the_page(window: Window) -> None:
    page = window.open(PAGE)
    for drawing in page.locator(".okr-cascade").all():
        assert drawing.evaluate("each => each.scrollWidth <= each.clientWidth")


def test_a_phone_shows_the_list_instead(visits: Visits) -> None:
    with visits.window(375) as phone:
        page = phone.open(PAGE)
        expect(cascade(page)).to_be_hidden()
        expect(page.locator(".okr-list li a").first).to_be_visible()


def test_without_script_all_is_lit_and_linked_and_nothing_does_nothing(visits: Visits) -> None:
    with visits.window(javascript=False) as window:
        page = window.open(PAGE)
        expect(cascade(page).get_by_role("link")).to_have_count(13)
        expect(cascade(page).get_by_role("button")).to_have_count(0)
        page.get_by_text("As a list", exact=True).first.click()
        expect(page.locator(".okr-list li a").first).to_be_visible()
