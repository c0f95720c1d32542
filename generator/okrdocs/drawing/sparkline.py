"""Draws the line in a table: a key result's values as one path, while pages are generated."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT, EDGE = 64, 18, 3
_DOT = "m-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0"


def sparkline(points: Sequence[tuple[int, float]], low: float, high: float) -> str:
    """Draw points (day as an ordinal, number), oldest first; "" for fewer than two days.

    Screen readers skip it: the values stand beside it and in the check-in log.
    """
    if len(points) < 2 or points[0][0] == points[-1][0]:
        return ""
    first = points[0][0]
    across = (WIDTH - 2 * EDGE) / (points[-1][0] - first)
    up = (HEIGHT - 2 * EDGE) / ((high - low) or 1.0)
    foot = HEIGHT - EDGE + low * up
    spots = [f"{int(EDGE + (x - first) * across)} {int(foot - y * up)}" for x, y in points]
    data = "L".join(spots) + _DOT
    return (
        f'<svg class="okr-spark" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true"'
        f' focusable="false"><path d="M{data}"/></svg>'
    )
