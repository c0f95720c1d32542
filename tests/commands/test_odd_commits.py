"""`--rev` and the history where a commit carries what no git would write."""

from __future__ import annotations

from pathlib import Path

import pytest

from git_repository import Repository
from okrdocs.cli import main

TEAM = """\
schema: 1
objectives:
  - id: trust
    title: Enterprises trust us with their data
    key_results:
      - {id: audits, title: Audits passed, baseline: 0 audits, target: 4 audits}
"""
GOOD = "A <a@b.example> 1736164800 +0000"


@pytest.mark.parametrize(
    "head",
    [
        "author A <a@b.example> nonsense\ncommitter A <a@b.example> nonsense",
        f"author A <a@b.example>\ncommitter {GOOD}",
        f"author {GOOD}\ncommitter A <a@b.example>",
        f"committer {GOOD}",
        f"author {GOOD}",
        "",
        "author \ncommitter ",
        "author A <a@b.example> -1 +0000\ncommitter A <a@b.example> -1 +0000",
        "author A <a> 99999999999999999999 +0000\ncommitter A <a> 99999999999999999999 +0000",
        "author A <a> 253402300799 +9999\ncommitter A <a> 253402300799 +9999",
        "author A <a> 1736164800 +9999\ncommitter A <a> 1736164800 -9999",
        "author A <a> 1736164800\ncommitter A <a> 1736164800",
        f"author {GOOD}\ncommitter {GOOD}\nencoding no-such-encoding",
        f"author {GOOD}\ncommitter {GOOD}\nencoding UTF-16\ngpgsig x",
        f"author <> 1736164800 +0000\ncommitter {GOOD}",
    ],
)
@pytest.mark.parametrize("command", ["status", "generate", "diff", "comment", "check", "export"])
def test_an_odd_commit_ends_no_command_in_a_traceback(
    tmp_path: Path, head: str, command: str
) -> None:
    made = Repository(tmp_path / "made")
    made.write("okrs/okr.yml", "schema: 1\norganization: Acme\nteams: {product: {name: P}}\n")
    made.write("okrs/2025-Q1/product.yml", TEAM)
    made.commit(day="2025-01-06")
    tree, lines = made.id("HEAD^{tree}"), f"{head}\n" if head else ""
    raw = f"tree {tree}\nparent {made.id()}\n{lines}\nOdd\n".encode()
    odd = made.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", data=raw)
    made.git("update-ref", "refs/heads/main", odd)
    rev = {"diff": ["HEAD~1", odd], "comment": ["HEAD~1"], "check": []}.get(command, ["--rev", odd])
    assert main([command, "--root", str(made.root), *rev]) in (0, 1, 2)
