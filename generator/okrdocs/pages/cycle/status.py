"""Which cycles are open, which are the past: how archive, people's and teams' pages sort them."""

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


class Standing(StrEnum):
    """Where a cycle stands for its readers."""

    OPEN = "open"
    DRAFT = "draft"
    OVER = "over"
    CLOSED = "closed"


PAST = frozenset({Standing.OVER, Standing.CLOSED})
_TONES = {
    Standing.OPEN: Tone.GOOD,
    Standing.DRAFT: Tone.NONE,
    Standing.OVER: Tone.WARN,
    Standing.CLOSED: Tone.IDLE,
}


def standings(scores: Scores) -> Mapping[str, Standing]:
    """The standing of each cycle by its id.

    A cycle that is over stays open until its grades are due, and as long as it is the current one.
    """
    current = scores.workspace.current(scores.as_of)
    return {
        cycle.id: _standing(cycle, scores.as_of, is_current=cycle is current)
        for cycle in scores.workspace.cycles
    }


def _standing(cycle: Cycle, as_of: date, *, is_current: bool) -> Standing:
    status, period = cycle.status_on(as_of), cycle.period
    if status is CycleStatus.CLOSED:
        return Standing.CLOSED
    if status is CycleStatus.DRAFT:
        return Standing.DRAFT
    last = None if period is None else max(period.end, cycle.grading_date or period.end)
    return Standing.OPEN if is_current or last is None or as_of <= last else Standing.OVER


def pill(standing: Standing) -> Markdown:
    """The standing as a pill: a word, and a tone beside it."""
    word = words.CYCLE_WORDS[standing]
    return Markdown(f'<span class="okr-status okr-{_TONES[standing]}">{word}</span>')


def newest_first(scores: Scores) -> tuple[CycleScore, ...]:
    """Dated cycles from new to old, then the undated ones."""
    dated = [score for score in scores.cycles if score.cycle.period]
    return (*reversed(dated), *(score for score in scores.cycles if not score.cycle.period))


def open_or_current(scores: Scores, known: Mapping[str, Standing]) -> tuple[CycleScore, ...]:
    """What is worked on, the current cycle first; where nothing is open, the current one."""
    current = scores.workspace.current(scores.as_of)
    first = [score for score in scores.cycles if score.cycle is current]
    rest = [
        score
        for score in newest_first(scores)
        if known[score.cycle.id] is Standing.OPEN and score.cycle is not current
    ]
    return (*first, *rest)


def closed_banner(
    cycle: Cycle, current: Cycle | None, as_of: date, here: str, team: str = ""
) -> Markdown:
    """What heads each page of a closed cycle, with the way to the current one; else "".

    With a `team`, it leads to that team's page in the current cycle where it has one.
    """
    if cycle.status_on(as_of) is not CycleStatus.CLOSED:
        return Markdown("")
    said = "**Closed cycle.** These numbers are final."
    if current is None or current is cycle:
        return Markdown(said)
    entry = current.team(team) if team else None
    there = team_page(current.id, team) if entry else cycle_page(current.id)
    text = f"{entry.team.name} – {current.title}" if entry else current.title
    return Markdown(f"{said} The current cycle: {link_to(here, there, text)}")
