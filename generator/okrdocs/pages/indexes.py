"""The pages that lead to others: all cycles, all teams, all people. Reached from the nav."""

from __future__ import annotations

from okrdocs.escape import Markdown
from okrdocs.model import CycleStatus
from okrdocs.pages.addresses import (
    CYCLES,
    NOW,
    PEOPLE,
    TEAMS,
    cycle_page,
    link_to,
    page_of,
    repository_link,
    team_page,
    whole_page,
)
from okrdocs.pages.cells import day, grade_text, joined, period_text, sign_and_word
from okrdocs.pages.page import Page
from okrdocs.pages.tables import title_of
from okrdocs.scores import CycleScore, Scores
from okrdocs.workspace import Ref


def index_pages(scores: Scores) -> tuple[Page, ...]:
    """The three indexes."""
    return (
        _page(CYCLES, "cycles.md.j2", "Cycles", scores, {"cycles": _cycles(scores)}),
        _page(TEAMS, "teams.md.j2", "Teams", scores, {"teams": _teams(scores)}),
        _page(PEOPLE, "people.md.j2", "People", scores, _people(scores)),
    )


def _page(path: str, template: str, title: str, scores: Scores, view: dict[str, object]) -> Page:
    crumbs = (link_to(path, NOW, "Now"), Markdown(""))
    source = scores.workspace.organization.at.path
    return Page(path, template, title, crumbs, day(scores.as_of), source, 1, view)


def _newest_first(scores: Scores) -> list[CycleScore]:
    """Dated cycles from new to old, then the undated ones."""
    dated = [score for score in scores.cycles if score.cycle.period]
    return [*reversed(dated), *(score for score in scores.cycles if not score.cycle.period)]


def _cycles(scores: Scores) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for score in _newest_first(scores):
        cycle, period = score.cycle, score.cycle.period
        status = cycle.status_on(scores.as_of)
        rows.append(
            {
                "link": link_to(CYCLES, cycle_page(cycle.id), cycle.title),
                "whole": link_to(CYCLES, whole_page(cycle.id), "one page"),
                "period": period_text(period.start, period.end) if period else "no dates",
                "status": status.value.capitalize(),
                "tone": "good" if status is CycleStatus.ACTIVE else "idle",
                "grade": grade_text(score.grade),
                "company": grade_text(score.company),
                "reported": f"{score.reported} of {score.of}",
                "teams": joined(
                    link_to(CYCLES, team_page(cycle.id, team.entry.id), team.entry.team.name)
                    for team in score.teams
                ),
            }
        )
    return rows


def _teams(scores: Scores) -> list[dict[str, object]]:
    """Each team with its page in every cycle, newest first."""
    workspace = scores.workspace
    rows: list[dict[str, object]] = []
    for team_id, team in workspace.teams.items():
        cycles = []
        for score in _newest_first(scores):
            found = next((t for t in score.teams if t.entry.id == team_id), None)
            if found is not None:
                page = team_page(score.cycle.id, team_id)
                cycles.append((link_to(TEAMS, page, score.cycle.title), grade_text(found.grade)))
        parent = workspace.teams.get(team.parent or "")
        rows.append(
            {
                "name": team.name,
                "parent": parent.name if parent else "",
                "lead": ", ".join(workspace.name_of(lead) for lead in team.lead),
                "about": team.about or "",
                "cycles": cycles,
            }
        )
    return rows


def _people(scores: Scores) -> dict[str, object]:
    """Everyone who is named, with what they answer for in the current cycle."""
    workspace = scores.workspace
    cycle = workspace.current(scores.as_of)
    score = scores.cycle(cycle.id) if cycle else None
    owned: dict[str, list[tuple[Markdown, str, str, Markdown]]] = {
        person: [] for person in workspace.people
    }
    for objective in score.objectives() if score else ():
        own = objective.entry.objective
        for person, role in _roles(own.owner, own.dri):
            grade = grade_text(objective.grade)
            row = (_plain_link(objective.entry.ref, scores), role, grade, Markdown(""))
            owned.setdefault(person, []).append(row)
        for kr in objective.key_results:
            for person, role in _roles(kr.entry.key_result.owner, kr.entry.key_result.dri):
                link = _plain_link(kr.entry.ref, scores)
                row = (link, role, grade_text(kr.grade), sign_and_word(kr.status))
                owned.setdefault(person, []).append(row)
    people = [
        {
            "name": workspace.name_of(person),
            "short": _short(person, scores),
            "contact": _contact(person, scores),
            "rows": rows,
        }
        for person, rows in owned.items()
    ]
    people.sort(key=lambda person: (not person["rows"], str(person["name"]).casefold()))
    return {"people": people, "cycle": cycle.title if cycle else ""}


def _plain_link(ref: Ref, scores: Scores) -> Markdown:
    """A link without the cycle's name: the page says once which cycle it is about."""
    return link_to(PEOPLE, page_of(ref), title_of(ref, scores))


def _short(person: str, scores: Scores) -> str:
    """The short name, where it says something that the name doesn't."""
    known = scores.workspace.people.get(person)
    short = known.short or "" if known else ""
    return "" if known and short in known.name.split() else short


def _contact(person: str, scores: Scores) -> Markdown:
    known = scores.workspace.people.get(person)
    if known is None or known.link is None:
        return Markdown("")
    return repository_link(known.link.removeprefix("mailto:"), known.link)


def _roles(owners: tuple[str, ...], dri: str | None) -> list[tuple[str, str]]:
    roles: dict[str, list[str]] = {}
    for owner in owners:
        roles.setdefault(owner, []).append("Owner")
    if dri:
        roles.setdefault(dri, []).append("DRI")
    return [(person, " and ".join(found)) for person, found in roles.items()]
