"""From files to documents: each file parsed and put into the model, every problem kept.

Shape only. What refers to what, and whether the numbers make sense, is decided in `resolve`
and `measure`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from okrdocs.format.record_reader import read_record
from okrdocs.format.records import CycleDocument, MetricsDocument, Organization, TeamDocument
from okrdocs.format.reference import is_slug, slug_from
from okrdocs.format.scalars import TANGLE, Reading, described
from okrdocs.problem import Problem, Span, error, in_source_order
from okrdocs.source.disk import File
from okrdocs.source.parallel import map_in_two
from okrdocs.source.yaml import decoding as yaml_bytes
from okrdocs.source.yaml import reader as yaml_text

ORGANIZATION_FILE = "okr.yml"
METRICS_FILE = "metrics.yml"
CYCLE_FILE = "cycle.yml"
RESERVED = frozenset({"cycle", "document", "index"})
"""What can't be a team's id: the cycle's own file, and the cycle's own pages."""
_MANY, _MUCH = 60, 1_000_000
"""From so many teams' files, or bytes of them, on, reading them with two cores is faster."""

_Read = tuple[TeamDocument | None, list[Problem]]
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


def load(
    files: Iterable[File], *, two_cores: bool = False
) -> tuple[Documents, tuple[Problem, ...]]:
    """The documents of an `okrs/` folder, and everything that is wrong with their shape.

    With `two_cores`, many files are read by two processes where that can be: sooner by a quarter,
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
            organization = read_file(Organization, file, problems)
        elif len(parts) == 2 and parts[1] == METRICS_FILE:
            metrics = read_file(MetricsDocument, file, of_metrics)
        elif len(parts) == 3:
            folders.setdefault(parts[1], []).append(file)
    if not saw_organization:
        problems.append(_no_organization(root))
    of_cycles = [file for name in sorted(folders) for file in folders[name]]
    ahead = _read_ahead(of_cycles) if two_cores else {}
    cycles = tuple(_folder(name, folders[name], ahead, problems) for name in sorted(folders))
    problems.extend(of_metrics)
    documents = Documents(organization, cycles, metrics, bool(of_metrics))
    return documents, in_source_order(problems)


def _no_organization(root: str) -> Problem:
    place = Span(f"{root}/{ORGANIZATION_FILE}", 1, 1, 1, 1)
    message = "There is no `okr.yml`, which names the company, its teams and its people."
    hint = "Create it with `schema: 1` and `organization: Your Company`."
    return error("missing-file", place, message, hint)


def _read_ahead(files: Iterable[File]) -> Mapping[str, _Read]:
    """The teams' files by path where there are many; none where they are soon read one by one."""
    teams = [file for file in files if _is_team(_stem(file))]
    if len(teams) < _MANY and sum(len(file.data) for file in teams) < _MUCH:
        return {}
    paths = [file.path for file in teams]
    return dict(zip(paths, map_in_two(_read_team, teams), strict=True))


def _read_team(file: File) -> _Read:
    problems: list[Problem] = []
    return read_file(TeamDocument, file, problems), problems


def _stem(file: File) -> str:
    return file.path.rsplit("/", 1)[1].removesuffix(".yml")


def _is_team(stem: str) -> bool:
    return is_slug(stem) and stem not in RESERVED


def _folder(
    name: str, files: list[File], ahead: Mapping[str, _Read], problems: list[Problem]
) -> CycleFolder:
    document: CycleDocument | None = None
    teams = []
    faulty = set()
    for file in files:
        before = len(problems)
        stem = _stem(file)
        if stem == "cycle":
            document = read_file(CycleDocument, file, problems)
        elif not _is_team(stem):
            problems.append(_bad_team_name(file, stem))
        else:
            team = _team(file, ahead.get(file.path), problems)
            if team is not None:
                teams.append(TeamFile(name, stem, file.path, team))
        if len(problems) > before:
            faulty.add(stem)
    path = files[0].path.rsplit("/", 1)[0]
    return CycleFolder(name, path, document, tuple(teams), frozenset(faulty))


def _team(file: File, ahead: _Read | None, problems: list[Problem]) -> TeamDocument | None:
    """A team's document; where so much is wrong that hints are spared, read in its turn."""
    if ahead is None or len(problems) + len(ahead[1]) > TANGLE:
        document: TeamDocument | None = read_file(TeamDocument, file, problems)
        return document
    problems.extend(ahead[1])
    return ahead[0]


def _bad_team_name(file: File, stem: str) -> Problem:
    place = Span(file.path, 1, 1, 1, 1)
    if stem in RESERVED:
        message = f"`{stem}` can't be a team's id: the cycle's own page has this name."
        return error("reserved-id", place, message, f"Rename it, for example to `{stem}-team.yml`.")
    message = f"The file's name is the team's id, and `{stem}` can't be an id."
    better = slug_from(stem) or "product"
    return error("bad-id", place, message, f"Rename it to `{better}.yml`.")


def read_file(record: type[Any], file: File, problems: list[Problem]) -> Any:
    """One file as a record of the given kind, or None; its problems are added to the list."""
    text, found = yaml_bytes.decode(file.data, file.path)
    problems.extend(found)
    if found:
        return None
    node, found = yaml_text.parse(text, file.path)
    problems.extend(found)
    if node is None:
        if not found:
            problems.append(_empty_file(file.path))
        return None
    reading = Reading(file.path, problems)
    if not isinstance(node, yaml_text.Mapping):
        message = f"A file begins with keys, `schema: 1` first; found {described(node)}."
        reading.fault("wrong-type", node, message, "Write `schema: 1` into the first line.")
        return None
    return read_record(record, node, reading)


def problems_of_file(file: File) -> tuple[Problem, ...]:
    """What is wrong with the shape of one file, seen by itself."""
    problems: list[Problem] = []
    name = file.path.rsplit("/", 1)[1]
    kinds: dict[str, type[Any]] = {ORGANIZATION_FILE: Organization, CYCLE_FILE: CycleDocument}
    if file.path.count("/") == 1:
        kinds[METRICS_FILE] = MetricsDocument
    read_file(kinds.get(name, TeamDocument), file, problems)
    return tuple(problems)


def _empty_file(path: str) -> Problem:
    hint = "Begin with `schema: 1`, or delete the file."
    return error("empty-file", Span(path, 1, 1, 1, 1), "This file is empty.", hint)
