"""Code Quality: the keys that GitLab reads, and a fingerprint of its own for each finding."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from okrdocs.problem import Problem, Severity, Span, error
from okrdocs.report.console import Console
from okrdocs.report.formats import Format, render_problems

PLAIN = Console(io.StringIO(), io.StringIO())
PATH = "okrs/2025-Q1/product.yml"


def issues(*problems: Problem) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = json.loads(render_problems(Format.GITLAB, problems, [], PLAIN))
    return held


def at(line: int) -> Span:
    return Span(PATH, line, 1, line, 2)


@pytest.mark.parametrize(
    ("severity", "told"),
    [(Severity.ERROR, "major"), (Severity.WARNING, "minor"), (Severity.INFO, "info")],
)
def test_an_issue_holds_what_gitlab_reads(severity: Severity, told: str) -> None:
    (issue,) = issues(Problem("no-dri", severity, at(4), "Nobody.", "Add `dri:`."))
    fingerprint = issue.pop("fingerprint")
    assert len(fingerprint) == 64
    assert issue == {
        "description": "Nobody. Add `dri:`.",
        "check_name": "no-dri",
        "severity": told,
        "location": {"path": PATH, "lines": {"begin": 4}},
    }


def test_a_finding_keeps_its_fingerprint_when_it_moves() -> None:
    before, after = issues(error("x", at(1), "M."))[0], issues(error("x", at(9), "M."))[0]
    assert before["fingerprint"] == after["fingerprint"]


def test_repeated_findings_have_fingerprints_of_their_own_and_the_first_keeps_its() -> None:
    repeated = [
        each["fingerprint"] for each in issues(*(error("x", at(n), "M.") for n in (1, 2, 3)))
    ]
    assert len(set(repeated)) == 3
    assert repeated[0] == issues(error("x", at(8), "M."))[0]["fingerprint"]
    assert repeated[:2] == [i["fingerprint"] for i in issues(*[error("x", at(1), "M.")] * 2)]


def test_without_findings_the_array_is_empty() -> None:
    assert render_problems(Format.GITLAB, [], [], PLAIN) == "[]"


def test_texts_are_one_line_without_invisible_characters() -> None:
    (issue,) = issues(error("x", at(1), "a\nb\u202ec\x1b[2J <b> 🎯"))
    assert issue["description"] == "a bc[2J <b> 🎯"


def test_ten_thousand_findings_are_all_there_each_once() -> None:
    found = issues(*(error("x", at(n), "M.") for n in range(1, 10_001)))
    assert len({each["fingerprint"] for each in found}) == 10_000
