"""How a key result's numbers came to be: each time one was set or moved, and what that was worth.

Beside `as_set`: pages and the terminal tell the same, each in its own form. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from okrdocs.grading.results import Scores
from okrdocs.history.events import NOTABLE_KINDS, History, PointKind, ValuePoint
from okrdocs.history.original_target import original_target
from okrdocs.workspace.workspace import Ref


class NumberEvent(NamedTuple):
    """One event, or without a day a remark about the whole; texts as people wrote them.

    `marked`: what a reader should see first. `author`, `numbers` and `revision` may be "".
    """

    day: date | None
    author: str
    what: str
    numbers: str
    revision: str
    marked: bool


def number_history(ref: Ref, scores: Scores, history: History) -> tuple[NumberEvent, ...]:
    """Each time that a key result's baseline, target or value was set or moved, oldest first.

    Marked are a target that moved without an entry and a check-in that was back-dated or changed
    afterwards; before all, the grade against what was set at the start, and that of the closing.
    """
    series = history.series.get(ref)
    points = [p for p in series.points if p.day <= scores.as_of] if series else []
    remarks = (
        *_remark_on_original_grade(ref, scores, history),
        *_remark_on_closing_grade(ref, scores, history),
    )
    remark_events = tuple(NumberEvent(None, "", remark, "", "", marked=True) for remark in remarks)
    return (*remark_events, *_events_of_points(points)) if len(points) > 1 else remark_events


def unexplained_target_move(ref: Ref, scores: Scores, history: History) -> str:
    """What a target was at the start, where git saw it move and no entry says so; else ""."""
    series = history.series.get(ref)
    if series is None or not any(p.kind is PointKind.SILENT_TARGET for p in series.points):
        return ""
    original = original_target(ref, scores, history)
    return (
        f"was {original.target} at the start; no entry says why"
        if original and original.target
        else ""
    )


def _remark_on_original_grade(ref: Ref, scores: Scores, history: History) -> Iterator[str]:
    """Where the goalposts moved: the grade against what was set, beside the one that counts."""
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


def _remark_on_closing_grade(ref: Ref, scores: Scores, history: History) -> Iterator[str]:
    """Where a closed cycle was amended: the grade with which it was closed."""
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
    """The numbers that the point is about."""
    if point.kind in {PointKind.TARGET, PointKind.SILENT_TARGET} and before:
        return f"target from {before.target or '–'} to {point.target or '–'}"
    if point.kind is PointKind.BASELINE and before:
        return f"baseline from {before.baseline or '–'} to {point.baseline or '–'}"
    if point.kind in {PointKind.START, PointKind.KNOWN}:
        known = [("baseline", point.baseline), ("target", point.target), ("value", point.value)]
        return ", ".join(f"{name} {text}" for name, text in known if text) or "no numbers"
    return f"{point.value or '–'}{f' for {point.on}' if point.on else ''}"
