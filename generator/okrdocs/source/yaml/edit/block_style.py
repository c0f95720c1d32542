"""Entries of a map and items of a list in block style, on lines of their own.

Here is where they begin and end, and what has to be replaced to remove one. An entry begins at its
key, an item at its dash. New ones are written below the line on which the one before ends; one that
is removed takes its lines and the line break above them. So removing undoes inserting, also in a
file that ends without a line break.
"""

from __future__ import annotations

import re

from okrdocs.source.yaml.edit.document import (
    Document,
    column_of,
    is_first_on_line,
    line_break,
    line_end,
    line_number,
    line_start,
    line_text,
    node_end,
    node_start,
    refusal_at,
    rest_of_line,
    tokens_between,
)
from okrdocs.source.yaml.edit.place import Place
from okrdocs.source.yaml.nodes import Mapping, Scalar, Sequence

_BY_HAND = "Make the change by hand."


def entry_starts(document: Document, node: Mapping | Sequence) -> list[int]:
    """Return where the entries or items of a block begin. Raises EditRefusedError for `? key`."""
    if isinstance(node, Sequence):
        return _dash_starts(document, node)
    starts = [node_start(document, key) for key, _ in node.entries]
    if starts[0] != node_start(document, node) or not all(
        is_first_on_line(document, head) for head in starts[1:]
    ):
        message = "A key is written with `?` here, which can't be edited."
        raise refusal_at(document, starts[0], message, "Write it as `key: value`.")
    for key, _ in node.entries:
        end_of_colon(document, key)
    return starts


def _dash_starts(document: Document, node: Sequence) -> list[int]:
    starts = []
    at = node_start(document, node)
    for item in node.items:
        tokens = tokens_between(document, at, node_start(document, item))
        dash = next((token.start() for token in tokens if token[0] == "-"), None)
        if dash is None:
            raise refusal_at(document, at, "The dash of an item isn't match here.", _BY_HAND)
        starts.append(dash)
        at = node_end(document, item)
    return starts


def entry_ends(document: Document, node: Mapping | Sequence) -> list[int]:
    """Return where the entries or items of a node end."""
    values = [value for _, value in node.entries] if isinstance(node, Mapping) else node.items
    return [node_end(document, value) for value in values]


def end_of_colon(document: Document, key: Scalar) -> int:
    """Return the offset behind the colon of a key. Raises EditRefusedError where there is none."""
    end = node_end(document, key)
    match = re.compile(r"[ \t]*:").match(document.text, end)
    if match is None:
        raise refusal_at(document, end, "This key has no `:` behind it.", "Write `key: value`.")
    return match.end()


def indented_lines_below(document: Document, at: int, lines: list[str], column: int) -> str:
    """Return lines, indented to a column, as they are to follow the line of an offset."""
    break_, indent = line_break(document, at), " " * column
    return "".join(f"{break_}{indent if line else ''}{line}" for line in lines)


def end_of_last_line(document: Document, at: int) -> int:
    """Return the end of the line on which a node ends.

    Raises EditRefusedError where something other than a comment follows there.
    """
    if rest_of_line(document, at) is None:
        message = "Something else stands behind this on its line."
        raise refusal_at(document, at, message, _BY_HAND)
    return line_end(document, at)


# ------------------------------------------------------------------- blank lines


def has_blank_line_before_last(document: Document, starts: list[int], ends: list[int]) -> bool:
    """Return whether a blank line stands between the last two entries or items."""
    return len(starts) > 1 and _end_before_blank_line(document, starts[-1], ends[-2]) is not None


def _end_before_blank_line(document: Document, head: int, end_before: int) -> int | None:
    """Return the end of the line before the blank one right above `start`; None without one."""
    line = line_number(document, head)
    if line - line_number(document, end_before) < 2 or line_text(document, line - 1).strip(" \t"):
        return None
    return line_end(document, document.line_starts[line - 3])


# ------------------------------------------------------------------- removing

