"""How far a day is from the end of its cycle, as the sentences of a diff put it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from okrdocs.diff.difficulty import time_to_cycle_end
from okrdocs.workspace.calendar import Period

END = date(2025, 3, 31)
QUARTER = Period(date(2025, 1, 1), END, "Q1 2025")


@pytest.mark.parametrize(
    ("days_left", "said"),
    [
        (-1, "after the end"),
        (0, "on the last day"),
        (1, "one day before the end"),
        (13, "13 days before the end"),
        (14, "two weeks before the end"),
        (17, "two weeks before the end"),
        (18, "three weeks before the end"),
        (24, "three weeks before the end"),
        (25, "four weeks before the end"),
        (89, "13 weeks before the end"),
        (90, ""),
    ],
)
def test_days_before_the_end_are_rounded_to_whole_weeks(days_left: int, said: str) -> None:
    assert time_to_cycle_end(END - timedelta(days=days_left), QUARTER) == said


def test_a_cycle_without_dates_has_no_end_to_count_to() -> None:
    assert time_to_cycle_end(END, None) == ""
