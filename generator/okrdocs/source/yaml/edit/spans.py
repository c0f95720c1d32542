"""Replaces spans of a text as they are, and undoes an edit.

For changes that no path leads to: a text that a colon made a map of, lines in another order, a
comment. The file may have faults, for they are what is being corrected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from okrdocs.errors import EditRefusedError
from okrdocs.problem import Extent
from okrdocs.source.yaml.edit.document import (
    Document,
    Edit,
    comments_in,
    end_of,
    offset,
    read_document,
    refusal,
    splice,
    start_of,
)
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar


class _Leaf(NamedTuple):
    """A key or a scalar value with the way to it, and where it stands."""

    way: tuple[str | int, ...]
    text: str
    plain: bool
    start: int
    end: int


def replace_spans(
    text: str, parts: Sequence[tuple[Extent, str]], texts: Sequence[str] | None = None
) -> Edit:
    """Replaces stretches of a text, which don't overlap, in one Edit from the first to the last.

    The new text must be readable, say the same as before outside of them, and within them hold the
    scalars `texts`, in any order; without `texts`, those that it held before. Raises
    EditRefusedError otherwise.
    """
    document = read_document(text)
    spans = sorted(
        (offset(document, *extent[:2]), offset(document, *extent[2:]), new) for extent, new in parts
    )
    start, end = spans[0][0], spans[-1][1]
    new, at = "", start
    for begin, stop, piece in spans:
        new += document.text[at:begin] + piece
        at = stop
    edit = splice(document, start, end, new)
    if not _is_proved(document, edit, (start, end), texts):
        said = "This can't be changed without changing something else."
        raise refusal(document, start, said, "Make the change by hand.")
    return edit


def undo(text: str, edit: Edit) -> str:
    """The text before an edit. Raises EditRefusedError where `text` is no longer what it made."""
    if text != edit.text:
        said = "The text was changed since this edit was made."
        raise EditRefusedError(said, "Take the change back by hand.", 1, 1)
    end = edit.start + len(edit.new)
    return f"{text[: edit.start]}{edit.old}{text[end:]}"


def _is_proved(
    before: Document, edit: Edit, old: tuple[int, int], texts: Sequence[str] | None
) -> bool:
    after = read_document(edit.text)
    new = (old[0], old[0] + len(edit.new))
    if after.root is None:
        return False
    inside, outside = _parted(after, new)
    if before.root is None:
        return texts is not None and inside == sorted(texts)
    inside_before, outside_before = _parted(before, old)
    return (
        outside == outside_before
        and inside == (inside_before if texts is None else sorted(texts))
        and _comments(after, new) == _comments(before, old)
    )


def _parted(document: Document, span: tuple[int, int]) -> tuple[list[str], list[_Leaf]]:
    """The texts that stand in a span, sorted; and what stands outside, without its places."""
    inside, outside = [], []
    for leaf in _leaves(document, document.root, ()):
        if leaf.start < span[1] and leaf.end > span[0]:
            inside.append(leaf.text)
        else:
            outside.append(leaf._replace(start=0, end=0))
    return sorted(inside), outside


def _leaves(document: Document, node: Node | None, way: tuple[str | int, ...]) -> Iterator[_Leaf]:
    if isinstance(node, Scalar):
        start, end = start_of(document, node), end_of(document, node)
        yield _Leaf(way, node.text, node.plain, start, end)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield from _leaves(document, key, (*way, "key"))
            yield from _leaves(document, value, (*way, key.text))
    elif node is not None:
        for index, item in enumerate(node.items):
            yield from _leaves(document, item, (*way, index))


def _comments(document: Document, span: tuple[int, int]) -> list[str]:
    """The comments outside of a span."""
    return [
        text
        for at, text in comments_in(document)
        if not (at < span[1] and at + len(text) > span[0])
    ]
