"""Finds which objective or key result before is which after.

Ids come first; where one changed, `was:`, then a move, then nearly the same title. Everything is
looked up by key, and titles are compared only among what is left over, so that a rename of
everything in a large company stays affordable. `pairs` uses it and pairs the cycles and teams.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from okrdocs.workspace.workspace import ResolvedRef

_SIMILAR = 0.6
_VERY_SIMILAR = 0.75
_SHARED_WORDS = 0.5
_MOST_COMPARED = 400
"""Pairs of titles in one place; of more only those are compared that share the most words."""

_MOST_PAIRS = 250_000
"""Pairs in one place; above it only equal titles are found."""

_MOST_NAMESAKES = 20
"""Of so many with one id elsewhere the titles are compared; of more only equal ones count."""


class MatchCandidate(NamedTuple):
    """An objective or key result to be paired. `home` is where it would stand after, or None.

    `parts` are the ids of its key results, `title` is in lower case.
    """

    ref: ResolvedRef
    id: str
    home: ResolvedRef | tuple[str, str] | None
    was: tuple[str, ...]
    title: str
    parts: frozenset[str]
    number: int


def find_partners(
    before: list[MatchCandidate], after: list[MatchCandidate]
) -> dict[ResolvedRef, ResolvedRef]:
    """Return the reference after for each reference before that has a partner.

    Each of the ways finds partners for what the ways before it left over.
    """
    pairs: dict[ResolvedRef, ResolvedRef] = {}
    for step in (
        _pairs_by_id,
        _pairs_by_former_id,
        _pairs_by_title,
        _pairs_by_key_results,
        _pairs_by_similar_title,
        _pairs_by_title_elsewhere,
    ):
        taken = set(pairs.values())
        old = [item for item in before if item.ref not in pairs]
        new = [item for item in after if item.ref not in taken]
        if old and new:
            _add_pairs(step(old, new), pairs, taken)
    return pairs


def _add_pairs(
    pairs: Iterable[tuple[MatchCandidate, MatchCandidate]],
    result: dict[ResolvedRef, ResolvedRef],
    taken: set[ResolvedRef],
) -> None:
    for one, other in pairs:
        if one.ref not in result and other.ref not in taken:
            result[one.ref] = other.ref
            taken.add(other.ref)


_CandidatePairs = Iterator[tuple[MatchCandidate, MatchCandidate]]


def _candidates_by_key(
    items: Iterable[MatchCandidate], keys: Callable[[MatchCandidate], Iterable[object]]
) -> _Index:
    index: dict[object, list[MatchCandidate]] = {}
    for item in items:
        for key in keys(item):
            index.setdefault(key, []).append(item)
    return index


_Index = Mapping[object, list[MatchCandidate]]


def _pairs_by_id(before: list[MatchCandidate], after: list[MatchCandidate]) -> _CandidatePairs:
    index = _candidates_by_key(after, lambda item: [(item.home, item.id)])
    return ((o, n) for o in before for n in index.get((o.home, o.id), ()))


def _pairs_by_former_id(
    before: list[MatchCandidate], after: list[MatchCandidate]
) -> _CandidatePairs:
    """Yield pairs by a former id, or the same id elsewhere; the own place and cycle come first."""
    index = _candidates_by_key(after, lambda item: [item.id, *item.was])
    for item in before:
        others = index.get(item.id, [])
        if len(others) > _MOST_NAMESAKES:
            others = [other for other in others if _has_same_title_or_former_id(item, other)]
        fitting = [other for other in others if _is_same_record(item, other)]
        yield from (
            (item, other) for other in sorted(fitting, key=lambda o: _differences_of_place(item, o))
        )


def _is_in_other_cycle(before: MatchCandidate, after: MatchCandidate) -> bool:
    return before.ref.cycle != after.ref.cycle


def _differences_of_place(before: MatchCandidate, after: MatchCandidate) -> tuple[bool, bool]:
    return before.home != after.home, _is_in_other_cycle(before, after)


def _is_same_record(before: MatchCandidate, after: MatchCandidate) -> bool:
    """Return whether two with one id are the same thing, and don't merely share the id."""
    if _has_same_title_or_former_id(before, after) or before.parts & after.parts:
        return True
    return _title_similarity(before.title, after.title) >= _SIMILAR


def _has_same_title_or_former_id(before: MatchCandidate, after: MatchCandidate) -> bool:
    return before.id in after.was or before.title == after.title


def _title_similarity(before: str, after: str) -> float:
    if before == after:
        return 1.0
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return 0.0 if matcher.quick_ratio() < _SIMILAR else matcher.ratio()


def _pairs_by_title(before: list[MatchCandidate], after: list[MatchCandidate]) -> _CandidatePairs:
    """Return pairs with another id and no `was:`, but the same title in the same place."""
    index = _candidates_by_key(after, lambda item: [(item.home, item.title)])
    return ((o, n) for o in before for n in index.get((o.home, o.title), ()))


def _pairs_by_key_results(
    before: list[MatchCandidate], after: list[MatchCandidate]
) -> _CandidatePairs:
    """Return pairs with another id and no `was:`, but the same key results in the same place."""
    index = _candidates_by_key(after, lambda item: [(item.home, item.parts)])
    # One id alone, such as `nps`, may be anybody's.
    whole = (item for item in before if len(item.parts) > 1)
    return ((o, n) for o in whole for n in index.get((o.home, o.parts), ()))


def _pairs_by_similar_title(
    before: list[MatchCandidate], after: list[MatchCandidate]
) -> _CandidatePairs:
    """Yield pairs with another id and no `was:`, but a similar title; the most similar pair first.

    What has the same number needs less similarity: who rewrites a line does so in its place.
    """
    homes = _candidates_by_key(after, lambda item: [item.home])
    for home, old in _candidates_by_key(before, lambda item: [item.home]).items():
        if home is None:
            continue
        pairs = _pairs_to_compare(old, homes.get(home, []))
        rated = [(_title_similarity(o.title, n.title), o, n) for o, n in pairs]
        for least in (_VERY_SIMILAR, _SIMILAR):
            good = [pair for pair in rated if pair[0] >= least]
            if least is _SIMILAR:
                good = [pair for pair in good if pair[1].number == pair[2].number]
            yield from ((o, n) for _, o, n in sorted(good, key=lambda pair: -pair[0]))


def _pairs_to_compare(
    old: list[MatchCandidate], new: list[MatchCandidate]
) -> list[tuple[MatchCandidate, MatchCandidate]]:
    """Return all pairs; of too many, those whose titles share at least half their words."""
    if len(old) * len(new) <= _MOST_COMPARED:
        return [*product(old, new)]
    if len(old) * len(new) > _MOST_PAIRS:
        return []
    words = [[(item, frozenset(item.title.split())) for item in side] for side in (old, new)]
    rated = [
        (2 * len(one & other) / max(1, len(one) + len(other)), o, n)
        for (o, one), (n, other) in product(*words)
    ]
    alike = sorted((pair for pair in rated if pair[0] >= _SHARED_WORDS), key=lambda pair: -pair[0])
    return [(o, n) for _, o, n in alike[:_MOST_COMPARED]]


def _pairs_by_title_elsewhere(
    before: list[MatchCandidate], after: list[MatchCandidate]
) -> _CandidatePairs:
    """Yield pairs with another id elsewhere in the cycle, and a title that nothing else has."""
    index = _candidates_by_key(after, lambda item: [item.title])
    for item in before:
        others = [
            other for other in index.get(item.title, ()) if not _is_in_other_cycle(item, other)
        ]
        if len(others) == 1:
            yield item, others[0]
