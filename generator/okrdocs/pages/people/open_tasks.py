"""What waits for each person: check-ins, and reviews and grades that are overdue.

`okr remind` asks for the same: who answers for a key result is `owing.asked`, what is overdue the
rules about reviews and grades say. Here it is about all open cycles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from okrdocs.grading.results import CycleScore, KeyResultScore, Scores, State
from okrdocs.lint.rule import rule_of
from okrdocs.lint.rules.process import grading_overdue, review_overdue
from okrdocs.lint.run import find_problems
from okrdocs.lint.selection import active_rules
from okrdocs.markup.escape import Markdown, inline
from okrdocs.pages.parts.tables import title_of
from okrdocs.pages.urls import cycle_page, link_to, page_of
from okrdocs.workspace.responsible import responsible_people
from okrdocs.workspace.workspace import Cycle

_RULES = (rule_of(review_overdue), rule_of(grading_overdue))
OVERDUE = dict(zip((rule.code for rule in _RULES), ("Review", "Grades"), strict=True))
"""The rules about the calendar, and what is due by them."""


class Task(NamedTuple):
    """Something that waits: a key result without a fresh value, or a cycle's review or grades.

    `days`: how long ago its last value was, None where there was none. `what` is "" for a value.
    """

    cycle: Cycle
    key_result: KeyResultScore | None
    what: str
    days: int | None


class Duties(NamedTuple):
    """What a person answers for in the open cycles, and what of it waits."""

    key_results: list[KeyResultScore]
    tasks: list[Task]


NO_DUTIES = Duties([], [])


def duties(cycles: Sequence[CycleScore], scores: Scores) -> Mapping[str, Duties]:
    """The duties of each name that is asked for anything in these cycles, oldest tasks first."""
    found: dict[str, Duties] = {}
    for name, overdue in _overdue(scores):
        found.setdefault(name, Duties([], [])).tasks.append(overdue)
    for cycle in cycles:
        for score in cycle.key_results():
            task = _value_due(cycle, score, scores)
            for name in dict.fromkeys(responsible_people(score.entry, scores.workspace)):
                duty = found.setdefault(name, Duties([], []))
                duty.key_results.append(score)
                if task is not None:
                    duty.tasks.append(task)
    for duty in found.values():
        duty.tasks.sort(key=lambda task: (not task.what, task.days is not None, -(task.days or 0)))
    return found


def _value_due(cycle: CycleScore, score: KeyResultScore, scores: Scores) -> Task | None:
    """A task where the value is stale, or no value or mark was given in a cycle that is over."""
    late = cycle.final and score.state in {State.NOT_REPORTED, State.NOT_GRADED}
    if not (score.stale or late):
        return None
    days = (scores.as_of - score.value.date).days if score.value else None
    return Task(cycle.cycle, score, "", days)


def _overdue(scores: Scores) -> Iterator[tuple[str, Task]]:
    """What the rules find, for the owners of the cycle's document, else the company's lead."""
    workspace = scores.workspace
    company = workspace.teams.get(workspace.company or "")
    for problem in find_problems(scores, active_rules(_RULES, workspace.organization)):
        cycle = workspace.cycle(problem.ref)
        if cycle is not None:
            owners = cycle.document.owner if cycle.document else ()
            for name in dict.fromkeys(owners or (company.lead if company else ())):
                yield name, Task(cycle, None, OVERDUE[problem.code], None)


def told(task: Task, here: str, current: Cycle | None, scores: Scores) -> Markdown:
    """A task as a line: where it leads and why it waits; any cycle but the current is named."""
    if task.key_result is None:
        day = task.cycle.review_date if task.what == OVERDUE["review-overdue"] else None
        due = day or task.cycle.grading_date
        link = link_to(here, cycle_page(task.cycle.id), f"{task.what} of {task.cycle.title}")
        return Markdown(f"{link} <small>{inline(f'due since {due}' if due else 'due')}</small>")
    score = task.key_result
    place = "" if task.cycle is current else f" ({task.cycle.title})"
    link = link_to(here, page_of(score.entry.ref), f"{title_of(score.entry.ref, scores)}{place}")
    why = (
        f"last value {task.days} days ago, on {score.value.date}" if score.value else "no value yet"
    )
    return Markdown(f"{link} <small>{why}</small>")


def in_words(tasks: Sequence[Task]) -> str:
    """How much waits: `3 check-ins, grades`; "" for nothing."""
    values = sum(1 for task in tasks if not task.what)
    counted = f"{values} check-in{'s' if values > 1 else ''}" if values else ""
    other = dict.fromkeys(task.what.lower() for task in tasks if task.what)
    return ", ".join(part for part in (counted, *other) if part)
