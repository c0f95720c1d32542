"""The work of `okr comment`: review both states, and compare them in one comment."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from okrdocs.commands import FINDINGS, FINE, Days
from okrdocs.commands.check.check_files import find_closed_cycle_changes
from okrdocs.commands.known_findings import known_findings_in_revision, read_known_findings
from okrdocs.commands.revision import require_repository
from okrdocs.diff import OkrChange, compare
from okrdocs.diff.pairs import find_pairs
from okrdocs.errors import UsageError
from okrdocs.format.records import CycleStatus
from okrdocs.grading.results import Scores
from okrdocs.lint.accepted_findings import (
    added_debts,
    added_suppressions,
    with_accepted_findings,
)
from okrdocs.lint.grouping import merge_groups
from okrdocs.lint.suppression import read_suppressions
from okrdocs.pipeline.freshness import Inputs, inputs_of_tree, read_inputs
from okrdocs.pipeline.review import DATED, ReviewRequest, ReviewResult, review
from okrdocs.problem import Problem
from okrdocs.report.changed_findings import (
    changed_findings,
    changed_lines,
    paths_and_refs_after_change,
)
from okrdocs.report.comment import (
    ReviewComparison,
    comment_without_comparison,
    comparison_comment,
    unreadable_comment,
)
from okrdocs.report.comment_cascade import cascade_section
from okrdocs.report.console import Console
from okrdocs.report.repository_paths import problems_from_top
from okrdocs.source.git.errors import SHALLOW
from okrdocs.source.git.folder_place import PlaceKind, place_before_moves
from okrdocs.source.git.main_branch import default_base
from okrdocs.source.git.repository import Repository
from okrdocs.source.revision import GitTree

THIS = "this branch"
_BRANCH = re.compile(r"(?!.*\.\.)(?![0-9a-f]{7,64}\Z|HEAD\Z)[A-Za-z0-9][\w./-]*", re.ASCII)
_NO_BASE = f"This clone doesn't show where the branch began. {SHALLOW}"
_NO_OKRS = "There were no OKRs before this change; every objective in it is new."
_NOT_A_FOLDER = {
    PlaceKind.LINK: "a link out of the repository",
    PlaceKind.SUBMODULE: "a submodule",
    PlaceKind.FILE: "a file",
}
_UNREAD = "The OKRs before this change can't be read, so that nothing can be compared."


def print_comment(root: Path, console: Console, days: Days, *, base: str | None) -> int:
    """Print the comment; 1 only where the files on disk have errors."""
    repository = require_repository(root)
    inputs = read_inputs(root)
    before = _tree_before_change(repository, base)
    # Only debts that the base has count: a change can't accept its own findings.
    debts = {} if isinstance(before, str) else known_findings_in_revision(before)
    asked = ReviewRequest(known_findings=debts)
    seals = partial(find_closed_cycle_changes, root)
    new = review(inputs, asked, as_of=days.as_of, today=days.today, seals=seals)
    scores = new.evaluation.scores
    problems = problems_from_top(new.problems, repository.prefix)
    if scores is None:
        console.print_line(unreadable_comment(problems))
        return FINDINGS
    if isinstance(before, str):
        console.print_line(comment_without_comparison(before, problems, scores))
        return FINE
    # Both are graded on one day: what differs is what people changed, never the calendar.
    old_inputs = inputs_of_tree(before)
    old = review(old_inputs, asked, as_of=scores.as_of, today=days.today)
    if old.evaluation.partial is None:
        console.print_line(comment_without_comparison(_UNREAD, problems, scores))
        return FINE
    added = added_debts(debts, read_known_findings(root) or {})
    sides = (old_inputs, old, old.evaluation.partial), (inputs, new, scores)
    console.print_line(_render_comparison(*sides, _base_name(base), added, repository.prefix))
    return FINE


_Side = tuple[Inputs, ReviewResult, Scores]


def _render_comparison(
    before: _Side, after: _Side, name: str, debts: tuple[OkrChange, ...], prefix: str
) -> str:
    """Return the comment on two states; `name` is that of the earlier one, `debts` are added.

    `prefix` is the path from the repository's top to the root.
    """
    (old_inputs, old_review, old), (new_inputs, new_review, new) = before, after
    pairs, diff = find_pairs(old, new), compare(old, new)
    names = paths_and_refs_after_change(old, new, pairs)
    comments = added_suppressions(
        read_suppressions(old_inputs.files), read_suppressions(new_inputs.files), names.paths
    )
    diff = with_accepted_findings(diff, (*debts, *comments))
    lines = changed_lines(old_inputs.files, new_inputs.files, names.paths)
    closed = _cycles_closed_between(old, new)
    findings = changed_findings(
        _without_dated_problems(old_review),
        _without_dated_problems(new_review, closed),
        lines,
        names,
    )
    findings = findings._replace(findings=merge_groups(findings.findings))
    shown = problems_from_top(findings.findings, prefix)
    findings = findings._replace(findings=shown)
    cascade = cascade_section(old, new, pairs, diff)
    return comparison_comment(
        ReviewComparison(diff, old, new, pairs, cascade, findings, name, THIS)
    )


def _cycles_closed_between(old: Scores, new: Scores) -> tuple[str, ...]:
    """Return the folders of the cycles that the change itself closes."""
    before = {cycle.path for cycle in old.workspace.cycles if cycle.status is CycleStatus.CLOSED}
    return tuple(
        f"{cycle.path}/"
        for cycle in new.workspace.cycles
        if cycle.status is CycleStatus.CLOSED and cycle.path not in before
    )


def _without_dated_problems(
    result: ReviewResult, closed: tuple[str, ...] = ()
) -> tuple[Problem, ...]:
    """Return problems that no date alone causes: a new key result isn't stale on its first day.

    In a cycle that the change closes, nobody will look at values and grades again.
    """
    return tuple(
        problem
        for problem in result.problems
        if problem.code not in DATED or problem.span.path.startswith(closed)
    )


def _tree_before_change(repository: Repository, base: str | None) -> GitTree | str:
    """Return the OKRs before the change, or in a sentence why there is nothing to compare with.

    Raises UsageError for a revision that isn't there, unless the clone is too shallow to have it.
    """
    shallow = repository.is_shallow()
    if base is None and shallow:
        return _NO_BASE
    try:
        rev = repository.resolve(base) if base is not None else default_base(repository)
    except UsageError as fault:
        if not shallow:
            raise
        return str(fault)
    kind = place_before_moves(repository, rev, "okrs").kind if rev else PlaceKind.NOTHING
    if kind in _NOT_A_FOLDER:
        return f"Before this change, the folder okrs is {_NOT_A_FOLDER[kind]}. {_UNREAD}"
    if rev is None or kind is PlaceKind.NOTHING:
        return _NO_BASE if shallow else _NO_OKRS
    return GitTree(repository, rev)


def _base_name(base: str | None) -> str:
    """Return a branch or tag as it was named; anything harder to read is only the base."""
    return base if base is not None and _BRANCH.fullmatch(base) else "the base branch"
