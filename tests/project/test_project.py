"""The set-up installs what the project declares, and only that."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = {
    "requirements.lock": ("site", "pdf", "dev"),
    "requirements-site.lock": ("site", "pdf", "build"),
}
"""The locks of what the tests and what the site needs, each with its extras and groups."""


def declared(lock: str) -> list[str]:
    """What a lock was made for."""
    parts: dict[str, list[object]] = {
        **PROJECT["project"]["optional-dependencies"],
        **PROJECT["dependency-groups"],
    }
    chosen = [requirement for name in LOCKS[lock] for requirement in parts[name]]
    others = [each for each in chosen if isinstance(each, str)]
    return [*PROJECT["build-system"]["requires"], *PROJECT["project"]["dependencies"], *others]


def distribution(requirement: str) -> str:
    """The name at the head of a requirement, as package indexes normalise it."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def locked(lock: str) -> dict[str, str]:
    """{distribution: its whole entry in a lock}"""
    entries = re.split(r"^(?=[a-z0-9])", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {distribution(entry): entry for entry in entries}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_declared_dependency_is_locked(lock: str) -> None:
    missing = {distribution(each) for each in declared(lock)} - locked(lock).keys()
    assert not missing, "run `make lock`"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_a_hash(lock: str) -> None:
    for name, entry in locked(lock).items():
        assert re.match(r"[a-z0-9-]+==[^ ]+ ", entry), name
        assert "--hash=sha256:" in entry, name


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_download_from(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text


def test_what_the_site_needs_is_the_same_in_both_locks() -> None:
    # So that `make site` and `make test` can share an environment, whichever came first.
    site, tests = locked("requirements-site.lock"), locked("requirements.lock")
    assert site.keys() < tests.keys()
    versions = {name: (entry.split()[0], tests[name].split()[0]) for name, entry in site.items()}
    assert [pair for pair in versions.values() if pair[0] != pair[1]] == []


@pytest.mark.parametrize(
    ("stamps", "made"), [((), "requirements-site.lock"), (("set-up",), "requirements.lock")]
)
def test_the_site_takes_the_environment_of_the_tests_where_there_is_one(
    tmp_path: Path, stamps: tuple[str, ...], made: str
) -> None:
    for name in ("Makefile", "pyproject.toml", *LOCKS):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv").mkdir()
    for stamp in stamps:
        (tmp_path / ".venv" / stamp).touch()
        os.utime(tmp_path / ".venv" / stamp, (1, 1))
    asked = ["make", "--dry-run", f"PYTHON={sys.executable}", "site"]
    ran = subprocess.run(asked, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert re.findall(r"--requirement (\S+)", ran.stdout) == [made]


def test_continuous_integration_can_be_started() -> None:
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_no_group_of_a_pattern_is_possessive() -> None:
    # Python before 3.11.5 matches such groups wrongly; single sets are fine.
    group = re.compile(r"\)(?:[*+?]|\{[0-9,]+\})\+|\(\?>")
    files = sorted((ROOT / "generator").rglob("*.py"))
    found = {path.name for path in files if group.search(path.read_text("utf-8"))}
    assert found == set()
