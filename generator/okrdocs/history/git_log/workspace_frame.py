"""Builds the company of one revision: its cycles, teams and people, without objectives.

Resolved once for as long as `okr.yml`, the cycles' own documents and the list of files stay.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from okrdocs.format import loader as load
from okrdocs.format.loader import CycleFolder, TeamFile
from okrdocs.format.records import CycleDocument, Organization, Reference, TeamDocument
from okrdocs.format.reference import is_slug
from okrdocs.problem import Source
from okrdocs.workspace.resolve import resolve
from okrdocs.workspace.workspace import Cycle, TeamEntry, Workspace

DocumentGetter = Callable[[str], Any]
"""What a state's file says, by its path; None for one that isn't there."""

_EMPTY = TeamDocument(schema=1, at=Source("", (1, 1, 1, 1), {}))


@lru_cache(maxsize=10_000)
def document_kind(path: str, folder: str) -> type[Any] | None:
    """Return the class of the document at a path.

    None for a path that isn't one of the OKR files.
    """
    if path == f"{folder}/{load.ORGANIZATION_FILE}":
        return Organization
    parts = path.removeprefix(f"{folder}/").split("/")
    stem = parts[-1].removesuffix(".yml")
    if len(parts) != 2 or stem == parts[-1] or parts[0].startswith(".") or not path.isprintable():
        return None
    if parts[1] == load.CYCLE_FILE:
        return CycleDocument
    return TeamDocument if is_slug(stem) and stem not in load.RESERVED_TEAM_IDS else None


@dataclass(frozen=True)
class WorkspaceFrame:
    """A Workspace without objectives, and the position of each file in it."""

    workspace: Workspace
    folder: str
    teams: Mapping[str, TeamEntry] = field(default_factory=dict)
    order: Mapping[str, int] = field(default_factory=dict)

    def without_cycles(self) -> WorkspaceFrame:
        """Return the company before it had any cycle."""
        return WorkspaceFrame(self.with_cycles(()), self.folder)

    def with_cycles(self, cycles: tuple[Cycle, ...]) -> Workspace:
        """Return the company with other cycles than those of the state."""
        return Workspace(**{**self._workspace_fields, "cycles": cycles})

    @cached_property
    def _workspace_fields(self) -> Mapping[str, Any]:
        """Return the fields of the Workspace."""
        names = (field_.name for field_ in dataclasses.fields(self.workspace))
        return {name: getattr(self.workspace, name) for name in names}

    def cycle_of(self, path: str) -> str:
        """Return the cycle of a file; the folder itself for `okr.yml`."""
        return path.split("/")[-2]

    def page_order_of(self, path: str) -> tuple[int, str]:
        """Return the sort key of a team's file in the order of the pages."""
        return self.order.get(path, len(self.order)), path

    def path_of(self, reference: Reference, at: str) -> str:
        """Return the path of the file that a reference in the file `at` leads to."""
        *_, own, name = at.split("/")
        cycle = self.workspace.cycle(reference.cycle or own)
        home = name.removesuffix(".yml") if name != load.CYCLE_FILE else self.workspace.company
        team = reference.team or home
        return f"{self.folder}/{cycle.id if cycle else own}/{team}.yml"


def build_frame(
    organization: Organization, paths: Iterable[str], get_document: DocumentGetter, folder: str
) -> WorkspaceFrame:
    """Resolve a state whose teams' files count as empty; only cycles' own documents are read."""
    folders: dict[str, list[str]] = {}
    for path in sorted(paths):
        parts = path.split("/")
        folders.setdefault(parts[-2], []).append(path)
    cycle_folders = tuple(
        _cycle_folder(name, cycle_paths, get_document)
        for name, cycle_paths in sorted(folders.items())
    )
    workspace, _ = resolve(load.Documents(organization, cycle_folders))
    assert workspace is not None
    teams = {team.path: team for cycle in workspace.cycles for team in cycle.teams}
    order = {path: place for place, path in enumerate(teams)}
    return WorkspaceFrame(workspace, folder, teams, order)


def _cycle_folder(name: str, paths: list[str], get_document: DocumentGetter) -> CycleFolder:
    document = None
    teams = []
    for path in paths:
        stem = path.rsplit("/", 1)[1].removesuffix(".yml")
        if stem == "cycle":
            document = get_document(path)
        else:
            teams.append(TeamFile(name, stem, path, _EMPTY))
    return CycleFolder(name, paths[0].rsplit("/", 1)[0], document, tuple(teams))
