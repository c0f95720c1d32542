"""Cycles as rules about the process need them: which ones run, which are over, where to report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from okrdocs.format.records import CycleStatus
from okrdocs.grading.results import CycleScore, TeamScore
from okrdocs.lint.rule import Subject, span_of_field, span_of_file_start
from okrdocs.problem import Span
from okrdocs.workspace.calendar import Period
from okrdocs.workspace.workspace import Cycle

MOST_CLOSED_CYCLES = 2
"""So many closed cycles are still looked at; nobody rewrites what lies before."""


def span_in_cycle_file(cycle: Cycle, *fields: str) -> Span:
    """Return the span of the first of these fields in `cycle.yml`.

    Without such a file, it is the beginning of a team's file.
    """
    if cycle.document is None:
        return span_of_file_start(cycle.teams[0].path if cycle.teams else f"{cycle.path}/cycle.yml")
    return span_of_field(cycle.document.at, *fields)


def running_cycles(subject: Subject) -> Iterator[tuple[CycleScore, Period]]:
    """Yield active cycles with objectives that have begun and aren't over, with their periods."""
    for score in subject.cycles:
        period = score.cycle.period
        if period is None or not period.start <= subject.as_of < period.end:
            continue
        if score.cycle.status_on(subject.as_of) is CycleStatus.ACTIVE and any(score.objectives()):
            yield score, period


def latest_closed_cycles(subject: Subject) -> tuple[CycleScore, ...]:
    """Return the closed cycles that rules still look at, the newest first."""
    latest = [
        score
        for score in reversed(subject.scores.cycles)
        if score.cycle.period and _is_closed(score, subject.as_of)
    ]
    return tuple(latest[:MOST_CLOSED_CYCLES])


def ended_cycles(subject: Subject) -> tuple[CycleScore, ...]:
    """Return the last cycles that are over and still open, then the closed ones under review.

    Drafts and cycles without objectives are left out. Of closed cycles these are the last, and
    those that were asked for.
    """
    over = [
        score
        for score in subject.cycles
        if score.final and score.cycle.period and score.cycle.status is not CycleStatus.DRAFT
    ]
    asked = [score for score in over if _is_closed(score, subject.as_of)]
    ids = {score.cycle.id for score in asked}
    unclosed = [score for score in over if score.cycle.id not in ids and any(score.objectives())]
    last = (score for score in latest_closed_cycles(subject) if score.cycle.id not in ids)
    return (*unclosed[-MOST_CLOSED_CYCLES:], *asked, *last)


def _is_closed(score: CycleScore, as_of: date) -> bool:
    return score.cycle.status_on(as_of) is CycleStatus.CLOSED


def reporting_start(score: CycleScore, period: Period) -> date:
    """Return the day from which reports are expected: the start, or the later day of writing."""
    document = score.cycle.document
    created = document.created if document else None
    return max(period.start, created) if created else period.start


def last_day_of_values(cycle: Cycle, period: Period) -> date:
    """Return the last day of which a value counts: that of grading."""
    return cycle.last_day_of_values or period.end


def has_reported(team: TeamScore) -> bool:
    """Return whether a team has reported any value or grade so far."""
    return any(score.value or score.override for score in team.key_results())
