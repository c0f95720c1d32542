"""Sorts cycles into open, draft and past ones, for the archive and pages of people and teams."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from okrdocs import words
from okrdocs.format.records import CycleStatus
from okrdocs.grading.results import CycleScore, Scores
from okrdocs.grading.status import Tone
from okrdocs.markup.escape import Markdown
from okrdocs.pages.urls import cycle_page, link_to, team_page
from okrdocs.workspace.workspace import Cycle


class CyclePhase(StrEnum):
    """The phase of a cycle for its readers."""

    OPEN = "open"
    DRAFT = "draft"
    OVER = "over"
    CLOSED = "closed"


PAST_PHASES = frozenset({CyclePhase.OVER, CyclePhase.CLOSED})
_TONES = {
    CyclePhase.OPEN: Tone.GOOD,
    CyclePhase.DRAFT: Tone.NONE,
    CyclePhase.OVER: Tone.WARN,
    CyclePhase.CLOSED: Tone.IDLE,
}


def phases_by_cycle(scores: Scores) -> Mapping[str, CyclePhase]:
    """Return the phase of each cycle by its id.

    A cycle that is over stays open until its grades are due, and as long as it is the current one.
    """
    current = scores.workspace.current_cycle(scores.as_of)
    return {
        cycle.id: _phase_of_cycle(cycle, scores.as_of, is_current=cycle is current)
        for cycle in scores.workspace.cycles
    }


def _phase_of_cycle(cycle: Cycle, as_of: date, *, is_current: bool) -> CyclePhase:
    status, period = cycle.status_on(as_of), cycle.period
    if status is CycleStatus.CLOSED:
        return CyclePhase.CLOSED
    if status is CycleStatus.DRAFT:
        return CyclePhase.DRAFT
    last = None if period is None else max(period.end, cycle.grading_date or period.end)
    return CyclePhase.OPEN if is_current or last is None or as_of <= last else CyclePhase.OVER


def phase_badge(phase: CyclePhase) -> Markdown:
    """Show a phase as a badge: a word and its tone."""
    return Markdown(
        f'<span class="okr-status okr-{_TONES[phase]}">{words.CYCLE_WORDS[phase]}</span>'
    )


def cycles_newest_first(scores: Scores) -> tuple[CycleScore, ...]:
    """Return dated cycles from new to old, then the undated ones."""
    dated = [score for score in scores.cycles if score.cycle.period]
    return (*reversed(dated), *(score for score in scores.cycles if not score.cycle.period))


def open_or_current(scores: Scores, phases: Mapping[str, CyclePhase]) -> tuple[CycleScore, ...]:
    """Return the open cycles, the current one first; where none is open, the current one."""
    current = scores.workspace.current_cycle(scores.as_of)
    first = [score for score in scores.cycles if score.cycle is current]
    rest = [
        score
        for score in cycles_newest_first(scores)
        if phases[score.cycle.id] is CyclePhase.OPEN and score.cycle is not current
    ]
    return (*first, *rest)


def closed_cycle_banner(
    cycle: Cycle, current: Cycle | None, as_of: date, here: str, team: str = ""
) -> Markdown:
    """Return the banner of a closed cycle's pages, with a link to the current one; else "".

    With a `team`, it leads to that team's page in the current cycle where it has one.
    """
    if cycle.status_on(as_of) is not CycleStatus.CLOSED:
        return Markdown("")
    text = "**Closed cycle.** These numbers are final."
    if current is None or current is cycle:
        return Markdown(text)
    entry = current.team(team) if team else None
    there = team_page(current.id, team) if entry else cycle_page(current.id)
    label = f"{entry.team.name} – {current.title}" if entry else current.title
    return Markdown(f"{text} The current cycle: {link_to(here, there, label)}")
