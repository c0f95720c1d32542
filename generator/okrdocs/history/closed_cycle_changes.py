"""Finds what was changed in a cycle after it was closed, although its grades are final.

Comes between `evaluate` and `review`. A cycle is final once `status: closed` has landed in git;
only an entry in `amendments:` of its `cycle.yml` explains another number. `closings` finds out
since when a cycle is closed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from okrdocs.diff import ChangeKind, OkrChange, compare
from okrdocs.diff.change import Importance
from okrdocs.diff.pairs import find_pairs
from okrdocs.format.loader import CYCLE_FILE
from okrdocs.format.records import CycleStatus
from okrdocs.grading.results import Scores
from okrdocs.history.closings import (
    Closing,
    blobs_at_closing,
    changed_file_names,
    closings_by_folder,
    deleted_cycle_folders,
    scores_at_closing,
)
from okrdocs.history.rules_at_closing import (
    CODE,
    RuleChange,
    changed_rules,
    moved_grades,
    moved_grades_problem,
)
from okrdocs.problem import Problem, Span, error, in_source_order, warning
from okrdocs.source.disk import File
from okrdocs.source.git.folder_place import folder_log
from okrdocs.source.git.log import Revision
from okrdocs.source.git.repository import Repository
from okrdocs.workspace.workspace import Cycle, KeyResultEntry, ResolvedRef

GONE = "closed-cycle-gone"
SHALLOW = (
    "Whether closed cycles stayed as they were isn't known: this clone is shallow and begins after"
    " they were closed. In CI, set `fetch-depth: 0`; elsewhere, `git fetch --unshallow`."
)
_UNREAD = "but as it was then it can't be read."
_KINDS = frozenset(
    {
        ChangeKind.BASELINE, ChangeKind.TARGET, ChangeKind.MEASURE, ChangeKind.WEIGHT,
        ChangeKind.TYPE, ChangeKind.GRADE, ChangeKind.DROPPED, ChangeKind.MOVED, ChangeKind.ADDED,
        ChangeKind.REMOVED,
    }
)  # fmt: skip
_FIELDS = frozenset(
    {"milestones", "milestones.done", "milestones.weight"}
    | {"check_ins", "check_ins.date", "check_ins.value", "check_ins.grade"}
)
_FIELDS_OF_RECORDS = frozenset({"due", "visibility"})
_IN_LISTS = frozenset(
    {
        ChangeKind.MILESTONE,
        ChangeKind.CHECK_IN_ADDED,
        ChangeKind.CHECK_IN_CHANGED,
        ChangeKind.CHECK_IN_REMOVED,
    }
)


class ClosedCycleChanges(NamedTuple):
    """Problems for changes that no amendment explains, in source order.

    `remarks` are sentences about cycles that couldn't be judged, and why.
    """

    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()


def may_have_closed_cycles(scores: Scores) -> bool:
    """Return whether git has to be asked: a cycle is closed, or over and perhaps closed once."""
    return any(
        cycle.status is CycleStatus.CLOSED
        or (cycle.period is not None and cycle.period.end < scores.as_of)
        for cycle in scores.workspace.cycles
    )


def log_of_cycles(repository: Repository, scores: Scores) -> tuple[Revision, ...]:
    """Return the log of the folder that holds the cycles, oldest first. Raises GitError."""
    cycles = scores.workspace.cycles
    folder = next((cycle.path.rpartition("/")[0] for cycle in cycles), "okrs")
    return folder_log(repository, folder)


def unexplained_changes(
    repository: Repository, scores: Scores, files: Iterable[File], log: Sequence[Revision]
) -> ClosedCycleChanges:
    """Report what changed in closed cycles without an amendment that explains it.

    `scores` and `files` are those of now, `log` is that of the cycles. Deleted and reopened cycles
    are reported as well. Raises GitError where git can't read the history.
    """
    cycles = scores.workspace.cycles
    files_by_path = {file.path: file for file in files}
    gone = deleted_cycle_folders(log, [cycle.path for cycle in cycles])
    closings = closings_by_folder(repository, log, [*(cycle.path for cycle in cycles), *gone])
    problems = [
        _deleted_cycle_problem(path, closings[path][-1], scores)
        for path in gone
        if closings[path] and _is_known_to_be_closed(closings[path])
    ]
    in_force = {c.path: (c, _closing_in_force(c, closings[c.path])) for c in cycles}
    sealed = {path: (c, closing) for path, (c, closing) in in_force.items() if closing}
    remarks = [SHALLOW for _, closing in sealed.values() if not closing.known]
    sealed = {path: seal for path, seal in sealed.items() if seal[1].known}
    problems += [
        _reopened_problem(cycle, closing)
        for cycle, closing in sealed.values()
        if cycle.status is not CycleStatus.CLOSED
    ]
    sealed = {p: seal for p, seal in sealed.items() if seal[0].status is CycleStatus.CLOSED}
    rules = changed_rules(sealed, log, files_by_path, repository)
    for path, (cycle, closing) in sealed.items():
        blobs = blobs_at_closing(closing, log)
        names = changed_file_names(path, files_by_path, blobs)
        if path in rules:
            names = _all_file_names(path, files_by_path, blobs)
        if not names:
            continue
        before = scores_at_closing(closing, path, names, repository, scores.as_of)
        if before is None:
            # A title at the start of a line could be a command to the CI that prints it.
            remarks.append(
                f"Not held to its closing: {_closing_sentence(cycle, closing)}, {_UNREAD}"
            )
        else:
            closed = _ClosedCycle(cycle, closing, before, _scores_of_teams(scores, cycle, names))
            problems.extend(_unexplained_problems(closed, files_by_path))
            problems.extend(_moved_grade_problems(closed, rules.get(path, ())))
    return ClosedCycleChanges(in_source_order(problems), tuple(dict.fromkeys(remarks)))


def _all_file_names(
    path: str, files_by_path: Mapping[str, File], blobs: Mapping[str, str]
) -> frozenset[str]:
    """Return the names of the teams' files of a cycle, now and when it was closed."""
    head = f"{path}/"
    now = {other.removeprefix(head) for other in files_by_path if other.startswith(head)}
    return frozenset({*now, *blobs} - {CYCLE_FILE})


