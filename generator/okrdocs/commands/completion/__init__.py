"""`okr completion`: what a shell needs to complete commands, options and references.

The script that it prints calls `okr` itself on each press of Tab (with `_ARGCOMPLETE` in its
environment), so that references come from the files as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from datetime import date
from functools import partial
from pathlib import Path

from okrdocs.commands import FINE, Days
from okrdocs.commands.arguments import Arguments, KnownValues, Parser, get_completion_values
from okrdocs.commands.command import Command, Context, Group

VARIABLE = "_ARGCOMPLETE"
"""The environment variable by which a shell asks for completions."""
SHELLS = ("bash", "zsh", "fish")
_HASH = re.compile(r"""(?P<other>"[^"]*"?|'[^']*'?|\\.)|#""")

FindRoot = Callable[[Path | None], Path]


def add_arguments(parser: Parser) -> None:
    """Declare the argument of `okr completion`."""
    parser.add_argument("shell", choices=SHELLS, help="the shell that is to complete")


def run(context: Context, arguments: Arguments) -> int:
    """Print the script that the shell reads when it starts; works in any folder."""
    from argcomplete.shell_integration import shellcode

    script = shellcode(["okr"], shell=arguments.shell)
    context.console.print_line(script.strip())
    return FINE


def answer_shell(
    parser: Parser, find_root: FindRoot, today: date, environment: MutableMapping[str, str]
) -> None:
    """Print what fits the line that the shell shows, and end the program.

    `environment` is that of the process: the shell's question stands in it.
    """
    import argcomplete

    _escape_hashes(environment)
    for command in parser.subcommands().values():
        for argument in command.arguments():
            kind = get_completion_values(argument)
            if kind is not None:
                values = partial(_matching_values, kind, find_root, today)
                argument.completer = values  # type: ignore[attr-defined]  # as argcomplete says
    argcomplete.autocomplete(parser, always_complete_options=False)


def _escape_hashes(environment: MutableMapping[str, str]) -> None:
    """Escape each `#` in the line up to the cursor: argcomplete takes it for a comment.

    To a shell it begins one only after a space; in quotes and after a backslash it never does.
    """
    line = environment["COMP_LINE"][: int(environment["COMP_POINT"])]
    line = _HASH.sub(lambda match: match["other"] or r"\#", line)
    environment.update(COMP_LINE=line, COMP_POINT=str(len(line)))


def _matching_values(
    kind: KnownValues,
    find_root: FindRoot,
    today: date,
    *,
    prefix: str,
    parsed_args: Arguments,
    **_: object,
) -> Mapping[str, str]:
    """Return the values of a kind that may fit, each with a description."""
    from okrdocs.commands.completion.known_values import values_for_completion

    days = Days(getattr(parsed_args, "as_of", None), today)
    return values_for_completion(kind, prefix, partial(find_root, parsed_args.root), days)


COMMAND = Command(
    "completion",
    Group.SET_UP,
    "Print the script by which bash, zsh or fish completes.",
    add_arguments,
    run,
)
