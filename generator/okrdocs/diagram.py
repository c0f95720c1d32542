"""A cascade as inline SVG: from the Mermaid flowchart of a page to a drawing on the site.

The Markdown holds a flowchart that code hosts draw by themselves. On the site, Markdown's
superfences extension calls `fence`, which draws it at build time: left to right, one column
a level, with links, in the colours of the page (`okrdocs.css`), without a script. Text in,
text out; stands beside `render` and reads what `pages.cascade` writes. Any other flowchart
is shown as the code that it is.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

WIDTH, GAP_X, GAP_Y, PAD = 172, 38, 14, 12
LINE_HEIGHT, TEAM_HEIGHT, GRADE_HEIGHT = 17, 27, 34
TITLE_LINES, TITLE_CHARACTERS, TEAM_CHARACTERS = 3, 21, 24
THREAD = 4
SWEEPS = 6

Beside = dict[str, list[str]]

_NODE = re.compile(r' *(\w+)\["([^"]*)"\]')
_EDGE = re.compile(r" *(\w+) --> (\w+)")
_CLICK = re.compile(r' *click (\w+) href "([^"]*)"')
_ENTITY = re.compile(r"#([0-9]{1,7});")
_SCHEME = re.compile(r"[^/?#]*:|//")
_GRADE = re.compile(r"[01]\.[0-9]{2}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Node:
    """A box: the lines of its label (team, title, grade) and where it leads ("" is nowhere)."""

    team: str
    title: str
    grade: str
    target: str

    @property
    def lines(self) -> list[str]:
        """The title as it is drawn."""
        return wrapped(self.title, TITLE_CHARACTERS, TITLE_LINES)

    @property
    def height(self) -> int:
        """In pixels."""
        return TEAM_HEIGHT + LINE_HEIGHT * len(self.lines) + GRADE_HEIGHT


@dataclass(frozen=True, slots=True)
class Chart:
    """What a flowchart says: boxes by their id, and lines between them."""

    nodes: Mapping[str, Node]
    edges: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Names by column from top to bottom, the middle of each in pixels, and how lines run.

    A line that passes a column has a place there too, named after its ends and the column.
    """

    columns: tuple[tuple[str, ...], ...]
    middle: Mapping[str, float]
    routes: tuple[tuple[str, ...], ...]


def fence(source: str, language: str, css_class: str, *_: object, **__: object) -> str:
    """The HTML of a fence, as superfences calls it (pymdownx.superfences, "custom fences")."""
    chart = chart_of(source)
    if chart is None:
        name = html.escape(f"language-{language} {css_class}")
        return f'<pre><code class="{name}">{html.escape(source)}</code></pre>'
    return drawing(chart)


def chart_of(source: str) -> Chart | None:
    """The flowchart in the dialect of `pages.cascade`; None for anything else."""
    head, *rest = [line for line in source.split("\n") if line.strip()] or [""]
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str], None] = {}
    targets: dict[str, str] = {}
    for line in rest:
        if (node := _NODE.fullmatch(line)) and node[2].count("<br/>") == 2:
            team, title, grade = (_text(part) for part in node[2].split("<br/>"))
            nodes[node[1]] = Node(team, title, grade, "")
        elif edge := _EDGE.fullmatch(line):
            edges[edge[1], edge[2]] = None
        elif click := _CLICK.fullmatch(line):
            targets[click[1]] = _address(click[2])
        else:
            return None
    named = {*targets, *(end for edge in edges for end in edge)}
    if head.strip() != "flowchart LR" or not nodes or not named <= nodes.keys():
        return None
    linked = {name: replace(node, target=targets.get(name, "")) for name, node in nodes.items()}
    return Chart(linked, tuple(edges))


def _text(label: str) -> str:
    return _ENTITY.sub(lambda found: chr(min(int(found[1]), 0x10FFFF)), label)


