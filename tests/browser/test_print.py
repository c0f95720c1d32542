"""On paper: the whole document as a PDF from a real browser, and every page as it is printed."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from browser.visits import Visits
from okrdocs.site.pdf import find_browser, print_page_to_pdf
from okrdocs.site.print_html import PaperSheet

CYCLE = "okrs/2025-Q1"
TEAMS = ("Company", "Product", "Engineering", "Sales", "Marketing")
IDENTITY = "OKR-Q1-2025 · numbers as of 2025-05-16"
TITLE = "OKRs Q1 2025 · Meridian Cloud · Closed · Version 1.0.0"
# Points: the height of a sheet, and what its margins and one line of text take.
A4, LETTER = (595, 842), (612, 792)
FOOT, HEAD = 90, 90

Printed = Callable[[str], PdfReader]


@pytest.fixture(scope="session")
def printed(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The whole document of a cycle on some paper."""
    made: dict[str, PdfReader] = {}
    folder = tmp_path_factory.mktemp("paper")
    shutil.copytree(site / CYCLE, folder / CYCLE)
    for assets in ("assets", "okrs/assets"):
        shutil.copytree(site / assets, folder / assets)
    environment = {**os.environ}
    if "OKRDOCS_CHROMIUM" in environment:
        environment["OKRDOCS_BROWSER"] = environment["OKRDOCS_CHROMIUM"]

    def on(paper: str) -> PdfReader:
        if paper not in made:
            sheet = PaperSheet(paper, "OKRs Q1 2025", "Internal", IDENTITY)
            page = folder / CYCLE / "document.html"
            path, _ = print_page_to_pdf(find_browser(environment), page, sheet, date(2025, 5, 16))
            made[paper] = PdfReader(path.rename(folder / f"{paper}.pdf"))
        return made[paper]

    return on


@pytest.fixture(scope="session")
def document(printed: Printed) -> PdfReader:
    return printed("a4")


@pytest.fixture(scope="session")
def texts(document: PdfReader) -> list[str]:
    return [page.extract_text() for page in document.pages]


def page_of(document: PdfReader, anchor: str) -> int:
    """The page on which an anchor stands, counted from 0."""
    place = document.named_destinations[f"/{anchor}"]
    number = document.get_destination_page_number(place)
    assert number is not None
    return number


def headings(entries: list[Any]) -> list[Any]:
    """The entries of an outline in one row."""
    found = []
    for entry in entries:
        found.extend(headings(entry) if isinstance(entry, list) else [entry])
    return found


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("letter", LETTER)])
def test_the_document_fits_the_paper(printed: Printed, paper: str, size: tuple[int, int]) -> None:
    document = printed(paper)
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in document.pages} == {size}
    assert 15 < len(document.pages) < 40


def test_no_page_is_blank(texts: list[str]) -> None:
    margins = (IDENTITY, TITLE, "Internal")
    for number, text in enumerate(texts, start=1):
        left = re.sub(r"Page \d+ of \d+", "", text)
        for margin in margins:
            left = left.replace(margin, "", 1)
        assert len(left.strip()) > 60, number


def test_the_first_page_is_a_cover_and_all_others_say_what_they_belong_to(
    texts: list[str],
) -> None:
    cover, *others = texts
    for fact in ("OKRs Q1 2025", "Meridian Cloud · Closed · Version 1.0.0", "Approvers"):
        assert fact in cover
    assert "Page 1" not in cover
    for number, text in enumerate(others, start=2):
        assert f"Page {number} of {len(texts)}" in text
        assert IDENTITY in text
        assert TITLE in text
        assert "Internal" in text


def test_each_team_starts_on_a_page_of_its_own(document: PdfReader, texts: list[str]) -> None:
    starts = [page_of(document, f"team_{team.lower()}") for team in TEAMS]
    assert starts == sorted(set(starts))
    for team, start in zip(TEAMS, starts, strict=True):
        top = document.named_destinations[f"/team_{team.lower()}"].top
        assert A4[1] - float(top or 0) < HEAD
        assert f"{team} OKRs" in texts[start]


