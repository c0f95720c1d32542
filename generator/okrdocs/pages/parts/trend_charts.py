"""Draws numbers of cycles over time, for the archive and the pages of teams."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from okrdocs.drawing.trend import TrendPoint, trend_chart
from okrdocs.markup.escape import Markdown


class TrendPicture(NamedTuple):
    """A trend with what stands above it."""

    caption: str
    drawing: Markdown


def trend_picture(
    caption: str,
    titles: Sequence[str],
    values: Sequence[Decimal | int | None],
    *,
    per_cent: bool = False,
) -> TrendPicture | None:
    """Draw published grades, or whole per cent, from old to new; None for fewer than two."""
    unit, high = ("%", 100) if per_cent else ("", 1)
    points = [
        TrendPoint(title, None, "") if value is None
        else TrendPoint(title, float(value), f"{value}{unit}")
        for title, value in zip(titles, values, strict=True)
    ]  # fmt: skip
    drawing = trend_chart(points, caption, high=high)
    return TrendPicture(caption, Markdown(drawing)) if drawing else None
