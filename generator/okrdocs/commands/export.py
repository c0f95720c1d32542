"""`okr export`: every number for other programs."""

from __future__ import annotations

from okrdocs.commands import FINDINGS, FINE
from okrdocs.commands.arguments import Arguments, Parser, add_drafts_option, add_revision_option
from okrdocs.commands.command import Command, Context, Group


def add_arguments(parser: Parser) -> None:
    """Declare the options of `okr export`."""
    parser.add_argument("--format", choices=("json",), default="json", help="how to print it")
    add_drafts_option(parser)
    add_revision_option(parser)


def run(context: Context, arguments: Arguments) -> int:
    """Print the export as JSON; with errors nothing is printed but the problems."""
    root, console = context.find_root(), context.console
    from okrdocs.commands.print_problems import print_problems
    from okrdocs.commands.revision import read_inputs_at, revision_of_files
    from okrdocs.markup.escape import json_text
    from okrdocs.pipeline.evaluate import evaluate
    from okrdocs.report.json_export import export_data
    from okrdocs.source.git.repository import find_repository

    inputs, days, _ = read_inputs_at(root, arguments.rev, context.days)
    evaluation = evaluate(inputs, as_of=days.as_of, today=days.today, drafts=arguments.drafts)
    print_problems(evaluation.problems, inputs.files, console)
    if evaluation.scores is None:
        return FINDINGS
    revision = revision_of_files(inputs, find_repository(root), arguments.rev)
    console.print_line(json_text(export_data(evaluation.scores, revision)))
    return FINE


COMMAND = Command(
    "export", Group.PUBLISH, "Print every number for other programs.", add_arguments, run
)
