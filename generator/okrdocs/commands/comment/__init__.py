"""`okr comment`: what a change does to the OKRs, as the comment on its pull request."""

from __future__ import annotations

from pathlib import Path

from okrdocs.commands import FINDINGS, FINE
from okrdocs.commands.arguments import Arguments, Parser, add_base_argument
from okrdocs.commands.command import Command, Context, Group
from okrdocs.report.console import Console


def add_arguments(parser: Parser) -> None:
    """Declare the arguments of `okr comment`."""
    add_base_argument(parser)
    parser.add_argument(
        "--check",
        type=Path,
        metavar="FILE",
        help="compare nothing; 1 if this comment holds anything that okr never writes",
    )


def run(context: Context, arguments: Arguments) -> int:
    """Print the comment; 1 only where the files on disk have errors.

    With `--check` no OKRs are needed: 1 where the file isn't a comment of ours.
    """
    if arguments.check is not None:
        return _check_comment(arguments.check, context.console)
    root = context.find_root()
    from okrdocs.commands.comment.review_comment import print_comment

    return print_comment(root, context.console, context.days, base=arguments.base)


def _check_comment(path: Path, console: Console) -> int:
    """Print what is wrong with the comment in a file. Raises UsageError where it can't be read."""
    from okrdocs.errors import UsageError
    from okrdocs.markup.escape import terminal_text
    from okrdocs.ordinary_file import FileTooLargeError, read_ordinary_file
    from okrdocs.report.comment_check import MOST_BYTES, TOO_LARGE, find_comment_fault

    try:
        fault = find_comment_fault(read_ordinary_file(path, MOST_BYTES))
    except FileTooLargeError:
        fault = TOO_LARGE
    except OSError as error:
        raise UsageError(f"{terminal_text(str(path))} can't be read: {error.strerror}.") from error
    if fault is None:
        console.print_note("It could be a comment of okr.")
        return FINE
    console.print_line(f"okr wouldn't write this comment: {fault}.")
    return FINDINGS


COMMAND = Command(
    "comment",
    Group.CHECK,
    "Print the review comment on what a branch changes.",
    add_arguments,
    run,
)
