"""Turns days and numbers of a progress chart into points of its view box."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from okrdocs.drawing.svg import Spot

WIDTH, HEIGHT = 272, 152
LEFT, RIGHT, TOP, BOTTOM = 5, 267, 26, 114


class ChartScale(NamedTuple):
    """Turns days and numbers into points of the view box."""

    start: int
    days: int
    low: float
    size: float

    def x_of_day(self, day: date) -> int:
        """Return pixels from the left."""
        return LEFT + round((RIGHT - LEFT) * (day.toordinal() - self.start) / self.days)

    def y_of_number(self, number: float) -> int:
        """Return pixels from the top."""
        return BOTTOM - round((BOTTOM - TOP) * ((number - self.low) / self.size))

    def point(self, day: date, number: float) -> Spot:
        """Return the point of a number on a day."""
        return self.x_of_day(day), self.y_of_number(number)
