"""`okr remind`: who owes a check-in, and which review or grades are overdue."""

from __future__ import annotations

from pathlib import Path

from okrdocs.commands import FINDINGS, FINE, Days
from okrdocs.commands.check import debts_at
from okrdocs.commands.print_problems import tell
from okrdocs.insights.overdue_check_ins import owing
from okrdocs.pipeline.freshness import read_inputs
from okrdocs.pipeline.review import ReviewRequest, review
from okrdocs.report.console import Console
from okrdocs.report.reminder import Reminder, ReminderFormat, render_reminder
from okrdocs.source.git.repository import find_repository
from okrdocs.source.git.web_links import FileLinks

_OVERDUE = frozenset({"review-overdue", "grading-overdue"})
"""Rules: a company that has switched one off, or answered its finding, isn't reminded."""


def run(root: Path, console: Console, days: Days, *, form: ReminderFormat) -> int:
    """Print what is owed; 1 only where the files have errors, for then nobody knows."""
    inputs = read_inputs(root)
    found = review(inputs, ReviewRequest(debts=debts_at(root)), as_of=days.as_of, today=days.today)
    scores = found.evaluation.scores
    if scores is None:
        tell(found.evaluation.problems, inputs.files, console)
        return FINDINGS
    overdue = tuple(each for each in found.problems if each.code in _OVERDUE)
    reminder = Reminder(owing(scores), overdue, scores.as_of, _place(root))
    console.say(render_reminder(form, reminder, console))
    return FINE


def _place(root: Path) -> FileLinks | None:
    """Where the files can be seen as last committed; None where that isn't known."""
    known = find_repository(root)
    page = known.remote_page() if known else None
    head = known.head() if known else None
    return FileLinks(page, known.prefix, head) if known and page and head else None
