"""`okr remind`: who owes a check-in, and which review or grades are overdue."""

from __future__ import annotations

from okrdocs.commands import FINDINGS, FINE
from okrdocs.commands.arguments import Arguments, add_text_format_option
from okrdocs.commands.command import Command, Context, Group

_OVERDUE = frozenset({"review-overdue", "grading-overdue"})
"""Rules: a company that has switched one off, or answered its finding, isn't reminded."""


def run(context: Context, arguments: Arguments) -> int:
    """Print what is owed; 1 only where the files have errors, for then nobody knows."""
    root, console, days = context.find_root(), context.console, context.days
    from okrdocs.commands.known_findings import read_known_findings
    from okrdocs.commands.print_problems import print_problems
    from okrdocs.commands.revision import links_to_last_commit
    from okrdocs.insights.overdue_check_ins import overdue_by_person
    from okrdocs.pipeline.freshness import read_inputs
    from okrdocs.pipeline.review import ReviewRequest, review
    from okrdocs.report.reminder import Reminder, ReminderFormat, render_reminder

    form = ReminderFormat(arguments.format)
    inputs = read_inputs(root)
    reviewed = review(
        inputs,
        ReviewRequest(known_findings=read_known_findings(root)),
        as_of=days.as_of,
        today=days.today,
    )
    scores = reviewed.evaluation.scores
    if scores is None:
        print_problems(reviewed.evaluation.problems, inputs.files, console)
        return FINDINGS
    overdue = tuple(problem for problem in reviewed.problems if problem.code in _OVERDUE)
    reminder = Reminder(
        overdue_by_person(scores), overdue, scores.as_of, links_to_last_commit(root)
    )
    console.print_line(render_reminder(form, reminder, console))
    return FINE


COMMAND = Command(
    "remind",
    Group.LOOK,
    "Show who owes a check-in, a review or grades.",
    add_text_format_option,
    run,
)
