"""A YAML text that is about to be edited: its nodes, and where each of them begins and ends.

Offsets count characters of the text from 0, without a byte order mark at its beginning.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from okrdocs.errors import EditRefusedError
from okrdocs.problem import Problem
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar, Sequence
from okrdocs.source.yaml.reader import parse

BYTE_ORDER_MARK = "\ufeff"
_REST_OF_LINE = re.compile(r"[ \t]*(?:(?<![^ \t])#[^\r\n]*)?(?=\r?\n|\r?\Z)")
_IN_GAP = re.compile(r"#[^\r\n]*|[^\s#]")


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its root node; `starts` holds the offset at which each line begins."""

    mark: str
    text: str
    root: Node | None
    problems: tuple[Problem, ...]
    starts: tuple[int, ...]


class Edit(NamedTuple):
    """A new text, and the one span in which it differs from the old one.

    `old` stood at the offset `start` of the old text, `new` stands there in the new one.
    """

    text: str
    start: int
    old: str
    new: str


def read_document(text: str) -> Document:
    """Reads a text whatever is wrong with it; `root` is None where it can't be read.

    A text without a line break at its end is read as if it had one: else a line below would change
    what a `|` on the last lines says.
    """
    body = text.removeprefix(BYTE_ORDER_MARK)
    root, problems = parse(body if body.endswith("\n") else f"{body}\n", "")
    starts = (0, *(found.end() for found in re.finditer("\n", body)))
    return Document(text[: len(text) - len(body)], body, root, problems, starts)


def read_sound_document(text: str, *, may_be_empty: bool = False) -> tuple[Document, Node]:
    """Return a text and its root. Raises EditRefusedError where it is empty or has a fault.

    With `may_be_empty` the root of a text that holds at most comments is an empty value at its end.
    """
    document = read_document(text)
    if document.problems:
        first = document.problems[0]
        raise EditRefusedError(
            f"The file has an error: {first.message}",
            f"{first.hint} Then make the change again.".lstrip(),
            first.span.line,
            first.span.column,
        )
    if document.root is None and may_be_empty:
        line, column = len(document.starts), len(document.text) - document.starts[-1] + 1
        return document, Scalar("", True, False, (line, column, line, column))
    if document.root is None:
        raise EditRefusedError("The file is empty.", "Write its first keys by hand.", 1, 1)
    return document, document.root


def splice(document: Document, start: int, end: int, new: str) -> Edit:
    """Replaces what stands between two offsets."""
    text, mark = document.text, document.mark
    return Edit(f"{mark}{text[:start]}{new}{text[end:]}", len(mark) + start, text[start:end], new)


def refusal(document: Document, offset: int, said: str, hint: str) -> EditRefusedError:
    """The error that says why a place can't be edited, with its line and column."""
    line = bisect_right(document.starts, offset)
    return EditRefusedError(said, hint, line, offset - document.starts[line - 1] + 1)


# ------------------------------------------------------------------- offsets


def offset(document: Document, line: int, column: int) -> int:
    """The offset of a line and column, which count from 1; the text's end where it is shorter."""
    if line > len(document.starts):
        return len(document.text)
    return min(document.starts[line - 1] + column - 1, len(document.text))


def start_of(document: Document, node: Node) -> int:
    """Where a node begins; of a block list the first dash, of a block map its first key."""
    return offset(document, *node.extent[:2])


def end_of(document: Document, node: Node) -> int:
    """Where a node ends: behind its last character, and behind the blank lines that are its own."""
    if isinstance(node, Mapping) and not node.flow:
        return end_of(document, node.entries[-1][1])
    if isinstance(node, Sequence) and not node.flow:
        return end_of(document, node.items[-1])
    if isinstance(node, Scalar) and node.block:
        return _end_of_block(document, node)
    return offset(document, *node.extent[2:])


