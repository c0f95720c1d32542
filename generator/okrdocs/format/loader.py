"""Loads files as documents: each one parsed and read as a record, with every problem.

Shape only. What refers to what, and whether the numbers make sense, is decided in `resolve`
and `measure`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from okrdocs.format.record_keys import record_keys
from okrdocs.format.record_reader import read_record
from okrdocs.format.records import CycleDocument, MetricsDocument, Organization, TeamDocument
from okrdocs.format.reference import is_slug, slug_from
from okrdocs.format.scalars import ReadContext, describe_node
from okrdocs.format.schema_version import SCHEMA_VERSION, UPGRADE, find_version
from okrdocs.format.suggestions import MAX_PROBLEMS_WITH_SUGGESTIONS
from okrdocs.problem import Problem, Span, error, in_source_order
from okrdocs.source.disk import File
from okrdocs.source.parallel import map_in_two_processes
from okrdocs.source.yaml import decoding as yaml_decoding
from okrdocs.source.yaml import reader as yaml_reader

ORGANIZATION_FILE = "okr.yml"
METRICS_FILE = "metrics.yml"
CYCLE_FILE = "cycle.yml"
RESERVED_TEAM_IDS = frozenset({"cycle", "document", "index"})
"""What can't be a team's id: the cycle's own file, and the cycle's own pages."""
_MANY_FILES, _MANY_BYTES = 60, 1_000_000
"""From so many teams' files, or bytes of them, on, reading them with two cores is faster."""

_TeamFileResult = tuple[TeamDocument | None, list[Problem]]
"""What one file holds, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class TeamFile:
    """A team's document with the ids that its path gives it."""

    cycle: str
    team: str
    path: str
    document: TeamDocument


@dataclass(frozen=True, slots=True)
class CycleFolder:
    """One cycle's folder: its document where there is one, and its teams' files.

    `faulty` names the files (`cycle`, or a team) with a fault: what they hold isn't known whole.
    """

    id: str
    path: str
    document: CycleDocument | None
    teams: tuple[TeamFile, ...]
    faulty: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Documents:
    """All that was read; `organization` is None where `okr.yml` is missing or broken.

    `metrics` is None where there is no `metrics.yml`, or it's broken; `metrics_faulty`: what it
    holds isn't known whole.
    """

    organization: Organization | None
    cycles: tuple[CycleFolder, ...]
    metrics: MetricsDocument | None = None
    metrics_faulty: bool = False


def load_documents(
    files: Iterable[File], *, two_cores: bool = False
) -> tuple[Documents, tuple[Problem, ...]]:
    """Read the documents of an `okrs/` folder, and everything that is wrong with their shape.

    With `two_cores`, many files are read by two processes where that is possible: a quarter sooner,
    for a third more of processor time.
    """
    problems: list[Problem] = []
    organization: Organization | None = None
    metrics: MetricsDocument | None = None
    of_metrics: list[Problem] = []
    folders: dict[str, list[File]] = {}
    saw_organization = False
    root = "okrs"
    for file in files:
        parts = file.path.split("/")
        if len(parts) == 2 and parts[1] == ORGANIZATION_FILE:
            root, saw_organization = parts[0], True
            organization = read_record_file(Organization, file, problems)
        elif len(parts) == 2 and parts[1] == METRICS_FILE:
            metrics = read_record_file(MetricsDocument, file, of_metrics)
        elif len(parts) == 3:
            folders.setdefault(parts[1], []).append(file)
    if not saw_organization:
        problems.append(_missing_organization_error(root))
    of_cycles = [file for name in sorted(folders) for file in folders[name]]
    read_ahead = _read_team_files_in_parallel(of_cycles) if two_cores else {}
    cycles = tuple(
        _read_cycle_folder(name, folders[name], read_ahead, problems) for name in sorted(folders)
    )
    problems.extend(of_metrics)
    documents = Documents(organization, cycles, metrics, bool(of_metrics))
    return documents, in_source_order(problems)


def _missing_organization_error(root: str) -> Problem:
    place = Span(f"{root}/{ORGANIZATION_FILE}", 1, 1, 1, 1)
    message = "There is no `okr.yml`, which names the company, its teams and its people."
    hint = "Create it with `schema: 1` and `organization: Your Company`."
    return error("missing-file", place, message, hint)


def _read_team_files_in_parallel(files: Iterable[File]) -> Mapping[str, _TeamFileResult]:
    """Read the teams' files by path where there are many; else returns nothing."""
    teams = [file for file in files if _is_team_stem(_file_stem(file))]
    if len(teams) < _MANY_FILES and sum(len(file.data) for file in teams) < _MANY_BYTES:
        return {}
    paths = [file.path for file in teams]
    return dict(zip(paths, map_in_two_processes(_read_team_file, teams), strict=True))


