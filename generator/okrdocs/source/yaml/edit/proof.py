"""Proves an edit: both texts are read, and may differ in nothing but what was meant.

Scalars are compared as written: their text, and whether it stands in quotes. Comments are compared
one by one.
"""

from __future__ import annotations

from collections import abc
from typing import NamedTuple, TypeAlias

from okrdocs.source.yaml.edit.document import (
    Document,
    Edit,
    comments_in,
    read_document,
    refusal,
)
from okrdocs.source.yaml.edit.emit import Value, word_of
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar, is_null


class Written(NamedTuple):
    """A scalar as written; `plain` is None where an edit may choose."""

    text: str
    plain: bool | None
    is_nothing: bool


class Entry(NamedTuple):
    """A key with its value."""

    key: Written
    value: Tree


class Entries(NamedTuple):
    """A map."""

    items: tuple[Entry, ...]


class Items(NamedTuple):
    """A list."""

    items: tuple[Tree, ...]


Tree: TypeAlias = Written | Entries | Items
"""What a text says, without places."""


def tree_of(node: Node) -> Tree:
    """What a node says."""
    if isinstance(node, Scalar):
        return _written(node)
    if isinstance(node, Mapping):
        return Entries(tuple(Entry(_written(key), tree_of(value)) for key, value in node.entries))
    return Items(tuple(map(tree_of, node.items)))


def _written(node: Scalar) -> Written:
    return Written(node.text, node.plain, is_null(node))


def tree_of_value(value: Value) -> Tree:
    """What a new value shall say."""
    if isinstance(value, abc.Mapping):
        return Entries(
            tuple(Entry(meant_text(key), tree_of_value(inner)) for key, inner in value.items())
        )
    if isinstance(value, abc.Sequence) and not isinstance(value, str):
        return Items(tuple(map(tree_of_value, value)))
    return meant_text(word_of(value))


def meant_text(text: str) -> Written:
    """A new scalar: its quotes are left to the edit."""
    return Written(text, None, False)


def replaced(tree: Tree, way: abc.Sequence[int], new: Tree) -> Tree:
    """The tree with another one at a place, which is given by positions from the root."""
    if not way:
        return new
    first, rest = way[0], way[1:]
    assert not isinstance(tree, Written)
    if isinstance(tree, Entries):
        entry = tree.items[first]
        better = Entry(entry.key, replaced(entry.value, rest, new))
        return Entries((*tree.items[:first], better, *tree.items[first + 1 :]))
    return Items(
        (*tree.items[:first], replaced(tree.items[first], rest, new), *tree.items[first + 1 :])
    )


def is_same(meant: Tree, real: Tree) -> bool:
    """Whether a tree is what was meant."""
    if isinstance(meant, Written):
        if not isinstance(real, Written) or meant.text != real.text:
            return False
        return meant.plain in (None, real.plain) and meant.is_nothing == real.is_nothing
    if isinstance(real, Written) or len(meant.items) != len(real.items):
        return False
    if isinstance(meant, Entries) and isinstance(real, Entries):
        return all(
            is_same(one.key, other.key) and is_same(one.value, other.value)
            for one, other in zip(meant.items, real.items, strict=True)
        )
    if isinstance(meant, Items) and isinstance(real, Items):
        return all(map(is_same, meant.items, real.items))
    return False


def prove(before: Document, edit: Edit, meant: Tree, gone: tuple[int, int] = (0, 0)) -> Edit:
    """The edit itself, once its text is read and says what is meant.

    `gone` is the span of the old text whose comments go too. Raises EditRefusedError otherwise.
    """
    after = read_document(edit.text)
    kept = [text for at, text in comments_in(before) if not gone[0] <= at < gone[1]]
    said = "This place can't be changed without changing something else."
    if after.problems:
        said = f"This can't be written here: {after.problems[0].message}"
    elif after.root is not None and is_same(meant, tree_of(after.root)):
        if kept == [text for _, text in comments_in(after)]:
            return edit
        said = "A comment would be lost here."
    raise refusal(before, edit.start - len(before.mark), said, "Make the change by hand.")
