"""Splits a text into the items of one list, by indentation alone.

A version of a file mostly differs from the one before in one line. The pieces are looked up by
their text in `incremental_reader`, which also proves each split by parsing the pieces.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple


class SplitText(NamedTuple):
    """The items, each from its dash to the next one, and the text without them.

    `line` is that of the list's key, from 1, in the skeleton as in the text; `before` counts the
    lines before the first item. All pieces stand in the text as they are, one after the other.
    """

    skeleton: str
    line: int
    before: int
    pieces: tuple[str, ...]


_REMARKS = re.compile(r"(?: *+(?:#[^\n]*+)?\n)+")
_WIDEST = 80
_DASH = re.compile(r" *+- ++(?=[^\s#])")


def key_column(piece: str) -> int | None:
    """Return the column of an item's keys, from 0; None where its first line has none."""
    dash = _DASH.match(piece)
    return dash.end() if dash else None


@lru_cache(maxsize=64)
def _pattern_for_end_of_items(indent: int) -> re.Pattern[str]:
    """Return a pattern for the line break before the first line that is outside the items.

    Begins with a whole line end: Python is ten times as slow where a pattern begins a line.
    """
    return re.compile(rf"\n(?! {{{indent + 1}}}| {{{indent}}}-[ \n]) *+[^ \n#]")


def split_list(text: str, key: str, column: int, known: Container[str] = ()) -> SplitText | None:
    """Split off the items of the list under a key at a column; None where the layout isn't plain.

    `known` are items of earlier splits: the end of the list isn't searched for in those.
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
        stop = None if piece in known else _pattern_for_end_of_items(indent).search(piece)
        pieces.append(piece[: stop.start() + 1] if stop else piece)
        end += len(pieces[-1])
        if stop:
            break
    return SplitText(text[:begin] + text[end:], line, text.count("\n", 0, begin), tuple(pieces))
