"""Says in words what a progress chart shows, for those who can't see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

from okrdocs.drawing.progress.fence_text import ProgressChart
from okrdocs.grading.quantity import Quantity, QuantityError, format_like, parse_quantity


def progress_in_words(progress: ProgressChart) -> str:
    """Describe a chart: `From 81% to 88% on 2025-05-12; target 95% by 2025-06-30; …`"""
    return f"{'; '.join(_sentence_parts(progress))}."


def _sentence_parts(p: ProgressChart) -> Iterator[str]:
    day, last = p.values[-1]
    first = p.baseline or (p.values[0][1] if len(p.values) > 1 else None)
    yield f"From {first.text} to {last.text} on {day}" if first else f"{last.text} on {day}"
    if p.keep_range is not None:
        yield f"to hold {p.keep_range.text} until {p.end}"
    if p.target is not None:
        yield f"target {p.target.text} by {p.end}"
    for until, mark in p.former_targets:
        yield f"target {mark.text} until {until}"
    if p.expected_line:
        word = "planned" if p.planned else "expected"
        yield f"{word} on {day} {_format_like_last_value(_expected_number(p, day), p)}"
    if p.forecast is not None:
        yield f"forecast for {p.end}: {p.forecast.text}"
    if p.dropped is not None:
        yield f"dropped on {p.dropped}"


def expected_line_points(p: ProgressChart) -> list[tuple[date, float]]:
    """Return the points of the dashed line: a plan begins with the baseline and ends level."""
    if not p.planned or not p.expected_line:
        return list(p.expected_line)
    start = p.baseline.number if p.baseline else 0.0
    return [
        (p.start, start),
        *p.expected_line,
        (max(p.end, p.expected_line[-1][0]), p.expected_line[-1][1]),
    ]


def _expected_number(p: ProgressChart, day: date) -> float:
    """Return the number on the dashed line on a day; it stays level after its last point."""
    points = expected_line_points(p)
    for (d0, y0), (d1, y1) in pairwise(points):
        if d0 <= day <= d1:
            return y0 + (y1 - y0) * (day - d0).days / max(1, (d1 - d0).days)
    return points[-1][1]


def _format_like_last_value(number: float, p: ProgressChart) -> str:
    """Write a number as the last value is written: with its unit."""
    last = p.values[-1][1]
    like = None if p.stepwise or not last.number else _plain_text(last.text)
    if like is None:
        return f"{number:.4g}"
    worth = like.value / Fraction(last.number)
    return format_like((Fraction(number) * worth).limit_denominator(10**6), like)


def _plain_text(text: str) -> Quantity | None:
    try:
        return parse_quantity(text)
    except QuantityError:
        return None
