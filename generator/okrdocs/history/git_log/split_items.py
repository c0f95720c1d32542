"""A text cut into the items of one list, by indentation alone: the cheap half of reading anew.

A version of a file mostly differs from the one before in one line. What is cut here is looked up
by its text in `reading`, which also proves each cut by what the pieces say when they are parsed.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple


class SplitText(NamedTuple):
    """The items, each from its dash to the next one, and the text without them.

    `line` is that of the list's key, from 1, in the skeleton as in the text; `before` counts the
    lines before the first item. All pieces lie in the text as they are, one behind the other.
    """

    skeleton: str
    line: int
    before: int
    pieces: tuple[str, ...]


_REMARKS = re.compile(r"(?: *+(?:#[^\n]*+)?\n)+")
_WIDEST = 80
_DASH = re.compile(r" *+- ++(?=[^\s#])")


def key_column(piece: str) -> int | None:
    """Where the keys of an item stand, from 0; None where its first line holds none."""
    dash = _DASH.match(piece)
    return dash.end() if dash else None


@lru_cache(maxsize=64)
def _end_of_items(indent: int) -> re.Pattern[str]:
    """The line break before the first line that no longer belongs to items at an indentation.

    Begins with a whole line end: Python is ten times as slow where a pattern begins a line.
    """
    return re.compile(rf"\n(?! {{{indent + 1}}}| {{{indent}}}-[ \n]) *+[^ \n#]")


def split_list(text: str, key: str, column: int, known: Container[str] = ()) -> SplitText | None:
    """The items of the list under a key at a column; None where they aren't plainly laid out.

    `known` are items that were cut before: the end of the list isn't looked for in those.
    """
    head = f"\n{' ' * column}{key}:"
    place = text.find(head)
    if place < 0 or text.find(head, place + 1) >= 0:
        return None
    last = text.find("\n", place + 1)  # the line break before the first item
    if last < 0 or text[place + len(head) : last].strip(" "):
        return None
    line = text.count("\n", 0, last) + 1
    if skipped := _REMARKS.match(text, last + 1):
        last = skipped.end() - 1
    begin = last + 1
    start = text[begin : begin + _WIDEST]
    indent = len(start) - len(start.lstrip(" "))
    dash = f"{' ' * indent}- "
    if indent < column or not text.startswith(dash, begin):
        return None
    first, *others = text[begin + len(dash) :].split(f"\n{dash}")
    pieces, end = [], begin
    for number, part in enumerate((first, *others)):
        piece = f"{dash}{part}\n" if number < len(others) else dash + part
        stop = None if piece in known else _end_of_items(indent).search(piece)
        pieces.append(piece[: stop.start() + 1] if stop else piece)
        end += len(pieces[-1])
        if stop:
            break
    return SplitText(text[:begin] + text[end:], line, text.count("\n", 0, begin), tuple(pieces))
