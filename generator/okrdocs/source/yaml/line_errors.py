"""Why a whole line doesn't belong where it stands: a merge, a lost indentation, odd spaces.

Rules of `yaml_syntax` that come before those for signs and quotes: here the line isn't meant as
the parser took it, so that quotes would only hide the fault. `odd_spaces` also looks at what the
parser could read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from okrdocs.problem import Problem, Span, error
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar
from okrdocs.source.yaml.quoting import pieces
from okrdocs.source.yaml.quoting_errors import SYNTAX, Fault, Found

NO_BREAK = "\xa0"
_MERGE = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?:\s|$)")
_BLOCK = re.compile(r"(?P<lead> *(?:- +)*)[^\s#].*:\s+[|>][-+0-9]*\s*(?:#.*)?$")
_ODD_LEAD = re.compile(
    rf"[ \t]*(?:- +)*(?P<odd>{NO_BREAK}+)|\s*(?:-\s+)*[\w-]+:(?P<gap>{NO_BREAK}+)"
)
_SPACES = (
    "A no-break space stands here, which looks like a space and isn't one for YAML.",
    "Replace it by a plain space; it often comes with text pasted from another program.",
)


def merge(fault: Fault) -> Found | None:
    """`<<<<<<< HEAD`: git's marks of a conflict."""
    for number in range(min(fault.at[0], len(fault.lines) - 1) + 1):
        mark = _MERGE.match(fault.text(number))
        if mark and (mark[0][0] != "=" or number in (fault.start[0], fault.at[0])):
            said = "A merge isn't finished here: git marked a conflict in this file."
            hint = (
                "Of what stands between `<<<<<<<` and `>>>>>>>`, keep one of the two versions that "
                "`=======` parts, or what is right of both, and delete the lines with these marks."
            )
            return Found(SYNTAX, (number, 0), said, hint)
    return None


def no_break_space(fault: Fault) -> Found | None:
    """A no-break space as indentation, or between a key and its value."""
    for number in (fault.start[0], fault.at[0], fault.before()):
        if match := _ODD_LEAD.match(fault.text(number)):
            return Found(SYNTAX, (number, max(match.start("odd"), match.start("gap"))), *_SPACES)
    return None


def odd_spaces(path: str, node: Node) -> Iterator[Problem]:
    """Keys that begin with a no-break space: to the reader it's indentation, to YAML a name."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            if key.plain and key.text.startswith(NO_BREAK):
                yield error(SYNTAX, Span(path, *key.extent), *_SPACES)
            yield from odd_spaces(path, value)
    elif not isinstance(node, Scalar):
        for item in node.items:
            yield from odd_spaces(path, item)


def out_of_its_block(fault: Fault) -> Found | None:
    """A line of a `|` text that isn't indented: prose where a key should stand."""
    for number in sorted({fault.start[0], fault.at[0]}):
        line = fault.text(number)
        depth = _depth_of_block_above(fault, number) if line.strip() else 0
        if depth and not pieces(line).key:
            said = "This line isn't indented like the text above it, so that it's no part of it."
            spaces = f"{depth} spaces" if depth > 1 else "a space"
            hint = f"If it belongs to that text, begin it with {spaces}, as the other lines do. "
            hint += "If it is a key of its own, write `key: value`."
            return Found(SYNTAX, (number, _indent(line)), said, hint)
    return None


def _depth_of_block_above(fault: Fault, number: int) -> int:
    """The indentation of the `|` or `>` text that ends right above a line; 0 where none does."""
    depth = 0
    for above in range(number - 1, -1, -1):
        line = fault.text(above)
        opened = _BLOCK.match(line)
        if opened and len(opened["lead"]) < depth:
            return depth
        if line.strip():
            depth = _indent(line)
            if depth <= _indent(fault.text(number)):
                return 0
    return 0


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
