"""The node that an edit is about, with its text, its root and the layout around it."""

from __future__ import annotations

from typing import NamedTuple

from okrdocs.errors import EditRefusedError
from okrdocs.problem import Extent
from okrdocs.source.yaml.edit.document import (
    Document,
    end_of,
    read_sound_document,
    refusal,
    start_of,
)
from okrdocs.source.yaml.edit.layout import Layout, layout_of
from okrdocs.source.yaml.edit.path import Path, Place, child, find_place, position
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar, is_null


class Location(NamedTuple):
    """Where a node stands: its extent, its offsets in the text, and its text as typed."""

    extent: Extent
    start: int
    end: int
    typed: str


class Site(NamedTuple):
    """A text to be edited, and the place in it."""

    document: Document
    root: Node
    place: Place
    layout: Layout


def find_site(text: str, path: Path) -> Site:
    """Return the place of a path; the text may be empty where that is its root.

    Raises EditRefusedError where the place isn't there or the text has a fault.
    """
    document, root = read_sound_document(text, may_be_empty=not path)
    return Site(document, root, find_place(document, root, path), layout_of(document))


def locate(text: str, path: Path) -> Location:
    """The place of a node. Raises EditRefusedError where there is none, or the text has a fault."""
    document, root = read_sound_document(text)
    node = find_place(document, root, path).node
    start, end = start_of(document, node), end_of(document, node)
    shift = len(document.mark)
    return Location(node.extent, start + shift, end + shift, document.text[start:end])


def exists(text: str, path: Path) -> bool:
    """Whether a node stands at a path. Raises EditRefusedError where the text has a fault."""
    document, root = read_sound_document(text)
    place = Place(root, ())
    for step in path:
        index = position(document, place.node, step)
        if index is None:
            return False
        place = child(place, index)
    return True


def way_of(place: Place) -> tuple[int, ...]:
    """The positions that lead to a place from the root."""
    return tuple(index for _, index in place.parents)


def is_in_flow(place: Place) -> bool:
    """Whether a place stands within brackets."""
    return any(parent.flow for parent, _ in place.parents)


def key_of(place: Place) -> str:
    """The key whose value stands at a place; "" for an item."""
    parent, index = place.parents[-1] if place.parents else (None, 0)
    return parent.entries[index][0].text if isinstance(parent, Mapping) else ""


def unexpected(site: Site, wanted: str) -> EditRefusedError:
    """The error that something else than `wanted` stands at a place."""
    node = site.place.node
    kind = "a group of keys" if isinstance(node, Mapping) else "a list"
    if isinstance(node, Scalar):
        kind = "nothing" if is_null(node) else "a text"
    said = f"Expected {wanted} here, found {kind}."
    return refusal(site.document, start_of(site.document, node), said, "Change it by hand.")
