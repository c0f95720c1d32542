"""The export writes codes: a status that is called otherwise on the pages changes nothing in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from okrdocs import words
from okrdocs.pages.now import now_view
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.pipeline.freshness import read_inputs
from okrdocs.report.json_export import export_data

FILES = {
    "okr.yml": "schema: 1\norganization: Example\nteams: {product: {name: Product}}\n",
    "2025-Q1/product.yml": """\
schema: 1
objectives:
  - id: trust
    title: Trust
    key_results:
      - {id: a, title: A, target: 9, check_ins: [{date: 2025-03-01, value: 1, rag: green}]}
      - {id: b, title: B, baseline: 0, target: 9}
      - {id: c, title: C, baseline: 0, target: 9, dropped: {date: 2025-02-01, reason: No}}
""",
}
LOUD = ("STATUS_WORDS", "STATE_WORDS")


def outcome(root: Path) -> tuple[list[Any], set[str]]:
    """Status, state and pace of each key result and the counts of all; the words on Now."""
    found = evaluate(read_inputs(root), as_of=date(2025, 3, 3), today=date(2025, 3, 3)).scores
    assert found is not None
    view = now_view(found)
    assert view is not None
    cycle = json.loads(json.dumps(export_data(found)))["cycles"][0]
    key_results = cycle["teams"][0]["objectives"][0]["key_results"]
    codes = [[each[key] for key in ("status", "state", "pace")] for each in key_results]
    return [codes, cycle["statuses"]], {status.word for status, _ in view.statuses}


def test_another_label_changes_the_pages_and_not_the_export(
    a_repository: Callable[[dict[str, str]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = a_repository(FILES)
    codes, shown = outcome(root)
    assert codes == [
        [
            ["🟢 At risk", "graded", "at risk"],
            ["Stale", "not reported", None],
            ["Dropped", "dropped", None],
        ],
        {"At risk": 1, "Dropped": 1, "Stale": 1},
    ]
    for name in LOUD:
        held = getattr(words, name)
        monkeypatch.setattr(words, name, {code: f"“{word}”" for code, word in held.items()})
    assert outcome(root) == (codes, {f"“{word}”" for word in shown})
