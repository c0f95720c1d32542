"""The work of `okr status`: the view of the Now page as lines of text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from okrdocs import words
from okrdocs.commands import FINDINGS, FINE, Days
from okrdocs.commands.print_problems import print_problems
from okrdocs.commands.revision import inputs_at
from okrdocs.grading.status import Status, StatusCode
from okrdocs.markup.escape import terminal
from okrdocs.pages.now import NowItem, NowView, now_view
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
    StatusCode.AT_RISK: "red",
    StatusCode.RED: "red",
    StatusCode.BREACHED: "red",
}
"""A band has no colour of its own: its sign shows one."""
_MOST = 12


def print_status(root: Path, console: Console, days: Days, *, rev: str | None = None) -> int:
    """Print where the current cycle stands."""
    inputs, days, _ = inputs_at(root, rev, days)
    found = evaluate(inputs, as_of=days.as_of, today=days.today)
    print_problems(found.problems, inputs.files, console)
    if found.scores is None:
        return FINDINGS
    view = now_view(found.scores)
    if view is None:
        console.say(words.THERE_ARE_NO_OKRS_YET)
        return FINE
    name = found.scores.workspace.organization.organization
    for line in _lines(view, name, found.scores.as_of, console):
        console.say(line)
    return FINE


def _lines(view: NowView, name: str, as_of: date, console: Console) -> Iterable[str]:
    head = f"{name} · {view.title} ({view.status}) as of {as_of}"
    yield console.styled(terminal(head), "bold")
    gone = f" · day {view.days[0]} of {view.days[1]}" if view.days else ""
    yield terminal(f"grade {view.grade} · company {view.company} · {view.reported}{gone}")
    yield "  ".join(_counted(status, count, console) for status, count in view.statuses)
    yield ""
    width = max((len(team.name) for team in view.teams), default=0)
    for team in view.teams:
        counts = "  ".join(_counted(status, count, console) for status, count in team.statuses)
        shown = terminal(team.name).ljust(width)
        yield f"  {shown}  {console.styled(team.grade.rjust(4), 'bold')}  {counts}"
    yield from _section(view.at_risk_title, _items(view.at_risk, console), console)
    changed = [_news(item, c.value, c.moved) for item, c in view.recent_check_ins]
    yield from _section(words.THIS_WEEK, changed, console)
    yield from _section(words.WAITING_FOR_A_CHECK_IN, _items(view.stale, console), console)
    dates = [f"{when}  {terminal(f'{what} ({days})')}" for when, what, days in view.dates]
    yield from _section(words.NEXT_DATES, dates, console)


def _news(item: NowItem, value: str, moved: str) -> str:
    said = terminal(f"{value} ({moved})" if moved else value)
    return f"{terminal(f'{item.team}: {item.name}')}  {said}".rstrip()


def _counted(status: Status, count: int, console: Console) -> str:
    text = terminal(f"{count} {status.word}")
    color = _COLORS.get(status.code)
    return console.styled(text, color) if color else text


def _section(title: str, lines: list[str], console: Console) -> Iterable[str]:
    if not lines:
        return
    yield ""
    yield console.styled(title, "bold")
    yield from (f"  {line}" for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield f"  … and {len(lines) - _MOST} more"


def _items(items: Iterable[NowItem], console: Console) -> list[str]:
    lines = []
    for item in items:
        who = f"  ({item.owner})" if item.owner else ""
        status = console.styled(str(item.status), _COLORS.get(item.status.code, "dim"))
        text = f"{item.team}: {item.name}"
        lines.append(f"{terminal(text)}  {item.grade}  {status}  {terminal(item.why + who)}")
    return lines
