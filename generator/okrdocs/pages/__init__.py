"""Decides which pages there are and what each shows; `render` makes their text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from okrdocs.grading.results import CycleScore, Scores
from okrdocs.history.events import History
from okrdocs.pages.changes import NO_HISTORY, changes_page
from okrdocs.pages.cycle.archive import archive_page
from okrdocs.pages.cycle.document import cycle_documents
from okrdocs.pages.cycle.status import CyclePhase, closed_cycle_banner, phases_by_cycle
from okrdocs.pages.how_to_read import how_to_read_page
from okrdocs.pages.key_result_table import key_result_table_pages
from okrdocs.pages.metrics.page import metrics_page
from okrdocs.pages.now import now_page
from okrdocs.pages.page import GeneratedPage
from okrdocs.pages.parts.draft_marks import add_draft_marks
from okrdocs.pages.people.pages import people_pages
from okrdocs.pages.team.cycle_page import team_cycle_page, team_links_by_id, team_view
from okrdocs.pages.team.former_pages import former_team_pages
from okrdocs.pages.team.index import team_pages

__all__ = ["GeneratedPage", "all_pages"]

CURRENT_RANK, OPEN_RANK, OLDER_RANK = 1.0, 0.8, 0.5


def all_pages(scores: Scores, history: History = NO_HISTORY) -> Iterator[GeneratedPage]:
    """Yield every page of the generated folder, those of a cycle when their turn comes.

    In search the current cycle comes first, then others that are open, then all else.
    """
    phases = phases_by_cycle(scores)
    pages = chain(
        _overview_pages(scores, history),
        *(_cycle_pages(score, scores, history, phases[score.cycle.id]) for score in scores.cycles),
    )
    return add_draft_marks(pages, scores)


def _overview_pages(scores: Scores, history: History) -> Iterator[GeneratedPage]:
    yield now_page(scores, history)
    yield archive_page(scores)
    yield from people_pages(scores)
    yield from team_pages(scores)
    yield from former_team_pages(scores)
    for page in (changes_page(scores, history), metrics_page(scores, history)):
        if page is not None:
            yield page
    yield from key_result_table_pages(scores)
    yield how_to_read_page(scores)


def _cycle_pages(
    score: CycleScore, scores: Scores, history: History, phase: CyclePhase
) -> Iterator[GeneratedPage]:
    current = scores.workspace.current_cycle(scores.as_of)
    rank = OPEN_RANK if phase is CyclePhase.OPEN else OLDER_RANK
    rank = CURRENT_RANK if score.cycle is current else rank
    views = {team.entry.id: team_view(team, score, scores, history) for team in score.teams}
    links = team_links_by_id(score)
    documents = cycle_documents(score, views, scores, rank, history)
    pages = (
        *documents,
        *(
            team_cycle_page(team, views[team.entry.id], links, score, scores, rank)
            for team in score.teams
        ),
    )
    teams = (*("" for _ in documents), *(team.entry.id for team in score.teams))
    for page, team in zip(pages, teams, strict=True):
        banner = closed_cycle_banner(score.cycle, current, scores.as_of, page.path, team)
        yield replace(page, banner=banner) if banner else page
