"""Splits a large graph into pieces that fit into one diagram each, level by level from a root."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import TypeVar

from okrdocs.pages.graph.mermaid import LARGEST_DIAGRAM
from okrdocs.workspace.workspace import ResolvedRef

T = TypeVar("T", ResolvedRef, str)

MOST_LEVELS = 4
"""Levels below its first box that a piece holds; more wouldn't fit on a page."""

ChildrenByRef = Mapping[ResolvedRef, tuple[ResolvedRef, ...]]


def split_diagram(
    root: T, below: Mapping[T, tuple[T, ...]], drawn: set[T]
) -> Iterator[tuple[T, set[T]]]:
    """Yield pieces that together have every line below a root: (first box, all its boxes).

    Where the levels of one piece end, the next begins. `drawn` are the boxes all of whose lines
    have been drawn; it grows.
    """
    queue = deque([root])
    while queue:
        first = queue.popleft()
        if first in drawn and first != root:
            continue
        boxes = _levels_that_fit(first, below)
        continued = [ref for ref in boxes if not boxes.keys() >= set(below.get(ref, ()))]
        drawn.update(ref for ref in boxes if ref not in continued)
        queue.extend(ref for ref in continued if ref not in drawn)
        yield first, set(boxes)


def _levels_that_fit(first: T, below: Mapping[T, tuple[T, ...]]) -> dict[T, None]:
    """Return a box, the level below it, and as many whole levels more as one diagram holds."""
    boxes = {first: None}
    level = boxes
    for depth in range(MOST_LEVELS):
        level = {child: None for ref in level for child in below.get(ref, ()) if child not in boxes}
        if depth and len(boxes) + len(level) > LARGEST_DIAGRAM:
            break
        boxes = {**boxes, **level}
    return boxes


def all_boxes_below(root: T, below: Mapping[T, tuple[T, ...]]) -> set[T]:
    """Return a box and all below it."""
    boxes, stack = {root}, [root]
    while stack:
        for child in below.get(stack.pop(), ()):
            if child not in boxes:
                boxes.add(child)
                stack.append(child)
    return boxes
