"""Makes the archive: open cycles, drafts, and past ones with their trends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from okrdocs import words
from okrdocs.grading.results import CycleScore, Scores
from okrdocs.insights.trends import COMPARABLE, CycleLength, TrendCycle, cycle_length, trend_cycles
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.pages.cycle.status import (
    PAST_PHASES,
    CyclePhase,
    cycles_newest_first,
    phase_badge,
    phases_by_cycle,
)
from okrdocs.pages.page import GeneratedPage
from okrdocs.pages.parts.cells import iso_day_text, join_inline, period_text
from okrdocs.pages.parts.mean_cells import company_score, mean_cell
from okrdocs.pages.parts.trend_charts import TrendPicture, trend_picture
from okrdocs.pages.urls import CYCLES, NOW, cycle_page, link_to, team_page, whole_document_page

FEW_TEAMS = 8
"""So many teams are named and linked in a row; the cycle's page lists them all."""


class OpenCycleRow(NamedTuple):
    """A cycle that is open or planned."""

    cycle: Markdown
    status: Markdown
    grade: Markdown
    company: Markdown
    reported: str
    teams: Markdown


class PastCycleRow(NamedTuple):
    """A cycle that is over, with what can be compared."""

    cycle: Markdown
    status: Markdown
    grade: Markdown
    company: Markdown
    at_aim: str
    changes: str
    carried: str
    dropped: str


class ArchiveGroup(NamedTuple):
    """Past cycles of one length, newest first, with trends; no title for a single group."""

    title: str
    pictures: tuple[TrendPicture, ...]
    rows: tuple[PastCycleRow, ...]


def archive_page(scores: Scores) -> GeneratedPage:
    """Make the page of all cycles."""
    phases = phases_by_cycle(scores)
    listed = cycles_newest_first(scores)
    view = {
        "open": [
            _open_cycle_row(s, scores, phases)
            for s in listed
            if phases[s.cycle.id] is CyclePhase.OPEN
        ],
        "drafts": [
            _open_cycle_row(s, scores, phases)
            for s in listed
            if phases[s.cycle.id] is CyclePhase.DRAFT
        ],
        "past": _groups_by_length(
            [p for p in trend_cycles(scores) if phases[p.score.cycle.id] in PAST_PHASES],
            scores,
            phases,
        ),
    }
    crumbs = (link_to(CYCLES, NOW, words.NOW), Markdown(""))
    source = scores.workspace.organization.at.path
    return GeneratedPage(
        CYCLES, "archive.md.j2", words.CYCLES, crumbs, iso_day_text(scores.as_of), source, 1, view
    )


def _open_cycle_row(
    score: CycleScore, scores: Scores, phases: Mapping[str, CyclePhase]
) -> OpenCycleRow:
    return OpenCycleRow(
        _cycle_cell(score),
        phase_badge(phases[score.cycle.id]),
        mean_cell(score),
        mean_cell(company_score(score, scores)),
        f"{score.reported} of {score.of}",
        _teams_cell(score),
    )


def _cycle_cell(score: CycleScore) -> Markdown:
    cycle, period = score.cycle, score.cycle.period
    link = link_to(CYCLES, cycle_page(cycle.id), cycle.title)
    whole = link_to(CYCLES, whole_document_page(cycle.id), "one page")
    days = period_text(period.start, period.end) if period else "no dates"
    return Markdown(f"**{link}**<br><small>{escape_inline(days)} · {whole}</small>")


def _teams_cell(score: CycleScore) -> Markdown:
    cycle = score.cycle
    if len(cycle.teams) > FEW_TEAMS:
        return link_to(CYCLES, cycle_page(cycle.id), f"{len(cycle.teams)} teams")
    return join_inline(
        link_to(CYCLES, team_page(cycle.id, team.id), team.team.name) for team in cycle.teams
    )


def _groups_by_length(
    past: Sequence[TrendCycle], scores: Scores, phases: Mapping[str, CyclePhase]
) -> list[ArchiveGroup]:
    """Group past cycles by length; lengths that can't be compared come last."""
    by_length: dict[CycleLength, list[TrendCycle]] = {}
    for point in past:
        by_length.setdefault(cycle_length(point.score.cycle.period), []).append(point)
    order = sorted(
        by_length, key=lambda length: (length not in COMPARABLE, -len(by_length[length]), length)
    )
    return [
        ArchiveGroup(
            words.CYCLE_LENGTH_WORDS[length] if len(by_length) > 1 else "",
            tuple(_trend_pictures(by_length[length])) if length in COMPARABLE else (),
            tuple(_past_cycle_row(point, scores, phases) for point in reversed(by_length[length])),
        )
        for length in order
    ]


def _trend_pictures(group: Sequence[TrendCycle]) -> Iterable[TrendPicture]:
    titles = [point.score.cycle.title for point in group]
    pictures = (
        trend_picture(words.GRADE_OF_ALL_TEAMS, titles, [p.score.grade for p in group]),
        trend_picture(words.THE_COMPANYS_OWN_GRADE, titles, [p.company for p in group]),
        trend_picture(
            words.OBJECTIVES_AT_THEIR_AIM, titles, [p.counts.per_cent for p in group], per_cent=True
        ),
    )
    return (picture for picture in pictures if picture is not None)


def _past_cycle_row(
    point: TrendCycle, scores: Scores, phases: Mapping[str, CyclePhase]
) -> PastCycleRow:
    score, counts = point.score, point.counts
    share = f"{counts.at_aim} of {counts.graded}" if counts.graded else "–"
    return PastCycleRow(
        _cycle_cell(score),
        phase_badge(phases[score.cycle.id]),
        mean_cell(score),
        mean_cell(company_score(score, scores)),
        f"{share} ({counts.per_cent}%)" if counts.graded else share,
        _count_text(counts.target_changes),
        _count_text(counts.carried_over),
        _count_text(counts.dropped),
    )


def _count_text(number: int) -> str:
    return str(number) if number else "–"
