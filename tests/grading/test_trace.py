"""The trace beside each number: a reader can recompute it from what stands there."""

from __future__ import annotations

from datetime import date

import pytest

from okr_states import files_from, grade_files
from okrdocs.grading.results import CycleScore


def graded(day: str, *key_results: str) -> CycleScore:
    rows = "".join(f"      - {{title: T, {row}}}\n" for row in key_results)
    files = files_from(
        {
            "okrs/okr.yml": "schema: 1\norganization: Example\nteams: {company: {name: Company}}\n",
            "okrs/spring/cycle.yml": "schema: 1\nstart: 2025-01-01\nend: 2025-04-10\n",
            "okrs/spring/company.yml": (
                f"schema: 1\nobjectives:\n  - id: o\n    title: O\n    key_results:\n{rows}"
            ),
        }
    )
    return grade_files(files, date.fromisoformat(day)).cycles[0]


def trace(day: str, row: str) -> tuple[str, ...]:
    (key_result,) = graded(day, row).key_results()
    return key_result.trace


@pytest.mark.parametrize(
    ("value", "progress"),
    [
        ("35", "35 on the line from 20 (0) to 50 (0.3) = 0.15"),
        ("60", "60 on the line from 50 (0.3) to 70 (0.7) = 0.5"),
        ("115", "115 on the line from 70 (0.7) to 100 (1) = 1.15"),
    ],
)
def test_levels_name_the_segment(value: str, progress: str) -> None:
    row = (
        "id: kr, baseline: 20, levels: {commit: 50, target: 70, stretch: 100},"
        f" check_ins: [{{date: 2025-02-19, value: {value}}}]"
    )
    assert f"progress = {progress}" in trace("2025-02-19", row)


def test_levels_name_the_segments_of_what_is_expected_and_of_where_they_lead() -> None:
    row = (
        "id: kr, baseline: 20, levels: {commit: 50, target: 70, stretch: 100},"
        " check_ins: [{date: 2025-02-19, value: 40}]"
    )
    assert trace("2025-02-19", row)[-3:-1] == (
        "expected = the mark at 0.5 of the way to the target level,"
        " on the line from 20 (0) to 50 (0.3) = 0.25",
        "gap = 0.20 − 0.25 = −0.05: on track",
    )
    assert trace("2025-02-19", row)[-1] == (
        "carried on = 20 + (40 − 20) / 0.5 = 60, on the line from 50 (0.3) to 70 (0.7):"
        " forecast = 0.50"
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-03-12", "between 0.4 planned for 2025-02-20 and 0.8 for 2025-04-01 = 0.60"),
        ("2025-01-26", "between 0 planned for 2025-01-01 and 0.4 for 2025-02-20 = 0.20"),
        ("2025-04-05", "0.8 planned for 2025-04-01 = 0.80"),
    ],
)
def test_a_plan_names_its_two_points(day: str, expected: str) -> None:
    row = (
        "id: kr, baseline: 0, target: 100, plan: [{date: 2025-02-20, value: 40},"
        f" {{date: 2025-04-01, value: 80}}], check_ins: [{{date: {day}, value: 30}}]"
    )
    assert f"expected by the plan on {day}: {expected}" in trace(day, row)


def test_the_owners_forecast_has_its_day() -> None:
    row = (
        "id: kr, baseline: 0, target: 100, check_ins:"
        " [{date: 2025-01-20, value: 5, forecast: 0.4}, {date: 2025-02-19, value: 30}]"
    )
    assert trace("2025-02-19", row)[-1] == "forecast = 0.40, the owner's own of 2025-01-20"


def test_means_show_their_sums_at_every_level() -> None:
    score = graded(
        "2025-02-19",
        "id: a, baseline: 0, target: 100, check_ins: [{date: 2025-02-19, value: 60}]",
        "id: b, baseline: 0, target: 100, dropped: {date: 2025-02-01, reason: Late},"
        " check_ins: [{date: 2025-02-01, value: 20}]",
    )
    (objective,) = score.objectives()
    assert objective.trace == (
        "mean of key results = (0.60) / 1 = 0.60",
        "KR2 is not in the mean: dropped",
        "with what was dropped or left out = (0.60 + 0.20) / 2 = 0.40",
        "expected = (0.35) / 1 = 0.35",
        "gap = 0.60 − 0.35 = +0.25: ahead",
    )
    assert "with what was dropped or left out = (0.40) / 1 = 0.40" in score.trace


def test_a_mean_that_differs_from_the_grade_shows_the_sum_of_the_same_parts() -> None:
    score = graded(
        "2025-02-19",
        "id: a, baseline: 0, target: 100, check_ins: [{date: 2025-02-19, value: 60}]",
        "id: b, baseline: 0, target: 100, check_ins: [{date: 2025-02-19, value: 20}]",
        "id: c, target: done, check_ins: [{date: 2025-02-19, value: 10%}]",
    )
    (objective,) = score.objectives()
    assert objective.trace[-2:] == (
        "expected = (0.35 + 0.35) / 2 = 0.35; of the same parts (0.60 + 0.20) / 2 = 0.40",
        "gap = 0.40 − 0.35 = +0.05: on track",
    )
