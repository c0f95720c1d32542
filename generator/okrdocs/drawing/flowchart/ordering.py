"""Orders the boxes in their columns and sets their heights: few crossings, short lines.

Part of `layout`, which knows what a box is; here are only names, sizes and neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import accumulate, pairwise

GAP_Y = 14
SWEEPS = 6

Neighbours = dict[str, list[str]]


def neighbours_by_name(
    names: Iterable[str], edges: Iterable[tuple[str, str]]
) -> tuple[Neighbours, Neighbours]:
    """Return for each name those that stand before it, and those after it."""
    above: Neighbours = {name: [] for name in names}
    below: Neighbours = {name: [] for name in above}
    for parent, child in edges:
        above[child].append(parent)
        below[parent].append(child)
    return above, below


def order_columns(columns: list[list[str]], above: Neighbours, below: Neighbours) -> None:
    """Order columns for few crossings: boxes move to their neighbours' mean (Sugiyama's sweeps)."""
    place = {name: n / len(c) for c in columns for n, name in enumerate(c)}
    for sweep in range(SWEEPS):
        beside = below if sweep % 2 else above
        for column in reversed(columns) if sweep % 2 else columns:
            wanted = {
                n: _mean_position([place[neighbour] for neighbour in beside[n]], place[n])
                for n in column
            }
            column.sort(key=wanted.__getitem__)
            place.update((name, n / len(column)) for n, name in enumerate(column))


def _mean_position(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def box_middles(
    columns: list[list[str]], above: Neighbours, below: Neighbours, heights: Mapping[str, float]
) -> dict[str, float]:
    """Return the height of each box's middle: near its neighbours, no overlap, the top at 0."""
    middle: dict[str, float] = {}
    for column in columns:
        middle.update(_stack_column(column, dict.fromkeys(column, 0.0), heights))
    for sweep in range(SWEEPS + 1):  # the last one puts each parent beside its children
        beside = above if sweep % 2 else below
        for column in columns if sweep % 2 else reversed(columns):
            wanted = {
                n: _mean_position([middle[neighbour] for neighbour in beside[n]], middle[n])
                for n in column
            }
            middle.update(_stack_column(column, wanted, heights))
    top = min(place - heights[name] / 2 for name, place in middle.items())
    return {name: round(place - top, 1) for name, place in middle.items()}


def _stack_column(
    column: list[str], wanted: Mapping[str, float], heights: Mapping[str, float]
) -> Iterable[tuple[str, float]]:
    """Return the boxes of a column as near to where they belong as their heights allow.

    Least squares under a fixed order: those that would overlap move as one group (pool
    adjacent violators; Ayer et al., 1955).
    """
    sizes = [heights[name] for name in column]
    steps = [(a + b) / 2 + GAP_Y for a, b in pairwise(sizes)]
    offsets = list(accumulate(steps, initial=0.0))
    groups: list[tuple[float, int]] = []
    for name, offset in zip(column, offsets, strict=True):
        total, count = wanted[name] - offset, 1
        while groups and groups[-1][0] / groups[-1][1] >= total / count:
            more, members = groups.pop()
            total, count = total + more, count + members
        groups.append((total, count))
    starts = [total / count for total, count in groups for _ in range(count)]
    return [(n, start + offset) for n, start, offset in zip(column, starts, offsets, strict=True)]
