"""Every page is sound: no leftovers of the program, no dead links, no number of its own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown.extensions.toc import slugify

from okrdocs.pipeline.build import page_texts
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.report.json_export import export_data
from okrdocs.source.disk import DiskTree

ROOT = Path(__file__).parents[2]
TODAY = date(2025, 2, 10)
ORGANIZATION = "schema: 1\norganization: Acme\n"
DATED = (
    ORGANIZATION + "teams:\n  company: {name: Everyone}\n  product: {name: P, parent: company}\n"
)
ONE = "schema: 1\nobjectives:\n  - id: grow\n    title: Grow\n"
WITH_KR = ONE + "    key_results:\n      - id: more\n        title: More\n"
EMPTY = "schema: 1\nsummary:\nreview: {}\nretrospective: {}\nchanges: []\napprovals: []\n"
JUDGED = WITH_KR + "        measure: judged\n"
HALF = """\
        baseline: 0
        target: 10
        check_ins:
          - {date: 2025-01-20, value: ~, rag: red}
          - {date: 2025-01-27, value: n/a, note: Nothing to see}
          - {date: 2025-02-03, forecast: 0.2}
"""
COMPANIES = {
    "two lines and a team": {"okr.yml": ORGANIZATION, "2025-Q1/company.yml": ONE},
    "no cycles": {"okr.yml": ORGANIZATION},
    "no cycles but teams": {"okr.yml": DATED},
    "a cycle without teams": {"okr.yml": ORGANIZATION, "2025-Q1/cycle.yml": "schema: 1\n"},
    "empty values": {
        "okr.yml": DATED + "cadence: {}\ngrading: {}\npeople: {}\ntools: []\ncontact:\n",
        "2025-Q1/cycle.yml": EMPTY,
        "2025-Q1/company.yml": ONE + "retrospective: {}\n",
    },
    "a team without objectives": {"okr.yml": DATED, "2025-Q1/product.yml": "schema: 1\n"},
    "an objective without key results": {"okr.yml": DATED, "2025-Q1/product.yml": ONE},
    "a key result without anything": {"okr.yml": DATED, "2025-Q1/product.yml": JUDGED},
    "check-ins without values": {"okr.yml": DATED, "2025-Q1/product.yml": WITH_KR + HALF},
    "a grade and no lead": {
        "okr.yml": DATED,
        "2025-Q1/product.yml": WITH_KR + HALF.replace("value: n/a", "value: 5, rag: green"),
    },
    "an undated backlog": {
        "okr.yml": DATED,
        "backlog/cycle.yml": "schema: 1\nundated: true\n",
        "backlog/product.yml": JUDGED,
    },
    "a year that is over": {"okr.yml": DATED, "2023/product.yml": WITH_KR + HALF},
    "a year to come": {"okr.yml": DATED, "2026/product.yml": JUDGED},
    "a draft": {
        "okr.yml": DATED,
        "2025-Q1/cycle.yml": "schema: 1\nstatus: draft\n",
        "2025-Q1/product.yml": WITH_KR,
    },
    "metrics that say only their names": {
        "okr.yml": DATED,
        "metrics.yml": "schema: 1\nmetrics: {a: A, b: {name: B, drives: [a]}, c: {name: C}}\n",
    },
    "metrics of key results alone": {
        "okr.yml": DATED,
        "metrics.yml": "schema: 1\nmetrics: {a: A, b: {name: B, north_star: true, values: [{date: 2025-01-20, value: n/a}]}}\n",  # noqa: E501 - one file
        "2025-Q1/product.yml": WITH_KR + HALF + "        metric: a\n",
    },
    "no metrics in their file": {"okr.yml": DATED, "metrics.yml": "schema: 1\nmetrics:\n"},
    "links into the repository": {
        "okr.yml": DATED + "tools: [{name: Wiki, link: docs/wiki.md}]\n",
        "2025-Q1/product.yml": ONE
        + "    links: [docs/plan.md, {url: docs/b.md, title: B}]\n"
        + "    initiatives: [{title: Sprint, link: ../sprint.md}]\n",
    },
}
# What a page must not hold: remains of Python, of templates, or of a place left empty.
LEFTOVERS = {
    "a value of the program": r"\b(None|nan|NaN|undefined|True|False|Decimal|Fraction|Markdown)\b",
    "an object": r"<[\w.]+ object at|\w+\(\w+=|<\w+\.\w+: ",
    "a template": r"\{\{|\}\}|\{%|%\}",
    "an empty bracket": r"(?<!\])\(\)|\[\]|<small></small>|\*\*\*\*",
    "an empty link": r"\[\]\(|\]\(\)",
    "a label without its value": r"\*\*[^*\n]+:\*\* *\n+(?![-|0-9<\n])",
    "an empty item": r"(?m)^\s*(-|\d+\.)\s*$",
    "a dangling separator": r"(?m)(·|,) *$|^ *·|· ·",
    "double blank lines": r"\n\n\n",
    "an empty row": r"(?m)^\|(\s*\|)+$",
}
Texts = Mapping[str, str]


@pytest.fixture(params=[*COMPANIES, "this repository", "this repository in Q1"])
def pages(
    request: pytest.FixtureRequest, a_repository: Callable[[Mapping[str, str]], Path]
) -> Texts:
    if request.param == "this repository":
        return own_pages(None)[0]
    if request.param == "this repository in Q1":
        return own_pages("2025-02-01")[0]
    found = evaluate(DiskTree(a_repository(COMPANIES[request.param])), as_of=TODAY, today=TODAY)
    assert found.scores is not None, found.problems
    return page_texts(found.scores)


@cache
def own_pages(as_of: str | None) -> tuple[Texts, dict[str, Any]]:
    """The pages and the export of this repository's own OKRs."""
    day = date.fromisoformat(as_of) if as_of else None
    found = evaluate(DiskTree(ROOT), as_of=day, today=TODAY)
    assert found.scores is not None, found.problems
    return page_texts(found.scores), export_data(found.scores)


