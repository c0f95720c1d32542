"""`okr diff` and `--rev`: two states of a real repository, and any one of them again."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from git_repository import Repository
from okrdocs.cli import main

COMPANY = "schema: 1\norganization: Acme\nteams:\n  product: {name: Product}\n"
TEAM = """\
schema: 1
objectives:
  - id: trust
    title: Enterprises trust us with their data
    dri: ada
    key_results:
      - id: audits
        title: Audits passed
        baseline: 0 audits
        target: 4 audits
        check_ins:
          - {date: 2025-01-20, value: 1 audit}
"""
PATH = "okrs/2025-Q1/product.yml"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def company(tmp_path: Path) -> Repository:
    made = Repository(tmp_path)
    made.write("okrs/okr.yml", COMPANY)
    made.write(PATH, TEAM)
    made.commit("The quarter begins", day="2025-01-20")
    return made


@pytest.fixture
def okr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*arguments: str) -> tuple[int, str]:
        code = main([arguments[0], "--root", str(tmp_path), *arguments[1:]])
        return code, capsys.readouterr().out

    return ran


def test_on_the_main_branch_the_files_are_compared_with_the_last_commit(
    company: Repository, okr: Run
) -> None:
    company.write(PATH, TEAM.replace("target: 4 audits", "target: 2 audits"))
    code, said = okr("diff")
    assert code == 0
    assert "from 4 audits to 2 audits" in said
    assert "0.25 → 0.50" in said


def test_on_a_branch_everything_since_it_began_is_compared(company: Repository, okr: Run) -> None:
    company.branch("lower")
    company.write(PATH, TEAM.replace("target: 4 audits", "target: 2 audits"))
    company.commit("Lower it", day="2025-01-21")
    code, said = okr("diff", "--format", "json")
    assert code == 0
    assert [change["kind"] for change in json.loads(said)["changes"]] == ["target"]


def test_two_revisions_are_compared_whatever_the_files_say(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("Audits passed", "Audits that we passed"))
    company.commit("Reword", day="2025-01-21")
    company.write(PATH, "schema: 2\n")
    code, said = okr("diff", "HEAD~1", "HEAD")
    assert code == 0
    assert "Audits that we passed" in said


@pytest.mark.usefixtures("company")
def test_a_state_compared_with_itself_has_no_change(okr: Run) -> None:
    code, said = okr("diff", "HEAD", "HEAD")
    assert code == 0
    assert said.startswith("No change in the OKRs")


def test_what_the_calendar_does_is_no_change(company: Repository, okr: Run) -> None:
    company.write("README.md", "# nothing about OKRs\n")
    company.commit("Later", day="2025-03-20")
    assert okr("diff", "HEAD~1", "HEAD")[1].startswith("No change in the OKRs")


def test_errors_in_the_new_state_are_told_and_nothing_is_compared(
    company: Repository, okr: Run
) -> None:
    company.write(PATH, TEAM.replace("target:", "targte:"))
    assert okr("diff") == (1, "")


def test_errors_in_the_old_state_hide_only_what_they_hide(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("title: Audits passed", "titel: Audits passed"))
    company.commit("A slip", day="2025-01-21")
    company.write(PATH, TEAM)
    code, said = okr("diff")
    assert code == 0
    assert "Audits passed" in said


@pytest.mark.parametrize("rev", ["nowhere", "--output=x", ""])
@pytest.mark.usefixtures("company")
def test_an_unknown_revision_is_wrong_use(okr: Run, rev: str) -> None:
    assert okr("diff", "--", rev)[0] == 2


def test_a_folder_without_git_is_wrong_use(tmp_path: Path, okr: Run) -> None:
    (tmp_path / "okrs").mkdir()
    (tmp_path / "okrs" / "okr.yml").write_text(COMPANY, "utf-8")
    assert okr("diff")[0] == 2
    assert okr("export", "--rev", "HEAD")[0] == 2


def test_a_revision_is_seen_as_of_its_own_day(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM + "          - {date: 2025-02-10, value: 3 audits}\n")
    company.commit("February", day="2025-02-12")
    held = json.loads(okr("export", "--rev", "HEAD~1")[1])
    assert held["as_of"] == "2025-01-20"
    assert held["cycles"][0]["grade"] == "0.25"
    assert len(held["revision"]) == 40
    later = json.loads(okr("export", "--rev", "HEAD", "--as-of", "2025-02-11")[1])
    assert (later["as_of"], later["cycles"][0]["grade"]) == ("2025-02-11", "0.75")


def test_pages_of_a_revision_are_the_same_on_every_day(
    company: Repository, okr: Run, tmp_path: Path
) -> None:
    company.write(PATH, TEAM.replace("4 audits", "2 audits"))
    assert okr("generate", "--rev", "HEAD")[0] == 0
    page = tmp_path / "docs" / "okrs" / "2025-Q1" / "product.md"
    first = page.read_bytes()
    assert b"4 audits" in first
    assert okr("generate")[0] == 0
    assert page.read_bytes() != first
    assert okr("generate", "--rev", "HEAD")[0] == 0
    assert page.read_bytes() == first


def test_status_and_explain_look_at_a_revision(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("4 audits", "2 audits"))
    assert "as of 2025-01-20" in okr("status", "--rev", "HEAD")[1]
    assert "4 audits" in okr("explain", "product/trust#audits", "--rev", "HEAD")[1]


def test_explain_tells_how_the_number_came_to_be(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("target: 4 audits", "target: 2 audits"))
    company.commit("Lower it", day="2025-01-21")
    said = okr("explain", "product/trust#audits", "--as-of", "2025-01-30", "--no-color")[1]
    told = [line.strip() for line in said.splitlines()]
    before, after = told[-2:]
    assert before.startswith("2025-01-20 – ")
    assert "target 4 audits" in before
    assert after.startswith("2025-01-21 – ")
    assert "target from 4 audits to 2 audits" in after
    assert told[-3].startswith("Set at the start: 0 audits to 4 audits. Against that the grade")
    assert "2025-01-21" not in okr("explain", "product/trust#audits", "--rev", "HEAD~1")[1]


def test_explain_gives_the_reason_of_a_drop(company: Repository, okr: Run) -> None:
    dropped = "        dropped: {date: 2025-01-22, reason: The auditor closed}\n"
    company.write(PATH, f"{TEAM}{dropped}")
    said = okr("explain", "product/trust#audits", "--as-of", "2025-01-30")[1]
    assert "dropped on 2025-01-22: The auditor closed" in said
