"""Writes the first entry or item: in place of an empty value, and in a file without content."""

from __future__ import annotations

from dataclasses import replace

from okrdocs.source.yaml.edit import block_style
from okrdocs.source.yaml.edit.document import (
    Splice,
    is_first_on_line,
    line_break,
    line_end,
    line_start,
    node_end,
    node_start,
    rest_of_line,
)
from okrdocs.source.yaml.edit.new_text import (
    Value,
    entry_lines,
    flow_entry,
    flow_text,
    item_lines,
    stands_in_brackets,
)
from okrdocs.source.yaml.edit.place import EditTarget, is_in_brackets, key_of_place
from okrdocs.source.yaml.nodes import Mapping, Sequence


def splice_of_first_entry(target: EditTarget, key: str, value: Value) -> Splice:
    """Write a map in place of nothing."""
    if not target.place.parents and not _typed_text(target):
        return _splice_of_first_lines(target, entry_lines(key, value, target.layout))
    parent = target.place.parents[-1][0] if target.place.parents else None
    if is_in_brackets(target.place) or not isinstance(parent, Mapping):
        return _splice_of_brackets(target, f"{{{flow_entry(key, value)}}}")
    return _splice_below_key(target, entry_lines(key, value, target.layout), target.layout.step)


def splice_of_first_item(target: EditTarget, value: Value) -> Splice:
    """Write a list in place of nothing."""
    if not target.place.parents and not _typed_text(target):
        return _splice_of_first_lines(target, item_lines(value, replace(target.layout, dash=0)))
    parent = target.place.parents[-1][0] if target.place.parents else None
    bracketed = stands_in_brackets([value], target.layout, key_of_place(target.place))
    if bracketed or is_in_brackets(target.place) or not isinstance(parent, Mapping):
        return _splice_of_brackets(target, f"[{flow_text(value)}]")
    return splice_of_lines_for_item(target, value)


def gives_way_to_lines(target: EditTarget, node: Sequence, value: Value) -> bool:
    """Return whether ` []` stands behind a key and gives way to lines; other forms are filled."""
    if is_in_brackets(target.place) or not target.place.parents:
        return False
    document, start = target.document, node_start(target.document, node)
    parent, index = target.place.parents[-1]
    if not isinstance(parent, Mapping) or stands_in_brackets(
        [value], target.layout, key_of_place(target.place)
    ):
        return False
    typed = document.text[
        block_style.end_of_colon(document, parent.entries[index][0]) : node_end(document, node)
    ]
    return typed == " []" and rest_of_line(document, start + 2) is not None


def splice_of_lines_for_item(target: EditTarget, value: Value) -> Splice:
    """Write an item on lines of its own, below a key whose value is empty."""
    lines = item_lines(value, target.layout, key_of_place(target.place))
    return _splice_below_key(target, lines, target.layout.dash)


def _typed_text(target: EditTarget) -> str:
    """Return what stands in the file at a place."""
    node, document = target.place.node, target.document
    return document.text[node_start(document, node) : node_end(document, node)]


def _splice_of_first_lines(target: EditTarget, lines: list[str]) -> Splice:
    """Write the first lines of a file without content, below its comments and `---`."""
    document = target.document
    at = node_start(document, target.place.node)
    newline = line_break(document, 0)
    new = newline.join(lines)
    if document.text[:at] and not is_first_on_line(document, at):
        return at, at, newline + new
    at = line_start(document, at)
    return at, at, new + newline


def _splice_of_brackets(target: EditTarget, text: str) -> Splice:
    """Write a text in brackets in place of an empty value."""
    start, end = (where(target.document, target.place.node) for where in (node_start, node_end))
    apart = " " if target.document.text[start - 1 : start] in (":", "-") else ""
    if target.place.parents and isinstance(target.place.parents[-1][0], Mapping):
        parent, index = target.place.parents[-1]
        assert isinstance(parent, Mapping)
        block_style.end_of_colon(target.document, parent.entries[index][0])
    return start, end, apart + text


def _splice_below_key(target: EditTarget, lines: list[str], step: int) -> Splice:
    """Write lines below a key in place of its empty value; a comment behind that stays."""
    document, end = target.document, node_end(target.document, target.place.node)
    block_style.entry_starts(document, target.place.parents[-1][0])
    start = block_style.end_of_parent_indicator(document, target.place)
    block_style.end_of_last_line(document, end)
    column = block_style.column_of_parent(document, target.place) + step
    rest = document.text[end : line_end(document, end)]
    below = block_style.indented_lines_below(document, end, lines, column)
    return start, line_end(document, end), f"{rest}{below}"
