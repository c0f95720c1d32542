"""Explains what git said when it couldn't continue, for the person at the terminal. Pure."""

from __future__ import annotations

import shlex

from okrdocs.errors import OkrError
from okrdocs.source.git.log import one_line_text

NAMES = "`git log --oneline` lists commits, `git branch --all` branches and `git tag` tags."
AMBIGUOUS = "Give more of its digits, or its whole name, such as `refs/heads/…` or `refs/tags/…`."
SHALLOW = (
    "This is a shallow clone, which holds only the newest commits: `git fetch --unshallow` gets "
    "the others; in CI, set `fetch-depth: 0`."
)
PARTIAL = r"^(extensions\.partialclone|remote\..*\.promisor)$"


class GitError(OkrError):
    """git couldn't read what the run needs; the text holds its own words and the next step."""


def git_error(stderr: bytes, folder: str, *, partial: bool = False) -> GitError:
    """Return a GitError with git's own words, shortened, and what to do about it."""
    lines = [line for line in stderr.splitlines() if line.startswith((b"fatal: ", b"error: "))]
    line = next(iter(lines or stderr.splitlines()), b"it said nothing")
    words = one_line_text(line.removeprefix(b"fatal: ").removeprefix(b"error: "))[:200].rstrip(".")
    return GitError(
        f"git can't read this repository: {words}. {_suggested_step(stderr, folder, partial)}"
    )


def _suggested_step(stderr: bytes, folder: str, partial: bool) -> str:
    if b"dubious ownership" in stderr:
        place = shlex.quote(one_line_text(folder.encode("utf-8", "replace")))
        command = f"git config --global --add safe.directory {place}"
        return f"The folder belongs to another user. If you trust it: `{command}`"
    if b"unrecognized argument" in stderr or b"unknown option" in stderr:
        return "Version 2.31 of git, or a newer one, is needed."
    if partial:
        return (
            "This is a partial clone, which lacks the contents of files, and nothing is fetched "
            "here. Clone it anew without `--filter`."
        )
    return "`git fsck` tells what is damaged; a fresh clone has it whole."