def test_every_company_gets_its_four_first_pages(pages: Texts) -> None:
    assert {"index.md", "cycles.md", "teams.md", "people.md"} <= set(pages)
    for text in pages.values():
        assert text.startswith("---\ntitle: ")
        assert text.endswith("\n")
        assert len(re.findall("(?m)^# .", text)) == 1


def test_no_page_holds_leftovers_or_empty_places(pages: Texts) -> None:
    for path, text in pages.items():
        plain = re.sub(r"(?s)```.*?```|<!--.*?-->", "x", text)
        for name, pattern in LEFTOVERS.items():
            found = re.search(pattern, plain)
            assert not found, f"{path}: {name}: …{plain[max(0, found.start() - 90) : found.end()]}"


def test_every_heading_has_something_below_it(pages: Texts) -> None:
    for path, text in pages.items():
        lines = [line for line in text.splitlines() if line and not line.startswith("<!--")]
        heads = [(level_of(line), line) for line in lines]
        for (level, line), (after, _) in zip(heads, [*heads[1:], (1, "")], strict=True):
            assert not level or not after or after > level, f"{path}: {line}"


def level_of(line: str) -> int:
    found = re.match(r"(#+) |<h(\d)", line)
    return (len(found[1]) if found[1] else int(found[2])) if found else 0


def test_every_tag_that_opens_is_closed_and_no_other(pages: Texts) -> None:
    for path, text in pages.items():
        assert unpaired(re.sub(r"(?s)```.*?```", "x", text)) == [], path


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<p><span>**A** b</span><br><rect/></p>", []),
        ("<p></span></p>", ["</span>"]),
        ("<p><span></p>", ["<span>"]),
        ("<div>", ["<div>"]),
    ],
)
def test_tags_without_their_other_half_are_found(text: str, left: list[str]) -> None:
    assert unpaired(text) == left


def unpaired(text: str) -> list[str]:
    """The tags of a page that have no other half, in the order in which that shows."""
    tags = Tags(convert_charrefs=True)
    tags.feed(text)
    tags.close()
    return [*tags.unpaired, *(f"<{name}>" for name in tags.open)]


