"""Where a path leads: the node that an edit is about, with the containers around it.

A path is made of keys, positions and items known by a value:
`("objectives", with_id("sso"), "key_results", with_id("adoption"), "check_ins", -1, "value")`
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from okrdocs.errors import EditRefusedError
from okrdocs.problem import Extent
from okrdocs.source.yaml.edit.document import (
    Document,
    node_end,
    node_start,
    read_valid_document,
    refusal_at,
)
from okrdocs.source.yaml.edit.layout import Layout, layout_of
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar, Sequence, is_null


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


class Location(NamedTuple):
    """Where a node stands: its extent, its offsets in the text, and its text as typed."""

    extent: Extent
    start: int
    end: int
    typed: str


class EditTarget(NamedTuple):
    """A text to be edited, and the place in it."""

    document: Document
    root: Node
    place: Place
    layout: Layout


def with_id(text: str) -> ItemWhere:
    """Return the step to the item of a list whose `id` is `text`."""
    return ItemWhere("id", text)


def find_target(text: str, path: Path) -> EditTarget:
    """Return the place of a path; the text may be empty where that is its root.

    Raises EditRefusedError where the place isn't there or the text has a fault.
    """
    document, root = read_valid_document(text, may_be_empty=not path)
    return EditTarget(document, root, find_place(document, root, path), layout_of(document))


def locate(text: str, path: Path) -> Location:
    """Return where a node stands. Raises EditRefusedError where there is none, or for a fault."""
    document, root = read_valid_document(text)
    node = find_place(document, root, path).node
    start, end = node_start(document, node), node_end(document, node)
    shift = len(document.mark)
    return Location(node.extent, start + shift, end + shift, document.text[start:end])


def exists(text: str, path: Path) -> bool:
    """Return whether a path leads to a node. Raises EditRefusedError where the text has a fault."""
    document, root = read_valid_document(text)
    place = Place(root, ())
    for step in path:
        index = index_of_step(document, place.node, step)
        if index is None:
            return False
        place = child_place(place, index)
    return True


def indexes_of(place: Place) -> tuple[int, ...]:
    """Return the positions that lead to a place from the root."""
    return tuple(index for _, index in place.parents)


def is_in_brackets(place: Place) -> bool:
    """Return whether a place stands within brackets."""
    return any(parent.flow for parent, _ in place.parents)


def key_of_place(place: Place) -> str:
    """Return the key whose value stands at a place; "" for an item."""
    parent, index = place.parents[-1] if place.parents else (None, 0)
    return parent.entries[index][0].text if isinstance(parent, Mapping) else ""


def unexpected_kind(target: EditTarget, wanted: str) -> EditRefusedError:
    """Return the error that something else than `wanted` stands at a place."""
    node = target.place.node
    kind = "a group of keys" if isinstance(node, Mapping) else "a list"
    if isinstance(node, Scalar):
        kind = "nothing" if is_null(node) else "a text"
    message = f"Expected {wanted} here, found {kind}."
    return refusal_at(
        target.document, node_start(target.document, node), message, "Change it by hand."
    )


# ------------------------------------------------------------------- steps of a path


def find_place(document: Document, root: Node, path: Path) -> Place:
    """Return the node at a path. Raises EditRefusedError where there is none, or more than one."""
    place = Place(root, ())
    for step in path:
        index = index_of_step(document, place.node, step)
        if index is None:
            raise refusal_at(
                document,
                node_start(document, place.node),
                f"There is no {step_in_words(step)} in what stands here.",
                "Check the name, or reload the file: it may have changed.",
            )
        place = child_place(place, index)
    return place


def child_place(place: Place, index: int) -> Place:
    """Return the place of an entry's value or an item."""
    node = place.node
    assert not isinstance(node, Scalar)
    value = node.entries[index][1] if isinstance(node, Mapping) else node.items[index]
    return Place(value, (*place.parents, (node, index)))


def index_of_step(document: Document, node: Node, step: Step) -> int | None:
    """Return the position of a step among the entries or items of a node; None where it is missing.

    Raises EditRefusedError where several items match.
    """
    if isinstance(step, str):
        entries = node.entries if isinstance(node, Mapping) else []
        return next((at for at, (key, _) in enumerate(entries) if key.text == step), None)
    items = node.items if isinstance(node, Sequence) else []
    if isinstance(step, int):
        return step % len(items) if -len(items) <= step < len(items) else None
    matching = [at for at, item in enumerate(items) if _has_value(item, step)]
    if len(matching) > 1:
        message = f"There is more than one {step_in_words(step)} in this list."
        hint = "Give each of them its own, then make the change again."
        raise refusal_at(document, node_start(document, items[matching[1]]), message, hint)
    return matching[0] if matching else None


def _has_value(item: Node, step: ItemWhere) -> bool:
    return isinstance(item, Mapping) and any(
        key.text == step.key and isinstance(value, Scalar) and value.text.strip() == step.text
        for key, value in item.entries
    )


def step_in_words(step: Step) -> str:
    """Return a step in words, for a message."""
    if isinstance(step, str):
        return f"key `{step}`"
    if isinstance(step, int):
        return f"item {step + 1}" if step >= 0 else f"item {-step} from the end"
    return f"item with `{step.key}: {step.text}`"
