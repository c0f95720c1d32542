"""Makes a small page at each address that a team's pages had under a former id (`was:`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from okrdocs import words
from okrdocs.grading.results import Scores
from okrdocs.pages.page import GeneratedPage, overview_page
from okrdocs.pages.people.links import has_team_pages
from okrdocs.pages.urls import TEAMS, link_to, team_history_page, team_page

_RANK = 0.1


def former_team_pages(scores: Scores) -> Iterator[GeneratedPage]:
    """Yield a page for each address that nothing else has now; it links on to the present one."""
    cycles = scores.workspace.cycles
    taken = {team_page(cycle.id, team.id) for cycle in cycles for team in cycle.teams}
    taken |= {team_history_page(team) for team in scores.workspace.teams}
    for team_id, team in scores.workspace.teams.items():
        moves = [
            (team_page(score.cycle.id, old), team_page(score.cycle.id, team_id))
            for score in scores.cycles
            if any(other.entry.id == team_id for other in score.teams)
            for old in team.was
        ]
        if has_team_pages(scores):
            moves += [(team_history_page(old), team_history_page(team_id)) for old in team.was]
        for here, there in moves:
            if here not in taken:
                taken.add(here)
                yield _moved_page(here, there, team.name, scores)


def _moved_page(here: str, there: str, name: str, scores: Scores) -> GeneratedPage:
    crumbs = (link_to(here, TEAMS, words.TEAMS),)
    view = {"there": link_to(here, there, name)}
    return replace(overview_page(here, "moved_team.md.j2", name, crumbs, scores, view), rank=_RANK)
