"""Sizes the boxes of a flowchart, and groups many leaves of one parent into rows.

One above the other they would fill the height of several screens. Part of `layout`; sizes
are in pixels of the drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from okrdocs.drawing.flowchart.ordering import neighbours_by_name
from okrdocs.drawing.flowchart.parse import Flowchart, FlowchartEdge, FlowchartNode
from okrdocs.drawing.flowchart.text_wrap import wrap_text

WIDTH, GAP_X = 156, 28
FULL = 960
"""The width of a page's text; rows within a frame fill it."""
FRAME_FROM, FRAME_FROM_IN_TWO, LOW_FROM = 5, 3, 13
"""Leaves of one parent from which on they stand in a frame (in a chart of two columns there is
more room for it), and from which on they are as low as can be."""
_TITLE_LINES, _TITLE_CHARACTERS = 3, 19
_HEAD, _LINE, _FOOT, _LOW_FOOT, _BARE_FOOT = 24, 17, 40, 30, 13
_PAD, _GAP = 8, 8


class BoxPlacement(NamedTuple):
    """A rectangle, the lines of the title within it, and whether there is no room for a bar."""

    x: float
    y: float
    width: float
    height: float
    title: tuple[str, ...] = ()
    low: bool = False

    @property
    def middle_y(self) -> float:
        """Return how far down its middle is."""
        return self.y + self.height / 2

    @property
    def right_x(self) -> float:
        """Return the x where lines leave it."""
        return self.x + self.width


class LeafGroup(NamedTuple):
    """Boxes that stand together in rows; `low` ones have a line for the title and no bar."""

    names: tuple[str, ...]
    columns: int
    heights: tuple[int, ...]
    low: bool

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height in pixels."""
        width = self.columns * (WIDTH + _GAP) - _GAP + 2 * _PAD
        return width, sum(self.heights) + _GAP * (len(self.heights) - 1) + 2 * _PAD

    def placements(
        self, chart: Flowchart, frame: BoxPlacement
    ) -> Iterator[tuple[str, BoxPlacement]]:
        """Yield each box with its place, row by row."""
        y = frame.y + _PAD
        for row, height in enumerate(self.heights):
            for column, name in enumerate(
                self.names[row * self.columns : (row + 1) * self.columns]
            ):
                x = frame.x + _PAD + column * (WIDTH + _GAP)
                title = title_lines(chart.nodes[name], low=self.low)
                yield name, BoxPlacement(x, y, WIDTH, height, title, self.low)
            y += height + _GAP


def title_lines(node: FlowchartNode, *, low: bool = False) -> tuple[str, ...]:
    """Break a title into the lines that are drawn."""
    return wrap_text(node.title, _TITLE_CHARACTERS, 1 if low else _TITLE_LINES)


def box_height(node: FlowchartNode, *, low: bool = False) -> int:
    """Return the height of a box in pixels."""
    foot = _BARE_FOOT if node.outside else _LOW_FOOT if low else _FOOT
    return _HEAD + _LINE * len(title_lines(node, low=low)) + foot


def group_leaves(chart: Flowchart, level: Mapping[str, int]) -> dict[str, LeafGroup]:
    """Group leaves with one plain line from the same parent, where they are many, by group name."""
    above, below = neighbours_by_name(chart.nodes, [edge[:2] for edge in chart.edges])
    plain = {edge.end for edge in chart.edges if edge == FlowchartEdge(edge.start, edge.end)}
    by_parent: dict[str, list[str]] = {}
    for name in chart.nodes:
        if len(above[name]) == 1 and not below[name] and name in plain:
            by_parent.setdefault(f"{above[name][0]} *", []).append(name)
    last = max(level.values())
    return {
        name: _leaf_group(chart, tuple(names), last)
        for name, names in by_parent.items()
        if len(names) >= (FRAME_FROM if last > 1 else FRAME_FROM_IN_TWO)
    }


def _leaf_group(chart: Flowchart, names: tuple[str, ...], others: int) -> LeafGroup:
    """Put as many boxes in a row as fit beside `others`, the columns before and after."""
    room = FULL - others * (WIDTH + GAP_X) - 2 * _PAD + _GAP
    rows = -(-len(names) // max(1, room // (WIDTH + _GAP)))
    columns = -(-len(names) // rows)
    low = len(names) >= LOW_FROM
    heights = [box_height(chart.nodes[name], low=low) for name in names]
    highest = (max(heights[n : n + columns]) for n in range(0, len(names), columns))
    return LeafGroup(names, columns, tuple(highest), low)
