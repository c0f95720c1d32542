"""The layout of a chart as one line of HTML: the SVG in a box that scrolls by itself.

Geometry stands in attributes and the look in classes, so that a strict policy holds and one
drawing does for light, dark and paper. Each line names the boxes at its ends by their numbers,
which is their order, for the small script that lights a line of sight. No id: pages hold
several. A page may hold hundreds of boxes, so each is drawn in few bytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from okrdocs.drawing.flowchart.boxes import GAP_X, BoxPlacement
from okrdocs.drawing.flowchart.layout import EdgeRoute, FlowchartLayout, layout_flowchart
from okrdocs.drawing.flowchart.parse import Flowchart, FlowchartNode
from okrdocs.drawing.flowchart.text_wrap import wrap_text
from okrdocs.drawing.status_text import worst_part_text

PAD = 12
TEAM_CHARACTERS, STATE_CHARACTERS = 16, 19
FITS, SHEET = 1130, 1.6
"""Widths up to here are scaled to the page; what is higher, by its width, is no print."""
_SHAPES = {
    "good": "m0-4.5a4.5 4.5 0 1 0 .01 0z",
    "warn": "m0-5l5.4 9.4h-10.8z",
    "bad": "m0-5.4l5.4 5.4-5.4 5.4-5.4-5.4z",
    "none": "m-4-4h8v8h-8z",
    "idle": "m0-4a4 4 0 1 0 .01 0zm0 2.2a1.8 1.8 0 1 1-.01 0z",
}
"""Drawn from their middle."""
_WEIGHTS = {"": "plain", "==": "heavy", "--": "plain", "-.": "light"}
TIP = 7
_GRADE = re.compile("[01][.][0-9]{2}")


def flowchart_figure(chart: Flowchart) -> str:
    """Return the figure of a chart."""
    layout = layout_flowchart(chart)
    numbers = {name: number for number, name in enumerate(layout.boxes)}
    lines = "".join(_edge_line(route, numbers) for route in layout.routes)
    frames = "".join(_frame_rectangle(place) for place in layout.frames.values())
    boxes = "".join(_node_box(chart.nodes[name], place) for name, place in layout.boxes.items())
    words = "".join(_edge_labels(layout, numbers))
    name = html.escape(_accessible_name(chart))
    width, height = f"{layout.width + 4:g}", f"{layout.height + 4:g}"
    size = f'viewBox="-2 -2 {width} {height}" width="{width}" height="{height}"'
    return (
        f'<div class="okr-cascade" role="group" aria-label="{name}" tabindex="0"'
        f' data-search-exclude><svg xmlns="http://www.w3.org/2000/svg" {size}'
        f'{_size_classes(layout)} role="group"><title>{name}</title>'
        f"<desc>{len(chart.nodes)} boxes in {layout.columns} columns, from left to right."
        " A list says the same.</desc>"
        f'{frames}<g fill="none" stroke="currentColor">{lines}</g>{boxes}{words}</svg></div>'
    )


def _accessible_name(chart: Flowchart) -> str:
    """Return the title, with the one box from which all lines start where there is one."""
    ends = {edge.end for edge in chart.edges}
    roots = [node for name, node in chart.nodes.items() if name not in ends]
    return f"{chart.title}: {roots[0].title}" if len(roots) == 1 else chart.title


def _size_classes(layout: FlowchartLayout) -> str:
    """Return classes for the size: scaled to a screen's width, left out where paper ends."""
    fits = "okr-fits" if layout.width <= FITS else ""
    tall = "okr-tall" if layout.height > SHEET * layout.width else ""
    classes = " ".join(name for name in (fits, tall) if name)
    return f' class="{classes}"' if classes else ""


def _edge_line(route: EdgeRoute, numbers: dict[str, int]) -> str:
    """Return a curve from box to box, straight where it passes a column, with its tip."""
    (x, y), *rest = route.points
    path = f"M{x:g} {y:g}"
    for start, end in zip(rest[::2], rest[1::2], strict=True):
        bend = max(GAP_X, abs(end[0] - start[0])) / 2
        path += "" if start == (x, y) else f"H{start[0]:g}"
        path += f"C{start[0] + bend:g} {start[1]:g} {end[0] - bend:g} {end[1]:g}"
        path += f" {end[0]:g} {end[1]:g}"
    edge = route.edges[0]
    if edge.weight:
        turn = -1 if route.back else 1
        path += f"M{x:g} {y:g}" if route.back else ""
        path += f"m{-TIP * turn} -4l{TIP * turn} 4l{-TIP * turn} 4"
    ends = " ".join(str(numbers[other.end]) for other in route.edges)
    return (
        f'<path class="okr-line okr-{_WEIGHTS[edge.weight]}" data-from="{numbers[edge.start]}"'
        f' data-to="{ends}" d="{path}"/>'
    )


def _frame_rectangle(place: BoxPlacement) -> str:
    return f'<rect class="okr-frame" {_position_and_size(place)} rx="12"/>'


def _position_and_size(place: BoxPlacement) -> str:
    return f'x="{place.x:g}" y="{place.y:g}" width="{place.width:g}" height="{place.height:g}"'


