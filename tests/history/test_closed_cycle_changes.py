"""Closed cycles are sealed: what `okr check` says of their numbers, in real repositories."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from git_repository import Repository
from okrdocs.cli import main
from okrdocs.history.closings import closings_by_folder
from okrdocs.lint.baseline import FILE
from okrdocs.source.git.repository import find_repository

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
        owner: ada
        baseline: 0 audits
        target: 4 audits
        check_ins:
          - {date: 2025-01-20, value: 1 audit}
      - id: launch
        title: The audit is over
        owner: ada
        milestones:
          - {title: Asked for, done: 2025-02-01}
          - {title: Signed}
        grade: {value: 0.6, reason: Measured too late}
"""
CLOSED = "schema: 1\nstatus: closed\n"
OPEN = "schema: 1\nstatus: active\n"
Q1 = "okrs/2025-Q1"
PATH, CYCLE = f"{Q1}/product.yml", f"{Q1}/cycle.yml"
AUDITS, LAUNCH = "2025-Q1:product/trust#audits", "2025-Q1:product/trust#launch"
LOWER = TEAM.replace("target: 4 audits", "target: 2 audits")
MORE = "          - {date: 2025-01-20, value: 1 audit}\n"
Check = Callable[..., list[dict[str, object]]]


@pytest.fixture
def closed(tmp_path: Path) -> Repository:
    """The quarter, closed on 2 April."""
    made = Repository(tmp_path / "company")
    made.write("okrs/okr.yml", COMPANY)
    made.write(PATH, TEAM)
    made.write(CYCLE, OPEN)
    made.commit("The quarter begins", day="2025-01-20")
    made.write(CYCLE, CLOSED)
    made.commit("Close the quarter", day="2025-04-02")
    return made


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """What is wrong with a folder's closed cycles."""

    def found(root: Path, *arguments: str) -> list[dict[str, object]]:
        run(root, "--format", "json", *arguments)
        listed = json.loads(capsys.readouterr().out)["problems"]
        return [problem for problem in listed if problem["code"] == "sealed-cycle"]

    return found


def run(root: Path, *arguments: str) -> int:
    return main(["check", "--root", str(root), "--as-of", "2025-05-01", *arguments])


def amended(entry: str, status: str = CLOSED) -> str:
    return f"{status}amendments:\n  - {entry}\n"


def test_a_closed_cycle_as_it_was_is_fine(closed: Repository, check: Check) -> None:
    assert check(closed.root) == []
    assert run(closed.root) == 0


def test_a_metric_of_a_closed_key_result_may_be_named_later(
    closed: Repository, check: Check
) -> None:
    closed.write("okrs/metrics.yml", "schema: 1\nmetrics: {audits: {name: Audits}}\n")
    closed.write(PATH, TEAM.replace("        owner: ada\n", "        metric: audits\n", 1))
    assert check(closed.root) == []
    closed.write(PATH, LOWER.replace("        owner: ada\n", "        metric: audits\n", 1))
    assert [problem["ref"] for problem in check(closed.root)] == [AUDITS]


@pytest.mark.parametrize("committed", [False, True])
def test_a_target_that_was_lowered_is_an_error_at_its_line(
    closed: Repository, check: Check, committed: bool
) -> None:
    closed.write(PATH, LOWER)
    if committed:
        closed.commit("Lower it", day="2025-04-10")
    (problem,) = check(closed.root)
    assert problem["severity"] == "error"
    assert (problem["path"], problem["line"], problem["ref"]) == (PATH, 11, AUDITS)
    said = str(problem["message"])
    assert "closed on 2025-04-02" in said
    assert "from 4 audits to 2 audits" in said
    assert "`amendments: [{ref: product/trust#audits, date: …, reason: …}]`" in str(problem["hint"])
    assert run(closed.root) == 1


