"""A team's page in one cycle: its objectives in full, what is shared with it, its check-ins."""

from __future__ import annotations

from collections.abc import Mapping

from okrdocs.escape import Markdown, inline
from okrdocs.pages.addresses import (
    CYCLES,
    NOW,
    cycle_page,
    link_to,
    repository_link,
    team_page,
)
from okrdocs.pages.cells import day, grade_fact, names
from okrdocs.pages.check_ins import log_of
from okrdocs.pages.page import Page
from okrdocs.pages.retrospective import retrospective_view
from okrdocs.pages.tables import objective_view, shared_rows
from okrdocs.pages.tally import tally
from okrdocs.scores import CycleScore, Scores, TeamScore

TeamView = Mapping[str, object]


def team_view(score: TeamScore, cycle: CycleScore, scores: Scores) -> TeamView:
    """What pages show of one team: its links hold on every page of the cycle's folder."""
    entry, workspace = score.entry, scores.workspace
    here = f"{cycle.cycle.id}/"
    objectives = tuple(objective_view(o, scores, here) for o in score.objectives)
    lead = names(workspace, entry.team.lead)
    logs = tuple(log_of(o, scores, here) for o in score.objectives)
    return {
        "name": entry.team.name,
        "anchor": entry.id,
        "about": entry.team.about or "",
        "summary": entry.document.summary or "",
        "facts": (
            ("Grade", grade_fact(score)),
            *((("Lead", inline(lead)),) if lead else ()),
        ),
        "tally": tally(kr for o in score.objectives for kr in o.key_results),
        "explain": score.trace,
        "objectives": objectives,
        "as_of": day(scores.as_of),
        "shared": shared_rows(entry.id, cycle.cycle.id, scores, here),
        "logs": tuple(log for log in logs if log.entries),
        "retrospective": retrospective_view(entry.document.retrospective, (), scores, here),
        "links": tuple(
            repository_link(each.title or each.url, each.url) for each in entry.document.links
        ),
    }


def team_document(
    score: TeamScore, view: TeamView, cycle: CycleScore, scores: Scores, rank: float
) -> Page:
    """The page of one team in one cycle."""
    here = team_page(cycle.cycle.id, score.entry.id)
    crumbs = (
        link_to(here, NOW, "Now"),
        link_to(here, CYCLES, "Cycles"),
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
            "siblings": tuple(
                link_to(here, team_page(cycle.cycle.id, other.entry.id), other.entry.team.name)
                for other in cycle.teams
                if other.entry.id != score.entry.id
            ),
            "status": cycle.cycle.status_on(scores.as_of).value,
            "cycle": cycle.cycle.title,
        },
    )
