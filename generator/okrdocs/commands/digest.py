"""`okr digest`: what approvals name, so that a later change of the objectives shows."""

from __future__ import annotations

from okrdocs.commands import FINDINGS, FINE
from okrdocs.commands.arguments import (
    Arguments,
    KnownValues,
    Parser,
    add_revision_option,
    set_completion_values,
)
from okrdocs.commands.command import Command, Context, Group


def add_arguments(parser: Parser) -> None:
    """Declare the arguments of `okr digest`."""
    cycle = parser.add_argument(
        "cycle", nargs="?", metavar="CYCLE", help="its id; by default the current one"
    )
    set_completion_values(cycle, KnownValues.CYCLES)
    add_revision_option(parser)


def run(context: Context, arguments: Arguments) -> int:
    """Print the digest of a cycle; of the current one where none is named.

    Raises UsageError where there is no such cycle.
    """
    root, console, cycle = context.find_root(), context.console, arguments.cycle
    from okrdocs.commands.print_problems import print_problems
    from okrdocs.commands.revision import read_inputs_at
    from okrdocs.errors import UsageError
    from okrdocs.history.approval_digest import cycle_digest
    from okrdocs.pipeline.evaluate import evaluate
    from okrdocs.problem import nearest_hint

    inputs, days, _ = read_inputs_at(root, arguments.rev, context.days)
    evaluation = evaluate(inputs, as_of=days.as_of, today=days.today)
    print_problems(evaluation.problems, inputs.files, console)
    if evaluation.scores is None:
        return FINDINGS
    workspace = evaluation.scores.workspace
    wanted = workspace.cycle(cycle) if cycle else workspace.current_cycle(evaluation.scores.as_of)
    if wanted is None:
        hint = nearest_hint(cycle or "", [other.id for other in workspace.cycles])
        raise UsageError(f"There is no cycle `{cycle or ''}`. {hint}".rstrip())
    console.print_line(cycle_digest(wanted, workspace))
    console.print_note(f"{wanted.id}: write it into `approvals:` of its cycle.yml as `digest:`.")
    return FINE


COMMAND = Command(
    "digest",
    Group.WRITE,
    "Print what an approval names: the digest of a cycle.",
    add_arguments,
    run,
)
