"""Splits a large graph into pieces that fit into one diagram each, level by level from a root."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import TypeVar

from okrdocs.pages.graph.mermaid import LARGEST_DIAGRAM
from okrdocs.workspace.workspace import Ref

T = TypeVar("T", Ref, str)

MOST_LEVELS = 4
"""Levels below its first box that a piece holds; more wouldn't fit on a page."""

ChildrenByRef = Mapping[Ref, tuple[Ref, ...]]


def diagram_pieces(
    root: T, below: Mapping[T, tuple[T, ...]], drawn: set[T]
) -> Iterator[tuple[T, set[T]]]:
    """Yield pieces that together have every line below a root: (first box, all its boxes).

    Where the levels of one piece end, the next begins. `drawn` are the boxes all of whose lines
    have been drawn; it grows.
    """
    waiting = deque([root])
    while waiting:
        first = waiting.popleft()
        if first in drawn and first != root:
            continue
        found = _levels_that_fit(first, below)
        cut = [ref for ref in found if not found.keys() >= set(below.get(ref, ()))]
        drawn.update(ref for ref in found if ref not in cut)
        waiting.extend(ref for ref in cut if ref not in drawn)
        yield first, set(found)


def _levels_that_fit(first: T, below: Mapping[T, tuple[T, ...]]) -> dict[T, None]:
    """Return a box, the level below it, and as many whole levels more as one diagram holds."""
    found = {first: None}
    level = found
    for depth in range(MOST_LEVELS):
        level = {child: None for ref in level for child in below.get(ref, ()) if child not in found}
        if depth and len(found) + len(level) > LARGEST_DIAGRAM:
            break
        found = {**found, **level}
    return found


def all_below(root: T, below: Mapping[T, tuple[T, ...]]) -> set[T]:
    """Return a box and all below it."""
    found, waiting = {root}, [root]
    while waiting:
        for child in below.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found
