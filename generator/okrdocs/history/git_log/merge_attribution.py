"""Decides who made the changes of a merge whose commits can't simply be replayed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from okrdocs.diff import OkrChange
from okrdocs.history.git_log.value_points import CommitStamp

StampedChanges = tuple[CommitStamp, tuple[OkrChange, ...]]
"""A step: whose it is, and what it changed."""


def attribute_merge(
    branch: Iterable[StampedChanges], merge_changes: tuple[OkrChange, ...]
) -> tuple[list[StampedChanges], tuple[OkrChange, ...]]:
    """Split a merge's changes into those of its branch's commits and those of the merge itself.

    A commit's change counts where the merge ends with its value, or where another change that
    counts continues from it: what a branch did and the merge discarded was never in force.
    """
    open_ = Counter(_key_with_new_value(change) for change in merge_changes)
    continued: set[tuple[object, ...]] = set()
    parts: list[StampedChanges] = []
    for stamp, changes in reversed([*branch]):
        lasting = []
        for change in reversed(changes):
            end = _key_with_new_value(change)
            if open_[end] or end in continued:
                open_[end] -= bool(open_[end])
                continued.add(_key_with_old_value(change))
                lasting.append(change)
        if lasting:
            parts.append((stamp, tuple(reversed(lasting))))
    rest = []
    for change in merge_changes:
        if open_[_key_with_new_value(change)] > 0:
            open_[_key_with_new_value(change)] -= 1
            rest.append(change)
    return parts[::-1], tuple(rest)


def _field_key(change: OkrChange) -> tuple[object, ...]:
    return change.kind, change.ref, change.cycle, change.team, change.field


def _key_with_new_value(change: OkrChange) -> tuple[object, ...]:
    return *_field_key(change), change.after


def _key_with_old_value(change: OkrChange) -> tuple[object, ...]:
    return *_field_key(change), change.before
