"""Makes a cycle's two documents: the short one, and the one with all teams in full.

The short document shows the company's objectives in full and a row for each other team; the whole
document, made for paper, begins with a cover and a table of contents. `document_sections` says
what stands in both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from okrdocs import words
from okrdocs.grading.results import CycleScore, Scores
from okrdocs.history.events import History
from okrdocs.markup.escape import Markdown
from okrdocs.pages.changes import NO_HISTORY
from okrdocs.pages.cycle.document_sections import document_sections
from okrdocs.pages.cycle.document_tables import document_control_rows
from okrdocs.pages.cycle.large_diagrams import DocumentDiagrams, split_large_diagrams
from okrdocs.pages.cycle.section_types import DocumentSection
from okrdocs.pages.cycle.shared_sections import shared_sections
from okrdocs.pages.graph.cascade import cascade_view
from okrdocs.pages.graph.dependencies import dependencies_view
from okrdocs.pages.page import GeneratedPage
from okrdocs.pages.parts.cells import iso_day_text
from okrdocs.pages.team.cycle_page import TeamView
from okrdocs.pages.urls import CYCLES, NOW, cycle_page, link_to, whole_document_page
from okrdocs.workspace.workspace import Cycle

_SAYS_OKR = re.compile(r"\bOKRs?\b|\bkey results\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CycleDocumentView:
    """What a cycle's document shows: rows of the control table, then its sections.

    `whole`: it has all teams, a cover and contents. `cover` is the line on the cover,
    `other_page` the link to the other of the two documents, `contact` whom to ask, or "".
    """

    whole: bool
    cover: tuple[Markdown, ...]
    control: tuple[tuple[str, Markdown], ...]
    other_page: Markdown
    sections: tuple[DocumentSection, ...]
    contact: str


def cycle_documents(
    score: CycleScore,
    views: Mapping[str, TeamView],
    scores: Scores,
    rank: float,
    history: History = NO_HISTORY,
) -> tuple[GeneratedPage, ...]:
    """Make a cycle's short and whole document, from the views of its teams by id.

    Behind them come pages for the diagrams that the short document of a large cycle has no room
    for (`large_diagrams`).
    """
    cycle, here = score.cycle, f"{score.cycle.id}/"
    company = scores.workspace.company
    cascade, needs = cascade_view(cycle, scores, here), dependencies_view(cycle, scores, here)
    small = split_large_diagrams(cycle, cascade, needs, scores, rank)
    full = DocumentDiagrams(cascade, (), needs, Markdown(""), ())
    shared = shared_sections(score, scores, history)
    every = [views[team.entry.id] for team in score.teams]
    own = [view for view in every if company is None or view.anchor == company]
    control = tuple(document_control_rows(cycle, scores, history))
    return (
        _document_page(document_sections(shared, own, small), control, cycle, scores, rank),
        _document_page(
            document_sections(shared, every, full), control, cycle, scores, rank / 2, whole=True
        ),
        *small.pages,
    )


def document_title(cycle: Cycle) -> str:
    """Return the title of a cycle's document, with "OKRs" unless the cycle's title says it."""
    return cycle.title if _SAYS_OKR.search(cycle.title) else f"OKRs {cycle.title}"


def _document_page(
    sections: tuple[DocumentSection, ...],
    control: tuple[tuple[str, Markdown], ...],
    cycle: Cycle,
    scores: Scores,
    rank: float,
    *,
    whole: bool = False,
) -> GeneratedPage:
    here = whole_document_page(cycle.id) if whole else cycle_page(cycle.id)
    crumbs = [link_to(here, NOW, words.NOW), link_to(here, CYCLES, words.CYCLES)]
    title = document_title(cycle)
    if whole:
        crumbs.append(link_to(here, cycle_page(cycle.id), cycle.title))
    document = CycleDocumentView(
        whole=whole,
        cover=_cover_facts(dict(control)),
        control=control,
        other_page=_other_document_link(cycle.id, here, whole=whole),
        sections=sections,
        contact=scores.workspace.organization.contact or "",
    )
    return GeneratedPage(
        path=here,
        template="cycle_document.md.j2",
        title=f"{title}: {words.ALL_TEAMS.lower()}" if whole else title,
        crumbs=(*crumbs, Markdown("")),
        as_of=iso_day_text(scores.as_of),
        source=f"{cycle.path}/cycle.yml" if cycle.document else "",
        rank=rank,
        view={"document": document},
    )


def _cover_facts(control: Mapping[str, Markdown]) -> tuple[Markdown, ...]:
    """Return the facts under the title on the cover: organisation, status, version."""
    version = control.get(words.VERSION)
    facts = (
        control.get(words.ORGANISATION),
        control.get(words.STATUS),
        version and f"{words.VERSION} {version}",
    )
    return tuple(Markdown(fact) for fact in facts if fact)


def _other_document_link(cycle: str, here: str, *, whole: bool) -> Markdown:
    if whole:
        return link_to(here, cycle_page(cycle), words.THE_SHORT_DOCUMENT)
    return link_to(here, whole_document_page(cycle), words.THE_WHOLE_DOCUMENT)
