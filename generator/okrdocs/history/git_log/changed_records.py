"""Selects the objectives and key results that differ in a step, so that only these are compared.

Where no id changed, only what differs is selected. Where ids changed, or where what differs refers
to something else, more is needed: to find partners, and to name things by their titles.
"""

from __future__ import annotations

from collections.abc import Iterable
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
from okrdocs.history.git_log.fast_replace import replace_field
from okrdocs.history.git_log.record_references import (
    references_if_changed,
    references_in,
    references_of_both_states,
)

RecordSelection = dict[int, dict[int, KeyResult] | None]
"""Objectives of a file by position, of each some key results by position; None: all of them."""

FileStates = tuple[str, Any, Any]
"""The path of a file, and what it says before and after; None where it isn't there."""

_MEASURE_OF = attrgetter(
    *("measure", "baseline", "target", "change", "floor", "ceiling", "levels", "grade")
)


class ChangedRecords(NamedTuple):
    """What is selected of each file before and after, and the references in it, each with its file.

    `matters`: measures are needed, since a target or baseline changed or a grade was given by hand.
    """

    before: dict[str, RecordSelection]
    after: dict[str, RecordSelection]
    matters: bool
    named: list[tuple[str, Reference]]


class _FileChanges(NamedTuple):
    """The selection of one file, as in `ChangedRecords`."""

    before: RecordSelection
    after: RecordSelection
    matters: bool
    named: list[Reference]


def changed_records(states: Iterable[FileStates], *, in_place: bool) -> ChangedRecords:
    """Select what differs in some files. `in_place`: no id in them changed."""
    if in_place:
        selected = _select_changed(states, narrow=True)
        if not selected.named:
            return selected
    return _select_changed(states, narrow=False)


def _select_changed(states: Iterable[FileStates], *, narrow: bool) -> ChangedRecords:
    """Select with `narrow` only what differs, and references only where they changed."""
    total = ChangedRecords({}, {}, False, [])
    for path, old, new in states:
        if isinstance(old, TeamDocument) or isinstance(new, TeamDocument):
            file_changes = _changes_in_file(old, new, narrow=narrow)
            total.before[path], total.after[path] = file_changes.before, file_changes.after
            total = total._replace(matters=total.matters or file_changes.matters)
            total.named.extend((path, reference) for reference in file_changes.named)
        elif isinstance(new, CycleDocument) and new.review:
            total.named.extend((path, decision.ref) for decision in new.review.decisions)
    return total


def has_same_ids(old: Any, new: Any) -> bool:
    """Return whether two team documents hold the same objectives and key results in one order."""
    if not isinstance(old, TeamDocument) or not isinstance(new, TeamDocument):
        return False
    olds, news = old.objectives, new.objectives
    return len(olds) == len(news) and all(
        one is other
        or (one.id == other.id and _ids_of(one.key_results) == _ids_of(other.key_results))
        for one, other in zip(olds, news, strict=True)
    )


def without_repeated_ids(records: Iterable[Any]) -> list[Any]:
    """Return the first record of each id, as `resolve` does."""
    seen: dict[str, Any] = {}
    for record in records:
        seen.setdefault(record.id, record)
    return list(seen.values())


def has_other_measure(old: KeyResult, new: KeyResult) -> bool:
    """Return whether fields differ that a sentence can explain better when the measure is known."""
    return bool(_MEASURE_OF(old) != _MEASURE_OF(new))


def _ids_of(records: Iterable[Any]) -> list[str]:
    return [record.id for record in records]


# ------------------------------------------------------------------- in one file


def _changes_in_file(
    old: TeamDocument | None, new: TeamDocument | None, *, narrow: bool
) -> _FileChanges:
    """Select what differs in one file.

    All of it where objectives were added, removed or reordered.
    """
    olds, news = (
        without_repeated_ids(old.objectives if old else ()),
        without_repeated_ids(new.objectives if new else ()),
    )
    if _ids_of(olds) != _ids_of(news):
        every = [kr for objective in (*olds, *news) for kr in (objective, *objective.key_results)]
        named = [ref for record in every for ref in references_in(record)]
        whole = dict.fromkeys(range(len(olds))), dict.fromkeys(range(len(news)))
        return _FileChanges(*whole, matters=True, named=named)
    total = _FileChanges({}, {}, False, _roll_over_references(old, new) if narrow else [])
    for place, (one, other) in enumerate(zip(olds, news, strict=True)):
        if one is not other and one != other:
            total = _add_objective_changes(place, one, other, total, narrow=narrow)
    return total


def _roll_over_references(*documents: TeamDocument | None) -> list[Reference]:
    """Return what the retrospectives refer to, where they differ."""
    retrospectives = [document.retrospective for document in documents if document is not None]
    if all(retrospective == retrospectives[0] for retrospective in retrospectives):
        return []
    return [
        item.ref for one in retrospectives if one is not None for item in one.roll_over if item.ref
    ]


