"""Teams over all cycles: the index, and a page for each team. What it does in one is `team`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from okrdocs import words
from okrdocs.grading.results import Scores
from okrdocs.insights.trends import aims_of
from okrdocs.markup.escape import Markdown
from okrdocs.pages.cycle.status import newest_first, standings
from okrdocs.pages.page import Page, leading_page
from okrdocs.pages.parts.cells import grade_text
from okrdocs.pages.people.links import has_team_pages, person_links, team_link
from okrdocs.pages.team.history_page import Played, team_in_all_cycles
from okrdocs.pages.urls import TEAMS, link_to, team_home, team_page

SHOWN_ON_INDEX = 4
"""Cycles on a team's card; its page has all of them."""


class TeamCard(NamedTuple):
    """A team on the index; the last line of `cycles` leads on where there are more of them."""

    name: Markdown
    parent: Markdown
    lead: Markdown
    about: str
    cycles: tuple[tuple[Markdown, str], ...]


def teams_pages(scores: Scores) -> Iterator[Page]:
    """The index and each team's page, for teams of `okr.yml` without OKRs too."""
    played = _played(scores)
    cards = [_card(team, played[team], scores) for team in scores.workspace.teams]
    yield leading_page(TEAMS, "teams.md.j2", words.TEAMS, (), scores, {"teams": cards})
    if has_team_pages(scores):
        known, aims = standings(scores), aims_of(scores.workspace.policy)
        for team in scores.workspace.teams:
            here = team_home(team)
            crumbs = (link_to(here, TEAMS, words.TEAMS),)
            view = team_in_all_cycles(team, played[team], known, aims, scores)
            name = scores.workspace.teams[team].name
            yield leading_page(here, "team_over_time.md.j2", name, crumbs, scores, view)


def _played(scores: Scores) -> dict[str, list[Played]]:
    """Each team's cycles, newest first."""
    found: dict[str, list[Played]] = {team: [] for team in scores.workspace.teams}
    for cycle in newest_first(scores):
        for team in cycle.teams:
            found.setdefault(team.entry.id, []).append((cycle, team))
    return found


def _card(team_id: str, played: Sequence[Played], scores: Scores) -> TeamCard:
    team = scores.workspace.teams[team_id]
    there = team_home(team_id) if has_team_pages(scores) else ""
    rest = len(played) - SHOWN_ON_INDEX if there else 0
    cycles = [
        (link_to(TEAMS, team_page(c.cycle.id, team_id), c.cycle.title), grade_text(t.grade))
        for c, t in (played[:SHOWN_ON_INDEX] if there else played)
    ]
    if rest > 0:
        cycles.append((link_to(TEAMS, there, f"{rest} more"), ""))
    return TeamCard(
        team_link(TEAMS, team_id, scores),
        team_link(TEAMS, team.parent, scores),
        person_links(TEAMS, team.lead, scores),
        team.about or "",
        tuple(cycles),
    )
