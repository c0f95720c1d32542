"""Removes an entry of a map or an item of a list, with its lines or its comma."""

from __future__ import annotations

from okrdocs.source.yaml.edit import block, flow
from okrdocs.source.yaml.edit.document import Edit, read_sound_document, refusal, splice
from okrdocs.source.yaml.edit.path import Path, Place, find_place
from okrdocs.source.yaml.edit.proof import Entries, Items, Tree, Written, prove, replaced, tree_of
from okrdocs.source.yaml.edit.site import way_of


def remove(text: str, path: Path) -> Edit:
    """Removes a key with its value, or an item; comments on its lines go, those around stay.

    Where it was the only one, `{}` or `[]` is left. Raises EditRefusedError where it isn't there,
    or can't be removed alone.
    """
    document, root = read_sound_document(text)
    place = find_place(document, root, path)
    if not place.parents:
        raise refusal(document, 0, "This is the whole file.", "Delete the file instead.")
    parent, index = place.parents[-1]
    above = Place(parent, place.parents[:-1])
    start, end, new, gone = (
        flow.cut_out(document, parent, index)
        if parent.flow
        else block.cut_out(document, above, index)
    )
    meant = replaced(tree_of(root), way_of(above), _without(tree_of(parent), index))
    return prove(document, splice(document, start, end, new), meant, gone)


def _without(tree: Tree, index: int) -> Tree:
    assert not isinstance(tree, Written)
    if isinstance(tree, Entries):
        return Entries((*tree.items[:index], *tree.items[index + 1 :]))
    return Items((*tree.items[:index], *tree.items[index + 1 :]))
