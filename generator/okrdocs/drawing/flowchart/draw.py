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

from okrdocs.drawing.flowchart.boxes import GAP_X, Place
from okrdocs.drawing.flowchart.layout import Layout, Route, layout_of
from okrdocs.drawing.flowchart.parse import Chart, Node
from okrdocs.drawing.flowchart.text_wrap import wrapped
from okrdocs.drawing.status_text import worst

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


def drawing(chart: Chart) -> str:
    """The figure of a chart."""
    layout = layout_of(chart)
    numbers = {name: number for number, name in enumerate(layout.boxes)}
    lines = "".join(_line(route, numbers) for route in layout.routes)
    frames = "".join(_frame(place) for place in layout.frames.values())
    boxes = "".join(_box(chart.nodes[name], place) for name, place in layout.boxes.items())
    words = "".join(_labels(layout, numbers))
    name = html.escape(_name(chart))
    width, height = f"{layout.width + 4:g}", f"{layout.height + 4:g}"
    size = f'viewBox="-2 -2 {width} {height}" width="{width}" height="{height}"'
    return (
        f'<div class="okr-cascade" role="group" aria-label="{name}" tabindex="0"'
        f' data-search-exclude><svg xmlns="http://www.w3.org/2000/svg" {size}'
        f'{_classes(layout)} role="group"><title>{name}</title><desc>{len(chart.nodes)} boxes in'
        f" {layout.columns} columns, from left to right. A list says the same.</desc>"
        f'{frames}<g fill="none" stroke="currentColor">{lines}</g>{boxes}{words}</svg></div>'
    )


def _name(chart: Chart) -> str:
    """The title, with the one box from which all lines start where there is one."""
    ends = {edge.end for edge in chart.edges}
    roots = [node for name, node in chart.nodes.items() if name not in ends]
    return f"{chart.title}: {roots[0].title}" if len(roots) == 1 else chart.title


def _classes(layout: Layout) -> str:
    """How it takes to other sizes: scaled to a screen's width, left out where paper ends."""
    fits = "okr-fits" if layout.width <= FITS else ""
    tall = "okr-tall" if layout.height > SHEET * layout.width else ""
    classes = " ".join(each for each in (fits, tall) if each)
    return f' class="{classes}"' if classes else ""


def _line(route: Route, numbers: dict[str, int]) -> str:
    """A curve from box to box, straight where it passes a column, with its tip."""
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
    ends = " ".join(str(numbers[each.end]) for each in route.edges)
    return (
        f'<path class="okr-line okr-{_WEIGHTS[edge.weight]}" data-from="{numbers[edge.start]}"'
        f' data-to="{ends}" d="{path}"/>'
    )


def _frame(place: Place) -> str:
    return f'<rect class="okr-frame" {_size(place)} rx="12"/>'


def _size(place: Place) -> str:
    return f'x="{place.x:g}" y="{place.y:g}" width="{place.width:g}" height="{place.height:g}"'


def _box(node: Node, place: Place) -> str:
    shape = f"<title>{html.escape(node.words)}</title>{''.join(_parts(node, place))}"
    kind = "okr-item okr-outside" if node.outside else "okr-item"
    held = f'<a class="okr-node" href="{html.escape(node.target)}">{shape}</a>'
    return (
        f'<g class="{kind}" transform="translate({place.x:g} {place.y:g})">'
        f"{held if node.target else shape}</g>"
    )


def _parts(node: Node, place: Place) -> Iterator[str]:
    """The box itself and what stands in it, from top to bottom."""
    yield (f'<rect class="okr-box" width="{place.width:g}" height="{place.height:g}" rx="8"/>')
    yield _words("okr-team", wrapped(node.team, TEAM_CHARACTERS, 1)[0], PAD, 20)
    if node.grade:
        yield _words("okr-grade", node.grade, place.width - PAD, 20, ' text-anchor="end"')
    yield _title(place.title)
    if node.status:
        yield from _standing(node, place)


