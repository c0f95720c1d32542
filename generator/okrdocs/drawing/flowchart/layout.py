"""Places each box and routes the lines: a layered layout from left to right.

The longest way from a root decides on the column, the neighbours on the place within.
Sizes are in pixels of the drawing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import NamedTuple

from okrdocs.drawing.flowchart.boxes import (
    GAP_X,
    WIDTH,
    BoxPlacement,
    LeafGroup,
    box_height,
    group_leaves,
    title_lines,
)
from okrdocs.drawing.flowchart.ordering import box_middles, neighbours_by_name, order_columns
from okrdocs.drawing.flowchart.parse import Flowchart, FlowchartEdge

GAP_WORDS = 104
THREAD = 4


class EdgeRoute(NamedTuple):
    """A line: its edges (several lead into a frame), and its points from left to right.

    `back`: it runs against the other lines, as one in a loop does; its tip is at the first point.
    """

    edges: tuple[FlowchartEdge, ...]
    points: tuple[tuple[float, float], ...]
    back: bool


@dataclass(frozen=True, slots=True)
class FlowchartLayout:
    """Places of boxes and frames by name, box by box down each column, and the lines."""

    columns: int
    boxes: Mapping[str, BoxPlacement]
    frames: Mapping[str, BoxPlacement]
    routes: tuple[EdgeRoute, ...]
    width: float
    height: float


class _UnplacedLayout(NamedTuple):
    """What is laid out: single boxes, frames and threads, which are lines passing a column."""

    sizes: dict[str, tuple[float, float]]
    columns: list[list[str]]
    routes: list[tuple[tuple[FlowchartEdge, ...], tuple[str, ...]]]


def layout_flowchart(chart: Flowchart) -> FlowchartLayout:
    """Lay a chart out; the same chart always gets the same layout."""
    level = _column_numbers(chart)
    groups = group_leaves(chart, level)
    sketch = _unplaced_layout(chart, level, groups)
    passed = [pair for _, names in sketch.routes for pair in pairwise(names)]
    above, below = neighbours_by_name(sketch.sizes, passed)
    order_columns(sketch.columns, above, below)
    middle = box_middles(sketch.columns, above, below, {n: s[1] for n, s in sketch.sizes.items()})
    gap = GAP_WORDS if any(edge.words for edge in chart.edges) else GAP_X
    widths = [max(sketch.sizes[name][0] for name in column) for column in sketch.columns]
    left = list(accumulate((width + gap for width in widths), initial=0.0))
    places, right = {}, {}
    for number, column in enumerate(sketch.columns):
        for name in column:
            width, height = sketch.sizes[name]
            places[name] = BoxPlacement(left[number], middle[name] - height / 2, width, height)
            right[name] = left[number] + widths[number]
    return FlowchartLayout(
        columns=len(sketch.columns),
        boxes=_boxes_in_reading_order(chart, places, groups),
        frames={name: places[name] for name in groups},
        routes=tuple(
            EdgeRoute(
                edges,
                _line_points(names, places, right),
                level[edges[0].start] > level[edges[0].end],
            )
            for edges, names in sketch.routes
        ),
        width=left[-1] - gap,
        height=max(place.y + place.height for place in places.values()),
    )


def _column_numbers(chart: Flowchart) -> dict[str, int]:
    """Return the column of each box; a loop is entered at the first of its boxes."""
    above, below = neighbours_by_name(chart.nodes, [edge[:2] for edge in chart.edges])
    level = dict.fromkeys(chart.nodes, 0)
    missing = {name: len(above[name]) for name in chart.nodes}
    done: set[str] = set()
    for entered in sorted(chart.nodes, key=lambda name: missing[name] > 0):
        ready = [] if entered in done else [entered]
        done.update(ready)
        for name in ready:
            for child in (node for node in below[name] if node not in done):
                level[child] = max(level[child], level[name] + 1)
                missing[child] -= 1
                if not missing[child]:
                    ready.append(child)
                    done.add(child)
    return level


def _unplaced_layout(
    chart: Flowchart, level: Mapping[str, int], frames: Mapping[str, LeafGroup]
) -> _UnplacedLayout:
    framed = {name: group for group, frame in frames.items() for name in frame.names}
    columns: list[list[str]] = [[] for _ in range(max(level.values()) + 1)]
    sizes: dict[str, tuple[float, float]] = {}
    for name, node in chart.nodes.items():
        item = framed.get(name, name)
        if item not in sizes:
            columns[level[name]].append(item)
            sizes[item] = frames[item].size if item in frames else (WIDTH, box_height(node))
    edges: dict[tuple[str, str], tuple[FlowchartEdge, ...]] = {}
    for edge in chart.edges:
        ends = edge.start, framed.get(edge.end, edge.end)
        edges[ends] = (*edges.get(ends, ()), edge)
    routes = []
    for (start, end), together in edges.items():
        reach = sorted(((level[start], start), (level[together[0].end], end)), key=itemgetter(0))
        between = range(reach[0][0] + 1, reach[1][0])
        threads = [f"{together[0].start} {together[0].end} {column}" for column in between]
        for column, thread in zip(between, threads, strict=True):
            columns[column].append(thread)
            sizes[thread] = (WIDTH, THREAD)
        routes.append((together, (reach[0][1], *threads, reach[1][1])))
    return _UnplacedLayout(sizes, columns, routes)


def _boxes_in_reading_order(
    chart: Flowchart, places: Mapping[str, BoxPlacement], frames: Mapping[str, LeafGroup]
) -> dict[str, BoxPlacement]:
    """Yield every box in reading order: down each column, along the rows of a group."""
    boxes: dict[str, BoxPlacement] = {}
    for name, place in places.items():
        if name in frames:
            boxes.update(frames[name].placements(chart, place))
        elif name in chart.nodes:
            boxes[name] = place._replace(title=title_lines(chart.nodes[name]))
    return boxes


def _line_points(
    names: tuple[str, ...], places: Mapping[str, BoxPlacement], right: Mapping[str, float]
) -> tuple[tuple[float, float], ...]:
    """Run a line from the right of the first box across the columns to the left of the last."""
    first, *threads, last = names
    points = [
        (places[first].right_x, places[first].middle_y),
        (right[first], places[first].middle_y),
    ]
    for name in threads:
        points += [(places[name].x, places[name].middle_y), (right[name], places[name].middle_y)]
    return (*points, (places[last].x, places[last].middle_y))