def _closing_in_force(cycle: Cycle, cycle_closings: Sequence[Closing]) -> Closing | None:
    """Return the first closing whose reopening, if any, no amendment explains."""
    explained = max(
        (day for ref, day in _amendments_with_day(cycle) if ref is None), default=date.min
    )
    for closing in cycle_closings:
        is_last = closing is cycle_closings[-1]
        opened = closing.opened or (is_last and cycle.status is not CycleStatus.CLOSED)
        if not opened or closing.day > explained:
            return closing
    return None


def _amendments_with_day(cycle: Cycle) -> Iterator[tuple[ResolvedRef | None, date]]:
    """Yield what each amendment is about, None for the whole cycle, and its day."""
    given = cycle.document.amendments if cycle.document else ()
    for ref, amendment in zip(cycle.amendments, given, strict=True):
        if ref is not None or amendment.ref is None:
            yield ref, amendment.date


def _reopened_problem(cycle: Cycle, closing: Closing) -> Problem:
    place = Span(f"{cycle.path}/{CYCLE_FILE}", 1, 1, 1, 1)
    if cycle.document is not None and "status" in cycle.document.at.fields:
        place = cycle.document.at.span("status")
    message = f"{_closing_sentence(cycle, closing)}, and now it is {cycle.status} again."
    hint = (
        "Write `status: closed`, or say why it was opened, without a `ref`:"
        " `amendments: [{date: …, reason: …}]`."
    )
    return error(CODE, place, message, hint)._replace(ref=cycle.id)


def _is_known_to_be_closed(cycle_closings: Sequence[Closing]) -> bool:
    return not cycle_closings[-1].opened and cycle_closings[-1].known


