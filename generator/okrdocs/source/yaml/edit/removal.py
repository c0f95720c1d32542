"""Removes an entry of a map or an item of a list, with its lines or its comma."""

from __future__ import annotations

from okrdocs.source.yaml.edit import block_style, flow_style
from okrdocs.source.yaml.edit.document import Edit, read_valid_document, refusal_at, splice
from okrdocs.source.yaml.edit.place import Path, Place, find_place, indexes_of
from okrdocs.source.yaml.edit.proof import (
    Content,
    ListContent,
    MapContent,
    ScalarContent,
    content_of_node,
    prove_edit,
    with_content_at,
)


def remove(text: str, path: Path) -> Edit:
    """Remove a key with its value, or an item; comments on its lines go, those around stay.

    Where it was the only one, `{}` or `[]` is left. Raises EditRefusedError where it isn't there,
    or can't be removed alone.
    """
    document, root = read_valid_document(text)
    place = find_place(document, root, path)
    if not place.parents:
        raise refusal_at(document, 0, "This is the whole file.", "Delete the file instead.")
    parent, index = place.parents[-1]
    parent_place = Place(parent, place.parents[:-1])
    start, end, new, removed = (
        flow_style.removal_of_entry(document, parent, index)
        if parent.flow
        else block_style.removal_of_entry(document, parent_place, index)
    )
    expected = with_content_at(
        content_of_node(root),
        indexes_of(parent_place),
        _content_without(content_of_node(parent), index),
    )
    return prove_edit(document, splice(document, start, end, new), expected, removed)


def _content_without(content: Content, index: int) -> Content:
    assert not isinstance(content, ScalarContent)
    if isinstance(content, MapContent):
        return MapContent((*content.items[:index], *content.items[index + 1 :]))
    return ListContent((*content.items[:index], *content.items[index + 1 :]))
