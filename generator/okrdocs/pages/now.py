"""The Now page: where we stand, what changed, what is in danger, who owes a check-in.

`okr status` prints the same view in the terminal.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from okrdocs import words
from okrdocs.format.records import CycleStatus
from okrdocs.grading.results import OUTSIDE, CycleScore, KeyResultScore, Scores, State
from okrdocs.grading.status import Status, Tone, band_status
from okrdocs.history.events import History
from okrdocs.insights.at_risk import in_danger
from okrdocs.markup.escape import Markdown
from okrdocs.pages.changes import NO_HISTORY, known_steps, moved_lately
from okrdocs.pages.key_result_table import filtered
from okrdocs.pages.metrics.cells import north_star_line
from okrdocs.pages.page import Page
from okrdocs.pages.parts.cells import (
    day,
    meter,
    names,
    period_text,
    sign_and_word,
    sign_note,
)
from okrdocs.pages.parts.check_in_log import CheckInView, latest_view
from okrdocs.pages.parts.draft_marks import draft_mark
from okrdocs.pages.parts.status_counts import in_order, tally
from okrdocs.pages.urls import (
    CHANGES,
    METRICS,
    NOW,
    cycle_page,
    link_to,
    page_of,
    team_page,
)
from okrdocs.workspace.responsible import responsible_people
from okrdocs.workspace.workspace import Ref, short_title

WEEK = timedelta(days=7)
FIRST_CHANGES = 8


@dataclass(frozen=True, slots=True)
class Item:
    """A key result in a list of the Now page."""

    ref: Ref
    link: Markdown
    team: str
    name: str
    grade: str
    status: Status
    badge: Markdown
    why: str
    owner: str


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team's standing in one line."""

    id: str
    name: str
    grade: str
    reported: str
    objectives: int
    words: tuple[tuple[str, int], ...]
    tally: Markdown


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective's standing in one line."""

    link: Markdown
    grade: str
    meter: Markdown
    band: Markdown
    tally: Markdown


@dataclass(frozen=True, slots=True)
class NowView:
    """One screen about one cycle."""

    cycle: str
    title: str
    status: str
    period: str
    grade: str
    company: str
    reported: str
    meters: tuple[Markdown, Markdown]
    counts: tuple[int, int]
    days: tuple[int, int] | None
    words: tuple[tuple[str, int], ...]
    tally: Markdown
    teams: tuple[TeamRow, ...]
    changed: tuple[tuple[Item, CheckInView], ...]
    first: int
    headline: str
    objectives: tuple[ObjectiveRow, ...]
    danger_title: str
    danger: tuple[Item, ...]
    sign_note: str
    stale: tuple[Item, ...]
    owing: tuple[tuple[str, int], ...]
    dates: tuple[tuple[str, str, str], ...]


def now_view(scores: Scores) -> NowView | None:
    """The current cycle on one screen, or None where there is no cycle at all."""
    cycle = scores.workspace.current(scores.as_of)
    score = scores.cycle(cycle.id) if cycle else None
    if cycle is None or score is None:
        return None
    stale = [kr for kr in score.key_results() if kr.stale]
    danger = in_danger(score, scores)
    return NowView(
        cycle=cycle.id,
        title=cycle.title,
        status=_standing(score, scores.as_of),
        period=period_text(cycle.period.start, cycle.period.end) if cycle.period else "",
        grade=_text(score.grade),
        company=_text(score.company),
        reported=f"{score.reported} of {score.of} key results reported",
        meters=(meter(score.grade), meter(score.company)),
        counts=(score.reported, score.of),
        days=score.elapsed,
        words=in_order(score.statuses),
        tally=tally(score.key_results(), partial(_filter, cycle.title)),
        teams=team_rows(score),
        changed=tuple(_changed(score, scores)),
        first=FIRST_CHANGES,
        headline=_headline(score, stale),
        objectives=tuple(_objectives(score, scores)),
        danger_title="Missed" if score.final else "In danger",
        danger=tuple(_item(kr, scores, why) for kr, why in danger),
        sign_note=sign_note(kr for kr, _ in danger),
        stale=tuple(_item(kr, scores, _since(kr, scores.as_of)) for kr in stale),
        owing=_owing(stale, scores),
        dates=tuple(_dates(score, scores.as_of)),
    )


def _filter(cycle: str, word: str) -> Markdown:
    """A word of status that leads to the key results that show it."""
    return link_to(NOW, filtered("status", word, cycle), word)


def _headline(score: CycleScore, stale: list[KeyResultScore]) -> str:
    """Where we stand, in one sentence: the words of status, summed up as good and in danger."""
    known = [kr for kr in score.key_results() if kr.state not in OUTSIDE]
    if not known:
        return ""
    tones = Counter(kr.status.tone for kr in known if not kr.stale)
    bad = tones[Tone.WARN] + tones[Tone.BAD]
    parts = [
        _counted(tones[Tone.GOOD], "has ended well", "have ended well")
        if score.final
        else _counted(tones[Tone.GOOD], "is where it should be", "are where they should be"),
        _counted(bad, "has fallen short", "have fallen short")
        if score.final
        else _counted(bad, "is behind or at risk", "are behind or at risk"),
        ""
        if score.final
        else _counted(tones[Tone.NONE], "can't be judged yet", "can't be judged yet"),
        _counted(len(stale), "waits for a check-in", "wait for a check-in"),
    ]
    *first, last = [part for part in parts if part] or ["none has been reported yet"]
    of = "one key result" if len(known) == 1 else f"{len(known)} key results"
    return f"Of {of} {', '.join(first)}{' and ' if first else ''}{last}."


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


