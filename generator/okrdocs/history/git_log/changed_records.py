"""Which objectives and key results of a step's files differ, so that they are compared.

Where nothing has another id, only what differs itself is picked. Where ids do differ, or where
what differs refers to something else, more of it is: partners are looked for, titles are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from okrdocs.format.fields import fields_of
from okrdocs.format.records import (
    CheckIn,
    CycleDocument,
    KeyResult,
    Objective,
    Reference,
    TeamDocument,
)
from okrdocs.format.reference import is_reference_like, parse_reference
from okrdocs.history.git_log.fast_replace import grafted
from okrdocs.problem import Span

Picks = dict[int, dict[int, KeyResult] | None]
"""Objectives of a file by position, of each some key results by position; None: all of them."""

State = tuple[str, Any, Any]
"""The path of a file, and what it says before and after; None where it isn't there."""

_NOWHERE = Span("", 1, 1, 1, 1)
_GOALPOSTS = attrgetter(
    *("measure", "baseline", "target", "change", "floor", "ceiling", "levels", "grade")
)


class Picked(NamedTuple):
    """What is picked of each file before and after, and what that names, each with the file.

    `matters`: measures do, since a target or a baseline moved, or a grade was given by hand.
    """

    before: dict[str, Picks]
    after: dict[str, Picks]
    matters: bool
    named: list[tuple[str, Reference]]


class _Differing(NamedTuple):
    """The same of one file."""

    before: Picks
    after: Picks
    matters: bool
    named: list[Reference]


def picked(states: Iterable[State], *, in_place: bool) -> Picked:
    """What differs in some files. `in_place`: nothing in them has another id."""
    if in_place:
        found = _picked(states, narrow=True)
        if not found.named:
            return found
    return _picked(states, narrow=False)


def _picked(states: Iterable[State], *, narrow: bool) -> Picked:
    """`narrow`: only what differs itself; what it names is then only named where that's news."""
    every = Picked({}, {}, False, [])
    for path, old, new in states:
        if isinstance(old, TeamDocument) or isinstance(new, TeamDocument):
            found = _differing(old, new, narrow=narrow)
            every.before[path], every.after[path] = found.before, found.after
            every = every._replace(matters=every.matters or found.matters)
            every.named.extend((path, each) for each in found.named)
        elif isinstance(new, CycleDocument) and new.review:
            every.named.extend((path, each.ref) for each in new.review.decisions)
    return every


def has_same_ids(old: Any, new: Any) -> bool:
    """Whether two documents of a team hold the same objectives and key results, in one order."""
    if not isinstance(old, TeamDocument) or not isinstance(new, TeamDocument):
        return False
    olds, news = old.objectives, new.objectives
    return len(olds) == len(news) and all(
        one is other or (one.id == other.id and _ids(one.key_results) == _ids(other.key_results))
        for one, other in zip(olds, news, strict=True)
    )


def unique(records: Iterable[Any]) -> list[Any]:
    """Records whose id stands for the first time, as `resolve` takes them."""
    seen: dict[str, Any] = {}
    for record in records:
        seen.setdefault(record.id, record)
    return list(seen.values())


def moved(old: KeyResult, new: KeyResult) -> bool:
    """Whether anything differs of which a sentence says more with the measure known."""
    return bool(_GOALPOSTS(old) != _GOALPOSTS(new))


def _ids(records: Iterable[Any]) -> list[str]:
    return [each.id for each in records]


# ------------------------------------------------------------------- in one file


def _differing(old: TeamDocument | None, new: TeamDocument | None, *, narrow: bool) -> _Differing:
    """What differs in one file; all of it where objectives came, went or changed places."""
    olds, news = unique(old.objectives if old else ()), unique(new.objectives if new else ())
    if _ids(olds) != _ids(news):
        every = [kr for each in (*olds, *news) for kr in (each, *each.key_results)]
        named = [ref for record in every for ref in _references(record)]
        whole = dict.fromkeys(range(len(olds))), dict.fromkeys(range(len(news)))
        return _Differing(*whole, matters=True, named=named)
    found = _Differing({}, {}, False, _rolled_over(old, new) if narrow else [])
    for place, (one, other) in enumerate(zip(olds, news, strict=True)):
        if one is not other and one != other:
            found = _in_objective(place, one, other, found, narrow=narrow)
    return found


def _rolled_over(*documents: TeamDocument | None) -> list[Reference]:
    """What retrospectives that differ refer to."""
    found = [each.retrospective for each in documents if each is not None]
    if all(each == found[0] for each in found):
        return []
    return [each.ref for one in found if one is not None for each in one.roll_over if each.ref]


