"""What a change did to what is published beside the grade."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from okr_states import files_from, grade_files
from okrdocs.diff import Scope, compare
from okrdocs.grading.results import Scores

TEAM = """\
schema: 1
objectives:
  - id: growth
    title: Grow
    key_results:
      - id: deals
        title: Deals
        baseline: 0
        target: 10
        check_ins: [{date: 2025-02-01, value: 3, forecast: %s}]
"""


def company(forecast: str) -> Scores:
    texts = {
        "okrs/okr.yml": "schema: 1\norganization: Example\n",
        "okrs/2025-Q1/company.yml": TEAM % forecast,
    }
    return grade_files(files_from(texts), date(2025, 2, 10))


def test_a_change_that_moves_only_the_forecast_is_an_effect_on_the_key_result() -> None:
    (effect,) = compare(company("0.7"), company("0.5")).effects
    assert effect.scope is Scope.KEY_RESULT
    assert (effect.before, effect.after) == (Decimal("0.30"), Decimal("0.30"))
    assert (effect.words_before, effect.words_after) == ("forecast 0.70", "forecast 0.50")
