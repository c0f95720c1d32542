"""How a YAML text is laid out: its indentation, and which of its keys hold `{…}` and `[…]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from okrdocs.source.yaml.edit.document import Document
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar, Sequence


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns that new text is indented by, and what it looks like elsewhere in the file.

    `step` leads from a key to the keys below it, `dash` from a key to the dashes below it, `gap`
    from a dash to its text. `flow_values` and `flow_items` are the keys that hold something in
    brackets, and a list with items in brackets; `block_values` and `block_items` those that hold
    it on lines. `has_blocks` allows `|` for texts of several lines.
    """

    step: int = 2
    dash: int = 2
    gap: int = 2
    flow_values: frozenset[str] = frozenset()
    flow_items: frozenset[str] = frozenset()
    block_values: frozenset[str] = frozenset()
    block_items: frozenset[str] = frozenset()
    has_blocks: bool = True


def layout_of(document: Document) -> Layout:
    """The layout of a text; what doesn't occur in it is two spaces a level, in lines."""
    entries = list(_entries(document.root))
    steps = [_column(v) - _column(k) for k, v in entries if isinstance(v, Mapping) and not v.flow]
    lists = [(k, v) for k, v in entries if isinstance(v, Sequence) and not v.flow]
    dashes = [_column(value) - _column(key) for key, value in lists]
    gaps = [
        _column(item) - _column(value)
        for _, value in lists
        for item in value.items
        if isinstance(item, Mapping) and not item.flow
    ]
    held = [(k.text, v) for k, v in entries if not isinstance(v, Scalar) and not _is_empty(v)]
    items = [(k, i) for k, v in held for i in _items(v) if not isinstance(i, Scalar)]
    return Layout(
        _first(steps, 1),
        _first(dashes, 0),
        _first(gaps, 2),
        _keys(held, flow=True),
        _keys(items, flow=True),
        _keys(held, flow=False),
        _keys(items, flow=False),
    )


def _keys(held: Iterable[tuple[str, Node]], *, flow: bool) -> frozenset[str]:
    return frozenset(key for key, node in held if _is_flow(node) is flow)


def _first(counts: list[int], least: int) -> int:
    return next((count for count in counts if least <= count <= 9), 2)


def _entries(node: Node | None) -> Iterator[tuple[Scalar, Node]]:
    """All keys of a text with their values, in source order."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield key, value
            yield from _entries(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _entries(item)


def _items(node: Node) -> list[Node]:
    return node.items if isinstance(node, Sequence) else []


def _is_empty(node: Mapping | Sequence) -> bool:
    return not (node.entries if isinstance(node, Mapping) else node.items)


def _is_flow(node: Node) -> bool:
    return isinstance(node, Mapping | Sequence) and node.flow


def _column(node: Node) -> int:
    return node.extent[1]
