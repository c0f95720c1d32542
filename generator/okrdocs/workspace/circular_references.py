"""Finds loops in what ladders up to what, and in what drives what; each is printed whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TypeVar

from okrdocs.problem import Problem, error
from okrdocs.workspace.workspace import ResolvedRef, Workspace

T = TypeVar("T", ResolvedRef, str)

MAX_LOOPS_REPORTED = 20
"""The limit for one run: among 2,000 objectives there can be millions of loops."""


def objective_loop_problems(workspace: Workspace) -> Iterator[Problem]:
    """Yield an error for each loop of objectives, at most `MAX_LOOPS_REPORTED`.

    A key result stands for its objective.
    """
    upward = {
        ref: tuple(dict.fromkeys(parent.parent for parent in entry.parents))
        for ref, entry in workspace.objectives.items()
    }
    for loop in islice(find_loops(upward), MAX_LOOPS_REPORTED):
        entry = workspace.objectives[loop[0]].objective
        chain = " → ".join(f"`{ref.local_reference}`" for ref in (*loop, loop[0]))
        message = f"These objectives ladder up to each other in a circle: {chain}."
        hint = "Remove one of the links; the one that points down is the wrong one."
        yield error("loop", entry.at.span("ladders_up_to"), message, hint)


def find_loops(upward: Mapping[T, tuple[T, ...]]) -> Iterator[list[T]]:
    """Yield one loop for each link that leads back onto its own path, depth first.

    `upward` is what each name points to. A loop begins at its smallest name, so that it reads
    the same in every run. Without recursion, for chains of any length.
    """
    finished: set[T] = set()
    for start in upward:
        path: dict[T, Iterator[T]] = {}
        step: T | None = start if start not in finished else None
        while step is not None or path:
            if step is not None:
                path[step] = iter(upward.get(step, ()))
            here = next(reversed(path))
            step = next((up for up in path[here] if up not in finished), None)
            if step is None:
                finished.add(here)
                del path[here]
            elif step in path:
                yield _rotate_to_smallest(list(path)[list(path).index(step) :])
                step = None


def _rotate_to_smallest(loop: list[T]) -> list[T]:
    first = loop.index(min(loop))
    return loop[first:] + loop[:first]
