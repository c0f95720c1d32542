"""What a flowchart says: from the text that `pages.graph.mermaid` writes to boxes and lines.

The dialect is a small part of Mermaid's: a title, a box a line, a line between two boxes a
line, a link a line. The label of a box has four lines (team, title, grade, status) and may
have a fifth ("+3 below"); a rounded box with two is something that isn't an objective.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from okrdocs.drawing.status_text import Part, parse_parts_with_signs, parts_in_words

_TITLE = re.compile(r" *accTitle: ([\w ]+)")
_NODE = re.compile(r' *(\w+)(?:\["([^"]*)"\]|\(\["([^"]*)"\]\))')
_EDGE = re.compile(r" *(\w+) (?:(--|==|-\.) ([\w ]+) )?(---|-->|==>|\.->) (\w+)")
_CLICK = re.compile(r' *click (\w+) href "([^"]*)"')
_ENTITY = re.compile(r"#([0-9]{1,7});")
_SCHEME = re.compile(r"[^/?#]*:|//")
_WEIGHTS = {"---": "", "-->": "--", "==>": "==", ".->": "-."}


@dataclass(frozen=True, slots=True)
class FlowchartNode:
    """A box and where it leads ("" is nowhere). `more`: what is below it and not drawn."""

    team: str
    title: str
    grade: str = ""
    status: tuple[Part, ...] = ()
    more: str = ""
    target: str = ""
    outside: bool = False

    @property
    def text_for_screen_readers(self) -> str:
        """Return all that the box says, in one line for screen readers and as a hint."""
        facts = ", ".join(f for f in (self.grade, parts_in_words(self.status), self.more) if f)
        return f"{self.team}: {self.title}{f' ({facts})' if facts else ''}"


class FlowchartEdge(NamedTuple):
    """A line from box to box, the words on it ("" for none) and how it looks.

    `weight`: "" for a line without a tip; with one `==` heavy, `--` plain or `-.` light.
    """

    start: str
    end: str
    words: str = ""
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Flowchart:
    """What a flowchart says: its title, boxes by their id, and lines between them."""

    title: str
    nodes: Mapping[str, FlowchartNode]
    edges: tuple[FlowchartEdge, ...]


def parse_flowchart(source: str) -> Flowchart | None:
    """Return the flowchart in the dialect of `pages.graph.mermaid`; None for anything else."""
    head, *rest = [line for line in source.split("\n") if line.strip()] or [""]
    named = _TITLE.fullmatch(rest[0]) if rest else None
    nodes: dict[str, FlowchartNode] = {}
    edges: dict[tuple[str, str], FlowchartEdge] = {}
    targets: dict[str, str] = {}
    for line in rest[1:]:
        if (match := _NODE.fullmatch(line)) and (node := _parse_node(match)):
            nodes[match[1]] = node
        elif (match := _EDGE.fullmatch(line)) and match[2] in (None, _WEIGHTS[match[4]]):
            edges[match[1], match[5]] = FlowchartEdge(
                match[1], match[5], match[3] or "", _WEIGHTS[match[4]]
            )
        elif match := _CLICK.fullmatch(line):
            targets[match[1]] = _site_address(match[2])
        else:
            return None
    is_complete = {*targets, *(end for edge in edges for end in edge)} <= nodes.keys()
    if head.strip() != "flowchart LR" or named is None or not nodes or not is_complete:
        return None
    linked = {name: replace(node, target=targets.get(name, "")) for name, node in nodes.items()}
    return Flowchart(named[1], linked, tuple(edges.values()))


def _parse_node(match: re.Match[str]) -> FlowchartNode | None:
    box, rounded = match[2], match[3]
    parts = [_decode_entities(part) for part in (box or rounded or "").split("<br/>")]
    if rounded is not None:
        return FlowchartNode(parts[0], parts[1], outside=True) if len(parts) == 2 else None
    if len(parts) not in (4, 5):
        return None
    team, title, grade, status, *more = parts
    return FlowchartNode(team, title, grade, parse_parts_with_signs(status), "".join(more))


def _decode_entities(label: str) -> str:
    return _ENTITY.sub(lambda match: chr(min(int(match[1]), 0x10FFFF)), label)


def _site_address(target: str) -> str:
    """Return where a link of the Markdown leads on the site; only places within it are taken."""
    if _SCHEME.match(target):
        return ""
    path, hash_sign, anchor = target.partition("#")
    return f"{re.sub(r'[.]md$', '.html', path)}{hash_sign}{anchor}"
