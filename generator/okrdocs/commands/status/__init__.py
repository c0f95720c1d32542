"""`okr status`: the Now page in the terminal."""

from __future__ import annotations

from okrdocs.commands.arguments import Arguments, add_revision_option
from okrdocs.commands.command import Command, Context, Group


def run(context: Context, arguments: Arguments) -> int:
    """Print where the current cycle stands; 1 where the files have errors."""
    root = context.find_root()
    from okrdocs.commands.status.cycle_status import print_status

    return print_status(root, context.console, context.days, rev=arguments.rev)


COMMAND = Command(
    "status", Group.LOOK, "Show where the current cycle stands.", add_revision_option, run
)
