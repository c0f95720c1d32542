"""The work of `okr diff`: evaluate both states on one day, and print what differs."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from okrdocs.commands import FINDINGS, FINE, Days
from okrdocs.commands.known_findings import known_findings_in_revision, read_known_findings
from okrdocs.commands.print_problems import print_problems
from okrdocs.commands.revision import require_repository
from okrdocs.diff import OkrChange, compare
from okrdocs.diff.pairs import find_pairs
from okrdocs.errors import UsageError
from okrdocs.grading.results import Scores
from okrdocs.lint.accepted_findings import (
    added_debts,
    added_suppressions,
    with_accepted_findings,
)
from okrdocs.lint.baseline import KnownFindings
from okrdocs.lint.suppression import read_suppressions
from okrdocs.pipeline.evaluate import Evaluation, evaluate
from okrdocs.pipeline.freshness import Inputs, inputs_of_tree, read_inputs
from okrdocs.report.changed_findings import paths_and_refs_after_change
from okrdocs.report.console import Console
from okrdocs.report.diff_formats import DiffFormat, render_diff
from okrdocs.source.git.main_branch import default_base
from okrdocs.source.git.repository import Repository
from okrdocs.source.revision import GitTree

WORKING_TREE = "the working tree"


class _Side(NamedTuple):
    name: str
    inputs: Inputs
    debts: KnownFindings


def print_changes(
    root: Path,
    console: Console,
    days: Days,
    *,
    base: str | None,
    head: str | None,
    form: DiffFormat = DiffFormat.TEXT,
) -> int:
    """Print what changed from `base` to `head`; without them, on this branch so far.

    Raises UsageError where a revision or its company is unknown.
    """
    repository = require_repository(root)
    before = _read_revision(
        repository, _default_base_revision(repository) if base is None else base
    )
    after = (
        _read_revision(repository, head)
        if head is not None
        else _Side(WORKING_TREE, read_inputs(root), read_known_findings(root) or {})
    )
    day = (repository.commit_day(head) if head is not None else None) or days.today
    new = evaluate(after.inputs, as_of=days.as_of, today=day)
    print_problems(new.problems, after.inputs.files, console)
    if new.scores is None:
        return FINDINGS
    # Both are graded on one day: what differs is what people changed, never the calendar.
    old = evaluate(before.inputs, as_of=new.scores.as_of, today=day)
    if old.partial is None:
        raise UsageError(f"There is no company in `okrs/okr.yml` of {before.name} to compare with.")
    _warn_of_errors_before(old, before.name, console)
    diff = with_accepted_findings(
        compare(old.partial, new.scores), _accepted_findings(before, after, old.partial, new.scores)
    )
    console.print_line(render_diff(form, diff, before.name, after.name, console))
    return FINE


def _default_base_revision(repository: Repository) -> str:
    """Return the commit where this branch left the main one; there, the last commit."""
    revision = default_base(repository)
    if revision is None:
        raise UsageError("There is no commit yet to compare with.")
    return revision


def _read_revision(repository: Repository, rev: str) -> _Side:
    tree = GitTree(repository, rev)
    name = rev if len(rev) < 40 else tree.revision[:10]
    return _Side(name, inputs_of_tree(tree), known_findings_in_revision(tree))


def _accepted_findings(
    before: _Side, after: _Side, old: Scores, new: Scores
) -> tuple[OkrChange, ...]:
    """Return what the later state accepts of findings that the earlier one didn't."""
    paths = paths_and_refs_after_change(old, new, find_pairs(old, new)).paths
    earlier, later = (read_suppressions(side.inputs.files) for side in (before, after))
    return (*added_debts(before.debts, after.debts), *added_suppressions(earlier, later, paths))


def _warn_of_errors_before(old: Evaluation, name: str, console: Console) -> None:
    if old.scores is None:
        console.print_note(f"{name} had errors; what couldn't be read there counts as not there.")
