"""A target that git saw move needs an entry: what `okr check` says, in real repositories."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from git_repository import Repository
from okrdocs.cli import main

COMPANY = "schema: 1\norganization: Acme\nteams:\n  product: {name: Product}\n"
TEAM = """\
schema: 1
objectives:
  - id: trust
    title: Enterprises trust us with their data
    key_results:
      - id: audits
        title: Audits passed
        target: 4 audits
"""
PATH = "okrs/2025-Q1/product.yml"
ENTRY = "        target_changes: [{date: 2025-02-10, from: 4 audits, reason: Booked}]\n"
LOWER = TEAM.replace("target: 4 audits", "target: 2 audits")
Check = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def quarter(tmp_path: Path) -> Repository:
    """A quarter that was planned before it began."""
    made = Repository(tmp_path / "company")
    made.write("okrs/okr.yml", COMPANY)
    made.write(PATH, TEAM)
    made.commit("Plan", day="2024-12-20")
    return made


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """What is said of targets that moved."""

    def found(root: Path, day: str = "2025-02-12") -> list[dict[str, Any]]:
        main(["check", "--root", str(root), "--as-of", day, "--format", "json"])
        listed = json.loads(capsys.readouterr().out)["problems"]
        codes = ("target-moved", "stages-rewritten")
        return [problem for problem in listed if problem["code"] in codes]

    return found


def moved(quarter: Repository, text: str, day: str = "2025-02-10") -> None:
    quarter.write(PATH, text)
    quarter.commit("Change", day=day)


def test_a_target_that_moved_without_an_entry_is_told(quarter: Repository, check: Check) -> None:
    assert check(quarter.root) == []
    moved(quarter, LOWER)
    (told,) = check(quarter.root)
    assert told["ref"] == "2025-Q1:product/trust#audits"
    assert (told["path"], told["line"], told["severity"]) == (PATH, 8, "warning")
    assert told["message"] == (
        "In git this target was 4 audits until 2025-02-10; now it is 2 audits, and nothing here"
        " says so."
    )
    assert "`{date: 2025-02-10, from: 4 audits, reason: …}`" in told["hint"]


def test_what_isnt_committed_yet_is_told_as_of_today(quarter: Repository, check: Check) -> None:
    quarter.write(PATH, LOWER)
    (told,) = check(quarter.root)
    assert "was 4 audits until 2025-02-12" in told["message"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (LOWER + ENTRY, "2025-02-10"),
        (LOWER, "2024-12-28"),  # planning
        (LOWER, "2025-01-01"),
        (TEAM.replace("4 audits", "4.0 audits"), "2025-02-10"),
        (TEAM + "        check_ins: [{date: 2025-02-10, value: 1}]\n", "2025-02-10"),
    ],
)
def test_what_is_explained_planned_or_the_same_is_fine(
    quarter: Repository, check: Check, text: str, day: str
) -> None:
    moved(quarter, text, day)
    assert check(quarter.root) == []


def test_a_second_move_needs_an_entry_of_its_own(quarter: Repository, check: Check) -> None:
    moved(quarter, LOWER + ENTRY)
    again = LOWER.replace("target: 2", "target: 1") + ENTRY
    moved(quarter, again, "2025-02-11")
    assert "was 2 audits until 2025-02-11" in check(quarter.root)[0]["message"]


def test_a_target_that_came_back_is_fine(quarter: Repository, check: Check) -> None:
    moved(quarter, LOWER)
    moved(quarter, TEAM, "2025-02-11")
    assert check(quarter.root) == []


def test_a_renamed_file_and_a_renamed_id_are_followed(quarter: Repository, check: Check) -> None:
    quarter.move(PATH, "okrs/2025-Q1/goods.yml")
    quarter.write("okrs/okr.yml", COMPANY.replace("product:", "goods:"))
    quarter.commit("Rename", day="2025-02-01")
    renamed = LOWER.replace("id: audits", "id: passed\n        was: audits")
    quarter.write("okrs/2025-Q1/goods.yml", renamed)
    assert [told["ref"] for told in check(quarter.root)] == ["2025-Q1:goods/trust#passed"]


@pytest.mark.parametrize("status", ["draft", "closed"])
def test_drafts_are_still_planned_and_closed_cycles_are_sealed(
    quarter: Repository, check: Check, status: str
) -> None:
    quarter.write("okrs/2025-Q1/cycle.yml", f"schema: 1\nstatus: {status}\n")
    moved(quarter, LOWER)
    assert check(quarter.root, "2025-05-01") == []


def test_without_git_nothing_is_claimed(quarter: Repository, check: Check, tmp_path: Path) -> None:
    moved(quarter, LOWER)
    (quarter.root / ".git").rename(tmp_path / "elsewhere")
    assert check(quarter.root) == []


def test_levels_have_a_target_as_well(quarter: Repository, check: Check) -> None:
    levels = TEAM.replace("target: 4 audits", "levels: {commit: 2, target: 4, stretch: 8}")
    moved(quarter, levels, "2024-12-28")
    moved(quarter, levels.replace("target: 4", "target: 3"))
    assert "was 4 until 2025-02-10; now it is 3" in check(quarter.root)[0]["message"]


STAGES = TEAM.replace(
    "target: 4 audits", "stages: [{stage: Pilot, mark: 0.5}, {stage: Live, mark: 1}]"
)
REWRITTEN = STAGES.replace("mark: 0.5}", "mark: 0.9}")
STAGE_ENTRY = (
    "        stage_changes:\n          - date: 2025-02-10\n"
    "            from: [{stage: Pilot, mark: 50%}, {stage: Live, mark: 1}]\n"
)


def test_stages_that_were_rewritten_need_an_entry(quarter: Repository, check: Check) -> None:
    moved(quarter, STAGES, "2024-12-28")
    assert check(quarter.root) == []
    moved(quarter, REWRITTEN)
    (told,) = check(quarter.root)
    assert (told["code"], told["line"]) == ("stages-rewritten", 8)
    assert told["message"].startswith("In git these stages were others until 2025-02-10")
    assert (
        "`{date: 2025-02-10, from: [{stage: Pilot, mark: 0.5}, {stage: Live, mark: 1}], reason: …}`"
    ) in told["hint"]
    moved(quarter, REWRITTEN + STAGE_ENTRY)
    assert check(quarter.root) == []


def test_what_stages_mean_may_be_said_later(quarter: Repository, check: Check) -> None:
    moved(quarter, STAGES, "2024-12-28")
    moved(quarter, STAGES.replace("mark: 0.5}", "mark: 50%, means: With three shops}"))
    assert check(quarter.root) == []
