"""Makes readers fast for the common case: blanks, repeated texts, plain words."""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import Any

from okrdocs.format.scalars import ReadContext, is_empty
from okrdocs.source.yaml.reader import Node, Scalar

Reader = Callable[[Node, ReadContext], Any]
"""Reads a value of one kind; None where it is empty, or wrong with a problem noted."""

_MAX_CACHED_VALUES = 4096
_LONGEST_NULL = 4
_VISIBLE = frozenset(string.ascii_letters + string.digits)


def empty_as_none_reader(full_reader: Reader) -> Reader:
    """Make a reader return None for what is empty, which is as good as left out."""

    def read(node: Node, context: ReadContext) -> Any:
        return None if is_empty(node) else full_reader(node, context)

    return read


def caching_reader(full_reader: Reader) -> Reader:
    """Make a reader remember values without fault, for texts that repeat, such as dates."""
    values: dict[str, Any] = {}

    def read(node: Node, context: ReadContext) -> Any:
        if type(node) is not Scalar or not node.plain:
            return None if is_empty(node) else full_reader(node, context)
        value = values.get(node.text)
        if value is None and not is_empty(node):
            value = full_reader(node, context)
            if value is not None and len(values) < _MAX_CACHED_VALUES:
                values[node.text] = value
        return value

    return read


def fast_text_reader(limit: int, full_reader: Reader) -> Reader:
    """Make a reader of text that is fast for the common case.

    What begins with a letter or digit, is short enough and can't be `null`, is fine.
    """

    def read(node: Node, context: ReadContext) -> Any:
        if type(node) is Scalar:
            text = node.text.strip()
            if _LONGEST_NULL < len(text) <= limit and text[0] in _VISIBLE:
                return text
        return None if is_empty(node) else full_reader(node, context)

    return read
