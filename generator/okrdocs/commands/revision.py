"""Where a command reads from: the disk, or the revision that `--rev` names."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from okrdocs.commands import Days
from okrdocs.errors import UsageError
from okrdocs.pipeline.freshness import Inputs, inputs_of_tree, read_inputs
from okrdocs.source.git.repository import Repository, find_repository
from okrdocs.source.revision import GitTree


class Seen(NamedTuple):
    """What a command looks at: the files, the days to see them as of, the revision's full id."""

    inputs: Inputs
    days: Days
    revision: str | None = None


def inputs_at(root: Path, rev: str | None, days: Days) -> Seen:
    """The files and the days to see them as of.

    A revision is seen as of its own day, so that it gives the same pages at any time, unless
    `--as-of` or `okr.yml` say another one.
    """
    if rev is None:
        return Seen(read_inputs(root), days)
    known = git_of(root)
    tree = GitTree(known, rev)
    day = known.commit_day(tree.revision)
    return Seen(inputs_of_tree(tree), Days(days.as_of, day), tree.revision)


def git_of(root: Path) -> Repository:
    """The repository around a folder. Raises UsageError where there is none."""
    known = find_repository(root)
    if known is None:
        raise UsageError(
            f"{root} isn't in a git repository (or git isn't installed), so that it has no"
            " revisions."
        )
    return known
