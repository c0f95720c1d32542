"""Two states of a record, field by field, as the format declares them.

Nothing here knows a single field by name, so a field that is declared tomorrow is compared, too.
Objectives and key results have partners of their own (`match`) and are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple

from okrdocs.diff.list_matching import paired, reordered
from okrdocs.diff.normal_form import Sight, content, referring, same
from okrdocs.format.fields import (
    Field,
    FieldKind,
    ListField,
    ListOrNameField,
    MappingField,
    RecordField,
    fields_of,
)
from okrdocs.format.records import KeyResult, Objective


class Op(StrEnum):
    """What happened to the value of a field, or to one item of it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENAMED = "renamed"
    REORDERED = "reordered"


class Step(NamedTuple):
    """One way down from a record: through which field, into which item. `key` is "" in lists."""

    record: type[Any]
    field: Field
    key: str
    before: Any
    after: Any


class Edit(NamedTuple):
    """One field, or one item of a field, that differs.

    `trail` leads from the outermost record to the one that holds the field; `holders` are that
    record's two states. For an item that is new or gone the other side is None; `key` is its key
    in a mapping. For a new order `before` and `after` are the whole lists.
    """

    op: Op
    trail: tuple[Step, ...]
    field: Field
    holders: tuple[Any, Any]
    before: Any
    after: Any
    key: str = ""

    @property
    def record(self) -> type[Any]:
        """The class of the record that holds the field."""
        return type(self.holders[1])

    @property
    def path(self) -> str:
        """The keys that lead to the field: `check_ins.value`."""
        return ".".join([*(step.field.key for step in self.trail), self.field.key])


_PLACED = (Objective, KeyResult)


class _Shape(NamedTuple):
    """The fields of a record that are compared; `values` reads them all at once.

    Of each field: whether it may hold references, and whether it holds records: what differs is
    then found in those.
    """

    fields: tuple[tuple[Field, bool, bool], ...]
    values: Callable[[Any], tuple[Any, ...]]


_SHAPES: dict[type[Any], _Shape] = {}


def _shape(record: type[Any]) -> _Shape:
    if record not in _SHAPES:
        fields = tuple(
            (field, field.attribute in referring(record), _holds_records(field.kind))
            for field in _compared(record)
        )
        _SHAPES[record] = _Shape(fields, _values([field.attribute for field, _, _ in fields]))
    return _SHAPES[record]


def _values(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


def _holds_records(kind: FieldKind) -> bool:
    return isinstance(kind, RecordField) or (
        isinstance(kind, ListField) and isinstance(kind.of, RecordField)
    )


def _compared(record: type[Any]) -> Iterator[Field]:
    """The fields of a record but those whose items have partners of their own."""
    for field in fields_of(record).values():
        match field.kind:
            case ListField(of=RecordField(record=inner)) if inner in _PLACED:
                continue
            case _:
                yield field


def says_the_same(before: Any, after: Any) -> bool:
    """Whether nothing differs where references mean the same on both sides; looks at no item."""
    values = _shape(type(after)).values
    return before is after or bool(values(before) == values(after))


def edits(before: Any, after: Any, sight: Sight, trail: tuple[Step, ...] = ()) -> Iterator[Edit]:
    """Every field that differs, in the order of the declaration."""
    shape, is_level = _shape(type(after)), sight.is_level
    values = shape.values(before), shape.values(after)
    if is_level and values[0] == values[1]:
        return
    for (field, refers, is_open), old, new in zip(shape.fields, *values, strict=True):
        if (old is new or old == new) and (is_level or not refers or not old):
            continue
        if is_open or not same(field, old, new, sight, refers=refers):
            yield from _edits(Edit(Op.CHANGED, trail, field, (before, after), old, new), sight)


def _edits(edit: Edit, sight: Sight) -> Iterator[Edit]:
    old, new = edit.before, edit.after
    match edit.field.kind:
        case RecordField():
            yield from _one(edit, sight)
        case ListField(of=RecordField()):
            yield from _listed(edit, sight)
        case ListOrNameField() if isinstance(old, tuple) and isinstance(new, tuple):
            yield from _listed(edit, sight)
        case MappingField():
            yield from _named(edit, sight)
        case _:
            yield edit


def _one(edit: Edit, sight: Sight, key: str = "") -> Iterator[Edit]:
    old, new = edit.before, edit.after
    if old is None or new is None:
        yield edit._replace(op=Op.ADDED if old is None else Op.REMOVED, key=key)
        return
    step = Step(edit.record, edit.field, key, old, new)
    yield from edits(old, new, sight, (*edit.trail, step))


def _listed(edit: Edit, sight: Sight, key: str = "") -> Iterator[Edit]:
    pairs = paired(edit.before, edit.after, sight)
    for i, j in pairs:
        old = None if i is None else edit.before[i]
        new = None if j is None else edit.after[j]
        if old is not None and (old is new or old == new) and _says_all(old, sight):
            continue
        yield from _one(edit._replace(before=old, after=new), sight, key)
    if reordered(pairs):
        yield edit._replace(op=Op.REORDERED, key=key)


def _says_all(record: Any, sight: Sight) -> bool:
    """Whether records that are equal to this one surely say the same."""
    return sight.is_level or not referring(type(record))


def _named(edit: Edit, sight: Sight) -> Iterator[Edit]:
    old, new = edit.before, edit.after
    renamed = dict(_renamed(old, new, sight))
    for key in (*new, *(key for key in old if key not in new and key not in renamed.values())):
        if key in renamed:
            value = (renamed[key], key)
            yield edit._replace(op=Op.RENAMED, before=value[0], after=value[1], key=key)
            continue
        one = edit._replace(before=old.get(key), after=new.get(key))
        if isinstance(one.before, tuple) and isinstance(one.after, tuple):
            yield from _listed(one, sight, key)
        else:
            yield from _one(one, sight, key)
    if _in_another_order(list(old), list(new)):
        yield edit._replace(op=Op.REORDERED)


def _in_another_order(old: Sequence[str], new: Sequence[str]) -> bool:
    return [key for key in old if key in new] != [key for key in new if key in old]


def _renamed(
    old: Mapping[str, Any], new: Mapping[str, Any], sight: Sight
) -> Iterator[tuple[str, str]]:
    """(new key, old key) of those that say the same under another key."""
    waiting = {_said(old[key], sight, 0): key for key in [*old][::-1] if key not in new}
    for key in new:
        if key not in old:
            former = waiting.pop(_said(new[key], sight, 1), None)
            if former is not None:
                yield key, former


def _said(value: Any, sight: Sight, side: int) -> Any:
    place = sight[side]
    if isinstance(value, tuple):
        return tuple(content(each, place) for each in value)
    return content(value, place)
