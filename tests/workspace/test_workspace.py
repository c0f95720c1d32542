"""The cycle that people mean by now."""

from __future__ import annotations

from datetime import date

import pytest

from okr_states import files_from, read_state

OBJECTIVE = "schema: 1\nobjectives: [{id: grow, title: Grow}]\n"


@pytest.mark.parametrize(
    ("quarter", "current"),
    [
        ("status: active", "2025-Q1"),
        ("status: draft\nvisibility: public", "2025"),
        ("status: active\nvisibility: draft", "2025"),
    ],
)
def test_a_draft_is_not_the_current_cycle_where_another_one_runs_even_a_public_draft(
    quarter: str, current: str
) -> None:
    texts = {
        "okrs/okr.yml": "schema: 1\norganization: Example\n",
        "okrs/2025/company.yml": OBJECTIVE,
        "okrs/2025-Q1/company.yml": OBJECTIVE,
        "okrs/2025-Q1/cycle.yml": f"schema: 1\n{quarter}\n",
    }
    found = read_state(files_from(texts)).workspace.current_cycle(date(2025, 2, 1))
    assert found is not None
    assert found.id == current
