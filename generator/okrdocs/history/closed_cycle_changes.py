"""What was changed in a cycle after it was closed, although its grades are final.

Between `study` and `review`: a cycle is sealed once `status: closed` has landed in git, and only an
entry in `amendments:` of its `cycle.yml` explains another number. `closings` says since when.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from okrdocs.diff import Change, ChangeKind, compare
from okrdocs.diff.change import Importance
from okrdocs.diff.pairs import find_pairs
from okrdocs.format.loader import CYCLE_FILE
from okrdocs.format.records import CycleStatus
from okrdocs.grading.results import Scores
from okrdocs.history.closings import Closing, blobs_at, closings, left_behind, state_at, touched
from okrdocs.problem import Problem, Span, error, in_source_order, warning
from okrdocs.source.disk import File
from okrdocs.source.git.repository import Repository
from okrdocs.workspace.workspace import Cycle, KeyResultEntry, Ref

CODE = "sealed-cycle"
GONE = "closed-cycle-gone"
SHALLOW = (
    "Whether closed cycles stayed as they were isn't known: this clone is shallow and begins after"
    " they were closed. In CI, set `fetch-depth: 0`; elsewhere, `git fetch --unshallow`."
)
_UNREAD = "but as it was then it can't be read."
_KINDS = frozenset(
    {
        ChangeKind.BASELINE, ChangeKind.TARGET, ChangeKind.MEASURE, ChangeKind.WEIGHT, ChangeKind.TYPE, ChangeKind.GRADE, ChangeKind.DROPPED,
        ChangeKind.MOVED, ChangeKind.ADDED, ChangeKind.REMOVED,
    }
)  # fmt: skip
_FIELDS = frozenset(
    {"milestones", "milestones.done", "milestones.weight"}
    | {"check_ins", "check_ins.date", "check_ins.value", "check_ins.grade"}
)
_IN_LISTS = frozenset(
    {
        ChangeKind.MILESTONE,
        ChangeKind.CHECK_IN_ADDED,
        ChangeKind.CHECK_IN_CHANGED,
        ChangeKind.CHECK_IN_REMOVED,
    }
)
_LATE = (" – after the cycle was closed", ", after the cycle was closed")


class Sealed(NamedTuple):
    """What was changed under seal, in source order, and remarks about what couldn't be judged."""

    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()


def may_be_sealed(scores: Scores) -> bool:
    """Whether it is worth asking git: a cycle is closed, or over, so that it may have been."""
    return any(
        cycle.status is CycleStatus.CLOSED
        or (cycle.period is not None and cycle.period.end < scores.as_of)
        for cycle in scores.workspace.cycles
    )


def broken_seals(repository: Repository, scores: Scores, files: Iterable[File]) -> Sealed:
    """Each change that no amendment explains. Raises GitError where git can't go on."""
    cycles = scores.workspace.cycles
    given = {file.path: file for file in files}
    folder = next((cycle.path.rpartition("/")[0] for cycle in cycles), "okrs")
    log = repository.log(folder)
    gone = left_behind(log, [cycle.path for cycle in cycles])
    known = closings(repository, log, [*(cycle.path for cycle in cycles), *gone])
    problems = [
        _gone(path, known[path][-1], scores)
        for path in gone
        if known[path] and _is_shut(known[path])
    ]
    remarks: list[str] = []
    for cycle in cycles:
        closing = _in_force(cycle, known[cycle.path])
        if closing is None:
            continue
        if not closing.known:
            remarks.append(SHALLOW)
        elif cycle.status is not CycleStatus.CLOSED:
            problems.append(_opened(cycle, closing))
        elif names := touched(cycle.path, given, blobs_at(closing, log)):
            before = state_at(closing, cycle.path, names, repository, scores.as_of)
            if before is None:
                # A title at the start of a line could be a command to the CI that prints it.
                remarks.append(f"Not held to its closing: {_since(cycle, closing)}, {_UNREAD}")
            else:
                seal = _Seal(cycle, closing, before, _only(scores, cycle, names))
                problems.extend(_broken(seal, given))
    return Sealed(in_source_order(problems), tuple(dict.fromkeys(remarks)))


def _in_force(cycle: Cycle, found: Sequence[Closing]) -> Closing | None:
    """The closing that seals: the first one whose opening, if any, nobody explained."""
    explained = max((day for ref, day in _amendments(cycle) if ref is None), default=date.min)
    for closing in found:
        is_last = closing is found[-1]
        opened = closing.opened or (is_last and cycle.status is not CycleStatus.CLOSED)
        if not opened or closing.day > explained:
            return closing
    return None


def _amendments(cycle: Cycle) -> Iterator[tuple[Ref | None, date]]:
    """What each amendment is about, None for the whole cycle, and its day."""
    given = cycle.document.amendments if cycle.document else ()
    for ref, amendment in zip(cycle.amendments, given, strict=True):
        if ref is not None or amendment.ref is None:
            yield ref, amendment.date


def _opened(cycle: Cycle, closing: Closing) -> Problem:
    place = Span(f"{cycle.path}/{CYCLE_FILE}", 1, 1, 1, 1)
    if cycle.document is not None and "status" in cycle.document.at.fields:
        place = cycle.document.at.span("status")
    message = f"{_since(cycle, closing)}, and now it is {cycle.status} again."
    hint = (
        "Write `status: closed`, or say why it was opened, without a `ref`:"
        " `amendments: [{date: …, reason: …}]`."
    )
    return error(CODE, place, message, hint)._replace(ref=cycle.id)


def _is_shut(found: Sequence[Closing]) -> bool:
    return not found[-1].opened and found[-1].known


