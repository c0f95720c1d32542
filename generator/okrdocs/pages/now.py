"""The Now page: where we stand, what changed, what is in danger, who owes a check-in.

`okr status` prints the same view in the terminal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from okrdocs.escape import Markdown
from okrdocs.pages.addresses import NOW, cycle_page, link_to, page_of, team_page
from okrdocs.pages.cells import day, meter, period_text, sign_and_word
from okrdocs.pages.check_ins import CheckInView, known_check_ins, latest_view
from okrdocs.pages.page import Page
from okrdocs.pages.tables import short_title
from okrdocs.pages.tally import in_order, tally
from okrdocs.scores import CycleScore, KeyResultScore, Scores, State, Status
from okrdocs.workspace import Ref

WEEK = timedelta(days=7)
FIRST_CHANGES = 8
_WORRYING = frozenset({"At risk", "Behind", "Breached"})


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
    danger: tuple[Item, ...]
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
    return NowView(
        cycle=cycle.id,
        title=cycle.title,
        status=cycle.status_on(scores.as_of).value,
        period=period_text(cycle.period.start, cycle.period.end) if cycle.period else "",
        grade=_text(score.grade),
        company=_text(score.company),
        reported=f"{score.reported} of {score.of} key results reported",
        meters=(meter(score.grade), meter(score.company)),
        counts=(score.reported, score.of),
        days=score.elapsed,
        words=in_order(score.words),
        tally=tally(score.key_results()),
        teams=team_rows(score),
        changed=tuple(_changed(score, scores)),
        first=FIRST_CHANGES,
        danger=tuple(_item(kr, scores, why) for kr, why in _danger(score, scores)),
        stale=tuple(_item(kr, scores, _since(kr, scores.as_of)) for kr in stale),
        owing=_owing(stale, scores),
        dates=tuple(_dates(score, scores.as_of)),
    )


def team_rows(score: CycleScore) -> tuple[TeamRow, ...]:
    """A row for each team of a cycle."""
    return tuple(
        TeamRow(
            id=team.entry.id,
            name=team.entry.team.name,
            grade=_text(team.grade),
            reported=f"{team.reported} of {team.of}",
            objectives=len(team.objectives),
            words=in_order(team.words),
            tally=tally(kr for o in team.objectives for kr in o.key_results),
        )
        for team in score.teams
    )


def _text(grade: Decimal | None) -> str:
    return "–" if grade is None else str(grade)


def _owner(score: KeyResultScore, scores: Scores) -> str:
    """Who answers for a key result: its own DRI or owner, else the objective's, else the lead."""
    workspace, key_result = scores.workspace, score.entry.key_result
    objective = workspace.objectives[score.entry.ref.parent].objective
    team = workspace.teams.get(score.entry.ref.team)
    candidates = (
        (key_result.dri,), key_result.owner, (objective.dri,), objective.owner,
        team.lead if team else (),
    )  # fmt: skip
    for ids in candidates:
        names = [workspace.name_of(each) for each in ids if each]
        if names:
            return ", ".join(names)
    return ""


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
        owner=_owner(score, scores),
    )


def _danger(score: CycleScore, scores: Scores) -> list[tuple[KeyResultScore, str]]:
    """What is worrying, worst forecast first, each with its reason."""
    found = []
    for kr in score.key_results():
        why = _worry(kr, scores)
        if why:
            forecast = kr.pacing.forecast if kr.pacing else None
            known = forecast if forecast is not None else Decimal(1)
            found.append((known, kr.entry.ref, kr, why))
    found.sort(key=lambda row: row[:2])
    return [(kr, why) for _, _, kr, why in found]


def _worry(score: KeyResultScore, scores: Scores) -> str:
    if score.state not in {State.GRADED, State.GUARDRAIL} or score.band is not None:
        return ""
    pacing = score.pacing
    reasons = []
    if score.status.word in _WORRYING or score.status.sign == "🔴":
        reasons.append(f"{score.status.word.lower()} at {_text(score.grade)}")
    forecast = pacing.forecast if pacing else None
    if forecast is not None and Fraction(forecast) < scores.workspace.policy.review_below:
        reasons.append(f"heading for {forecast}")
    if reasons and pacing and pacing.expected is not None:
        reasons.append(f"{pacing.expected} expected by now")
    return ", ".join(reasons)


def _since(score: KeyResultScore, as_of: date) -> str:
    if score.value is None:
        return "no value yet"
    days = (as_of - score.value.date).days
    return f"last value {score.value.date}, {days} days ago"


def _owing(stale: list[KeyResultScore], scores: Scores) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for score in stale:
        owner = _owner(score, scores) or "Nobody named"
        counts[owner] = counts.get(owner, 0) + 1
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _changed(score: CycleScore, scores: Scores) -> list[tuple[Item, CheckInView]]:
    """Key results with a check-in in the last seven days: newest first, with a note first."""
    found = []
    for kr in score.key_results():
        known = known_check_ins(kr, scores.as_of)
        view = latest_view(kr, scores, NOW)
        if known and view and scores.as_of - known[-1].date < WEEK:
            found.append((known[-1].date, kr.entry.ref, _item(kr, scores, ""), view))
    found.sort(key=lambda row: (-row[0].toordinal(), not row[3].note, row[1]))
    return [(item, view) for _, _, item, view in found]


def _dates(score: CycleScore, as_of: date) -> list[tuple[str, str, str]]:
    """What comes next: (date, what, in how many days), from today on."""
    cycle = score.cycle
    named = [
        (cycle.period.start if cycle.period else None, "First day"),
        (cycle.review_date, "Mid-cycle review"),
        (cycle.period.end if cycle.period else None, "Last day"),
        (cycle.grading_date, "Grades are due"),
    ]
    coming = sorted((when, what) for when, what in named if when is not None and when >= as_of)
    return [(day(when), what, _in_days((when - as_of).days)) for when, what in coming]


def _in_days(days: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def now_page(scores: Scores) -> Page:
    """The page itself; without a cycle it says how to begin."""
    view = now_view(scores)
    links: dict[str, object] = {}
    if view is not None:
        links = {
            "cycle_link": cycle_page(view.cycle),
            "team_links": {team.id: team_page(view.cycle, team.id) for team in view.teams},
        }
    return Page(
        path=NOW,
        template="now.md.j2",
        title="Now",
        crumbs=(),
        as_of=day(scores.as_of),
        source="",
        rank=2,
        view={"now": view, "organization": scores.workspace.organization.organization, **links},
    )
