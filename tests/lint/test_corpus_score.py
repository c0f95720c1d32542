"""The wording rules are as good as docs/rules/accuracy.md says, also on titles they never saw."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[1]
PAGE = runpy.run_path(str(HERE.parent / "generator/docs_tools/accuracy_page.py"))
# The page's own, so that the rules run once for both.
SCORE = PAGE["SCORE"]
ENOUGH = 0.9
FOUND = {"tuned": 0.9, "held_out": 0.5}
"""How much a rule has to find: a missed fault costs less than a false alarm."""
LABELS = {
    part: {label for item in SCORE["CORPUS"]["items"](part) for label in item.labels}
    for part in SCORE["PARTS"]
}
MEASURED = [(part, code) for part in LABELS for code in SCORE["CODES"] if code in LABELS[part]]


@pytest.mark.parametrize(("part", "code"), MEASURED)
def test_nine_of_ten_findings_are_right(part: str, code: str) -> None:
    assert SCORE["scores"](part)[code].precision >= ENOUGH


@pytest.mark.parametrize(("part", "code"), MEASURED)
def test_enough_of_the_faults_are_found(part: str, code: str) -> None:
    assert SCORE["scores"](part)[code].recall >= FOUND[part]


def test_every_wording_rule_with_labels_is_measured_on_both_parts() -> None:
    assert {code for _, code in MEASURED} == set(SCORE["CODES"])
    assert {part for part, _ in MEASURED} == set(SCORE["PARTS"])


def test_a_doubtful_label_counts_neither_as_a_hit_nor_as_a_false_alarm() -> None:
    make = SCORE["CORPUS"]["item"]
    path = HERE / "corpus" / "tuned" / "none.yml"
    entry = {"kind": "objective", "title": "Relaunch the website"}
    sure = make(entry | {"labels": ["objective-is-task"]}, path)
    doubtful = make(entry | {"may": ["objective-is-task"]}, path)
    clean = make(entry, path)
    tally = SCORE["tally"]("objective-is-task", SCORE["judge"]([sure, doubtful, clean]))
    assert tally == (1, 1, 0)


def test_the_page_about_accuracy_is_current() -> None:
    assert PAGE["PAGE"].read_text("utf-8") == PAGE["page"]()
