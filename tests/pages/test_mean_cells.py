"""Means with what isn't in them: on every page and in the terminal where a mean stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from okrdocs.grading.results import Scores
from okrdocs.pipeline.build import page_texts
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.pipeline.freshness import read_inputs

Repository = Callable[[Mapping[str, str]], Path]
COMPANY = "schema: 1\norganization: Acme\nteams: {product: {name: Product}}\n"
GOOD = """\
      - {id: good, title: Good, target: 10 deals, check_ins: [{date: 2025-02-10, value: 9 deals}]}
"""
BAD = """\
      - id: bad
        title: Bad
        target: 10 deals
        check_ins: [{date: 2025-02-01, value: 1 deal}]
"""
DROPPED = "dropped: {date: 2025-02-05, reason: No time}\n"
OF_KEY_RESULT = f"{GOOD}{BAD}        {DROPPED}"
OBJECTIVE = "schema: 1\nobjectives:\n  - id: grow\n    title: Grow\n    key_results:\n"
OF_OBJECTIVE = f"{GOOD}  - id: gone\n    title: Gone\n    {DROPPED}    key_results:\n{BAD}"
REMARK = "<small>0.50 with what was dropped</small>"


def scores_of(repository: Path, day: date) -> Scores:
    scores = evaluate(read_inputs(repository), as_of=None, today=day).scores
    assert scores is not None
    return scores


@pytest.fixture(params=[OF_KEY_RESULT, OF_OBJECTIVE], ids=["a key result", "an objective"])
def scores(a_repository: Repository, request: pytest.FixtureRequest) -> Scores:
    team = OBJECTIVE + request.param
    files = {"okr.yml": COMPANY, "2025-Q1/product.yml": team}
    return scores_of(a_repository(files), date(2025, 2, 12))


def test_a_mean_stands_beside_the_one_with_what_was_dropped(scores: Scores) -> None:
    texts = page_texts(scores)
    cell = f"**0.90**<br>{REMARK}"
    assert f"| {cell} |" in texts["cycles.md"]
    assert f"| {cell} |" in texts["teams.md"]
    assert f"| {cell} |" in texts["teams/product.md"]
    assert f"| {cell} |" in texts["2025-Q1/index.md"]
    assert f"<dd>0.90 {REMARK}" in texts["index.md"]
    said = "1 of 1 key results reported; 0.50 with what was dropped"
    assert f"<strong>0.90</strong> <small>{said}</small>" in texts["2025-Q1/product.md"]


def test_no_sentence_about_what_was_dropped_ends_in_the_middle(scores: Scores) -> None:
    for path, text in page_texts(scores).items():
        assert "with what was <" not in text, path
        assert "with what was ;" not in text, path