class Tags(HTMLParser):
    """The tags that are open, and those that have turned out to have no other half."""

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.open: list[str] = []
        self.unpaired: list[str] = []

    def handle_starttag(
        self,
        tag: str,
        attrs: list[tuple[str, str | None]],  # noqa: ARG002 - the base class passes them
    ) -> None:
        if tag != "br":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """What closes itself has no other half."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.open:
            self.unpaired.append(f"</{tag}>")
            return
        while (last := self.open.pop()) != tag:
            self.unpaired.append(f"<{last}>")


def test_every_row_has_as_many_cells_as_its_table(pages: Texts) -> None:
    for path, text in pages.items():
        for table in tables(text):
            assert len({len(row) for row in table}) == 1, f"{path}: {table}"
            assert len(table) > 2, f"{path}: a table without rows: {table[0]}"


def tables(text: str) -> Iterator[list[list[str]]]:
    """Every table of a page: its rows with their cells; the second row is the ruler."""
    for block in re.findall(r"(?m)(?:^\|.*\n)+", text):
        yield [line.strip("|").split("|") for line in block.strip().splitlines()]


def test_every_link_and_anchor_leads_somewhere(pages: Texts) -> None:
    anchors = {path: anchors_of(text) for path, text in pages.items()}
    for path, text in pages.items():
        for target in links_of(text):
            place, _, anchor = target.partition("#")
            place = place.partition("?")[0]  # a filter, which the script of the site reads
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
            there = there if place else path
            if there.endswith(".xml"):  # test_feeds.py knows that there is one for each team
                continue
            assert there in pages, f"{path}: {target}"
            assert not anchor or anchor in anchors[there], f"{path}: {target}"


def test_no_anchor_stands_twice_on_a_page(pages: Texts) -> None:
    for path, text in pages.items():
        given = re.findall(r'\bid="([^"]+)"', text)
        assert len(given) == len(set(given)), path


def links_of(text: str) -> list[str]:
    """Links to other generated pages, those within diagrams included."""
    text = re.sub(r"(?s)<!--.*?-->", "", text)
    found = re.findall(r'\]\(([^()\s]*)\)|href[ =]"([^"]*)"', text)
    targets = [unescape(one or other) for one, other in found]
    # In the page of the site a link within HTML leads to the page that MkDocs makes.
    targets = [re.sub(r"\.html(?=#|$)", ".md", target) for target in targets]
    return [target for target in targets if not re.match("https?:|mailto:", target)]


def anchors_of(text: str) -> set[str]:
    titles = re.findall(r"(?m)^#+ (.*)$", text)
    return {*re.findall(r'\bid="([^"]+)"', text), *(slugify(unescape(t), "-") for t in titles)}


@pytest.mark.demonstration
@pytest.mark.parametrize("as_of", [None, "2025-02-01", "2025-03-05", "2025-01-02", "2024-01-01"])
def test_every_grade_on_a_page_is_the_one_of_the_export(as_of: str | None) -> None:
    texts, exported = own_pages(as_of)
    seen = 0
    for cycle in exported["cycles"]:
        for team in cycle["teams"]:
            text = texts[f"{cycle['id']}/{team['id']}.md"]
            shown = key_result_cells(text)
            graded = {anchor_of(kr): kr for o in team["objectives"] for kr in o["key_results"]}
            assert set(shown) == set(graded)
            for anchor, row in shown.items():
                assert number(row["Grade"]) == graded[anchor]["grade"], anchor
                assert plain(row["Current"]).startswith(graded[anchor]["value"] or "–"), anchor
                assert plain(row["Target"]).startswith(graded[anchor]["target"] or "–"), anchor
            assert shown_facts(text) == [team["grade"], *(o["grade"] for o in team["objectives"])]
            seen += len(shown)
    assert seen > 50


@pytest.mark.parametrize("as_of", [None, "2025-02-01"])
def test_the_grades_of_cycles_and_teams_are_those_of_the_export(as_of: str | None) -> None:
    texts, exported = own_pages(as_of)
    for cycle in exported["cycles"]:
        rows = {
            plain(row["Team"]): row for row in rows_of(texts[f"{cycle['id']}/index.md"], "Team")
        }
        assert {name: number(row["Grade"]) for name, row in rows.items()} == {
            team["name"]: team["grade"] for team in cycle["teams"]
        }
        row = next(r for r in rows_of(texts["cycles.md"], "Cycle") if cycle["title"] in r["Cycle"])
        assert (number(row["Grade"]), number(row["Company"])) == (
            cycle["grade"],
            cycle["company_grade"],
        )


def anchor_of(key_result: Mapping[str, str]) -> str:
    return key_result["ref"].split("/", 1)[1].replace("#", "--")


def rows_of(text: str, first: str) -> Iterator[dict[str, str]]:
    """The rows of all tables whose first column has this name, by the names of the columns."""
    for table in tables(text):
        names = [re.split("<br>| [(]", cell)[0].strip() for cell in table[0]]
        if names[0] == first:
            yield from (dict(zip(names, row, strict=True)) for row in table[2:])


def key_result_cells(text: str) -> dict[str, dict[str, str]]:
    rows = ((re.search('id="([^"]+)"', row["#"]), row) for row in rows_of(text, "#"))
    return {found[1]: row for found, row in rows if found}


def number(cell: str) -> str | None:
    """The grade that a cell shows first, or None for a dash."""
    found = re.match(r"\W*(\d\.\d\d)\b", re.sub("<[^>]*>", "", cell))
    return found[1] if found else None


def plain(cell: str) -> str:
    """A cell as it is read: without tags and marks."""
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", cell.replace("<br>", " "))
    return unescape(re.sub(r"<[^>]*>|\*\*", "", text)).strip()


def shown_facts(text: str) -> list[str | None]:
    """The grade of the team and of each objective, as their lines of facts begin."""
    found = re.findall(
        r"(?:\*\*Grade\*\*|<strong>Grade</strong>|<dt>Grade</dt>)\W*(?:<[^>]*>\W*)*(\d\.\d\d|–)",
        text,
    )
    return [None if grade == "–" else grade for grade in found]