def _deleted_cycle_problem(folder: str, closing: Closing, scores: Scores) -> Problem:
    """Return a warning about a closed cycle whose folder is gone; deleting it may be intended."""
    company, short = scores.workspace.organization.at.path, closing.revision[:10]
    message = f"`{folder}/` was closed on {closing.day} (commit {short}), and is gone."
    hint = f"A clone is the record: bring it back with `git checkout {short} -- {folder}`."
    problem = warning(GONE, Span(company, 1, 1, 1, 1), message, hint)
    return problem._replace(ref=folder.rpartition("/")[2])


def _closing_sentence(cycle: Cycle, closing: Closing) -> str:
    return f"{cycle.title} was closed on {closing.day} (commit {closing.revision[:10]})"


# ------------------------------------------------------------------- changes


def _scores_of_teams(scores: Scores, cycle: Cycle, names: Collection[str]) -> Scores:
    """Return the scores reduced to some teams of one cycle.

    What moved to another cycle then counts as removed. Metrics are left out: no number of theirs is
    a grade.
    """
    teams = {name.removesuffix(".yml") for name in names}
    cycle_part = dataclasses.replace(cycle, teams=tuple(t for t in cycle.teams if t.id in teams))
    graded = tuple(
        dataclasses.replace(
            cycle_score, teams=tuple(t for t in cycle_score.teams if t.entry.id in teams)
        )
        for cycle_score in scores.cycles
        if cycle_score.cycle.id == cycle.id
    )
    return Scores(
        dataclasses.replace(scores.workspace, cycles=(cycle_part,), metrics_document=None),
        scores.as_of,
        graded,
        {objective.entry.ref: objective for score in graded for objective in score.objectives()},
        {
            key_result.entry.ref: key_result
            for score in graded
            for key_result in score.key_results()
        },
    )


class _ClosedCycle(NamedTuple):
    """A closed cycle, its closing, and both states of it without anything else."""

    cycle: Cycle
    closing: Closing
    before: Scores
    now: Scores


def _unexplained_problems(
    closed: _ClosedCycle, files_by_path: Mapping[str, File]
) -> Iterator[Problem]:
    late_changes = _late_changes(closed)
    if not late_changes:
        return
    objectives = find_pairs(closed.before, closed.now).objectives
    amended_refs = _amended_refs(closed)
    for change in late_changes:
        subject = _ref_to_amend(change, closed, objectives)
        if subject not in amended_refs and (subject is None or subject.parent not in amended_refs):
            yield _change_problem(change, subject, closed, files_by_path)


def _late_changes(closed: _ClosedCycle) -> list[OkrChange]:
    return [
        candidate
        for candidate in compare(closed.before, closed.now).changes
        if _is_change_of_number(candidate, closed)
    ]


def _amended_refs(closed: _ClosedCycle) -> set[ResolvedRef | None]:
    """Return what amendments since the closing explain; None for the whole cycle."""
    return {ref for ref, day in _amendments_with_day(closed.cycle) if day >= closed.closing.day}


def _moved_grade_problems(closed: _ClosedCycle, rules: tuple[RuleChange, ...]) -> Iterator[Problem]:
    """Yield a problem where grades moved for another reason than a change that is told already."""
    amended = _amended_refs(closed)
    if None in amended:
        return
    changed = {change.ref for change in _late_changes(closed)}
    explained = {ref for ref in (*amended, *changed) if ref is not None}
    states = (closed.before.cycle(closed.cycle.id), closed.now.cycle(closed.cycle.id))
    # A team's file that came or went is told already, and moves the means.
    whole = bool(rules) and None not in changed
    moved = list(moved_grades(*states, explained, whole=whole))
    if moved:
        since = _closing_sentence(closed.cycle, closed.closing)
        problem = moved_grades_problem(since, closed.cycle.path, moved, rules)
        yield problem._replace(ref=closed.cycle.id)