def _read_team_file(file: File) -> _TeamFileResult:
    problems: list[Problem] = []
    return read_record_file(TeamDocument, file, problems), problems


def _file_stem(file: File) -> str:
    return file.path.rsplit("/", 1)[1].removesuffix(".yml")


def _is_team_stem(stem: str) -> bool:
    return is_slug(stem) and stem not in RESERVED_TEAM_IDS


def _read_cycle_folder(
    name: str, files: list[File], read_ahead: Mapping[str, _TeamFileResult], problems: list[Problem]
) -> CycleFolder:
    document: CycleDocument | None = None
    teams = []
    faulty = set()
    for file in files:
        before = len(problems)
        stem = _file_stem(file)
        if stem == "cycle":
            document = read_record_file(CycleDocument, file, problems)
        elif not _is_team_stem(stem):
            problems.append(_bad_team_name_error(file, stem))
        else:
            team = _team_document(file, read_ahead.get(file.path), problems)
            if team is not None:
                teams.append(TeamFile(name, stem, file.path, team))
        if len(problems) > before:
            faulty.add(stem)
    path = files[0].path.rsplit("/", 1)[0]
    return CycleFolder(name, path, document, tuple(teams), frozenset(faulty))


def _team_document(
    file: File, result: _TeamFileResult | None, problems: list[Problem]
) -> TeamDocument | None:
    """Return a team's document; reads it again where so many problems turn hints off."""
    if result is None or len(problems) + len(result[1]) > MAX_PROBLEMS_WITH_SUGGESTIONS:
        document: TeamDocument | None = read_record_file(TeamDocument, file, problems)
        return document
    problems.extend(result[1])
    return result[0]


def _bad_team_name_error(file: File, stem: str) -> Problem:
    place = Span(file.path, 1, 1, 1, 1)
    if stem in RESERVED_TEAM_IDS:
        message = f"`{stem}` can't be a team's id: the cycle's own page has this name."
        return error("reserved-id", place, message, f"Rename it, for example to `{stem}-team.yml`.")
    message = f"The file's name is the team's id, and `{stem}` can't be an id."
    better = slug_from(stem) or "product"
    return error("bad-id", place, message, f"Rename it to `{better}.yml`.")


def read_record_file(record: type[Any], file: File, problems: list[Problem]) -> Any:
    """Read one file as a record of the given kind, or None; adds its problems to the list."""
    text, faults = yaml_decoding.decode(file.data, file.path)
    problems.extend(faults)
    if faults:
        return None
    node, faults = yaml_reader.parse(text, file.path, records=record_keys())
    problems.extend(faults)
    if node is None:
        if not faults:
            problems.append(_empty_file_error(file.path))
        return None
    context, before = ReadContext(file.path, problems), len(problems) - len(faults)
    if not isinstance(node, yaml_reader.Mapping):
        message = f"A file begins with keys, `schema: 1` first; found {describe_node(node)}."
        context.add_error("wrong-type", node, message, "Write `schema: 1` into the first line.")
        return None
    if _report_newer_schema(node, context):
        return None
    document = read_record(record, node, context)
    if len(problems) - before > yaml_decoding.MAX_PROBLEMS:
        problems[before:] = yaml_decoding.first_problems(problems[before:])
    return document


def _report_newer_schema(root: yaml_reader.Mapping, context: ReadContext) -> bool:
    """Report a file of a newer format, of which nothing more is read; return whether it is one."""
    version, node = find_version(root) or (SCHEMA_VERSION, root)
    if version <= SCHEMA_VERSION:
        return False
    message = (
        f"This file is written in `schema: {version}`, and only `{SCHEMA_VERSION}` is read here."
    )
    context.add_error("newer-schema", node, message, f"Install a newer okrdocs: `{UPGRADE}`.")
    return True


def problems_of_file(file: File) -> tuple[Problem, ...]:
    """Return what is wrong with the shape of one file, seen by itself."""
    problems: list[Problem] = []
    name = file.path.rsplit("/", 1)[1]
    kinds: dict[str, type[Any]] = {ORGANIZATION_FILE: Organization, CYCLE_FILE: CycleDocument}
    if file.path.count("/") == 1:
        kinds[METRICS_FILE] = MetricsDocument
    read_record_file(kinds.get(name, TeamDocument), file, problems)
    return tuple(problems)


def _empty_file_error(path: str) -> Problem:
    hint = "Begin with `schema: 1`, or delete the file."
    return error("empty-file", Span(path, 1, 1, 1, 1), "This file is empty.", hint)
