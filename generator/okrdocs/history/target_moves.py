"""Finds targets and stages of open cycles that git saw change and that no entry explains.

Looks at the versions of the teams' files since the first day of the cycle; what was changed before
is planning. A version is parsed only where a line about a target or a stage differs from the one
before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from okrdocs.diff import same_amount
from okrdocs.format.loader import read_record_file
from okrdocs.format.records import CycleStatus, KeyResult, Stage, TeamDocument
from okrdocs.grading.results import KeyResultScore, Scores
from okrdocs.problem import Problem, in_source_order, warning
from okrdocs.source.disk import File
from okrdocs.source.git.log import Revision
from okrdocs.source.git.repository import Repository
from okrdocs.workspace.calendar import Period
from okrdocs.workspace.workspace import Cycle, TeamEntry

_MOST_VERSIONS = 500
"""So many versions of one file are looked at, the newest ones."""


class _Version(NamedTuple):
    """A team's file as a revision left it, and since when."""

    day: date
    blob: str


class _Aim(NamedTuple):
    """What a key result aimed at in one version: its target as written, "" for none, its stages."""

    target: str
    stages: tuple[Stage, ...]


_Aims = Mapping[tuple[str, str], _Aim]
"""By the ids of objective and key result."""
_LINES = (b"target", b"id:", b"stage", b"mark")
_Value = TypeVar("_Value")


def may_have_open_cycles(scores: Scores) -> bool:
    """Return whether git has to be asked: a cycle runs, or is over and not closed."""
    return any(True for _ in _open_cycles(scores))


def unexplained_target_moves(
    repository: Repository, scores: Scores, log: Sequence[Revision]
) -> tuple[Problem, ...]:
    """Return a warning for each target that moved without an entry, in source order.

    `log` is that of the folder, oldest first. Raises GitError where git can't read a version.
    """
    versions = {
        team.path: list(_versions_since(team.path, period.start, log))[::-1]
        for cycle, period in _open_cycles(scores)
        for team in cycle.teams
    }
    blobs = [version.blob for listed in versions.values() for version in listed]
    aims = _aims_by_blob(repository, blobs)
    return in_source_order(
        problem
        for cycle, _ in _open_cycles(scores)
        for team in cycle.teams
        for problem in _moves_in_file(
            team, [(version.day, aims[version.blob]) for version in versions[team.path]], scores
        )
    )


def _open_cycles(scores: Scores) -> Iterator[tuple[Cycle, Period]]:
    for cycle in scores.workspace.cycles:
        if cycle.period is None or scores.as_of < cycle.period.start:
            continue
        if cycle.status_on(scores.as_of) not in (CycleStatus.DRAFT, CycleStatus.CLOSED):
            yield cycle, cycle.period


def _versions_since(path: str, start: date, log: Sequence[Revision]) -> Iterator[_Version]:
    """Yield the versions of a file, newest first, back to the one in force on the first day."""
    for revision in reversed(log[-_MOST_VERSIONS * 10 :]):
        change = next((each for each in revision.changes if each.path == path), None)
        if change is None or change.new_blob is None:
            continue
        day = revision.landed or revision.author_day
        yield _Version(day, change.new_blob)
        path = change.old_path
        if day <= start or change.old_blob is None:
            return


def _moves_in_file(
    team: TeamEntry, versions: Sequence[tuple[date, _Aims]], scores: Scores
) -> Iterator[Problem]:
    for objective in team.objectives:
        for entry in objective.key_results:
            names = {
                (above, own)
                for above in (objective.objective.id, *objective.objective.was)
                for own in (entry.key_result.id, *entry.key_result.was)
            }
            given = [(day, held[name]) for day, held in versions for name in names if name in held]
            score = scores.key_results[entry.ref]
            if score.dropped is None:
                yield from _target_problem(given, score, scores.as_of)
                yield from _stages_problem(given, score, scores.as_of)


