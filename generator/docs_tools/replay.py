"""Replays README.md and the tutorial: writes the files they show, runs the commands they show.

A page is a story in one folder: a fenced `yaml` block whose first line is a comment with a path
is a file, and a `console` block that begins with `$ .venv/bin/okr` is run there. `make docs` puts
the real output under the commands; tests/docs_tools/test_documentation.py fails when a page says
something else.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from okrdocs.cli import main

ROOT = Path(__file__).resolve().parents[2]
STORIES = (ROOT / "README.md", ROOT / "docs" / "tutorial" / "first-okrs.md")
COMMAND = "$ .venv/bin/okr "
NEW_FOLDER = "<!-- a new folder -->"
_BLOCK = re.compile(
    rf"{NEW_FOLDER}|^```(?P<kind>yaml|console)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)
_PATH = re.compile(r"# (okrs/\S+\.yml)")


class Step(NamedTuple):
    """One block of a story: where its text stands in the page, and what should stand there."""

    start: int
    end: int
    text: str
    exit_code: int


def replayed(page: str) -> str:
    """The page with the real output under each command."""
    parts, end = [], 0
    for step in steps(page):
        parts += [page[end : step.start], step.text]
        end = step.end
    return "".join([*parts, page[end:]])


def steps(page: str) -> Iterator[Step]:
    """The commands of a page, one block after the other, each run in the folder as it is then."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        for block in _BLOCK.finditer(page):
            if block["kind"] is None:
                _empty(folder)
            elif block["kind"] == "yaml":
                _write(folder, block["text"])
            elif block["text"].startswith(COMMAND):
                line = block["text"].splitlines()[0]
                code, said = _run(folder, line.removeprefix(COMMAND))
                yield Step(block.start("text"), block.end("text"), f"{line}\n{said}", code)


def _empty(folder: Path) -> None:
    for each in folder.iterdir():
        shutil.rmtree(each)


def _write(folder: Path, text: str) -> None:
    path = _PATH.match(text)
    if path is not None:
        place = folder / path[1]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8", newline="\n")


def _run(folder: Path, arguments: str) -> tuple[int, str]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main([*shlex.split(arguments), "--root", str(folder)])
    return code, said.getvalue()


if __name__ == "__main__":
    for story in STORIES:
        told = story.read_text("utf-8")
        story.write_text(replayed(told), "utf-8", newline="\n")
