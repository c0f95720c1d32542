"""`okr explain`: how a number comes about, or what the code of a finding means."""

from __future__ import annotations

from okrdocs.commands.arguments import (
    Arguments,
    KnownValues,
    Parser,
    add_revision_option,
    set_completion_values,
)
from okrdocs.commands.command import Command, Context, Group


def add_arguments(parser: Parser) -> None:
    """Declare the arguments of `okr explain`."""
    wanted = parser.add_argument(
        "wanted",
        metavar="REF|CODE",
        help="team/objective#key-result, an objective, team, cycle or metric; or a finding's code",
    )
    set_completion_values(wanted, KnownValues.REFERENCES_AND_CODES)
    add_revision_option(parser)


def run(context: Context, arguments: Arguments) -> int:
    """Print the steps of a grade, or a code's page, which needs no repository."""
    from okrdocs.commands.explain.explain_code import print_code
    from okrdocs.commands.explain.explain_reference import print_steps
    from okrdocs.report.rule_docs import rule_infos_by_code

    wanted = arguments.wanted
    if wanted in rule_infos_by_code():
        return print_code(context.console, rule_infos_by_code()[wanted])
    root = context.find_root()
    return print_steps(root, context.console, context.days, wanted=wanted, rev=arguments.rev)


COMMAND = Command(
    "explain",
    Group.LOOK,
    "Show how a number comes about, or what a code means.",
    add_arguments,
    run,
)
