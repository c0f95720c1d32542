"""Makes the sections that both documents of a cycle show alike, each a value or None.

A section exists where there is something to say. `document_sections` adds the others and puts
all of them in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from okrdocs import words
from okrdocs.format.records import Cadence, CycleDocument, Organization
from okrdocs.grading.results import CycleScore, Scores
from okrdocs.history.events import History
from okrdocs.markup.escape import Markdown
from okrdocs.pages.changes import change_history_rows, changes_since_approvals, history_notes
from okrdocs.pages.cycle.document_tables import (
    aim_rows_by_type,
    amendment_rows,
    approval_rows,
    band_counts,
    band_rows_by_type,
    document_review_rows,
    final_grades,
    related_artifact_rows,
    tool_link,
)
from okrdocs.pages.cycle.retrospective import closing_notes, retrospective_view, review_view
from okrdocs.pages.cycle.section_types import (
    Amendments,
    Approvals,
    ChangeHistory,
    CycleGrading,
    CycleRetrospective,
    DocumentReviews,
    ExecutiveSummary,
    GradingScale,
    MeasurementTools,
    MidCycleReview,
    Practices,
    RelatedArtifacts,
    TeamTable,
)
from okrdocs.pages.now import team_summary_rows
from okrdocs.pages.parts.cells import bullet_list
from okrdocs.pages.parts.mean_cells import company_score, grade_with_notes, mean_cell
from okrdocs.pages.parts.status_counts import status_counts
from okrdocs.pages.parts.tables import DependencyRow, dependency_rows
from okrdocs.pages.urls import METRICS, link_to, team_page
from okrdocs.workspace.workspace import Cycle


@dataclass(frozen=True, slots=True)
class SharedSections:
    """What both documents of a cycle show alike; None where there is nothing to say.

    Of two sections only a part is alike: the rows of dependencies, and the cadence of check-ins.
    """

    summary: ExecutiveSummary
    scale: GradingScale
    teams: TeamTable | None
    dependency_rows: tuple[DependencyRow, ...]
    cadence: Cadence | None
    review: MidCycleReview | None
    grading: CycleGrading | None
    retrospective: CycleRetrospective | None
    practices: Practices | None
    tools: MeasurementTools | None
    related: RelatedArtifacts | None
    changes: ChangeHistory | None
    amendments: Amendments | None
    reviews: DocumentReviews | None
    approvals: Approvals | None


def shared_sections(score: CycleScore, scores: Scores, history: History) -> SharedSections:
    """Make what both documents of a cycle show alike; links work in all of the cycle's folder."""
    cycle, organization, here = score.cycle, scores.workspace.organization, f"{score.cycle.id}/"
    return SharedSections(
        summary=_summary_section(score, scores),
        scale=_grading_scale_section(cycle, scores),
        teams=_team_table_section(score, here),
        dependency_rows=tuple(
            row for o in cycle.objectives() for row in dependency_rows(o, scores, here)
        ),
        cadence=organization.cadence,
        review=_review_section(score, scores, here),
        grading=_grading_section(score, scores, here),
        retrospective=_retrospective_section(score, scores, here),
        practices=_practices_section(cycle.document, organization),
        tools=_tools_section(scores, here),
        related=_related_artifacts_section(cycle.document, organization),
        changes=_change_history_section(cycle, scores, history, here),
        amendments=_amendments_section(cycle, scores, history, here),
        reviews=_document_reviews_section(cycle.document, scores),
        approvals=_approvals_section(cycle, scores, history, here),
    )


def _company_grade_fact(score: CycleScore, scores: Scores) -> Iterator[tuple[str, Markdown]]:
    """Yield the company's own grade; nothing where the teams are peers."""
    if scores.workspace.company is not None:
        yield words.COMPANYS_GRADE, mean_cell(company_score(score, scores))


