"""A company that began from a copy of another one's repository tells only its own past."""

from __future__ import annotations

from pathlib import Path

import pytest

from git_repository import Repository
from okrdocs.history.events import History
from okrdocs.history.git_log import read_history
from okrdocs.source.git.repository import find_repository

COMPANY = "schema: 1\norganization: Acme\nteams:\n  product: {name: Product}\n"
TEAM = """\
schema: 1
objectives:
  - id: trust
    title: Enterprises trust us with their data
    key_results:
      - {id: audits, title: Audits passed, baseline: 0 audits, target: 4 audits}
"""
OTHER = """\
schema: 1
objectives:
  - id: reading
    title: Children come to us to read
    key_results:
      - {id: visits, title: Visits of classes, baseline: 10 visits, target: 40 visits}
"""


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    """A company with one quarter, and a target that was lowered."""
    found = Repository(tmp_path / "company")
    found.write("okrs/okr.yml", COMPANY)
    found.write("okrs/2025-Q1/product.yml", TEAM)
    found.commit("Begin", day="2025-01-10")
    found.write("okrs/2025-Q1/product.yml", TEAM.replace("4 audits", "3 audits"))
    found.commit("Lower it", day="2025-02-10")
    return found


def history(made: Repository) -> History:
    known = find_repository(made.root)
    assert known is not None
    return read_history(known)


def sentences(made: Repository) -> str:
    return "\n".join(change.sentence for step in history(made).steps for change in step.changes)


@pytest.mark.parametrize("at_once", [True, False])
def test_what_another_company_did_is_not_told(made: Repository, at_once: bool) -> None:
    made.remove("okrs/2025-Q1/product.yml")
    if not at_once:
        made.commit("Away with it", day="2025-03-01")
    made.write("okrs/okr.yml", COMPANY.replace("Acme", "City library"))
    made.write("okrs/2026-Q1/product.yml", OTHER)
    made.commit("Our own", day="2026-01-05")
    said = sentences(made)
    assert "added the cycle Q1 2026" in said
    assert "lowered" not in said
    assert "removed" not in said
    assert "Acme" not in said


def test_a_company_with_a_new_name_keeps_its_past(made: Repository) -> None:
    made.write("okrs/okr.yml", COMPANY.replace("Acme", "Acme & Sons"))
    made.commit("A new name", day="2025-03-01")
    assert "lowered the target" in sentences(made)
