"""All that goes into a grade is held by the seal of a closed cycle and by what approvals name.

Each case changes one thing. `SEAL` and `DIGEST` say who notices; where one doesn't, a reason
stands beside it.
"""

from __future__ import annotations

import json
from datetime import date
from enum import Flag, auto
from pathlib import Path

import pytest

from git_repository import Repository
from okrdocs.cli import main
from okrdocs.format.fields import fields_of
from okrdocs.history.approval_digest import _NOT_PROMISED, cycle_digest, is_present_digest
from okrdocs.history.rules_at_closing import _NO_RULES
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.source.disk import DiskTree

COMPANY = """\
schema: 1
organization: Acme
calendar: {fiscal_year_starts: January}
teams:
  company: {name: Company, lead: ada}
  product: {name: Product, parent: company}
people: {ada: {name: Ada}}
scales:
  shipping: [{stage: Not started, mark: 0}, {stage: In QA, mark: 0.6}, {stage: Shipped, mark: 1}]
grading:
  aims: {aspirational: 0.7}
  bands:
    aspirational: [{from: 0.7, word: strong}, {from: 0.4, word: progress}, {from: 0, word: miss}]
  pace: {ahead: 0.15}
cadence: {grading_days: 5, review_week: 6}
"""
CYCLE = "schema: 1\nstatus: closed\n"
COMPANY_FILE = """\
schema: 1
objectives:
  - id: growth
    title: Grow
    type: aspirational
    key_results:
      - id: arr
        title: Revenue
        baseline: 0
        target: 100
        check_ins: [{date: 2025-03-03, value: 90}]
"""
TEAM = """\
schema: 1
objectives:
  - id: launch
    title: Launch
    type: aspirational
    weight: 1
    key_results:
      - id: app
        title: The app is out
        stages: shipping
        check_ins: [{date: 2025-03-03, value: In QA}]
      - id: speed
        title: Fast
        type: aspirational
        baseline: 800 ms
        target: 400 ms
        weight: 1
        check_ins:
          - {date: 2025-02-03, value: 700 ms}
          - {date: 2025-03-20, value: 600 ms, note: Better}
      - id: up
        title: It stays up
        target: ≥99%
        floor: 90%
        check_ins: [{date: 2025-03-03, value: 95%}]
      - id: steps
        title: Steps
        milestones: [{title: One, weight: 1, done: 2025-02-02}, {title: Two, weight: 1}]
      - id: levels
        title: Levels
        baseline: 0
        levels: {commit: 30, target: 60, stretch: 90}
        check_ins: [{date: 2025-03-03, value: 45}]
      - id: more
        title: More
        baseline: 10
        change: +100%
        check_ins: [{date: 2025-03-03, value: 15}]
"""
FILES = {
    "okr.yml": COMPANY,
    "2025-Q1/cycle.yml": CYCLE,
    "2025-Q1/company.yml": COMPANY_FILE,
    "2025-Q1/product.yml": TEAM,
}
OKR, CYCLE_YML = "okr.yml", "2025-Q1/cycle.yml"
TOP, PRODUCT = "2025-Q1/company.yml", "2025-Q1/product.yml"


class Notice(Flag):
    NOBODY = 0
    SEAL = auto()
    DIGEST = auto()
    BOTH = SEAL | DIGEST


