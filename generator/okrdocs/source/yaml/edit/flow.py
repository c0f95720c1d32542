"""Entries and items within `{…}` and `[…]`: adding and removing them with their commas."""

from __future__ import annotations

import re

from okrdocs.source.yaml.edit.block import Cut, ends_of
from okrdocs.source.yaml.edit.document import (
    Document,
    begins_line,
    end_of,
    line_break,
    line_end,
    line_number,
    line_start,
    refusal,
    rest_of_line,
    signs_between,
    start_of,
)
from okrdocs.source.yaml.nodes import Mapping, Sequence


def _heads(document: Document, node: Mapping | Sequence) -> list[int]:
    nodes = [key for key, _ in node.entries] if isinstance(node, Mapping) else node.items
    return [start_of(document, each) for each in nodes]


def _comma(document: Document, start: int, end: int) -> int | None:
    """The comma between two entries, or behind the last one; None where there is none."""
    signs = [s for s in signs_between(document, start, end) if not s[0].startswith("#")]
    if any(sign[0] != "," for sign in signs) or len(signs) > 1:
        said = "Something besides a comma stands between two entries here."
        raise refusal(document, start, said, "Make the change by hand.")
    return signs[0].start() if signs else None


def addition(
    document: Document, node: Mapping | Sequence, index: int, text: str
) -> tuple[int, int, str]:
    """What is replaced by what so that `text` follows the entry at `index` (-1: comes first).

    The last one of a list with one entry a line is followed by a line of its own.
    """
    if index < 0:
        opened = start_of(document, node) + 1
        return opened, opened, text
    heads, ends = _heads(document, node), ends_of(document, node)
    if index == len(heads) - 1 and begins_line(document, heads[index]):
        found = _on_own_line(document, heads[-1], ends[-1], end_of(document, node) - 1, text)
        if found is not None:
            return found
    return ends[index], ends[index], f", {text}"


def _on_own_line(
    document: Document, head: int, end: int, closed: int, text: str
) -> tuple[int, int, str] | None:
    comma = _comma(document, end, closed)
    behind = end if comma is None else comma + 1
    rest = rest_of_line(document, behind)
    at = line_end(document, behind)
    if rest is None or at > closed or document.text[end:behind].strip(", \t"):
        return None
    indent = document.text[line_start(document, head) : head]
    line = f"{line_break(document, end)}{indent}{text}"
    if comma is None:
        return end, at, f",{document.text[end:at]}{line}"
    return at, at, f"{line},"


def cut_out(document: Document, node: Mapping | Sequence, index: int) -> Cut:
    """Return what has to be replaced so that an entry or item is gone.

    Raises EditRefusedError where the commas around it don't part it from its neighbours.
    """
    heads, ends = _heads(document, node), ends_of(document, node)
    last = index == len(heads) - 1
    closed = end_of(document, node) - 1
    comma = _comma(document, ends[index], closed if last else heads[index + 1])
    if comma is None and not last:
        raise refusal(document, ends[index], "A comma is missing here.", "Write it.")
    if comma is None and index:
        return _last_without_comma(document, heads[index], ends[index], ends[index - 1])
    end = ends[index] if comma is None else comma + 1
    rest = rest_of_line(document, end)
    if (
        begins_line(document, heads[index])
        and rest is not None
        and _has_line(document, end, closed)
    ):
        start = line_start(document, heads[index])
        above = document.starts[line_number(document, start) - 2]
        end = line_end(document, end)
        return line_end(document, above), end, "", (start, end)
    return _on_shared_line(document, node, heads, ends, index, end)


def _has_line(document: Document, end: int, closed: int) -> bool:
    return line_end(document, end) <= closed


def _on_shared_line(
    document: Document,
    node: Mapping | Sequence,
    heads: list[int],
    ends: list[int],
    index: int,
    end: int,
) -> Cut:
    """From behind the comma before it to behind its own; the first one with the space behind it.

    The last one goes with the comma before it, so that one behind it stays.
    """
    if index == len(heads) - 1 and index:
        before = _comma(document, ends[index - 1], heads[index])
        return ends[index - 1] if before is None else before, ends[index], "", (heads[index], end)
    if index:
        comma = _comma(document, ends[index - 1], heads[index])
        start = heads[index] if comma is None else comma + 1
        return start, end, "", (heads[index], end)
    opened = start_of(document, node) + 1
    if opened == heads[0] and len(heads) > 1:
        end += len(re.compile("[ \t]*").match(document.text, end)[0])  # type: ignore[index]  # matches
        return opened, end, "", (opened, end)
    start = heads[0] if len(heads) == 1 else opened
    return start, end, "", (heads[0], end)


def _last_without_comma(document: Document, head: int, end: int, end_before: int) -> Cut:
    """The comma before it goes as well; comments behind that comma stay."""
    comma = _comma(document, end_before, head)
    if comma is None:
        raise refusal(document, end_before, "A comma is missing here.", "Write it.")
    own_line = begins_line(document, head)
    if own_line and rest_of_line(document, end) is not None:
        end = line_end(document, end)
    between = document.text[end_before:comma] + document.text[comma + 1 : head]
    kept = re.sub(r"\r?\n[ \t]*\Z", "", between) if own_line else ""
    return end_before, end, kept, (head, end)
