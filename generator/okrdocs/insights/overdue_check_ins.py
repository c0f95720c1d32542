"""Who owes a check-in in the current cycle: per person, what, and since when.

The same key results that the Now page lists as stale; `report.reminder` puts them into words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from okrdocs.grading.results import CycleScore, KeyResultScore, Scores
from okrdocs.lint.subjects.cycles import reporting_start
from okrdocs.workspace.responsible import responsible_people
from okrdocs.workspace.workspace import Ref, Workspace, short_title


class Debt(NamedTuple):
    """A key result that waits for a check-in.

    `last` is the day of its last value, None where there was none; `since` that day, or the one
    from which on a first value was expected; `path` and `line` where the last one stands.
    """

    ref: Ref
    team: str
    title: str
    last: date | None
    since: date
    days: int
    path: str
    line: int


class Debtor(NamedTuple):
    """A person, role or group; both texts are "" where nobody is named, `link` where none is."""

    name: str
    link: str
    debts: tuple[Debt, ...]


class Owing(NamedTuple):
    """The current cycle's debts, by person: most first, nobody last. `total`: each debt once."""

    cycle: str
    title: str
    as_of: date
    people: tuple[Debtor, ...]
    total: int


def owing(scores: Scores) -> Owing | None:
    """The debts of the current cycle; None where there is no cycle at all."""
    cycle = scores.workspace.current(scores.as_of)
    score = scores.cycle(cycle.id) if cycle else None
    if cycle is None or score is None:
        return None
    stale = [each for each in score.key_results() if each.stale]
    by_person: dict[str, list[Debt]] = {}
    for each in stale:
        debt = _debt(each, score, scores)
        for person in dict.fromkeys(responsible_people(each.entry, scores.workspace)) or ("",):
            by_person.setdefault(person, []).append(debt)
    people = [_debtor(person, debts, scores.workspace) for person, debts in by_person.items()]
    people.sort(key=lambda each: (not each.name, -len(each.debts), each.name))
    return Owing(cycle.id, cycle.title, scores.as_of, tuple(people), len(stale))


def _debt(score: KeyResultScore, cycle: CycleScore, scores: Scores) -> Debt:
    entry, workspace = score.entry, scores.workspace
    team = workspace.teams.get(entry.ref.team)
    last = score.value.date if score.value else None
    since = last or _expected(cycle, scores)
    at = next(_places(score))
    return Debt(
        entry.ref,
        team.name if team else entry.ref.team,
        short_title(entry.key_result),
        last,
        since,
        (scores.as_of - since).days,
        *at,
    )


def _expected(cycle: CycleScore, scores: Scores) -> date:
    """From when on values are expected; what has no dates isn't stale."""
    period = cycle.cycle.period
    return reporting_start(cycle, period) if period else scores.as_of


def _places(score: KeyResultScore) -> Iterator[tuple[str, int]]:
    if score.value and score.value.check_in:
        yield score.value.check_in.at.path, score.value.check_in.at.extent[0]
    yield score.entry.key_result.at.path, score.entry.key_result.at.extent[0]


def _debtor(person: str, debts: list[Debt], workspace: Workspace) -> Debtor:
    known = workspace.people.get(person)
    link = (known.link if known else None) or ""
    listed = sorted(debts, key=lambda each: (-each.days, each.ref))
    return Debtor(workspace.name_of(person) if person else "", link, tuple(listed))
