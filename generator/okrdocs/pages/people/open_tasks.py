"""Finds what each person has to do: check-ins, and reviews and grades that are overdue.

`okr remind` asks for the same in the current cycle. `insights.overdue_check_ins` says who is
responsible for a key result, the rules about reviews and grades say what else is overdue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from okrdocs.grading.results import CycleScore, KeyResultScore, Scores, State
from okrdocs.lint.rule import rule_of
from okrdocs.lint.rules.process import grading_overdue, review_overdue
from okrdocs.lint.run import find_problems
from okrdocs.lint.selection import active_rules
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.pages.parts.tables import full_title
from okrdocs.pages.urls import cycle_page, item_url, link_to
from okrdocs.workspace.responsible import responsible_people
from okrdocs.workspace.workspace import Cycle

_RULES = (rule_of(review_overdue), rule_of(grading_overdue))
TASK_BY_RULE = dict(zip((rule.code for rule in _RULES), ("Review", "Grades"), strict=True))
"""The rules about the calendar, and what is due by them."""


class OpenTask(NamedTuple):
    """Something to do: a key result without a fresh value, or a cycle's review or grades.

    `days`: how long ago its last value was, None where there was none. `what` is "" for a value.
    """

    cycle: Cycle
    key_result: KeyResultScore | None
    what: str
    days: int | None


class PersonDuties(NamedTuple):
    """What a person is responsible for in the open cycles, and the open tasks in it."""

    key_results: list[KeyResultScore]
    tasks: list[OpenTask]


NO_DUTIES = PersonDuties([], [])


def tasks_and_duties_by_person(
    cycles: Sequence[CycleScore], scores: Scores
) -> Mapping[str, PersonDuties]:
    """Return the duties of each name with any in these cycles, the oldest tasks first."""
    by_person: dict[str, PersonDuties] = {}
    for name, overdue in _overdue_cycle_tasks(scores):
        by_person.setdefault(name, PersonDuties([], [])).tasks.append(overdue)
    for cycle in cycles:
        for score in cycle.key_results():
            task = _overdue_value_task(cycle, score, scores)
            for name in dict.fromkeys(responsible_people(score.entry, scores.workspace)):
                duty = by_person.setdefault(name, PersonDuties([], []))
                duty.key_results.append(score)
                if task is not None:
                    duty.tasks.append(task)
    for duty in by_person.values():
        duty.tasks.sort(key=lambda task: (not task.what, task.days is not None, -(task.days or 0)))
    return by_person


def _overdue_value_task(
    cycle: CycleScore, score: KeyResultScore, scores: Scores
) -> OpenTask | None:
    """Make a task where a value is stale, or missing in a cycle that is over; else None."""
    late = cycle.final and score.state in {State.NOT_REPORTED, State.NOT_GRADED}
    if not (score.stale or late):
        return None
    days = (scores.as_of - score.value.date).days if score.value else None
    return OpenTask(cycle.cycle, score, "", days)


def _overdue_cycle_tasks(scores: Scores) -> Iterator[tuple[str, OpenTask]]:
    """Yield overdue reviews and grades, by the document's owners, else the company's lead."""
    workspace = scores.workspace
    company = workspace.teams.get(workspace.company or "")
    for problem in find_problems(scores, active_rules(_RULES, workspace.organization)):
        cycle = workspace.cycle(problem.ref)
        if cycle is not None:
            owners = cycle.document.owner if cycle.document else ()
            for name in dict.fromkeys(owners or (company.lead if company else ())):
                yield name, OpenTask(cycle, None, TASK_BY_RULE[problem.code], None)


def task_line(task: OpenTask, here: str, current: Cycle | None, scores: Scores) -> Markdown:
    """Write a task as a line: a link and since when; any cycle but the current is named."""
    if task.key_result is None:
        day = task.cycle.review_date if task.what == TASK_BY_RULE["review-overdue"] else None
        due = day or task.cycle.grading_date
        link = link_to(here, cycle_page(task.cycle.id), f"{task.what} of {task.cycle.title}")
        return Markdown(
            f"{link} <small>{escape_inline(f'due since {due}' if due else 'due')}</small>"
        )
    score = task.key_result
    place = "" if task.cycle is current else f" ({task.cycle.title})"
    link = link_to(here, item_url(score.entry.ref), f"{full_title(score.entry.ref, scores)}{place}")
    why = (
        f"last value {task.days} days ago, on {score.value.date}" if score.value else "no value yet"
    )
    return Markdown(f"{link} <small>{why}</small>")


def task_counts_text(tasks: Sequence[OpenTask]) -> str:
    """Count tasks in words: `3 check-ins, grades`; "" for none."""
    values = sum(1 for task in tasks if not task.what)
    check_ins = f"{values} check-in{'s' if values > 1 else ''}" if values else ""
    other = dict.fromkeys(task.what.lower() for task in tasks if task.what)
    return ", ".join(part for part in (check_ins, *other) if part)