def _summary_section(score: CycleScore, scores: Scores) -> ExecutiveSummary:
    document = score.cycle.document
    return ExecutiveSummary(
        summary=(document and document.summary) or "",
        facts=(
            (words.GRADE, grade_with_notes(score)),
            *_company_grade_fact(score, scores),
        ),
        status_counts=status_counts(score.key_results()),
        purpose=(document and document.purpose) or "",
        strategic_value=(document and document.strategic_value) or "",
        grade_steps=bullet_list(score.trace),
    )


def _grading_scale_section(cycle: Cycle, scores: Scores) -> GradingScale:
    document, workspace = cycle.document, scores.workspace
    return GradingScale(
        principles=(document and document.principles) or workspace.organization.principles,
        aims=tuple(aim_rows_by_type(workspace)),
        scale=tuple((kind, tuple(rows)) for kind, rows in band_rows_by_type(cycle, workspace)),
    )


def _team_table_section(score: CycleScore, here: str) -> TeamTable | None:
    rows = tuple(
        (link_to(here, team_page(score.cycle.id, row.id), row.name), row)
        for row in team_summary_rows(score)
    )
    return TeamTable(rows) if rows else None


def _review_section(score: CycleScore, scores: Scores, here: str) -> MidCycleReview | None:
    """Return the review; None also where the cycle has no dates: then it has no middle."""
    if score.cycle.period is None:
        return None
    review = review_view(score, scores, here)
    return MidCycleReview(review) if review else None


def _grading_section(score: CycleScore, scores: Scores, here: str) -> CycleGrading | None:
    cadence = scores.workspace.organization.cadence
    steps = cadence.grading_steps if cadence else ()
    grades = tuple(final_grades(score, scores, here)) if score.final else ()
    return CycleGrading(steps, grades, tuple(band_counts(score))) if steps or grades else None


def _retrospective_section(
    score: CycleScore, scores: Scores, here: str
) -> CycleRetrospective | None:
    """Return the retrospective, written at the end: as of an earlier day it doesn't exist yet."""
    cycle, document = score.cycle, score.cycle.document
    if document is not None and cycle.status is not cycle.status_on(scores.as_of):
        return None
    written = document.retrospective if document else None
    verdicts = closing_notes(score, scores, here)
    view = retrospective_view(written, cycle.roll_over, scores, here, verdicts)
    return CycleRetrospective(view) if view else None


def _practices_section(
    document: CycleDocument | None, organization: Organization
) -> Practices | None:
    practices = (document and document.practices) or organization.practices
    anti_patterns = (document and document.anti_patterns) or organization.anti_patterns
    return Practices(practices, anti_patterns) if practices or anti_patterns else None


def _tools_section(scores: Scores, here: str) -> MeasurementTools | None:
    tools = scores.workspace.organization.tools
    if not tools:
        return None
    metrics = link_to(here, METRICS, words.METRICS) if scores.metrics else Markdown("")
    return MeasurementTools(
        metrics, tuple((tool, tool_link(tool.name, tool.link)) for tool in tools)
    )


def _related_artifacts_section(
    document: CycleDocument | None, organization: Organization
) -> RelatedArtifacts | None:
    rows = tuple(related_artifact_rows(document, organization))
    return RelatedArtifacts(rows) if rows else None


def _change_history_section(
    cycle: Cycle, scores: Scores, history: History, here: str
) -> ChangeHistory | None:
    rows = tuple(change_history_rows(cycle, scores, history, here))
    notes = history_notes(history)
    return ChangeHistory(rows, notes) if rows or notes else None


def _amendments_section(
    cycle: Cycle, scores: Scores, history: History, here: str
) -> Amendments | None:
    rows = tuple(amendment_rows(cycle, scores, here, history))
    return Amendments(rows) if rows else None


def _document_reviews_section(
    document: CycleDocument | None, scores: Scores
) -> DocumentReviews | None:
    rows = tuple(document_review_rows(document, scores))
    return DocumentReviews(rows) if rows else None


def _approvals_section(
    cycle: Cycle, scores: Scores, history: History, here: str
) -> Approvals | None:
    rows = tuple(approval_rows(cycle, scores))
    changed = tuple(changes_since_approvals(cycle, scores, history, here))
    return Approvals(rows, changed) if rows else None