def _address(target: str) -> str:
    """Where a link of the Markdown leads on the site; only places within it are taken."""
    if _SCHEME.match(target):
        return ""
    path, hash_sign, anchor = target.partition("#")
    return f"{re.sub(r'[.]md$', '.html', path)}{hash_sign}{anchor}"


def wrapped(text: str, width: int, most: int) -> list[str]:
    """The text in at most `most` lines of `width` characters; what is cut off leaves an `…`."""
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, width):
            longer = f"{lines[-1]} {piece}".strip()
            if _columns(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    if len(lines) > most:
        last = lines[most - 1]
        while _columns(last) > width - 1:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last.rstrip(' ,.;:–-')}…"]
    return lines


def _pieces(word: str, width: int) -> Iterable[str]:
    while _columns(word) > width:
        end = next(n for n in range(len(word), 0, -1) if n == 1 or _columns(word[:n]) <= width)
        yield word[:end]
        word = word[end:]
    if word:
        yield word


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def layout_of(chart: Chart) -> Layout:
    """The longest way from a root decides on the column, its neighbours on the place within."""
    level = _levels(chart)
    columns: list[list[str]] = [[] for _ in range(max(level.values()) + 1)]
    for name in chart.nodes:
        columns[level[name]].append(name)
    heights = {name: node.height for name, node in chart.nodes.items()}
    routes = []
    for parent, child in chart.edges:
        passed = range(level[parent] + 1, level[child])
        threads = [f"{parent} {child} {column}" for column in passed]
        for column, thread in zip(passed, threads, strict=True):
            columns[column].append(thread)
            heights[thread] = THREAD
        routes.append((parent, *threads, child))
    above, below = _neighbours(heights, [pair for route in routes for pair in pairwise(route)])
    _order(columns, above, below)
    return Layout(
        tuple(map(tuple, columns)), _middles(columns, above, below, heights), tuple(routes)
    )


def _levels(chart: Chart) -> dict[str, int]:
    """The column of each box; boxes in a loop stay where the loop was entered."""
    above, below = _neighbours(chart.nodes, chart.edges)
    level = dict.fromkeys(chart.nodes, 0)
    missing = {name: len(above[name]) for name in chart.nodes}
    ready = [name for name in chart.nodes if not missing[name]]
    for name in ready:
        for child in below[name]:
            level[child] = max(level[child], level[name] + 1)
            missing[child] -= 1
            if not missing[child]:
                ready.append(child)
    return level


def _neighbours(names: Iterable[str], edges: Iterable[tuple[str, str]]) -> tuple[Beside, Beside]:
    above: Beside = {name: [] for name in names}
    below: Beside = {name: [] for name in above}
    for parent, child in edges:
        above[child].append(parent)
        below[parent].append(child)
    return above, below


def _order(columns: list[list[str]], above: Beside, below: Beside) -> None:
    """Few crossings: each box near the middle of its neighbours, sweep by sweep (Sugiyama)."""
    place = {name: n / len(c) for c in columns for n, name in enumerate(c)}
    for sweep in range(SWEEPS):
        beside = below if sweep % 2 else above
        for column in reversed(columns) if sweep % 2 else columns:
            wanted = {n: _mean([place[each] for each in beside[n]], place[n]) for n in column}
            column.sort(key=wanted.__getitem__)
            place.update((name, n / len(column)) for n, name in enumerate(column))


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _middles(
    columns: list[list[str]], above: Beside, below: Beside, heights: Mapping[str, int]
) -> dict[str, float]:
    """The height of each box's middle: near its neighbours, none upon another, the top at 0."""
    middle: dict[str, float] = {}
    for column in columns:
        middle.update(_stacked(column, dict.fromkeys(column, 0.0), heights))
    for sweep in range(SWEEPS):
        beside = above if sweep % 2 else below
        for column in columns if sweep % 2 else reversed(columns):
            wanted = {n: _mean([middle[each] for each in beside[n]], middle[n]) for n in column}
            middle.update(_stacked(column, wanted, heights))
    top = min(place - heights[name] / 2 for name, place in middle.items())
    return {name: round(place - top, 1) for name, place in middle.items()}


