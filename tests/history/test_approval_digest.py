"""The digest that approvals name: it changes with what was promised and with nothing else."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from okrdocs.cli import main
from okrdocs.history.approval_digest import cycle_digest
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.pipeline.freshness import read_inputs

Repository = Callable[[Mapping[str, str]], Path]
COMPANY = "schema: 1\norganization: Acme\nas_of: 2025-02-01\nteams: {product: {name: Product}}\n"
TEAM = """\
schema: 1
objectives:
  - id: trust
    title: Enterprises trust us with their data
    owner: ada
    key_results:
      - id: audits
        title: Audits passed
        baseline: 0 audits
        target: 4 audits
        check_ins: [{date: 2025-01-20, value: 1 audit}]
      - id: tickets
        title: Tickets open for a week
        baseline: 9 tickets
        target: 2 tickets
"""


@pytest.fixture
def digest(a_repository: Repository) -> Callable[[str], str]:
    def made(text: str) -> str:
        root = a_repository({"okr.yml": COMPANY, "2025-Q1/product.yml": text})
        scores = evaluate(read_inputs(root), as_of=None, today=date(2025, 2, 1)).partial
        assert scores is not None
        return cycle_digest(scores.workspace.cycles[0], scores.workspace)

    return made


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: Enterprises trust us", "title: Everybody trusts us"),
        ("id: trust", "id: confidence"),
        ("owner: ada", "type: committed"),
        ("owner: ada", "weight: 2"),
        ("target: 4 audits", "target: 3 audits"),
        ("baseline: 0 audits", "baseline: 1 audit"),
        ("title: Audits passed", "title: Audits survived"),
        ("target: 4 audits", "target: 4 audits\n        due: 2025-03-01"),
        ("target: 4 audits", "target: 4 audits\n        weight: 3"),
        ("target: 4 audits", "target: 4 audits\n        guardrail: true"),
    ],
)
def test_what_was_promised_changes_the_digest(
    digest: Callable[[str], str], before: str, after: str
) -> None:
    assert before in TEAM
    assert digest(TEAM.replace(before, after)) != digest(TEAM)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("owner: ada", "owner: ben"),
        ("owner: ada", "why: Four deals failed on it"),
        ("value: 1 audit}]", "value: 2 audits}]"),
        ("title: Audits passed", "title: 'Audits passed'  # as the auditors count"),
        ("schema: 1\n", "schema: 1\n# a comment\n\n"),
    ],
)
def test_what_was_not_promised_leaves_the_digest_as_it_is(
    digest: Callable[[str], str], before: str, after: str
) -> None:
    assert before in TEAM
    assert digest(TEAM.replace(before, after)) == digest(TEAM)


def test_the_order_in_the_file_makes_no_difference(digest: Callable[[str], str]) -> None:
    start, rest = TEAM.split("      - id: audits")
    first, second = rest.split("      - id: tickets")
    swapped = f"{start}      - id: tickets{second}      - id: audits{first}"
    assert swapped != TEAM
    assert digest(swapped) == digest(TEAM)


def test_the_command_prints_it_and_the_page_says_whether_it_is_this_version(
    a_repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    root = a_repository({"okr.yml": COMPANY, "2025-Q1/product.yml": TEAM})
    assert main(["digest", "2025-Q1", "--root", str(root)]) == 0
    digest = capsys.readouterr().out.strip()
    approval = f"{{role: CEO, by: Ada Byron, date: 2025-01-06, digest: {digest}}}"
    cycle = f"schema: 1\napprovals: [{approval}]\n"
    a_repository({"okr.yml": COMPANY, "2025-Q1/product.yml": TEAM, "2025-Q1/cycle.yml": cycle})
    page = root / "docs" / "okrs" / "2025-Q1" / "index.md"
    assert main(["generate", "--root", str(root)]) == 0
    assert "approved by Ada Byron, this version" in page.read_text("utf-8")
    lowered = TEAM.replace("target: 4 audits", "target: 2 audits")
    (root / "okrs" / "2025-Q1" / "product.yml").write_text(lowered, "utf-8")
    assert main(["generate", "--root", str(root)]) == 0
    assert f"another version was approved by Ada Byron ({digest})" in page.read_text("utf-8")
    capsys.readouterr()
    main(["check", "--root", str(root), "--select", "approval-outdated"])
    assert "warning[approval-outdated]" in capsys.readouterr().out


def test_an_unknown_cycle_is_wrong_use(a_repository: Repository) -> None:
    root = a_repository({"okr.yml": COMPANY, "2025-Q1/product.yml": TEAM})
    assert main(["digest", "2025-Q9", "--root", str(root)]) == 2
