"""Places the texts of a progress chart so that none lies on another or leaves the frame.

`draw` draws the lines and takes the labels from here. The name of the target and the baseline have
their places; the last value takes the best one that they leave, shortened where it must be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from okrdocs import words
from okrdocs.drawing.progress.fence_text import ProgressChart
from okrdocs.drawing.progress.scale import BOTTOM, LEFT, RIGHT, TOP, ChartScale
from okrdocs.drawing.svg import Spot, shorten_text, svg_text, text_width

TEXT, LABEL = 32, 22
_SHORTER = (LABEL, 14, 8)  # characters that are tried for the last value
_ABOVE, _BELOW = 10, 3  # pixels that a text reaches from its base line


class Label(NamedTuple):
    """A text and where it stands: from (or up to, with the anchor `end`) a point of its line."""

    css: str
    spot: Spot
    text: str
    anchor: str = "start"

    def svg(self) -> str:
        """Write it as SVG."""
        return svg_text(self.css, self.spot, self.text, self.anchor)

    def edges(self) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom of the room that it takes, in pixels."""
        (x, y), width = self.spot, text_width(self.text)
        left = x - width if self.anchor == "end" else x
        return left, y - _ABOVE, left + width, y + _BELOW

    def overlaps(self, other: Label) -> bool:
        """Return whether the two share room."""
        left, top, right, bottom = self.edges()
        left2, top2, right2, bottom2 = other.edges()
        return left < right2 and left2 < right and top < bottom2 and top2 < bottom

    def is_inside(self) -> bool:
        """Return whether it lies within the frame and above the axis."""
        left, top, right, bottom = self.edges()
        return left >= LEFT - 5 and right <= RIGHT + 5 and top >= 0 and bottom <= BOTTOM + 18


def fixed_labels(p: ProgressChart, scale: ChartScale, goal: Sequence[Spot]) -> list[Label]:
    """Return the names of the target or range and of the baseline; `goal` is the target's line."""
    labels = []
    if p.keep_range is not None:
        labels.append(_keep_label(p, scale))
    if p.target is not None:
        labels.append(_target_label(p, goal))
    if p.baseline is not None:
        labels.append(_baseline_label(p, scale))
    return labels


def _keep_label(p: ProgressChart, scale: ChartScale) -> Label:
    assert p.keep_range is not None
    top, foot = band_edges(p, scale)
    below = p.keep_range.high is None
    y = top - 5 if p.keep_range.low is None else foot + (12 if below else -5)
    text = f"{words.HOLD} {shorten_text(p.keep_range.text, TEXT)}"
    return Label("okr-goal-name", (LEFT + 4, y), text)


def band_edges(p: ProgressChart, scale: ChartScale) -> tuple[int, int]:
    """Return the top and the foot of the range to keep, which ends at the edge where it's open."""
    assert p.keep_range is not None
    top = TOP - 14 if p.keep_range.high is None else scale.y_of_number(p.keep_range.high)
    foot = BOTTOM if p.keep_range.low is None else scale.y_of_number(p.keep_range.low)
    return top, foot


def _target_label(p: ProgressChart, goal: Sequence[Spot]) -> Label:
    assert p.target is not None
    x, y = goal[-1] if p.former_targets else (LEFT, goal[0][1])
    text = f"{words.TARGET}{':' if p.stepwise else ''} {shorten_text(p.target.text, TEXT)}"
    x = max(LEFT, min(x, RIGHT - text_width(text)))
    return Label("okr-goal-name", (x, y - 6 if _target_is_above(p) else y - 5), text)


def _target_is_above(p: ProgressChart) -> bool:
    """Say whether the line goes up: to the target, else to the first value."""
    first = p.values[0][1]
    end = p.target or first
    return end.number >= (p.baseline or first).number


def _baseline_label(p: ProgressChart, scale: ChartScale) -> Label:
    """Write the baseline: below where it begins if the line goes up, else above."""
    assert p.baseline is not None
    x, y = scale.point(p.start, p.baseline.number)
    y = y + 13 if _target_is_above(p) else y - 7
    return Label("okr-tick", (x, y), shorten_text(p.baseline.text, LABEL))


def last_value_label(
    p: ProgressChart, spots: Sequence[Spot], scale: ChartScale, others: Sequence[Label]
) -> Label:
    """Write the last value where it fits, best at the side of its dot that the line leaves free."""
    for most in _SHORTER:
        places = list(_places_at_dot(p, spots, scale, shorten_text(p.values[-1][1].text, most)))
        free = [
            place
            for place in places
            if place.is_inside() and not any(place.overlaps(other) for other in others)
        ]
        if free:
            return free[0]
    return places[0]


def _places_at_dot(
    p: ProgressChart, spots: Sequence[Spot], scale: ChartScale, text: str
) -> Iterator[Label]:
    """Yield the places around the last dot, the best first."""
    x, y = spots[-1]
    goal = scale.y_of_number(p.target.number) if p.target else BOTTOM
    falls = len(spots) > 1 and y > spots[-2][1]
    beside = (
        y - 9 if not goal - 4 < y - 9 < goal + 10 else goal - 5,
        y + 16 if not goal - 4 < y + 16 < goal + 10 else goal + 13,
    )
    ends, starts = (x + 3, "end"), (max(LEFT, x - 3), "start")
    after = (x + 3, "start")
    if falls:
        sides = ((after, y - 7), (ends, beside[1]), (starts, beside[1]), (ends, beside[0]))
    else:
        sides = ((ends, beside[0]), (starts, y - 9), (ends, beside[1]), (starts, beside[1]))
    more = ((side, y + step) for step in (20, 32, -22, -34) for side in (ends, starts))
    for (at, anchor), height in (*sides, *more):
        yield Label("okr-now", (at, height), text, anchor)
