"""The archive: what is open, what is planned, and what is past with its trends over cycles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from okrdocs import words
from okrdocs.grading.results import CycleScore, Scores
from okrdocs.insights.trends import COMPARABLE, Kind, Point, kind_of, points
from okrdocs.markup.escape import Markdown, inline
from okrdocs.pages.cycle.status import PAST, Standing, newest_first, pill, standings
from okrdocs.pages.page import Page
from okrdocs.pages.parts.cells import day, grade_text, joined, period_text
from okrdocs.pages.parts.trend_charts import Picture, trend_of
from okrdocs.pages.urls import CYCLES, NOW, cycle_page, link_to, team_page, whole_page

FEW_TEAMS = 8
"""So many teams are named and linked in a row; the cycle's page lists them all."""


class OpenRow(NamedTuple):
    """A cycle that is open or planned."""

    cycle: Markdown
    status: Markdown
    grade: str
    company: str
    reported: str
    teams: Markdown


class PastRow(NamedTuple):
    """A cycle that is over, with what can be compared."""

    cycle: Markdown
    status: Markdown
    grade: str
    company: str
    at_aim: str
    changes: str
    carried: str
    dropped: str


class Group(NamedTuple):
    """Past cycles of one kind, newest first, with their trends; no title for a single group."""

    title: str
    pictures: tuple[Picture, ...]
    rows: tuple[PastRow, ...]


def archive_page(scores: Scores) -> Page:
    """All cycles on one page."""
    known = standings(scores)
    listed = newest_first(scores)
    view = {
        "open": [_open_row(s, known) for s in listed if known[s.cycle.id] is Standing.OPEN],
        "drafts": [_open_row(s, known) for s in listed if known[s.cycle.id] is Standing.DRAFT],
        "past": _groups([p for p in points(scores) if known[p.score.cycle.id] in PAST], known),
    }
    crumbs = (link_to(CYCLES, NOW, words.NOW), Markdown(""))
    source = scores.workspace.organization.at.path
    return Page(CYCLES, "cycles.md.j2", words.CYCLES, crumbs, day(scores.as_of), source, 1, view)


def _open_row(score: CycleScore, known: Mapping[str, Standing]) -> OpenRow:
    return OpenRow(
        _cycle(score),
        pill(known[score.cycle.id]),
        grade_text(score.grade),
        grade_text(score.company),
        f"{score.reported} of {score.of}",
        _teams(score),
    )


def _cycle(score: CycleScore) -> Markdown:
    cycle, period = score.cycle, score.cycle.period
    link = link_to(CYCLES, cycle_page(cycle.id), cycle.title)
    whole = link_to(CYCLES, whole_page(cycle.id), "one page")
    days = period_text(period.start, period.end) if period else "no dates"
    return Markdown(f"**{link}**<br><small>{inline(days)} · {whole}</small>")


def _teams(score: CycleScore) -> Markdown:
    cycle = score.cycle
    if len(cycle.teams) > FEW_TEAMS:
        return link_to(CYCLES, cycle_page(cycle.id), f"{len(cycle.teams)} teams")
    return joined(
        link_to(CYCLES, team_page(cycle.id, team.id), team.team.name) for team in cycle.teams
    )


def _groups(past: Sequence[Point], known: Mapping[str, Standing]) -> list[Group]:
    """By kind, the one with the newest cycle first; what has no kind of its own comes last."""
    kinds: dict[Kind, list[Point]] = {}
    for point in past:
        kinds.setdefault(kind_of(point.score.cycle.period), []).append(point)
    order = sorted(kinds, key=lambda kind: (kind not in COMPARABLE, -len(kinds[kind]), kind))
    return [
        Group(
            kind.value if len(kinds) > 1 else "",
            tuple(_pictures(kinds[kind])) if kind in COMPARABLE else (),
            tuple(_past_row(point, known) for point in reversed(kinds[kind])),
        )
        for kind in order
    ]


def _pictures(group: Sequence[Point]) -> Iterable[Picture]:
    titles = [point.score.cycle.title for point in group]
    drawn = (
        trend_of("Grade of all teams", titles, [p.score.grade for p in group]),
        trend_of("The company's own grade", titles, [p.company for p in group]),
        trend_of(
            "Objectives at their aim", titles, [p.counts.per_cent for p in group], per_cent=True
        ),
    )
    return (picture for picture in drawn if picture is not None)


def _past_row(point: Point, known: Mapping[str, Standing]) -> PastRow:
    score, counts = point.score, point.counts
    share = f"{counts.at_aim} of {counts.graded}" if counts.graded else "–"
    return PastRow(
        _cycle(score),
        pill(known[score.cycle.id]),
        grade_text(score.grade),
        grade_text(point.company),
        f"{share} ({counts.per_cent}%)" if counts.graded else share,
        _count(counts.target_changes),
        _count(counts.carried_over),
        _count(counts.dropped),
    )


def _count(number: int) -> str:
    return str(number) if number else "–"
