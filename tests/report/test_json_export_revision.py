"""The revision that an export names: the commit whose files it was made from, or none."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from git_repository import Repository

Okr = Callable[..., subprocess.CompletedProcess[str]]


def test_the_revision_is_the_commit_whose_files_these_are(tmp_path: Path, okr: Okr) -> None:
    repo = Repository(tmp_path / "company")
    repo.write("okrs/okr.yml", "schema: 1\norganization: Acme\n")
    first = repo.commit()
    repo.write("README.md", "Ours")
    second = repo.commit()

    def revisions(*arguments: str) -> tuple[object, object]:
        printed = json.loads(okr(repo.root, "export", *arguments).stdout)
        assert okr(repo.root, "generate", *arguments).returncode == 0
        beside_the_pages = json.loads((repo.root / "docs/okrs/okrs.json").read_text("utf-8"))
        return printed["revision"], beside_the_pages["revision"]

    assert revisions() == (second, second)
    assert revisions("--rev", "HEAD~1") == (first, first)
    repo.write("okrs/okr.yml", "schema: 1\norganization: Another\n")
    assert revisions() == (None, None)


def test_without_git_the_revision_is_not_known(
    a_repository: Callable[[Mapping[str, str]], Path],
    okr: Okr,
) -> None:
    root = a_repository({"okr.yml": "schema: 1\norganization: Acme\n"})
    assert json.loads(okr(root, "export").stdout)["revision"] is None
