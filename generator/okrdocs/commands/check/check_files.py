"""The work of `okr check`: review the files, print the findings, fix what is safe to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from okrdocs.atomic_file import write_file
from okrdocs.commands import FINDINGS, FINE, Days
from okrdocs.commands.file_changes import offer_changes
from okrdocs.commands.known_findings import read_known_findings
from okrdocs.commands.revision import prefix_in_repository
from okrdocs.errors import OkrError, UsageError
from okrdocs.format.records import KeyResult
from okrdocs.grading.results import Scores
from okrdocs.history.closed_cycle_changes import (
    ClosedCycleChanges,
    log_of_cycles,
    may_have_closed_cycles,
    unexplained_changes,
)
from okrdocs.history.rules_at_closing import CODE
from okrdocs.history.target_moves import may_have_open_cycles, unexplained_target_moves
from okrdocs.lint import baseline
from okrdocs.lint.grouping import fold_repeated, merge_groups
from okrdocs.lint.selection import NO_CHOICE, RuleChoice
from okrdocs.lint.settings import RULES_HINT, unknown_rule_names
from okrdocs.markup.counts import count_of
from okrdocs.pipeline.freshness import Inputs, read_inputs
from okrdocs.pipeline.review import ReviewRequest, ReviewResult, is_failure, review
from okrdocs.problem import Problem, Severity, in_source_order
from okrdocs.report.console import Console
from okrdocs.report.counts import count_by_severity
from okrdocs.report.formats import CODE_HOST_FORMATS, Format, render_problems
from okrdocs.report.repository_paths import problems_from_top
from okrdocs.report.rule_docs import rule_infos_by_code
from okrdocs.report.terminal import visible_line
from okrdocs.source.disk import File
from okrdocs.source.git.repository import GitError, find_repository

Rereview = Callable[[Inputs], ReviewResult]
"""The same review, of files as they would be."""


@dataclass(frozen=True, slots=True)
class Options:
    """What `okr check` was asked for; `fail_on` is None for never.

    `hints`: a terminal shows findings of the least severity too, rather than their count.
    """

    form: Format = Format.FULL
    choice: RuleChoice = NO_CHOICE
    fail_on: Severity | None = Severity.ERROR
    closed: bool = False
    hints: bool = False
    update_baseline: bool = False
    fix: bool = False
    yes: bool = False


def check_files(root: Path, console: Console, days: Days, options: Options) -> int:
    """Print the findings; 1 where one is severe enough to fail."""
    _refuse_unknown_rules(options.choice)
    _refuse_contradicting_options(options)
    inputs = read_inputs(root)
    asked = ReviewRequest(options.choice, options.closed, read_known_findings(root))
    seals = partial(find_closed_cycle_changes, root)
    again = partial(review, request=asked, as_of=days.as_of, today=days.today, seals=seals)
    result = again(inputs)
    if options.fix:
        return _offer_fixes(root, result, inputs, console, again, options)
    if options.update_baseline:
        return _update_baseline(root, result, asked.known_findings, console)
    problems = merge_groups(result.problems)
    folded = sum(map(_is_hint, problems)) if _folds_hints(options) else 0
    listed = [each for each in problems if not (folded and _is_hint(each))]
    if options.form in CODE_HOST_FORMATS:
        listed = list(problems_from_top(listed, prefix_in_repository(root)))
    told = fold_repeated(listed) if options.form is Format.FULL else listed
    shown = render_problems(options.form, told, inputs.files, console, rule_infos_by_code())
    if shown:
        console.print_line(shown, for_runner=options.form is Format.GITHUB)
    if options.form is Format.FULL:
        console.print_line(_closing_summary(result, listed, folded, inputs.files, console))
    else:
        for remark in result.remarks:
            console.print_note(visible_line(remark))
    return FINDINGS if is_failure(result.problems, options.fail_on) else FINE


def _folds_hints(options: Options) -> bool:
    return options.form is Format.FULL and not options.hints


def _is_hint(problem: Problem) -> bool:
    return problem.severity is Severity.INFO


def _refuse_unknown_rules(choice: RuleChoice) -> None:
    for name, hint in unknown_rule_names(sorted(choice.select | choice.ignore)):
        step = hint or RULES_HINT
        raise UsageError(f"There is no rule or family `{name}`. {step}")


def _refuse_contradicting_options(options: Options) -> None:
    """Raise UsageError for options that have no effect together, rather than ignoring one."""
    if options.yes and not options.fix:
        raise UsageError("`--yes` answers the question of `--fix`. Add `--fix`, or leave it out.")
    if options.fix and options.update_baseline:
        raise UsageError("`--fix` and `--update-baseline` are two runs: fix first, then update.")


def _closing_summary(
    result: ReviewResult,
    listed: Sequence[Problem],
    folded: int,
    files: tuple[File, ...],
    console: Console,
) -> str:
    """Return the last lines: the counts, and what was left out. `folded` counts hints."""
    plural = "file" if len(files) == 1 else "files"
    counts = count_by_severity(listed)
    head = f"\n{counts}." if counts else f"{len(files)} {plural} checked, nothing to fix."
    remarks = []
    if result.suppressed:
        remarks.append(f"{result.suppressed} answered by comments")
    if result.baseline.known:
        old = result.baseline.known
        remarks.append(f"{count_of(old, 'known finding')} in {baseline.FILE}")
    if result.baseline.fixed and not result.waiting:
        fixed = result.baseline.fixed
        remarks.append(
            f"{count_of(fixed, 'known finding')} fixed: run `okr check --update-baseline`"
        )
    parts = [head if counts else console.style(head, "green")]
    if folded:
        show = "shows it" if folded == 1 else "shows them"
        parts.append(f"{count_of(folded, 'hint')} more: `okr check -v` {show}.")
    if remarks:
        parts.append(f"Not shown: {'; '.join(remarks)}.")
    if result.waiting:
        parts.append("Files with errors are reviewed further once those are fixed.")
    return "\n".join((*parts, *map(visible_line, result.remarks)))


def find_closed_cycle_changes(
    root: Path, scores: Scores, files: Iterable[File]
) -> ClosedCycleChanges:
    """Return what was changed in closed cycles, and which targets moved, as far as git knows.

    Without git nothing is claimed.
    """
    closed, opened = may_have_closed_cycles(scores), may_have_open_cycles(scores)
    try:
        repository = find_repository(root) if closed or opened else None
        if repository is None:
            return ClosedCycleChanges()
        log = log_of_cycles(repository, scores)
        moved = unexplained_target_moves(repository, scores, log) if opened else ()
        changed = (
            unexplained_changes(repository, scores, files, log) if closed else ClosedCycleChanges()
        )
        return changed._replace(problems=in_source_order((*changed.problems, *moved)))
    except GitError as fault:
        return ClosedCycleChanges(
            (), (f"Whether closed cycles stayed as they were isn't known: {fault}",)
        )


# ------------------------------------------------------------------- the baseline


def _update_baseline(
    root: Path, result: ReviewResult, before: baseline.KnownFindings | None, console: Console
) -> int:
    """Begin the file with all findings, or takes out what has been fixed; never adds to it."""
    if result.waiting:
        raise OkrError("Fix the errors first: what is behind them isn't known yet.")
    # A change in a sealed cycle is never known: it is restored, or its amendment says why.
    acceptable = [problem for problem in result.problems if problem.code != CODE]
    if before is not None:
        accepted = result.baseline.remaining
    else:
        accepted = baseline.count_known_findings(acceptable)
    write_file(root / baseline.FILE, baseline.format_baseline(accepted).encode("utf-8", "replace"))
    count = sum(accepted.values())
    fixed = f", {result.baseline.fixed} fixed" if before is not None else ""
    console.print_line(f"{count_of(count, 'known finding')} in {baseline.FILE}{fixed}.")
    return FINE


# ------------------------------------------------------------------- fixes


def _offer_fixes(
    root: Path,
    result: ReviewResult,
    inputs: Inputs,
    console: Console,
    again: Rereview,
    options: Options,
) -> int:
    """Show what would change as a diff, ask, and write it."""
    fixed_files, after = _fix_repeatedly(root, result, inputs, again)
    failed = FINDINGS if is_failure(after.problems, options.fail_on) else FINE
    if not fixed_files:
        console.print_line("Nothing here can be fixed without you.")
        return failed
    command = "okr check --fix --yes"
    if not offer_changes(root, inputs.files, fixed_files, console, command, yes=options.yes):
        return FINDINGS
    left = count_by_severity(after.problems)
    if left:
        console.print_line(f"Left to you: {left}; `okr check` shows them.")
    return failed


def _fix_repeatedly(
    root: Path, result: ReviewResult, inputs: Inputs, again: Rereview
) -> tuple[tuple[File, ...], ReviewResult]:
    """Return the files that change, and the review of what they are then.

    A fixed error may reveal others, so this repeats until nothing changes.
    Symbolic links are left alone: writing would replace them by files.
    """
    from okrdocs.lint.fixes import apply_fixes, find_fixes

    own = tuple(file for file in inputs.files if not (root / file.path).is_symlink())
    now = {file.path: file for file in inputs.files}
    for _ in range(_ROUNDS):
        candidates = tuple(now[file.path] for file in own)
        changed = apply_fixes(
            candidates, find_fixes(result.problems, candidates, _key_results_by_reference(result))
        )
        if not changed:
            break
        now |= {file.path: file for file in changed}
        result = again(replace(inputs, files=tuple(now.values())))
    return tuple(now[file.path] for file in own if now[file.path] != file), result


_ROUNDS = 20


def _key_results_by_reference(result: ReviewResult) -> dict[str, KeyResult]:
    scores = result.evaluation.partial
    key_results = scores.key_results.items() if scores else ()
    return {str(ref): scored.entry.key_result for ref, scored in key_results}
