"""What appears on which page, and in which order. Views only; `render` makes the text."""

from __future__ import annotations

from okrdocs.chronicle import History
from okrdocs.pages.changes import NO_HISTORY, changes_page
from okrdocs.pages.indexes import index_pages
from okrdocs.pages.now import now_page
from okrdocs.pages.page import Page
from okrdocs.pages.quarter import quarter_pages
from okrdocs.pages.team import team_document, team_links, team_view
from okrdocs.scores import Scores

__all__ = ["Page", "pages_of"]

CURRENT_RANK, OLDER_RANK = 1.0, 0.5


def pages_of(scores: Scores, history: History = NO_HISTORY) -> tuple[Page, ...]:
    """Every page of the generated folder, sorted by path. Older cycles rank lower in search."""
    current = scores.workspace.current(scores.as_of)
    changes = changes_page(scores, history)
    pages = [now_page(scores, changes=changes is not None), *index_pages(scores)]
    if changes is not None:
        pages.append(changes)
    for score in scores.cycles:
        rank = CURRENT_RANK if current and score.cycle.id == current.id else OLDER_RANK
        views = {team.entry.id: team_view(team, score, scores, history) for team in score.teams}
        pages.extend(quarter_pages(score, views, scores, rank, history))
        links = team_links(score)
        pages.extend(
            team_document(team, views[team.entry.id], links, score, scores, rank)
            for team in score.teams
        )
    return tuple(sorted(pages, key=lambda page: page.path))
