"""`okr schema`: the JSON Schemas by which an editor helps."""

from __future__ import annotations

from pathlib import Path

from okrdocs.atomic_file import write_file
from okrdocs.commands import FINE
from okrdocs.format.json_schema import FILES, schema_of, schema_texts
from okrdocs.markup.escape import json_text, terminal
from okrdocs.report.console import Console


def run(console: Console, *, file: str, folder: Path | None) -> int:
    """Print the schema of one kind of file, or write those of all kinds into a folder."""
    if folder is None:
        console.say(json_text(schema_of(FILES[file])))
        return FINE
    for name, text in schema_texts().items():
        write_file(folder / name, text.encode())
        console.note(f"{terminal(str(folder / name))} written.")
    return FINE
