"""Where a command reads from: the disk, or the revision that `--rev` names."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from okrdocs.commands import Days
from okrdocs.errors import UsageError
from okrdocs.pipeline.freshness import Inputs, inputs_of_tree, read_inputs
from okrdocs.source.git.errors import GitError
from okrdocs.source.git.repository import Repository, find_repository
from okrdocs.source.git.web_links import FileLinks
from okrdocs.source.revision import GitTree, committed_revision


class RevisionInputs(NamedTuple):
    """What a command looks at: the files, the days to see them as of, the revision's full id."""

    inputs: Inputs
    days: Days
    revision: str | None = None


def read_inputs_at(root: Path, rev: str | None, days: Days) -> RevisionInputs:
    """Read the files, and find the days to see them as of.

    A revision is seen as of the day it was committed on, so that it gives the same pages at any
    time, unless `--as-of` or `okr.yml` say another one.
    """
    if rev is None:
        return RevisionInputs(read_inputs(root), days)
    repository = require_repository(root)
    tree = GitTree(repository, rev)
    day = repository.commit_day(tree.revision)
    return RevisionInputs(inputs_of_tree(tree), Days(days.as_of, day or days.today), tree.revision)


def require_repository(root: Path) -> Repository:
    """Return the repository around a folder. Raises UsageError where there is none."""
    repository = find_repository(root)
    if repository is None:
        raise UsageError(
            f"{root} isn't in a git repository (or git isn't installed), so that it has no"
            " revisions."
        )
    return repository


def revision_of_files(inputs: Inputs, repository: Repository | None, rev: str | None) -> str | None:
    """Return the commit whose files these are, as a full id; None where that isn't known.

    `rev` is the revision that they were read from, None for the disk: then it is the last commit,
    unless the files differ from it.
    """
    if repository is None:
        return None
    if rev is not None:
        return repository.resolve(rev)
    with suppress(GitError):
        return committed_revision(inputs.files, repository)
    return None


def prefix_in_repository(root: Path) -> str:
    """Return the path from the top of the repository to the root: "" or `sub/dir/`.

    "" as well where there is no repository, or none that git can read.
    """
    with suppress(GitError):
        repository = find_repository(root)
        return repository.prefix if repository else ""
    return ""


def links_to_last_commit(root: Path) -> FileLinks | None:
    """Return the links to the files as last committed; None where their host isn't known."""
    repository = find_repository(root)
    page = repository.remote_page() if repository else None
    head = repository.head_commit() if repository else None
    return FileLinks(page, repository.prefix, head) if repository and page and head else None
