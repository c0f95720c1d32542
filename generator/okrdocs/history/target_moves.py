"""Finds targets of open cycles that git saw move and that no entry in `target_changes:` explains.

Looks at the versions of the teams' files since the first day of the cycle; what was changed before
is planning. A version is parsed only where a line about a target differs from the version before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from okrdocs.diff import same_amount
from okrdocs.format.loader import read_record_file
from okrdocs.format.records import CycleStatus, KeyResult, TeamDocument
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


_Targets = Mapping[tuple[str, str], str]
"""Targets as written, by the ids of objective and key result."""


class _Former(NamedTuple):
    """A target of an earlier version, and the day on which another one took its place."""

    text: str
    until: date


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
    targets = _targets_by_blob(repository, blobs)
    return in_source_order(
        problem
        for cycle, _ in _open_cycles(scores)
        for team in cycle.teams
        for problem in _moves_in_file(
            team, [(version.day, targets[version.blob]) for version in versions[team.path]], scores
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
    team: TeamEntry, versions: Sequence[tuple[date, _Targets]], scores: Scores
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
            former = _unexplained_former(given, score, scores.as_of)
            if former is not None:
                yield _problem(former, score)


def _targets_by_blob(repository: Repository, blobs: Iterable[str]) -> dict[str, _Targets]:
    """Return the targets in each blob; most differ from the one before in other lines only."""
    found: dict[str, _Targets] = {}
    lines: list[bytes] = []
    targets: _Targets = {}
    for blob, data in repository.read_blobs(blobs):
        here = [line for line in (data or b"").split(b"\n") if b"target" in line or b"id:" in line]
        if here != lines:
            lines = here
            document: TeamDocument | None = read_record_file(
                TeamDocument, File("", data or b""), []
            )
            targets = dict(_targets_in_document(document)) if document else {}
        found[blob] = targets
    return found


def _targets_in_document(document: TeamDocument) -> Iterator[tuple[tuple[str, str], str]]:
    for objective in document.objectives:
        for key_result in objective.key_results:
            target = _target_text(key_result)
            if target:
                yield (objective.id, key_result.id), target


def _target_text(key_result: KeyResult) -> str:
    return str(key_result.levels.target) if key_result.levels else key_result.target or ""


def _unexplained_former(
    given: Sequence[tuple[date, str]], score: KeyResultScore, as_of: date
) -> _Former | None:
    """Return the latest former target that isn't the one of now and has no entry."""
    key_result = score.entry.key_result
    now = _target_text(key_result)
    if not now or score.dropped is not None:
        return None
    entries = [change.from_ for change in key_result.target_changes]
    latest = None
    for place, (_, text) in enumerate(given):
        if same_amount(text, now):
            return None if place == 0 else latest
        until = next((day for day, other in given[place:] if not same_amount(text, other)), as_of)
        if not any(same_amount(text, entry) for entry in entries):
            latest = _Former(text, until)
    return latest


def _problem(former: _Former, score: KeyResultScore) -> Problem:
    key_result = score.entry.key_result
    entry = f"{{date: {former.until}, from: {former.text}, reason: …}}"
    found = warning(
        "target-moved",
        key_result.at.span("levels" if key_result.levels else "target"),
        f"In git this target was {former.text} until {former.until}; now it is"
        f" {_target_text(key_result)}, and nothing here says so.",
        f"Add it to `target_changes:`, as `{entry}`, or put the old target back.",
    )
    return found._replace(ref=str(score.entry.ref))
