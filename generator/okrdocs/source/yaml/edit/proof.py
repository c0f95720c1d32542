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
    refusal_at,
)
from okrdocs.source.yaml.edit.new_text import Value, text_of_scalar
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar, is_null


class ScalarContent(NamedTuple):
    """A scalar as written; `plain` is None where an edit may choose."""

    text: str
    plain: bool | None
    is_nothing: bool


class EntryContent(NamedTuple):
    """A key with its value."""

    key: ScalarContent
    value: Content


class MapContent(NamedTuple):
    """A map."""

    items: tuple[EntryContent, ...]


class ListContent(NamedTuple):
    """A list."""

    items: tuple[Content, ...]


Content: TypeAlias = ScalarContent | MapContent | ListContent
"""What a text says, without places."""


def content_of_node(node: Node) -> Content:
    """Return what a node says."""
    if isinstance(node, Scalar):
        return _content_of_scalar(node)
    if isinstance(node, Mapping):
        return MapContent(
            tuple(
                EntryContent(_content_of_scalar(key), content_of_node(value))
                for key, value in node.entries
            )
        )
    return ListContent(tuple(map(content_of_node, node.items)))


def _content_of_scalar(node: Scalar) -> ScalarContent:
    return ScalarContent(node.text, node.plain, is_null(node))


def content_of_value(value: Value) -> Content:
    """Return what a new value shall say."""
    if isinstance(value, abc.Mapping):
        return MapContent(
            tuple(
                EntryContent(content_of_new_text(key), content_of_value(inner))
                for key, inner in value.items()
            )
        )
    if isinstance(value, abc.Sequence) and not isinstance(value, str):
        return ListContent(tuple(map(content_of_value, value)))
    return content_of_new_text(text_of_scalar(value))


def content_of_new_text(text: str) -> ScalarContent:
    """Return a new scalar, whose quotes are left to the edit."""
    return ScalarContent(text, None, False)


def with_content_at(content: Content, indexes: abc.Sequence[int], replacement: Content) -> Content:
    """Return the content with another one at a place, given by positions from the root."""
    if not indexes:
        return replacement
    first, rest = indexes[0], indexes[1:]
    assert not isinstance(content, ScalarContent)
    if isinstance(content, MapContent):
        entry = content.items[first]
        new_entry = EntryContent(entry.key, with_content_at(entry.value, rest, replacement))
        return MapContent((*content.items[:first], new_entry, *content.items[first + 1 :]))
    return ListContent(
        (
            *content.items[:first],
            with_content_at(content.items[first], rest, replacement),
            *content.items[first + 1 :],
        )
    )


def is_equal_content(expected: Content, actual: Content) -> bool:
    """Return whether a content is the expected one."""
    if isinstance(expected, ScalarContent):
        if not isinstance(actual, ScalarContent) or expected.text != actual.text:
            return False
        return expected.plain in (None, actual.plain) and expected.is_nothing == actual.is_nothing
    if isinstance(actual, ScalarContent) or len(expected.items) != len(actual.items):
        return False
    if isinstance(expected, MapContent) and isinstance(actual, MapContent):
        return all(
            is_equal_content(one.key, other.key) and is_equal_content(one.value, other.value)
            for one, other in zip(expected.items, actual.items, strict=True)
        )
    if isinstance(expected, ListContent) and isinstance(actual, ListContent):
        return all(map(is_equal_content, expected.items, actual.items))
    return False


def prove_edit(
    before: Document, edit: Edit, expected: Content, removed: tuple[int, int] = (0, 0)
) -> Edit:
    """Return the edit, once its text is read and says what is expected.

    `removed` is the span of the old text whose comments go too. Raises EditRefusedError otherwise.
    """
    after = read_document(edit.text)
    comments = [text for at, text in comments_in(before) if not removed[0] <= at < removed[1]]
    reason = "This place can't be changed without changing something else."
    if after.problems:
        reason = f"This can't be written here: {after.problems[0].message}"
    elif after.root is not None and is_equal_content(expected, content_of_node(after.root)):
        if comments == [text for _, text in comments_in(after)]:
            return edit
        reason = "A comment would be lost here."
    raise refusal_at(before, edit.start - len(before.mark), reason, "Make the change by hand.")
