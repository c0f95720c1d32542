"""Formats who owes a check-in, a review or grades: as text, as the body of an issue, as JSON.

`insights.overdue_check_ins` says who, the rules about the calendar say what else is overdue. In
Markdown names are plain text that tells nobody, unless `okr.yml` gives a person a `link`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from okrdocs import words
from okrdocs.insights.overdue_check_ins import OverdueCheckIn, OverdueCheckIns, OverduePerson
from okrdocs.markup.code_host import escape_line
from okrdocs.markup.counts import count_of
from okrdocs.markup.escape import json_text, safe_url, terminal_text
from okrdocs.markup.shorten import shorten
from okrdocs.problem import Problem
from okrdocs.report.console import Console
from okrdocs.report.markdown import finding_text
from okrdocs.source.git.web_links import FileLinks

MARK = "<!-- okrdocs reminder -->"
"""The first line, by which the issue is found again; nobody sees it."""

MOST = 60_000
"""Characters of the Markdown. GitHub's issues hold 65,536."""

FORMAT_VERSION = "1.0"
_ROOM_FOR_REST = 500
_LONGEST_TEXT = 300
_HOW = (
    "To check in, add the value of today below `check_ins:` of the key result and open a pull"
    " request: `- {date: …, value: …}`. A value that hasn't moved is news too."
)


class ReminderFormat(StrEnum):
    """How it is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


class Reminder(NamedTuple):
    """What is owed. `overdue`: reviews and grades; `place`: where the lines can be seen."""

    owing: OverdueCheckIns | None
    overdue: tuple[Problem, ...]
    as_of: date
    place: FileLinks | None

    @property
    def task_count(self) -> int:
        """Return how many things are owed, each once."""
        return (self.owing.total if self.owing else 0) + len(self.overdue)


def render_reminder(form: ReminderFormat, reminder: Reminder, console: Console) -> str:
    """Return the reminder in a format, without its last line end."""
    match form:
        case ReminderFormat.TEXT:
            return "\n".join(_text_lines(reminder, console))
        case ReminderFormat.MARKDOWN:
            return _markdown_body(reminder)
        case ReminderFormat.JSON:
            return json_text(_reminder_json(reminder))


def _headline(reminder: Reminder) -> str:
    owing = reminder.owing
    if owing is None:
        return words.THERE_ARE_NO_OKRS_YET
    if not owing.total:
        return f"Nobody owes a check-in in {owing.title}, as of {reminder.as_of}."
    wait = "waits" if owing.total == 1 else "wait"
    what = count_of(owing.total, "key result")
    return f"{what} of {owing.title} {wait} for a check-in, as of {reminder.as_of}."


def _since_text(check_in: OverdueCheckIn) -> str:
    if check_in.last is None:
        return f"nothing reported since {check_in.since}, {count_of(check_in.days, 'day')} ago"
    return f"last check-in on {check_in.last}, {count_of(check_in.days, 'day')} ago"


def _overdue_people(reminder: Reminder) -> Sequence[OverduePerson]:
    return reminder.owing.people if reminder.owing else ()


# ------------------------------------------------------------------- text


def _text_lines(reminder: Reminder, console: Console) -> Iterator[str]:
    yield console.style(terminal_text(_headline(reminder)), "bold")
    for person in _overdue_people(reminder):
        yield ""
        yield console.style(terminal_text(person.name) or words.NOBODY_NAMED, "bold")
        for check_in in person.check_ins:
            title = terminal_text(f"{check_in.team}: {check_in.title}")
            yield f"  {title}  {_since_text(check_in)}"
            yield console.style(f"    {terminal_text(check_in.path)}:{check_in.line}", "dim")
    if reminder.overdue:
        yield ""
        yield console.style(words.OVERDUE, "bold")
    for problem in reminder.overdue:
        yield f"  {terminal_text(f'{problem.message} {problem.hint}')}"
        yield console.style(f"    {terminal_text(problem.span.path)}:{problem.span.line}", "dim")


# ------------------------------------------------------------------- Markdown


def _markdown_body(reminder: Reminder) -> str:
    head = f"{MARK}\n{_plain_line(_headline(reminder))}"
    foot = f"\n\n{_HOW}" if _overdue_people(reminder) else ""
    parts = [head]
    room = MOST - len(head) - len(foot) - _ROOM_FOR_REST
    for piece in _markdown_pieces(reminder):
        room -= len(piece)
        if room < 0:
            parts.append("\n\nNot all of it found room here; `okr remind` shows the rest.")
            break
        parts.append(piece)
    return "".join([*parts, foot])


def _markdown_pieces(reminder: Reminder) -> Iterator[str]:
    head = "\n\n### Overdue\n"
    for problem in reminder.overdue:
        path, line = problem.span.path, problem.span.line
        where = _line_link(f"{path}, line {line}", path, line, reminder.place)
        yield f"{head}\n- {finding_text(problem)} ({where})"
        head = ""
    for person in _overdue_people(reminder):
        head = f"\n\n**{_person_name(person)}** ({len(person.check_ins)})\n"
        for check_in in person.check_ins:
            title = _line_link(
                f"{check_in.team}: {check_in.title}", check_in.path, check_in.line, reminder.place
            )
            yield f"{head}\n- {title} – {_since_text(check_in)}"
            head = ""


def _person_name(person: OverduePerson) -> str:
    name = _plain_line(person.name) or words.NOBODY_NAMED
    address = safe_url(person.link) if person.link else None
    return f"[{name}]({address})" if address else name


def _line_link(text: str, path: str, line: int, place: FileLinks | None) -> str:
    shown = _plain_line(text)
    return f"[{shown}]({place.line_url(path, line)})" if place else shown


def _plain_line(text: str) -> str:
    return escape_line(shorten(terminal_text(text), _LONGEST_TEXT))


# ------------------------------------------------------------------- JSON


def _reminder_json(reminder: Reminder) -> dict[str, object]:
    owing = reminder.owing
    return {
        "format_version": FORMAT_VERSION,
        "as_of": reminder.as_of.isoformat(),
        "cycle": owing.cycle if owing else None,
        "owed": reminder.task_count,
        "people": [_person_json(person, reminder.place) for person in _overdue_people(reminder)],
        "overdue": [_overdue_json(problem, reminder.place) for problem in reminder.overdue],
    }


def _person_json(person: OverduePerson, place: FileLinks | None) -> dict[str, object]:
    return {
        "name": person.name or None,
        "link": person.link or None,
        "key_results": [_key_result_json(check_in, place) for check_in in person.check_ins],
    }


def _key_result_json(check_in: OverdueCheckIn, place: FileLinks | None) -> dict[str, object]:
    return {
        "ref": str(check_in.ref),
        "team": check_in.team,
        "title": check_in.title,
        "last": check_in.last.isoformat() if check_in.last else None,
        "since": check_in.since.isoformat(),
        "days": check_in.days,
        "path": check_in.path,
        "line": check_in.line,
        "url": place.line_url(check_in.path, check_in.line) if place else None,
    }


def _overdue_json(problem: Problem, place: FileLinks | None) -> dict[str, object]:
    span = problem.span
    return {
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "path": span.path,
        "line": span.line,
        "url": place.line_url(span.path, span.line) if place else None,
    }
