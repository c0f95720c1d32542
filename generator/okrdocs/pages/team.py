"""A team's page in one cycle: its objectives in full, what is shared with it, its check-ins."""

from __future__ import annotations

from okrdocs.escape import Markdown, link
from okrdocs.pages.addresses import CYCLES, NOW, cycle_page, link_to, team_page
from okrdocs.pages.cells import day, grade_text
from okrdocs.pages.check_ins import log_of
from okrdocs.pages.page import Page
from okrdocs.pages.retrospective import retrospective_view
from okrdocs.pages.tables import objective_view, shared_rows
from okrdocs.scores import CycleScore, Scores, TeamScore


def team_view(score: TeamScore, cycle: CycleScore, scores: Scores, here: str) -> dict[str, object]:
    """What a page shows of one team."""
    entry, workspace = score.entry, scores.workspace
    objectives = tuple(objective_view(o, scores, here) for o in score.objectives)
    logs = tuple(log_of(o, scores, here) for o in score.objectives)
    return {
        "name": entry.team.name,
        "anchor": entry.id,
        "lead": ", ".join(workspace.name_of(lead) for lead in entry.team.lead),
        "about": entry.team.about or "",
        "summary": entry.document.summary or "",
        "grade": grade_text(score.grade),
        "reported": f"{score.reported} of {score.of} key results reported" if score.of else "",
        "with_dropped": grade_text(score.with_dropped) if score.with_dropped is not None else "",
        "words": tuple((word, count) for word, count in sorted(score.words.items())),
        "explain": score.trace,
        "objectives": objectives,
        "as_of": day(scores.as_of),
        "shared": shared_rows(entry.id, cycle.cycle.id, scores, here),
        "logs": tuple(log for log in logs if log.entries),
        "retrospective": retrospective_view(entry.document.retrospective, (), scores, here),
        "links": tuple(link(each.title or each.url, each.url) for each in entry.document.links),
    }


def team_document(score: TeamScore, cycle: CycleScore, scores: Scores, rank: float) -> Page:
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
            "team": team_view(score, cycle, scores, here),
            "siblings": tuple(
                link_to(here, team_page(cycle.cycle.id, other.entry.id), other.entry.team.name)
                for other in cycle.teams
                if other.entry.id != score.entry.id
            ),
            "status": cycle.cycle.status_on(scores.as_of).value,
            "cycle": cycle.cycle.title,
        },
    )
