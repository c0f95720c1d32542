"""The work of `okr status`: the view of the Now page as lines of text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from okrdocs import words
from okrdocs.commands import FINDINGS, FINE, Days
from okrdocs.commands.print_problems import print_problems
from okrdocs.commands.revision import read_inputs_at
from okrdocs.grading.status import Status, StatusCode
from okrdocs.markup.escape import terminal_text
from okrdocs.pages.now import NowItem, NowView, now_view
from okrdocs.pages.parts.check_in_log import CheckInView
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.report.console import Console

_COLORS = {
    StatusCode.ACHIEVED: "green",
    StatusCode.AHEAD: "green",
    StatusCode.ON_TRACK: "green",
    StatusCode.HELD: "green",
    StatusCode.GREEN: "green",
    StatusCode.BEHIND: "yellow",
    StatusCode.YELLOW: "yellow",
    StatusCode.STALE: "yellow",
    StatusCode.NOT_REPORTED: "yellow",
    StatusCode.NOT_GRADED: "yellow",
    StatusCode.AT_RISK: "red",
    StatusCode.RED: "red",
    StatusCode.BREACHED: "red",
}
"""A band has no colour of its own: its sign shows one."""
_MOST = 12


def print_status(root: Path, console: Console, days: Days, *, rev: str | None = None) -> int:
    """Print where the current cycle stands."""
    inputs, days, _ = read_inputs_at(root, rev, days)
    evaluation = evaluate(inputs, as_of=days.as_of, today=days.today)
    print_problems(evaluation.problems, inputs.files, console)
    if evaluation.scores is None:
        return FINDINGS
    view = now_view(evaluation.scores)
    if view is None:
        console.print_line(words.THERE_ARE_NO_OKRS_YET)
        return FINE
    name = evaluation.scores.workspace.organization.organization
    for line in _status_lines(view, name, evaluation.scores.as_of, console):
        console.print_line(line)
    return FINE


def _status_lines(view: NowView, name: str, as_of: date, console: Console) -> Iterable[str]:
    head = f"{name} · {view.title} ({view.status}) as of {as_of}"
    yield console.style(terminal_text(head), "bold")
    gone = f" · day {view.days[0]} of {view.days[1]}" if view.days else ""
    grade, company = (
        f"{grade} ({left_out})" if left_out else grade
        for grade, left_out in zip((view.grade, view.company), view.left_out, strict=True)
    )
    whose = f" · company {company}" if view.company else ", all teams"
    yield terminal_text(f"grade {grade}{whose} · {view.reported}{gone}")
    yield "  ".join(_colored_count(status, count, console) for status, count in view.statuses)
    yield ""
    width = max((len(team.name) for team in view.teams), default=0)
    for team in view.teams:
        counts = "  ".join(
            _colored_count(status, count, console) for status, count in team.statuses
        )
        shown = terminal_text(team.name).ljust(width)
        left_out = f"  ({team.left_out})" if team.left_out else ""
        yield f"  {shown}  {console.style(team.grade.rjust(4), 'bold')}{left_out}  {counts}"
    yield from _section_lines(view.at_risk_title, _item_lines(view.at_risk, console), console)
    changed = [_check_in_lines(item, check_in) for item, check_in in view.recent_check_ins]
    yield from _section_lines(words.THIS_WEEK, changed, console)
    yield from _section_lines(
        words.WAITING_FOR_A_CHECK_IN, _item_lines(view.stale, console), console
    )
    dates = [f"{when}  {terminal_text(f'{what} ({days})')}" for when, what, days in view.dates]
    yield from _section_lines(words.NEXT_DATES, dates, console)


def _check_in_lines(item: NowItem, check_in: CheckInView) -> str:
    """Return the value and how it moved, and a line for each blocker, ask, decision and risk.

    Where there is no value, the owner's sign stands in its place.
    """
    value = f"{check_in.value} ({check_in.moved})" if check_in.moved else check_in.value
    news = terminal_text(value or check_in.rag)
    first = f"{terminal_text(f'{item.team}: {item.name}')}  {news}".rstrip()
    raised = [terminal_text(f"{label}: {text}") for label, text in check_in.raised]
    return "\n      ".join([first, *raised])


def _colored_count(status: Status, count: int, console: Console) -> str:
    text = terminal_text(f"{count} {status.word}")
    color = _COLORS.get(status.code)
    return console.style(text, color) if color else text


def _section_lines(title: str, lines: list[str], console: Console) -> Iterable[str]:
    if not lines:
        return
    yield ""
    yield console.style(title, "bold")
    yield from (f"  {line}" for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield f"  … and {len(lines) - _MOST} more"


def _item_lines(items: Iterable[NowItem], console: Console) -> list[str]:
    lines = []
    for item in items:
        who = f"  ({item.owner})" if item.owner else ""
        status = console.style(str(item.status), _COLORS.get(item.status.code, "dim"))
        text = f"{item.team}: {item.name}"
        lines.append(
            f"{terminal_text(text)}  {item.grade}  {status}  {terminal_text(item.why + who)}"
        )
    return lines
