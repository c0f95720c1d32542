"""Plain YAML by its lines: the way of nearly all files, up to twice as fast as over a parser.

`document` gives the nodes that libyaml's events lead to, or None where something is anything but
plain; then `yaml_text` has the parser read all of it. It finds no faults: what it doesn't know
for certain is the parser's. `tests/source/test_yaml_plain.py` holds both against each other;
docs/explanation/decisions/plain-yaml-by-its-lines.md says why there are two.

A plain line is empty, a comment, or `key: value`, `- value` or `- key: value` with a key in small
letters. A value is text on its line, quoted or not, or a list or map of words. Other lists and
maps on one line, quoted texts with escapes and blocks of text are cut out for the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from okrdocs.problem import Extent
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar, Sequence

LONGEST = 90_000  # characters: with a value for two of them, no more values than are allowed
MOST_CUTS = 300  # each one takes a parser of its own
LONGEST_VALUE = 20_000  # of one value; the parser says where a text is too long
DEEPEST = 10

# Spaces are taken all or none (`(?! )`): a choice would be tried out at each of them, on long lines
# for minutes. Text and words begin with what can't be a sign of YAML, and end before `: ` and ` #`.
_KEY = "[a-z][a-z0-9_-]{0,199}"  # libyaml takes a key of up to 1,024 characters
_FIRST = r"(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`]|-[\d.$€£])"
_TEXT = rf"{_FIRST}[^:#\t\r\n]*(?:(?::(?=[^ \t\r\n])|(?<! )#)[^:#\t\r\n]*)*(?<! )"
_QUOTED = r"'[^'\t\r\n]*'|\"[^\"\\\t\r\n]*\""
_IN_WORD = r"[^,:?#()“„«\[\]{}\t\r\n]*"  # what opens a pair may be closed behind a comma
_WORD = rf"(?:(?![()“„«]){_FIRST}{_IN_WORD}(?:(?<! )#{_IN_WORD})*(?<! )|{_QUOTED})"
_LIST = rf"\[{_WORD}(?:, {_WORD})*\]"
_MAP = rf"\{{{_KEY}: {_WORD}(?:, {_KEY}: {_WORD})*\}}"
_LINE = re.compile(
    rf"^(?:( *)(?! )(- +(?! ))?(?:({_KEY}):( +(?! )|$))?"
    rf"(?:({_TEXT}|{_QUOTED}|{_LIST}|{_MAP})|([\[{{'\"].*|[|>]-?))?"
    r"(?: *(?<![^ \n])#.*| *)|(.*))$",
    re.MULTILINE,
)
_ITEM = re.compile(rf"(?:({_KEY}): )?({_WORD})")
_new = tuple.__new__  # a third of the time of a NamedTuple's own constructor

Parse: TypeAlias = Callable[[str, int], Node | None]
"""(text, depth) → its one node as the parser sees it, or None where it finds a fault."""

Line: TypeAlias = tuple[int, int, str, str, str, str, str]
"""Number, indentation, dash, key, gap, plain value, value for the parser.

Only lines that say something are listed. One that isn't plain has nothing but its indentation;
behind the last stands one with the indentation -1.
"""


class _OddError(Exception):
    """Something here is for the parser to judge."""


def document(text: str, parse: Parse) -> Node | None:
    """The root node of a text that is plain throughout; None where it isn't, or is empty."""
    if len(text) > LONGEST:
        return None
    found = _LINE.findall(text)
    lines: list[Line] = [
        (number, len(indent), dash, key, gap, value, cut)
        if not rest
        else (number, len(rest) - len(rest.lstrip(" ")), "", "", "", "", "")
        for number, (indent, dash, key, gap, value, cut, rest) in enumerate(found, 1)
        if dash or key or value or cut or rest
    ]
    if not lines or lines[0][1:3] != (0, ""):
        return None
    lines.append((len(found) + 1, -1, "", "", "", "", ""))
    try:
        node, at = _Plain(text, lines, parse).mapping(0, 0, 1)
    except _OddError:
        return None
    return node if at == len(lines) - 1 else None


