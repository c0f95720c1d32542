"""Changes of people's files: shown as a diff, asked for, and written as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from okrdocs.markup.counts import count_of
from okrdocs.report.console import Console
from okrdocs.report.terminal import visible_line
from okrdocs.source.disk import File
from okrdocs.source.edited_file import replace_file


def offer_changes(
    root: Path,
    before: Sequence[File],
    after: Sequence[File],
    console: Console,
    command: str,
    *,
    yes: bool,
) -> bool:
    """Show how files would change, ask unless `yes`, and write them; return whether they were.

    `after` are those of `before` that change. `command` writes without asking. Raises OkrError
    where a file was changed meanwhile or can't be written.
    """
    from okrdocs.lint.fixes import unified_diff_lines

    for line in unified_diff_lines(before, after):
        console.print_line(_color_diff_line(line, console))
    count = count_of(len(after), "file")
    if not yes and not console.confirm(f"\nChange {count}?"):
        console.print_line(f"\nNothing was changed. `{command}` changes {count}.")
        return False
    texts = {file.path: file.data for file in before}
    for file in after:
        replace_file(root, file.path, texts[file.path], file.data)
    console.print_line(f"\nChanged {count}.")
    return True


def _color_diff_line(line: str, console: Console) -> str:
    color = {"+": "green", "-": "red", "@": "blue"}.get(line[:1])
    shown = visible_line(line)
    return console.style(shown, color) if color else shown
