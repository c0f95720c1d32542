"""How a key result's numbers came to be: each time one was set or moved, and what that was worth.

Beside `as_set`: pages and the terminal tell the same, each in its own form. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from okrdocs.grading.results import Scores
from okrdocs.history.events import MARKED, History, Point, PointKind
from okrdocs.history.original_target import as_set
from okrdocs.workspace.workspace import ResolvedRef


class Told(NamedTuple):
    """One event, or without a day a remark about the whole; texts as people wrote them.

    `marked`: what a reader should see first. `author`, `numbers` and `revision` may be "".
    """

    day: date | None
    author: str
    what: str
    numbers: str
    revision: str
    marked: bool


def number_history(ref: ResolvedRef, scores: Scores, history: History) -> tuple[Told, ...]:
    """Each time that a key result's baseline, target or value was set or moved, oldest first.

    Marked are a target that moved without an entry and a check-in that was back-dated or changed
    afterwards; before all, the grade against what was set at the start, and that of the closing.
    """
    series = history.series.get(ref)
    points = [p for p in series.points if p.day <= scores.as_of] if series else []
    remarks = (*_both_grades(ref, scores, history), *_as_closed(ref, scores, history))
    told = tuple(Told(None, "", remark, "", "", marked=True) for remark in remarks)
    return (*told, *_events(points)) if len(points) > 1 else told


def moved_silently(ref: ResolvedRef, scores: Scores, history: History) -> str:
    """What a target was at the start, where git saw it move and no entry says so; else ""."""
    series = history.series.get(ref)
    if series is None or not any(p.kind is PointKind.SILENT_TARGET for p in series.points):
        return ""
    found = as_set(ref, scores, history)
    return f"was {found.target} at the start; no entry says why" if found and found.target else ""


def _both_grades(ref: ResolvedRef, scores: Scores, history: History) -> Iterator[str]:
    """Where the goalposts moved: the grade against what was set, beside the one that counts."""
    key_result = scores.key_results[ref].entry.key_result
    if ref not in history.series and not key_result.target_changes:
        return
    found = as_set(ref, scores, history)
    if found is None:
        return
    way = " to ".join(text for text in (found.baseline, found.target) if text) or "no target"
    then, now = _grade(found.grade), _grade(scores.key_results[ref].formula)
    yield (
        f"Set at the start: {way}. Against that the grade would be {then}; as it stands it is {now}"
    )


def _as_closed(ref: ResolvedRef, scores: Scores, history: History) -> Iterator[str]:
    """Where a closed cycle was amended: the grade with which it was closed."""
    if ref in history.as_closed:
        then, now = _grade(history.as_closed[ref]), _grade(scores.key_results[ref].grade)
        yield f"Closed with {then}; amended since, so that it is {now}"


def _grade(grade: Decimal | None) -> str:
    return "–" if grade is None else str(grade)


def _events(points: Iterable[Point]) -> Iterator[Told]:
    before: Point | None = None
    for point in points:
        numbers, marked = _numbers(point, before), point.kind in MARKED
        what = point.kind.value
        yield Told(point.day, point.author, what, numbers, point.revision[:8], marked)
        before = point


def _numbers(point: Point, before: Point | None) -> str:
    """The numbers that the point is about."""
    if point.kind in {PointKind.TARGET, PointKind.SILENT_TARGET} and before:
        return f"target from {before.target or '–'} to {point.target or '–'}"
    if point.kind is PointKind.BASELINE and before:
        return f"baseline from {before.baseline or '–'} to {point.baseline or '–'}"
    if point.kind in {PointKind.START, PointKind.KNOWN}:
        known = [("baseline", point.baseline), ("target", point.target), ("value", point.value)]
        return ", ".join(f"{name} {text}" for name, text in known if text) or "no numbers"
    return f"{point.value or '–'}{f' for {point.on}' if point.on else ''}"
