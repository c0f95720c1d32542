"""Finds who is owner or DRI of what in every cycle, and links names to their pages.

The pages of people are made from it; `person_link` is for every page that shows a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from okrdocs.format.records import KeyResult, Objective
from okrdocs.format.reference import slug_from
from okrdocs.grading.results import KeyResultScore, ObjectiveScore, Scores
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.pages.parts.cells import join_inline
from okrdocs.pages.urls import PEOPLE_FOLDER, TEAMS_FOLDER, link_to, person_page, team_history_page
from okrdocs.workspace.workspace import Workspace


class Holding(NamedTuple):
    """Something that a name answers for: `role` is Owner, DRI or both."""

    score: ObjectiveScore | KeyResultScore
    role: str


HoldingsByName = Mapping[str, Mapping[str, list[Holding]]]
"""By the name as it is written (an id, or a plain name) and the cycle's id, in document order."""

_RESERVED = frozenset({"", "index"})
"""Names of pages that no person can have: `index` would stand for the folder itself."""
_BOTH, _OWNER, _DRI = "Owner and DRI", "Owner", "DRI"


def owned_items_by_name(scores: Scores) -> HoldingsByName:
    """Return what each name owns or is the DRI of; all of `people:` come first."""
    by_name: dict[str, dict[str, list[Holding]]] = {name: {} for name in scores.workspace.people}
    for cycle in scores.cycles:
        place = cycle.cycle.id
        for objective in cycle.objectives():
            record: Objective | KeyResult = objective.entry.objective
            for name, role in _owners_with_roles(record):
                by_name.setdefault(name, {}).setdefault(place, []).append(Holding(objective, role))
            for kr in objective.key_results:
                record = kr.entry.key_result
                if record.owner or record.dri:
                    for name, role in _owners_with_roles(record):
                        by_name.setdefault(name, {}).setdefault(place, []).append(Holding(kr, role))
    return by_name


def _owners_with_roles(record: Objective | KeyResult) -> Iterator[tuple[str, str]]:
    dri = record.dri
    for owner in dict.fromkeys(record.owner):
        yield owner, _BOTH if owner == dri else _OWNER
    if dri and dri not in record.owner:
        yield dri, _DRI


class _WorkspaceKey:
    """A workspace as a key: it is known by itself, and never compared or hashed whole."""

    __slots__ = ("workspace",)

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _WorkspaceKey) and self.workspace is other.workspace

    def __hash__(self) -> int:
        return id(self.workspace)


def person_pages(scores: Scores) -> Mapping[str, str]:
    """Return the page of each name that has one: path by name.

    Those are the people of `okr.yml`. Where it lists none, names are plain text: each that is
    named as owner, DRI or lead gets a page, unless two names would share it.
    """
    return _person_pages_cached(_WorkspaceKey(scores.workspace))


@lru_cache(maxsize=1)
def _person_pages_cached(key: _WorkspaceKey) -> Mapping[str, str]:
    workspace = key.workspace
    if workspace.cycle(PEOPLE_FOLDER) is not None:
        return {}  # a cycle of this name has its own pages there
    if workspace.people:
        slugs = {name: name for name in workspace.people}
    else:
        names = dict.fromkeys(_names_in_okrs(workspace))
        slugs = {name: slug_from(name) for name in names if name not in workspace.teams}
    times = Counter(slugs.values())
    fitting = {name: slug for name, slug in slugs.items() if slug not in _RESERVED}
    return {name: person_page(slug) for name, slug in fitting.items() if times[slug] == 1}


def _names_in_okrs(workspace: Workspace) -> Iterator[str]:
    for team in workspace.teams.values():
        yield from team.lead
    for entry in workspace.objectives.values():
        records: tuple[Objective | KeyResult, ...] = (entry.objective, *entry.objective.key_results)
        for record in records:
            yield from record.owner
            if record.dri:
                yield record.dri


def person_link(here: str, name: str, scores: Scores) -> Markdown:
    """Show a name, as a link where a person or team of that name has a page."""
    workspace = scores.workspace
    page = person_pages(scores).get(name)
    if page is None and name in workspace.teams and name not in workspace.people:
        page = team_history_page(name) if has_team_pages(scores) else None
    text = workspace.name_of(name)
    return link_to(here, page, text) if page else escape_inline(text)


def person_links(here: str, names: Iterable[str], scores: Scores) -> Markdown:
    """Show names in a row, linked where they have pages."""
    return join_inline(person_link(here, name, scores) for name in names)


def has_team_pages(scores: Scores) -> bool:
    """Say whether teams have a page over all cycles: unless a cycle's folder has that name."""
    return scores.workspace.cycle(TEAMS_FOLDER) is None


def team_link(here: str, team_id: str | None, scores: Scores) -> Markdown:
    """Link to a team's page over all cycles; "" where there is no such team."""
    team = scores.workspace.teams.get(team_id or "")
    if team is None or team_id is None:
        return Markdown("")
    has_page = has_team_pages(scores)
    return (
        link_to(here, team_history_page(team_id), team.name)
        if has_page
        else escape_inline(team.name)
    )