def test_the_contents_name_the_page_of_each_part(document: PdfReader, texts: list[str]) -> None:
    contents = re.sub(r"\s+", " ", texts[1])
    for title, anchor in (
        ("Executive summary", "executive-summary"),
        ("Product OKRs", "team_product"),
        (
            "Objective 1: Be the platform that enterprises can say yes to",
            "product--enterprise-ready",
        ),
        ("Approvals", "approvals"),
    ):
        assert f"{title} {page_of(document, anchor) + 1} " in f"{contents} ", title


def test_every_link_leads_within_the_document_or_to_a_public_address(
    document: PdfReader,
) -> None:
    known, within, elsewhere = document.named_destinations, 0, set()
    for page in document.pages:
        for annotation in page.get("/Annots") or ():
            link = annotation.get_object()
            if "/Dest" in link:
                assert link["/Dest"] in known, link["/Dest"]
                within += 1
            else:
                elsewhere.add(str(link["/A"]["/URI"]))
    assert within > 80
    assert elsewhere
    assert all(address.startswith("https://") for address in elsewhere), elsewhere


def test_it_has_a_title_an_outline_and_tags_and_says_nothing_of_the_machine(
    document: PdfReader,
) -> None:
    assert document.metadata is not None
    assert str(document.metadata.title).startswith("OKRs Q1 2025")
    assert document.metadata.creator == "okrdocs"
    assert str(document.metadata["/CreationDate"]).startswith("D:20250516000000")
    catalogue: Any = document.root_object
    assert catalogue["/Lang"] == "en"
    assert catalogue["/MarkInfo"]["/Marked"]
    titles = [str(entry.title) for entry in headings(document.outline)]
    assert [f"{team} OKRs" for team in TEAMS] == [t for t in titles if t.endswith(" OKRs")]
    document.stream.seek(0)
    data = document.stream.read()
    for word in (b"file:", b"Linux", b"127.0.0.1", b"printing-"):
        assert word not in data


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_no_heading_stands_at_the_foot_of_a_page(printed: Printed, paper: str) -> None:
    for entry in headings(printed(paper).outline):
        assert float(entry.top) > FOOT, entry.title


def test_what_works_only_on_a_screen_is_left_out(texts: list[str]) -> None:
    text = "\n".join(texts)
    for said in ("Skip to content", "Back to top", "Edit the YAML", "The short document", "Search"):
        assert said not in text, said


def test_what_is_folded_on_the_screen_is_printed(texts: list[str]) -> None:
    text = "\n".join(texts)
    assert "mean of objectives of all teams =" in text
    assert "Three signatures on the last day." in text  # from a check-in that is folded


PAGES = (
    f"{CYCLE}/document.html",
    f"{CYCLE}/index.html",
    f"{CYCLE}/product.html",
    "okrs/index.html",
)
WIDE = """() => [...document.querySelectorAll('.md-content *')]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => each.outerHTML.slice(0, 80))"""
SHOWN = """() => [...document.querySelectorAll('.md-header, .md-tabs, .md-sidebar, .md-footer,'
    + ' .md-top, .headerlink, summary::marker')].filter((each) => each.offsetParent).length"""


@pytest.mark.parametrize("path", PAGES)
def test_every_page_prints_light_and_no_wider_than_the_paper(visits: Visits, path: str) -> None:
    """176 mm are what the margins leave of A4; Letter is wider."""
    with visits.window(width=665, scheme="dark") as window:
        page = window.open(path)
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate(WIDE) == []
        assert page.evaluate(SHOWN) == 0
        style = "(name) => getComputedStyle(document.querySelector('.md-typeset'))[name]"
        assert page.evaluate(style, "color") == "rgb(27, 33, 48)"
        back = "() => getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(back) in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_printed_by_hand_has_numbers_and_no_blank_page(
    visits: Visits, path: str, tmp_path: Path
) -> None:
    with visits.window() as window:
        window.open(path).pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    pages = [page.extract_text() for page in PdfReader(tmp_path / "page.pdf").pages]
    first = 1 if path.endswith("document.html") else 0
    for number, text in enumerate(pages[first:], start=first + 1):
        assert f"Page {number} of {len(pages)}" in text
        assert len(text) > 70, number
