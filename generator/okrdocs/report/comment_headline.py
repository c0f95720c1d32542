"""Writes the first line of a review comment: what a reviewer has to know first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from okrdocs.diff import ChangeKind, Diff, Effect, Importance, OkrChange, Scope
from okrdocs.markup.counts import count_of
from okrdocs.report.diff_text import GRADING, grade_difference, is_closing_of_cycle

_STILL = "no goalposts moved"


def comment_headline(diff: Diff, unexplained: int = 0, *, errors: str = "") -> str:
    """Return what a reviewer has to know first.

    `1 change moves the goalposts, Q2 2025 goes from …`.

    Only what is sure to leave every definition alone says that no goalposts moved. `unexplained`:
    how many changes should have a reason and have none. `errors` come before anything else.
    """
    gravest = diff.changes[0].importance if diff.changes else None
    count = len(_changes_of_importance(gravest, diff)) if gravest else 0
    wholes = [
        effect
        for effect in diff.effects
        if effect.scope is Scope.CYCLE and grade_difference(effect)
    ]
    closed = {change.subject for change in diff.changes if is_closing_of_cycle(change)}
    still = [] if errors else [_STILL]
    parts = [errors] * bool(errors) + [
        _closed_cycle_part(subject, wholes) for subject in sorted(closed)
    ]
    match gravest:
        case Importance.GOALPOSTS:
            parts += _target_change_parts(count, unexplained)
        case Importance.COMMITMENT:
            parts.append(f"{count_of(count, 'change')} to commitments")
            if not any(change.kind in GRADING for change in _changes_of_importance(gravest, diff)):
                parts += still
        case Importance.PROGRESS:
            parts += [_progress_part(diff), *still]
        case Importance.WORDS:
            parts.append("only words changed")
    parts += _cycle_grade_parts([effect for effect in wholes if effect.title not in closed])
    return ", ".join(parts) or "other grades"


def _target_change_parts(count: int, unexplained: int) -> Iterator[str]:
    yield f"{count_of(count, 'change')} move{'s' if count == 1 else ''} the goalposts"
    if unexplained:
        yield "without a reason" if count == 1 else f"{unexplained} without a reason"


def _closed_cycle_part(subject: str, wholes: Sequence[Effect]) -> str:
    grades = [f" with {effect.after}" for effect in wholes if effect.title == subject]
    return f"{subject} is closed{''.join(grades)}"


def _changes_of_importance(importance: Importance, diff: Diff) -> list[OkrChange]:
    return [change for change in diff.changes if change.importance is importance]


def _progress_part(diff: Diff) -> str:
    progress = _changes_of_importance(Importance.PROGRESS, diff)
    if all(change.kind is ChangeKind.CHECK_IN_ADDED for change in progress):
        return count_of(len(progress), "check-in")
    return f"{count_of(len(progress), 'report')} of progress"


def _cycle_grade_parts(wholes: Sequence[Effect]) -> Iterator[str]:
    """Yield what became of the cycle's grade, or how many cycles' grades changed."""
    if len(wholes) == 1:
        yield f"{wholes[0].title} goes from {wholes[0].before} to {wholes[0].after}"
    elif wholes:
        yield f"the grades of {len(wholes)} cycles move"
