"""Runs git, as its only caller.

git runs without a shell, and with the repository's folder named once it has said that it is safe.
None of the repository's own settings may run a program or change an answer.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from subprocess import CompletedProcess

from okrdocs.source.git.errors import GitError

__all__ = ["CompletedProcess", "run_git", "start_git"]

# What a repository's own settings could do to an answer, or run; options outdo all files.
_SETTINGS = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "core.sshCommand=false",
    "core.warnAmbiguousRefs=true",
    "color.ui=false",
    "diff.external=",
    f"diff.orderFile={os.devnull}",
    "log.follow=false",
    "log.showRoot=true",
    "log.showSignature=false",
    "mailmap.file=",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
)
_VARIABLES = {
    "LC_ALL": "C",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
# Where git and its settings lie; all other GIT_… may lead to another repository (hooks set them).
_KEPT = ("GIT_CONFIG_", "GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_")


def run_git(command: list[str], folder: Path, git_dir: Path | None) -> CompletedProcess[bytes]:
    """Run git to its end, with what it printed on both streams. Raises GitError as `start_git`."""
    with start_git(command, folder, git_dir, stderr=subprocess.PIPE) as process:
        out, error_output = process.communicate()
    return CompletedProcess(process.args, process.returncode, out, error_output)


def start_git(
    command: list[str], folder: Path, git_dir: Path | None, stderr: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start git with its settings; in a repository only once git has called that safe.

    Raises GitError where git can't be started.
    """
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    try:
        return subprocess.Popen(
            [command[0], "--no-pager", *settings, *command[1:]],
            cwd=folder,
            env=_git_environment(git_dir),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )
    except (OSError, ValueError) as reason:
        raise GitError(f"git can't be started: {reason}.") from None


def _git_environment(git_dir: Path | None) -> dict[str, str]:
    """Return the parent's variables without those that may lead to another repository."""
    parent = os.environ  # noqa: TID251 - git needs PATH and HOME, which are no input of ours
    kept = {
        name: value
        for name, value in parent.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT)
    }
    # With git's own folder for a working tree, `.mailmap` is that of the revision alone.
    places = {name: str(git_dir) for name in ("GIT_DIR", "GIT_WORK_TREE")} if git_dir else {}
    return kept | _VARIABLES | places
