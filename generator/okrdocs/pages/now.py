"""The Now page: where we stand, what changed, what is in danger, who owes a check-in.

`okr status` prints the same view in the terminal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from okrdocs.escape import Markdown
from okrdocs.measure import KEEP
from okrdocs.model import CycleStatus
from okrdocs.pages.addresses import CHANGES, NOW, cycle_page, link_to, page_of, team_page
from okrdocs.pages.cells import day, meter, period_text, sign_and_word
from okrdocs.pages.check_ins import CheckInView, known_check_ins, latest_view
from okrdocs.pages.page import Page
from okrdocs.pages.tables import short_title
from okrdocs.pages.tally import in_order, tally
from okrdocs.scores import CycleScore, KeyResultScore, Scores, State, Status
from okrdocs.workspace import Ref

WEEK = timedelta(days=7)
FIRST_CHANGES = 8
_WORST_FIRST = {"Breached": 0, "At risk": 1, "Behind": 2}


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
    objectives: tuple[ObjectiveRow, ...]
    danger_title: str
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
        status=_standing(score, scores.as_of),
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
        objectives=tuple(_objectives(score, scores)),
        danger_title="Missed" if score.final else "In danger",
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
    """What is worrying, the worst word and then the lowest forecast first, with the reason.

    After the cycle's last day: what ended in the lowest band.
    """
    found = []
    for kr in score.key_results():
        why = _missed(kr, scores) if score.final else _worry(kr, scores)
        if why:
            forecast = kr.pacing.forecast if kr.pacing else kr.grade
            known = forecast if forecast is not None else Decimal(1)
            badness = _WORST_FIRST.get(kr.status.word, len(_WORST_FIRST))
            found.append((badness, known, kr.entry.ref, kr, why))
    found.sort(key=lambda row: row[:3])
    return [(kr, why) for _, _, _, kr, why in found]


def _missed(score: KeyResultScore, scores: Scores) -> str:
    objective = scores.workspace.objectives[score.entry.ref.parent].objective
    lowest = scores.workspace.policy.bands[objective.type][-1]
    if score.band != lowest or score.measure is None:
        return ""
    reached = score.value.text if score.value else "nothing reported"
    return f"{reached}, target {score.measure.target_text or '–'}"


def _worry(score: KeyResultScore, scores: Scores) -> str:
    """Why a key result is worrying, in what its grade and status don't say; "" where it isn't."""
    if score.state not in {State.GRADED, State.GUARDRAIL} or score.value is None:
        return ""
    pacing, measure = score.pacing, score.measure
    forecast = pacing.forecast if pacing else None
    low = forecast is not None and forecast < scores.workspace.policy.review_below
    if not (low or score.status.word in _WORST_FIRST or score.status.sign == "🔴"):
        return ""
    reasons = []
    if score.status.sign == "🔴" and score.status.word not in _WORST_FIRST:
        reasons.append("red by its owner")
    if measure is not None and measure.name in KEEP:
        reasons.append(f"{score.value.text} against {measure.target_text}")
    elif forecast is not None:
        reasons.append(f"heading for {forecast}")
    if pacing is not None and pacing.expected is not None:
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
    overdue = cycle.grading_date if cycle.status is not CycleStatus.CLOSED else None
    coming = sorted(
        (when, what)
        for when, what in named
        if when is not None and (when >= as_of or when == overdue)
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
            link=link_to(NOW, page_of(o.entry.ref), o.entry.objective.title),
            grade=_text(o.grade),
            meter=meter(o.grade),
            band=sign_and_word(Status(o.band.sign, o.band.title)) if o.band else Markdown(""),
            tally=tally(o.key_results),
        )
        for o in company or score.objectives()
    ]


def now_page(scores: Scores, *, changes: bool = False) -> Page:
    """The page itself; without a cycle it says how to begin. `changes`: there is a page of them."""
    view = now_view(scores)
    links: dict[str, object] = {"changes": CHANGES if changes else ""}
    if view is not None:
        links |= {
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
