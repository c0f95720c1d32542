"""People, roles and groups: the index, and a page for each with what they own and what waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from okrdocs import words
from okrdocs.grading.results import CycleScore, ObjectiveScore, Scores
from okrdocs.markup.escape import Markdown, inline
from okrdocs.pages.cycle.status import newest_first, open_or_current, standings
from okrdocs.pages.metrics.cells import owned_metrics
from okrdocs.pages.page import Page, leading_page
from okrdocs.pages.parts.cells import joined, lines, small
from okrdocs.pages.parts.status_counts import tally
from okrdocs.pages.people.links import Holdings, holdings, pages_of_people, person_link, team_link
from okrdocs.pages.people.open_tasks import NO_DUTIES, Duties, duties, in_words, told
from okrdocs.pages.people.owned_items import Row, by_cycle, row_of
from okrdocs.pages.urls import PEOPLE, link_to, repository_link

MOST_NOW, MOST_BEFORE, MOST_TASKS = 60, 20, 30
"""Rows of one cycle, and tasks; who has more of them is a role that stands for everybody."""


class IndexRow(NamedTuple):
    """A person on the index: how much is theirs in the open cycles."""

    person: Markdown
    objectives: str
    results: Markdown
    waiting: str


class Unlisted(NamedTuple):
    """A name without a page of its own, with what it owns."""

    name: str
    rows: tuple[Row, ...]


class _Scene(NamedTuple):
    """What all pages of people look up."""

    scores: Scores
    holdings: Holdings
    duties: Mapping[str, Duties]
    open: tuple[CycleScore, ...]
    past: tuple[CycleScore, ...]
    leads: Mapping[str, list[str]]


def people_pages(scores: Scores) -> Iterator[Page]:
    """The index, then the page of each name that has one."""
    scene = _scene(scores)
    yield leading_page(PEOPLE, "people.md.j2", words.PEOPLE, (), scores, _index(scene))
    for name, path in pages_of_people(scores).items():
        crumbs = (link_to(path, PEOPLE, words.PEOPLE),)
        title = scores.workspace.name_of(name)
        yield leading_page(path, "person.md.j2", title, crumbs, scores, _person(name, path, scene))


def _scene(scores: Scores) -> _Scene:
    now = open_or_current(scores, standings(scores))
    ids = {score.cycle.id for score in now}
    past = tuple(score for score in newest_first(scores) if score.cycle.id not in ids)
    leads: dict[str, list[str]] = {}
    for team_id, team in scores.workspace.teams.items():
        for name in team.lead:
            leads.setdefault(name, []).append(team_id)
    return _Scene(scores, holdings(scores), duties(now, scores), now, past, leads)


# ------------------------------------------------------------------- the index


def _index(scene: _Scene) -> dict[str, object]:
    scores = scene.scores
    names = dict.fromkeys((*scene.holdings, *scene.leads, *pages_of_people(scores), *scene.duties))
    ordered = sorted(names, key=lambda name: (_idle(name, scene), _sorting(name, scores), name))
    pages = pages_of_people(scores)
    alone = [n for n in ordered if n not in pages and n not in scores.workspace.teams]
    return {
        "cycles": _cycles(scene),
        "people": [_index_row(name, scene) for name in ordered if not _idle(name, scene)],
        "idle": joined(
            (person_link(PEOPLE, name, scores) for name in ordered if _idle(name, scene)), " · "
        ),
        "alone": [each for name in alone if (each := _unlisted(name, scene)).rows],
    }


def _cycles(scene: _Scene) -> str:
    """The open cycles in words: `Q2 2025 and The year 2025`."""
    *rest, last = [score.cycle.title for score in scene.open] or [""]
    return f"{', '.join(rest)} and {last}" if rest else last


def _idle(name: str, scene: _Scene) -> bool:
    owned = scene.holdings.get(name, {})
    return name not in scene.duties and not any(s.cycle.id in owned for s in scene.open)


def _sorting(name: str, scores: Scores) -> str:
    return scores.workspace.name_of(name).casefold()


def _index_row(name: str, scene: _Scene) -> IndexRow:
    owned = scene.holdings.get(name, {})
    held = [each for score in scene.open for each in owned.get(score.cycle.id, ())]
    objectives = sum(1 for each in held if isinstance(each.score, ObjectiveScore))
    duty = scene.duties.get(name, NO_DUTIES)
    counts = tally(duty.key_results)
    short = _short(name, scene.scores)
    return IndexRow(
        lines([person_link(PEOPLE, name, scene.scores), small(short) if short else ""]),
        str(objectives) if objectives else "–",
        Markdown(f'<span class="okr-tally">{counts}</span>') if counts else inline("–"),
        in_words(duty.tasks) or "–",
    )


def _short(name: str, scores: Scores) -> str:
    """The short name, where it says something that the name doesn't."""
    known = scores.workspace.people.get(name)
    if known is None or known.short is None or known.short in known.name.split():
        return ""
    return known.short


def _unlisted(name: str, scene: _Scene) -> Unlisted:
    owned = scene.holdings.get(name, {})
    held = [each for score in scene.open for each in owned.get(score.cycle.id, ())]
    title = scene.scores.workspace.name_of(name)
    return Unlisted(title, tuple(row_of(each, scene.scores, PEOPLE) for each in held[:MOST_NOW]))


# ------------------------------------------------------------------- a person's own page


def _person(name: str, here: str, scene: _Scene) -> dict[str, object]:
    scores = scene.scores
    duty = scene.duties.get(name, NO_DUTIES)
    current = scene.open[0].cycle if scene.open else None
    owned = scene.holdings.get(name, {})
    rest = len(duty.tasks) - MOST_TASKS
    return {
        "facts": tuple(_facts(name, here, scene)),
        "tally": tally(duty.key_results),
        "tasks": [told(task, here, current, scores) for task in duty.tasks[:MOST_TASKS]],
        "more_tasks": f"{rest} more" if rest > 0 else "",
        "metrics": owned_metrics(name, scores, here),
        "now": list(by_cycle(scene.open, owned, here, scores, MOST_NOW, seen=True)),
        "before": list(by_cycle(scene.past, owned, here, scores, MOST_BEFORE, seen=False)),
        "open": _cycles(scene),
    }


def _facts(name: str, here: str, scene: _Scene) -> Iterator[tuple[str, Markdown]]:
    known = scene.scores.workspace.people.get(name)
    if short := _short(name, scene.scores):
        yield "Short name", inline(short)
    if name in scene.leads:
        yield "Leads", joined(team_link(here, team, scene.scores) for team in scene.leads[name])
    if known and known.link:
        yield "Contact", repository_link(known.link.removeprefix("mailto:"), known.link)
