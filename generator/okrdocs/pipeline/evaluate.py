"""Runs the first half of the pipeline: (tree, as of) → documents → workspace → scores, problems.

Commands that only look end here: `okr check`, `status`, `explain`, `export`. `build` adds pages.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from okrdocs.format.loader import load_documents
from okrdocs.grading.aggregate import score_workspace
from okrdocs.grading.measure import measure_all
from okrdocs.grading.results import Scores
from okrdocs.problem import Problem, Severity, drop_follow_up_problems
from okrdocs.source.disk import FileTree
from okrdocs.source.rejections import concerns_all_files
from okrdocs.workspace.drafts import NO_DRAFTS, Drafts, find_drafts
from okrdocs.workspace.resolve import resolve
from okrdocs.workspace.visibility import public_documents, with_drafts_last


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the files say as of a day. `scores` is None where there are errors.

    `frozen`: the day is the one that `okr.yml` fixes. `partial` are the scores of what can be read
    beside the errors, for the review; None where there is no company at all. `hidden` names the
    drafts that were left out.
    """

    problems: tuple[Problem, ...]
    scores: Scores | None
    frozen: bool
    partial: Scores | None = None
    hidden: Drafts = NO_DRAFTS


@contextmanager
def pause_garbage_collector() -> Iterator[None]:
    """Run a block without the garbage collector.

    What is read stays, and scanning it halves the speed.

    What was made is frozen, so that it isn't scanned afterwards either; it has no reference cycles,
    so nothing is lost by that.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.freeze()
            gc.enable()


def evaluate(
    tree: FileTree,
    *,
    as_of: date | None,
    today: date,
    drafts: bool = True,
    two_cores: bool = False,
) -> Evaluation:
    """Read, resolve, measure and score. `as_of` wins over `okr.yml`, which wins over `today`.

    Without `drafts` the result is what the public may see. With `two_cores` many files are read
    faster, for more processor time in all. Raises UsageError where the tree has no folder.
    """
    with pause_garbage_collector():
        return _evaluate(tree, as_of, today, drafts=drafts, two_cores=two_cores)


def _evaluate(
    tree: FileTree, as_of: date | None, today: date, *, drafts: bool, two_cores: bool
) -> Evaluation:
    files, refused = tree.read()
    if any(concerns_all_files(problem) for problem in refused):
        return Evaluation(refused, None, frozen=False)
    documents, misshapen = load_documents(files, two_cores=two_cores)
    hidden = NO_DRAFTS if drafts else find_drafts(documents)
    documents = with_drafts_last(documents) if drafts else public_documents(documents, hidden)
    workspace, unresolved = resolve(documents)
    if workspace is None:
        return Evaluation(
            drop_follow_up_problems((*refused, *misshapen, *unresolved)), None, frozen=False
        )
    measured, unmeasured = measure_all(workspace)
    problems = drop_follow_up_problems((*refused, *misshapen, *unresolved, *unmeasured))
    fixed = workspace.organization.as_of
    frozen = as_of is None and fixed is not None
    scores = score_workspace(workspace, measured, as_of or fixed or today)
    broken = any(problem.severity is Severity.ERROR for problem in problems)
    return Evaluation(problems, None if broken else scores, frozen, scores, hidden)
