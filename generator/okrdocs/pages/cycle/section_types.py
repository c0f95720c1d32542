"""The sections of a cycle's document as values: what each one shows, and its template.

`document_sections` fills them and puts them in order; the template `cycle_document.md.j2` prints
the table of contents and the page from the same tuple of sections.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from okrdocs.format.records import AntiPattern, Cadence, Practice, Principle, Tool
from okrdocs.markup.escape import Markdown
from okrdocs.pages.cycle.retrospective import RetrospectiveView, ReviewView
from okrdocs.pages.graph.cascade import CascadeView
from okrdocs.pages.graph.dependencies import DependenciesView
from okrdocs.pages.now import TeamSummaryRow
from okrdocs.pages.parts.check_in_log import LogRow
from okrdocs.pages.parts.tables import DependencyRow
from okrdocs.pages.team.cycle_page import TeamView


class SectionContent:
    """What stands below a section's heading; each kind names the template that prints it."""

    __slots__ = ()
    template: ClassVar[str]


class ContentsEntry(NamedTuple):
    """A line of the table of contents below that of its section."""

    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class DocumentSection:
    """One section of a document.

    `names_anchor`: the heading sets its anchor itself, for what MkDocs would make of a title that
    a person typed isn't known. `entries` lead to the headings within the section.
    """

    title: str
    anchor: str
    content: SectionContent
    names_anchor: bool = False
    entries: tuple[ContentsEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class ExecutiveSummary(SectionContent):
    """Where the cycle stands and what it is for; an empty text doesn't appear."""

    template: ClassVar[str] = "cycle_document/executive_summary.md.j2"
    summary: str
    facts: tuple[tuple[str, Markdown], ...]
    status_counts: Markdown
    purpose: str
    strategic_value: str
    grade_steps: Markdown


@dataclass(frozen=True, slots=True)
class GradingScale(SectionContent):
    """The parts of the method, and what grades mean: (type of objective, its bands)."""

    template: ClassVar[str] = "cycle_document/grading_scale.md.j2"
    principles: tuple[Principle, ...]
    aims: tuple[tuple[str, str], ...]
    scale: tuple[tuple[str, tuple[tuple[str, Markdown, str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class TeamOkrs(SectionContent):
    """The objectives of one team in full."""

    template: ClassVar[str] = "cycle_document/team_okrs.md.j2"
    team: TeamView


@dataclass(frozen=True, slots=True)
class TeamTable(SectionContent):
    """A row for each team: the link to its page, and its numbers."""

    template: ClassVar[str] = "cycle_document/team_table.md.j2"
    rows: tuple[tuple[Markdown, TeamSummaryRow], ...]


@dataclass(frozen=True, slots=True)
class CascadeDiagrams(SectionContent):
    """What ladders up to what, and links to the parts that have a page of their own."""

    template: ClassVar[str] = "cycle_document/cascade.md.j2"
    cascade: CascadeView
    branch_links: tuple[Markdown, ...]


@dataclass(frozen=True, slots=True)
class Dependencies(SectionContent):
    """Who needs whom: diagrams where there are enough for some, and all of it as a table."""

    template: ClassVar[str] = "cycle_document/dependencies.md.j2"
    diagrams: DependenciesView | None
    by_team_link: Markdown
    rows: tuple[DependencyRow, ...]


@dataclass(frozen=True, slots=True)
class CheckIns(SectionContent):
    """When people report, and what they said last: (objective, a row for each key result)."""

    template: ClassVar[str] = "cycle_document/check_ins.md.j2"
    cadence: Cadence | None
    latest: tuple[tuple[str, tuple[LogRow, ...]], ...]


@dataclass(frozen=True, slots=True)
class MidCycleReview(SectionContent):
    """The review in the middle of the cycle."""

    template: ClassVar[str] = "cycle_document/mid_cycle_review.md.j2"
    review: ReviewView


@dataclass(frozen=True, slots=True)
class CycleGrading(SectionContent):
    """How grades are given, and the final ones: (link, grade, band, how many are reported)."""

    template: ClassVar[str] = "cycle_document/grading.md.j2"
    steps: tuple[str, ...]
    grades: tuple[tuple[Markdown, Markdown, Markdown, str], ...]
    bands: tuple[tuple[Markdown, int], ...]


@dataclass(frozen=True, slots=True)
class CycleRetrospective(SectionContent):
    """What the cycle taught."""

    template: ClassVar[str] = "cycle_document/retrospective.md.j2"
    retrospective: RetrospectiveView


@dataclass(frozen=True, slots=True)
class Practices(SectionContent):
    """What works, and what to avoid."""

    template: ClassVar[str] = "cycle_document/practices.md.j2"
    practices: tuple[Practice, ...]
    anti_patterns: tuple[AntiPattern, ...]


@dataclass(frozen=True, slots=True)
class MeasurementTools(SectionContent):
    """Where numbers come from; `metrics_link` leads to the metrics, "" where there are none."""

    template: ClassVar[str] = "cycle_document/measurement_tools.md.j2"
    metrics_link: Markdown
    tools: tuple[tuple[Tool, Markdown], ...]


@dataclass(frozen=True, slots=True)
class RelatedArtifacts(SectionContent):
    """Documents that belong to the OKRs: (title, relation, location)."""

    template: ClassVar[str] = "cycle_document/related_artifacts.md.j2"
    rows: tuple[tuple[str, str, Markdown], ...]


@dataclass(frozen=True, slots=True)
class ChangeHistory(SectionContent):
    """What changed: (date, author, change), and notes on what isn't known of it."""

    template: ClassVar[str] = "cycle_document/change_history.md.j2"
    rows: tuple[tuple[str, str, Markdown], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amendments(SectionContent):
    """What changed after the end: (date, what, by whom, reason, both grades)."""

    template: ClassVar[str] = "cycle_document/amendments.md.j2"
    rows: tuple[tuple[str, Markdown, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class DocumentReviews(SectionContent):
    """Who read the document: (date, name, comment)."""

    template: ClassVar[str] = "cycle_document/document_reviews.md.j2"
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Approvals(SectionContent):
    """Who approved: (role, name, signature, date), and what changed since: (approval, changes)."""

    template: ClassVar[str] = "cycle_document/approvals.md.j2"
    rows: tuple[tuple[str, ...], ...]
    changed_since: tuple[tuple[str, tuple[Markdown, ...]], ...]
