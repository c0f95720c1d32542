"""Text for a terminal and for programs is never escaped for Markdown: it is shown as typed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from git_repository import Repository
from pages.test_hostile_texts import company

Okr = Callable[..., subprocess.CompletedProcess[str]]
SPECIALS = ("q{0} $1.5M +a_b *c* <d>", "q{0} & [e](f) {{g}} ~i~ #", "q{0} |k `l` ==m== !n \\ 1.")
KEY_RESULT = """\
schema: 1
objectives:
- id: grow
  title: "Grow $5 (+20%) *now* [fast] & <soon>"
  key_results:
  - id: money
    title: "Bring in `$2M` + more_of_it"
    baseline: $1.2M
    target: $2M
    check_ins:
    - {{date: 2025-01-20, value: $1.2M}}
    - {{date: 2025-01-30, value: {0}, note: "a *b* $c +d"}}
"""
COMMANDS = (
    ("status",),
    ("check",),
    ("check", "--format", "concise"),
    ("check", "--format", "json"),
    ("check", "--format", "sarif"),
    ("check", "--format", "gitlab"),
    ("check", "--format", "github"),
    ("export",),
    ("remind",),
    ("diff", "HEAD~1"),
    ("diff", "HEAD~1", "--format", "json"),
    ("explain", "2025-Q1:company/grow"),
    ("explain", "2025-Q1:product/grow#money"),
    ("explain", "2025-Q1:company/grow#one"),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = dict(company(lambda n: SPECIALS[n % 3].format(n), lambda n: f"$&_*{n}")[0])
    made = Repository(tmp_path / "made")
    for path, text in files.items():
        made.write(f"okrs/{path}", text)
    made.write("okrs/2025-Q1/cycle.yml", "schema: 1\nstatus: active\n")
    made.write("okrs/2025-Q1/product.yml", KEY_RESULT.format("$1.4M"))
    made.commit("First", day="2025-01-21")
    made.write("okrs/2025-Q1/product.yml", KEY_RESULT.format("$1.5M").replace("$5 (", "$6 ("))
    made.commit("Second", day="2025-01-31")
    return made.root


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_output_holds_an_entity(root: Path, okr: Okr, command: tuple[str, ...]) -> None:
    ran = okr(root, *command, "--as-of", "2025-02-01")
    said = ran.stdout + ran.stderr
    assert ran.returncode == 0, said
    assert len(said) > 100
    assert not re.search(r"&(?:#\d+|amp|lt|gt|quot);", said), said


def test_the_status_shows_how_an_amount_moved(root: Path, okr: Okr) -> None:
    assert "$1.5M (+$0.3M)" in okr(root, "status", "--as-of", "2025-02-01").stdout