@pytest.mark.parametrize(
    ("old", "new", "ref"),
    [
        ("baseline: 0 audits", "baseline: 1 audit", AUDITS),
        ("baseline: 0 audits", "weight: 2\n        baseline: 0 audits", AUDITS),
        (MORE, MORE + "          - {date: 2025-03-20, value: 4 audits}\n", AUDITS),
        ("value: 1 audit", "value: 3 audits", AUDITS),
        (MORE, "          []\n", AUDITS),
        ("value: 0.6", "value: 0.9", LAUNCH),
        ("        grade: {value: 0.6, reason: Measured too late}\n", "", LAUNCH),
        ("{title: Signed}", "{title: Signed, done: 2025-03-01}", LAUNCH),
        ("          - {title: Signed}\n", "", LAUNCH),
        ("    dri: ada\n", "    dri: ada\n    weight: 2\n", "2025-Q1:product/trust"),
        ("    dri: ada\n", "    dri: ada\n    type: committed\n", "2025-Q1:product/trust"),
        (TEAM[TEAM.index("      - id: launch") :], "", LAUNCH),
        ("- id: launch", "- {id: new, title: N, target: done}\n      - id: launch",
         "2025-Q1:product/trust#new"),
    ],
)  # fmt: skip
def test_each_number_of_a_closed_cycle_is_sealed(
    closed: Repository, check: Check, old: str, new: str, ref: str
) -> None:
    assert old in TEAM
    closed.write(PATH, TEAM.replace(old, new))
    problems = check(closed.root)
    assert [problem["ref"] for problem in problems] == [ref]
    assert {problem["path"] for problem in problems} == {PATH}
    closed.write(CYCLE, amended("{ref: product/trust, date: 2025-04-20, reason: A slip}"))
    assert check(closed.root) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Audits passed", "title: Audits that we passed"),
        ("reason: Measured too late", "reason: It was measured too late"),
        ("reason: Measured too late", "reason: Measured too late, by: ada"),
        ("title: Signed", "title: Signed by both"),
        ("target: 4 audits", "target: 4.0 audits"),
        ("value: 1 audit}", "value: 1 audit, note: The first one}"),
        (MORE, MORE + "          - {date: 2025-03-20, note: Nothing new}\n"),
        ("    dri: ada\n", "    dri: ben\n"),
        ("schema: 1\n", "schema: 1\nretrospective: {worked: [Weekly calls]}\n"),
    ],
)
def test_words_of_a_closed_cycle_are_not_sealed(
    closed: Repository, check: Check, old: str, new: str
) -> None:
    assert old in TEAM
    closed.write(PATH, TEAM.replace(old, new, 1))
    assert check(closed.root) == []


def test_a_file_without_objectives_is_welcome(closed: Repository, check: Check) -> None:
    closed.write("okrs/okr.yml", f"{COMPANY}  sales: {{name: Sales}}\n")
    closed.write(f"{Q1}/sales.yml", "schema: 1\nretrospective: {worked: [Weekly calls]}\n")
    assert check(closed.root) == []


def test_what_went_to_another_cycle_is_gone_from_the_closed_one(
    closed: Repository, check: Check
) -> None:
    at = TEAM.index("      - id: launch")
    head = TEAM[: TEAM.index("      - id: audits")]
    closed.write(PATH, TEAM[:at])
    closed.write("okrs/2025-Q2/product.yml", head + TEAM[at:])
    (problem,) = check(closed.root)
    assert (problem["path"], problem["line"], problem["ref"]) == (PATH, 1, LAUNCH)
    assert "since then somebody removed" in str(problem["message"])


def test_what_is_gone_is_explained_by_its_objective_whatever_that_is_called_now(
    closed: Repository, check: Check
) -> None:
    renamed = "    key_results:\n", "    was: [trust]\n    key_results:\n"
    less = TEAM[: TEAM.index("      - id: launch")].replace("id: trust", "id: faith")
    closed.write(PATH, less.replace(*renamed))
    (problem,) = check(closed.root)
    assert "`amendments: [{ref: product/faith, date: …, reason: …}]`" in str(problem["hint"])
    closed.write(CYCLE, amended("{ref: product/faith, date: 2025-04-20, reason: A slip}"))
    assert check(closed.root) == []


