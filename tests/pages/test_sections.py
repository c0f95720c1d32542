"""A section appears where there is something to say, and not where there isn't."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from okrdocs.pipeline.build import page_texts
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.source.disk import DiskTree

AFTER, DURING = date(2025, 4, 10), date(2025, 2, 10)
Texts = Mapping[str, str]
Pages = Callable[..., Texts]


def key_result(name: str, **more: Any) -> dict[str, Any]:
    check_in = {"date": "2025-01-20", "value": "1", "note": "Slow start"}
    given = {"id": name, "title": f"Title of {name}", "baseline": "0", "target": "10"}
    return {**given, "check_ins": [check_in], **more}


FULL: dict[str, Any] = {
    "okr.yml": {
        "schema": 1,
        "organization": "Acme",
        "contact": "Strategy",
        "cadence": {
            "day": "Friday",
            "format": ["A sign"],
            "review_agenda": ["Look"],
            "grading_steps": ["Grade"],
        },
        "tools": [{"name": "Stripe"}],
        "principles": [{"component": "Objective"}],
        "practices": [{"practice": "Measure"}],
        "anti_patterns": [{"pattern": "Forget"}],
        "related": [{"title": "Strategy paper"}],
        "people": {"ann": {"name": "Ann Lee"}},
        "teams": {
            "company": {"name": "Everyone"},
            "product": {"name": "Product", "parent": "company", "lead": "ann"},
        },
    },
    "2025-Q1/cycle.yml": {
        "schema": 1,
        "status": "closed",
        "version": "1.0",
        "classification": "Secret",
        "owner": "ann",
        "author": "Bo",
        "approvers": ["Cy"],
        "created": "2024-12-01",
        "updated": "2025-01-02",
        "summary": "The summary",
        "purpose": "The purpose",
        "strategic_value": "The value",
        "approvals": [{"role": "CEO"}],
        "changes": [{"date": "2025-01-01", "change": "Begun"}],
        "review": {
            "decisions": [{"ref": "company/grow#first", "decision": "continue"}],
            "learnings": ["Learnt"],
        },
        "retrospective": {"worked": ["Worked"]},
        "document_reviews": [{"date": "2025-01-01", "comment": "Seen"}],
    },
    "2025-Q1/company.yml": {
        "schema": 1,
        "summary": "What we are up to",
        "objectives": [{"id": "grow", "title": "Grow", "key_results": [key_result("first")]}],
        "retrospective": {"worked": ["Also worked"]},
        "links": ["https://example.test/a"],
    },
    "2025-Q1/product.yml": {
        "schema": 1,
        "objectives": [
            {
                "id": "ship",
                "title": "Ship",
                "owner": "ann",
                "dri": "ann",
                "priority": "P1",
                "weight": 2,
                "why": "The reason",
                "confidence": "70%",
                "confidence_note": "The note",
                "ladders_up_to": ["company/grow"],
                "dependencies": ["Legal"],
                "risks": ["Delay"],
                "initiatives": ["Sprint"],
                "links": ["https://example.test/b"],
                "key_results": [key_result("second", **{"with": ["company"]})],
            }
        ],
    },
}
CYCLE, COMPANY, PRODUCT = "2025-Q1/cycle.yml", "2025-Q1/company.yml", "2025-Q1/product.yml"
OBJECTIVE = (PRODUCT, "objectives", 0)
# What has to go from the files for a section to go from the quarter document.
SECTIONS = [
    ("Components", [("okr.yml", "principles")]),
    ("Cascade", [(*OBJECTIVE, "ladders_up_to")]),
    ("Dependencies", [(*OBJECTIVE, "dependencies")]),
    (
        "Check-ins",
        [("okr.yml", "cadence"), (COMPANY, "objectives", 0, "key_results", 0, "check_ins")],
    ),
    ("Mid-cycle review", [("okr.yml", "cadence"), (CYCLE, "review")]),
    ("Retrospective", [(CYCLE, "retrospective")]),
    ("Practices", [("okr.yml", "practices"), ("okr.yml", "anti_patterns")]),
    ("Tools and measurement", [("okr.yml", "tools")]),
    ("Related artifacts", [("okr.yml", "related")]),
    ("Change history", [(CYCLE, "changes")]),
    ("Document reviews", [(CYCLE, "document_reviews")]),
    ("Approvals", [(CYCLE, "approvals")]),
]
# Words on a page that come from one place in the files.
QUARTER_WORDS = [
    ("The summary", (CYCLE, "summary")),
    ("The purpose", (CYCLE, "purpose")),
    ("The value", (CYCLE, "strategic_value")),
    ("Ask Strategy", ("okr.yml", "contact")),
    (r"\*\*Version\*\*", (CYCLE, "version")),
    (r"\*\*Created\*\*", (CYCLE, "created")),
    (r"\*\*Classification\*\*", (CYCLE, "classification")),
    (r"\*\*Document owner\*\*", (CYCLE, "owner")),
    (r"\*\*Author\*\*", (CYCLE, "author")),
    (r"\*\*Approvers\*\*", (CYCLE, "approvers")),
    ("Fridays?;", ("okr.yml", "cadence")),
    ("Measure", ("okr.yml", "practices")),
    ("Forget", ("okr.yml", "anti_patterns")),
    ("Learnt", (CYCLE, "review", "learnings")),
    ("Continue", (CYCLE, "review", "decisions")),
]
TEAM_WORDS = [
    (r"Owner\W.*Ann Lee", (*OBJECTIVE, "owner")),
    (r"DRI\W.*Ann Lee", (*OBJECTIVE, "dri")),
    ("P1", (*OBJECTIVE, "priority")),
    (r"Weight\W.*2", (*OBJECTIVE, "weight")),
    ("Ladders up to", (*OBJECTIVE, "ladders_up_to")),
    ("The reason", (*OBJECTIVE, "why")),
    ("70%", (*OBJECTIVE, "confidence")),
    ("The note", (*OBJECTIVE, "confidence_note")),
    ("Legal", (*OBJECTIVE, "dependencies")),
    ("Delay", (*OBJECTIVE, "risks")),
    ("Sprint", (*OBJECTIVE, "initiatives")),
    ("example.test/b", (*OBJECTIVE, "links")),
    ("Slow start", (*OBJECTIVE, "key_results", 0, "check_ins")),
    ("Check-in log", (*OBJECTIVE, "key_results", 0, "check_ins")),
]
COMPANY_WORDS = [
    ("What we are up to", (COMPANY, "summary")),
    ("Also worked", (COMPANY, "retrospective")),
    ("example.test/a", (COMPANY, "links")),
    ("Ladders up to it", (*OBJECTIVE, "ladders_up_to")),
    ("Shared with this team", (*OBJECTIVE, "key_results", 0, "with")),
]


@pytest.fixture
def pages(a_repository: Callable[[Mapping[str, str]], Path]) -> Pages:
    """The pages of FULL, without what stands at some places in its files."""

    def made(*gone: tuple[str | int, ...], as_of: date = AFTER) -> Texts:
        files = copy.deepcopy(FULL)
        for place in gone:
            held: Any = files
            for step in place[:-1]:
                held = held[step]
            del held[place[-1]]
        root = a_repository({path: json.dumps(held) for path, held in files.items()})
        found = evaluate(DiskTree(root), as_of=as_of, today=as_of)
        assert found.scores is not None, found.problems
        return page_texts(found.scores)

    return made


def headings(page: str) -> list[str]:
    return [line.lstrip("#").strip() for line in page.splitlines() if re.match("##+ ", line)]


@pytest.mark.parametrize(("section", "gone"), SECTIONS, ids=lambda value: str(value)[:20])
def test_a_section_of_the_quarter_document_stands_and_falls_with_its_data(
    pages: Pages, section: str, gone: list[tuple[str | int, ...]]
) -> None:
    for path in "2025-Q1/index.md", "2025-Q1/document.md":
        assert section in headings(pages()[path])
    assert section not in headings(pages(*gone)["2025-Q1/index.md"])


@pytest.mark.parametrize(
    ("path", "words", "place"),
    [
        *(("2025-Q1/index.md", *each) for each in QUARTER_WORDS),
        *(("2025-Q1/product.md", *each) for each in TEAM_WORDS),
        *(("2025-Q1/company.md", *each) for each in COMPANY_WORDS),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_field_says_is_on_the_page_and_leaves_with_the_field(
    pages: Pages, path: str, words: str, place: tuple[str | int, ...]
) -> None:
    assert re.search(words, pages()[path])
    assert not re.search(words, pages(place)[path])


def test_final_grades_appear_only_when_the_cycle_is_over(pages: Pages) -> None:
    cadence = ("okr.yml", "cadence")
    assert "Grading" in headings(pages(cadence, as_of=AFTER)["2025-Q1/index.md"])
    assert "Grading" not in headings(pages(cadence, as_of=DURING)["2025-Q1/index.md"])


def test_the_whole_document_holds_every_team_and_the_short_one_a_row(pages: Pages) -> None:
    whole, short = pages()["2025-Q1/document.md"], pages()["2025-Q1/index.md"]
    assert "The reason" in whole
    assert "The reason" not in short
    assert "[Product](product.md)" in short


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Spring", "OKRs Spring"),
        ("OKRs (2020 Set 1)", "OKRs (2020 Set 1)"),
        ("Year 2018 Q2 okr", "Year 2018 Q2 okr"),
        ("Objectives and Key Results 2024", "Objectives and Key Results 2024"),
        ("Bookry", "OKRs Bookry"),
    ],
)
def test_a_document_is_not_called_okrs_twice(
    a_repository: Callable[[Mapping[str, str]], Path], title: str, heading: str
) -> None:
    cycle = f"schema: 1\ntitle: {title}\n"
    root = a_repository({"okr.yml": "schema: 1\norganization: A\n", "2025-Q1/cycle.yml": cycle})
    found = evaluate(DiskTree(root), as_of=DURING, today=DURING)
    assert found.scores is not None, found.problems
    texts = page_texts(found.scores)
    assert f"\n# {heading}\n" in texts["2025-Q1/index.md"]
    assert f"\n# {heading}: all teams\n" in texts["2025-Q1/document.md"]


def test_an_approval_that_is_not_given_yet_leaves_lines_to_sign_on(pages: Pages) -> None:
    approvals = pages()["2025-Q1/index.md"].split("## Approvals")[1]
    row = next(line for line in approvals.splitlines() if "CEO" in line)
    assert row.count("&#95;" * 12) == 3


@pytest.mark.parametrize(
    ("as_of", "shown"),
    [
        ("2025-02-01", ["| 20 |", "☐ Audit (due 2025-02-10)"]),
        (
            "2025-03-01",
            [
                '10<br><small>was 20 until <span class="okr-day">2025-02-15</span>: Too high',
                "☑ Audit (done 2025-02-20)",
            ],
        ),
    ],
)
def test_a_page_knows_nothing_that_happened_after_its_day(
    a_repository: Callable[[Mapping[str, str]], Path], as_of: str, shown: list[str]
) -> None:
    change = {"date": "2025-02-15", "from": "20", "reason": "Too high"}
    audit = {"title": "Audit", "due": "2025-02-10", "done": "2025-02-20"}
    steps = {"id": "steps", "title": "Steps", "milestones": [audit]}
    key_results = [key_result("first", target_changes=[change]), steps]
    objectives = [{"id": "grow", "title": "Grow", "key_results": key_results}]
    files = {"okr.yml": FULL["okr.yml"], COMPANY: {"schema": 1, "objectives": objectives}}
    root = a_repository({path: json.dumps(held) for path, held in files.items()})
    found = evaluate(DiskTree(root), as_of=date.fromisoformat(as_of), today=AFTER)
    assert found.scores is not None
    page = page_texts(found.scores)["2025-Q1/company.md"]
    assert [words for words in shown if words not in page] == []
