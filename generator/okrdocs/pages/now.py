"""Makes the Now page: status, recent check-ins, what is at risk, overdue check-ins.

`okr status` prints the same view in the terminal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from okrdocs import words
from okrdocs.format.records import CycleStatus
from okrdocs.grading.results import CycleScore, KeyResultScore, Scores, State
from okrdocs.grading.status import Standing, Status, band_status
from okrdocs.history.events import History
from okrdocs.insights.at_risk import key_results_at_risk
from okrdocs.markup.escape import Markdown
from okrdocs.pages.changes import NO_HISTORY, recent_important_changes, steps_with_changes
from okrdocs.pages.key_result_table import filtered_table_url
from okrdocs.pages.metrics.cells import north_star_line
from okrdocs.pages.page import GeneratedPage
from okrdocs.pages.parts.cells import (
    grade_bar,
    grade_text,
    iso_day_text,
    join_names,
    owner_sign_note,
    period_text,
    status_with_sign,
)
from okrdocs.pages.parts.check_in_log import CheckInView, latest_check_in_view
from okrdocs.pages.parts.draft_marks import draft_suffix
from okrdocs.pages.parts.mean_cells import company_score, mean_cell, mean_with_left_out
from okrdocs.pages.parts.status_counts import order_status_counts, status_counts
from okrdocs.pages.urls import (
    CHANGES,
    METRICS,
    NOW,
    cycle_page,
    item_url,
    link_to,
    team_page,
)
from okrdocs.workspace.responsible import responsible_people
from okrdocs.workspace.workspace import ResolvedRef, short_title

WEEK = timedelta(days=7)
FIRST_CHANGES = 8
FIRST_MOVED = 5
_LISTED = frozenset({Standing.BEHIND, Standing.AT_RISK})


@dataclass(frozen=True, slots=True)
class NowItem:
    """A key result in a list of the Now page."""

    ref: ResolvedRef
    link: Markdown
    team: str
    name: str
    grade: str
    status: Status
    badge: Markdown
    why: str
    owner: str


@dataclass(frozen=True, slots=True)
class TeamSummaryRow:
    """A team's numbers in one line."""

    id: str
    name: str
    grade: str
    left_out: str
    cell: Markdown
    reported: str
    objectives: int
    statuses: tuple[tuple[Status, int], ...]
    status_counts: Markdown


@dataclass(frozen=True, slots=True)
class ObjectiveSummaryRow:
    """An objective's grade and statuses in one line."""

    link: Markdown
    grade: Markdown
    band: Markdown
    status_counts: Markdown


@dataclass(frozen=True, slots=True)
class NowView:
    """One screen about one cycle.

    `left_out` says of both grades what they are with what was dropped or left out; "" where nothing
    was.
    """

    cycle: str
    title: str
    status: str
    period: str
    grade: str
    company: str
    left_out: tuple[str, str]
    reported: str
    meters: tuple[Markdown, Markdown]
    counts: tuple[int, int]
    days: tuple[int, int] | None
    statuses: tuple[tuple[Status, int], ...]
    status_counts: Markdown
    teams: tuple[TeamSummaryRow, ...]
    recent_check_ins: tuple[tuple[NowItem, CheckInView], ...]
    first_check_ins: int
    headline: str
    objectives: tuple[ObjectiveSummaryRow, ...]
    at_risk_title: str
    at_risk: tuple[NowItem, ...]
    sign_note: str
    stale: tuple[NowItem, ...]
    dates: tuple[tuple[str, str, str], ...]


