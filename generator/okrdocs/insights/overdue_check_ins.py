"""Finds the overdue check-ins of the current cycle, by the person who is responsible.

`cadence:` says on which days check-ins are due; one counts for the due day that is nearest to it.
`report.reminder` puts them into words.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from okrdocs.format.records import Rhythm, Weekday
from okrdocs.grading.measure import KEEP_MEASURES
from okrdocs.grading.results import OUTSIDE, CycleScore, KeyResultScore, Scores
from okrdocs.lint.subjects.check_ins import check_ins_until
from okrdocs.lint.subjects.cycles import reporting_start
from okrdocs.workspace.responsible import responsible_people
from okrdocs.workspace.workspace import ResolvedRef, Workspace, short_title

_WEEKDAYS = tuple(Weekday)
_DAYS_BETWEEN = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14, Rhythm.MONTHLY: 30}


class OverdueCheckIn(NamedTuple):
    """A key result whose last check-in that was due is missing.

    `last` is the day of its last check-in, None where there was none; `since` that day, or the one
    from which on a first one was expected; `path` and `line` where the last one stands.
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
    overdue = [each for each in score.key_results() if _is_overdue(each, score, scores)]
    by_person: dict[str, list[OverdueCheckIn]] = {}
    for each in overdue:
        check_in = _overdue_check_in(each, score, scores)
        for person in dict.fromkeys(responsible_people(each.entry, scores.workspace)) or ("",):
            by_person.setdefault(person, []).append(check_in)
    people = [
        _overdue_person(person, check_ins, scores.workspace)
        for person, check_ins in by_person.items()
    ]
    people.sort(key=lambda each: (not each.name, -len(each.check_ins), each.name))
    return OverdueCheckIns(cycle.id, cycle.title, scores.as_of, tuple(people), len(overdue))


def due_days(start: date, end: date, rhythm: Rhythm, weekday: Weekday) -> list[date]:
    """Return the days after `start` and before `end` on which a check-in is due.

    Weekly: each such weekday; fortnightly: every second one, counted from the start; monthly: the
    last one of a month.
    """
    first = start.toordinal() + 1 + (_WEEKDAYS.index(weekday) - start.weekday() - 1) % 7
    days = [date.fromordinal(day) for day in range(first, end.toordinal(), 7)]
    if rhythm is Rhythm.FORTNIGHTLY:
        return days[1::2]
    if rhythm is Rhythm.MONTHLY:
        return [day for day in days if day.day + 7 > monthrange(day.year, day.month)[1]]
    return days


def _is_overdue(score: KeyResultScore, cycle: CycleScore, scores: Scores) -> bool:
    """Return whether a check-in is missing that was due before today."""
    if not _owes_check_ins(score, cycle, scores.as_of):
        return False
    cadence = scores.workspace.organization.cadence
    rhythm = cadence.check_in if cadence else Rhythm.WEEKLY
    weekday = cadence.day if cadence else Weekday.MONDAY
    due = due_days(_first_day_of_reports(cycle, scores), scores.as_of, rhythm, weekday)
    last = _last_check_in_day(score, cycle, scores.as_of)
    if not due or last is None:
        return bool(due)
    return 2 * (due[-1] - last).days > _DAYS_BETWEEN[rhythm]


def _owes_check_ins(score: KeyResultScore, cycle: CycleScore, as_of: date) -> bool:
    """Return whether anything is to be reported: not once it is over, left out or reached."""
    due = score.entry.key_result.due
    if cycle.final or score.state in OUTSIDE or (due is not None and due <= as_of):
        return False
    kept = score.measure is not None and score.measure.name in KEEP_MEASURES
    return kept or score.grade != 1


def _last_check_in_day(score: KeyResultScore, cycle: CycleScore, as_of: date) -> date | None:
    """Return the day of the cycle's last check-in or finished milestone, with or without a value.

    What lies before the cycle isn't about it.
    """
    given = check_ins_until(score.entry.key_result, as_of, cycle.cycle)
    days = [check_in.date for check_in in given] + ([score.value.date] if score.value else [])
    return max(days, default=None)


def _overdue_check_in(score: KeyResultScore, cycle: CycleScore, scores: Scores) -> OverdueCheckIn:
    entry, workspace = score.entry, scores.workspace
    team = workspace.teams.get(entry.ref.team)
    last = _last_check_in_day(score, cycle, scores.as_of)
    since = last or _first_day_of_reports(cycle, scores)
    given = check_ins_until(entry.key_result, scores.as_of, cycle.cycle)
    at = given[-1].at if given else entry.key_result.at
    return OverdueCheckIn(
        entry.ref,
        team.name if team else entry.ref.team,
        short_title(entry.key_result),
        last,
        since,
        (scores.as_of - since).days,
        at.path,
        at.extent[0],
    )


def _first_day_of_reports(cycle: CycleScore, scores: Scores) -> date:
    """Return the day from which on check-ins are expected; without dates, none is ever due."""
    period = cycle.cycle.period
    return reporting_start(cycle, period) if period else scores.as_of


def _overdue_person(
    person: str, check_ins: list[OverdueCheckIn], workspace: Workspace
) -> OverduePerson:
    record = workspace.people.get(person)
    link = (record.link if record else None) or ""
    listed = sorted(check_ins, key=lambda each: (-each.days, each.ref))
    return OverduePerson(workspace.name_of(person) if person else "", link, tuple(listed))
