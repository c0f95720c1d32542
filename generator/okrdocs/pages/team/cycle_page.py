"""A team's page in one cycle: its objectives in full, what is shared with it, its check-ins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okrdocs import words
from okrdocs.grading.results import CycleScore, KeyResultScore, Scores, TeamScore
from okrdocs.history.events import History
from okrdocs.markup.escape import Markdown, inline
from okrdocs.pages.changes import NO_HISTORY
from okrdocs.pages.cycle.retrospective import RetrospectiveView, retrospective_view
from okrdocs.pages.page import Page
from okrdocs.pages.parts.cells import bullets, day, grade_fact, names, sign_note
from okrdocs.pages.parts.check_in_log import ObjectiveLog, log_of
from okrdocs.pages.parts.status_counts import tally
from okrdocs.pages.parts.tables import KeyResultRow, ObjectiveView, objective_view, shared_rows
from okrdocs.pages.urls import (
    CYCLES,
    NOW,
    cycle_page,
    link_to,
    relative,
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
    tally: Markdown
    steps: Markdown
    objectives: tuple[ObjectiveView, ...]
    as_of: str
    shared: tuple[KeyResultRow, ...]
    logs: tuple[ObjectiveLog, ...]
    retrospective: RetrospectiveView | None
    links: tuple[Markdown, ...]


def team_view(
    score: TeamScore, cycle: CycleScore, scores: Scores, history: History = NO_HISTORY
) -> TeamView:
    """The view of one team in one cycle."""
    entry, workspace = score.entry, scores.workspace
    here = f"{cycle.cycle.id}/"
    lead = names(workspace, entry.team.lead)
    logs = (log_of(o, scores, here) for o in score.objectives)
    early = cycle.cycle.status is not cycle.cycle.status_on(scores.as_of)
    return TeamView(
        name=entry.team.name,
        anchor=entry.id,
        about=entry.team.about or "",
        summary=entry.document.summary or "",
        facts=((words.GRADE, grade_fact(score)), *(((words.LEAD, inline(lead)),) if lead else ())),
        tally=tally(score.key_results()),
        steps=bullets(score.trace),
        objectives=tuple(objective_view(o, scores, here, history) for o in score.objectives),
        as_of=day(scores.as_of),
        shared=shared_rows(entry.id, cycle.cycle.id, scores, here),
        logs=tuple(log for log in logs if log.entries),
        retrospective=retrospective_view(
            None if early else entry.document.retrospective, entry.roll_over, scores, here
        ),
        links=tuple(
            repository_link(each.title or each.url, each.url) for each in entry.document.links
        ),
    )


def team_links(score: CycleScore) -> Mapping[str, Markdown]:
    """A link to each team's page, which holds on every page of the cycle's folder."""
    here = f"{score.cycle.id}/"
    return {
        team.entry.id: link_to(here, team_page(score.cycle.id, team.entry.id), team.entry.team.name)
        for team in score.teams
    }


def team_document(
    score: TeamScore,
    view: TeamView,
    links: Mapping[str, Markdown],
    cycle: CycleScore,
    scores: Scores,
    rank: float,
) -> Page:
    """The page of one team in one cycle; `links` lead to all teams of the cycle."""
    here = team_page(cycle.cycle.id, score.entry.id)
    crumbs = (
        link_to(here, NOW, words.NOW),
        link_to(here, CYCLES, words.CYCLES),
        link_to(here, cycle_page(cycle.cycle.id), cycle.cycle.title),
        Markdown(""),
    )
    return Page(
        path=here,
        template="team.md.j2",
        title=f"{score.entry.team.name} – {cycle.cycle.title}",
        crumbs=crumbs,
        as_of=day(scores.as_of),
        source=score.entry.path,
        rank=rank,
        view={
            "team": view,
            "siblings": tuple(link for team, link in links.items() if team != score.entry.id),
            "status": cycle.cycle.status_on(scores.as_of).value,
            "cycle": cycle.cycle.title,
            "sign_note": sign_note(_shown(score, cycle, scores)),
            "feed": Markdown(relative(here, team_feed(score.entry.id))),
        },
    )


def _shown(score: TeamScore, cycle: CycleScore, scores: Scores) -> list[KeyResultScore]:
    """The key results whose status the page shows: the team's own and those shared with it."""
    shared = scores.workspace.shared.get((cycle.cycle.id, score.entry.id), ())
    return [*score.key_results(), *(scores.key_results[entry.ref] for entry in shared)]