def now_view(scores: Scores) -> NowView | None:
    """Make the view of the current cycle; None where there is no cycle at all."""
    cycle = scores.workspace.current_cycle(scores.as_of)
    score = scores.cycle(cycle.id) if cycle else None
    if cycle is None or score is None:
        return None
    stale = [kr for kr in score.key_results() if kr.stale]
    at_risk = key_results_at_risk(score, scores)
    company = company_score(score, scores)
    return NowView(
        cycle=cycle.id,
        title=cycle.title,
        status=_cycle_status_text(score, scores.as_of),
        period=period_text(cycle.period.start, cycle.period.end) if cycle.period else "",
        grade=grade_text(score.grade),
        company=grade_text(score.company) if scores.workspace.company else "",
        left_out=(mean_with_left_out(score), mean_with_left_out(company) if company else ""),
        reported=f"{score.reported} of {score.of} key results reported",
        meters=(grade_bar(score.grade), grade_bar(score.company)),
        counts=(score.reported, score.of),
        days=score.elapsed,
        statuses=order_status_counts(score.statuses),
        status_counts=status_counts(score.key_results(), partial(_status_filter_link, cycle.title)),
        teams=team_summary_rows(score),
        recent_check_ins=tuple(_recent_check_ins(score, scores)),
        first_check_ins=FIRST_CHANGES,
        headline=_headline(score, [kr for kr, _ in at_risk]),
        objectives=tuple(_objective_rows(score, scores)),
        at_risk_title=words.MISSED if score.final else words.IN_DANGER,
        at_risk=tuple(_key_result_item(kr, scores, why) for kr, why in at_risk),
        sign_note=owner_sign_note(kr for kr, _ in at_risk),
        stale=tuple(
            _key_result_item(kr, scores, _last_value_age(kr, scores.as_of)) for kr in stale
        ),
        dates=tuple(_next_dates(score, scores.as_of)),
    )


def _status_filter_link(cycle: str, word: str) -> Markdown:
    """Link a status word to the key results that have this status."""
    return link_to(NOW, filtered_table_url("status", word, cycle), word)


def _headline(score: CycleScore, at_risk: Sequence[KeyResultScore]) -> str:
    """Say how many key results stand in which of the four states: what the lists below count."""
    counts = score.standings
    total = counts.on_track + counts.behind + counts.at_risk + counts.no_value
    if not total:
        return ""
    if score.final:
        parts = (
            _count_phrase(counts.on_track, "ended well", "ended well"),
            _count_phrase(counts.behind, "fell short", "fell short"),
            _count_phrase(counts.at_risk, "was missed", "were missed"),
            _count_phrase(counts.no_value, "has no grade", "have no grade"),
        )
    else:
        parts = (
            _count_phrase(counts.on_track, "is on track", "are on track"),
            _count_phrase(counts.behind, "is behind", "are behind"),
            _count_phrase(counts.at_risk, "is at risk", "are at risk"),
            _count_phrase(counts.no_value, "has no current value", "have no current value"),
        )
    *first, last = [part for part in parts if part]
    of = "one key result" if total == 1 else f"{total} key results"
    more = sum(kr.standing not in _LISTED for kr in at_risk)
    owners = f" Of {more} more the owner says red or expects little." if more else ""
    return f"Of {of} {', '.join(first)}{' and ' if first else ''}{last}.{owners}"


