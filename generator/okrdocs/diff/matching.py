"""Which objective or key result before is which after.

Ids are what counts; where one changed, `was:` leads on, then a move, then nearly the same title.
Everything is looked up by key, and titles are compared only among what is left over, so that
a rename of everything in a large company stays affordable.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from okrdocs.workspace.workspace import ResolvedRef

_ALIKE = 0.6
_NEARLY_SAME = 0.75
_SHARED = 0.5
_MOST_COMPARED = 400
"""Pairs of titles in one place; of more only those are compared that share the most words."""

_MOST_PAIRS = 250_000
"""Pairs in one place; above it only equal titles are found."""

_MOST_NAMESAKES = 20
"""Of so many with one id elsewhere the titles are compared; of more only equal ones count."""


class Item(NamedTuple):
    """One that looks for its partner. `home` is where it would stand after, None for nowhere."""

    ref: ResolvedRef
    id: str
    home: ResolvedRef | tuple[str, str] | None
    was: tuple[str, ...]
    title: str
    parts: frozenset[str]
    number: int


def partners(before: list[Item], after: list[Item]) -> dict[ResolvedRef, ResolvedRef]:
    """Each of the steps finds partners for what the steps before it left over."""
    found: dict[ResolvedRef, ResolvedRef] = {}
    for step in (
        _by_id,
        _by_move,
        _by_title,
        _by_parts,
        _by_likeness,
        _by_title_elsewhere,
    ):
        taken = set(found.values())
        old = [item for item in before if item.ref not in found]
        new = [item for item in after if item.ref not in taken]
        if old and new:
            _pair(step(old, new), found, taken)
    return found


def _pair(
    pairs: Iterable[tuple[Item, Item]],
    found: dict[ResolvedRef, ResolvedRef],
    taken: set[ResolvedRef],
) -> None:
    for one, other in pairs:
        if one.ref not in found and other.ref not in taken:
            found[one.ref] = other.ref
            taken.add(other.ref)


_Step = Iterator[tuple[Item, Item]]


def _indexed(items: Iterable[Item], keys: Callable[[Item], Iterable[object]]) -> _Index:
    index: dict[object, list[Item]] = {}
    for item in items:
        for key in keys(item):
            index.setdefault(key, []).append(item)
    return index


_Index = Mapping[object, list[Item]]


def _by_id(before: list[Item], after: list[Item]) -> _Step:
    index = _indexed(after, lambda item: [(item.home, item.id)])
    return ((o, n) for o in before for n in index.get((o.home, o.id), ()))


def _by_move(before: list[Item], after: list[Item]) -> _Step:
    """A former id, or the same one in another place; the own place first, then the own cycle."""
    index = _indexed(after, lambda item: [item.id, *item.was])
    for item in before:
        others = index.get(item.id, [])
        if len(others) > _MOST_NAMESAKES:
            others = [other for other in others if _is_sure(item, other)]
        fitting = [other for other in others if _is_alike(item, other)]
        yield from ((item, other) for other in sorted(fitting, key=lambda o: _distance(item, o)))


def _far(before: Item, after: Item) -> bool:
    return before.ref.cycle != after.ref.cycle


def _distance(before: Item, after: Item) -> tuple[bool, bool]:
    return before.home != after.home, _far(before, after)


def _is_alike(before: Item, after: Item) -> bool:
    """Whether two with one id are the same thing, and not two that happen to be called so."""
    if _is_sure(before, after) or before.parts & after.parts:
        return True
    return _likeness(before.title, after.title) >= _ALIKE


def _is_sure(before: Item, after: Item) -> bool:
    return before.id in after.was or before.title == after.title


def _likeness(before: str, after: str) -> float:
    if before == after:
        return 1.0
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return 0.0 if matcher.quick_ratio() < _ALIKE else matcher.ratio()


def _by_title(before: list[Item], after: list[Item]) -> _Step:
    """Another id without `was:`, the same title in the same place."""
    index = _indexed(after, lambda item: [(item.home, item.title)])
    return ((o, n) for o in before for n in index.get((o.home, o.title), ()))


def _by_parts(before: list[Item], after: list[Item]) -> _Step:
    """Another id without `was:`, the same key results in the same place."""
    index = _indexed(after, lambda item: [(item.home, item.parts)])
    # One id alone, such as `nps`, may be anybody's.
    whole = (item for item in before if len(item.parts) > 1)
    return ((o, n) for o in whole for n in index.get((o.home, o.parts), ()))


def _by_likeness(before: list[Item], after: list[Item]) -> _Step:
    """Another id without `was:`, nearly the same title; the likest pair first.

    What has the same number needs less likeness: who rewrites a line does so in its place.
    """
    homes = _indexed(after, lambda item: [item.home])
    for home, old in _indexed(before, lambda item: [item.home]).items():
        if home is None:
            continue
        pairs = _worth_comparing(old, homes.get(home, []))
        rated = [(_likeness(o.title, n.title), o, n) for o, n in pairs]
        for least in (_NEARLY_SAME, _ALIKE):
            good = [each for each in rated if each[0] >= least]
            if least is _ALIKE:
                good = [each for each in good if each[1].number == each[2].number]
            yield from ((o, n) for _, o, n in sorted(good, key=lambda each: -each[0]))


def _worth_comparing(old: list[Item], new: list[Item]) -> list[tuple[Item, Item]]:
    """All pairs; of too many those whose titles share at least half their words, the most first."""
    if len(old) * len(new) <= _MOST_COMPARED:
        return [*product(old, new)]
    if len(old) * len(new) > _MOST_PAIRS:
        return []
    words = [[(item, frozenset(item.title.split())) for item in side] for side in (old, new)]
    rated = [
        (2 * len(one & other) / max(1, len(one) + len(other)), o, n)
        for (o, one), (n, other) in product(*words)
    ]
    alike = sorted((each for each in rated if each[0] >= _SHARED), key=lambda each: -each[0])
    return [(o, n) for _, o, n in alike[:_MOST_COMPARED]]


def _by_title_elsewhere(before: list[Item], after: list[Item]) -> _Step:
    """Another id in another place of the same cycle, and the title that nothing else has."""
    index = _indexed(after, lambda item: [item.title])
    for item in before:
        others = [other for other in index.get(item.title, ()) if not _far(item, other)]
        if len(others) == 1:
            yield item, others[0]
