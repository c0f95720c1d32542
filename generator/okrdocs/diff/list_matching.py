"""Pairs the items of a list before and after: equal ones, then by name, then by position.

An item is paired with one that took its place only where a single field differs; else it was
removed and another one added.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from okrdocs.diff.normal_form import ReferenceScopes, attributes_with_references, record_normal_form
from okrdocs.format.fields import fields_of, required_fields

Pair = tuple[int | None, int | None]
"""Positions before and after; None where it wasn't or isn't there."""


def identity_field(record: type[Any]) -> str:
    """Return the attribute by which people tell the items of a list apart."""
    required = required_fields(record)
    return (required[0] if required else next(iter(fields_of(record).values()))).attribute


def pair_items(before: Sequence[Any], after: Sequence[Any], scopes: ReferenceScopes) -> list[Pair]:
    """Return every item of both lists once: in the order after, then what was removed."""
    head, tail = _count_common_ends(before, after)
    ends = len(before) - tail, len(after) - tail
    inner = _pair_middle(before[head : ends[0]], after[head : ends[1]], scopes)
    both: list[Pair] = [(i, i) for i in range(head)]
    both += [(_shift_position(i, head), j + head) for i, j in inner if j is not None]
    both += [(ends[0] + n, ends[1] + n) for n in range(tail)]
    return both + [(_shift_position(i, head), None) for i, j in inner if j is None]


def _shift_position(place: int | None, by: int) -> int | None:
    return None if place is None else place + by


def _count_common_ends(before: Sequence[Any], after: Sequence[Any]) -> tuple[int, int]:
    """Return how many equal items without a double begin and end both lists."""
    if any(attributes_with_references(type(item)) for item in (*before[:1], *after[:1])):
        return 0, 0  # equal texts may mean something else, and others the same
    most = min(len(before), len(after))
    head = next((n for n in range(most) if before[n] != after[n]), most)
    most -= head
    tail = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    middle = (*before[head : len(before) - tail], *after[head : len(after) - tail])
    if any(item in middle for item in after[len(after) - tail :]):
        tail = 0
    return head, tail


def _pair_middle(
    before: Sequence[Any], after: Sequence[Any], scopes: ReferenceScopes
) -> list[Pair]:
    old = [record_normal_form(item, scopes.before) for item in before]
    new = [record_normal_form(item, scopes.after) for item in after]
    partners: dict[int, int] = {}
    _pair_by_key(old, new, partners)
    _pair_by_key(_names_of_items(before, old), _names_of_items(after, new), partners)
    _pair_by_place(old, new, partners)
    back = {j: i for i, j in partners.items()}
    gone: list[Pair] = [(i, None) for i in range(len(before)) if i not in partners]
    return [(back.get(j), j) for j in range(len(after))] + gone


def is_reordered(pairs: Sequence[Pair]) -> bool:
    """Return whether items that were there before stand in another order."""
    places = [i for i, j in pairs if i is not None and j is not None]
    return places != sorted(places)


def _names_of_items(
    items: Sequence[Any], contents: Sequence[tuple[Hashable, ...]]
) -> list[Hashable]:
    """Return the name of each item, or its whole content where it has none."""
    if not items:
        return []
    attributes = [field.attribute for field in fields_of(type(items[0])).values()]
    at = attributes.index(identity_field(type(items[0])))
    return [
        item_content if item_content[at] is None else item_content[at] for item_content in contents
    ]


def _pair_by_key(
    old: Sequence[Hashable], new: Sequence[Hashable], partners: dict[int, int]
) -> None:
    waiting: dict[Hashable, list[int]] = {}
    taken = set(partners.values())
    for j in reversed(range(len(new))):
        if j not in taken:
            waiting.setdefault(new[j], []).append(j)
    for i, key in enumerate(old):
        if i not in partners and waiting.get(key):
            partners[i] = waiting[key].pop()


def _pair_by_place(
    old: Sequence[tuple[Hashable, ...]],
    new: Sequence[tuple[Hashable, ...]],
    partners: dict[int, int],
) -> None:
    """Pair items between the same neighbours, in order, where only one field differs."""
    vacant = {gap: j for j, gap in _unpaired_positions(len(new), {j: j for j in partners.values()})}
    for i, gap in list(_unpaired_positions(len(old), partners)):
        j = vacant.get(gap)
        if j is not None and sum(a != b for a, b in zip(old[i], new[j], strict=True)) == 1:
            partners[i] = j


def _unpaired_positions(
    size: int, partners: Mapping[int, int]
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield each position without a partner, with its place.

    After which partner, and as which one.
    """
    behind, count = -1, 0
    for position in range(size):
        if position in partners:
            behind, count = partners[position], 0
        else:
            yield position, (behind, count)
            count += 1
