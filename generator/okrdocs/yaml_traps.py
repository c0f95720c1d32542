"""What YAML loses of a text that a person typed, and how to quote it.

`yaml_text` asks here about the nodes of each file: a ` #` that made a comment of a title's end, a
comma that cut a text in `{…}` or `[…]` in two, a `>5` that opened an empty block of text. All is
judged on the source lines: in the nodes the lost part is no longer there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from okrdocs.problem import Extent, Problem, Span, error
from okrdocs.yaml_nodes import Mapping, Node, Scalar, stretch

TRAP = "yaml-trap"
LONGEST = 1000  # beyond this many characters a line isn't taken apart: the cure couldn't be read
_LINE = re.compile(
    r"^(?P<lead>\s*(?:-\s+)*)"
    r"(?:(?P<key>\"[^\"]*\"|'[^']*'|[^\s\"'\[\]{}#&*!|>%@`,][^:#]{0,80}?)[ \t]*:(?:[ \t]+|$))?"
    r"(?P<value>.*?)(?P<comment>[ \t]+#(?:[ \t].*)?)?[ \t\r]*$"
)

Lines = Callable[[], list[str]]
"""The lines of a file, split when they are first asked for: most files have no trap."""


class Pieces(NamedTuple):
    """A line taken apart: `  - key: value  # comment`, and the column of the value."""

    key: str
    value: str
    column: int


def quoted(text: str) -> str:
    """Text as a quoted YAML scalar on one line, with the quotation mark that it doesn't hold."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def pieces(line: str) -> Pieces:
    """Key and value of a line without list dashes, comment and outer space."""
    match = _LINE.match(line[:LONGEST])
    if match is None:
        return Pieces("", line.strip(), 0)
    return Pieces(match["key"] or "", match["value"], match.start("value"))


def shown(text: str, limit: int = 60) -> str:
    """Text for a message: in backticks, on one line, shortened."""
    flat = " ".join(text[:LONGEST].split())
    return f"`{flat if len(flat) <= limit else flat[: limit - 1] + '…'}`"


def cured(key: str, value: str) -> str:
    """ "Put quotes around it: …" with the line as it should be, where that is short enough."""
    if len(value) > 200 or "\n" in value:
        return "Put quotes around the whole text."
    return f"Put quotes around it: `{key + ': ' if key else ''}{quoted(_unwrapped(value))}`."


def or_text(line: str, column: int, typed: str) -> str:
    """ "If it is text, put quotes …" for what starts at a column (from 1) of a line."""
    parts = pieces(line)
    whole = parts.column == column - 1
    cure = cured(parts.key, parts.value) if whole else cured("", typed)
    return f"If it is text, p{cure[1:]}"


def _unwrapped(value: str) -> str:
    """`'don't'` was meant to be quoted already: what stands between its outer marks."""
    mark = value[:1]
    if len(value) < 3 or mark not in ('"', "'") or value[-1] != mark:
        return value
    return value if re.search(rf"{mark}\s*{mark}", value[1:-1]) else value[1:-1]


def lost_ends(path: str, lines: list[str], node: Node) -> Iterator[Problem]:
    """Plain texts that a `#` cut off, in source order.

    A `#` after white space begins a comment. It is taken for text where no space follows it:
    people write comments as `# text`, and `#1`, `#growth` in prose.
    """
    for scalar in _plain(node):
        _, _, number, column = scalar.extent
        rest = lines[number - 1][column - 1 :]
        match = re.match(r"\s+(?=#[^\s#])", rest)
        if match:
            yield _lost_end(path, number, lines[number - 1], column - 1 + match.end())


def _plain(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        if node.plain:
            yield node
    elif isinstance(node, Mapping):
        for _, value in node.entries:
            yield from _plain(value)
    else:
        for item in node.items:
            yield from _plain(item)


def _lost_end(path: str, number: int, line: str, column: int) -> Problem:
    parts = pieces(line)
    hint = (
        "Put quotes around the text that holds the `#`."
        if parts.value[:1] in ("[", "{")
        else cured(parts.key, parts.value)
    )
    return error(
        TRAP,
        Span(path, number, column + 1, number, len(line.rstrip()) + 1),
        f"YAML takes {shown(line[column:])} for a comment, so this part of the text is lost.",
        f"{hint} If it is a comment, write a space after the `#`.",
    )


def empty_block(path: str, number: int, line: str, column: int) -> Problem:
    """`|5`, `>5`: a block of text that holds none; `number` from 1, `column` from 0."""
    parts = pieces(line)
    return error(
        TRAP,
        Span(path, number, column + 1, number, len(line.rstrip()) + 1),
        f"{shown(line[column:])} opens a block of text on the lines below, but none follows.",
        cured(parts.key, parts.value),
    )


def commas_in_mapping(
    path: str, lines: Lines, entries: Sequence[tuple[Scalar, Node]]
) -> Iterator[Problem]:
    """`{title: SSO (SAML, OIDC)}`: a key without a colon is the rest of the text before it."""
    begun: tuple[Scalar, Node] | None = None
    cut: Scalar | None = None
    for key, value in entries:
        if not _without_colon(lines, key, value):
            if begun and cut:
                yield _comma(path, lines, begun[0].text, begun[1].extent, cut.extent)
            begun, cut = (key, value), None
        elif space := re.match(r"([A-Za-z][\w-]*):(\S.*)", key.text):
            said = f"A space is missing after `{space[1]}:`."
            hint = f"Write `{space[1]}: {space[2]}`."
            yield error("yaml-syntax", Span(path, *key.extent), said, hint)
        elif begun is None:
            said = f"{shown(key.text)} stands between braces without a value."
            hint = "Braces hold `key: value`. If it is text, put quotes around it, braces included."
            yield error(TRAP, Span(path, *key.extent), said, hint)
        else:
            cut = key
    if begun and cut:
        yield _comma(path, lines, begun[0].text, begun[1].extent, cut.extent)


def _without_colon(lines: Lines, key: Scalar, value: Node) -> bool:
    if type(value) is not Scalar or value.text or not value.plain:
        return False
    _, _, line, column = key.extent
    return not lines()[line - 1][column - 1 :].lstrip().startswith(":")


def commas_in_list(path: str, lines: Lines, items: Sequence[Node]) -> Iterator[Problem]:
    """`[SSO (SAML, OIDC)]`, `[3,800 users]`: only open parentheses and thousands tell."""
    for before, after in pairwise(items):
        if not (type(before) is Scalar and type(after) is Scalar and before.plain and after.plain):
            continue
        opened = before.text.count("(") > before.text.count(")")
        closed = after.text.count(")") > after.text.count("(")
        near = before.extent[2:] == (after.extent[0], after.extent[1] - 1)
        if (opened and closed) or (near and _is_number_cut(before.text, after.text)):
            yield _comma(path, lines, "", before.extent, after.extent)


def _is_number_cut(before: str, after: str) -> bool:
    return bool(re.search(r"(?<!\d)\d{1,3}$", before) and re.match(r"\d{3}(?!\d)", after))


def _comma(path: str, lines: Lines, key: str, first: Extent, last: Extent) -> Problem:
    """Text from `first` to the end of `last`, cut in two by the comma between them."""
    typed = " ".join(stretch(lines(), (*first[:2], *last[2:])).split())
    return error(
        TRAP,
        Span(path, *last),
        f"Between brackets the comma before {shown(stretch(lines(), last))} ends the text.",
        cured(key, typed),
    )
