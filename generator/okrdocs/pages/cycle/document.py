"""A cycle as a document: control table, summary, OKRs, cascade, reviews, grading, approvals.

The same view makes the quarter document (the company in full, a row for each other team) and
the whole document (every team in full on one printable page).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from okrdocs.grading.results import CycleScore, Scores
from okrdocs.history.events import History
from okrdocs.markup.escape import Markdown
from okrdocs.pages.changes import NO_HISTORY, change_rows, since_approvals
from okrdocs.pages.cycle.large_diagrams import Apart, set_apart
from okrdocs.pages.cycle.retrospective import retrospective_view, review_view
from okrdocs.pages.cycle.sections import (
    aims,
    amendment_rows,
    approval_rows,
    band_counts,
    control_rows,
    document_review_rows,
    final_grades,
    grading_scale,
    related_rows,
    tool_link,
)
from okrdocs.pages.graph.cascade import cascade_view
from okrdocs.pages.graph.dependencies import dependencies_view
from okrdocs.pages.now import team_rows
from okrdocs.pages.page import Page
from okrdocs.pages.parts.cells import bullets, day, grade_fact, grade_text
from okrdocs.pages.parts.check_in_log import LogRow, ObjectiveLog
from okrdocs.pages.parts.status_counts import tally
from okrdocs.pages.parts.tables import dependency_rows
from okrdocs.pages.team.cycle_page import TeamView
from okrdocs.pages.urls import (
    CYCLES,
    METRICS,
    NOW,
    cycle_page,
    link_to,
    team_page,
    whole_page,
)
from okrdocs.workspace.workspace import Cycle

_SAYS_OKR = re.compile(r"\bOKRs?\b|\bkey results\b", re.IGNORECASE)
Entry = tuple[str, str, tuple[tuple[str, str], ...]]


def quarter_pages(
    score: CycleScore,
    views: Mapping[str, TeamView],
    scores: Scores,
    rank: float,
    history: History = NO_HISTORY,
) -> tuple[Page, ...]:
    """The quarter document and the whole document of one cycle, from the views of its teams.

    Behind them what a large cycle's document has no room for (`apart`).
    """
    cycle, here = score.cycle, f"{score.cycle.id}/"
    cascade, needs = cascade_view(cycle, scores, here), dependencies_view(cycle, scores, here)
    apart = set_apart(cycle, cascade, needs, scores, rank)
    common = _common(score, scores, history)
    everything = Apart(cascade, (), needs, Markdown(""), ())
    return (
        _document(score, views, {**common, **_pictures(apart)}, scores, rank, whole=False),
        _document(score, views, {**common, **_pictures(everything)}, scores, rank / 2, whole=True),
        *apart.pages,
    )


def document_title(cycle: Cycle) -> str:
    """The title of a cycle's document; where the cycle's own says OKR already, that."""
    return cycle.title if _SAYS_OKR.search(cycle.title) else f"OKRs {cycle.title}"


def _pictures(shown: Apart) -> dict[str, object]:
    return {
        "cascade": shown.cascade,
        "branches": shown.branches,
        "needs": shown.needs,
        "needs_of_teams": shown.teams,
    }


def _document(
    score: CycleScore,
    views: Mapping[str, TeamView],
    common: Mapping[str, object],
    scores: Scores,
    rank: float,
    *,
    whole: bool,
) -> Page:
    cycle, company = score.cycle, scores.workspace.company
    here = whole_page(cycle.id) if whole else cycle_page(cycle.id)
    crumbs = [link_to(here, NOW, "Now"), link_to(here, CYCLES, "Cycles")]
    title = document_title(cycle)
    if whole:
        crumbs.append(link_to(here, cycle_page(cycle.id), cycle.title))
    shown = [team for team in score.teams if whole or team.entry.id == company]
    teams = [views[team.entry.id] for team in shown]
    own = {
        "whole": whole,
        "other_page": _other_page(cycle.id, here, whole=whole),
        "teams": teams,
        "digest": [
            (f"{team.entry.team.name}: {log.title}", latest)
            for team in shown
            for log in views[team.entry.id].logs
            if (latest := _latest(log))
        ],
    }
    view = {**common, **own}
    return Page(
        path=here,
        template="quarter.md.j2",
        title=f"{title}: all teams" if whole else title,
        crumbs=(*crumbs, Markdown("")),
        as_of=day(scores.as_of),
        source=f"{cycle.path}/cycle.yml" if cycle.document else "",
        rank=rank,
        view={**view, "contents": _contents(view, teams) if whole else ()},
    )


# The sections behind the teams' in their order: the title, and what of the view fills each one.
_SECTIONS = (
    ("All teams", ("team_rows",)),
    ("Cascade", ("cascade",)),
    ("Dependencies", ("dependencies",)),
    ("Check-ins", ("cadence", "digest")),
    ("Mid-cycle review", ("review",)),
    ("Grading", ("grades", "grading_steps")),
    ("Retrospective", ("retrospective",)),
    ("Practices", ("practices", "anti_patterns")),
    ("Tools and measurement", ("tools",)),
    ("Related artifacts", ("related",)),
    ("Change history", ("changes",)),
    ("Amendments", ("amendments",)),
    ("Document reviews", ("document_reviews",)),
    ("Approvals", ("approvals",)),
)


def _cover(control: Mapping[str, Markdown]) -> list[Markdown]:
    """What stands under the title: whose document it is, how far it got, which version."""
    version = control.get("Version")
    known = (control.get("Organisation"), control.get("Status"), version and f"Version {version}")
    return [Markdown(fact) for fact in known if fact]


def _contents(view: Mapping[str, object], teams: Iterable[TeamView]) -> list[Entry]:
    """The table of contents: (title, anchor, the same of its objectives)."""
    first = ("Executive summary", "Principles and grading scale")
    filled = (title for title, keys in _SECTIONS if any(view[key] for key in keys))
    return [
        *((title, _slug(title), ()) for title in first),
        *((f"{team.name} OKRs", f"team_{team.anchor}", _objectives(team)) for team in teams),
        *((title, _slug(title), ()) for title in filled),
    ]


def _slug(title: str) -> str:
    """The anchor that MkDocs and code hosts give a heading of plain words."""
    return title.lower().replace(" ", "-")


def _objectives(team: TeamView) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"Objective {o.number}: {o.title}", f"{team.anchor}--{o.anchor}") for o in team.objectives
    )


def _other_page(cycle: str, here: str, *, whole: bool) -> Markdown:
    if whole:
        return link_to(here, cycle_page(cycle), "The short document")
    return link_to(here, whole_page(cycle), "The whole document on one page")


def _latest(log: ObjectiveLog) -> tuple[LogRow, ...]:
    """The newest check-in of each key result, in the order of the key results."""
    newest: dict[int, LogRow] = {}
    for entry in log.entries:
        newest.setdefault(entry.number, entry)
    return tuple(newest[number] for number in sorted(newest))


def _common(score: CycleScore, scores: Scores, history: History) -> dict[str, object]:
    """What both documents show alike; its links hold on every page of the cycle's folder."""
    cycle, workspace = score.cycle, scores.workspace
    document, organization = cycle.document, workspace.organization
    here = f"{cycle.id}/"
    # A retrospective is written at the end: seen as of an earlier day, it doesn't exist yet.
    retrospective = document.retrospective if document else None
    early = cycle.status is not cycle.status_on(scores.as_of)
    control = control_rows(cycle, scores, history)
    return {
        "control": control,
        "cover": _cover(dict(control)),
        "facts": (
            ("Grade", grade_fact(score)),
            ("Company's grade", Markdown(f"**{grade_text(score.company)}**")),
        ),
        "final": score.final,
        "steps": bullets(score.trace),
        "tally": tally(score.key_results()),
        "summary": (document and document.summary) or "",
        "purpose": (document and document.purpose) or "",
        "strategic_value": (document and document.strategic_value) or "",
        "principles": (document and document.principles) or organization.principles,
        "scale": grading_scale(cycle, workspace),
        "aims": aims(workspace),
        "practices": (document and document.practices) or organization.practices,
        "anti_patterns": (document and document.anti_patterns) or organization.anti_patterns,
        "team_rows": [
            (link_to(here, team_page(cycle.id, row.id), row.name), row) for row in team_rows(score)
        ],
        "dependencies": [
            row for o in cycle.objectives() for row in dependency_rows(o, scores, here)
        ],
        "cadence": organization.cadence,
        "grading_steps": organization.cadence.grading_steps if organization.cadence else (),
        "review": None if cycle.period is None else review_view(score, scores, here),
        "bands": band_counts(score),
        "grades": final_grades(score, scores, here) if score.final else (),
        "retrospective": retrospective_view(
            None if early else retrospective, () if early else cycle.roll_over, scores, here
        ),
        "tools": [(tool, tool_link(tool.name, tool.link)) for tool in organization.tools],
        "metrics": METRICS if scores.metrics else "",
        "related": related_rows(document, organization),
        "changes": change_rows(cycle, scores, history, here),
        "document_reviews": document_review_rows(document, scores),
        "amendments": amendment_rows(cycle, scores, here, history),
        "approvals": approval_rows(cycle, scores),
        "since_approvals": since_approvals(cycle, scores, history, here),
        "contact": organization.contact or "",
    }
