"""Replaces spans of a text as they are.

For changes that no path leads to: a text that a colon made a map of, lines in another order, a
comment. The file may have faults, for they are what is being corrected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from okrdocs.problem import Extent
from okrdocs.source.yaml.edit.document import (
    Document,
    Edit,
    comments_in,
    node_end,
    node_start,
    offset_of,
    read_document,
    refusal_at,
    splice,
)
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar


class _ScalarPlace(NamedTuple):
    """A key or a scalar value with the way to it, and where it stands."""

    path: tuple[str | int, ...]
    text: str
    plain: bool
    start: int
    end: int


def replace_spans(
    text: str, parts: Sequence[tuple[Extent, str]], texts: Sequence[str] | None = None
) -> Edit:
    """Replace stretches of a text, which don't overlap, in one Edit from the first to the last.

    The new text must be readable, say the same as before outside of them, and within them hold the
    scalars `texts`, in any order; without `texts`, those that it held before. A text that couldn't
    be read before may have another fault that stops the reading: whoever corrects it compares the
    faults. Raises EditRefusedError otherwise.
    """
    document = read_document(text)
    spans = sorted(
        (offset_of(document, *extent[:2]), offset_of(document, *extent[2:]), new)
        for extent, new in parts
    )
    start, end = spans[0][0], spans[-1][1]
    new, at = "", start
    for begin, stop, part in spans:
        new += document.text[at:begin] + part
        at = stop
    edit = splice(document, start, end, new)
    if not _changes_only_span(document, edit, (start, end), texts):
        message = "This can't be changed without changing something else."
        raise refusal_at(document, start, message, "Make the change by hand.")
    return edit


def _changes_only_span(
    before: Document, edit: Edit, old: tuple[int, int], texts: Sequence[str] | None
) -> bool:
    after = read_document(edit.text)
    new = (old[0], old[0] + len(edit.new))
    if after.root is None:
        return before.root is None
    inside, outside = _split_by_span(after, new)
    if before.root is None:
        return texts is None or inside == sorted(texts)
    inside_before, outside_before = _split_by_span(before, old)
    return (
        outside == outside_before
        and inside == (inside_before if texts is None else sorted(texts))
        and _comments_outside(after, new) == _comments_outside(before, old)
    )


def _split_by_span(
    document: Document, span: tuple[int, int]
) -> tuple[list[str], list[_ScalarPlace]]:
    """Return the texts that stand in a span, sorted, and what stands outside, without places."""
    inside, outside = [], []
    for leaf in _scalar_places(document, document.root, (), span):
        if _is_missing_value(document, leaf, span):
            continue  # what is replaced takes its place, or was the text that seemed a key
        if leaf.start < span[1] and leaf.end > span[0]:
            inside.append(leaf.text)
        else:
            outside.append(leaf._replace(start=0, end=0))
    return sorted(inside), outside


def _is_missing_value(document: Document, leaf: _ScalarPlace, span: tuple[int, int]) -> bool:
    """Return whether nothing stands where a value could, within a span or right before it."""
    if leaf.text or not leaf.plain or leaf.start > span[1]:
        return False
    between = document.text[leaf.start : span[0]]
    return not between.strip() and "\n" not in between


def _scalar_places(
    document: Document, node: Node | None, path: tuple[str | int, ...], span: tuple[int, int]
) -> Iterator[_ScalarPlace]:
    """Yield each scalar; a key that is replaced has no name in the ways to what it holds."""
    if isinstance(node, Scalar):
        start, end = node_start(document, node), node_end(document, node)
        yield _ScalarPlace(path, node.text, node.plain, start, end)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            replaced = span[0] <= node_start(document, key) < span[1]
            yield from _scalar_places(document, key, (*path, "key"), span)
            name = "" if replaced else key.text
            yield from _scalar_places(document, value, (*path, name), span)
    elif node is not None:
        for index, item in enumerate(node.items):
            yield from _scalar_places(document, item, (*path, index), span)


def _comments_outside(document: Document, span: tuple[int, int]) -> list[str]:
    """Return the comments outside of a span."""
    return [
        text
        for at, text in comments_in(document)
        if not (at < span[1] and at + len(text) > span[0])
    ]