def team_rows(score: CycleScore) -> tuple[TeamRow, ...]:
    """A row for each team of a cycle."""
    return tuple(
        TeamRow(
            id=team.entry.id,
            name=team.entry.team.name,
            grade=_text(team.grade),
            reported=f"{team.reported} of {team.of}",
            objectives=sum(1 for o in team.objectives if o.state is not State.DRAFT),
            words=in_order(team.statuses),
            tally=tally(kr for o in team.objectives for kr in o.key_results),
        )
        for team in score.teams
    )


def _text(grade: Decimal | None) -> str:
    return "–" if grade is None else str(grade)


def _asked(score: KeyResultScore, scores: Scores) -> str:
    return names(scores.workspace, responsible_people(score.entry, scores.workspace))


def _item(score: KeyResultScore, scores: Scores, why: str) -> Item:
    team = scores.workspace.teams.get(score.entry.ref.team)
    name = team.name if team else score.entry.ref.team
    return Item(
        ref=score.entry.ref,
        link=link_to(
            NOW, page_of(score.entry.ref), f"{name}: {short_title(score.entry.key_result)}"
        ),
        team=name,
        name=short_title(score.entry.key_result),
        grade=_text(score.grade),
        status=score.status,
        badge=sign_and_word(score.status),
        why=why,
        owner=_asked(score, scores),
    )


def _since(score: KeyResultScore, as_of: date) -> str:
    if score.value is None:
        return "no value yet"
    days = (as_of - score.value.date).days
    return f"last value {days} days ago, on {score.value.date}"


def _owing(stale: list[KeyResultScore], scores: Scores) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for score in stale:
        owner = _asked(score, scores) or words.NOBODY_NAMED
        counts[owner] = counts.get(owner, 0) + 1
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _changed(score: CycleScore, scores: Scores) -> list[tuple[Item, CheckInView]]:
    """Key results with a check-in in the last seven days: newest first, with a note first."""
    found = []
    for kr in score.key_results():
        view = latest_view(kr, scores, NOW)
        if view and scores.as_of - view.date < WEEK:
            found.append((view.date, kr.entry.ref, _item(kr, scores, ""), view))
    found.sort(key=lambda row: (-row[0].toordinal(), not row[3].note, row[1]))
    return [(item, view) for _, _, item, view in found]


def _dates(score: CycleScore, as_of: date) -> list[tuple[str, str, str]]:
    """What comes next: (date, what, in how many days), from today on."""
    cycle = score.cycle
    named = [
        (cycle.period.start if cycle.period else None, "First day"),
        (cycle.review_date, words.MID_CYCLE_REVIEW),
        (cycle.period.end if cycle.period else None, "Last day"),
        (cycle.grading_date, "Grades are due"),
    ]
    overdue = {cycle.grading_date if cycle.status is not CycleStatus.CLOSED else None}
    if not score.final and not (cycle.document and cycle.document.review):
        overdue.add(cycle.review_date)
    coming = sorted(
        (when, what)
        for when, what in named
        if when is not None and (when >= as_of or when in overdue)
    )
    return [(day(when), what, _in_days((when - as_of).days)) for when, what in coming]


def _in_days(days: int) -> str:
    if days < 0:
        return "yesterday" if days == -1 else f"{-days} days ago"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def _standing(score: CycleScore, as_of: date) -> str:
    """The cycle's status, and since when it is over where it hasn't been closed."""
    cycle = score.cycle
    status = cycle.status_on(as_of).value
    if cycle.period is None or cycle.status is CycleStatus.CLOSED or as_of <= cycle.period.end:
        return status
    return f"{status}, ended {_in_days((cycle.period.end - as_of).days)}"


def _objectives(score: CycleScore, scores: Scores) -> list[ObjectiveRow]:
    """The company's objectives; those of all teams where it has none of its own."""
    company = [o for o in score.objectives() if o.entry.ref.team == scores.workspace.company]
    return [
        ObjectiveRow(
            link=link_to(
                NOW,
                page_of(o.entry.ref),
                f"{o.entry.objective.title}{draft_mark(o.entry, o.entry)}",
            ),
            grade=_text(o.grade),
            meter=meter(o.grade),
            band=sign_and_word(band_status(o.band)) if o.band else Markdown(""),
            tally=tally(o.key_results),
        )
        for o in company or score.objectives()
    ]


def now_page(scores: Scores, history: History = NO_HISTORY) -> Page:
    """The page itself; without a cycle it says how to begin."""
    view, cycle = now_view(scores), scores.workspace.current(scores.as_of)
    links: dict[str, object] = {
        "changes": CHANGES if known_steps(history, scores) else "",
        "moved": moved_lately(cycle, scores, history) if cycle else (),
        "metrics": METRICS if scores.metrics else "",
        "health": north_star_line(scores, NOW),
    }
    if view is not None:
        links |= {
            "cycle_link": cycle_page(view.cycle),
            "key_results": {team.id: filtered("team", team.id, view.title) for team in view.teams},
            "team_links": {team.id: team_page(view.cycle, team.id) for team in view.teams},
        }
    return Page(
        path=NOW,
        template="now.md.j2",
        title=words.NOW,
        crumbs=(),
        as_of=day(scores.as_of),
        source="",
        rank=2,
        view={"now": view, "organization": scores.workspace.organization.organization, **links},
    )
