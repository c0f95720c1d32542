"""Makes a team's page in one cycle: its objectives in full, shared key results, check-ins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okrdocs import words
from okrdocs.grading.results import CycleScore, KeyResultScore, Scores, TeamScore
from okrdocs.history.events import History
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.pages.changes import NO_HISTORY
from okrdocs.pages.cycle.retrospective import RetrospectiveView, retrospective_view
from okrdocs.pages.page import GeneratedPage
from okrdocs.pages.parts.cells import (
    bullet_list,
    iso_day_text,
    join_names,
    owner_sign_note,
)
from okrdocs.pages.parts.check_in_log import ObjectiveLog, check_in_log_of_objective
from okrdocs.pages.parts.mean_cells import grade_with_notes
from okrdocs.pages.parts.shared_key_results import shared_key_result_rows
from okrdocs.pages.parts.status_counts import status_counts
from okrdocs.pages.parts.tables import (
    KeyResultRow,
    ObjectiveView,
    objective_view,
)
from okrdocs.pages.urls import (
    CYCLES,
    NOW,
    cycle_page,
    link_to,
    relative_url,
    repository_link,
    team_feed,
    team_page,
)


@dataclass(frozen=True, slots=True)
class TeamView:
    """What pages show of one team; its links hold on every page of the cycle's folder."""

    name: str
    anchor: str
    about: str
    summary: str
    facts: tuple[tuple[str, Markdown], ...]
    status_counts: Markdown
    grade_steps: Markdown
    objectives: tuple[ObjectiveView, ...]
    as_of: str
    shared: tuple[KeyResultRow, ...]
    logs: tuple[ObjectiveLog, ...]
    retrospective: RetrospectiveView | None
    links: tuple[Markdown, ...]


def team_view(
    score: TeamScore, cycle: CycleScore, scores: Scores, history: History = NO_HISTORY
) -> TeamView:
    """Make the view of one team in one cycle."""
    entry, workspace = score.entry, scores.workspace
    here = f"{cycle.cycle.id}/"
    lead = join_names(workspace, entry.team.lead)
    logs = (check_in_log_of_objective(o, scores, here) for o in score.objectives)
    early = cycle.cycle.status is not cycle.cycle.status_on(scores.as_of)
    return TeamView(
        name=entry.team.name,
        anchor=entry.id,
        about=entry.team.about or "",
        summary=entry.document.summary or "",
        facts=(
            (words.GRADE, grade_with_notes(score)),
            *(((words.LEAD, escape_inline(lead)),) if lead else ()),
        ),
        status_counts=status_counts(score.key_results()),
        grade_steps=bullet_list(score.trace),
        objectives=tuple(objective_view(o, scores, here, history) for o in score.objectives),
        as_of=iso_day_text(scores.as_of),
        shared=shared_key_result_rows(entry.id, cycle.cycle.id, scores, here),
        logs=tuple(log for log in logs if log.entries),
        retrospective=retrospective_view(
            None if early else entry.document.retrospective, entry.roll_over, scores, here
        ),
        links=tuple(
            repository_link(link.title or link.url, link.url) for link in entry.document.links
        ),
    )


def team_links_by_id(score: CycleScore) -> Mapping[str, Markdown]:
    """Link to each team's page, by team id; the links work on every page of the cycle's folder."""
    here = f"{score.cycle.id}/"
    return {
        team.entry.id: link_to(here, team_page(score.cycle.id, team.entry.id), team.entry.team.name)
        for team in score.teams
    }


def team_cycle_page(
    score: TeamScore,
    view: TeamView,
    links: Mapping[str, Markdown],
    cycle: CycleScore,
    scores: Scores,
    rank: float,
) -> GeneratedPage:
    """Make the page of one team in one cycle; `links` lead to all teams of the cycle."""
    here = team_page(cycle.cycle.id, score.entry.id)
    crumbs = (
        link_to(here, NOW, words.NOW),
        link_to(here, CYCLES, words.CYCLES),
        link_to(here, cycle_page(cycle.cycle.id), cycle.cycle.title),
        Markdown(""),
    )
    return GeneratedPage(
        path=here,
        template="team_cycle.md.j2",
        title=f"{score.entry.team.name} – {cycle.cycle.title}",
        crumbs=crumbs,
        as_of=iso_day_text(scores.as_of),
        source=score.entry.path,
        rank=rank,
        view={
            "team": view,
            "siblings": tuple(link for team, link in links.items() if team != score.entry.id),
            "status": cycle.cycle.status_on(scores.as_of).value,
            "cycle": cycle.cycle.title,
            "sign_note": owner_sign_note(_key_results_on_page(score, cycle, scores)),
            "feed": Markdown(relative_url(here, team_feed(score.entry.id))),
        },
    )


def _key_results_on_page(
    score: TeamScore, cycle: CycleScore, scores: Scores
) -> list[KeyResultScore]:
    """Return the key results whose status the page shows: the team's and those shared with it."""
    shared = scores.workspace.shared_key_results.get((cycle.cycle.id, score.entry.id), ())
    return [*score.key_results(), *(scores.key_results[entry.ref] for entry in shared)]