def _stacked(
    column: list[str], wanted: Mapping[str, float], heights: Mapping[str, int]
) -> Iterable[tuple[str, float]]:
    """The boxes of a column as near to where they belong as their heights allow.

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


def drawing(chart: Chart) -> str:
    """The figure: one line of HTML with the SVG in a box that scrolls by itself."""
    layout = layout_of(chart)
    left = {name: n * (WIDTH + GAP_X) for n, column in enumerate(layout.columns) for name in column}
    width = len(layout.columns) * (WIDTH + GAP_X) - GAP_X + 2
    lines = "".join(_line(route, left, layout.middle) for route in layout.routes)
    boxes, height = [], 0.0
    for name in (name for column in layout.columns for name in column):
        half = THREAD / 2
        if node := chart.nodes.get(name):
            half = node.height / 2
            boxes.append(_box(node, left[name], layout.middle[name] - half))
        height = max(height, layout.middle[name] + half)
    return (
        '<div class="okr-cascade" role="group" aria-label="Diagram of the cascade" tabindex="0"'
        f' data-search-exclude><svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {width}'
        f' {height + 2:g}" width="{width}" height="{height + 2:g}" role="group"><title>What ladders'
        f" up to what</title><desc>{len(chart.nodes)} objectives in {len(layout.columns)} levels,"
        " the company on the left. The same stands in the list that follows.</desc>"
        f"{lines}{''.join(boxes)}</svg></div>"
    )


def _line(route: tuple[str, ...], left: Mapping[str, int], middle: Mapping[str, float]) -> str:
    """A curve from box to box, straight where it passes a column."""
    path = f"M{left[route[0]] + WIDTH} {middle[route[0]]:g}"
    for before, name in pairwise(route):
        start, end = left[before] + WIDTH, left[name]
        bend = max(GAP_X, abs(end - start)) / 2
        path += f"C{start + bend:g} {middle[before]:g} {end - bend:g} {middle[name]:g}"
        path += f" {end} {middle[name]:g}"
        if name != route[-1]:
            path += f"H{end + WIDTH}"
    return f'<path class="okr-line" d="{path}" fill="none" stroke="currentColor"/>'


def _box(node: Node, x: int, y: float) -> str:
    inside = WIDTH - 2 * PAD
    team = wrapped(node.team, TEAM_CHARACTERS, 1)[0]
    rows = "".join(
        _words("okr-title", line, TEAM_HEIGHT + LINE_HEIGHT * n + 11)
        for n, line in enumerate(node.lines)
    )
    foot, rail = node.height - 17, node.height - 11
    bar = ""
    if grade := _GRADE.match(node.grade):
        bar = (
            f'<rect class="okr-rail" x="{PAD}" y="{rail}" width="{inside}" height="3"'
            f' fill="none"/><rect class="okr-fill" x="{PAD}" y="{rail}"'
            f' width="{float(grade[0]) * inside:g}" height="3"/>'
        )
    shape = (
        f"<title>{html.escape(f'{node.team}: {node.title} ({node.grade})')}</title>"
        f'<rect class="okr-box" width="{WIDTH}" height="{node.height}" rx="8" fill="none"'
        f' stroke="currentColor"/>{_words("okr-team", team, 19)}'
        f"{rows}{_words('okr-grade', node.grade, foot)}{bar}"
    )
    place = f'transform="translate({x} {y:g})"'
    if not node.target:
        return f'<g class="okr-node" {place}>{shape}</g>'
    return f'<a class="okr-node" href="{html.escape(node.target)}" {place}>{shape}</a>'


def _words(css_class: str, text: str, y: int) -> str:
    return f'<text class="{css_class}" x="{PAD}" y="{y}">{html.escape(text)}</text>'
