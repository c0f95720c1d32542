"""Shows every key result of the open cycles in one table, which readers sort and filter.

The whole table is in the page: `site/assets/okrdocs.js` only hides and reorders rows. The page
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
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.pages.page import GeneratedPage
from okrdocs.pages.parts.cells import (
    DASH,
    grade_bar,
    grade_text,
    iso_day_text,
    join_inline,
    join_lines,
    small_text,
    status_with_sign,
)
from okrdocs.pages.people.links import person_link
from okrdocs.pages.urls import KEY_RESULTS, NOW, item_url, link_to, team_page
from okrdocs.workspace.responsible import responsible_people

COLUMNS = {
    "key_result": words.KEY_RESULT,
    "team": words.TEAM,
    "owner": words.OWNER,
    "status": words.STATUS,
    "grade": words.GRADE,
    "value": words.VALUE_TO_TARGET,
    "checked": words.LAST_CHECK_IN,
    "type": words.TYPE,
    "priority": words.PRIORITY,
    "cycle": words.CYCLE,
}
FILTERS = ("cycle", "team", "owner", "status", "type", "priority")
NOT_OPEN = frozenset({CycleStatus.DRAFT, CycleStatus.CLOSED})
MOST_ROWS_IN_A_PART = 350
"""Rows of one page; some 600 to 800 bytes each, they stay below 300 KB."""


@dataclass(frozen=True, slots=True)
class KeyResultTableRow:
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


class TablePart(NamedTuple):
    """Rows that one page holds, the name of the first and the last team, and the page's path."""

    rows: tuple[KeyResultTableRow, ...]
    name: str
    path: str


def open_cycles(scores: Scores) -> tuple[CycleScore, ...]:
    """Return the open cycles, the current one first; where none is open, the current one."""
    current = scores.workspace.current_cycle(scores.as_of)
    first = scores.cycle(current.id) if current else None
    ready = [
        score for score in scores.cycles if score.cycle.status_on(scores.as_of) not in NOT_OPEN
    ]
    if first is not None and (first in ready or not ready):
        return (first, *(score for score in reversed(ready) if score is not first))
    return tuple(reversed(ready))


def key_result_table_rows(
    cycles: tuple[CycleScore, ...], scores: Scores
) -> Iterator[KeyResultTableRow]:
    """Yield a row for each key result, in the order of the documents."""
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
                        owners[ids] = join_lines(
                            person_link(KEY_RESULTS, person_id, scores) for person_id in ids
                        )
                    yield _table_row(score, objective, place, owners[ids])


def _table_row(
    score: KeyResultScore,
    objective: ObjectiveScore,
    place: tuple[str, Markdown, str],
    owner: Markdown,
) -> KeyResultTableRow:
    key_result, own = score.entry.key_result, objective.entry.objective
    link = link_to(KEY_RESULTS, item_url(score.entry.ref), key_result.title)
    return KeyResultTableRow(
        key_result=Markdown(f"{link}<br>{small_text(own.title)}"),
        team=place[1],
        owner=owner,
        status=status_with_sign(score.status),
        grade=Markdown(f"{grade_text(score.grade)}{grade_bar(score.grade)}"),
        value=_value_and_target(score),
        checked=iso_day_text(score.value.date) if score.value else DASH,
        type=(key_result.type or own.type).value.capitalize(),
        priority=key_result.priority or own.priority or DASH,
        cycle=place[0],
        name=place[2],
    )


def _value_and_target(score: KeyResultScore) -> Markdown:
    """Show the value and the target: `7 deals → 20 deals`."""
    target = score.measure.target_text if score.measure else score.entry.key_result.target
    value = score.value.text if score.value else DASH
    return Markdown(
        f"{escape_inline(value)} → {escape_inline(target)}" if target else escape_inline(value)
    )