def test_a_retrospective_of_the_cycle_is_welcome(closed: Repository, check: Check) -> None:
    closed.write(CYCLE, f"{CLOSED}retrospective: {{worked: [Weekly calls]}}\n")
    assert check(closed.root) == []


@pytest.mark.parametrize(
    ("entry", "answered"),
    [
        ("{ref: product/trust#audits, date: 2025-04-20, reason: A slip}", True),
        ("{ref: product/trust, date: 2025-04-02, reason: A slip}", True),
        ("{ref: product/trust#audits, date: 2025-04-01, reason: Before the closing}", False),
        ("{ref: product/trust#launch, date: 2025-04-20, reason: Another one}", False),
        ("{date: 2025-04-20, reason: The whole cycle}", False),
    ],
)
def test_an_amendment_answers_for_what_it_names(
    closed: Repository, check: Check, entry: str, answered: bool
) -> None:
    closed.write(PATH, LOWER)
    closed.write(CYCLE, amended(entry))
    assert (check(closed.root) == []) is answered


def test_an_amendment_of_nothing_known_is_an_error(
    closed: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    closed.write(CYCLE, amended("{ref: product/trst, date: 2025-04-20, reason: A slip}"))
    assert run(closed.root, "--format", "json") == 1
    assert "unknown-reference" in capsys.readouterr().out


@pytest.mark.parametrize("path", [PATH, "okrs/2025-Q1/sales.yml"])
def test_what_no_reference_can_name_is_explained_without_one(
    closed: Repository, check: Check, path: str
) -> None:
    extra = "  - {id: other, title: Other, key_results: [{id: k, title: K, target: done}]}\n"
    if path == PATH:
        closed.write(PATH, TEAM + extra)
        closed.write(CYCLE, OPEN)
        closed.commit("Another quarter", day="2025-05-01")
        closed.write(CYCLE, amended("{date: 2025-05-01, reason: Closed too early}"))
        closed.commit("Closed again", day="2025-05-02")
        closed.write(PATH, TEAM)
    else:
        closed.write("okrs/okr.yml", f"{COMPANY}  sales: {{name: Sales, parent: product}}\n")
        closed.write(path, f"schema: 1\nobjectives:\n{extra}")
    (problem,) = check(closed.root)
    assert (problem["path"], problem["line"]) == (path, 1)
    assert "`amendments: [{date: …, reason: …}]`" in str(problem["hint"])
    closed.write(CYCLE, amended("{date: 2025-05-03, reason: It was another company's}"))
    assert check(closed.root) == []


@pytest.mark.parametrize("committed", [False, True])
def test_opening_a_cycle_again_is_an_error_until_it_is_explained(
    closed: Repository, check: Check, committed: bool
) -> None:
    closed.write(CYCLE, OPEN)
    closed.write(PATH, LOWER)
    if committed:
        closed.commit("Open it again", day="2025-04-10")
    (problem,) = check(closed.root)
    assert (problem["path"], problem["line"], problem["column"]) == (CYCLE, 2, 9)
    assert "it is active again" in str(problem["message"])
    closed.write(CYCLE, amended("{date: 2025-04-10, reason: Closed by mistake}", OPEN))
    assert check(closed.root) == []


def test_a_cycle_without_its_document_is_open_again(closed: Repository, check: Check) -> None:
    closed.remove(CYCLE)
    (problem,) = check(closed.root)
    assert (problem["path"], problem["line"]) == (CYCLE, 1)


def test_a_cycle_that_was_closed_again_is_held_to_the_first_closing_unless_explained(
    closed: Repository, check: Check
) -> None:
    closed.write(CYCLE, OPEN)
    closed.write(PATH, LOWER)
    closed.commit("Open it again", day="2025-04-10")
    closed.write(CYCLE, CLOSED)
    closed.commit("And close it", day="2025-04-12")
    assert [problem["ref"] for problem in check(closed.root)] == [AUDITS]
    closed.write(CYCLE, amended("{date: 2025-04-10, reason: Closed by mistake}"))
    assert check(closed.root) == []
    closed.write(PATH, LOWER.replace("target: 2 audits", "target: 1 audit"))
    (problem,) = check(closed.root)
    assert "from 2 audits to 1 audit" in str(problem["message"])
    assert "closed on 2025-04-12" in str(problem["message"])


def test_a_cycle_stays_sealed_in_a_folder_of_another_name(closed: Repository, check: Check) -> None:
    closed.move(Q1, "okrs/FY25-Q1")
    closed.commit("Fiscal years", day="2025-04-20")
    assert check(closed.root) == []
    closed.write("okrs/FY25-Q1/product.yml", LOWER)
    (problem,) = check(closed.root)
    assert problem["ref"] == AUDITS.replace("2025-Q1", "FY25-Q1")
    assert problem["path"] == "okrs/FY25-Q1/product.yml"


def test_a_new_cycle_is_not_the_old_one_that_went_in_the_same_commit(
    closed: Repository, check: Check
) -> None:
    closed.move(Q1, "okrs/2025-Q2")
    closed.write("okrs/2025-Q2/cycle.yml", OPEN.replace("active", "draft"))
    closed.write("okrs/2025-Q2/product.yml", LOWER)
    closed.write("okrs/2024-Q4/cycle.yml", CLOSED)
    closed.commit("The next quarter", day="2025-04-20")
    assert check(closed.root, "--as-of", "2025-09-01") == []


def test_what_is_closed_but_not_committed_is_not_sealed_yet(tmp_path: Path, check: Check) -> None:
    made = Repository(tmp_path)
    made.write("okrs/okr.yml", COMPANY)
    made.write(PATH, TEAM)
    assert check(tmp_path) == []
    made.commit()
    made.write(PATH, LOWER)
    made.write(CYCLE, CLOSED)
    assert check(tmp_path) == []


def test_a_branch_is_judged_by_where_it_leads(closed: Repository, check: Check) -> None:
    closed.branch("sly")
    closed.write(CYCLE, amended("{date: 2025-04-03, reason: For a minute}", OPEN))
    closed.write(PATH, LOWER)
    closed.commit("Open, lower", day="2025-04-03")
    closed.write(CYCLE, CLOSED)
    closed.commit("Close", day="2025-04-03")
    closed.switch("main")
    closed.merge("sly", day="2025-04-04")
    assert [problem["ref"] for problem in check(closed.root)] == [AUDITS]


def test_a_shallow_clone_claims_nothing_and_says_so(
    closed: Repository, tmp_path: Path, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    closed.write(PATH, LOWER)
    closed.commit("Lower it", day="2025-04-10")
    clone = closed.clone(tmp_path / "shallow", "--depth=1")
    clone.write(PATH, TEAM.replace("target: 4 audits", "target: 1 audits"))
    assert check(clone.root) == []
    run(clone.root)
    assert "fetch-depth: 0" in capsys.readouterr().out
    run(clone.root, "--format", "concise")
    assert "fetch-depth: 0" in capsys.readouterr().err
    deeper = closed.clone(tmp_path / "deeper", "--depth=3")
    assert [problem["ref"] for problem in check(deeper.root)] == [AUDITS]


def test_without_git_nothing_is_claimed(
    closed: Repository, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    closed.write(PATH, LOWER)
    shutil.rmtree(closed.root / ".git")
    assert check(closed.root) == []
    run(closed.root)
    assert "sealed" not in capsys.readouterr().out


def test_a_revision_that_cannot_be_read_seals_nothing_and_is_told(
    tmp_path: Path, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Repository(tmp_path)
    made.write("okrs/okr.yml", COMPANY)
    made.write(PATH, TEAM.replace("target:", "targte:"))
    made.write(CYCLE, CLOSED)
    made.commit("Closed with a slip", day="2025-04-02")
    made.write(PATH, TEAM)
    assert check(tmp_path) == []
    run(tmp_path)
    assert "as it was then it can't be read" in capsys.readouterr().out


def test_a_document_that_is_unreadable_or_away_for_a_while_opens_nothing(
    closed: Repository, check: Check
) -> None:
    closed.write(CYCLE, "schema: 1\nstatus: clsed\n")
    closed.commit("A slip", day="2025-04-05")
    closed.write(CYCLE, "closed\n")
    closed.commit("Another one", day="2025-04-05")
    closed.remove(CYCLE)
    closed.commit("Away", day="2025-04-06")
    closed.write(CYCLE, CLOSED)
    closed.commit("Mended", day="2025-04-06")
    held = find_repository(closed.root)
    assert held is not None
    (closing,) = closings_by_folder(held, held.log("okrs"), [Q1])[Q1]
    assert (closing.day.isoformat(), closing.opened) == ("2025-04-02", False)
    closed.write(PATH, LOWER)
    (problem,) = check(closed.root)
    assert "closed on 2025-04-02" in str(problem["message"])


def test_what_an_error_hides_is_not_called_removed(closed: Repository, check: Check) -> None:
    closed.write(PATH, TEAM.replace("id: launch", "di: launch"))
    assert check(closed.root) == []


def test_neither_a_comment_nor_an_old_debt_nor_a_choice_of_rules_breaks_a_seal(
    closed: Repository, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    closed.write(PATH, LOWER.replace("2 audits", "2 audits # okr: ignore[sealed-cycle] so what"))
    assert len(check(closed.root, "--select", "no-dri")) == 1
    closed.write(PATH, LOWER)
    assert run(closed.root, "--update-baseline") == 0
    capsys.readouterr()
    assert "sealed-cycle" not in (closed.root / FILE).read_text("utf-8")
    debt = {"code": "sealed-cycle", "ref": AUDITS}
    (closed.root / FILE).write_text(json.dumps({"format": 1, "debts": [debt]}), "utf-8")
    assert len(check(closed.root)) == 1


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How often git was started since it was last asked."""
    log, folder = tmp_path / "calls", tmp_path / "bin"
    folder.mkdir()
    script = folder / "git"
    script.write_text(f'#!/bin/sh\necho >>"{log}"\nexec "{shutil.which("git")}" "$@"\n', "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    def counted() -> int:
        count = len(log.read_text("utf-8").splitlines()) if log.exists() else 0
        log.unlink(missing_ok=True)
        return count

    return counted


def test_git_is_asked_a_few_times_however_many_cycles_are_closed(
    tmp_path: Path, check: Check, calls: Callable[[], int]
) -> None:
    made = Repository(tmp_path / "company")
    made.write("okrs/okr.yml", COMPANY)
    made.write("okrs/2025-Q3/product.yml", TEAM)
    made.commit("The quarter is planned", day="2025-04-01")
    calls()
    check(made.root)
    assert calls() == 0
    made.write("okrs/2025-Q2/product.yml", TEAM)
    made.commit("The quarter begins", day="2025-04-01")
    calls()
    check(made.root)
    assert 0 < calls() <= 9
    for year in range(2012, 2024):
        made.write(f"okrs/{year}-Q1/product.yml", TEAM)
        made.write(f"okrs/{year}-Q1/cycle.yml", CLOSED)
        made.commit(f"Close {year}", day="2025-04-02")
    calls()
    assert check(made.root) == []
    assert 0 < calls() <= 11


@pytest.mark.parametrize("committed", [False, True])
def test_a_closed_cycle_that_is_gone_is_noticed(
    closed: Repository, capsys: pytest.CaptureFixture[str], committed: bool
) -> None:
    closed.write("okrs/2024-Q4/cycle.yml", CLOSED)
    closed.write("okrs/2024-Q4/product.yml", TEAM.replace("2025", "2024"))
    closed.commit("An older one", day="2025-04-03")
    closed.remove("okrs/2024-Q4/cycle.yml")
    closed.remove("okrs/2024-Q4/product.yml")
    if committed:
        closed.commit("Tidy up", day="2025-04-10")
    run(closed.root, "--format", "json")
    (problem,) = (
        each
        for each in json.loads(capsys.readouterr().out)["problems"]
        if each["code"] == "closed-cycle-gone"
    )
    assert problem["severity"] == "warning"
    assert "`okrs/2024-Q4/` was closed on 2025-04-03" in problem["message"]
    assert "git checkout" in problem["hint"]


def test_a_closed_cycle_under_a_new_name_is_not_gone(
    closed: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    closed.move(PATH, "okrs/2025-winter/product.yml")
    dates = "start: 2025-01-01\nend: 2025-03-31\n"
    closed.remove(CYCLE)
    closed.write("okrs/2025-winter/cycle.yml", CLOSED + dates)
    closed.commit("Another name", day="2025-04-10")
    run(closed.root, "--format", "json")
    assert "closed-cycle-gone" not in capsys.readouterr().out


def test_a_new_name_for_a_closed_cycle_does_not_open_its_seal(
    closed: Repository, check: Check
) -> None:
    closed.write("okrs/okr.yml", f"{COMPANY}  sales: {{name: Sales}}\n")
    closed.write(f"{Q1}/sales.yml", TEAM)
    closed.write(CYCLE, OPEN)
    closed.commit("Opened once more", day="2025-04-03")
    closed.write(CYCLE, CLOSED)
    closed.commit("Closed", day="2025-04-04")
    closed.move(f"{Q1}/sales.yml", "okrs/winter/sales.yml")
    closed.remove(PATH)
    closed.write("okrs/winter/product.yml", LOWER)
    closed.remove(CYCLE)
    dates = "start: 2025-01-01\nend: 2025-03-31\nsummary: A quarter like no other.\n"
    closed.write("okrs/winter/cycle.yml", CLOSED + dates)
    closed.commit("Another name", day="2025-04-10")
    messages = [str(problem["message"]) for problem in check(closed.root)]
    assert any("was closed on 2025-04-02" in m and "the target" in m for m in messages), messages


def test_a_closed_cycle_whose_files_were_all_rewritten_elsewhere_is_gone(
    closed: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    closed.write("okrs/2025-Q2/product.yml", TEAM.replace("2025-0", "2025-1"))
    closed.commit("The next one", day="2025-04-05")
    closed.move(PATH, "okrs/winter/product.yml")
    closed.write("okrs/winter/product.yml", LOWER)
    closed.remove(CYCLE)
    dates = "start: 2025-01-01\nend: 2025-03-31\nsummary: A quarter like no other.\n"
    closed.write("okrs/winter/cycle.yml", CLOSED + dates)
    closed.commit("Another name", day="2025-04-10")
    run(closed.root, "--format", "json")
    assert "closed-cycle-gone" in capsys.readouterr().out


def test_another_company_that_takes_the_place_of_the_first_owes_it_nothing(
    closed: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    closed.remove(PATH)
    closed.remove(CYCLE)
    closed.write("okrs/okr.yml", COMPANY.replace("Acme", "DocumentStore"))
    closed.write("okrs/2026-Q1/product.yml", TEAM.replace("2025", "2026"))
    closed.write("okrs/2026-Q1/cycle.yml", CLOSED)
    run(closed.root, "--format", "json")
    assert "closed-cycle-gone" not in capsys.readouterr().out
    closed.commit("Our own", day="2026-04-01")
    run(closed.root, "--format", "json")
    assert "closed-cycle-gone" not in capsys.readouterr().out


def test_a_closed_cycle_that_was_meant_to_go_becomes_an_old_debt(
    closed: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    closed.write("okrs/2024-Q4/cycle.yml", CLOSED)
    closed.write("okrs/2024-Q4/product.yml", TEAM.replace("2025", "2024"))
    closed.commit("An older one", day="2025-04-03")
    closed.remove("okrs/2024-Q4/cycle.yml")
    closed.remove("okrs/2024-Q4/product.yml")
    run(closed.root, "--update-baseline")
    assert "closed-cycle-gone" in (closed.root / FILE).read_text("utf-8")
    capsys.readouterr()
    run(closed.root, "--format", "json")
    assert "closed-cycle-gone" not in capsys.readouterr().out
