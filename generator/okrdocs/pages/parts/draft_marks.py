"""What a reader sees where drafts are shown: on every page that there are some, and which they are.

The public pages hold none; `publish` took them out long before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from okrdocs.grading.results import Scores
from okrdocs.markup.escape import inline
from okrdocs.pages.page import GeneratedPage
from okrdocs.pages.urls import team_page
from okrdocs.workspace.workspace import KeyResultEntry, ObjectiveEntry

MARK = " (draft)"
_SHOWN = "These pages show drafts, which the public ones leave out."
_CYCLE = "A draft: this whole cycle isn't in the public pages."
_TEAM = "A draft: this team's OKRs aren't in the public pages, and count in no mean."


def marked(pages: Iterable[GeneratedPage], scores: Scores) -> Iterator[GeneratedPage]:
    """The pages, where there are drafts each with a word about them."""
    cycles, teams, others = _drafts(scores)
    if not (cycles or teams or others):
        yield from pages
        return
    for page in pages:
        folder = page.path.partition("/")[0]
        said = _CYCLE if folder in cycles else _TEAM if page.path in teams else _SHOWN
        yield replace(page, unpublished=inline(said))


def _drafts(scores: Scores) -> tuple[set[str], set[str], bool]:
    """The draft cycles, the pages of draft teams, and whether anything else is a draft."""
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


def draft_mark(entry: ObjectiveEntry | KeyResultEntry, home: ObjectiveEntry) -> str:
    """What stands behind a title where links lead to a draft; "" for anything else."""
    return MARK if entry.draft or home.draft else ""