CASES = [
    (OKR, "mark: 0.6", "mark: 1", Notice.BOTH),
    (OKR, "{from: 0.4,", "{from: 0.6,", Notice.BOTH),
    (OKR, "word: progress", "word: fine", Notice.BOTH),
    (OKR, "{fiscal_year_starts: January}", "{fiscal_year_starts: July}", Notice.NOBODY),  # no FY…
    # Values carry their own dates; only the machine's today would differ.
    (OKR, "starts: January}", "starts: January, time_zone: Europe/Zurich}", Notice.NOBODY),
    (OKR, "grading_days: 5", "grading_days: 0", Notice.DIGEST),  # no value in those days
    # What decides only about words while the cycle runs: no grade of a closed one.
    (OKR, "aims: {aspirational: 0.7}", "aims: {aspirational: 0.5}", Notice.DIGEST),
    (OKR, "pace: {ahead: 0.15}", "pace: {ahead: 0.3}", Notice.DIGEST),
    # Which team is the company: its grade stands beside the cycle's.
    (
        OKR,
        "company: {name: Company, lead: ada}\n  product: {name: Product, parent: company}",
        "product: {name: Product}\n  company: {name: Company, lead: ada, parent: product}",
        Notice.SEAL,
    ),
    # A second team without a parent: then there is no company, and no grade has changed.
    (OKR, "teams:\n", "teams:\n  sales: {name: Sales}\n", Notice.NOBODY),
    (CYCLE_YML, "schema: 1\n", "schema: 1\nend: 2025-03-10\n", Notice.BOTH),
    (CYCLE_YML, "schema: 1\n", "schema: 1\nstart: 2025-02-15\n", Notice.BOTH),
    (CYCLE_YML, "schema: 1\n", "schema: 1\ngrading_date: 2025-03-31\n", Notice.DIGEST),
    (PRODUCT, "weight: 1\n    key", "weight: 3\n    key", Notice.BOTH),
    (TOP, "type: aspirational", "type: committed", Notice.BOTH),
    (TOP, "type: aspirational", "type: learning", Notice.BOTH),
    (PRODUCT, "        type: aspirational\n", "        type: committed\n", Notice.BOTH),
    (PRODUCT, "weight: 1\n        check", "weight: 3\n        check", Notice.BOTH),
    (PRODUCT, "baseline: 800 ms", "baseline: 900 ms", Notice.BOTH),
    (PRODUCT, "target: 400 ms", "target: 500 ms", Notice.BOTH),
    (PRODUCT, "target: 400 ms", "target: 400 ms\n        due: 2025-03-10", Notice.BOTH),
    (PRODUCT, "target: 400 ms", "target: 400 ms\n        visibility: draft", Notice.BOTH),
    (PRODUCT, "floor: 90%", "floor: 94%", Notice.BOTH),
    (PRODUCT, "floor: 90%", "floor: 90%\n        guardrail: true", Notice.BOTH),
    (PRODUCT, "Two, weight: 1", "Two, weight: 3", Notice.BOTH),
    (PRODUCT, "commit: 30", "commit: 40", Notice.BOTH),
    (PRODUCT, "change: +100%", "change: +50%", Notice.BOTH),
    (
        PRODUCT,
        "stages: shipping",
        "stages: [{stage: In QA, mark: 0.5}, {stage: Shipped, mark: 1}]",
        Notice.BOTH,
    ),
    (
        PRODUCT,
        "target: 400 ms",
        "target: 400 ms\n        dropped: {date: 2025-03-25, reason: No}",
        Notice.BOTH,
    ),
    (PRODUCT, "      - id: more\n", "      - id: others\n", Notice.DIGEST),  # the same one, renamed
    # How things stand isn't promised: the seal alone holds it.
    (PRODUCT, "value: 600 ms", "value: 500 ms", Notice.SEAL),
    (PRODUCT, "done: 2025-02-02", "done: 2025-04-25", Notice.SEAL),
    (
        PRODUCT,
        "target: 400 ms",
        "target: 400 ms\n        grade: {value: 1, reason: No}",
        Notice.SEAL,
    ),
    # A flat plan says what was expected meanwhile.
    (
        PRODUCT,
        "target: 400 ms",
        "target: 400 ms\n        plan: [{date: 2025-02-15, value: 800 ms}]",
        Notice.DIGEST,
    ),
    # Nothing of a grade: names, owners, prose, the rhythm, the rules of the review.
    (OKR, "name: Ada", "name: Bea", Notice.NOBODY),
    (OKR, "review_week: 6", "review_week: 7", Notice.NOBODY),
    (OKR, "schema: 1\n", "schema: 1\nrules: {kr-is-output: error}\n", Notice.NOBODY),
    (OKR, "teams:\n", "teams:\n  sales: {name: Sales, parent: company}\n", Notice.NOBODY),
    (OKR, "grading:\n", "grading:\n  override_gap: 0.2\n  review_below: 0.2\n", Notice.NOBODY),
    (CYCLE_YML, "schema: 1\n", "schema: 1\nsummary: A good quarter\n", Notice.NOBODY),
    (PRODUCT, "note: Better", "note: Much better", Notice.NOBODY),
    (PRODUCT, "title: Fast\n", "title: Fast\n        owner: ada\n", Notice.NOBODY),
]


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The quarter, closed on 6 April with an open state before it."""
    made = Repository(tmp_path_factory.mktemp("closed") / "company")
    for path, text in FILES.items():
        made.write(f"okrs/{path}", text.replace("status: closed", "status: active"))
    made.commit("The quarter begins", day="2025-01-02")
    made.write(f"okrs/{CYCLE_YML}", CYCLE)
    made.commit("Close the quarter", day="2025-04-06")
    return made


def digest_of(root: Path) -> str:
    scores = evaluate(DiskTree(root), as_of=None, today=date(2025, 5, 1)).partial
    assert scores is not None
    return cycle_digest(scores.workspace.cycles[0], scores.workspace)


@pytest.mark.parametrize(("path", "before", "after", "who"), CASES)
def test_who_notices_a_change(
    closed: Repository,
    capsys: pytest.CaptureFixture[str],
    path: str,
    before: str,
    after: str,
    who: Notice,
) -> None:
    text = FILES[path]
    assert text.count(before) >= 1
    was = digest_of(closed.root)
    try:
        closed.write(f"okrs/{path}", text.replace(before, after, 1))
        is_other_digest = digest_of(closed.root) != was
        arguments = ("--root", str(closed.root), "--as-of", "2025-05-01", "--format", "json")
        main(["check", *arguments])
        problems = json.loads(capsys.readouterr().out)["problems"]
    finally:
        closed.write(f"okrs/{path}", text)
    sealed = [problem for problem in problems if problem["code"] == "sealed-cycle"]
    assert bool(sealed) == bool(who & Notice.SEAL), sealed
    assert is_other_digest == bool(who & Notice.DIGEST)


def test_an_amendment_of_the_cycle_explains_a_rule(
    closed: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        closed.write(f"okrs/{OKR}", COMPANY.replace("mark: 0.6", "mark: 1"))
        found = []
        for amendments in ("", "amendments: [{date: 2025-04-20, reason: A better scale}]\n"):
            closed.write(f"okrs/{CYCLE_YML}", CYCLE + amendments)
            main(["check", "--root", str(closed.root), "--as-of", "2025-05-01"])
            found.append(capsys.readouterr().out)
    finally:
        closed.write(f"okrs/{OKR}", COMPANY)
        closed.write(f"okrs/{CYCLE_YML}", CYCLE)
    assert "`scales` changed, which moves product/launch#app from 0.60 (progress)" in found[0]
    assert "okrs/okr.yml:9" in found[0]
    assert "sealed-cycle" not in found[1]


def test_an_old_digest_is_compared_by_the_rule_that_it_was_made_with(closed: Repository) -> None:
    scores = evaluate(DiskTree(closed.root), as_of=None, today=date(2025, 5, 1)).partial
    assert scores is not None
    cycle = scores.workspace.cycles[0]
    assert is_present_digest("7af05de18773", cycle, scores.workspace)
    assert not is_present_digest("7af05de1877x", cycle, scores.workspace)
    assert is_present_digest(cycle_digest(cycle, scores.workspace).upper(), cycle, scores.workspace)
    assert not is_present_digest("v9:7af05de18773", cycle, scores.workspace)


def test_each_field_that_is_left_out_is_one_of_the_format() -> None:
    later = {"stage_changes", "closing_note", "sources"}  # declared elsewhere, at the same time
    for record, keys in {**_NOT_PROMISED, **_NO_RULES}.items():
        assert keys - later <= {*fields_of(record)}, record