def _end_of_block(document: Document, node: Scalar) -> int:
    """`|+` keeps the blank lines below it, and spaces beyond the indentation are text."""
    last, keeps = node.extent[2], keeps_blank_lines(document, node)
    indent = _block_indent(document, node)
    count = len(document.starts) - document.text.endswith("\n")
    for line in range(last + 1, count + 1):
        blank = line_text(document, line)
        if blank.strip():
            break
        if keeps or len(blank) > indent:
            last = line
    return line_end(document, document.starts[last - 1])


def _block_indent(document: Document, node: Scalar) -> int:
    """The indentation of a block's text; 0 where its header gives it as a number."""
    if re.compile(r"[|>][-+]?[1-9]").match(document.text, start_of(document, node)):
        return 0
    lines = (line_text(document, line) for line in range(node.extent[0] + 1, node.extent[2] + 1))
    return next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")), 0)


def keeps_blank_lines(document: Document, node: Node) -> bool:
    """Whether a node ends with a `|+` or `>+`, to whose text the blank lines below it belong."""
    while not isinstance(node, Scalar):
        if node.flow:
            return False
        node = node.entries[-1][1] if isinstance(node, Mapping) else node.items[-1]
    start = start_of(document, node)
    return node.block and "+" in document.text[start : start + 3]


def line_number(document: Document, at: int) -> int:
    """The line of an offset, from 1."""
    return bisect_right(document.starts, at)


def line_start(document: Document, at: int) -> int:
    """Where the line of an offset begins."""
    return document.starts[line_number(document, at) - 1]


def line_end(document: Document, at: int) -> int:
    """Where the line of an offset ends, before its line break."""
    line = line_number(document, at)
    is_last = line == len(document.starts)
    end = len(document.text) if is_last else document.starts[line] - 1
    return end - document.text.endswith("\r", 0, end) if end > at else end


def line_text(document: Document, line: int) -> str:
    """A line without its line break; `line` counts from 1."""
    start = document.starts[line - 1]
    return document.text[start : line_end(document, start)]


def line_break(document: Document, at: int) -> str:
    """The line break at the end of an offset's line; of the file's first line at its end."""
    end = line_end(document, at)
    if found := re.compile(r"\r?\n").match(document.text, end):
        return found[0]
    first = re.search(r"\r?\n", document.text)
    return first[0] if first else "\n"


def column_of(document: Document, at: int) -> int:
    """The column of an offset, from 0."""
    return at - line_start(document, at)


def begins_line(document: Document, at: int) -> bool:
    """Whether only white space stands before an offset on its line."""
    return not document.text[line_start(document, at) : at].strip(" \t")


def rest_of_line(document: Document, at: int) -> str | None:
    """The white space and the comment behind an offset; None where something else stands there."""
    found = _REST_OF_LINE.match(document.text, at)
    return found[0] if found else None


# ------------------------------------------------------------------- between nodes


def signs_between(document: Document, start: int, end: int) -> list[re.Match[str]]:
    """Comments and signs (`,`, `-`, `:`, `?`) between two nodes, in order."""
    return list(_IN_GAP.finditer(document.text, start, end))


def comments_in(document: Document) -> list[tuple[int, str]]:
    """All comments of a text with their offsets: what begins with `#` outside all scalars."""
    found: list[tuple[int, str]] = []
    at = 0
    for start, end in (*_texts(document, document.root), (len(document.text),) * 2):
        signs = signs_between(document, at, start)
        found.extend((sign.start(), sign[0]) for sign in signs if sign[0].startswith("#"))
        at = max(at, end)
    return found


def _texts(document: Document, node: Node | None) -> list[tuple[int, int]]:
    """Where the scalars of a node stand; of a block of text only the lines below its header."""
    if node is None:
        return []
    if isinstance(node, Scalar):
        start = start_of(document, node)
        return [(line_end(document, start) if node.block else start, end_of(document, node))]
    children: list[Node] = (
        [each for entry in node.entries for each in entry]
        if isinstance(node, Mapping)
        else node.items
    )
    return [place for child in children for place in _texts(document, child)]