def _add_objective_changes(
    place: int, old: Objective, new: Objective, total: _FileChanges, *, narrow: bool
) -> _FileChanges:
    """Add what differs in one objective to the selection.

    An objective that differs itself brings all of its key results, unless `narrow`; one with a new
    manual grade always, as the formula's grade needs all of them.
    """
    is_changed_itself = _differs_in_other_fields(old, new, "key_results")
    olds, news = without_repeated_ids(old.key_results), without_repeated_ids(new.key_results)
    regraded = old.grade != new.grade
    if regraded or (not narrow and (is_changed_itself or _ids_of(olds) != _ids_of(news))):
        named = [ref for record in (old, new, *olds, *news) for ref in references_in(record)]
        before, after = {**total.before, place: None}, {**total.after, place: None}
        matters = (
            total.matters
            or not is_changed_itself
            or regraded
            or any(map(has_other_measure, olds, news))
        )
        return _FileChanges(before, after, matters, [*total.named, *named])
    inner = _changes_in_key_results(olds, news, narrow=narrow)
    before = {**total.before, place: inner.before}
    after = {**total.after, place: inner.after}
    named = [
        *total.named,
        *(references_if_changed(old, new) if is_changed_itself else ()),
        *inner.named,
    ]
    return _FileChanges(before, after, total.matters or inner.matters, named)


class _KeyResultChanges(NamedTuple):
    """The key results that differ below one objective, by position."""

    before: dict[int, KeyResult]
    after: dict[int, KeyResult]
    matters: bool
    named: list[Reference]


def _changes_in_key_results(
    olds: list[KeyResult], news: list[KeyResult], *, narrow: bool
) -> _KeyResultChanges:
    before, after, named, matters = {}, {}, [], False
    for number, (one, other) in enumerate(zip(olds, news, strict=True)):
        if one is other or one == other:
            continue
        if _differs_in_other_fields(one, other, "check_ins"):
            matters |= has_other_measure(one, other)
            named += (
                references_if_changed(one, other)
                if narrow
                else references_of_both_states(one, other)
            )
            before[number], after[number] = one, other
        else:
            before[number], after[number] = _without_common_check_ins(one, other)
    return _KeyResultChanges(before, after, matters, named)


def _differs_in_other_fields(old: Any, new: Any, but: str) -> bool:
    """Return whether two records differ in anything but one field."""
    values_of = _getter_of_other_fields(type(old), but)
    return bool(values_of(old) != values_of(new))


def _getter_of_other_fields(record: type[Any], field: str) -> attrgetter[tuple[Any, ...]]:
    if record not in _GETTERS:
        names = (field_.attribute for field_ in fields_of(record).values())
        _GETTERS[record] = attrgetter(*(name for name in names if name != field))
    return _GETTERS[record]


_GETTERS: dict[type[Any], attrgetter[tuple[Any, ...]]] = {}


def _without_common_check_ins(old: KeyResult, new: KeyResult) -> tuple[KeyResult, KeyResult]:
    """Return two key results without the equal check-ins at both ends of their lists.

    Keeps the last value before a check-in that was added or removed: sentences count from it.
    """
    olds, news = old.check_ins, new.check_ins
    days = [{check_in.date for check_in in side} for side in (olds, news)]
    if len(days[0]) < len(olds) or len(days[1]) < len(news):
        return old, new
    both = days[0] & days[1]
    orders = [
        [check_in.date for check_in in side if check_in.date in both] for side in (olds, news)
    ]
    if orders[0] != orders[1]:  # a sentence about a new order needs the whole lists
        return old, new
    most = min(len(olds), len(news))
    head = next((n for n in range(most) if olds[n] != news[n]), most)
    tail = next((n for n in range(most - head) if olds[-1 - n] != news[-1 - n]), most - head)
    middle = [side[head : len(side) - tail] for side in (olds, news)]
    common = [*olds[:head], *olds[len(olds) - tail :]]
    lone = [check_in for side in middle for check_in in side if check_in.date not in both]
    base = {_day_of_last_value_before(check_in, side) for check_in in lone for side in (olds, news)}
    kept = {check_in.date for side in middle for check_in in side} | {day for day in base if day}
    if kept.issuperset(check_in.date for check_in in common):
        return old, new
    cut = ([check_in for check_in in side if check_in.date in kept] for side in (olds, news))
    one, other = (tuple(side) for side in cut)
    return replace_field(old, "check_ins", one), replace_field(new, "check_ins", other)


def _day_of_last_value_before(check_in: CheckIn, others: Iterable[CheckIn]) -> date | None:
    days = (other.date for other in others if other.date < check_in.date and other.value)
    return max(days, default=None)
