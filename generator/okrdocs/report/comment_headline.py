"""The first line of a review comment: what a reviewer has to know before all else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from okrdocs.diff import Change, ChangeKind, Diff, Effect, Importance, Scope
from okrdocs.report.counts import counted
from okrdocs.report.diff_text import GRADING, closes, moved

_STILL = "no goalposts moved"


def verdict(diff: Diff, unexplained: int = 0, *, errors: str = "") -> str:
    """What a reviewer has to know first: `1 change moves the goalposts, Q2 2025 goes from …`.

    Only what is sure to leave every definition alone says that no goalposts moved. `unexplained`:
    how many changes should have a reason and have none. `errors` come before all else.
    """
    gravest = diff.changes[0].importance if diff.changes else None
    count = len(_of(gravest, diff)) if gravest else 0
    wholes = [each for each in diff.effects if each.scope is Scope.CYCLE and moved(each)]
    closed = {change.subject for change in diff.changes if closes(change)}
    still = [] if errors else [_STILL]
    said = [errors] * bool(errors) + [_closed(subject, wholes) for subject in sorted(closed)]
    match gravest:
        case Importance.GOALPOSTS:
            said += _goalposts(count, unexplained)
        case Importance.COMMITMENT:
            said.append(f"{counted(count, 'change')} to commitments")
            if not any(change.kind in GRADING for change in _of(gravest, diff)):
                said += still
        case Importance.PROGRESS:
            said += [_progress(diff), *still]
        case Importance.WORDS:
            said.append("only words changed")
    said += _whole([each for each in wholes if each.title not in closed])
    return ", ".join(said) or "other grades"


def _goalposts(count: int, unexplained: int) -> Iterator[str]:
    yield f"{counted(count, 'change')} move{'s' if count == 1 else ''} the goalposts"
    if unexplained:
        yield "without a reason" if count == 1 else f"{unexplained} without a reason"


def _closed(subject: str, wholes: Sequence[Effect]) -> str:
    grades = [f" with {each.after}" for each in wholes if each.title == subject]
    return f"{subject} is closed{''.join(grades)}"


def _of(importance: Importance, diff: Diff) -> list[Change]:
    return [change for change in diff.changes if change.importance is importance]


def _progress(diff: Diff) -> str:
    progress = _of(Importance.PROGRESS, diff)
    if all(change.kind is ChangeKind.CHECK_IN_ADDED for change in progress):
        return counted(len(progress), "check-in")
    return f"{counted(len(progress), 'report')} of progress"


def _whole(wholes: Sequence[Effect]) -> Iterator[str]:
    """What became of the cycle's grade, or of how many."""
    if len(wholes) == 1:
        yield f"{wholes[0].title} goes from {wholes[0].before} to {wholes[0].after}"
    elif wholes:
        yield f"the grades of {len(wholes)} cycles move"
