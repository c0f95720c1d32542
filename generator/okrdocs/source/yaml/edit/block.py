"""Entries and items that stand on lines of their own: where they are, adding and removing them.

A head is where an entry or item begins: its key, or its dash. What is added comes behind the line
on which the one before it ends, and what is removed takes its lines, each with the line break
before them: so removing undoes adding, also where the file ends without a line break.
"""

from __future__ import annotations

import re

from okrdocs.source.yaml.edit.document import (
    Document,
    begins_line,
    column_of,
    end_of,
    line_break,
    line_end,
    line_number,
    line_start,
    line_text,
    refusal,
    rest_of_line,
    signs_between,
    start_of,
)
from okrdocs.source.yaml.edit.path import Place
from okrdocs.source.yaml.nodes import Mapping, Scalar, Sequence

_BY_HAND = "Make the change by hand."


def heads_of(document: Document, node: Mapping | Sequence) -> list[int]:
    """Where the entries or items of a block begin. Raises EditRefusedError for `? key`."""
    if isinstance(node, Sequence):
        return _dashes(document, node)
    heads = [start_of(document, key) for key, _ in node.entries]
    if heads[0] != start_of(document, node) or not all(
        begins_line(document, head) for head in heads[1:]
    ):
        said = "A key is written with `?` here, which can't be edited."
        raise refusal(document, heads[0], said, "Write it as `key: value`.")
    for key, _ in node.entries:
        colon_of(document, key)
    return heads


def _dashes(document: Document, node: Sequence) -> list[int]:
    heads = []
    at = start_of(document, node)
    for item in node.items:
        signs = signs_between(document, at, start_of(document, item))
        dash = next((sign.start() for sign in signs if sign[0] == "-"), None)
        if dash is None:
            raise refusal(document, at, "The dash of an item isn't found here.", _BY_HAND)
        heads.append(dash)
        at = end_of(document, item)
    return heads


def ends_of(document: Document, node: Mapping | Sequence) -> list[int]:
    """Where the entries or items of a node end."""
    values = [value for _, value in node.entries] if isinstance(node, Mapping) else node.items
    return [end_of(document, value) for value in values]


def colon_of(document: Document, key: Scalar) -> int:
    """The offset behind the colon of a key. Raises EditRefusedError where there is none."""
    end = end_of(document, key)
    found = re.compile(r"[ \t]*:").match(document.text, end)
    if found is None:
        raise refusal(document, end, "This key has no `:` behind it.", "Write `key: value`.")
    return found.end()


def lines_below(document: Document, at: int, lines: list[str], column: int) -> str:
    """Lines, indented to a column, as they follow the line of an offset."""
    break_, indent = line_break(document, at), " " * column
    return "".join(f"{break_}{indent if line else ''}{line}" for line in lines)


def behind_line(document: Document, at: int) -> int:
    """Return the end of the line on which a node ends.

    Raises EditRefusedError where something other than a comment follows there.
    """
    if rest_of_line(document, at) is None:
        said = "Something else stands behind this on its line."
        raise refusal(document, at, said, _BY_HAND)
    return line_end(document, at)


# ------------------------------------------------------------------- blank lines


def is_spaced(document: Document, heads: list[int], ends: list[int]) -> bool:
    """Whether a blank line stands between the last two of these."""
    return len(heads) > 1 and _blank_above(document, heads[-1], ends[-2]) is not None


def _blank_above(document: Document, head: int, end_before: int) -> int | None:
    """The end of the line before the blank one right above a head; None where there is none."""
    line = line_number(document, head)
    if line - line_number(document, end_before) < 2 or line_text(document, line - 1).strip(" \t"):
        return None
    return line_end(document, document.starts[line - 3])


# ------------------------------------------------------------------- removing

Cut = tuple[int, int, str, tuple[int, int]]
"""Start, end, what comes in place of what stands between, and the span that really goes."""


def cut_out(document: Document, place: Place, index: int) -> Cut:
    """What has to be replaced so that an entry or item of a block is gone."""
    node = place.node
    assert not isinstance(node, Scalar)
    heads, ends = heads_of(document, node), ends_of(document, node)
    if len(heads) == 1:
        return _emptied(document, place, heads[0], ends[0])
    if not begins_line(document, heads[index]):
        return _first_on_shared_line(document, heads, ends)
    start, end = line_start(document, heads[index]), behind_line(document, ends[index])
    gone = (start, end)
    blank = _blank_to_remove(document, heads, ends, index)
    if blank is not None:
        return blank, end, "", gone
    if start:
        return _before_break(document, start), end, "", gone
    return start, _behind_break(document, end), "", gone


def _blank_to_remove(
    document: Document, heads: list[int], ends: list[int], index: int
) -> int | None:
    """Where removing begins so that the blank line above goes, too; None where that stays.

    Behind the last item goes what `is_spaced` had added; between two, one of two blank lines.
    """
    blank = _blank_above(document, heads[index], ends[index - 1]) if index else None
    if blank is None:
        return None
    if index == len(heads) - 1:
        return blank if is_spaced(document, heads[:-1], ends[:-1]) else None
    below = line_number(document, ends[index]) + 1
    return None if line_text(document, below).strip(" \t") else blank


def _before_break(document: Document, start: int) -> int:
    """The end of the line above the one that begins at `start`."""
    return line_end(document, document.starts[line_number(document, start) - 2])


def _behind_break(document: Document, end: int) -> int:
    found = re.compile(r"\r?\n").match(document.text, end)
    return found.end() if found else end


def _first_on_shared_line(document: Document, heads: list[int], ends: list[int]) -> Cut:
    """`- id: x` and a key below: the next key moves up to the dash."""
    end = behind_line(document, ends[0])
    if document.text[end : heads[1]].strip() or column_of(document, heads[1]) != column_of(
        document, heads[0]
    ):
        said = "What stands below this can't move up to its place."
        raise refusal(document, heads[0], said, _BY_HAND)
    return heads[0], heads[1], "", (heads[0], end)


def _emptied(document: Document, place: Place, head: int, end: int) -> Cut:
    """The only entry or item goes: `[]` or `{}` stays behind the key or the dash."""
    brackets = "{}" if isinstance(place.node, Mapping) else "[]"
    if not place.parents:
        said = "This is the only thing in the file."
        raise refusal(document, head, said, "Delete the file instead.")
    if not begins_line(document, head):
        behind_line(document, end)
        return head, end, brackets, (head, end)
    above = behind_parent(document, place)
    start, end = line_start(document, head), behind_line(document, end)
    kept = document.text[above : _before_break(document, start)]
    return above, end, f" {brackets}{kept}", (start, end)


def behind_parent(document: Document, place: Place) -> int:
    """The offset behind the colon or the dash that a node belongs to."""
    parent, index = place.parents[-1]
    if isinstance(parent, Mapping):
        return colon_of(document, parent.entries[index][0])
    return heads_of(document, parent)[index] + 1


def column_of_parent(document: Document, place: Place) -> int:
    """The column (from 0) of the key or the dash that a node belongs to."""
    parent, index = place.parents[-1]
    if isinstance(parent, Mapping):
        return column_of(document, start_of(document, parent.entries[index][0]))
    return column_of(document, heads_of(document, parent)[index])