def _node_box(node: FlowchartNode, place: BoxPlacement) -> str:
    name, content = html.escape(node.text_for_screen_readers), "".join(_box_content(node, place))
    shape = f"<title>{name}</title>{content}"
    kind = "okr-item okr-outside" if node.outside else "okr-item"
    linked = f'<a class="okr-node" href="{html.escape(node.target)}">{shape}</a>'
    return (
        f'<g class="{kind}" transform="translate({place.x:g} {place.y:g})">'
        f"{linked if node.target else shape}</g>"
    )


def _box_content(node: FlowchartNode, place: BoxPlacement) -> Iterator[str]:
    """Yield the box itself and what stands in it, from top to bottom."""
    yield (f'<rect class="okr-box" width="{place.width:g}" height="{place.height:g}" rx="8"/>')
    yield _text_element("okr-team", wrap_text(node.team, TEAM_CHARACTERS, 1)[0], PAD, 20)
    if node.grade:
        yield _text_element("okr-grade", node.grade, place.width - PAD, 20, ' text-anchor="end"')
    yield _title_text(place.title)
    if node.status:
        yield from _status_row(node, place)


def _title_text(lines: tuple[str, ...]) -> str:
    """Return the lines of the title as one text, which is copied and read aloud as one."""
    first, *rest = (html.escape(line) for line in lines)
    below = "".join(f' <tspan x="{PAD}" dy="17">{line}</tspan>' for line in rest)
    return f'<text class="okr-title" x="{PAD}" y="39">{first}{below}</text>'


def _status_row(node: FlowchartNode, place: BoxPlacement) -> Iterator[str]:
    """Shape and words of the status; below them a bar of the key results, where there is room."""
    y = place.height - (13 if place.low else 23)
    room = STATE_CHARACTERS - (4 if node.more else 0)
    tone = node.status[0].tone
    yield f'<path class="okr-{tone}" d="M{PAD + 5} {y - 4:g}{_SHAPES[tone]}"/>'
    yield _text_element(
        "okr-state", wrap_text(worst_part_text(node.status, room), room, 1)[0], PAD + 15, y
    )
    if node.more:
        yield _text_element(
            "okr-more", f"{node.more.split()[0]} ▸", place.width - PAD, y, ' text-anchor="end"'
        )
    if not place.low:
        yield from _status_bar(node, place)


def _status_bar(node: FlowchartNode, place: BoxPlacement) -> Iterator[str]:
    """Yield a part for each word of the key results; for one word about it all, the grade."""
    inside, y = place.width - 2 * PAD, place.height - 15
    total = sum(part.number for part in node.status)
    if not total:
        grade = float(node.grade) if _GRADE.fullmatch(node.grade) else 0
        yield _bar_segment("okr-rail", PAD, y, inside)
        if grade:
            yield _bar_segment(f"okr-{node.status[0].tone}", PAD, y, grade * inside)
        return
    x = float(PAD)
    for part in node.status:
        width = inside * part.number / total
        yield _bar_segment(f"okr-{part.tone}", x, y, max(width - 2, 1))
        x = round(x + width, 1)


def _bar_segment(css_class: str, x: float, y: float, width: float) -> str:
    return f'<path class="{css_class}" d="M{x:g} {y:g}h{width:.4g}v4H{x:g}z"/>'


def _text_element(css_class: str, text: str, x: float, y: float, more: str = "") -> str:
    return f'<text class="{css_class}" x="{x:g}" y="{y:g}"{more}>{html.escape(text)}</text>'


def _edge_labels(layout: FlowchartLayout, numbers: dict[str, int]) -> Iterator[str]:
    """Yield the words on the lines, each where no other words are."""
    taken: list[tuple[float, float]] = []
    for route in layout.routes:
        edge = route.edges[0]
        if edge.words:
            x, y = label_position(route, taken)
            taken.append((x, y))
            yield (
                f'<g class="okr-risk okr-{_WEIGHTS[edge.weight]}" data-from="{numbers[edge.start]}"'
                f' data-to="{numbers[edge.end]}" transform="translate({x:g} {y:g})">'
                f'<rect x="-38" y="-10" width="76" height="20" rx="10"/>'
                f'<text text-anchor="middle" y="4">{html.escape(edge.words)}</text></g>'
            )


def label_position(route: EdgeRoute, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the point with the most room near the middle of a line's last curve.

    Lines that cross do so in the middle, and those to one box come together behind it.
    """
    (x, y), (end_x, end_y) = route.points[-2:]
    candidates = []
    for t in (0.41, 0.47, 0.36, 0.54, 0.6):
        across, down = t * (1.5 - 1.5 * t + t * t), t * t * (3 - 2 * t)
        candidates.append((round(x + (end_x - x) * across, 1), round(y + (end_y - y) * down, 1)))
    return max(
        candidates,
        key=lambda point: min((_free_space_between(point, other) for other in taken), default=1),
    )


def _free_space_between(point: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far words at two points are apart, as a share of what they need; at most 1."""
    return min(1, max(abs(point[0] - other[0]) / 80, abs(point[1] - other[1]) / 24))
