"""Why a whole line doesn't belong where it stands: a merge, a lost indentation, odd spaces.

Rules of `syntax_errors` that come before those for signs and quotes: here the line isn't meant as
the parser took it, so that quotes would only hide the fault. `keys_with_no_break_space` also looks
at what the parser could read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from okrdocs.problem import Problem, Span, error
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar
from okrdocs.source.yaml.quoting import split_line
from okrdocs.source.yaml.quoting_errors import SYNTAX_CODE, Diagnosis, ParseStop

NO_BREAK_SPACE = "\xa0"
_CONFLICT_MARKER = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?:\s|$)")
_BLOCK = re.compile(r"(?P<lead> *(?:- +)*)[^\s#].*:\s+[|>][-+0-9]*\s*(?:#.*)?$")
_NO_BREAK_LEAD = re.compile(
    rf"[ \t]*(?:- +)*(?P<odd>{NO_BREAK_SPACE}+)|\s*(?:-\s+)*[\w-]+:(?P<gap>{NO_BREAK_SPACE}+)"
)
_NO_BREAK_MESSAGE = (
    "A no-break space stands here, which looks like a space and isn't one for YAML.",
    "Replace it by a plain space; it often comes with text pasted from another program.",
)


def merge_conflict(stop: ParseStop) -> Diagnosis | None:
    """Recognise `<<<<<<< HEAD`: git's marks of a conflict."""
    for number in range(min(stop.at[0], len(stop.lines) - 1) + 1):
        mark = _CONFLICT_MARKER.match(stop.text(number))
        if mark and (mark[0][0] != "=" or number in (stop.start[0], stop.at[0])):
            message = "A merge isn't finished here: git marked a conflict in this file."
            hint = (
                "Of what stands between `<<<<<<<` and `>>>>>>>`, keep one of the two versions that "
                "`=======` parts, or what is right of both, and delete the lines with these marks."
            )
            return Diagnosis(SYNTAX_CODE, (number, 0), message, hint)
    return None


def no_break_space_as_indentation(stop: ParseStop) -> Diagnosis | None:
    """Recognise a no-break space as indentation, or between a key and its value."""
    for number in (stop.start[0], stop.at[0], stop.before()):
        if match := _NO_BREAK_LEAD.match(stop.text(number)):
            return Diagnosis(
                SYNTAX_CODE,
                (number, max(match.start("odd"), match.start("gap"))),
                *_NO_BREAK_MESSAGE,
            )
    return None


def keys_with_no_break_space(path: str, node: Node) -> Iterator[Problem]:
    """Report keys that begin with a no-break space: for people indentation, for YAML a name."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            if key.plain and key.text.startswith(NO_BREAK_SPACE):
                yield error(SYNTAX_CODE, Span(path, *key.extent), *_NO_BREAK_MESSAGE)
            yield from keys_with_no_break_space(path, value)
    elif not isinstance(node, Scalar):
        for item in node.items:
            yield from keys_with_no_break_space(path, item)


def unindented_block_line(stop: ParseStop) -> Diagnosis | None:
    """Recognise a line of a `|` text that isn't indented: prose where a key should stand."""
    for number in sorted({stop.start[0], stop.at[0]}):
        line = stop.text(number)
        depth = _depth_of_block_above(stop, number) if line.strip() else 0
        if depth and not split_line(line).key:
            message = "This line isn't indented like the text above it, so that it's no part of it."
            spaces = f"{depth} spaces" if depth > 1 else "a space"
            hint = f"If it belongs to that text, begin it with {spaces}, as the other lines do. "
            hint += "If it is a key of its own, write `key: value`."
            return Diagnosis(SYNTAX_CODE, (number, _indent(line)), message, hint)
    return None


def _depth_of_block_above(stop: ParseStop, number: int) -> int:
    """Return the indentation of the `|` or `>` text that ends above a line; 0 where none does."""
    depth = 0
    for above in range(number - 1, -1, -1):
        line = stop.text(above)
        opened = _BLOCK.match(line)
        if opened and len(opened["lead"]) < depth:
            return depth
        if line.strip():
            depth = _indent(line)
            if depth <= _indent(stop.text(number)):
                return 0
    return 0


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
