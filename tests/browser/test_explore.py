"""The table of key results, used as people do: found, filtered, sorted, shared, by the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.visits import Visits, Window
from okrdocs.pages.key_result_table import filtered_table_url

PAGE = "okrs/key-results.html"
TEAM = "okrs/2025-Q2/product.html"
STATUS, GRADE = 4, 5


@pytest.fixture
def window(visits: Visits) -> Iterator[Window]:
    with visits.window() as window:
        window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield window
        assert window.faults == []


def shown(page: Page) -> Locator:
    return page.locator(".okr-explore tbody tr:visible")


def column(page: Page, number: int) -> list[str]:
    cells = page.locator(f".okr-explore tbody tr:visible td:nth-child({number})").all_inner_texts()
    return [re.sub(r"^\W+", "", text).strip() if text != "–" else "–" for text in cells]


def state(page: Page) -> list[tuple[str, str]]:
    """What the address says of the view."""
    return parse_qsl(urlsplit(page.url).query)


def chip(page: Page, word: str) -> Locator:
    return page.get_by_role("checkbox", name=re.compile(f"^{word} "))


def test_without_script_the_whole_table_stands_there_and_nothing_that_does_nothing(
    visits: Visits,
) -> None:
    with visits.window() as window:
        total = shown(window.open(PAGE)).count()
    with visits.window(javascript=False) as window:
        page = window.open(PAGE)
        assert shown(page).count() == total > 30
        assert page.locator("article :is(button, input, select)").count() == 0
        page = window.open(TEAM)
        assert page.locator(".okr-copy").count() == 0


def test_a_status_leaves_its_rows_and_says_how_many(window: Window) -> None:
    page = window.open(PAGE)
    total = shown(page).count()
    wanted = column(page, STATUS).count("Behind")
    assert chip(page, "Behind").locator("..").inner_text().split() == ["Behind", str(wanted)]
    chip(page, "Behind").check()
    assert column(page, STATUS) == ["Behind"] * wanted
    assert page.locator("output").inner_text() == f"{wanted} of {total} key results"
    assert state(page) == [("status", "behind")]


def test_filters_combine_and_each_number_tells_what_a_choice_would_leave(window: Window) -> None:
    page = window.open(PAGE)
    chip(page, "Behind").check()
    chip(page, "At risk").check()
    team = page.get_by_role("combobox", name="Team")
    for option in team.locator("option").all()[1:]:
        name, count = re.fullmatch(r"(.+) \((\d+)\)", option.inner_text()).groups()  # type: ignore[union-attr]
        team.select_option(option.get_attribute("value"))
        assert (set(column(page, 2)) or {name}, shown(page).count()) == ({name}, int(count))
    team.select_option("product")
    assert set(column(page, STATUS)) <= {"Behind", "At risk"}
    assert set(state(page)) == {("team", "product"), ("status", "behind"), ("status", "at-risk")}


def test_words_are_found_without_case_and_accents_and_in_any_order(window: Window) -> None:
    page = window.open(PAGE)
    page.get_by_role("searchbox", name="Find in the table").fill("  CHÚRN monthly")
    assert shown(page).count() > 0
    assert all("churn" in text.lower() for text in shown(page).all_inner_texts())
    page.get_by_role("searchbox", name="Find in the table").fill("no such words")
    assert shown(page).count() == 0
    assert page.get_by_text("No key result fits.").is_visible()


def test_an_address_brings_the_view_back_also_with_the_back_button(window: Window) -> None:
    page = window.open(f"{PAGE}?team=product&status=at-risk&sort=-grade")
    grades = column(page, GRADE)
    assert grades == sorted(grades, reverse=True)
    assert set(column(page, 2)) == {"Product"}
    shown(page).first.get_by_role("link").first.click()
    page.wait_for_url("**/product.html#*")
    page.go_back()
    expect(chip(page, "At risk")).to_be_checked()
    assert column(page, GRADE) == grades


def test_each_word_of_a_status_is_found_by_the_address_that_pages_link_to(window: Window) -> None:
    words = set(column(window.open(PAGE), STATUS))
    for word in sorted(words):
        page = window.open(f"okrs/{filtered_table_url('status', word).replace('.md', '.html')}")
        assert set(column(page, STATUS)) == {word}


def test_what_an_address_says_in_vain_is_ignored_and_left_alone(window: Window) -> None:
    page = window.open(f"{PAGE}?utm=x&team=nobody&sort=nothing&status=%3Cimg%20src%3Dx%3E")
    assert page.locator("output").inner_text() == f"{shown(page).count()} key results"
    chip(page, "Behind").check()
    assert set(state(page)) == {("utm", "x"), ("status", "behind")}


def test_a_head_sorts_up_then_down_then_as_written(window: Window) -> None:
    page = window.open(PAGE)
    before = column(page, GRADE)
    head = page.locator("th", has_text="Grade")
    for direction, turned in (("ascending", False), ("descending", True)):
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == direction
        grades = column(page, GRADE)
        known = [each for each in grades if each != "–"]
        assert known == sorted(known, key=float, reverse=turned)
        assert grades[len(known) :] == ["–"] * (len(grades) - len(known))
        expect(page.locator(".okr-live")).to_have_text(f"Sorted by Grade, {direction}")
    head.get_by_role("button").click()
    assert column(page, GRADE) == before
    assert head.get_attribute("aria-sort") is None
    assert state(page) == []


def test_the_worst_status_comes_first(window: Window) -> None:
    page = window.open(f"{PAGE}?sort=status")
    words = list(dict.fromkeys(column(page, STATUS)))
    assert words[:2] == ["At risk", "Behind"]
    assert words[-1] == "On track"


def test_mine_asks_once_who_the_reader_is(window: Window) -> None:
    page = window.open(PAGE)
    page.get_by_role("button", name="Mine").click()
    who = page.get_by_role("combobox", name="Your name")
    expect(who).to_be_focused()
    who.select_option("vp-product")
    assert set(column(page, 3)) == {"Vice President Product"}
    assert state(page) == [("owner", "vp-product")]
    page = window.open(PAGE)
    assert not who.is_visible()
    page.get_by_role("button", name="Mine").click()
    assert set(column(page, 3)) == {"Vice President Product"}
    page.get_by_role("button", name="Mine").click()
    assert state(page) == []
    assert set(column(window.open(f"{PAGE}?mine"), 3)) == {"Vice President Product"}


def test_mine_works_where_the_browser_keeps_nothing(window: Window) -> None:
    window.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked') } })"
    )
    page = window.open(PAGE)
    page.get_by_role("button", name="Mine").click()
    page.get_by_role("combobox", name="Your name").select_option("vp-product")
    assert page.get_by_role("button", name="Mine").get_attribute("aria-pressed") == "true"
    assert set(column(page, 3)) == {"Vice President Product"}
    # Material keeps the reader's colours there, and says that it can't.
    window.faults.clear()


def test_reset_shows_everything_again(window: Window) -> None:
    page = window.open(f"{PAGE}?find=a&team=product&status=at-risk&sort=grade")
    reset = page.get_by_role("button", name="Reset")
    reset.click()
    expect(page.get_by_role("searchbox", name="Find in the table")).to_be_focused()
    assert page.locator("output").inner_text() == f"{shown(page).count()} key results"
    assert (state(page), page.locator("[aria-sort]").count()) == ([], 0)
    expect(reset).to_be_disabled()


def test_the_keyboard_alone_is_enough(window: Window) -> None:
    page = window.open(PAGE)
    page.get_by_role("searchbox", name="Find in the table").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Mine")).to_be_focused()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "behind":
            break
    page.keyboard.press("Space")
    assert set(column(page, STATUS)) == {"Behind"}
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Grade":
            break
    page.keyboard.press("Enter")
    assert ("sort", "grade") in state(page)
    expect(page.locator("[aria-sort] button")).to_be_focused()


def test_on_a_phone_the_choices_fold_and_each_target_is_large_enough(visits: Visits) -> None:
    with visits.window(375) as window:
        page = window.open(f"{PAGE}?status=behind")
        fold = page.locator(".okr-filter summary")
        assert fold.inner_text() == "Filter and sort (1 in use)"
        assert not page.get_by_role("combobox", name="Team").is_visible()
        fold.click()
        page.get_by_role("combobox", name="Sort by").select_option("-grade")
        assert column(page, GRADE) == sorted(column(page, GRADE), reverse=True)
        sizes = page.evaluate(
            """[...document.querySelectorAll(".okr-filter :is(button, select, label, summary)")]
                .filter(each => each.checkVisibility()).map(each => each.getBoundingClientRect())
                .map(({ width, height }) => Math.min(width, height))"""
        )
        assert min(sizes) >= 24
        assert page.evaluate("document.documentElement.scrollWidth") == 375
        assert window.faults == []


@pytest.mark.parametrize("where", ["heading", "key result"])
def test_a_copied_link_leads_back_to_the_place(window: Window, where: str) -> None:
    page = window.open(TEAM)
    place = page.locator("h2[id]" if where == "heading" else "td > a[id]").first
    identity = place.get_attribute("id")
    near = page.locator(f"[id='{identity}'] .okr-copy, [id='{identity}'] + .okr-copy")
    near.focus()
    box = near.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
    page.keyboard.press("Enter")
    expect(page.locator(".okr-live")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{page.url}#{identity}"


def test_a_link_is_copied_where_the_browser_has_no_clipboard_for_scripts(window: Window) -> None:
    window.page.add_init_script("delete Navigator.prototype.clipboard")
    page = window.open(f"{PAGE}?status=behind")
    page.get_by_role("button", name="Copy link to this view").click()
    expect(page.locator(".okr-live")).to_have_text("Copied")
    page.get_by_role("searchbox", name="Find in the table").focus()
    page.keyboard.press("Control+v")
    pasted = page.locator("[name=find]").input_value()
    assert pasted == f"{window.address}{PAGE}?status=behind"


def test_hostile_texts_are_choices_like_any_other(hostile_visits: Visits) -> None:
    with hostile_visits.window() as window:
        page = window.open(PAGE)
        for name, number in (("team", 2), ("owner", 3), ("priority", 9)):
            cells = page.locator(f".okr-explore td:nth-child({number})").all_inner_texts()
            options = page.locator(f"select[name={name}] option").all_text_contents()
            listed = {re.sub(r" \(\d+\)$", "", text) for text in options[1:]}
            assert listed == {line for cell in cells for line in cell.splitlines() if line != "–"}
        words = shown(page).first.inner_text().split()
        page.get_by_role("searchbox", name="Find in the table").fill(" ".join(words))
        assert shown(page).count() == 1
        assert window.faults == []
