"""What `okr init` says: what it wrote, what stays as it is, and which commands come next."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

from okrdocs.commands.init.answers import Answers, CodeHost, Publishing
from okrdocs.commands.init.comparison import ComparedFile, FileState
from okrdocs.commands.init.surroundings import Surroundings
from okrdocs.markup.escape import terminal_text
from okrdocs.report.console import Console

_STYLES = {"+": "green", "-": "red", "@": "blue"}


def print_difference(console: Console, file: ComparedFile) -> None:
    """Print what would be different in a file, line by line."""
    for line in file.difference():
        style = _STYLES.get(line[:1])
        console.print_line(console.style(terminal_text(line), *([style] if style else [])))


def print_written(console: Console, files: Sequence[ComparedFile], *, dry_run: bool) -> None:
    """Print the list of files that were written, or would be."""
    if not files:
        console.print_line("No file is missing.")
        return
    what = "1 file" if len(files) == 1 else f"{len(files)} files"
    console.print_line(f"Would write {what}:" if dry_run else f"Wrote {what}:")
    for file in files:
        console.print_line(f"  {terminal_text(file.shown)}")


def print_kept(console: Console, files: Iterable[ComparedFile], *, in_full: bool) -> None:
    """Print which files stay as they are although they lack something, and what."""
    files = list(files)
    for file in files:
        name = terminal_text(file.shown)
        if file.state is FileState.DELETED:
            console.print_line(
                f"{name} was deleted; `--update {shlex.quote(name)}` brings it back."
            )
        elif file.state is FileState.BY_HAND:
            _print_addition(console, file)
        elif file.state is FileState.DIFFERENT:
            more, fewer = file.counts()
            console.print_line(f"{name} stays as it is; it would be different: +{more} −{fewer}.")
            if in_full:
                print_difference(console, file)
    if any(file.state is FileState.DIFFERENT for file in files):
        if not in_full:
            console.print_line("`okr init --dry-run` shows the lines.")
        console.print_line("`okr init --update FILE` takes one of these files over.")


def _print_addition(console: Console, file: ComparedFile) -> None:
    name = terminal_text(file.shown)
    if "--hash=" in (file.before or ""):
        console.print_line(f"{name} has hashes of another version: run `okr init --lock`.")
        return
    console.print_line(f"{name} stays as it is. Add to it, where you want it to be:")
    for line in file.after.splitlines():
        if not line.startswith("#"):
            console.print_line(f"  {terminal_text(line)}")


def print_next_steps(
    console: Console, answers: Answers, surroundings: Surroundings, folder: str
) -> None:
    """Print the next three commands, and what only a person can do on the code host.

    `folder` is how the person named it; "" where it is the working folder.
    """
    start = "" if surroundings.is_repository else "git init -b main && "
    console.print_line()
    console.print_line("Next:")
    if folder:
        console.print_line(f"  cd {shlex.quote(terminal_text(folder))}")
    console.print_line("  okr check           # reads the example; replace it line by line")
    console.print_line("  okr serve --open    # shows the site")
    console.print_line(f"  {start}git add --all && git commit -m 'Keep our OKRs in git'")
    if answers.publishing is Publishing.PAGES and answers.host is CodeHost.GITHUB:
        console.print_line()
        console.print_line(
            "To publish: on GitHub, under Settings → Pages, choose the source `GitHub Actions`."
        )
        console.print_line("Without private Pages in your plan, everyone can see the site then.")