class _Plain:
    """One reading. `at` is a place in `lines`; `column` counts from 0, `depth` from 1."""

    def __init__(self, text: str, lines: list[Line], parse: Parse) -> None:
        self.text = text
        self.lines = lines
        self.parse = parse
        self.cuts = 0
        self._typed: list[str] | None = None

    def mapping(self, at: int, column: int, depth: int) -> tuple[Mapping, int]:
        """The map whose first key stands at a line and column, and the line behind it."""
        if depth > DEEPEST:
            raise _OddError
        lines, on_line = self.lines, _on_line
        entries: list[tuple[Scalar, Node]] = []
        seen: set[str] = set()
        number, indent, dash, key, gap, value, cut = lines[at]
        first = number
        while key and key not in seen:
            seen.add(key)
            colon = column + len(key) + 1
            name: Scalar = _new(Scalar, (key, True, False, (number, column + 1, number, colon)))
            node: Node
            if value:
                node = on_line(value, number, colon + len(gap) + 1)
                at += 1
            elif cut:
                node, at = self.cut_out(at, colon + len(gap), column, depth + 1)
            else:
                node, at = self.below(at + 1, column, (number, colon + 1), depth + 1)
            entries.append((name, node))
            number, indent, dash, key, gap, value, cut = lines[at]
            if indent != column or dash:
                break
        if indent >= column:
            raise _OddError
        return _new(Mapping, (entries, (first, column + 1, *node.extent[2:]), False)), at

    def below(self, at: int, column: int, key_end: tuple[int, int], depth: int) -> tuple[Node, int]:
        """What belongs to a key at a column that has nothing beside it."""
        _number, indent, dash, *_rest = self.lines[at]
        if dash and indent >= column:
            return self.sequence(at, indent, depth)
        if indent > column:
            return self.mapping(at, indent, depth)
        return Scalar("", True, False, key_end + key_end), at

    def sequence(self, at: int, column: int, depth: int) -> tuple[Sequence, int]:
        """The list whose first dash stands at a line and column, and the line behind it."""
        if depth > DEEPEST:
            raise _OddError
        lines = self.lines
        items: list[Node] = []
        number, indent, dash, key, _gap, value, cut = lines[at]
        first = number
        while dash and indent == column:
            inner = column + len(dash)
            node: Node
            if key:
                node, at = self.mapping(at, inner, depth + 1)
            elif value:
                node = _on_line(value, number, inner + 1)
                at += 1
            elif cut:
                node, at = self.cut_out(at, inner, column, depth + 1)
            else:
                raise _OddError
            items.append(node)
            number, indent, dash, key, _gap, value, cut = lines[at]
        if indent > column:
            raise _OddError
        return _new(Sequence, (items, (first, column + 1, *node.extent[2:]), False)), at

    def cut_out(self, at: int, start: int, column: int, depth: int) -> tuple[Node, int]:
        """The value that begins at `start` of a line, within what stands at `column`.

        The parser sees it without the indentation around it, so a block's text has to be indented
        as it is: a comment above it that isn't would become a part of it.
        """
        number, *_before, cut = self.lines[at]
        at += 1
        text = cut
        self.cuts += 1
        if cut[0] in "|>":
            while self.lines[at][1] > column:
                at += 1
            after, indent, *_rest = self.lines[at]
            below = self.typed()[number : after - 1]
            first = next((line for line in below if line.strip(" ")), "")
            if not first.startswith(" " * (column + 1)):
                raise _OddError
            text = "\n".join((cut, *below, *[""] * (indent >= 0)))
        node = self.parse(text, depth) if self.cuts <= MOST_CUTS else None
        if node is None or not _is_what_was_cut(node, cut[0]):
            raise _OddError
        return _moved(node, number - 1, start), at

    def typed(self) -> list[str]:
        """The lines as they were typed, split when the first block of text needs them."""
        if self._typed is None:
            self._typed = self.text.split("\n")
        return self._typed


def _on_line(typed: str, line: int, column: int) -> Node:
    """A value that isn't for the parser; its column counted from 1."""
    mark = typed[0]
    end = column + len(typed)
    if end > LONGEST_VALUE:
        raise _OddError
    extent = (line, column, line, end)
    if mark in "\"'":
        return _new(Scalar, (typed[1:-1], False, False, extent))
    if mark == "[":
        return _new(Sequence, (_words(typed, line, column + 1), extent, True))
    if mark == "{":
        return _new(Mapping, (_pairs(typed, line, column + 1), extent, True))
    return _new(Scalar, (typed, True, False, extent))


def _words(typed: str, line: int, column: int) -> list[Node]:
    """The items of `[some words, more words]`."""
    words: list[Node] = []
    for _key, word in _ITEM.findall(typed):
        words.append(_on_line(word, line, column))
        column += len(word) + 2
    return words


def _pairs(typed: str, line: int, column: int) -> list[tuple[Scalar, Node]]:
    """The entries of `{key: some words, other: more words}`."""
    pairs: dict[str, tuple[Scalar, Node]] = {}
    for key, word in _ITEM.findall(typed):
        if key in pairs:
            raise _OddError
        colon = column + len(key)
        name: Scalar = _new(Scalar, (key, True, False, (line, column, line, colon)))
        pairs[key] = (name, _on_line(word, line, colon + 2))
        column = colon + len(word) + 4
    return list(pairs.values())


def _is_what_was_cut(node: Node, mark: str) -> bool:
    """Whether the parser's node is all that was cut out: `"a": b` begins with a key."""
    if isinstance(node, Scalar):
        return node.block or (mark in "\"'" and not node.plain)
    return node.flow and mark == ("{" if isinstance(node, Mapping) else "[")


def _moved(node: Node, down: int, right: int) -> Node:
    """A node that was read on its own, at its place in the file."""
    extent = _extent_moved(node.extent, down, right)
    if isinstance(node, Scalar):
        return node._replace(extent=extent)
    if isinstance(node, Sequence):
        return Sequence([_moved(item, down, right) for item in node.items], extent, node.flow)
    entries = [
        (key._replace(extent=_extent_moved(key.extent, down, right)), _moved(value, down, right))
        for key, value in node.entries
    ]
    return Mapping(entries, extent, node.flow)


def _extent_moved(extent: Extent, down: int, right: int) -> Extent:
    """Only what stands on the first line has something before it."""
    line, column, end_line, end_column = extent
    return (
        line + down,
        column + right * (line == 1),
        end_line + down,
        end_column + right * (end_line == 1),
    )
