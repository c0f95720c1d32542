"""`okr check`: everything that is wrong with the files, and what a coach would say about them."""

from __future__ import annotations

from okrdocs.commands.arguments import (
    Arguments,
    KnownValues,
    Parser,
    parse_names,
    set_completion_values,
)
from okrdocs.commands.command import Command, Context, Group

# Those of `report.Format`, which is imported only by the commands that print with it.
FORMATS = ("full", "concise", "json", "github", "sarif", "markdown", "gitlab")


def add_arguments(parser: Parser) -> None:
    """Declare the options of `okr check`."""
    parser.add_argument("--format", choices=FORMATS, default="full", help="how to print it")
    select = parser.add_argument(
        "--select", type=parse_names, metavar="RULES", help="only these rules or families, by comma"
    )
    ignore = parser.add_argument(
        "--ignore", type=parse_names, metavar="RULES", help="without these rules or families"
    )
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "info", "never"),
        default="error",
        help="the least severity for exit code 1 (default: error)",
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="show the hints as well")
    parser.add_argument("--closed", action="store_true", help="review closed cycles as well")
    parser.add_argument(
        "--update-baseline",
        action="store_true",
        help="write today's findings down as known; later, take out those that are fixed",
    )
    parser.add_argument("--fix", action="store_true", help="fix what has one right form")
    parser.add_argument("--yes", action="store_true", help="with --fix: don't ask")
    set_completion_values(select, KnownValues.RULES)
    set_completion_values(ignore, KnownValues.RULES)


def run(context: Context, arguments: Arguments) -> int:
    """Print the findings; 1 where one is severe enough to fail."""
    root = context.find_root()
    from okrdocs.commands.check.check_files import Options, check_files
    from okrdocs.lint.selection import RuleChoice
    from okrdocs.problem import Severity
    from okrdocs.report.formats import Format

    options = Options(
        form=Format(arguments.format),
        choice=RuleChoice(arguments.select or frozenset(), arguments.ignore or frozenset()),
        fail_on=None if arguments.fail_on == "never" else Severity(arguments.fail_on),
        closed=arguments.closed,
        hints=arguments.verbose or bool(arguments.select) or arguments.fail_on == "info",
        update_baseline=arguments.update_baseline,
        fix=arguments.fix,
        yes=arguments.yes,
    )
    return check_files(root, context.console, context.days, options)


COMMAND = Command(
    "check", Group.CHECK, "Find everything that is wrong with the OKR files.", add_arguments, run
)
