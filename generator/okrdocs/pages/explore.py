"""The page with every key result of the open cycles in one table, which readers sort and filter.

The whole table is in the page: `docs/assets/okrdocs.js` only hides and reorders rows. The page
says in `data-filter` by which columns, and reads their values from the cells themselves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from okrdocs.escape import Markdown, inline
from okrdocs.model import CycleStatus
from okrdocs.pages.addresses import KEY_RESULTS, NOW, link_to, page_of, team_page
from okrdocs.pages.cells import DASH, day, grade_text, lines, meter, sign_and_word, small
from okrdocs.pages.owing import asked
from okrdocs.pages.ownership import person_link
from okrdocs.pages.page import Page
from okrdocs.scores import CycleScore, KeyResultScore, ObjectiveScore, Scores

COLUMNS = {
    "key_result": "Key result",
    "team": "Team",
    "owner": "Owner",
    "status": "Status",
    "grade": "Grade",
    "value": "Value → target",
    "checked": "Last check-in",
    "type": "Type",
    "priority": "Priority",
    "cycle": "Cycle",
}
FILTERS = ("cycle", "team", "owner", "status", "type", "priority")
CLOSED = frozenset({CycleStatus.DRAFT, CycleStatus.CLOSED})
METERS_UP_TO = 1000
"""Beyond so many rows the bars below the grades are left out: they'd be a tenth of the page."""


@dataclass(frozen=True, slots=True)
class Row:
    """One key result, a field for each of the columns."""

    key_result: Markdown
    team: Markdown
    owner: Markdown
    status: Markdown
    grade: Markdown
    value: Markdown
    checked: str
    type: str
    priority: str
    cycle: str


def open_cycles(scores: Scores) -> tuple[CycleScore, ...]:
    """The cycles that are worked on, the current one first; where there is none, that one."""
    current = scores.workspace.current(scores.as_of)
    first = scores.cycle(current.id) if current else None
    ready = [each for each in scores.cycles if each.cycle.status_on(scores.as_of) not in CLOSED]
    if first is not None and (first in ready or not ready):
        return (first, *(each for each in reversed(ready) if each is not first))
    return tuple(reversed(ready))


def rows(cycles: tuple[CycleScore, ...], scores: Scores) -> Iterator[Row]:
    """A row for each key result, in the order of the documents."""
    bars = sum(1 for cycle in cycles for _ in cycle.key_results()) <= METERS_UP_TO
    owners: dict[tuple[str, ...], Markdown] = {}
    for cycle in cycles:
        for team in cycle.teams:
            page = team_page(cycle.cycle.id, team.entry.id)
            place = (cycle.cycle.title, link_to(KEY_RESULTS, page, team.entry.team.name))
            for objective in team.objectives:
                for score in objective.key_results:
                    ids = asked(score.entry, scores.workspace)
                    if ids not in owners:
                        owners[ids] = lines(person_link(KEY_RESULTS, each, scores) for each in ids)
                    yield _row(score, objective, place, owners[ids], bars)


def _row(
    score: KeyResultScore,
    objective: ObjectiveScore,
    place: tuple[str, Markdown],
    owner: Markdown,
    bars: bool,
) -> Row:
    key_result, own = score.entry.key_result, objective.entry.objective
    link = link_to(KEY_RESULTS, page_of(score.entry.ref), key_result.title)
    return Row(
        key_result=Markdown(f"{link}<br>{small(own.title)}"),
        team=place[1],
        owner=owner,
        status=sign_and_word(score.status),
        grade=Markdown(f"{grade_text(score.grade)}{meter(score.grade) if bars else ''}"),
        value=_value(score),
        checked=day(score.value.date) if score.value else DASH,
        type=own.type.value.capitalize(),
        priority=key_result.priority or own.priority or DASH,
        cycle=place[0],
    )


def _value(score: KeyResultScore) -> Markdown:
    """Where it stands and where it should get to: `7 deals → 20 deals`."""
    target = score.measure.target_text if score.measure else score.entry.key_result.target
    value = score.value.text if score.value else DASH
    return Markdown(f"{inline(value)} → {inline(target)}" if target else inline(value))


def filtered(column: str, key: str, cycle: str = "") -> str:
    """The page with a filter set, for `link_to`: `key-results.md?status=at-risk`.

    `key` is a team's or person's id, or the words of a cell, which the script reads alike; `cycle`
    is the name of a cycle, where only that one is meant.
    """
    of = f"&cycle={_word(cycle)}" if cycle else ""
    return f"{KEY_RESULTS}?{column}={_word(key)}{of}"


def _word(key: str) -> str:
    spelt = unicodedata.normalize("NFKD", key)
    kept = "".join(c for c in spelt if not unicodedata.combining(c)).lower()
    words = "".join(c if c.isalnum() else " " for c in kept).split()
    return quote("-".join(words))


def explore_page(scores: Scores) -> Page:
    """The page itself."""
    cycles = open_cycles(scores)
    found = tuple(rows(cycles, scores))
    several = len({row.cycle for row in found}) > 1
    names = tuple(name for name in COLUMNS if several or name != "cycle")
    return Page(
        path=KEY_RESULTS,
        template="explore.md.j2",
        title="Key results",
        crumbs=(link_to(KEY_RESULTS, NOW, "Now"), Markdown("")),
        as_of=day(scores.as_of),
        source="",
        rank=1,
        view={
            "found": found,
            "names": names,
            "columns": tuple(COLUMNS[name] for name in names),
            "filters": " ".join(name for name in FILTERS if name in names),
            "cycles": ", ".join(each.cycle.title for each in cycles),
        },
    )
