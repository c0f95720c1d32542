"""The day on which a change reached the main line, from dates that people and clocks got wrong."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_repository import Repository
from okrdocs.source.git.main_line_days import days_in_order
from okrdocs.source.git.repository import find_repository

START = date(2025, 1, 1)
PATH = "okrs/2025-Q1/product.yml"


def resolved(*numbers: int) -> list[int]:
    days = days_in_order([START + timedelta(days=number) for number in numbers])
    return [(day - START).days for day in days]


@pytest.mark.parametrize(
    ("given_days", "expected"),
    [
        ((), []),
        ((3, 3, 5), [3, 3, 5]),
        ((5, 1), [5, 5]),  # dated back: not before its parent
        ((1, 30, 5), [1, 30, 30]),
        ((1, 0, 3), [1, 1, 3]),
        ((1, 9000, 3), [1, 3, 3]),  # a clock that was years ahead: not after the next one
        ((1, 9, 3, 4), [1, 3, 3, 4]),
        ((9000, 3, 4), [3, 3, 4]),
        ((1, 2, 3, -9000), [1, 2, 3, 3]),
        ((1, -9000), [1, 1]),
        ((1, 2, 9000), [1, 2, 9000]),  # nothing says otherwise yet
    ],
)
def test_a_day_lies_between_those_of_its_neighbours(
    given_days: tuple[int, ...], expected: list[int]
) -> None:
    assert resolved(*given_days) == expected


@given(st.lists(st.integers(-500, 500)))
def test_days_never_fall_and_come_from_those_given(numbers: list[int]) -> None:
    found = resolved(*numbers)
    assert found == sorted(found)
    assert len(found) == len(numbers)
    assert {*found} <= {*numbers}


@given(st.lists(st.integers(-100, 100)).map(sorted))
def test_days_in_order_stay(numbers: list[int]) -> None:
    assert resolved(*numbers) == numbers


def test_thousands_of_days_are_quick() -> None:
    numbers = [(n * 7919) % 20_011 for n in range(20_000)]
    assert resolved(*numbers) == sorted(resolved(*numbers))


def days(made: Repository) -> list[str]:
    found = find_repository(made.root)
    assert found is not None
    return [str(step.landed) for step in found.log("okrs")]


def test_a_rebased_commit_counts_from_the_day_of_the_rebase(tmp_path: Path) -> None:
    made = Repository(tmp_path / "made")
    made.write(PATH, "one\n")
    made.commit(day="2025-12-20")
    made.write(PATH, "two\n")
    made.commit(day="2025-12-28", committed="2026-02-11 12:00:00 +0000")
    assert days(made) == ["2025-12-20", "2026-02-11"]


def test_what_a_merge_brought_in_came_with_the_merge(tmp_path: Path) -> None:
    made = Repository(tmp_path / "made")
    made.write(PATH, "one\n")
    made.commit(day="2025-12-20")
    made.branch("side")
    made.write(PATH, "two\n")
    made.commit(day="2025-12-28")
    made.switch("main")
    made.merge("side", day="2026-02-11")
    found = find_repository(made.root)
    assert found is not None
    step = found.log("okrs")[-1]
    assert [str(one.landed) for one in (step, *step.merged)] == ["2026-02-11", "2026-02-11"]
    assert [str(one.author_day) for one in step.merged] == ["2025-12-28"]


def test_commits_that_touch_other_files_bound_the_days_too(tmp_path: Path) -> None:
    made = Repository(tmp_path / "made")
    for path, day in (
        (PATH, "2025-12-20"),
        ("src/main.c", "2026-02-10"),
        (PATH, "2025-12-28"),  # dated back, after what is there since February
        (PATH, "2026-03-28"),  # a clock that was ahead
        ("src/main.c", "2026-02-12"),
        ("src/main.c", "2026-02-13"),
    ):
        made.write(path, f"{day}\n")
        made.commit(day=day)
    assert days(made) == ["2025-12-20", "2026-02-10", "2026-02-12"]


def test_steps_of_a_branch_that_brought_the_folder_keep_their_days(tmp_path: Path) -> None:
    made = Repository(tmp_path / "made")
    made.write("src/main.c", "one\n")
    made.commit(day="2025-12-01")
    made.branch("side")
    made.write(PATH, "one\n")
    made.commit(day="2025-12-20")
    made.write(PATH, "two\n")
    made.commit(day="2025-12-28")
    made.switch("main")
    made.write("src/main.c", "two\n")
    made.commit(day="2025-12-10")
    made.merge("side", day="2026-02-11")
    made.write(PATH, "three\n")
    made.commit(day="2026-02-20")
    assert days(made) == ["2025-12-20", "2025-12-28", "2026-02-20"]
