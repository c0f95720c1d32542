"""Makes the pages of teams over all cycles: the index, and one for each team.

A team's page in one cycle is `cycle_page`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from okrdocs import words
from okrdocs.grading.results import Scores
from okrdocs.insights.trends import aim_grades
from okrdocs.markup.escape import Markdown
from okrdocs.pages.cycle.status import cycles_newest_first, phases_by_cycle
from okrdocs.pages.page import GeneratedPage, overview_page
from okrdocs.pages.parts.mean_cells import mean_cell
from okrdocs.pages.people.links import has_team_pages, person_links, team_link
from okrdocs.pages.team.history_page import TeamInCycle, team_history_view
from okrdocs.pages.urls import TEAMS, link_to, team_history_page, team_page

SHOWN_ON_INDEX = 4
"""Cycles on a team's card; its page has all of them."""


class TeamCard(NamedTuple):
    """A team on the index; the last line of `cycles` leads on where there are more of them."""

    name: Markdown
    parent: Markdown
    lead: Markdown
    about: str
    cycles: tuple[tuple[Markdown, Markdown], ...]


def team_pages(scores: Scores) -> Iterator[GeneratedPage]:
    """Yield the index and each team's page, for teams of `okr.yml` without OKRs too."""
    cycles_by_team = _cycles_by_team(scores)
    cards = [_team_card(team, cycles_by_team[team], scores) for team in scores.workspace.teams]
    yield overview_page(TEAMS, "teams.md.j2", words.TEAMS, (), scores, {"teams": cards})
    if has_team_pages(scores):
        phases, aims = phases_by_cycle(scores), aim_grades(scores.workspace.policy)
        for team in scores.workspace.teams:
            here = team_history_page(team)
            crumbs = (link_to(here, TEAMS, words.TEAMS),)
            view = team_history_view(team, cycles_by_team[team], phases, aims, scores)
            name = scores.workspace.teams[team].name
            yield overview_page(here, "team_history.md.j2", name, crumbs, scores, view)


def _cycles_by_team(scores: Scores) -> dict[str, list[TeamInCycle]]:
    """Return each team's cycles, newest first."""
    cycles_by_team: dict[str, list[TeamInCycle]] = {team: [] for team in scores.workspace.teams}
    for cycle in cycles_newest_first(scores):
        for team in cycle.teams:
            cycles_by_team.setdefault(team.entry.id, []).append((cycle, team))
    return cycles_by_team


def _team_card(team_id: str, team_cycles: Sequence[TeamInCycle], scores: Scores) -> TeamCard:
    team = scores.workspace.teams[team_id]
    there = team_history_page(team_id) if has_team_pages(scores) else ""
    rest = len(team_cycles) - SHOWN_ON_INDEX if there else 0
    cycles = [
        (link_to(TEAMS, team_page(c.cycle.id, team_id), c.cycle.title), mean_cell(t))
        for c, t in (team_cycles[:SHOWN_ON_INDEX] if there else team_cycles)
    ]
    if rest > 0:
        cycles.append((link_to(TEAMS, there, f"{rest} more"), Markdown("")))
    return TeamCard(
        team_link(TEAMS, team_id, scores),
        team_link(TEAMS, team.parent, scores),
        person_links(TEAMS, team.lead, scores),
        team.about or "",
        tuple(cycles),
    )
