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
from itertools import pairwise

WIDTH, GAP_X, GAP_Y, PAD = 188, 46, 14, 12
LINE_HEIGHT, TEAM_HEIGHT, GRADE_HEIGHT = 17, 26, 30
TITLE_LINES, TITLE_CHARACTERS, TEAM_CHARACTERS = 3, 25, 27
SWEEPS = 6

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
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def columns_of(chart: Chart) -> list[list[str]]:
    """Ids by level (the longest way from a root), each level in an order of few crossings."""
    level = _levels(chart)
    columns: list[list[str]] = [[] for _ in range(max(level.values()) + 1)]
    for name in chart.nodes:
        columns[level[name]].append(name)
    above, below = _neighbours(chart)
    for sweep in range(SWEEPS):
        beside = below if sweep % 2 else above
        for column in reversed(columns) if sweep % 2 else columns:
            place = {name: n / len(c) for c in columns for n, name in enumerate(c)}
            column.sort(key=lambda name: _mean([place[n] for n in beside[name]], place[name]))
    return columns


def _levels(chart: Chart) -> dict[str, int]:
    """The column of each box; boxes in a loop stay where the loop was entered."""
    above, below = _neighbours(chart)
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


def _neighbours(chart: Chart) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    above: dict[str, list[str]] = {name: [] for name in chart.nodes}
    below: dict[str, list[str]] = {name: [] for name in chart.nodes}
    for parent, child in chart.edges:
        above[child].append(parent)
        below[parent].append(child)
    return above, below


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _tops(chart: Chart, columns: list[list[str]]) -> dict[str, float]:
    """Where each box begins: near its neighbours, none upon another, the highest at 0."""
    above, below = _neighbours(chart)
    middle: dict[str, float] = {}
    for column in columns:
        _stack(column, dict.fromkeys(column, 0.0), chart, middle)
    for sweep in range(SWEEPS):
        beside = below if sweep % 2 == 0 else above
        for column in reversed(columns) if sweep % 2 == 0 else columns:
            wanted = {n: _mean([middle[each] for each in beside[n]], middle[n]) for n in column}
            _stack(column, wanted, chart, middle)
    tops = {name: middle[name] - chart.nodes[name].height / 2 for name in chart.nodes}
    first = min(tops.values())
    return {name: round(top - first, 1) for name, top in tops.items()}


def _stack(
    column: list[str], wanted: Mapping[str, float], chart: Chart, middle: dict[str, float]
) -> None:
    """Put the boxes of a column as near to where they belong as their heights allow."""
    at: dict[str, float] = {}
    for before, name in pairwise([None, *column]):
        assert name is not None
        half = chart.nodes[name].height / 2
        least = wanted[name]
        if before is not None:
            least = max(least, at[before] + chart.nodes[before].height / 2 + GAP_Y + half)
        at[name] = least
    shift = _mean([wanted[name] - at[name] for name in column], 0)
    middle.update({name: place + shift for name, place in at.items()})


def drawing(chart: Chart) -> str:
    """The figure: one line of HTML with the SVG in a box that scrolls by itself."""
    columns = columns_of(chart)
    tops = _tops(chart, columns)
    left = {name: n * (WIDTH + GAP_X) for n, column in enumerate(columns) for name in column}
    width = len(columns) * (WIDTH + GAP_X) - GAP_X + 2
    height = round(max(tops[name] + node.height for name, node in chart.nodes.items())) + 2
    lines = "".join(_line(a, b, chart, left, tops) for a, b in chart.edges)
    boxes = "".join(
        _box(chart.nodes[name], left[name], tops[name]) for column in columns for name in column
    )
    count = len(chart.nodes)
    return (
        '<div class="okr-cascade" role="group" aria-label="Diagram of the cascade" tabindex="0"'
        f' data-search-exclude><svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {width}'
        f' {height}" width="{width}" height="{height}" role="group"><title>What ladders up to'
        f" what</title><desc>{count} objectives in {len(columns)} levels, the company on the left."
        f" The same stands in the list that follows.</desc>{lines}{boxes}</svg></div>"
    )


def _line(
    parent: str, child: str, chart: Chart, left: Mapping[str, int], tops: Mapping[str, float]
) -> str:
    x1, y1 = left[parent] + WIDTH, tops[parent] + chart.nodes[parent].height / 2
    x2, y2 = left[child], tops[child] + chart.nodes[child].height / 2
    bend = max(GAP_X, abs(x2 - x1)) / 2
    curve = f"M{x1} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2} {y2:g}"
    return f'<path class="okr-line" d="{curve}" fill="none" stroke="currentColor"/>'


def _box(node: Node, x: int, y: float) -> str:
    inside = WIDTH - 2 * PAD
    team = wrapped(node.team, TEAM_CHARACTERS, 1)[0]
    rows = "".join(
        _words("okr-title", line, TEAM_HEIGHT + LINE_HEIGHT * n + 11)
        for n, line in enumerate(node.lines)
    )
    foot = node.height - 11
    bar = ""
    if grade := _GRADE.match(node.grade):
        bar = (
            f'<rect class="okr-rail" x="{PAD}" y="{node.height - 6}" width="{inside}" height="3"'
            f' fill="none"/><rect class="okr-fill" x="{PAD}" y="{node.height - 6}"'
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
