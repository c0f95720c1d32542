"""Knows the teams and people of `okr.yml`: who exists, in which order, and who is unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from okrdocs.format.loader import RESERVED_TEAM_IDS, TeamFile
from okrdocs.format.records import Organization, Person, Record, Team
from okrdocs.format.reference import slug_from
from okrdocs.problem import Problem, Replacement, error, nearest_hint

_COMPANY = "company"
_SHORT_ID = 4
"""The file that makes the others its teams, where `okr.yml` lists none."""

NearestHint = Callable[[str, Iterable[str]], str]
"""Returns a hint at the known name nearest to a word; "" for none."""


@dataclass(frozen=True, slots=True)
class Directory:
    """The teams in the order of the tree (parents first), the people, the company's team.

    `company` is None where several teams have no parent: they are peers.
    """

    teams: Mapping[str, Team]
    people: Mapping[str, Person]
    company: str | None
    order: tuple[str, ...]


def build_directory(
    organization: Organization, files: Iterable[TeamFile], problems: list[Problem]
) -> Directory:
    """Return the directory. Where `okr.yml` lists no teams, each team's file makes one.

    The company is the only team without a parent, or the one that says `company: true`. Wrong
    parents, unknown leads and several companies are added to `problems`.
    """
    teams = dict(organization.teams)
    if not teams:
        teams = _teams_from_files(organization, files)
    else:
        problems.extend(_team_problems(teams))
    directory = Directory(
        teams, organization.people, _company_of(teams, problems), _order_parents_first(teams)
    )
    for team in teams.values():
        problems.extend(unknown_person_problems(team, directory, ("lead",)))
    return directory


def _company_of(teams: Mapping[str, Team], problems: list[Problem]) -> str | None:
    """Return the company's team; None where several teams are peers."""
    named = [team for team, entry in teams.items() if entry.company]
    if len(named) > 1:
        names = ", ".join(f"`{team}`" for team in named)
        message = f"Several teams say that they are the company: {names}."
        place = teams[named[1]].at.span("company")
        problems.append(error("many-companies", place, message, "Keep one `company: true`."))
    roots = [team for team, entry in teams.items() if entry.parent is None]
    if named:
        return named[0]
    return roots[0] if len(roots) == 1 else None


def _teams_from_files(organization: Organization, files: Iterable[TeamFile]) -> dict[str, Team]:
    """Make a team of each file: below `company` where there is such a file, else peers."""
    ids = sorted({file.team for file in files}, key=lambda team: (team != _COMPANY, team))
    root = _COMPANY if _COMPANY in ids else None
    return {
        team: Team(
            name=team.replace("-", " ").capitalize(),
            parent=None if team == root else root,
            at=organization.at,
        )
        for team in ids
    }


def _team_problems(teams: Mapping[str, Team]) -> Iterator[Problem]:
    for name, team in teams.items():
        if name in RESERVED_TEAM_IDS:
            message = f"`{name}` can't be a team's id: the cycle's own file or page has this name."
            hint = f"Rename it, for example to `{name}-team`."
            yield error("reserved-id", team.at.span(), message, hint)
        if team.parent is not None and team.parent not in teams:
            message = f"There is no team `{team.parent}`."
            hint = nearest_hint(team.parent, teams, _likeness_of(team.parent))
            hint = hint or f"Add `{team.parent}:` below `teams:`."
            yield error("unknown-team", team.at.span("parent"), message, hint)
    yield from _former_id_problems(teams)
    for loop in _parent_loops(teams):
        chain = " → ".join(f"`{name}`" for name in (*loop, loop[0]))
        message = f"The teams stand below each other in a circle: {chain}."
        place = teams[loop[0]].at.span("parent")
        yield error("loop", place, message, "Remove or correct one `parent:`.")


def _likeness_of(word: str) -> float:
    """Return how like an id must be: `cmo` and `cro` are two teams, `prodcut` is a slip."""
    return 0.6 if len(word) > _SHORT_ID else 0.8


def _former_id_problems(teams: Mapping[str, Team]) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    for name, team in teams.items():
        for old in team.was:
            first = owner.setdefault(old, name)
            if old in teams or first != name:
                holder = "the id" if old in teams else "a former id"
                message = f"`{old}` is {holder} of another team."
                hint = "Remove it from `was:`, which holds ids that no other team has."
                yield error("former-id-in-use", team.at.span("was"), message, hint)


def _parent_loops(teams: Mapping[str, Team]) -> Iterator[list[str]]:
    """Yield each loop of parents once, from the team that comes first in the file."""
    seen: set[str] = set()
    for start in teams:
        path: dict[str, None] = {}
        name: str | None = start
        while name is not None and name in teams and name not in seen:
            seen.add(name)
            path[name] = None
            name = teams[name].parent
        if name in path:
            yield list(path)[list(path).index(name) :]


def _order_parents_first(teams: Mapping[str, Team]) -> tuple[str, ...]:
    """Return parents before their children, otherwise as in the file."""
    children: dict[str | None, list[str]] = {}
    for name, team in teams.items():
        parent = team.parent if team.parent in teams else None
        children.setdefault(parent, []).append(name)
    ordered: dict[str, None] = {}
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        name = waiting.pop()
        ordered[name] = None
        waiting.extend(reversed(children.get(name, [])))
    return (*ordered, *(name for name in teams if name not in ordered))


def unknown_person_problems(
    record: Record,
    directory: Directory,
    fields: tuple[str, ...],
    nearest_hint: NearestHint = nearest_hint,
) -> Iterator[Problem]:
    """Yield an error for each name in a record's fields that is no person and no team.

    Where `okr.yml` lists no people, every name passes.
    """
    if not directory.people:
        return
    for field in fields:
        given: Any = getattr(record, field)
        for name in (given,) if isinstance(given, str) else given or ():
            if name not in directory.people and name not in directory.teams:
                message = f"Nobody has the id `{name}` in `okr.yml`."
                span, known = record.at.item_span(field, name), _id_of_person_named(name, directory)
                hint = f"Write the id: `{known}`." if known else ""
                hint = hint or _person_hint(name, directory, nearest_hint)
                right = Replacement(span, known) if known else None
                problem = error("unknown-person", span, message, hint)
                yield problem._replace(replacement=right)


def _id_of_person_named(name: str, directory: Directory) -> str:
    """Return the id of the person whose name was written in full or short; or ""."""
    folded = name.casefold()
    people = directory.people.items()
    return next(
        (
            person_id
            for person_id, person in people
            if folded in {person.name.casefold(), (person.short or "").casefold()}
        ),
        "",
    )


def _person_hint(name: str, directory: Directory, nearest_hint: NearestHint) -> str:
    """Return a near id, or how to add one."""
    hint = nearest_hint(name, [*directory.people, *directory.teams])
    return hint or f"Add `{slug_from(name) or 'ada'}: {{name: {name}}}` below `people:`."
