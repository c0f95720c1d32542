"""`okr schema`: the JSON Schemas by which an editor helps."""

from __future__ import annotations

from pathlib import Path

from okrdocs.commands import FINE
from okrdocs.commands.arguments import Arguments, Parser
from okrdocs.commands.command import Command, Context, Group


def add_arguments(parser: Parser) -> None:
    """Declare the arguments of `okr schema`."""
    parser.add_argument(
        "file",
        nargs="?",
        choices=("organization", "metrics", "cycle", "team"),
        default="team",
        help="the kind of file whose schema is printed",
    )
    parser.add_argument("--write", type=Path, metavar="DIR", help="write all of them into a folder")


def run(context: Context, arguments: Arguments) -> int:
    """Print the schema of one kind of file, or write those of all kinds into a folder."""
    from okrdocs.atomic_file import write_file
    from okrdocs.format.json_schema import FILES, schema_of, schema_texts
    from okrdocs.markup.escape import json_text, terminal_text

    folder = arguments.write
    if folder is None:
        context.console.print_line(json_text(schema_of(FILES[arguments.file])))
        return FINE
    for name, text in schema_texts().items():
        write_file(folder / name, text.encode())
        context.console.print_note(f"{terminal_text(str(folder / name))} written.")
    return FINE


COMMAND = Command(
    "schema", Group.SET_UP, "Print or write the JSON Schemas for editors.", add_arguments, run
)
