"""`okr migrate` shows what would change, asks, and writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from okrdocs.format import migrations
from okrdocs.source.disk import File

Run = Callable[..., CompletedProcess[str]]
FILES = {
    "okr.yml": "schema: 1\norganization: Acme\n",
    "2025-Q1/company.yml": "schema: 1  # so far\nobjectives: []\n",
}
TEAM = "okrs/2025-Q1/company.yml"


@pytest.fixture
def company(a_repository: Callable[..., Path]) -> Path:
    return a_repository(FILES)


@pytest.fixture
def a_second_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """A made-up `schema: 2`, which only counts on."""
    real = migrations.migrated_file

    def migrated(file: File) -> File:
        return real(file, {1: lambda _path, text: text}, newest=2)

    monkeypatch.setattr(migrations, "migrated_file", migrated)


def test_today_there_is_nothing_to_do(company: Path, okr: Run) -> None:
    ran = okr(company, "migrate")
    assert ran.returncode == 0
    assert ran.stdout == "2 files in `schema: 1`, the newest: nothing to do.\n"


@pytest.mark.usefixtures("a_second_version")
def test_without_an_answer_the_changes_are_shown_and_not_made(company: Path, okr: Run) -> None:
    ran = okr(company, "migrate")
    assert ran.returncode == 1
    assert "-schema: 1  # so far\n+schema: 2  # so far\n" in ran.stdout
    assert "`okr migrate --yes` changes 2 files." in ran.stdout
    assert (company / TEAM).read_text("utf-8") == FILES["2025-Q1/company.yml"]


@pytest.mark.usefixtures("a_second_version")
def test_with_yes_they_are_made(company: Path, okr: Run) -> None:
    ran = okr(company, "migrate", "--yes")
    assert ran.returncode == 0
    assert "Changed 2 files." in ran.stdout
    assert (company / TEAM).read_text("utf-8") == "schema: 2  # so far\nobjectives: []\n"


@pytest.mark.usefixtures("a_second_version")
def test_one_file_that_cant_be_migrated_leaves_all_as_they_are(company: Path, okr: Run) -> None:
    (company / TEAM).write_text("objectives: []\n", encoding="utf-8")
    ran = okr(company, "migrate", "--yes")
    assert ran.returncode == 2
    assert TEAM in ran.stderr
    assert (company / "okrs/okr.yml").read_text("utf-8") == FILES["okr.yml"]


def test_a_newer_file_is_one_error_that_says_what_to_install(company: Path, okr: Run) -> None:
    newer = "schema: 2\npurpose: x\nobjectives: [{name: y}]\n"
    (company / TEAM).write_text(newer, encoding="utf-8")
    ran = okr(company, "check", "--format", "concise")
    assert ran.returncode == 1
    assert ran.stdout.count("error") == 1
    assert f"{TEAM}:1:9" in ran.stdout
    assert "newer-schema" in ran.stdout
    assert "pip install -U okrdocs" in okr(company, "check").stdout