def _is_change_of_number(change: OkrChange, closed: _ClosedCycle) -> bool:
    """Return whether a number changed, and not only words or the spelling of a number."""
    if change.importance is Importance.WORDS or change.path.endswith(f"/{CYCLE_FILE}"):
        return False
    if change.kind in _IN_LISTS:
        return change.field in _FIELDS and (
            change.field != "check_ins" or _check_in_has_number(change, closed)
        )
    if change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED) and change.ref is None:
        return _file_had_objectives(change, closed)
    if change.field in _FIELDS_OF_RECORDS:
        return change.ref is not None
    return change.kind in _KINDS and change.field != "grade.by"


def _file_had_objectives(change: OkrChange, closed: _ClosedCycle) -> bool:
    """Return whether a team's file that was added or removed has objectives.

    A file with only a retrospective may be added any time.
    """
    state = closed.before if change.kind is ChangeKind.REMOVED else closed.now
    return any(ref.team == change.team for ref in state.objectives)


def _check_in_has_number(change: OkrChange, closed: _ClosedCycle) -> bool:
    """Return whether an added or removed check-in has a number.

    A note alone may be added any time.
    """
    state = closed.before if change.kind is ChangeKind.CHECK_IN_REMOVED else closed.now
    return any(
        check_in.value is not None or check_in.grade is not None
        for score in state.key_results.values()
        for check_in in score.entry.key_result.check_ins
        if (check_in.at.path, check_in.at.extent[0]) == (change.path, change.line)
    )


def _ref_to_amend(
    change: OkrChange, closed: _ClosedCycle, objectives: Mapping[ResolvedRef, ResolvedRef]
) -> ResolvedRef | None:
    """Return what an amendment has to name.

    For what was removed, the objective that it belonged to.
    """
    ref = change.ref
    if ref is None or ref in closed.now.objectives or ref in closed.now.key_results:
        return ref
    parent = objectives.get(ref.parent, ref.parent)
    return parent if parent in closed.now.objectives else None


def _change_problem(
    change: OkrChange,
    subject: ResolvedRef | None,
    closed: _ClosedCycle,
    files_by_path: Mapping[str, File],
) -> Problem:
    about = f"ref: {subject.local_reference}, " if subject else ""
    place = _span_of_change(change, closed, files_by_path)
    hint = (
        f"Restore it, or explain it in `{closed.cycle.path}/{CYCLE_FILE}`:"
        f" `amendments: [{{{about}date: …, reason: …}}]`."
    )
    since = _closing_sentence(closed.cycle, closed.closing)
    message = f"{since}; since then somebody {change.statement_with_notes}."
    ref = str(change.ref or closed.cycle.id)
    return error(CODE, place, message, hint)._replace(ref=ref)


def _span_of_change(
    change: OkrChange, closed: _ClosedCycle, files_by_path: Mapping[str, File]
) -> Span:
    """Return the place of the new text; for what was removed, the place of what it belonged to."""
    ref = change.ref
    score = closed.now.key_results.get(ref) or closed.now.objectives.get(ref) if ref else None
    if change.after and change.path in files_by_path:
        return _line_span(files_by_path[change.path], change.line)
    if score is not None:
        entry = score.entry
        record = entry.key_result if isinstance(entry, KeyResultEntry) else entry.objective
        return record.at.span("id")
    paths = (change.path, f"{closed.cycle.path}/{CYCLE_FILE}")
    path = next(
        (known_path for known_path in paths if known_path in files_by_path),
        f"{closed.cycle.path.rpartition('/')[0]}/okr.yml",
    )
    return Span(path, 1, 1, 1, 1)


def _line_span(file: File, number: int) -> Span:
    """Return the span of a line without the white space around it."""
    lines = file.data.decode("utf-8", "replace").split("\n")
    text = lines[number - 1] if 0 < number <= len(lines) else ""
    start = len(text) - len(text.lstrip()) + 1
    return Span(file.path, number, start, number, max(start, len(text.rstrip()) + 1))
