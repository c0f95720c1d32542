"""`okr diff`: what changed between two states of the OKRs, and what it did to the grades."""

from __future__ import annotations

from okrdocs.commands.arguments import (
    Arguments,
    KnownValues,
    Parser,
    add_base_argument,
    add_text_format_option,
    set_completion_values,
)
from okrdocs.commands.command import Command, Context, Group


def add_arguments(parser: Parser) -> None:
    """Declare the arguments of `okr diff`."""
    add_base_argument(parser)
    head = parser.add_argument(
        "head", nargs="?", metavar="HEAD", help="a revision; by default the files on disk"
    )
    set_completion_values(head, KnownValues.NOTHING)
    add_text_format_option(parser)


def run(context: Context, arguments: Arguments) -> int:
    """Print what changed from `BASE` to `HEAD`; 1 where the files have errors."""
    root = context.find_root()
    from okrdocs.commands.diff.compare_states import print_changes
    from okrdocs.report.diff_formats import DiffFormat

    form = DiffFormat(arguments.format)
    base, head = arguments.base, arguments.head
    return print_changes(root, context.console, context.days, base=base, head=head, form=form)


COMMAND = Command(
    "diff",
    Group.LOOK,
    "Show what changed in the OKRs, and what it did to the grades.",
    add_arguments,
    run,
)
