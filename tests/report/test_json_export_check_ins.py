"""Which check-ins the export holds."""

from __future__ import annotations

from datetime import date

from okr_states import files_from, grade_files
from okrdocs.report.json_export import export_data

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
        check_ins:
          - {date: 2025-02-09, value: 1}
          - {date: 2025-02-10, value: 2}
          - {date: 2025-02-11, value: 3}
"""


def test_a_check_in_of_the_very_day_of_the_export_is_in_it_and_no_later_one() -> None:
    texts = {
        "okrs/okr.yml": "schema: 1\norganization: Example\n",
        "okrs/2025-Q1/company.yml": TEAM,
    }
    (cycle,) = export_data(grade_files(files_from(texts), date(2025, 2, 10)))["cycles"]
    (key_result,) = cycle["teams"][0]["objectives"][0]["key_results"]
    assert [each["date"] for each in key_result["check_ins"]] == ["2025-02-09", "2025-02-10"]
    assert (key_result["value"], key_result["value_on"]) == ("2", "2025-02-10")
