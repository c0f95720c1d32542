"""Atom feeds: what RFC 4287 demands, whatever people type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from okrdocs.diff import ChangeKind, Importance, OkrChange
from okrdocs.grading.results import Scores
from okrdocs.history.events import History, HistoryStep
from okrdocs.pipeline.build import page_texts
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.pipeline.freshness import read_inputs
from okrdocs.report.atom import atom_feeds
from okrdocs.workspace.workspace import ResolvedRef

ATOM = "{http://www.w3.org/2005/Atom}"
Repository = Callable[[Mapping[str, str]], Path]
COMPANY = "schema: 1\norganization: 'Bits & <b>: Pieces'\nteams: {product: {name: Product}}\n"


def team(*check_ins: str, title: str = "Audits passed") -> str:
    listed = "".join(f"\n          - {{{each}}}" for each in check_ins)
    return (
        "schema: 1\nobjectives:\n  - id: trust\n    title: Trust\n    key_results:\n"
        f"      - id: audits\n        title: {title}\n        target: 4 audits\n"
        f"        check_ins: {listed or '[]'}\n"
    )


@pytest.fixture
def scored(a_repository: Repository) -> Callable[[str], Scores]:
    def made(text: str) -> Scores:
        root = a_repository({"okr.yml": COMPANY, "2025-Q1/product.yml": text})
        found = evaluate(read_inputs(root), as_of=date(2025, 2, 1), today=date(2025, 2, 1))
        assert found.scores is not None
        return found.scores

    return made


def entries(text: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(text.encode()).findall(f"{ATOM}entry")


def said(entry: ElementTree.Element, name: str) -> str:
    return entry.findtext(f"{ATOM}{name}") or ""


def test_each_feed_has_what_atom_demands(scored: Callable[[str], Scores]) -> None:
    written = atom_feeds(scored(team("date: 2025-01-10, value: 1 audit")))
    assert set(written) == {"feed.xml", "feeds/product.xml"}
    for text in written.values():
        feed = ElementTree.fromstring(text.encode())
        for element in (feed, *entries(text)):
            assert said(element, "id").startswith("urn:uuid:")
            assert said(element, "title")
            assert said(element, "updated") == "2025-01-10T00:00:00Z"
            assert element.find(f"{ATOM}author/{ATOM}name") is not None


def test_newest_first_and_nothing_after_the_day(scored: Callable[[str], Scores]) -> None:
    check_ins = ("date: 2025-01-10, value: 1", "date: 2025-01-20, value: 2", "date: 2025-02-02")
    titles = [
        said(entry, "title") for entry in entries(atom_feeds(scored(team(*check_ins)))["feed.xml"])
    ]
    assert titles == [
        "Product KR1 “Audits passed”: 2",
        "Product KR1 “Audits passed”: 1",
    ]


def test_a_check_in_without_a_value_says_what_it_is(scored: Callable[[str], Scores]) -> None:
    check_ins = (
        "date: 2025-01-10",
        "date: 2025-01-20, note: Rain",
        "date: 2025-01-21, asks: [Van]",
    )
    found = entries(atom_feeds(scored(team(*check_ins)))["feed.xml"])
    told = [said(entry, "title").partition(": ")[2] for entry in found]
    assert told == ["a note", "a note", "a check-in"]


def test_an_entry_keeps_its_id_when_others_come(scored: Callable[[str], Scores]) -> None:
    first = "date: 2025-01-10, value: 1"
    before = entries(atom_feeds(scored(team(first)))["feed.xml"])
    after = entries(atom_feeds(scored(team(first, "date: 2025-01-20, value: 2")))["feed.xml"])
    assert said(before[0], "id") == said(after[1], "id")
    assert said(after[0], "id") != said(after[1], "id")


def test_links_lead_to_the_place_from_where_the_feed_lies(
    scored: Callable[[str], Scores],
) -> None:
    written = atom_feeds(scored(team("date: 2025-01-10, value: 1")))
    found = {path: entries(text)[0].find(f"{ATOM}link") for path, text in written.items()}
    hrefs = {path: link.get("href") for path, link in found.items() if link is not None}
    assert hrefs == {
        "feed.xml": "2025-Q1/product.html#trust--audits",
        "feeds/product.xml": "../2025-Q1/product.html#trust--audits",
    }


def test_the_feed_that_each_team_page_links_to_is_there(
    scored: Callable[[str], Scores],
) -> None:
    scores = scored(team("date: 2025-01-10, value: 1"))
    written = atom_feeds(scores)
    linked = {
        found.replace("../", "")
        for text in page_texts(scores).values()
        for found in re.findall(r"\]\(([^)]*\.xml)\)", text)
    }
    assert linked == {"feeds/product.xml"}
    assert linked <= set(written)


def test_what_people_type_stays_text(scored: Callable[[str], Scores]) -> None:
    hostile = "'</title><script>alert(1)</script> & \u202e ]]> &amp; 𝒳'"
    text = atom_feeds(scored(team("date: 2025-01-10, value: 1", title=hostile)))["feed.xml"]
    (entry,) = entries(text)
    assert "</title><script>alert(1)</script> & ]]> &amp; 𝒳" in said(entry, "title")
    assert "<script" not in text


def test_a_feed_ends_with_its_newest_hundred_and_that_of_a_team_with_thirty(
    scored: Callable[[str], Scores],
) -> None:
    many = [f"date: 2025-01-{day:02}, value: {day}" for day in range(1, 29)] * 4
    written = atom_feeds(scored(team(*many)))
    assert len(entries(written["feed.xml"])) == 100
    assert len(entries(written["feeds/product.xml"])) == 30


def test_a_feed_of_changes_alone_has_the_same_limits(scored: Callable[[str], Scores]) -> None:
    lowered = changed("lowered the target", Importance.GOALPOSTS)
    steps = [
        HistoryStep(f"{number:040}", "Ada", date(2025, 1, 15), "", None, (lowered,))
        for number in range(120)
    ]
    written = atom_feeds(scored(team()), History(steps=tuple(steps)))
    assert len(entries(written["feed.xml"])) == 100
    assert len(entries(written["feeds/product.xml"])) == 30


def test_a_company_without_check_ins_has_an_empty_feed(scored: Callable[[str], Scores]) -> None:
    assert entries(atom_feeds(scored(team()))["feed.xml"]) == []


def changed(sentence: str, importance: Importance, team: str = "product") -> OkrChange:
    ref = ResolvedRef("2025-Q1", "product", "trust", "audits")
    return OkrChange(
        ChangeKind.TARGET,
        importance,
        ref,
        "KR1",
        "target",
        "5",
        "4",
        "",
        sentence,
        "",
        0,
        "2025-Q1",
        team,
    )


def test_what_waited_for_its_merge_is_news_on_the_day_of_the_merge(
    scored: Callable[[str], Scores],
) -> None:
    lowered = changed("lowered the target", Importance.GOALPOSTS)
    waited = HistoryStep("a" * 40, "Ada", date(2025, 1, 15), "", None, (lowered,), date(2025, 2, 1))
    scores = scored(team("date: 2025-01-20, value: 1"))
    newest = entries(atom_feeds(scores, History(steps=(waited,)))["feed.xml"])[0]
    assert said(newest, "title") == "Lowered the target"
    assert said(newest, "updated") == "2025-02-01T00:00:00Z"


def test_what_moved_the_goalposts_stands_between_the_check_ins(
    scored: Callable[[str], Scores],
) -> None:
    lowered = changed("lowered the target", Importance.GOALPOSTS)
    other = changed("gave it an owner", Importance.COMMITMENT)
    words = changed("mended a word", Importance.WORDS)
    elsewhere = changed("raised the target", Importance.GOALPOSTS, team="sales")
    steps = (
        HistoryStep(
            "a" * 40, "Ada", date(2025, 1, 15), "", None, (lowered, other, words, elsewhere)
        ),
        HistoryStep("b" * 40, "Ben", date(2025, 2, 20), "", None, (lowered,)),
    )
    scores = scored(team("date: 2025-01-10, value: 1", "date: 2025-01-20, value: 2"))
    written = atom_feeds(scores, History(steps=steps))
    titles = [said(entry, "title") for entry in entries(written["feeds/product.xml"])]
    assert titles[1] == "Lowered the target (and 1 more)"
    assert len(titles) == 3
    change = entries(written["feed.xml"])[1]
    assert said(change, "summary") == "Lowered the target; Gave it an owner; Raised the target"
    link = change.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "2025-Q1/product.html#trust--audits"


def test_a_team_s_former_feed_goes_on(a_repository: Repository) -> None:
    company = COMPANY.replace("{name: Product}", "{name: Product, was: [wares]}")
    reported = team("date: 2025-01-10, value: 1 audit")
    root = a_repository({"okr.yml": company, "2025-Q1/product.yml": reported})
    found = evaluate(read_inputs(root), as_of=date(2025, 2, 1), today=date(2025, 2, 1)).scores
    assert found is not None
    feeds = atom_feeds(found)
    former, own = (entries(feeds[f"feeds/{name}.xml"]) for name in ("wares", "product"))
    assert [said(entry, "id") for entry in former] == [said(entry, "id") for entry in own]
    assert len(own) == 1
