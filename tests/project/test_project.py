"""The set-up installs what the project declares, and only that."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")

DECLARED = [
    *PROJECT["build-system"]["requires"],
    *PROJECT["project"]["dependencies"],
    *chain.from_iterable(PROJECT["dependency-groups"].values()),
]


def distribution(requirement: str) -> str:
    """The name at the head of a requirement, as package indexes normalise it."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def locked() -> dict[str, str]:
    """{distribution: its whole entry in the lock}"""
    entries = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    return {distribution(entry): entry for entry in entries}


@pytest.mark.parametrize("requirement", DECLARED)
def test_every_declared_dependency_is_locked(requirement: str) -> None:
    assert distribution(requirement) in locked(), "run `make lock`"


def test_every_locked_package_has_one_version_and_a_hash() -> None:
    for name, entry in locked().items():
        assert re.match(r"[a-z0-9-]+==[^ ]+ ", entry), name
        assert "--hash=sha256:" in entry, name


def test_the_lock_names_no_place_to_download_from() -> None:
    assert "://" not in LOCK
    assert "index-url" not in LOCK
    assert "find-links" not in LOCK


def test_continuous_integration_can_be_started() -> None:
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_no_group_of_a_pattern_is_possessive() -> None:
    # Python before 3.11.5 matches such groups wrongly; single sets are fine.
    group = re.compile(r"\)(?:[*+?]|\{[0-9,]+\})\+|\(\?>")
    files = sorted((ROOT / "generator").rglob("*.py"))
    found = {path.name for path in files if group.search(path.read_text("utf-8"))}
    assert found == set()
