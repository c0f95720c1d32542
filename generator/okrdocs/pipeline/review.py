"""Runs `okr check`: files → everything that is wrong, and everything a coach would say.

First what can't be read or graded, from `build`; then the rules; then the comments that answer
findings, and the baseline of known findings. Findings in a file with an error wait until it is
fixed, as what is missing there would only be reported twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from okrdocs.format.records import CycleStatus
from okrdocs.grading.results import Scores
from okrdocs.history.closed_cycle_changes import GONE, ClosedCycleChanges
from okrdocs.lint.baseline import BaselineResult, KnownFindings, compare_with_baseline
from okrdocs.lint.catalogue import RULES
from okrdocs.lint.run import drop_duplicate_findings, find_problems
from okrdocs.lint.selection import NO_CHOICE, RuleChoice
from okrdocs.lint.settings import rules_to_run
from okrdocs.lint.suppression import apply_suppressions, read_suppressions
from okrdocs.pipeline.evaluate import Evaluation, evaluate, pause_garbage_collector
from okrdocs.problem import Problem, Severity, in_source_order
from okrdocs.source.disk import File, FileTree
from okrdocs.workspace.workspace import Cycle

DATED = frozenset(rule.code for rule in RULES if rule.dated)
ClosedCycleCheck = Callable[[Scores, Iterable[File]], ClosedCycleChanges]
"""What was changed in closed cycles, where the caller knows their past."""

_RANK = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.INFO: 0}


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What a review looks at. `closed`: also cycles that are over."""

    choice: RuleChoice = NO_CHOICE
    closed: bool = False
    known_findings: KnownFindings | None = None


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """The result: problems in source order; what was left out and why.

    `suppressed` counts the findings that comments answer. `waiting` are the files whose findings
    wait for an error to be fixed, `remarks` what couldn't be judged and why.
    """

    evaluation: Evaluation
    problems: tuple[Problem, ...]
    suppressed: int
    baseline: BaselineResult
    waiting: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def review(
    tree: FileTree,
    request: ReviewRequest,
    *,
    as_of: date | None,
    today: date,
    seals: ClosedCycleCheck | None = None,
) -> ReviewResult:
    """Return everything that is wrong and everything a coach would say, in one run.

    What `seals` finds in closed cycles is added; comments and the baseline can't suppress it.
    """
    files, _ = tree.read()
    with pause_garbage_collector():
        evaluation = evaluate(tree, as_of=as_of, today=today, two_cores=True)
        return _review_evaluation(evaluation, files, request, seals)


def _review_evaluation(
    evaluation: Evaluation,
    files: Iterable[File],
    request: ReviewRequest,
    seals: ClosedCycleCheck | None,
) -> ReviewResult:
    broken = {p.span.path for p in evaluation.problems if p.severity is Severity.ERROR}
    if evaluation.partial is None:
        nothing_compared = BaselineResult((), 0, request.known_findings or {}, 0)
        return ReviewResult(
            evaluation, evaluation.problems, 0, nothing_compared, tuple(sorted(broken))
        )
    active, unsettled = rules_to_run(evaluation.partial.workspace.organization, request.choice)
    ran = frozenset(active_rule.rule.code for active_rule in active)
    listed = drop_duplicate_findings(
        find_problems(evaluation.partial, active, closed=request.closed),
        _not_gradable(evaluation.partial),
    )
    reliable = [problem for problem in listed if _is_read_completely(problem, broken)]
    comments = [c for c in read_suppressions(files) if c.span.path not in broken]
    past = () if request.closed else _closed_cycles(evaluation.partial)
    uncommented = apply_suppressions(reliable, comments, ran, [cycle.path for cycle in past])
    over = frozenset(cycle.id for cycle in past)
    sealed = seals(evaluation.partial, files) if seals is not None else ClosedCycleChanges()
    late = [problem for problem in sealed.problems if not _is_near_error(problem, broken)]
    gone = [problem for problem in late if problem.code == GONE]
    compared = compare_with_baseline(
        (*uncommented.problems, *gone), request.known_findings or {}, ran | {GONE}, over
    )
    late = [problem for problem in late if problem.code != GONE]
    problems = in_source_order((*evaluation.problems, *unsettled, *late, *compared.problems))
    waiting = tuple(sorted(broken))
    return ReviewResult(
        evaluation, problems, uncommented.suppressed, compared, waiting, sealed.remarks
    )


def _not_gradable(scores: Scores) -> frozenset[str]:
    """Return the references of the key results of which a warning says what they lack."""
    key_results = (score for cycle in scores.cycles for score in cycle.key_results())
    return frozenset(str(score.entry.ref) for score in key_results if score.not_gradable)


def _is_near_error(problem: Problem, broken: Collection[str]) -> bool:
    """Return whether an error in the same folder may be what makes this look like a change."""
    folder = problem.span.path.rpartition("/")[0] + "/"
    return any(path.startswith(folder) for path in broken)


def _closed_cycles(scores: Scores) -> tuple[Cycle, ...]:
    """Return the cycles that are over, which most rules skip."""
    return tuple(
        score.cycle
        for score in scores.cycles
        if score.cycle.status_on(scores.as_of) is CycleStatus.CLOSED
    )


def _is_read_completely(problem: Problem, broken: Collection[str]) -> bool:
    """Return whether what a finding is about was read without an error.

    A cycle is all of its files.
    """
    about_cycle = ":" not in problem.ref
    folder = problem.span.path.rpartition("/")[0] + "/"
    return not any(
        path == problem.span.path or (about_cycle and path.startswith(folder)) for path in broken
    )


def is_failure(problems: Iterable[Problem], fail_on: Severity | None) -> bool:
    """Return whether any problem is at least that severe; date-dependent ones never count."""
    return fail_on is not None and any(
        _RANK[problem.severity] >= _RANK[fail_on] and problem.code not in DATED
        for problem in problems
    )