def _gone(folder: str, closing: Closing, scores: Scores) -> Problem:
    """A whole cycle that is there no more; it may be meant, so it is a warning."""
    company, short = scores.workspace.organization.at.path, closing.revision[:10]
    message = f"`{folder}/` was closed on {closing.day} (commit {short}), and is gone."
    hint = f"A clone is the record: bring it back with `git checkout {short} -- {folder}`."
    found = warning(GONE, Span(company, 1, 1, 1, 1), message, hint)
    return found._replace(ref=folder.rpartition("/")[2])


def _since(cycle: Cycle, closing: Closing) -> str:
    return f"{cycle.title} was closed on {closing.day} (commit {closing.revision[:10]})"


# ------------------------------------------------------------------- changes


def _only(scores: Scores, cycle: Cycle, names: Collection[str]) -> Scores:
    """The scores of some teams of one cycle: what went to another cycle is gone from this one.

    Without metrics: none of their numbers is a grade.
    """
    teams = {name.removesuffix(".yml") for name in names}
    part = dataclasses.replace(cycle, teams=tuple(t for t in cycle.teams if t.id in teams))
    graded = tuple(
        dataclasses.replace(each, teams=tuple(t for t in each.teams if t.entry.id in teams))
        for each in scores.cycles
        if each.cycle.id == cycle.id
    )
    return Scores(
        dataclasses.replace(scores.workspace, cycles=(part,), metrics_document=None),
        scores.as_of,
        graded,
        {each.entry.ref: each for score in graded for each in score.objectives()},
        {each.entry.ref: each for score in graded for each in score.key_results()},
    )


class _Seal(NamedTuple):
    """A closed cycle, its closing, and both states of it alone."""

    cycle: Cycle
    closing: Closing
    before: Scores
    now: Scores


def _broken(seal: _Seal, given: Mapping[str, File]) -> Iterator[Problem]:
    found = [each for each in compare(seal.before, seal.now).changes if _counts(each, seal)]
    if not found:
        return
    objectives = find_pairs(seal.before, seal.now).objectives
    answered = {ref for ref, day in _amendments(seal.cycle) if day >= seal.closing.day}
    for change in found:
        subject = _subject(change, seal, objectives)
        if subject not in answered and (subject is None or subject.parent not in answered):
            yield _problem(change, subject, seal, given)


def _counts(change: Change, seal: _Seal) -> bool:
    """Whether a change is one of a number, and not of words or of how a number is spelt."""
    if change.importance is Importance.WORDS or change.path.endswith(f"/{CYCLE_FILE}"):
        return False
    if change.kind in _IN_LISTS:
        return change.field in _FIELDS and (change.field != "check_ins" or _has_value(change, seal))
    if change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED) and change.ref is None:
        return _has_objectives(change, seal)
    return change.kind in _KINDS and change.field != "grade.by"


def _has_objectives(change: Change, seal: _Seal) -> bool:
    """Whether a team's file that came or went holds any; a retrospective alone is welcome."""
    state = seal.before if change.kind is ChangeKind.REMOVED else seal.now
    return any(ref.team == change.team for ref in state.objectives)


def _has_value(change: Change, seal: _Seal) -> bool:
    """Whether a check-in that came or went says a number; a note alone is welcome any time."""
    state = seal.before if change.kind is ChangeKind.CHECK_IN_REMOVED else seal.now
    return any(
        check_in.value is not None or check_in.grade is not None
        for score in state.key_results.values()
        for check_in in score.entry.key_result.check_ins
        if (check_in.at.path, check_in.at.extent[0]) == (change.path, change.line)
    )


def _subject(change: Change, seal: _Seal, objectives: Mapping[Ref, Ref]) -> Ref | None:
    """What an amendment has to name: what is gone can't be named, so it is what it was part of."""
    ref = change.ref
    if ref is None or ref in seal.now.objectives or ref in seal.now.key_results:
        return ref
    parent = objectives.get(ref.parent, ref.parent)
    return parent if parent in seal.now.objectives else None


def _problem(
    change: Change, subject: Ref | None, seal: _Seal, given: Mapping[str, File]
) -> Problem:
    sentence = change.sentence
    for late in _LATE:
        sentence = sentence.removesuffix(late)
    about = f"ref: {subject.local}, " if subject else ""
    place = _place(change, seal, given)
    hint = (
        f"Restore it, or explain it in `{seal.cycle.path}/{CYCLE_FILE}`:"
        f" `amendments: [{{{about}date: …, reason: …}}]`."
    )
    message = f"{_since(seal.cycle, seal.closing)}; since then somebody {sentence}."
    ref = str(change.ref or seal.cycle.id)
    return error(CODE, place, message, hint)._replace(ref=ref)


def _place(change: Change, seal: _Seal, given: Mapping[str, File]) -> Span:
    """The line of the new text; what is gone has none, so it is told where it would stand."""
    ref = change.ref
    held = seal.now.key_results.get(ref) or seal.now.objectives.get(ref) if ref else None
    if change.after and change.path in given:
        return _line(given[change.path], change.line)
    if held is not None:
        entry = held.entry
        record = entry.key_result if isinstance(entry, KeyResultEntry) else entry.objective
        return record.at.span("id")
    paths = (change.path, f"{seal.cycle.path}/{CYCLE_FILE}")
    path = next(
        (each for each in paths if each in given), f"{seal.cycle.path.rpartition('/')[0]}/okr.yml"
    )
    return Span(path, 1, 1, 1, 1)


def _line(file: File, number: int) -> Span:
    """A line without the white space around it."""
    lines = file.data.decode("utf-8", "replace").split("\n")
    text = lines[number - 1] if 0 < number <= len(lines) else ""
    start = len(text) - len(text.lstrip()) + 1
    return Span(file.path, number, start, number, max(start, len(text.rstrip()) + 1))
