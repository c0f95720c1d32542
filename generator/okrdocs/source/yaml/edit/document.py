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

_BYTE_ORDER_MARK = "\ufeff"
_REST_OF_LINE = re.compile(r"[ \t]*(?:(?<![^ \t])#[^\r\n]*)?(?=\r?\n|\r?\Z)")
_TOKEN = re.compile(r"#[^\r\n]*|[^\s#]")


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its root node.

    `mark` is its byte order mark, which `text` lacks; `line_starts` holds the offset at which each
    line begins.
    """

    mark: str
    text: str
    root: Node | None
    problems: tuple[Problem, ...]
    line_starts: tuple[int, ...]


class Edit(NamedTuple):
    """A new text, and the one span in which it differs from the old one.

    `old` stood at the offset `start` of the old text, `new` stands there in the new one.
    """

    text: str
    start: int
    old: str
    new: str


Splice = tuple[int, int, str]
"""Two offsets, and what is written in place of the text between them."""


def read_document(text: str) -> Document:
    """Return a text with its nodes, even if it has faults; `root` is None where it can't be read.

    A text without a line break at its end is read as if it had one: else a line below would change
    what a `|` on the last lines says.
    """
    body = text.removeprefix(_BYTE_ORDER_MARK)
    root, problems = parse(body if body.endswith("\n") else f"{body}\n", "")
    line_starts = (0, *(match.end() for match in re.finditer("\n", body)))
    return Document(text[: len(text) - len(body)], body, root, problems, line_starts)


def read_valid_document(text: str, *, may_be_empty: bool = False) -> tuple[Document, Node]:
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
        line, column = len(document.line_starts), len(document.text) - document.line_starts[-1] + 1
        return document, Scalar("", True, False, (line, column, line, column))
    if document.root is None:
        raise EditRefusedError("The file is empty.", "Write its first keys by hand.", 1, 1)
    return document, document.root


def splice(document: Document, start: int, end: int, new: str) -> Edit:
    """Return the Edit that replaces what stands between two offsets."""
    text, mark = document.text, document.mark
    return Edit(f"{mark}{text[:start]}{new}{text[end:]}", len(mark) + start, text[start:end], new)


def undo(text: str, edit: Edit) -> str:
    """Return the text before an edit. Raises EditRefusedError where `text` isn't what it made."""
    if text != edit.text:
        reason = "The text was changed since this edit was made."
        raise EditRefusedError(reason, "Take the change back by hand.", 1, 1)
    end = edit.start + len(edit.new)
    return f"{text[: edit.start]}{edit.old}{text[end:]}"


def refusal_at(document: Document, offset: int, reason: str, hint: str) -> EditRefusedError:
    """Return the error that says why an offset can't be edited, with its line and column."""
    line = bisect_right(document.line_starts, offset)
    return EditRefusedError(reason, hint, line, offset - document.line_starts[line - 1] + 1)


# ------------------------------------------------------------------- offsets


def offset_of(document: Document, line: int, column: int) -> int:
    """Return the offset of a line and column, from 1; the text's end where it is shorter."""
    if line > len(document.line_starts):
        return len(document.text)
    return min(document.line_starts[line - 1] + column - 1, len(document.text))


def node_start(document: Document, node: Node) -> int:
    """Return where a node begins: a block list at its first dash, a block map at its first key."""
    return offset_of(document, *node.extent[:2])


def node_end(document: Document, node: Node) -> int:
    """Return where a node ends: behind its last character and the blank lines that are its own."""
    if isinstance(node, Mapping) and not node.flow:
        return node_end(document, node.entries[-1][1])
    if isinstance(node, Sequence) and not node.flow:
        return node_end(document, node.items[-1])
    if isinstance(node, Scalar) and node.block:
        return _block_end(document, node)
    return offset_of(document, *node.extent[2:])


