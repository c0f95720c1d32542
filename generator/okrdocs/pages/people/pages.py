"""Makes the pages of people, roles and groups: the index, and one for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from okrdocs import words
from okrdocs.grading.results import CycleScore, ObjectiveScore, Scores
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.pages.cycle.status import cycles_newest_first, open_or_current, phases_by_cycle
from okrdocs.pages.metrics.cells import owned_metrics
from okrdocs.pages.page import GeneratedPage, overview_page
from okrdocs.pages.parts.cells import join_inline, join_lines, small_text
from okrdocs.pages.parts.status_counts import status_counts
from okrdocs.pages.people.links import (
    HoldingsByName,
    owned_items_by_name,
    person_link,
    person_pages,
    team_link,
)
from okrdocs.pages.people.open_tasks import (
    NO_DUTIES,
    PersonDuties,
    task_counts_text,
    task_line,
    tasks_and_duties_by_person,
)
from okrdocs.pages.people.owned_items import OwnedItemRow, owned_item_row, owned_items_by_cycle
from okrdocs.pages.urls import PEOPLE, link_to, repository_link

MOST_NOW, MOST_BEFORE, MOST_TASKS = 60, 20, 30
"""Rows of one cycle, and tasks; who has more of them is a role that stands for everybody."""


class PersonIndexRow(NamedTuple):
    """A person on the index: how much is theirs in the open cycles."""

    person: Markdown
    objectives: str
    results: Markdown
    waiting: str


class UnlistedOwner(NamedTuple):
    """A name without a page of its own, with what it owns."""

    name: str
    rows: tuple[OwnedItemRow, ...]


class _PeopleData(NamedTuple):
    """What all pages of people are made from."""

    scores: Scores
    holdings: HoldingsByName
    duties: Mapping[str, PersonDuties]
    open: tuple[CycleScore, ...]
    past: tuple[CycleScore, ...]
    leads: Mapping[str, list[str]]


def people_pages(scores: Scores) -> Iterator[GeneratedPage]:
    """Yield the index, then the page of each name that has one."""
    data = _collect_people_data(scores)
    yield overview_page(PEOPLE, "people.md.j2", words.PEOPLE, (), scores, _people_index_view(data))
    for name, path in person_pages(scores).items():
        crumbs = (link_to(path, PEOPLE, words.PEOPLE),)
        title = scores.workspace.name_of(name)
        yield overview_page(
            path, "person.md.j2", title, crumbs, scores, _person_view(name, path, data)
        )


def _collect_people_data(scores: Scores) -> _PeopleData:
    now = open_or_current(scores, phases_by_cycle(scores))
    ids = {score.cycle.id for score in now}
    past = tuple(score for score in cycles_newest_first(scores) if score.cycle.id not in ids)
    leads: dict[str, list[str]] = {}
    for team_id, team in scores.workspace.teams.items():
        for name in team.lead:
            leads.setdefault(name, []).append(team_id)
    return _PeopleData(
        scores,
        owned_items_by_name(scores),
        tasks_and_duties_by_person(now, scores),
        now,
        past,
        leads,
    )


# ------------------------------------------------------------------- the index


def _people_index_view(data: _PeopleData) -> dict[str, object]:
    scores = data.scores
    names = dict.fromkeys((*data.holdings, *data.leads, *person_pages(scores), *data.duties))
    ordered = sorted(
        names, key=lambda name: (_has_no_open_items(name, data), _name_sort_key(name, scores), name)
    )
    pages = person_pages(scores)
    alone = [n for n in ordered if n not in pages and n not in scores.workspace.teams]
    return {
        "cycles": _open_cycles_text(data),
        "people": [
            _person_index_row(name, data) for name in ordered if not _has_no_open_items(name, data)
        ],
        "idle": join_inline(
            (
                person_link(PEOPLE, name, scores)
                for name in ordered
                if _has_no_open_items(name, data)
            ),
            " · ",
        ),
        "alone": [each for name in alone if (each := _unlisted_owner(name, data)).rows],
    }


def _open_cycles_text(data: _PeopleData) -> str:
    """Name the open cycles: `Q2 2025 and The year 2025`."""
    *rest, last = [score.cycle.title for score in data.open] or [""]
    return f"{', '.join(rest)} and {last}" if rest else last


def _has_no_open_items(name: str, data: _PeopleData) -> bool:
    owned = data.holdings.get(name, {})
    return name not in data.duties and not any(s.cycle.id in owned for s in data.open)


def _name_sort_key(name: str, scores: Scores) -> str:
    return scores.workspace.name_of(name).casefold()


def _person_index_row(name: str, data: _PeopleData) -> PersonIndexRow:
    owned = data.holdings.get(name, {})
    holdings = [holding for score in data.open for holding in owned.get(score.cycle.id, ())]
    objectives = sum(1 for holding in holdings if isinstance(holding.score, ObjectiveScore))
    duty = data.duties.get(name, NO_DUTIES)
    counts = status_counts(duty.key_results)
    short = _short_name(name, data.scores)
    return PersonIndexRow(
        join_lines([person_link(PEOPLE, name, data.scores), small_text(short) if short else ""]),
        str(objectives) if objectives else "–",
        Markdown(f'<span class="okr-tally">{counts}</span>') if counts else escape_inline("–"),
        task_counts_text(duty.tasks) or "–",
    )


def _short_name(name: str, scores: Scores) -> str:
    """Return the short name; "" where it is a part of the name."""
    person = scores.workspace.people.get(name)
    if person is None or person.short is None or person.short in person.name.split():
        return ""
    return person.short


def _unlisted_owner(name: str, data: _PeopleData) -> UnlistedOwner:
    owned = data.holdings.get(name, {})
    holdings = [each for score in data.open for each in owned.get(score.cycle.id, ())]
    title = data.scores.workspace.name_of(name)
    return UnlistedOwner(
        title, tuple(owned_item_row(each, data.scores, PEOPLE) for each in holdings[:MOST_NOW])
    )


# ------------------------------------------------------------------- a person's own page


def _person_view(name: str, here: str, data: _PeopleData) -> dict[str, object]:
    scores = data.scores
    duty = data.duties.get(name, NO_DUTIES)
    current = data.open[0].cycle if data.open else None
    owned = data.holdings.get(name, {})
    rest = len(duty.tasks) - MOST_TASKS
    return {
        "facts": tuple(_person_facts(name, here, data)),
        "status_counts": status_counts(duty.key_results),
        "tasks": [task_line(task, here, current, scores) for task in duty.tasks[:MOST_TASKS]],
        "more_tasks": f"{rest} more" if rest > 0 else "",
        "metrics": owned_metrics(name, scores, here),
        "now": list(
            owned_items_by_cycle(data.open, owned, here, scores, MOST_NOW, with_ancestors=True)
        ),
        "before": list(
            owned_items_by_cycle(data.past, owned, here, scores, MOST_BEFORE, with_ancestors=False)
        ),
        "open": _open_cycles_text(data),
    }


def _person_facts(name: str, here: str, data: _PeopleData) -> Iterator[tuple[str, Markdown]]:
    person = data.scores.workspace.people.get(name)
    if short := _short_name(name, data.scores):
        yield "Short name", escape_inline(short)
    if name in data.leads:
        yield "Leads", join_inline(team_link(here, team, data.scores) for team in data.leads[name])
    if person and person.link:
        yield "Contact", repository_link(person.link.removeprefix("mailto:"), person.link)
