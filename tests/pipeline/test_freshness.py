"""A run without changes is cheap; whatever the pages follow from makes them anew."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import okrdocs
from git_repository import Repository as GitRepository

OKRS = {
    "okr.yml": "schema: 1\norganization: Acme\n",
    "2025-Q1/company.yml": "schema: 1\nobjectives: [{id: grow, title: Grow}]\n",
}
FROZEN = "schema: 1\norganization: Acme\nas_of: 2025-02-01\n"
Okr = Callable[..., subprocess.CompletedProcess[str]]
Repository = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def root(a_repository: Repository) -> Path:
    return a_repository(OKRS)


def up_to_date(ran: subprocess.CompletedProcess[str]) -> bool:
    assert ran.returncode == 0, ran.stderr
    return "all up to date" in ran.stderr


def test_an_unchanged_run_imports_nothing_that_parses_or_renders(root: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "okrdocs", "generate"]
    imported = []
    for _ in range(2):
        ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
        imported.append(set(re.findall(r"\| +([\w.]+)$", ran.stderr, re.MULTILINE)))
    dear = {
        "yaml",
        "jinja2",
        "markdown",
        "mkdocs",
        "ruamel.yaml",
        "okrdocs.format.loader",
        "okrdocs.grading.rounding",
    }
    assert {"yaml", "jinja2", "okrdocs.format.loader"} <= imported[0]
    assert imported[1] & dear == set()


def test_the_day_counts_where_nothing_freezes_it(root: Path, okr: Okr) -> None:
    day = ("generate", "--as-of", "2025-02-01")
    assert not up_to_date(okr(root, *day))
    assert up_to_date(okr(root, *day))
    assert not up_to_date(okr(root, "generate", "--as-of", "2025-02-02"))
    assert not up_to_date(okr(root, "generate"))
    assert up_to_date(okr(root, "generate"))


def test_a_frozen_day_makes_the_clock_irrelevant_but_not_the_option(
    a_repository: Repository, okr: Okr
) -> None:
    root = a_repository({**OKRS, "okr.yml": FROZEN})
    assert not up_to_date(okr(root, "generate"))
    assert "as of 2025-02-01" in (root / "docs/okrs/index.md").read_text()
    assert up_to_date(okr(root, "generate"))
    assert not up_to_date(okr(root, "generate", "--as-of", "2025-03-01"))
    assert "as of 2025-03-01" in (root / "docs/okrs/index.md").read_text()
    assert not up_to_date(okr(root, "generate"))
    assert "as of 2025-02-01" in (root / "docs/okrs/index.md").read_text()


@pytest.mark.parametrize("path", ["2025-Q1/company.yml", "2025-Q1/cycle.yml", "okr.yml"])
def test_every_changed_or_new_file_counts(root: Path, okr: Okr, path: str) -> None:
    okr(root, "generate")
    text = OKRS.get(path, "schema: 1\n")
    (root / "okrs" / path).write_text(f"{text}# a remark\n")
    assert not up_to_date(okr(root, "generate"))
    assert up_to_date(okr(root, "generate"))


def test_a_removed_file_counts(root: Path, okr: Okr) -> None:
    okr(root, "generate")
    (root / "okrs/2025-Q1/company.yml").unlink()
    assert not up_to_date(okr(root, "generate"))
    assert not (root / "docs/okrs/2025-Q1").exists()


def test_a_page_that_was_deleted_by_hand_comes_back(root: Path, okr: Okr) -> None:
    okr(root, "generate")
    page = root / "docs/okrs/2025-Q1/company.md"
    text = page.read_text()
    page.unlink()
    assert "1 pages written" in okr(root, "generate").stderr
    assert page.read_text() == text


def test_a_page_that_was_only_touched_is_not_written_again(root: Path, okr: Okr) -> None:
    okr(root, "generate")
    page = root / "docs/okrs/index.md"
    os.utime(page, (0, 0))
    assert "0 pages written" in okr(root, "generate").stderr
    assert page.stat().st_mtime == 0
    assert up_to_date(okr(root, "generate"))


def test_a_run_with_warnings_says_them_every_time(root: Path, okr: Okr) -> None:
    (root / "okrs/notes.txt").write_text("not YAML")
    for _ in range(2):
        ran = okr(root, "generate")
        assert "warning[unexpected-file]" in ran.stderr
        assert ran.returncode == 0


def test_an_upgraded_program_writes_its_pages_anew(root: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(okrdocs.__file__).parent, program / "okrdocs", ignore=left_out)

    def generated() -> str:
        command = [sys.executable, "-m", "okrdocs", "generate", "--as-of", "2025-02-01"]
        env = {**os.environ, "PYTHONPATH": str(program)}
        ran = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=True)
        return ran.stderr

    assert "pages written" in generated()
    assert "all up to date" in generated()
    pages = ("pages/templates/now.md.j2", "pages/now.py")
    words = "lint/english/words/people.txt"
    for file in (*pages, "lint/rules/process/review_overdue.py", words, "grading/aggregate.py"):
        changed = program / "okrdocs" / file
        changed.write_text(changed.read_text("utf-8") + "\n", "utf-8")
        assert "0 pages written" in generated(), file


def test_a_history_that_is_whole_now_and_another_remote_count(tmp_path: Path, okr: Okr) -> None:
    made = GitRepository(tmp_path / "made")
    for path, text in {**OKRS, "okr.yml": FROZEN}.items():
        made.write(f"okrs/{path}", text)
    made.commit("Begin", day="2025-01-02")
    made.write("okrs/2025-Q1/company.yml", OKRS["2025-Q1/company.yml"].replace("Grow", "Shrink"))
    made.commit("Another title", day="2025-01-20")
    root = made.clone(tmp_path / "clone", "--depth=1").root
    assert not up_to_date(okr(root, "generate"))
    assert up_to_date(okr(root, "generate"))
    subprocess.run(["git", "fetch", "-q", "--unshallow"], cwd=root, check=True)
    assert not up_to_date(okr(root, "generate"))
    assert "Grow" in (root / "docs/okrs/changes.md").read_text("utf-8")
    assert up_to_date(okr(root, "generate"))
    address = "https://github.com/acme/okrs.git"
    subprocess.run(["git", "remote", "set-url", "origin", address], cwd=root, check=True)
    assert not up_to_date(okr(root, "generate"))
    assert "github.com/acme/okrs" in (root / "docs/okrs/changes.md").read_text("utf-8")
