"""Entries of a map and items of a list in flow style, within `{…}` and `[…]`, with their commas."""

from __future__ import annotations

import re

from okrdocs.source.yaml.edit.block_style import Removal, entry_ends
from okrdocs.source.yaml.edit.document import (
    Document,
    Splice,
    is_first_on_line,
    line_break,
    line_end,
    line_number,
    line_start,
    node_end,
    node_start,
    refusal_at,
    rest_of_line,
    tokens_between,
)
from okrdocs.source.yaml.nodes import Mapping, Sequence


def _entry_starts(document: Document, node: Mapping | Sequence) -> list[int]:
    nodes = [key for key, _ in node.entries] if isinstance(node, Mapping) else node.items
    return [node_start(document, node) for node in nodes]


def _comma_between(document: Document, start: int, end: int) -> int | None:
    """Return the comma between two entries, or behind the last one; None where there is none."""
    tokens = [s for s in tokens_between(document, start, end) if not s[0].startswith("#")]
    if any(sign[0] != "," for sign in tokens) or len(tokens) > 1:
        message = "Something besides a comma stands between two entries here."
        raise refusal_at(document, start, message, "Make the change by hand.")
    return tokens[0].start() if tokens else None


def splice_after_entry(
    document: Document, node: Mapping | Sequence, index: int, text: str
) -> Splice:
    """Return start, end and new text so that `text` follows the entry at `index` (-1: is first).

    Behind the last entry that has a line of its own, the new one gets one, too. Raises
    EditRefusedError where something besides a comma follows the last entry.
    """
    if index < 0:
        opened = node_start(document, node) + 1
        return opened, opened, text
    starts, ends = _entry_starts(document, node), entry_ends(document, node)
    if index == len(starts) - 1 and is_first_on_line(document, starts[index]):
        own_line = _splice_on_own_line(
            document, starts[-1], ends[-1], node_end(document, node) - 1, text
        )
        if own_line is not None:
            return own_line
    if index < len(starts) - 1:
        comma = _comma_between(document, ends[index], starts[index + 1])
        if comma is not None:
            return comma + 1, comma + 1, f" {text},"
    return ends[index], ends[index], f", {text}"


def _splice_on_own_line(
    document: Document, head: int, end: int, closed: int, text: str
) -> Splice | None:
    comma = _comma_between(document, end, closed)
    start = end if comma is None else comma + 1
    rest = rest_of_line(document, start)
    at = line_end(document, start)
    if rest is None or at > closed or document.text[end:start].strip(", \t"):
        return None
    indent = document.text[line_start(document, head) : head]
    line = f"{line_break(document, end)}{indent}{text}"
    if comma is None:
        return end, at, f",{document.text[end:at]}{line}"
    return at, at, f"{line},"


def removal_of_entry(document: Document, node: Mapping | Sequence, index: int) -> Removal:
    """Return what has to be replaced to remove an entry or item.

    Raises EditRefusedError where the commas around it don't part it from its neighbours.
    """
    starts, ends = _entry_starts(document, node), entry_ends(document, node)
    last = index == len(starts) - 1
    closed = node_end(document, node) - 1
    comma = _comma_between(document, ends[index], closed if last else starts[index + 1])
    if comma is None and not last:
        raise refusal_at(document, ends[index], "A comma is missing here.", "Write it.")
    if comma is None and index:
        return _removal_of_last_without_comma(document, starts[index], ends[index], ends[index - 1])
    end = ends[index] if comma is None else comma + 1
    rest = rest_of_line(document, end)
    if (
        is_first_on_line(document, starts[index])
        and rest is not None
        and _line_ends_before_bracket(document, end, closed)
    ):
        start = line_start(document, starts[index])
        above = document.line_starts[line_number(document, start) - 2]
        end = line_end(document, end)
        return line_end(document, above), end, "", (start, end)
    return _removal_on_shared_line(document, node, starts, ends, index, end)


def _line_ends_before_bracket(document: Document, end: int, closed: int) -> bool:
    return line_end(document, end) <= closed


def _removal_on_shared_line(
    document: Document,
    node: Mapping | Sequence,
    starts: list[int],
    ends: list[int],
    index: int,
    end: int,
) -> Removal:
    """Remove from behind the comma before it to behind its own; the first one with the space too.

    The last one goes with the comma before it, so that one behind it stays.
    """
    if index == len(starts) - 1 and index:
        before = _comma_between(document, ends[index - 1], starts[index])
        return ends[index - 1] if before is None else before, ends[index], "", (starts[index], end)
    if index:
        comma = _comma_between(document, ends[index - 1], starts[index])
        start = starts[index] if comma is None else comma + 1
        return start, end, "", (starts[index], end)
    opened = node_start(document, node) + 1
    if opened == starts[0] and len(starts) > 1:
        end += len(re.compile("[ \t]*").match(document.text, end)[0])  # type: ignore[index]  # matches
        return opened, end, "", (opened, end)
    start = starts[0] if len(starts) == 1 else opened
    return start, end, "", (starts[0], end)


def _removal_of_last_without_comma(
    document: Document, head: int, end: int, end_before: int
) -> Removal:
    """Remove the comma before it as well; comments behind that comma stay."""
    comma = _comma_between(document, end_before, head)
    if comma is None:
        raise refusal_at(document, end_before, "A comma is missing here.", "Write it.")
    if not is_first_on_line(document, head):
        return end_before, end, "", (head, end)
    kept = document.text[end_before:comma] + document.text[comma + 1 : head]
    bracket_follows = rest_of_line(document, end) is None
    if not bracket_follows:
        end = line_end(document, end)
    if not bracket_follows or "#" not in kept:  # a comment's line must end before the bracket
        kept = re.sub(r"\r?\n[ \t]*\Z", "", kept)
    return end_before, end, kept, (head, end)
