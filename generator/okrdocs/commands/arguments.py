"""How a command declares its arguments, and those that several have. Only this imports argparse."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from enum import Enum, auto
from pathlib import Path

Arguments = argparse.Namespace
"""The values of a command line by the names of the arguments."""
SUPPRESS = argparse.SUPPRESS


class KnownValues(Enum):
    """What the shell offers for an argument; the values come from the repository."""

    NOTHING = auto()
    REFERENCES_AND_CODES = auto()
    CYCLES = auto()
    CYCLES_AND_ALL = auto()
    RULES = auto()


class Parser(argparse.ArgumentParser):
    """An argument parser that can list what it knows, which argparse only keeps to itself."""

    def arguments(self) -> tuple[argparse.Action, ...]:
        """Return every argument and option, in the order of the help."""
        return tuple(self._actions)

    def option_words(self) -> tuple[str, ...]:
        """Return every option as it is typed: `-q`, `--quiet`."""
        return tuple(word for argument in self.arguments() for word in argument.option_strings)

    def subcommands(self) -> Mapping[str, Parser]:
        """Return the parsers of the commands by name, in their order; empty where it has none."""
        for action in self.arguments():
            if isinstance(action, argparse._SubParsersAction):
                return dict(action.choices)
        return {}


def create_overview_parser(program: str, usage: str, text: str) -> Parser:
    """Return a parser whose help is the text with its line breaks, then the options."""
    return Parser(
        prog=program,
        usage=usage,
        description=text,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def set_completion_values(argument: argparse.Action, values: KnownValues) -> None:
    """Say what the shell offers for an argument; without this it offers names of files."""
    argument.known_values = values  # type: ignore[attr-defined]  # `completion` reads it


def get_completion_values(argument: argparse.Action) -> KnownValues | None:
    """Return what `set_completion_values` said of an argument."""
    values: KnownValues | None = getattr(argument, "known_values", None)
    return values


# ------------------------------------------------------------------- arguments of several commands


def add_common_options(parser: Parser) -> None:
    """Add the options of every command."""
    parser.add_argument("--root", type=Path, metavar="DIR", help="the folder that holds okrs/")
    as_of = parser.add_argument(
        "--as-of", type=parse_day, metavar="DATE", help="see the OKRs as of this day (YYYY-MM-DD)"
    )
    set_completion_values(as_of, KnownValues.NOTHING)
    parser.add_argument("-q", "--quiet", action="store_true", help="only results and faults")
    parser.add_argument("--no-color", action="store_true", help="plain text (also NO_COLOR)")


def add_revision_option(parser: Parser) -> None:
    """Add `--rev`, for a command that can look at the files of a revision."""
    revision = parser.add_argument(
        "--rev", metavar="REV", help="the OKRs as they stood at this revision, on its day"
    )
    set_completion_values(revision, KnownValues.NOTHING)


def add_drafts_option(parser: Parser) -> None:
    """Add `--drafts`, for a command that leaves drafts out."""
    parser.add_argument(
        "--drafts", action="store_true", help="with what is a draft, which is left out otherwise"
    )


def add_safe_option(parser: Parser) -> None:
    """Add `--safe`, for a command that builds a site."""
    parser.add_argument(
        "--safe",
        action="store_true",
        help="for a stranger's branch: of mkdocs.yml only names, language and colours",
    )


def add_base_argument(parser: Parser) -> None:
    """Add `BASE`, for a command that compares with an earlier revision."""
    base = parser.add_argument(
        "base", nargs="?", metavar="BASE", help="a revision; by default where this branch began"
    )
    set_completion_values(base, KnownValues.NOTHING)


def add_text_format_option(parser: Parser) -> None:
    """Add `--format`, for a command that prints text, Markdown or JSON."""
    parser.add_argument(
        "--format", choices=("text", "markdown", "json"), default="text", help="how to print it"
    )


# ------------------------------------------------------------------- kinds of values


def parse_names(text: str) -> frozenset[str]:
    """Return codes and families that are separated by commas."""
    return frozenset(name.strip() for name in text.split(",") if name.strip())


def parse_day(text: str) -> date:
    """Return the day of a text like 2025-02-01. Raises ArgumentTypeError where it isn't one.

    `fromisoformat` alone also takes `20250201` and weeks.
    """
    try:
        parsed = date.fromisoformat(text)
    except ValueError:
        parsed = None
    if parsed is None or parsed.isoformat() != text:
        raise argparse.ArgumentTypeError(f"`{text}` isn't a date like 2025-02-01")
    return parsed
