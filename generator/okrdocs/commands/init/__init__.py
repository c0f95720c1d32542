"""`okr init`: the files of a company that begins to keep its OKRs, or takes a new version."""

from __future__ import annotations

from pathlib import Path

from okrdocs.commands.arguments import Arguments, KnownValues, Parser, set_completion_values
from okrdocs.commands.command import Command, Context, Group


def add_arguments(parser: Parser) -> None:
    """Declare the arguments of `okr init`."""
    parser.add_argument(
        "dir", nargs="?", type=Path, metavar="DIR", help="the folder for okrs/ (default: this one)"
    )
    parser.add_argument(
        "-y", "--yes", action="store_true", help="ask nothing: take options and defaults"
    )
    texts = (
        ("--company", "NAME", "the company's name"),
        ("--cycle", "CYCLE", "the first cycle (default: the quarter of today)"),
    )
    for option, metavar, about in texts:
        added = parser.add_argument(option, metavar=metavar, help=about)
        set_completion_values(added, KnownValues.NOTHING)
    teams = parser.add_argument(
        "--teams", action="append", metavar="NAMES", help="the teams, separated by commas"
    )
    parser.add_argument(
        "--host",
        choices=("github", "gitlab", "none"),
        help="where the repository is hosted (default: what its remote says)",
    )
    parser.add_argument(
        "--publish",
        choices=("pages", "none"),
        help="who publishes the site: the host's pages (the default), or nobody",
    )
    owner = parser.add_argument(
        "--owner",
        action="append",
        metavar="TEAM=@NAME",
        help="who approves a team's changes, for CODEOWNERS; may be repeated",
    )
    for argument in (teams, owner):
        set_completion_values(argument, KnownValues.NOTHING)
    parser.add_argument(
        "--lock",
        action="store_true",
        help="write the versions and hashes of all that is needed into requirements.txt (needs uv"
        " and the network)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="write nothing; show all that would be different"
    )
    parser.add_argument(
        "--update",
        action="append",
        default=[],
        metavar="FILE",
        help="let this file, as `okr init` lists it, be written anew; may be repeated",
    )


def run(context: Context, arguments: Arguments) -> int:
    """Ask, compare, write what is new, and offer what would be different."""
    from okrdocs.commands.init.set_up import set_up

    return set_up(context, arguments)


COMMAND = Command(
    "init",
    Group.SET_UP,
    "Set up a folder for OKRs, or take over what a new version would write.",
    add_arguments,
    run,
)
