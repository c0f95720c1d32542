"""A picture in words, for those who can't see it: where from, where to, what is expected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

from okrdocs.drawing.progress.fence_text import Progress
from okrdocs.grading.quantity import Quantity, QuantityError, format_like, parse_quantity


def told(progress: Progress) -> str:
    """`From 81% to 88% on 2025-05-12; target 95% by 2025-06-30; expected then 87.4%.`"""
    return f"{'; '.join(_facts(progress))}."


def _facts(p: Progress) -> Iterator[str]:
    day, last = p.values[-1]
    first = p.baseline or (p.values[0][1] if len(p.values) > 1 else None)
    yield f"From {first.text} to {last.text} on {day}" if first else f"{last.text} on {day}"
    if p.held is not None:
        yield f"to hold {p.held.text} until {p.end}"
    if p.target is not None:
        yield f"target {p.target.text} by {p.end}"
    for until, mark in p.former:
        yield f"target {mark.text} until {until}"
    if p.course:
        word = "planned" if p.planned else "expected"
        yield f"{word} on {day} {_like(_on_course(p, day), p)}"
    if p.forecast is not None:
        yield f"forecast for {p.end}: {p.forecast.text}"
    if p.dropped is not None:
        yield f"dropped on {p.dropped}"


def corners(p: Progress) -> list[tuple[date, float]]:
    """The dashed line: a plan begins with the baseline and stays level after its last point."""
    if not p.planned or not p.course:
        return list(p.course)
    start = p.baseline.number if p.baseline else 0.0
    return [(p.start, start), *p.course, (max(p.end, p.course[-1][0]), p.course[-1][1])]


def _on_course(p: Progress, day: date) -> float:
    """The number on the dashed line on a day; level after its last point."""
    points = corners(p)
    for (d0, y0), (d1, y1) in pairwise(points):
        if d0 <= day <= d1:
            return y0 + (y1 - y0) * (day - d0).days / max(1, (d1 - d0).days)
    return points[-1][1]


def _like(number: float, p: Progress) -> str:
    """The number as the last value is written: with its unit."""
    last = p.values[-1][1]
    like = None if p.stepwise or not last.number else _written(last.text)
    if like is None:
        return f"{number:.4g}"
    worth = like.value / Fraction(last.number)
    return format_like((Fraction(number) * worth).limit_denominator(10**6), like)


def _written(text: str) -> Quantity | None:
    try:
        return parse_quantity(text)
    except QuantityError:
        return None
