"""Lists each time that a key result's numbers were set or changed, and what that was worth.

Pages and the terminal show the same list, each in its own form. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from okrdocs.grading.results import Scores
from okrdocs.history.events import NOTABLE_KINDS, History, PointKind, ValuePoint
from okrdocs.history.original_target import original_target
from okrdocs.workspace.workspace import ResolvedRef


class NumberEvent(NamedTuple):
    """One event, or without a day a remark about the whole series; texts as people wrote them.

    `marked`: readers should notice it first. `author`, `numbers` and `revision` may be "".
    """

    day: date | None
    author: str
    what: str
    numbers: str
    revision: str
    marked: bool


def number_history(ref: ResolvedRef, scores: Scores, history: History) -> tuple[NumberEvent, ...]:
    """List each time that a key result's baseline, target or value changed, oldest first.

    Marked are a target that changed without an entry and a check-in that was back-dated or changed
    afterwards. Remarks come first: the grade against the original target, and that of the closing.
    """
    series = history.series.get(ref)
    points = [p for p in series.points if p.day <= scores.as_of] if series else []
    remarks = (
        *_remark_on_original_grade(ref, scores, history),
        *_remark_on_closing_grade(ref, scores, history),
    )
    remark_events = tuple(NumberEvent(None, "", remark, "", "", marked=True) for remark in remarks)
    return (*remark_events, *_events_of_points(points)) if len(points) > 1 else remark_events


def unexplained_target_change_note(ref: ResolvedRef, scores: Scores, history: History) -> str:
    """Return a sentence about a target that changed in git without an entry; else ""."""
    series = history.series.get(ref)
    if series is None or not any(p.kind is PointKind.SILENT_TARGET for p in series.points):
        return ""
    original = original_target(ref, scores, history)
    return (
        f"was {original.target} at the start; no entry says why"
        if original and original.target
        else ""
    )


def _remark_on_original_grade(ref: ResolvedRef, scores: Scores, history: History) -> Iterator[str]:
    """Yield the grade against the original target beside the one that counts."""
    key_result = scores.key_results[ref].entry.key_result
    if ref not in history.series and not key_result.target_changes:
        return
    original = original_target(ref, scores, history)
    if original is None:
        return
    way = " to ".join(text for text in (original.baseline, original.target) if text) or "no target"
    then, now = _grade_text(original.grade), _grade_text(scores.key_results[ref].formula)
    yield (
        f"Set at the start: {way}. Against that the grade would be {then}; as it stands it is {now}"
    )


def _remark_on_closing_grade(ref: ResolvedRef, scores: Scores, history: History) -> Iterator[str]:
    """Yield the grade with which a cycle was closed, where an amendment followed."""
    if ref in history.as_closed:
        then, now = _grade_text(history.as_closed[ref]), _grade_text(scores.key_results[ref].grade)
        yield f"Closed with {then}; amended since, so that it is {now}"


def _grade_text(grade: Decimal | None) -> str:
    return "–" if grade is None else str(grade)


def _events_of_points(points: Iterable[ValuePoint]) -> Iterator[NumberEvent]:
    before: ValuePoint | None = None
    for point in points:
        numbers, marked = _numbers_text(point, before), point.kind in NOTABLE_KINDS
        what = point.kind.value
        yield NumberEvent(point.day, point.author, what, numbers, point.revision[:8], marked)
        before = point


def _numbers_text(point: ValuePoint, before: ValuePoint | None) -> str:
    """Return the numbers that a point is about, as text."""
    if point.kind in {PointKind.TARGET, PointKind.SILENT_TARGET} and before:
        return f"target from {before.target or '–'} to {point.target or '–'}"
    if point.kind is PointKind.BASELINE and before:
        return f"baseline from {before.baseline or '–'} to {point.baseline or '–'}"
    if point.kind in {PointKind.START, PointKind.KNOWN}:
        numbers = [("baseline", point.baseline), ("target", point.target), ("value", point.value)]
        return ", ".join(f"{name} {text}" for name, text in numbers if text) or "no numbers"
    return f"{point.value or '–'}{f' for {point.on}' if point.on else ''}"
