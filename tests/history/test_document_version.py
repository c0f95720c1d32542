"""The version and the last day of a cycle's document, as they follow from git."""

from __future__ import annotations

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
    key_results:
      - {id: audits, title: Audits passed, baseline: 0 audits, target: 4 audits}
"""
Q1 = "okrs/2025-Q1"
PATH, CYCLE = f"{Q1}/product.yml", f"{Q1}/cycle.yml"


@pytest.fixture
def planned(tmp_path: Path) -> Repository:
    """A quarter that was written down in December."""
    made = Repository(tmp_path / "company")
    made.write("okrs/okr.yml", COMPANY)
    made.write(PATH, TEAM)
    made.write(CYCLE, "schema: 1\nstatus: draft\nvisibility: public\n")
    made.commit("Plan the quarter", day="2024-12-10")
    return made


def control(root: Path, as_of: str = "2025-03-01", cycle: str = "2025-Q1") -> dict[str, str]:
    """The control table of the document, as generated on a day."""
    assert main(["generate", "--root", str(root), "--as-of", as_of, "--quiet"]) == 0
    text = (root / f"docs/okrs/{cycle}/index.md").read_text("utf-8")
    rows = (line.split(" | ") for line in text.splitlines() if line.startswith("| **"))
    return {row[0].strip("| *"): row[1].rstrip(" |") for row in rows}


def activate(made: Repository) -> None:
    made.write(CYCLE, "schema: 1\nstatus: active\n")
    made.commit("Here we go", day="2025-01-02")


def test_a_draft_counts_its_plans_below_one(planned: Repository) -> None:
    assert control(planned.root)["Version"] == "0.1.0"
    planned.write(PATH, TEAM.replace("trust us", "believe us"))
    planned.commit("Say it better", day="2024-12-12")
    found = control(planned.root)
    assert (found["Version"], found["Last updated"]) == ("0.2.0", "2024-12-12")


def test_the_first_version_is_what_leaves_the_draft(planned: Repository) -> None:
    activate(planned)
    assert control(planned.root)["Version"] == "1.0.0"


@pytest.mark.parametrize(
    ("old", "new", "version"),
    [
        ("title: Audits passed", "title: Audits passed well", "2.0.0"),
        ("4 audits}", "3 audits}", "1.1.0"),
        ("4 audits}", "4 audits, owner: Ben}", "1.0.1"),
        ("4 audits}", "4 audits, check_ins: [{date: 2025-01-20, value: 1 audit}]}", "1.0.0"),
        ("4 audits}", "4 audits, check_ins: [{date: 2025-01-20, rag: red, note: Oh}]}", "1.0.0"),
        ("schema: 1\n", "schema: 1\nsummary: A quiet quarter\n", "1.0.0"),
    ],
)
def test_the_weightiest_change_of_a_commit_raises_its_number(
    planned: Repository, old: str, new: str, version: str
) -> None:
    activate(planned)
    planned.write(PATH, TEAM.replace(old, new))
    planned.commit("A change", day="2025-01-21")
    found = control(planned.root)
    assert (found["Version"], found["Last updated"]) == (version, "2025-01-21")


def test_a_later_day_does_not_exist_yet(planned: Repository) -> None:
    activate(planned)
    assert control(planned.root, as_of="2024-12-31")["Version"] == "0.1.0"


def test_what_is_given_wins(planned: Repository) -> None:
    planned.write(CYCLE, "schema: 1\nversion: 7b\nupdated: 2025-01-01\n")
    planned.commit("By hand", day="2025-02-01")
    found = control(planned.root)
    assert (found["Version"], found["Last updated"]) == ("7b", "2025-01-01")


def test_the_day_that_is_given_wins_over_a_later_entry(planned: Repository) -> None:
    entry = "changes: [{date: 2025-02-03, author: Ada, change: Told the board}]\n"
    planned.write(CYCLE, f"schema: 1\n{entry}")
    planned.commit("An entry", day="2025-02-01")
    assert control(planned.root)["Last updated"] == "2025-02-03"
    planned.write(CYCLE, f"schema: 1\nupdated: 2025-01-01\n{entry}")
    planned.commit("By hand", day="2025-02-05")
    assert control(planned.root)["Last updated"] == "2025-01-01"


def test_what_isnt_committed_has_no_version_of_its_own(planned: Repository) -> None:
    planned.write(PATH, TEAM.replace("4 audits}", "3 audits}"))
    assert control(planned.root)["Version"] == "0.1.0"


def test_a_shallow_clone_claims_no_version(planned: Repository, tmp_path: Path) -> None:
    activate(planned)
    clone = planned.clone(tmp_path / "clone", "--depth=1")
    assert "Version" not in control(clone.root)


def test_an_approval_of_another_version_shows_what_changed_since(planned: Repository) -> None:
    approved = "approvals: [{role: CEO, by: Ada, date: 2025-01-03, digest: 0123456789ab}]\n"
    planned.write(CYCLE, f"schema: 1\nstatus: active\n{approved}")
    planned.commit("Approve", day="2025-01-03")
    planned.write(PATH, TEAM.replace("4 audits}", "3 audits}"))
    planned.commit("Lower it", day="2025-01-20")
    planned.write(PATH, TEAM.replace("4 audits}", "3 audits, owner: Ben}"))
    planned.commit("An owner", day="2025-01-22")
    control(planned.root)
    text = (planned.root / "docs/okrs/2025-Q1/index.md").read_text("utf-8")
    since = text.partition("**Changed since the approval by CEO, 2025-01-03:**")[2]
    assert "- 2025-01-20 – Lowered the target" in since
    assert "2025-01-22" not in since


def test_an_amendment_shows_both_grades(planned: Repository) -> None:
    reported = "4 audits, check_ins: [{date: 2025-03-30, value: 2 audits}]}"
    planned.write(PATH, TEAM.replace("4 audits}", reported))
    planned.write(CYCLE, "schema: 1\nstatus: closed\n")
    planned.commit("Close", day="2025-04-02")
    planned.write(PATH, TEAM.replace("4 audits}", reported.replace("value: 2", "value: 3")))
    why = "{date: 2025-04-20, ref: product/trust#audits, reason: One was late}"
    planned.write(CYCLE, f"schema: 1\nstatus: closed\namendments: [{why}]\n")
    planned.commit("Amend", day="2025-04-20")
    control(planned.root, as_of="2025-05-01")
    document = (planned.root / "docs/okrs/2025-Q1/index.md").read_text("utf-8")
    assert "| 0.50 → 0.75 | One was late |" in document
    team = (planned.root / "docs/okrs/2025-Q1/product.md").read_text("utf-8")
    assert "**Closed with 0.50; amended since, so that it is 0.75**" in team


def test_a_renamed_cycle_and_a_moved_folder_go_on_with_their_version(planned: Repository) -> None:
    activate(planned)
    planned.write(PATH, TEAM.replace("4 audits", "3 audits"))
    planned.commit("Fewer", day="2025-02-01")
    before = control(planned.root)
    assert before["Version"] == "1.1.0"
    planned.move("okrs", "company/okrs")
    planned.commit("Move", day="2025-02-02")
    assert control(planned.root / "company") == before
    planned.move("company/okrs/2025-Q1", "company/okrs/FY25-Q1")
    planned.write("company/okrs/okr.yml", f"{COMPANY}calendar: {{fiscal_year_starts: January}}\n")
    planned.commit("Rename", day="2025-02-03")
    renamed = control(planned.root / "company", cycle="FY25-Q1")
    assert renamed["Version"].startswith("1.1.")
    page = (planned.root / "company/docs/okrs/FY25-Q1/product.md").read_text("utf-8")
    assert "was 4 audits at the start" in page


def document(root: Path) -> str:
    """The whole document, as generated."""
    assert main(["generate", "--root", str(root), "--as-of", "2025-03-01", "--quiet"]) == 0
    return (root / "docs/okrs/2025-Q1/index.md").read_text("utf-8")


def test_a_page_says_why_nothing_is_known_of_its_past(planned: Repository, tmp_path: Path) -> None:
    assert "isn't told" not in document(planned.root)
    shallow = planned.clone(tmp_path / "shallow", "--depth", "1")
    assert "doesn't hold the whole history" in document(shallow.root)

    outer = Repository(tmp_path / "outer")
    outer.commit()
    planned.clone(outer.root / "okrs")
    for file in ("okr.yml", "2025-Q1"):
        (outer.root / "okrs/okrs" / file).rename(outer.root / "okrs" / file)
    assert "a repository of its own" in document(outer.root)
    outer.git("add", "okrs")
    outer.commit("A submodule")
    assert "okrs is a submodule" in document(outer.root)


def test_a_link_inside_the_repository_has_the_history_of_its_folder(planned: Repository) -> None:
    activate(planned)
    planned.move("okrs", "data/okrs")
    planned.link("okrs", "data/okrs")
    planned.commit("A link", day="2025-01-20")
    assert control(planned.root)["Version"] == "1.0.0"
    assert "isn't told" not in document(planned.root)


def test_a_rebased_target_moves_on_the_day_it_reached_the_main_line(planned: Repository) -> None:
    activate(planned)
    planned.write(PATH, TEAM.replace("4 audits", "3 audits"))
    planned.commit("Fewer", day="2024-12-28", committed="2025-02-11 12:00:00 +0000")
    page = document(planned.root)
    assert "2025-02-11" in page
    assert "2024-12-28" not in page
    team = (planned.root / "docs/okrs/2025-Q1/product.md").read_text("utf-8")
    assert "was 4 audits at the start" in team