Removal = tuple[int, int, str, tuple[int, int]]
"""Start, end, what comes in place of what stands between, and the span that really goes."""


def removal_of_entry(document: Document, place: Place, index: int) -> Removal:
    """Return what has to be replaced to remove an entry or item of the block at `place`.

    Raises EditRefusedError where something else stands on its lines.
    """
    node = place.node
    assert not isinstance(node, Scalar)
    starts, ends = entry_starts(document, node), entry_ends(document, node)
    if len(starts) == 1:
        return _removal_of_only_entry(document, place, starts[0], ends[0])
    if not is_first_on_line(document, starts[index]):
        return _removal_beside_dash(document, starts, ends)
    start, end = line_start(document, starts[index]), end_of_last_line(document, ends[index])
    gone = (start, end)
    blank = _start_with_blank_line(document, starts, ends, index)
    if blank is not None:
        return blank, end, "", gone
    if start:
        return _end_of_line_above(document, start), end, "", gone
    return start, _start_of_line_below(document, end), "", gone


def _start_with_blank_line(
    document: Document, starts: list[int], ends: list[int], index: int
) -> int | None:
    """Return where removing begins to take the blank line above along; None where that stays.

    Behind the last item goes the line that inserting added (`has_blank_line_before_last`); between
    two, one of two blank lines.
    """
    blank = _end_before_blank_line(document, starts[index], ends[index - 1]) if index else None
    if blank is None:
        return None
    if index == len(starts) - 1:
        return blank if has_blank_line_before_last(document, starts[:-1], ends[:-1]) else None
    below = line_number(document, ends[index]) + 1
    return None if line_text(document, below).strip(" \t") else blank


def _end_of_line_above(document: Document, start: int) -> int:
    """Return the end of the line above the one that begins at `start`."""
    return line_end(document, document.line_starts[line_number(document, start) - 2])


def _start_of_line_below(document: Document, end: int) -> int:
    match = re.compile(r"\r?\n").match(document.text, end)
    return match.end() if match else end


def _removal_beside_dash(document: Document, starts: list[int], ends: list[int]) -> Removal:
    """Remove `id: x` of `- id: x` with a key below: the next key moves up to the dash."""
    end = end_of_last_line(document, ends[0])
    if document.text[end : starts[1]].strip() or column_of(document, starts[1]) != column_of(
        document, starts[0]
    ):
        message = "What stands below this can't move up to its place."
        raise refusal_at(document, starts[0], message, _BY_HAND)
    return starts[0], starts[1], "", (starts[0], end)


def _removal_of_only_entry(document: Document, place: Place, head: int, end: int) -> Removal:
    """Remove the only entry or item: `[]` or `{}` stays behind the key or the dash."""
    brackets = "{}" if isinstance(place.node, Mapping) else "[]"
    if not place.parents:
        message = "This is the only thing in the file."
        raise refusal_at(document, head, message, "Delete the file instead.")
    if not is_first_on_line(document, head):
        end_of_last_line(document, end)
        return head, end, brackets, (head, end)
    above = end_of_parent_indicator(document, place)
    start, end = line_start(document, head), end_of_last_line(document, end)
    kept = document.text[above : _end_of_line_above(document, start)]
    return above, end, f" {brackets}{kept}", (start, end)


def end_of_parent_indicator(document: Document, place: Place) -> int:
    """Return the offset behind the colon or the dash that a node belongs to."""
    parent, index = place.parents[-1]
    if isinstance(parent, Mapping):
        return end_of_colon(document, parent.entries[index][0])
    return entry_starts(document, parent)[index] + 1


def column_of_parent(document: Document, place: Place) -> int:
    """Return the column (from 0) of the key or the dash that a node belongs to."""
    parent, index = place.parents[-1]
    if isinstance(parent, Mapping):
        return column_of(document, node_start(document, parent.entries[index][0]))
    return column_of(document, entry_starts(document, parent)[index])