def _in_objective(
    place: int, old: Objective, new: Objective, found: _Differing, *, narrow: bool
) -> _Differing:
    """With an objective that differs itself all of its key results, but for `narrow`.

    A grade by hand is told beside the one of the formula, which needs them all.
    """
    own = _differ(old, new, "key_results")
    olds, news = unique(old.key_results), unique(new.key_results)
    regraded = old.grade != new.grade
    if regraded or (not narrow and (own or _ids(olds) != _ids(news))):
        named = [ref for each in (old, new, *olds, *news) for ref in _references(each)]
        before, after = {**found.before, place: None}, {**found.after, place: None}
        matters = found.matters or not own or regraded or any(map(moved, olds, news))
        return _Differing(before, after, matters, [*found.named, *named])
    inner = _in_key_results(olds, news, narrow=narrow)
    before = {**found.before, place: inner.before}
    after = {**found.after, place: inner.after}
    named = [*found.named, *(_newly_named(old, new) if own else ()), *inner.named]
    return _Differing(before, after, found.matters or inner.matters, named)


class _Inner(NamedTuple):
    """What differs below one objective."""

    before: dict[int, KeyResult]
    after: dict[int, KeyResult]
    matters: bool
    named: list[Reference]


def _in_key_results(olds: list[KeyResult], news: list[KeyResult], *, narrow: bool) -> _Inner:
    before, after, named, matters = {}, {}, [], False
    for number, (one, other) in enumerate(zip(olds, news, strict=True)):
        if one is other or one == other:
            continue
        if _differ(one, other, "check_ins"):
            matters |= moved(one, other)
            named += _newly_named(one, other) if narrow else _both_named(one, other)
            before[number], after[number] = one, other
        else:
            before[number], after[number] = _shortened(one, other)
    return _Inner(before, after, matters, named)


def _differ(old: Any, new: Any, but: str) -> bool:
    """Whether two records differ in anything but one field."""
    said = _all_but(type(old), but)
    return bool(said(old) != said(new))


def _all_but(record: type[Any], field: str) -> attrgetter[tuple[Any, ...]]:
    if record not in _GETTERS:
        names = (each.attribute for each in fields_of(record).values())
        _GETTERS[record] = attrgetter(*(name for name in names if name != field))
    return _GETTERS[record]


_GETTERS: dict[type[Any], attrgetter[tuple[Any, ...]]] = {}


def _shortened(old: KeyResult, new: KeyResult) -> tuple[KeyResult, KeyResult]:
    """Two key results without the check-ins at both ends of the list that are the same.

    Those stay that a sentence counts from: the last value before a check-in that came or went.
    """
    olds, news = old.check_ins, new.check_ins
    days = [{each.date for each in side} for side in (olds, news)]
    if len(days[0]) < len(olds) or len(days[1]) < len(news):
        return old, new
    both = days[0] & days[1]
    orders = [[each.date for each in side if each.date in both] for side in (olds, news)]
    if orders[0] != orders[1]:  # a new order is told with the whole lists
        return old, new
    most = min(len(olds), len(news))
    head = next((n for n in range(most) if olds[n] != news[n]), most)
    tail = next((n for n in range(most - head) if olds[-1 - n] != news[-1 - n]), most - head)
    middle = [side[head : len(side) - tail] for side in (olds, news)]
    common = [*olds[:head], *olds[len(olds) - tail :]]
    lone = [each for side in middle for each in side if each.date not in both]
    base = {_last_before(each, side) for each in lone for side in (olds, news)}
    kept = {each.date for side in middle for each in side} | {day for day in base if day}
    if kept.issuperset(each.date for each in common):
        return old, new
    cut = ([each for each in side if each.date in kept] for side in (olds, news))
    one, other = (tuple(side) for side in cut)
    return grafted(old, "check_ins", one), grafted(new, "check_ins", other)


def _last_before(check_in: CheckIn, others: Iterable[CheckIn]) -> date | None:
    days = (each.date for each in others if each.date < check_in.date and each.value)
    return max(days, default=None)


# ------------------------------------------------------------------- what sentences refer to


def _newly_named(old: Objective | KeyResult, new: Objective | KeyResult) -> list[Reference]:
    """What two records refer to, unless it is the same: then no sentence tells of it."""
    texts = ([each.text for each in _references(record)] for record in (old, new))
    if old.dependencies == new.dependencies and next(texts) == next(texts):
        return []
    return _both_named(old, new)


def _both_named(old: Objective | KeyResult, new: Objective | KeyResult) -> list[Reference]:
    return [*_references(old), *_references(new)]


def _references(record: Objective | KeyResult) -> Iterator[Reference]:
    if isinstance(record, Objective):
        yield from record.ladders_up_to
    if record.carried_over_from is not None:
        yield record.carried_over_from
    for dependency in record.dependencies:
        for text in dependency.needs:
            found = parse_reference(text, _NOWHERE) if is_reference_like(text) else None
            if found is not None:
                yield found
