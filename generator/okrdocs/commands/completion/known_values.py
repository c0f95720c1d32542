"""The values that a shell offers: references and cycles from the files, codes of the rules.

Someone waits while this runs, so only the files that matter are parsed: `okr.yml`, the cycles'
own, and the teams' files of one cycle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from okrdocs.commands import Days
from okrdocs.commands.arguments import KnownValues
from okrdocs.format.loader import CYCLE_FILE, CycleFolder, Documents, load
from okrdocs.markup.escape import terminal
from okrdocs.source.disk import DiskTree, File
from okrdocs.workspace.resolve import resolve
from okrdocs.workspace.workspace import Workspace

ALL_CYCLES = {"all": "every cycle"}


def values_of(
    kind: KnownValues, prefix: str, find_root: Callable[[], Path], days: Days
) -> Mapping[str, str]:
    """Return the values that may continue `prefix`, each with a description in plain text.

    The caller leaves out those that don't begin with it. Raises OkrError where there are no files.
    """
    match kind:
        case KnownValues.NOTHING:
            return {}
        case KnownValues.RULES:
            return _rules(prefix)
        case KnownValues.CYCLES:
            return _cycles(find_root())
        case KnownValues.CYCLES_AND_ALL:
            return {**_cycles(find_root()), **ALL_CYCLES}
        case KnownValues.REFERENCES_AND_CODES:
            return {**_codes(prefix), **_references(prefix, find_root(), days)}


# ------------------------------------------------------------------- codes


def _codes(prefix: str) -> Mapping[str, str]:
    """Every code, once a letter of it is typed; before, they would bury the references."""
    if not prefix or not prefix.replace("-", "").isalpha():
        return {}
    from okrdocs.report.rule_docs import known_rules

    return {code: info.title for code, info in known_rules().items()}


def _rules(prefix: str) -> Mapping[str, str]:
    """Rules and families, behind those that are typed already: `wording,no-`."""
    from okrdocs.lint.catalogue import RULES
    from okrdocs.lint.settings import FAMILIES

    before = prefix[: prefix.rfind(",") + 1]
    families = dict.fromkeys(sorted(FAMILIES), "every rule of this family")
    known = {**families, **{rule.code: rule.title for rule in RULES}}
    return {f"{before}{name}": about for name, about in known.items()}


# ------------------------------------------------------------------- references


def _cycles(root: Path) -> Mapping[str, str]:
    workspace = _without_teams(_files(root))
    return {cycle.id: terminal(cycle.title) for cycle in workspace.cycles} if workspace else {}


def _references(prefix: str, root: Path, days: Days) -> Mapping[str, str]:
    """What `okr explain` takes: of the current cycle, or of the one that the prefix names.

    Key results follow once the `/` of their objective is typed.
    """
    files = _files(root)
    workspace = _without_teams(files)
    if workspace is None:
        return {}
    named, colon, _ = prefix.partition(":")
    as_of = days.as_of or workspace.organization.as_of or days.today
    cycle = workspace.cycle(named) if colon else workspace.current(as_of)
    values = {} if colon else {each.id: terminal(each.title) for each in workspace.cycles}
    values |= {} if colon else {id_: terminal(m.name) for id_, m in workspace.metrics.items()}
    if cycle is not None:
        before = f"{named}:" if colon else ""
        own = [file for file in files if file.path.startswith(f"{cycle.path}/")]
        values |= {
            f"{before}{reference}": terminal(title)
            for reference, title in _of_cycle(own, workspace, key_results="/" in prefix)
        }
    return values


def _of_cycle(
    files: list[File], workspace: Workspace, *, key_results: bool
) -> Iterator[tuple[str, str]]:
    """The local references of one cycle's files with their titles."""
    documents, _ = load(files)
    for team in (team for cycle in documents.cycles for team in cycle.teams):
        known = workspace.teams.get(team.team)
        yield team.team, known.name if known else ""
        for objective in team.document.objectives:
            reference = f"{team.team}/{objective.id}"
            yield reference, objective.title
            for each in objective.key_results if key_results else ():
                yield f"{reference}#{each.id}", each.title


# ------------------------------------------------------------------- files


def _files(root: Path) -> tuple[File, ...]:
    files, _ = DiskTree(root).read()
    return files


def _without_teams(files: tuple[File, ...]) -> Workspace | None:
    """The workspace with its cycles and none of their teams' files."""
    few = [f for f in files if f.path.count("/") == 1 or f.path.endswith(f"/{CYCLE_FILE}")]
    documents, _ = load(few)
    workspace, _ = resolve(_with_every_folder(documents, files))
    return workspace


def _with_every_folder(documents: Documents, files: tuple[File, ...]) -> Documents:
    """The documents with the cycles that have no `cycle.yml`."""
    known = {cycle.id for cycle in documents.cycles}
    folders = {file.path.rpartition("/")[0] for file in files if file.path.count("/") > 1}
    ids = {folder: folder.rpartition("/")[2] for folder in sorted(folders)}
    bare = [CycleFolder(id_, path, None, ()) for path, id_ in ids.items() if id_ not in known]
    return replace(documents, cycles=(*documents.cycles, *bare))
