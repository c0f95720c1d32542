"""Past states as the public may see them: without what was a draft then, or is one today.

Between the documents that `walk` reads and the states that it compares. Where there never was a
draft, `walk` looks past it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from okrdocs.format.loader import CYCLE_FILE, ORGANIZATION_FILE
from okrdocs.format.records import (
    CycleDocument,
    KeyResult,
    Objective,
    Reference,
    TeamDocument,
    Visibility,
)
from okrdocs.history.git_log.workspace_frame import Look
from okrdocs.workspace.drafts import Drafts
from okrdocs.workspace.visibility import (
    LeadsToDraft,
    without_draft_references,
    without_hidden_records,
)
from okrdocs.workspace.workspace import ResolvedRef

Blobs = dict[str, str]
_R = TypeVar("_R", Objective, KeyResult)


class Place(NamedTuple):
    """The cycle and the team that a path stands for, `cycle` for the cycle's own file."""

    cycle: str
    team: str


def place_of(path: str) -> Place:
    """What a file's path says; of `okr.yml` the folder and its own name."""
    *_, cycle, name = path.split("/")
    return Place(cycle, name.removesuffix(".yml"))


class Seen:
    """One state: its files, and what the public sees in each."""

    def __init__(self, blobs: Blobs, look: Look, folder: str, today: Drafts) -> None:
        self._blobs, self._look, self._folder, self._today = blobs, look, folder, today
        self._known: dict[str, Any] = {}

    def look(self, path: str) -> Any:
        """What a file says to the public; None for a draft and for what isn't there."""
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    def shows(self, path: str) -> bool:
        """Whether the public knows of a file. Reads no more of it than that."""
        if path not in self._blobs:
            return False
        cycle, team = place_of(path)
        if path == f"{self._folder}/{ORGANIZATION_FILE}":
            return True
        own = self._look(f"{self._folder}/{cycle}/{CYCLE_FILE}")
        if cycle.casefold() in self._today.cycles or (own is not None and own.draft):
            return False
        if f"{team}.yml" == CYCLE_FILE:
            return True
        document = self._look(path)
        marked = document is not None and document.visibility is Visibility.DRAFT
        return not marked and (cycle.casefold(), team) not in self._today.teams

    def _read(self, path: str) -> Any:
        document = self._look(path)
        if document is None or not isinstance(document, CycleDocument | TeamDocument):
            return document
        if not self.shows(path):
            return None
        if isinstance(document, TeamDocument):
            cycle, team = place_of(path)
            document = without_hidden_records(
                document, ResolvedRef(cycle.casefold(), team, ""), self._hides
            )
        return without_draft_references(document, self._leads(path))

    def _hides(self, ref: ResolvedRef, record: Objective | KeyResult) -> bool:
        return record.visibility is Visibility.DRAFT or self._today.hides(ref, record.title)

    # --------------------------------------------------------------- references

    def _leads(self, path: str) -> LeadsToDraft:
        cycle, team = place_of(path)
        home = team if f"{team}.yml" != CYCLE_FILE else self._company()

        def leads(reference: Reference) -> bool:
            inner = reference.key_result or ""
            ref = ResolvedRef(
                reference.cycle or cycle, reference.team or home, reference.objective, inner
            )
            return self._today.covers(ref._replace(cycle=ref.cycle.casefold())) or self._hidden(ref)

        return leads

    def _hidden(self, ref: ResolvedRef) -> bool:
        """Whether a reference leads to something of this state that the public doesn't see."""
        path = self._path_of(ref)
        if path not in self._blobs:
            return False
        document = self._look(path)
        if not isinstance(document, TeamDocument):
            return False
        if not self.shows(path):
            return True
        found = _named(document.objectives, ref.objective)
        at = ref._replace(cycle=ref.cycle.casefold(), key_result="")
        if found is None:
            return False
        if self._hides(at._replace(objective=found.id), found):
            return True
        inner = _named(found.key_results, ref.key_result)
        at = at._replace(objective=found.id)
        return inner is not None and self._hides(at._replace(key_result=inner.id), inner)

    def _path_of(self, ref: ResolvedRef) -> str:
        """The file of a reference's team; a cycle may be written in another case."""
        path = f"{self._folder}/{ref.cycle}/{ref.team}.yml"
        if path in self._blobs:
            return path
        same = (each for each in self._blobs if each.casefold() == path.casefold())
        return next(same, path)

    def _company(self) -> str:
        organization = self._look(f"{self._folder}/{ORGANIZATION_FILE}")
        teams = organization.teams if organization is not None else {}
        roots = (team for team, entry in teams.items() if entry.parent is None)
        return next(roots, "company")


def _named(records: Iterable[_R], name: str) -> _R | None:
    """The record of an id, present or former."""
    return next((each for each in records if name == each.id or name in each.was), None)