def _aims_by_blob(repository: Repository, blobs: Iterable[str]) -> dict[str, _Aims]:
    """Return the targets in each blob; most differ from the one before in other lines only."""
    found: dict[str, _Aims] = {}
    lines: list[bytes] = []
    aims: _Aims = {}
    for blob, data in repository.read_blobs(blobs):
        here = [line for line in (data or b"").split(b"\n") if any(part in line for part in _LINES)]
        if here != lines:
            lines = here
            document: TeamDocument | None = read_record_file(
                TeamDocument, File("", data or b""), []
            )
            aims = dict(_aims_in_document(document)) if document else {}
        found[blob] = aims
    return found


def _aims_in_document(document: TeamDocument) -> Iterator[tuple[tuple[str, str], _Aim]]:
    for objective in document.objectives:
        for key_result in objective.key_results:
            yield (objective.id, key_result.id), _aim_of(key_result)


def _aim_of(key_result: KeyResult) -> _Aim:
    target = str(key_result.levels.target) if key_result.levels else key_result.target or ""
    stages = key_result.stages
    return _Aim(target, () if stages is None or isinstance(stages, str) else stages)


def _latest_unexplained(
    given: Sequence[tuple[date, _Value]],
    now: _Value,
    entries: Sequence[_Value],
    same: Callable[[_Value, _Value], bool],
    as_of: date,
) -> tuple[_Value, date] | None:
    """Return the latest former value without an entry, and the day on which it was replaced.

    None where what stands now stood at the start as well.
    """
    latest = None
    for place, (_, value) in enumerate(given):
        if same(value, now):
            return None if place == 0 else latest
        if not any(same(value, entry) for entry in entries):
            until = (day for day, other in given[place:] if not same(value, other))
            latest = value, next(until, as_of)
    return latest


def _target_problem(
    given: Sequence[tuple[date, _Aim]], score: KeyResultScore, as_of: date
) -> Iterator[Problem]:
    key_result = score.entry.key_result
    now = _aim_of(key_result).target
    targets = [(day, aim.target) for day, aim in given if aim.target]
    entries = [change.from_ for change in key_result.target_changes]
    former = _latest_unexplained(targets, now, entries, same_amount, as_of) if now else None
    if former is not None:
        text, until = former
        entry = f"{{date: {until}, from: {text}, reason: …}}"
        yield warning(
            "target-moved",
            key_result.at.span("levels" if key_result.levels else "target"),
            f"In git this target was {text} until {until}; now it is {now}, and nothing here says"
            " so.",
            f"Add it to `target_changes:`, as `{entry}`, or put the old target back.",
        )._replace(ref=str(score.entry.ref))


def _stages_problem(
    given: Sequence[tuple[date, _Aim]], score: KeyResultScore, as_of: date
) -> Iterator[Problem]:
    key_result = score.entry.key_result
    now = _aim_of(key_result).stages
    stages = [(day, aim.stages) for day, aim in given if aim.stages]
    entries = [change.from_ for change in key_result.stage_changes]
    former = _latest_unexplained(stages, now, entries, _same_stages, as_of) if now else None
    if former is not None:
        listed, until = former
        text = ", ".join(f"{{stage: {each.stage}, mark: {each.mark.text}}}" for each in listed)
        yield warning(
            "stages-rewritten",
            key_result.at.span("stages"),
            f"In git these stages were others until {until}, so that values from before that day"
            " have other marks now, and nothing here says so.",
            f"Add them to `stage_changes:`, as `{{date: {until}, from: [{text}], reason: …}}`, or"
            " put the old stages back.",
        )._replace(ref=str(score.entry.ref))


def _same_stages(one: Sequence[Stage], other: Sequence[Stage]) -> bool:
    """Return whether stages have the same names and marks, whatever they are said to mean."""
    return [(each.stage, each.mark.value) for each in one] == [
        (each.stage, each.mark.value) for each in other
    ]
