"""`okr comment`: what a change does to the OKRs, as the comment on its pull request."""

from __future__ import annotations

from okrdocs.commands.arguments import Arguments, add_base_argument
from okrdocs.commands.command import Command, Context, Group


def run(context: Context, arguments: Arguments) -> int:
    """Print the comment; 1 only where the files on disk have errors."""
    root = context.find_root()
    from okrdocs.commands.comment.review_comment import print_comment

    return print_comment(root, context.console, context.days, base=arguments.base)


COMMAND = Command(
    "comment",
    Group.CHECK,
    "Print the review comment on what a branch changes.",
    add_base_argument,
    run,
)
