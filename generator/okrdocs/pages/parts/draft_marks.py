"""Marks pages that show drafts: each says that there are some, and which they are.

The public pages have none; `workspace.visibility` took them out before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from okrdocs.grading.results import Scores
from okrdocs.markup.escape import escape_inline
from okrdocs.pages.page import GeneratedPage
from okrdocs.pages.urls import team_page
from okrdocs.workspace.workspace import KeyResultEntry, ObjectiveEntry

DRAFT_SUFFIX = " (draft)"
_DRAFTS_NOTICE = "These pages show drafts, which the public ones leave out."
_CYCLE_NOTICE = "A draft: this whole cycle isn't in the public pages."
_TEAM_NOTICE = "A draft: this team's OKRs aren't in the public pages, and count in no mean."


def add_draft_marks(pages: Iterable[GeneratedPage], scores: Scores) -> Iterator[GeneratedPage]:
    """Yield the pages, each with a notice about drafts where there are any."""
    cycles, teams, others = _drafts_and_their_pages(scores)
    if not (cycles or teams or others):
        yield from pages
        return
    for page in pages:
        folder = page.path.partition("/")[0]
        notice = (
            _CYCLE_NOTICE
            if folder in cycles
            else _TEAM_NOTICE
            if page.path in teams
            else _DRAFTS_NOTICE
        )
        yield replace(page, drafts_notice=escape_inline(notice))


def _drafts_and_their_pages(scores: Scores) -> tuple[set[str], set[str], bool]:
    """Return draft cycles, pages of draft teams, and whether anything else is a draft."""
    cycles = {cycle.id for cycle in scores.workspace.cycles if cycle.draft}
    teams = {
        team_page(cycle.id, team.id)
        for cycle in scores.workspace.cycles
        for team in cycle.teams
        if team.draft
    }
    entries = scores.workspace.objectives.values()
    others = any(e.draft or any(kr.draft for kr in e.key_results) for e in entries)
    return cycles, teams, others


def draft_suffix(entry: ObjectiveEntry | KeyResultEntry, home: ObjectiveEntry) -> str:
    """Return what stands behind the title of a draft; "" for anything else."""
    return DRAFT_SUFFIX if entry.draft or home.draft else ""
