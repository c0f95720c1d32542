"""The nodes of a YAML text: scalars, maps and lists with their places, free of any library.

`reader` builds them, `silent_losses` looks at what they lost, `format.loader` takes them apart.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from okrdocs.problem import Extent

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")


class Scalar(NamedTuple):
    """Text as written, with YAML's quoting undone. `plain`: unquoted; `block`: `|` or `>`."""

    text: str
    plain: bool
    block: bool
    extent: Extent


class Mapping(NamedTuple):
    """Keys with values in source order; no key comes twice. `flow`: `{…}`."""

    entries: list[tuple[Scalar, Node]]
    extent: Extent
    flow: bool


class Sequence(NamedTuple):
    """A list. `flow`: `[…]`."""

    items: list[Node]
    extent: Extent
    flow: bool


Node: TypeAlias = Scalar | Mapping | Sequence


def is_null(node: Node) -> bool:
    """Return whether nothing is given: an empty value, `~` or `null`, unquoted."""
    return type(node) is Scalar and node.plain and node.text in _NULLS


def looks_like_text(mapping: Mapping) -> bool:
    """Return whether a map was probably meant as text: `- Legal: slow`, one key that is prose."""
    if len(mapping.entries) != 1:
        return False
    key = mapping.entries[0][0]
    braces = mapping.flow and mapping.extent[:2] != key.extent[:2]
    return not braces and _SLUG.fullmatch(key.text) is None


def source_text(node: Node, text: str = "") -> str:
    """Return the source text of a node, as the person typed it; without `text`, rebuilt from it."""
    if not text:
        return _rebuild_source(node)
    return text_within(text.split("\n"), node.extent)


def _rebuild_source(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return f"[{', '.join(map(_rebuild_source, node.items))}]"
    inner = ", ".join(
        f"{key.text}: {_rebuild_source(value)}".rstrip() for key, value in node.entries
    )
    return inner if len(node.entries) == 1 and not node.flow else f"{{{inner}}}"


def text_within(lines: list[str], extent: Extent) -> str:
    """Return the source text within an extent."""
    line, column, end_line, end_column = extent
    parts = lines[line - 1 : end_line]
    if not parts:
        return ""
    parts[-1] = parts[-1][: end_column - 1]
    parts[0] = parts[0][column - 1 :]
    return "\n".join(part.removesuffix("\r") for part in parts)
