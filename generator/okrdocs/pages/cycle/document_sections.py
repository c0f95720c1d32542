"""Puts the sections of a cycle's document in order.

`shared_sections` makes what the short and the whole document show alike; here stands what differs,
and the one list that both the page and its table of contents follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from okrdocs.format.records import Cadence
from okrdocs.pages.cycle.large_diagrams import DocumentDiagrams
from okrdocs.pages.cycle.section_types import (
    CascadeDiagrams,
    CheckIns,
    ContentsEntry,
    Dependencies,
    DocumentSection,
    SectionContent,
    TeamOkrs,
)
from okrdocs.pages.cycle.shared_sections import SharedSections
from okrdocs.pages.parts.check_in_log import LogRow, ObjectiveLog
from okrdocs.pages.parts.tables import DependencyRow
from okrdocs.pages.team.cycle_page import TeamView


def document_sections(
    shared: SharedSections, teams: Iterable[TeamView], diagrams: DocumentDiagrams
) -> tuple[DocumentSection, ...]:
    """Return the sections of one document in order; `teams` are those it shows in full."""
    full_teams = tuple(teams)
    return (
        *_sections_with_content(
            ("Executive summary", shared.summary),
            ("Principles and grading scale", shared.scale),
        ),
        *map(_team_section, full_teams),
        *_sections_with_content(
            ("All teams", shared.teams),
            ("Cascade", _cascade_section(diagrams)),
            ("Dependencies", _dependencies_section(shared.dependency_rows, diagrams)),
            ("Check-ins", _check_ins_section(shared.cadence, full_teams)),
            ("Mid-cycle review", shared.review),
            ("Grading", shared.grading),
            ("Retrospective", shared.retrospective),
            ("Practices", shared.practices),
            ("Tools and measurement", shared.tools),
            ("Related artifacts", shared.related),
            ("Change history", shared.changes),
            ("Amendments", shared.amendments),
            ("Document reviews", shared.reviews),
            ("Approvals", shared.approvals),
        ),
    )


def _sections_with_content(*titled: tuple[str, SectionContent | None]) -> Iterator[DocumentSection]:
    for title, content in titled:
        if content is not None:
            yield DocumentSection(title, _heading_anchor(title), content)


def _heading_anchor(title: str) -> str:
    """Return the anchor that MkDocs and code hosts give a heading of plain words."""
    return title.lower().replace(" ", "-")


def _team_section(team: TeamView) -> DocumentSection:
    return DocumentSection(
        title=f"{team.name} OKRs",
        anchor=f"team_{team.anchor}",
        content=TeamOkrs(team),
        names_anchor=True,
        entries=tuple(
            ContentsEntry(f"Objective {o.number}: {o.title}", f"{team.anchor}--{o.anchor}")
            for o in team.objectives
        ),
    )


def _cascade_section(diagrams: DocumentDiagrams) -> CascadeDiagrams | None:
    if diagrams.cascade is None:
        return None
    return CascadeDiagrams(diagrams.cascade, diagrams.branches)


def _dependencies_section(
    rows: tuple[DependencyRow, ...], diagrams: DocumentDiagrams
) -> Dependencies | None:
    return Dependencies(diagrams.needs, diagrams.teams, rows) if rows else None


def _check_ins_section(cadence: Cadence | None, teams: Iterable[TeamView]) -> CheckIns | None:
    latest = tuple(
        (f"{team.name}: {log.title}", rows)
        for team in teams
        for log in team.logs
        if (rows := _latest_check_ins(log))
    )
    return CheckIns(cadence, latest) if cadence or latest else None


def _latest_check_ins(log: ObjectiveLog) -> tuple[LogRow, ...]:
    """Return the newest check-in of each key result, in the order of the key results."""
    newest: dict[int, LogRow] = {}
    for row in log.entries:
        newest.setdefault(row.number, row)
    return tuple(newest[number] for number in sorted(newest))
