"""The values that a shell offers: references and cycles from the files, codes of the rules.

Someone waits while this runs, so only the files that matter are parsed: `okr.yml`, the cycles'
own, and the teams' files of one cycle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from okrdocs.commands import Days
from okrdocs.commands.arguments import KnownValues
from okrdocs.errors import OkrError
from okrdocs.format.loader import CYCLE_FILE, CycleFolder, Documents, TeamFile, load_documents
from okrdocs.format.records import CycleStatus
from okrdocs.markup.escape import terminal_text
from okrdocs.source.disk import DiskTree, File
from okrdocs.workspace.resolve import resolve
from okrdocs.workspace.workspace import Cycle, Workspace

ALL_CYCLES = {"all": "every cycle"}


def values_for_completion(
    kind: KnownValues, prefix: str, find_root: Callable[[], Path], days: Days
) -> Mapping[str, str]:
    """Return the values that may continue `prefix`, each with a description in plain text.

    The caller leaves out those that don't begin with it. Without OKRs here, only codes are known.
    """
    match kind:
        case KnownValues.NOTHING:
            return {}
        case KnownValues.RULES:
            return _rule_names(prefix)
        case KnownValues.CYCLES:
            return _cycle_ids(_read_files(find_root))
        case KnownValues.CYCLES_AND_ALL:
            return {**_cycle_ids(_read_files(find_root)), **ALL_CYCLES}
        case KnownValues.REFERENCES_AND_CODES:
            return {
                **_finding_codes(prefix),
                **_explainable_references(prefix, _read_files(find_root), days),
            }


# ------------------------------------------------------------------- codes


def _finding_codes(prefix: str) -> Mapping[str, str]:
    """Return every code, once a letter of it is typed; before, they would bury the references."""
    if not prefix or not prefix.replace("-", "").isalpha():
        return {}
    from okrdocs.report.rule_docs import rule_infos_by_code

    return {code: info.title for code, info in rule_infos_by_code().items()}


def _rule_names(prefix: str) -> Mapping[str, str]:
    """Return rules and families, after those that are typed already: `wording,no-`."""
    from okrdocs.lint.catalogue import RULES
    from okrdocs.lint.settings import FAMILIES

    before = prefix[: prefix.rfind(",") + 1]
    families = dict.fromkeys(sorted(FAMILIES), "every rule of this family")
    titles = {**families, **{rule.code: rule.title for rule in RULES}}
    return {f"{before}{name}": about for name, about in titles.items()}


# ------------------------------------------------------------------- references


def _cycle_ids(files: tuple[File, ...]) -> Mapping[str, str]:
    workspace = _workspace_without_teams(files)
    return {cycle.id: terminal_text(cycle.title) for cycle in workspace.cycles} if workspace else {}


def _explainable_references(prefix: str, files: tuple[File, ...], days: Days) -> Mapping[str, str]:
    """Return what `okr explain` takes: of the current cycle, or of the one that the prefix names.

    Key results follow once the `/` of their objective is typed.
    """
    workspace = _workspace_without_teams(files)
    if workspace is None:
        return {}
    named, colon, rest = prefix.partition(":")
    if colon:
        cycle = workspace.cycle(named)
        teams = _read_team_files(cycle, files) if cycle else ()
        own = _references_of_teams(teams, workspace, key_results="/" in rest)
        return {f"{named}:{reference}": terminal_text(title) for reference, title in own}
    teams = _team_files_of_current_cycle(
        workspace, files, days.as_of or workspace.organization.as_of or days.today
    )
    cycles = ((cycle.id, cycle.title) for cycle in workspace.cycles)
    metrics = ((id_, metric.name) for id_, metric in workspace.metrics.items())
    own = _references_of_teams(teams, workspace, key_results="/" in prefix)
    return {value: terminal_text(about) for value, about in (*cycles, *metrics, *own)}


def _team_files_of_current_cycle(
    workspace: Workspace, files: tuple[File, ...], as_of: date
) -> tuple[TeamFile, ...]:
    """Return the teams' files of the current cycle, which is never an empty one."""
    left = tuple(c for c in workspace.cycles if c.status is not CycleStatus.DRAFT)
    while cycle := replace(workspace, cycles=left).current_cycle(as_of):
        teams = _read_team_files(cycle, files)
        if any(team.document.objectives for team in teams):
            return teams
        left = tuple(other for other in left if other is not cycle)
    return ()


def _read_team_files(cycle: Cycle, files: tuple[File, ...]) -> tuple[TeamFile, ...]:
    documents, _ = load_documents(file for file in files if file.path.startswith(f"{cycle.path}/"))
    return tuple(team for folder in documents.cycles for team in folder.teams)


def _references_of_teams(
    teams: Iterable[TeamFile], workspace: Workspace, *, key_results: bool
) -> Iterator[tuple[str, str]]:
    """Yield the local references of one cycle's teams with their titles."""
    for team in teams:
        known_team = workspace.teams.get(team.team)
        yield team.team, known_team.name if known_team else ""
        for objective in team.document.objectives:
            reference = f"{team.team}/{objective.id}"
            yield reference, objective.title
            for key_result_record in objective.key_results if key_results else ():
                yield f"{reference}#{key_result_record.id}", key_result_record.title


# ------------------------------------------------------------------- files


def _read_files(find_root: Callable[[], Path]) -> tuple[File, ...]:
    """Return the files in okrs/; none where there is no such folder."""
    try:
        files, _ = DiskTree(find_root()).read()
    except OkrError:
        return ()
    return files


def _workspace_without_teams(files: tuple[File, ...]) -> Workspace | None:
    """Return the workspace with its cycles and none of their teams' files."""
    few = [f for f in files if f.path.count("/") == 1 or f.path.endswith(f"/{CYCLE_FILE}")]
    documents, _ = load_documents(few)
    workspace, _ = resolve(_add_folders_without_cycle_file(documents, files))
    return workspace


def _add_folders_without_cycle_file(documents: Documents, files: tuple[File, ...]) -> Documents:
    """Return the documents with the cycles that have no `cycle.yml`."""
    cycle_ids = {cycle.id for cycle in documents.cycles}
    folders = {file.path.rpartition("/")[0] for file in files if file.path.count("/") > 1}
    ids = {folder: folder.rpartition("/")[2] for folder in sorted(folders)}
    bare = [CycleFolder(id_, path, None, ()) for path, id_ in ids.items() if id_ not in cycle_ids]
    return replace(documents, cycles=(*documents.cycles, *bare))
