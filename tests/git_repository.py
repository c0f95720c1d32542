"""Makes real git repositories for tests, with names, dates and settings of their own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ADA = "Ada <ada@example.com>"
SETTINGS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ALLOW_PROTOCOL": "file",
    "LC_ALL": "C.UTF-8",
}


class Repository:
    """A repository below a folder. Its methods change files, then commit them all.

    The first branch is `main`; a commit is that of Ada at noon, UTC, unless told otherwise.
    """

    def __init__(self, root: Path, *, bare: bool = False, kind: str = "sha1") -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        words = ("--bare",) if bare else ()
        self.git("init", "--quiet", "-b", "main", f"--object-format={kind}", *words)

    def git(self, *arguments: str, data: bytes | None = None, **env: str) -> str:
        """What a git command says, without the line break at its end."""
        name = {f"GIT_{who}_NAME": "Ada" for who in ("AUTHOR", "COMMITTER")}
        mail = {f"GIT_{who}_EMAIL": "ada@example.com" for who in ("AUTHOR", "COMMITTER")}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**os.environ, **SETTINGS, **name, **mail, **env},
            input=data,
            stdin=subprocess.DEVNULL if data is None else None,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, (arguments, done.stderr.decode(errors="replace"))
        return os.fsdecode(done.stdout).removesuffix("\n")

    def write(self, path: str, text: str | bytes = "schema: 1\n") -> Path:
        """A file with a text, exactly as given."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def link(self, path: str, target: str) -> None:
        """A link."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.symlink_to(target)

    def move(self, path: str, to: str) -> None:
        """A file or a folder at another place."""
        (self.root / to).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).rename(self.root / to)

    def remove(self, path: str) -> None:
        """A file less."""
        (self.root / path).unlink()

    def commit(
        self,
        message: str = "Change",
        day: str = "2025-01-06",
        author: str = ADA,
        *,
        time: str = "12:00:00 +0000",
        committed: str = "",
    ) -> str:
        """All that changed, be it nothing, as a commit. Returns its id."""
        self.git("add", "--all")
        return self._commit(
            ("commit", "--allow-empty", "-m", message), day, author, time, committed
        )

    def branch(self, name: str, at: str = "HEAD") -> None:
        """A new branch, checked out."""
        self.git("checkout", "--quiet", "-b", name, at)

    def switch(self, name: str) -> None:
        """Another branch or commit, checked out."""
        self.git("checkout", "--quiet", name)

    def merge(
        self, *names: str, message: str = "Merge", day: str = "2025-01-06", author: str = ADA
    ) -> str:
        """A merge of branches into the one that is checked out, by a commit of its own."""
        self.git("merge", "--quiet", "--no-commit", "--no-ff", *names)
        return self._commit(("commit", "-m", message), day, author, "12:00:00 +0000", "")

    def clone(self, root: Path, *options: str) -> Repository:
        """A clone in another folder."""
        self.git("clone", "--quiet", *options, self.root.as_uri(), str(root))
        made = object.__new__(Repository)
        made.root = root
        return made

    def id(self, rev: str = "HEAD") -> str:
        """The full id of anything that git can name."""
        return self.git("rev-parse", rev)

    def _commit(
        self, command: tuple[str, ...], day: str, author: str, time: str, committed: str
    ) -> str:
        name, _, mail = author.rstrip(">").partition(" <")
        self.git(
            *command,
            "--quiet",
            "--no-verify",
            GIT_AUTHOR_NAME=name,
            GIT_AUTHOR_EMAIL=mail,
            GIT_AUTHOR_DATE=f"{day} {time}",
            GIT_COMMITTER_DATE=committed or f"{day} {time}",
        )
        return self.id()
