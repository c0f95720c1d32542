"""Draws a small line chart over cycles: a grade, a share or a count, one point a cycle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from okrdocs.drawing.svg import (
    Spot,
    shorten_text,
    svg_dots,
    svg_image,
    svg_line,
    svg_text,
    text_width,
)

WIDTH, HEIGHT = 320, 132
LEFT, RIGHT, TOP, BOTTOM = 8, 312, 26, 106
LABEL = 14
_BACK = 4


class TrendPoint(NamedTuple):
    """One cycle: its name, its value (None where there is none), and the value as it is shown."""

    label: str
    value: float | None
    text: str


def trend_chart(
    points: Sequence[TrendPoint],
    title: str,
    *,
    high: float = 1.0,
) -> str:
    """Draw an inline SVG (`class="okr-trend"`) on one line; "" where fewer than two have a value.

    Points stand from old to new at even distances. The scale goes from 0 to `high`, and grows where
    a value lies outside. The last value and the first and last name are labelled; all values stand
    in the description, for screen readers.
    Texts are escaped here. To stand in Markdown on a line of its own, within a `<div>`.
    """
    values = [(n, point.value) for n, point in enumerate(points) if point.value is not None]
    if len(values) < 2:
        return ""
    numbers = [value for _, value in values]
    low, high = min(0.0, *numbers), max(high, *numbers)
    spots = {n: _point_in_chart(n, len(points), value, low, high) for n, value in values}
    return svg_image(
        "okr-trend",
        (WIDTH, HEIGHT),
        title,
        _chart_in_words(points),
        [
            svg_line("okr-axis", [(LEFT, BOTTOM), (RIGHT, BOTTOM)]),
            *(svg_line("okr-run", run) for run in _lines_without_gaps(spots) if len(run) > 1),
            svg_dots("okr-dots", spots.values()),
            _last_value_label(spots, points),
            svg_text("okr-tick", (LEFT, HEIGHT - 8), shorten_text(points[0].label, LABEL)),
            svg_text("okr-tick", (RIGHT, HEIGHT - 8), shorten_text(points[-1].label, LABEL), "end"),
        ],
    )


def _point_in_chart(number: int, count: int, value: float, low: float, high: float) -> Spot:
    x = LEFT + _BACK + (RIGHT - LEFT - 2 * _BACK) * number // (count - 1)
    return x, _y_of_value(value, low, high)


def _y_of_value(value: float, low: float, high: float) -> int:
    return round(BOTTOM - (value - low) * (BOTTOM - TOP) / ((high - low) or 1))


def _lines_without_gaps(spots: dict[int, Spot]) -> list[list[Spot]]:
    """Yield the stretches without a gap."""
    runs: list[list[Spot]] = []
    for number, spot in spots.items():
        if number - 1 in spots:
            runs[-1].append(spot)
        else:
            runs.append([spot])
    return runs


def _last_value_label(spots: dict[int, Spot], points: Sequence[TrendPoint]) -> str:
    number, (x, y) = list(spots.items())[-1]
    text = shorten_text(points[number].text, LABEL)
    anchor = "start" if x < text_width(text) else "end"
    return svg_text("okr-now", (x + 3 if anchor == "end" else x - 3, y - 9), text, anchor)


def _chart_in_words(points: Sequence[TrendPoint]) -> str:
    return "; ".join([f"{point.label}: {point.text or 'no value'}" for point in points])
