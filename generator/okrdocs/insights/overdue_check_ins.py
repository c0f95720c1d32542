"""Finds the overdue check-ins of the current cycle, by the person who is responsible.

They are the key results that the Now page lists as stale; `report.reminder` puts them into words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from okrdocs.grading.results import CycleScore, KeyResultScore, Scores
from okrdocs.lint.subjects.cycles import reporting_start
from okrdocs.workspace.responsible import responsible_people
from okrdocs.workspace.workspace import ResolvedRef, Workspace, short_title


class OverdueCheckIn(NamedTuple):
    """A key result without a fresh value.

    `last` is the day of its last value, None where there was none; `since` that day, or the one
    from which on a first value was expected; `path` and `line` where the last one stands.
    """

    ref: ResolvedRef
    team: str
    title: str
    last: date | None
    since: date
    days: int
    path: str
    line: int


class OverduePerson(NamedTuple):
    """A person, role or group; both texts are "" where nobody is named, `link` where none is."""

    name: str
    link: str
    check_ins: tuple[OverdueCheckIn, ...]


class OverdueCheckIns(NamedTuple):
    """Overdue check-ins of the current cycle: who has most first, those of nobody named last.

    `total` counts each key result once; one with two owners is listed with both.
    """

    cycle: str
    title: str
    as_of: date
    people: tuple[OverduePerson, ...]
    total: int


def overdue_by_person(scores: Scores) -> OverdueCheckIns | None:
    """Return the overdue check-ins of the current cycle by person; None where there is no cycle."""
    cycle = scores.workspace.current_cycle(scores.as_of)
    score = scores.cycle(cycle.id) if cycle else None
    if cycle is None or score is None:
        return None
    stale = [each for each in score.key_results() if each.stale]
    by_person: dict[str, list[OverdueCheckIn]] = {}
    for each in stale:
        check_in = _overdue_check_in(each, score, scores)
        for person in dict.fromkeys(responsible_people(each.entry, scores.workspace)) or ("",):
            by_person.setdefault(person, []).append(check_in)
    people = [
        _overdue_person(person, check_ins, scores.workspace)
        for person, check_ins in by_person.items()
    ]
    people.sort(key=lambda each: (not each.name, -len(each.check_ins), each.name))
    return OverdueCheckIns(cycle.id, cycle.title, scores.as_of, tuple(people), len(stale))


def _overdue_check_in(score: KeyResultScore, cycle: CycleScore, scores: Scores) -> OverdueCheckIn:
    entry, workspace = score.entry, scores.workspace
    team = workspace.teams.get(entry.ref.team)
    last = score.value.date if score.value else None
    since = last or _first_due_day(cycle, scores)
    at = next(_last_value_locations(score))
    return OverdueCheckIn(
        entry.ref,
        team.name if team else entry.ref.team,
        short_title(entry.key_result),
        last,
        since,
        (scores.as_of - since).days,
        *at,
    )


def _first_due_day(cycle: CycleScore, scores: Scores) -> date:
    """Return the day from which on values are expected; a cycle without dates has no stale ones."""
    period = cycle.cycle.period
    return reporting_start(cycle, period) if period else scores.as_of


def _last_value_locations(score: KeyResultScore) -> Iterator[tuple[str, int]]:
    if score.value and score.value.check_in:
        yield score.value.check_in.at.path, score.value.check_in.at.extent[0]
    yield score.entry.key_result.at.path, score.entry.key_result.at.extent[0]


def _overdue_person(
    person: str, check_ins: list[OverdueCheckIn], workspace: Workspace
) -> OverduePerson:
    record = workspace.people.get(person)
    link = (record.link if record else None) or ""
    listed = sorted(check_ins, key=lambda each: (-each.days, each.ref))
    return OverduePerson(workspace.name_of(person) if person else "", link, tuple(listed))
