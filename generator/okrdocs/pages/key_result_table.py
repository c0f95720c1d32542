"""The page with every key result of the open cycles in one table, which readers sort and filter.

The whole table is in the page: `docs/assets/okrdocs.js` only hides and reorders rows. The page
says in `data-filter` by which columns, and reads their values from the cells themselves.

A large company's table would be a heavy page, so it is parted between teams: each part is a
page that works by itself, and on the first one the script joins them to the whole table.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from okrdocs import words
from okrdocs.format.records import CycleStatus
from okrdocs.grading.results import CycleScore, KeyResultScore, ObjectiveScore, Scores
from okrdocs.markup.escape import Markdown, inline
from okrdocs.pages.page import Page
from okrdocs.pages.parts.cells import (
    DASH,
    day,
    grade_text,
    joined,
    lines,
    meter,
    sign_and_word,
    small,
)
from okrdocs.pages.people.links import person_link
from okrdocs.pages.urls import KEY_RESULTS, NOW, link_to, page_of, team_page
from okrdocs.workspace.responsible import responsible_people

COLUMNS = {
    "key_result": words.KEY_RESULT,
    "team": words.TEAM,
    "owner": words.OWNER,
    "status": words.STATUS,
    "grade": words.GRADE,
    "value": "Value → target",
    "checked": words.LAST_CHECK_IN,
    "type": words.TYPE,
    "priority": words.PRIORITY,
    "cycle": words.CYCLE,
}
FILTERS = ("cycle", "team", "owner", "status", "type", "priority")
CLOSED = frozenset({CycleStatus.DRAFT, CycleStatus.CLOSED})
ROWS_OF_A_PART = 350
"""Rows of one page; some 600 to 800 bytes each, they stay below 300 KB."""


@dataclass(frozen=True, slots=True)
class Row:
    """One key result, a field for each of the columns; `name` is its team's."""

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
    name: str


class Part(NamedTuple):
    """Rows that one page holds, the name of the first and the last team, and the page's path."""

    rows: tuple[Row, ...]
    name: str
    path: str


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
    owners: dict[tuple[str, ...], Markdown] = {}
    for cycle in cycles:
        for team in cycle.teams:
            page = team_page(cycle.cycle.id, team.entry.id)
            name = team.entry.team.name
            place = (cycle.cycle.title, link_to(KEY_RESULTS, page, name), name)
            for objective in team.objectives:
                for score in objective.key_results:
                    ids = responsible_people(score.entry, scores.workspace)
                    if ids not in owners:
                        owners[ids] = lines(person_link(KEY_RESULTS, each, scores) for each in ids)
                    yield _row(score, objective, place, owners[ids])


def _row(
    score: KeyResultScore,
    objective: ObjectiveScore,
    place: tuple[str, Markdown, str],
    owner: Markdown,
) -> Row:
    key_result, own = score.entry.key_result, objective.entry.objective
    link = link_to(KEY_RESULTS, page_of(score.entry.ref), key_result.title)
    return Row(
        key_result=Markdown(f"{link}<br>{small(own.title)}"),
        team=place[1],
        owner=owner,
        status=sign_and_word(score.status),
        grade=Markdown(f"{grade_text(score.grade)}{meter(score.grade)}"),
        value=_value(score),
        checked=day(score.value.date) if score.value else DASH,
        type=own.type.value.capitalize(),
        priority=key_result.priority or own.priority or DASH,
        cycle=place[0],
        name=place[2],
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


def parts(cycles: tuple[CycleScore, ...], scores: Scores) -> tuple[Part, ...]:
    """The table in as many parts as it needs, parted between teams where that can be."""
    held: list[list[Row]] = [[]]
    for _, together in groupby(rows(cycles, scores), key=lambda row: (row.cycle, row.team)):
        team = tuple(together)
        if held[-1] and len(held[-1]) + len(team) > ROWS_OF_A_PART:
            held.append([])
        for row in team:
            if len(held[-1]) == ROWS_OF_A_PART:
                held.append([])
            held[-1].append(row)
    return tuple(
        Part(tuple(found), _between(found), _path(number))
        for number, found in enumerate(held, start=1)
    )


def _path(number: int) -> str:
    return KEY_RESULTS if number == 1 else KEY_RESULTS.replace(".md", f"-{number}.md")


def _between(found: list[Row]) -> str:
    """The teams of a part: `Company – Sales`; with their cycles where these differ."""
    if not found:
        return ""
    first, last = found[0], found[-1]
    cycles = first.cycle != last.cycle
    names = [f"{row.name}{f', {row.cycle}' if cycles else ''}" for row in (first, last)]
    return " – ".join(dict.fromkeys(names))


def explore_pages(scores: Scores) -> tuple[Page, ...]:
    """The page itself, and the further parts of a large company's table."""
    cycles = open_cycles(scores)
    found = parts(cycles, scores)
    several = len({row.cycle for part in found for row in part.rows}) > 1
    names = tuple(name for name in COLUMNS if several or name != "cycle")
    view = {
        "names": names,
        "columns": tuple(COLUMNS[name] for name in names),
        "filters": " ".join(name for name in FILTERS if name in names),
        "cycles": ", ".join(each.cycle.title for each in cycles),
    }
    return tuple(_page(part, found, view, scores) for part in found)


def _page(
    part: Part, all_parts: tuple[Part, ...], view: Mapping[str, object], scores: Scores
) -> Page:
    is_first = part is all_parts[0]
    links = [
        Markdown(f"**{inline(each.name)}**")
        if each is part
        else link_to(part.path, each.path, each.name)
        for each in all_parts
    ]
    way = [link_to(part.path, NOW, words.NOW)]
    if not is_first:
        way.append(link_to(part.path, KEY_RESULTS, words.KEY_RESULTS))
    return Page(
        path=part.path,
        template="explore.md.j2",
        title=words.KEY_RESULTS if is_first else f"Key results, part {all_parts.index(part) + 1}",
        crumbs=(*way, Markdown("")),
        as_of=day(scores.as_of),
        source="",
        rank=1,
        view={
            **view,
            "found": part.rows,
            "parts": joined(links, " · ") if len(all_parts) > 1 else "",
            "joins": is_first and len(all_parts) > 1,
        },
    )
