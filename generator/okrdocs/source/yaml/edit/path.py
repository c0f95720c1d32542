"""Paths into a YAML text: which node is meant, as keys, positions and items known by a value.

`("objectives", with_id("sso"), "key_results", with_id("adoption"), "check_ins", -1, "value")`
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from okrdocs.source.yaml.edit.document import Document, refusal, start_of
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar, Sequence


class ItemWhere(NamedTuple):
    """The one item of a list whose `key` has the value `text`."""

    key: str
    text: str


Step: TypeAlias = str | int | ItemWhere
"""A key of a map, a position in a list (from 0, or from its end below 0), or an item of a list."""

Path: TypeAlias = tuple[Step, ...]


class Place(NamedTuple):
    """A node, and the way to it: each container with the position taken in it, from the root."""

    node: Node
    parents: tuple[tuple[Mapping | Sequence, int], ...]


def with_id(text: str) -> ItemWhere:
    """The item of a list whose `id` is `text`."""
    return ItemWhere("id", text)


def find_place(document: Document, root: Node, path: Path) -> Place:
    """The node at a path. Raises EditRefusedError where there is none, or more than one."""
    place = Place(root, ())
    for step in path:
        index = position(document, place.node, step)
        if index is None:
            raise refusal(
                document,
                start_of(document, place.node),
                f"There is no {shown_step(step)} in what stands here.",
                "Check the name, or reload the file: it may have changed.",
            )
        place = child(place, index)
    return place


def child(place: Place, index: int) -> Place:
    """The place of an entry's value or an item."""
    node = place.node
    assert not isinstance(node, Scalar)
    value = node.entries[index][1] if isinstance(node, Mapping) else node.items[index]
    return Place(value, (*place.parents, (node, index)))


def position(document: Document, node: Node, step: Step) -> int | None:
    """Return the position of a step among the entries or items of a node; None where it is missing.

    Raises EditRefusedError where several items match.
    """
    if isinstance(step, str):
        entries = node.entries if isinstance(node, Mapping) else []
        return next((at for at, (key, _) in enumerate(entries) if key.text == step), None)
    items = node.items if isinstance(node, Sequence) else []
    if isinstance(step, int):
        return step % len(items) if -len(items) <= step < len(items) else None
    found = [at for at, item in enumerate(items) if _has(item, step)]
    if len(found) > 1:
        said = f"There is more than one {shown_step(step)} in this list."
        hint = "Give each of them its own, then make the change again."
        raise refusal(document, start_of(document, items[found[1]]), said, hint)
    return found[0] if found else None


def _has(item: Node, step: ItemWhere) -> bool:
    return isinstance(item, Mapping) and any(
        key.text == step.key and isinstance(value, Scalar) and value.text.strip() == step.text
        for key, value in item.entries
    )


def shown_step(step: Step) -> str:
    """A step in words, for a message."""
    if isinstance(step, str):
        return f"key `{step}`"
    if isinstance(step, int):
        return f"item {step + 1}" if step >= 0 else f"item {-step} from the end"
    return f"item with `{step.key}: {step.text}`"
