"""Whose the changes of a merge are, where its commits don't simply lead from before to after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from okrdocs.diff import Change
from okrdocs.history.git_log.value_points import Stamp

Told = tuple[Stamp, tuple[Change, ...]]
"""A step: whose it is, and what it changed."""


def shares(
    branch: Iterable[Told], net: tuple[Change, ...]
) -> tuple[list[Told], tuple[Change, ...]]:
    """What each commit of a branch brought in, and what only the merge itself did.

    A commit's change counts where the merge ends with it, or where another one that counts goes
    on from it: what a branch did and the merge threw away was never in force.
    """
    open_ = Counter(_end(change) for change in net)
    continued: set[tuple[object, ...]] = set()
    parts: list[Told] = []
    for stamp, changes in reversed([*branch]):
        told = []
        for change in reversed(changes):
            end = _end(change)
            if open_[end] or end in continued:
                open_[end] -= bool(open_[end])
                continued.add(_begin(change))
                told.append(change)
        if told:
            parts.append((stamp, tuple(reversed(told))))
    rest = []
    for change in net:
        if open_[_end(change)] > 0:
            open_[_end(change)] -= 1
            rest.append(change)
    return parts[::-1], tuple(rest)


def _thing(change: Change) -> tuple[object, ...]:
    return change.kind, change.ref, change.cycle, change.team, change.field


def _end(change: Change) -> tuple[object, ...]:
    return *_thing(change), change.after


def _begin(change: Change) -> tuple[object, ...]:
    return *_thing(change), change.before