def _count_phrase(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


def team_summary_rows(score: CycleScore) -> tuple[TeamSummaryRow, ...]:
    """Make a row for each team of a cycle."""
    return tuple(
        TeamSummaryRow(
            id=team.entry.id,
            name=team.entry.team.name,
            grade=grade_text(team.grade),
            left_out=mean_with_left_out(team),
            cell=mean_cell(team),
            reported=f"{team.reported} of {team.of}",
            objectives=sum(1 for o in team.objectives if o.state is not State.DRAFT),
            statuses=order_status_counts(team.statuses),
            status_counts=status_counts(kr for o in team.objectives for kr in o.key_results),
        )
        for team in score.teams
    )


def _responsible_names(score: KeyResultScore, scores: Scores) -> str:
    return join_names(scores.workspace, responsible_people(score.entry, scores.workspace))


def _key_result_item(score: KeyResultScore, scores: Scores, why: str) -> NowItem:
    team = scores.workspace.teams.get(score.entry.ref.team)
    name = team.name if team else score.entry.ref.team
    return NowItem(
        ref=score.entry.ref,
        link=link_to(
            NOW, item_url(score.entry.ref), f"{name}: {short_title(score.entry.key_result)}"
        ),
        team=name,
        name=short_title(score.entry.key_result),
        grade=grade_text(score.grade),
        status=score.status,
        badge=status_with_sign(score.status),
        why=why,
        owner=_responsible_names(score, scores),
    )


def _last_value_age(score: KeyResultScore, as_of: date) -> str:
    if score.value is None:
        return words.NO_VALUE_YET
    days = (as_of - score.value.date).days
    return f"last value {days} days ago, on {score.value.date}"


def _recent_check_ins(score: CycleScore, scores: Scores) -> list[tuple[NowItem, CheckInView]]:
    """List key results with a check-in in the last seven days: newest first, with a note first."""
    rows = []
    for kr in score.key_results():
        view = latest_check_in_view(kr, scores, NOW)
        if view and scores.as_of - view.date < WEEK:
            rows.append((view.date, kr.entry.ref, _key_result_item(kr, scores, ""), view))
    rows.sort(key=lambda row: (-row[0].toordinal(), not row[3].said, row[1]))
    return [(item, view) for _, _, item, view in rows]


def _next_dates(score: CycleScore, as_of: date) -> list[tuple[str, str, str]]:
    """List the next dates: (date, what, in how many days), overdue ones too."""
    cycle = score.cycle
    named = [
        (cycle.period.start if cycle.period else None, words.FIRST_DAY),
        (cycle.review_date, words.MID_CYCLE_REVIEW),
        (cycle.period.end if cycle.period else None, words.LAST_DAY),
        (cycle.grading_date, words.GRADES_ARE_DUE),
    ]
    overdue = {cycle.grading_date if cycle.status is not CycleStatus.CLOSED else None}
    if not score.final and not (cycle.document and cycle.document.review):
        overdue.add(cycle.review_date)
    coming = sorted(
        (when, what)
        for when, what in named
        if when is not None and (when >= as_of or when in overdue)
    )
    return [
        (iso_day_text(when), what, _days_away_text((when - as_of).days)) for when, what in coming
    ]


def _days_away_text(days: int) -> str:
    if days < 0:
        return "yesterday" if days == -1 else f"{-days} days ago"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def _cycle_status_text(score: CycleScore, as_of: date) -> str:
    """Return the cycle's status, and since when it is over where it hasn't been closed."""
    cycle = score.cycle
    status = cycle.status_on(as_of).value
    if cycle.period is None or cycle.status is CycleStatus.CLOSED or as_of <= cycle.period.end:
        return status
    return f"{status}, ended {_days_away_text((cycle.period.end - as_of).days)}"


def _objective_rows(score: CycleScore, scores: Scores) -> list[ObjectiveSummaryRow]:
    """List the company's objectives; those of all teams where it has none of its own."""
    company = [o for o in score.objectives() if o.entry.ref.team == scores.workspace.company]
    return [
        ObjectiveSummaryRow(
            link=link_to(
                NOW,
                item_url(o.entry.ref),
                f"{o.entry.objective.title}{draft_suffix(o.entry, o.entry)}",
            ),
            grade=mean_cell(o, meter=True),
            band=status_with_sign(band_status(o.band)) if o.band else Markdown(""),
            status_counts=status_counts(o.key_results),
        )
        for o in company or score.objectives()
    ]


def now_page(scores: Scores, history: History = NO_HISTORY) -> GeneratedPage:
    """Make the page; without a cycle it says how to begin."""
    view, cycle = now_view(scores), scores.workspace.current_cycle(scores.as_of)
    links: dict[str, object] = {
        "changes": CHANGES if steps_with_changes(history, scores) else "",
        "moved": recent_important_changes(cycle, scores, history) if cycle else (),
        "first_moved": FIRST_MOVED,
        "metrics": METRICS if scores.metrics else "",
        "health": north_star_line(scores, NOW),
    }
    if view is not None:
        links |= {
            "cycle_link": cycle_page(view.cycle),
            "key_results": {
                team.id: filtered_table_url("team", team.id, view.title) for team in view.teams
            },
            "team_links": {team.id: team_page(view.cycle, team.id) for team in view.teams},
        }
    return GeneratedPage(
        path=NOW,
        template="now.md.j2",
        title=words.NOW,
        crumbs=(),
        as_of=iso_day_text(scores.as_of),
        source="",
        rank=2,
        view={"now": view, "organization": scores.workspace.organization.organization, **links},
    )