def filtered_table_url(column: str, key: str, cycle: str = "") -> str:
    """Return the page's URL with a filter set, for `link_to`: `key-results.md?status=at-risk`.

    `key` is a team's or person's id, or the words of a cell, which the script reads alike; `cycle`
    is the name of a cycle, where only that one is meant.
    """
    of = f"&cycle={_filter_word(cycle)}" if cycle else ""
    return f"{KEY_RESULTS}?{column}={_filter_word(key)}{of}"


def _filter_word(key: str) -> str:
    spelt = unicodedata.normalize("NFKD", key)
    kept = "".join(c for c in spelt if not unicodedata.combining(c)).lower()
    words = "".join(c if c.isalnum() else " " for c in kept).split()
    return quote("-".join(words))


def split_table(cycles: tuple[CycleScore, ...], scores: Scores) -> tuple[TablePart, ...]:
    """Split the table into as many parts as it needs, between teams where possible."""
    parts: list[list[KeyResultTableRow]] = [[]]
    for _, together in groupby(
        key_result_table_rows(cycles, scores), key=lambda row: (row.cycle, row.team)
    ):
        team = tuple(together)
        if parts[-1] and len(parts[-1]) + len(team) > MOST_ROWS_IN_A_PART:
            parts.append([])
        for row in team:
            if len(parts[-1]) == MOST_ROWS_IN_A_PART:
                parts.append([])
            parts[-1].append(row)
    return tuple(
        TablePart(tuple(rows), _team_range(rows), _path_of_table_part(number))
        for number, rows in enumerate(parts, start=1)
    )


def _path_of_table_part(number: int) -> str:
    return KEY_RESULTS if number == 1 else KEY_RESULTS.replace(".md", f"-{number}.md")


def _team_range(rows: list[KeyResultTableRow]) -> str:
    """Name the teams of a part: `Company – Sales`; with their cycles where these differ."""
    if not rows:
        return ""
    first, last = rows[0], rows[-1]
    cycles = first.cycle != last.cycle
    names = [f"{row.name}{f', {row.cycle}' if cycles else ''}" for row in (first, last)]
    return " – ".join(dict.fromkeys(names))


def key_result_table_pages(scores: Scores) -> tuple[GeneratedPage, ...]:
    """Make the page, and the further pages of a large company's table."""
    cycles = open_cycles(scores)
    parts = split_table(cycles, scores)
    several = len({row.cycle for part in parts for row in part.rows}) > 1
    names = tuple(name for name in COLUMNS if several or name != "cycle")
    view = {
        "names": names,
        "columns": tuple(COLUMNS[name] for name in names),
        "filters": " ".join(name for name in FILTERS if name in names),
        "cycles": ", ".join(cycle_score.cycle.title for cycle_score in cycles),
    }
    return tuple(_page_of_table_part(part, parts, view, scores) for part in parts)


def _page_of_table_part(
    part: TablePart, all_parts: tuple[TablePart, ...], view: Mapping[str, object], scores: Scores
) -> GeneratedPage:
    is_first = part is all_parts[0]
    links = [
        Markdown(f"**{escape_inline(other.name)}**")
        if other is part
        else link_to(part.path, other.path, other.name)
        for other in all_parts
    ]
    crumbs = [link_to(part.path, NOW, words.NOW)]
    if not is_first:
        crumbs.append(link_to(part.path, KEY_RESULTS, words.KEY_RESULTS))
    return GeneratedPage(
        path=part.path,
        template="key_result_table.md.j2",
        title=words.KEY_RESULTS
        if is_first
        else f"{words.KEY_RESULTS}, {words.PART.lower()} {all_parts.index(part) + 1}",
        crumbs=(*crumbs, Markdown("")),
        as_of=iso_day_text(scores.as_of),
        source="",
        rank=1,
        view={
            **view,
            "rows": part.rows,
            "part_links": join_inline(links, " · ") if len(all_parts) > 1 else "",
            "joins_parts": is_first and len(all_parts) > 1,
        },
    )