def _block_end(document: Document, node: Scalar) -> int:
    """Return where a `|` or `>` ends.

    `|+` keeps the blank lines below it, and spaces beyond the indentation are text.
    """
    last, keeps = node.extent[2], ends_with_keeping_block(document, node)
    indent = _block_indent(document, node)
    count = len(document.line_starts) - document.text.endswith("\n")
    for line in range(last + 1, count + 1):
        blank = line_text(document, line)
        if blank.strip():
            break
        if keeps or len(blank) > indent:
            last = line
    return line_end(document, document.line_starts[last - 1])


def _block_indent(document: Document, node: Scalar) -> int:
    """Return the indentation of a block's text; 0 where its header gives it as a number."""
    if re.compile(r"[|>][-+]?[1-9]").match(document.text, node_start(document, node)):
        return 0
    lines = (line_text(document, line) for line in range(node.extent[0] + 1, node.extent[2] + 1))
    return next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")), 0)


def ends_with_keeping_block(document: Document, node: Node) -> bool:
    """Return whether a node ends with a `|+` or `>+`, which keeps the blank lines below."""
    while not isinstance(node, Scalar):
        if node.flow:
            return False
        node = node.entries[-1][1] if isinstance(node, Mapping) else node.items[-1]
    start = node_start(document, node)
    return node.block and "+" in document.text[start : start + 3]


def line_number(document: Document, offset: int) -> int:
    """Return the line of an offset, from 1."""
    return bisect_right(document.line_starts, offset)


def line_start(document: Document, offset: int) -> int:
    """Return where the line of an offset begins."""
    return document.line_starts[line_number(document, offset) - 1]


def line_end(document: Document, offset: int) -> int:
    """Return where the line of an offset ends, before its line break."""
    line = line_number(document, offset)
    is_last = line == len(document.line_starts)
    end = len(document.text) if is_last else document.line_starts[line] - 1
    return end - document.text.endswith("\r", 0, end) if end > offset else end


def line_text(document: Document, line: int) -> str:
    """Return a line without its line break; `line` counts from 1."""
    start = document.line_starts[line - 1]
    return document.text[start : line_end(document, start)]


def line_break(document: Document, offset: int) -> str:
    """Return the line break behind an offset's line; the file's first one where it has none."""
    end = line_end(document, offset)
    if match := re.compile(r"\r?\n").match(document.text, end):
        return match[0]
    first = re.search(r"\r?\n", document.text)
    return first[0] if first else "\n"


def column_of(document: Document, offset: int) -> int:
    """Return the column of an offset, from 0."""
    return offset - line_start(document, offset)


def is_first_on_line(document: Document, offset: int) -> bool:
    """Return whether only white space stands before an offset on its line."""
    return not document.text[line_start(document, offset) : offset].strip(" \t")


def rest_of_line(document: Document, offset: int) -> str | None:
    """Return the white space and comment behind an offset; None where something else follows."""
    match = _REST_OF_LINE.match(document.text, offset)
    return match[0] if match else None


# ------------------------------------------------------------------- between nodes


def tokens_between(document: Document, start: int, end: int) -> list[re.Match[str]]:
    """Return the comments and the signs (`,`, `-`, `:`, `?`) between two nodes, in order."""
    return list(_TOKEN.finditer(document.text, start, end))


def comments_in(document: Document) -> list[tuple[int, str]]:
    """Return all comments with their offsets: what begins with `#` outside of all scalars."""
    comments: list[tuple[int, str]] = []
    offset = 0
    for start, end in (*_scalar_ranges(document, document.root), (len(document.text),) * 2):
        tokens = tokens_between(document, offset, start)
        comments.extend((token.start(), token[0]) for token in tokens if token[0].startswith("#"))
        offset = max(offset, end)
    return comments


def _scalar_ranges(document: Document, node: Node | None) -> list[tuple[int, int]]:
    """Return where the scalars of a node stand; of `|` and `>` only the lines below the header."""
    if node is None:
        return []
    if isinstance(node, Scalar):
        start = node_start(document, node)
        return [(line_end(document, start) if node.block else start, node_end(document, node))]
    children: list[Node] = (
        [key_or_value for entry in node.entries for key_or_value in entry]
        if isinstance(node, Mapping)
        else node.items
    )
    return [place for child in children for place in _scalar_ranges(document, child)]
