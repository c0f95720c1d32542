"""Shows past states as the public may see them: without what was a draft then, or is one today.

Stands between the documents that `walk` reads and the states that it compares. Not used where there
never was a draft.
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
from okrdocs.history.git_log.document_store import BlobIds
from okrdocs.history.git_log.workspace_frame import DocumentGetter
from okrdocs.workspace.drafts import Drafts
from okrdocs.workspace.visibility import Leads, without_records, without_references
from okrdocs.workspace.workspace import Ref

_R = TypeVar("_R", Objective, KeyResult)


class CycleAndTeam(NamedTuple):
    """The cycle and the team that a path stands for, `cycle` for the cycle's own file."""

    cycle: str
    team: str


def cycle_and_team_of(path: str) -> CycleAndTeam:
    """Return the cycle and team of a file's path.

    For `okr.yml` the folder and the file's own name.
    """
    *_, cycle, name = path.split("/")
    return CycleAndTeam(cycle, name.removesuffix(".yml"))


class PublicState:
    """One state of the files, and what the public sees of each."""

    def __init__(
        self, blobs: BlobIds, get_document: DocumentGetter, folder: str, today: Drafts
    ) -> None:
        self._blobs, self._get_document, self._folder, self._today = (
            blobs,
            get_document,
            folder,
            today,
        )
        self._known: dict[str, Any] = {}

    def document(self, path: str) -> Any:
        """Return a file's document without drafts; None for a draft and for a missing file."""
        if path not in self._known:
            self._known[path] = self._read_public(path)
        return self._known[path]

    def is_public(self, path: str) -> bool:
        """Return whether the public knows of a file, without reading more of it than that needs."""
        if path not in self._blobs:
            return False
        cycle, team = cycle_and_team_of(path)
        if path == f"{self._folder}/{ORGANIZATION_FILE}":
            return True
        own = self._get_document(f"{self._folder}/{cycle}/{CYCLE_FILE}")
        if cycle.casefold() in self._today.cycles or (own is not None and own.draft):
            return False
        if f"{team}.yml" == CYCLE_FILE:
            return True
        document = self._get_document(path)
        marked = document is not None and document.visibility is Visibility.DRAFT
        return not marked and (cycle.casefold(), team) not in self._today.teams

    def _read_public(self, path: str) -> Any:
        document = self._get_document(path)
        if document is None or not isinstance(document, CycleDocument | TeamDocument):
            return document
        if not self.is_public(path):
            return None
        if isinstance(document, TeamDocument):
            cycle, team = cycle_and_team_of(path)
            document = without_records(
                document, Ref(cycle.casefold(), team, ""), self._is_hidden_record
            )
        return without_references(document, self._hidden_reference_test(path))

    def _is_hidden_record(self, ref: Ref, record: Objective | KeyResult) -> bool:
        return record.visibility is Visibility.DRAFT or self._today.hide(ref, record.title)

    # --------------------------------------------------------------- references

    def _hidden_reference_test(self, path: str) -> Leads:
        cycle, team = cycle_and_team_of(path)
        home = team if f"{team}.yml" != CYCLE_FILE else self._company_team()

        def leads(reference: Reference) -> bool:
            inner = reference.key_result or ""
            ref = Ref(reference.cycle or cycle, reference.team or home, reference.objective, inner)
            return self._today.hold(
                ref._replace(cycle=ref.cycle.casefold())
            ) or self._leads_to_hidden(ref)

        return leads

    def _leads_to_hidden(self, ref: Ref) -> bool:
        """Return whether a reference leads to something that the public doesn't see."""
        path = self._team_file_of(ref)
        if path not in self._blobs:
            return False
        document = self._get_document(path)
        if not isinstance(document, TeamDocument):
            return False
        if not self.is_public(path):
            return True
        objective = _find_by_id(document.objectives, ref.objective)
        at = ref._replace(cycle=ref.cycle.casefold(), key_result="")
        if objective is None:
            return False
        if self._is_hidden_record(at._replace(objective=objective.id), objective):
            return True
        key_result = _find_by_id(objective.key_results, ref.key_result)
        at = at._replace(objective=objective.id)
        return key_result is not None and self._is_hidden_record(
            at._replace(key_result=key_result.id), key_result
        )

    def _team_file_of(self, ref: Ref) -> str:
        """Return the path of a reference's team; a cycle may be written in another case."""
        path = f"{self._folder}/{ref.cycle}/{ref.team}.yml"
        if path in self._blobs:
            return path
        same = (
            known_path for known_path in self._blobs if known_path.casefold() == path.casefold()
        )
        return next(same, path)

    def _company_team(self) -> str:
        organization = self._get_document(f"{self._folder}/{ORGANIZATION_FILE}")
        teams = organization.teams if organization is not None else {}
        roots = (team for team, entry in teams.items() if entry.parent is None)
        return next(roots, "company")


def _find_by_id(records: Iterable[_R], name: str) -> _R | None:
    """Return the record with an id, present or former; None where there is none."""
    return next((record for record in records if name == record.id or name in record.was), None)
