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
    """Return the layout of a text; what doesn't occur in it is two spaces a level, in lines."""
    entries = list(_all_entries(document.root))
    steps = [_column(v) - _column(k) for k, v in entries if isinstance(v, Mapping) and not v.flow]
    lists = [(k, v) for k, v in entries if isinstance(v, Sequence) and not v.flow]
    dashes = [_column(value) - _column(key) for key, value in lists]
    gaps = [
        _column(item) - _column(value)
        for _, value in lists
        for item in value.items
        if isinstance(item, Mapping) and not item.flow
    ]
    collections = [
        (k.text, v) for k, v in entries if not isinstance(v, Scalar) and not _is_empty(v)
    ]
    items = [(k, i) for k, v in collections for i in _items(v) if not isinstance(i, Scalar)]
    return Layout(
        _first_plausible(steps, 1),
        _first_plausible(dashes, 0),
        _first_plausible(gaps, 2),
        _keys_of(collections, flow=True),
        _keys_of(items, flow=True),
        _keys_of(collections, flow=False),
        _keys_of(items, flow=False),
    )


def _keys_of(collections: Iterable[tuple[str, Node]], *, flow: bool) -> frozenset[str]:
    return frozenset(key for key, node in collections if _is_flow(node) is flow)


def _first_plausible(counts: list[int], least: int) -> int:
    return next((count for count in counts if least <= count <= 9), 2)


def _all_entries(node: Node | None) -> Iterator[tuple[Scalar, Node]]:
    """Yield all keys of a text with their values, in source order."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield key, value
            yield from _all_entries(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _all_entries(item)


def _items(node: Node) -> list[Node]:
    return node.items if isinstance(node, Sequence) else []


def _is_empty(node: Mapping | Sequence) -> bool:
    return not (node.entries if isinstance(node, Mapping) else node.items)


def _is_flow(node: Node) -> bool:
    return isinstance(node, Mapping | Sequence) and node.flow


def _column(node: Node) -> int:
    return node.extent[1]
