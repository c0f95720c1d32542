"""A large graph in pieces that one diagram holds each, from a root downward, level by level."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import TypeVar

from okrdocs.pages.graph.mermaid import LARGEST_DIAGRAM
from okrdocs.workspace.workspace import ResolvedRef

T = TypeVar("T", ResolvedRef, str)

MOST_LEVELS = 4
"""Levels below its first box that a piece holds; more wouldn't fit on a page."""

Below = Mapping[ResolvedRef, tuple[ResolvedRef, ...]]


def pieces(root: T, below: Mapping[T, tuple[T, ...]], told: set[T]) -> Iterator[tuple[T, set[T]]]:
    """Pieces that together hold every line below a root: its first box, and all its boxes.

    Where the levels of one piece end, the next begins. `told` are the boxes all of whose lines
    have been drawn; it grows.
    """
    waiting = deque([root])
    while waiting:
        first = waiting.popleft()
        if first in told and first != root:
            continue
        found = _levels(first, below)
        cut = [ref for ref in found if not found.keys() >= set(below.get(ref, ()))]
        told.update(ref for ref in found if ref not in cut)
        waiting.extend(ref for ref in cut if ref not in told)
        yield first, set(found)


def _levels(first: T, below: Mapping[T, tuple[T, ...]]) -> dict[T, None]:
    """A box, the level below it, and as many whole levels more as one diagram holds."""
    found = {first: None}
    level = found
    for depth in range(MOST_LEVELS):
        level = {child: None for ref in level for child in below.get(ref, ()) if child not in found}
        if depth and len(found) + len(level) > LARGEST_DIAGRAM:
            break
        found = {**found, **level}
    return found


def reached(root: T, below: Mapping[T, tuple[T, ...]]) -> set[T]:
    """A box and all below it."""
    found, waiting = {root}, [root]
    while waiting:
        for child in below.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found