def _title(lines: tuple[str, ...]) -> str:
    """The lines of the title as one text, which is copied and read aloud as one."""
    first, *rest = (html.escape(line) for line in lines)
    below = "".join(f' <tspan x="{PAD}" dy="17">{line}</tspan>' for line in rest)
    return f'<text class="okr-title" x="{PAD}" y="39">{first}{below}</text>'


def _standing(node: Node, place: Place) -> Iterator[str]:
    """Shape and words of the status; below them a bar of the key results, where there is room."""
    y = place.height - (13 if place.low else 23)
    room = STATE_CHARACTERS - (4 if node.more else 0)
    tone = node.status[0].tone
    yield f'<path class="okr-{tone}" d="M{PAD + 5} {y - 4:g}{_SHAPES[tone]}"/>'
    yield _words("okr-state", wrapped(worst(node.status, room), room, 1)[0], PAD + 15, y)
    if node.more:
        yield _words(
            "okr-more", f"{node.more.split()[0]} ▸", place.width - PAD, y, ' text-anchor="end"'
        )
    if not place.low:
        yield from _bar(node, place)


def _bar(node: Node, place: Place) -> Iterator[str]:
    """A part for each word of the key results; for one word about it all, the grade."""
    inside, y = place.width - 2 * PAD, place.height - 15
    total = sum(part.number for part in node.status)
    if not total:
        grade = float(node.grade) if _GRADE.fullmatch(node.grade) else 0
        yield _part("okr-rail", PAD, y, inside)
        if grade:
            yield _part(f"okr-{node.status[0].tone}", PAD, y, grade * inside)
        return
    x = float(PAD)
    for part in node.status:
        width = inside * part.number / total
        yield _part(f"okr-{part.tone}", x, y, max(width - 2, 1))
        x = round(x + width, 1)


def _part(css_class: str, x: float, y: float, width: float) -> str:
    return f'<path class="{css_class}" d="M{x:g} {y:g}h{width:.4g}v4H{x:g}z"/>'


def _words(css_class: str, text: str, x: float, y: float, more: str = "") -> str:
    return f'<text class="{css_class}" x="{x:g}" y="{y:g}"{more}>{html.escape(text)}</text>'


def _labels(layout: Layout, numbers: dict[str, int]) -> Iterator[str]:
    """The words on the lines, each where no other words are."""
    taken: list[tuple[float, float]] = []
    for route in layout.routes:
        edge = route.edges[0]
        if edge.words:
            x, y = spot(route, taken)
            taken.append((x, y))
            yield (
                f'<g class="okr-risk okr-{_WEIGHTS[edge.weight]}" data-from="{numbers[edge.start]}"'
                f' data-to="{numbers[edge.end]}" transform="translate({x:g} {y:g})">'
                f'<rect x="-38" y="-10" width="76" height="20" rx="10"/>'
                f'<text text-anchor="middle" y="4">{html.escape(edge.words)}</text></g>'
            )


def spot(route: Route, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """The point on the last curve of a line, before its middle or near it, with the most room.

    Lines that cross do so in the middle, and those to one box come together behind it.
    """
    (x, y), (end_x, end_y) = route.points[-2:]
    found = []
    for t in (0.41, 0.47, 0.36, 0.54, 0.6):
        across, down = t * (1.5 - 1.5 * t + t * t), t * t * (3 - 2 * t)
        found.append((round(x + (end_x - x) * across, 1), round(y + (end_y - y) * down, 1)))
    return max(found, key=lambda point: min((_room(point, each) for each in taken), default=1))


def _room(point: tuple[float, float], other: tuple[float, float]) -> float:
    """How far words at two points are apart, as a share of what they need; at most 1."""
    return min(1, max(abs(point[0] - other[0]) / 80, abs(point[1] - other[1]) / 24))
