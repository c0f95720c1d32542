"""Compares two states of a record field by field, as the format declares them.

Nothing here knows a single field by name, so a field that is declared tomorrow is compared, too.
Objectives and key results have partners of their own (`pairs`) and are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple

from okrdocs.diff.list_matching import is_reordered, pair_items
from okrdocs.diff.normal_form import (
    ReferenceScopes,
    attributes_with_references,
    is_same_value,
    record_normal_form,
)
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


class EditKind(StrEnum):
    """What happened to the value of a field, or to one item of it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENAMED = "renamed"
    REORDERED = "reordered"


class EditStep(NamedTuple):
    """One step down from a record: through which field, into which item. `key` is "" in lists."""

    record: type[Any]
    field: Field
    key: str
    before: Any
    after: Any


class FieldEdit(NamedTuple):
    """One field, or one item of a field, that differs.

    `trail` leads from the outermost record to the one that holds the field; `holders` are that
    record's two states. For an item that is new or gone the other side is None; `key` is its key
    in a mapping. For a new order `before` and `after` are the whole lists.
    """

    op: EditKind
    trail: tuple[EditStep, ...]
    field: Field
    holders: tuple[Any, Any]
    before: Any
    after: Any
    key: str = ""

    @property
    def record(self) -> type[Any]:
        """Return the class of the record that holds the field."""
        return type(self.holders[1])

    @property
    def path(self) -> str:
        """Return the keys that lead to the field: `check_ins.value`."""
        return ".".join([*(step.field.key for step in self.trail), self.field.key])


_WITH_OWN_PARTNERS = (Objective, KeyResult)


class _ComparedFields(NamedTuple):
    """The fields of a record that are compared; `values` reads them all at once.

    Of each field: whether it may hold references, and whether it holds records: what differs is
    then found in those.
    """

    fields: tuple[tuple[Field, bool, bool], ...]
    values: Callable[[Any], tuple[Any, ...]]


_COMPARED_FIELDS: dict[type[Any], _ComparedFields] = {}


def _compared_fields(record: type[Any]) -> _ComparedFields:
    if record not in _COMPARED_FIELDS:
        fields = tuple(
            (
                field,
                field.attribute in attributes_with_references(record),
                _is_field_of_records(field.kind),
            )
            for field in _fields_to_compare(record)
        )
        _COMPARED_FIELDS[record] = _ComparedFields(
            fields, _values_getter([field.attribute for field, _, _ in fields])
        )
    return _COMPARED_FIELDS[record]


def _values_getter(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


def _is_field_of_records(kind: FieldKind) -> bool:
    return isinstance(kind, RecordField) or (
        isinstance(kind, ListField) and isinstance(kind.of, RecordField)
    )


def _fields_to_compare(record: type[Any]) -> Iterator[Field]:
    """Yield the fields of a record but those whose items have partners of their own."""
    for field in fields_of(record).values():
        match field.kind:
            case ListField(of=RecordField(record=inner)) if inner in _WITH_OWN_PARTNERS:
                continue
            case _:
                yield field


def is_same_record(before: Any, after: Any) -> bool:
    """Return whether all fields are equal, where references mean the same on both sides."""
    values = _compared_fields(type(after)).values
    return before is after or bool(values(before) == values(after))


def field_edits(
    before: Any, after: Any, scopes: ReferenceScopes, trail: tuple[EditStep, ...] = ()
) -> Iterator[FieldEdit]:
    """Yield an edit for every field that differs, in the order of the declaration.

    `trail` leads from the outermost record to these two.
    """
    shape, is_level = _compared_fields(type(after)), scopes.is_same_scope
    values = shape.values(before), shape.values(after)
    if is_level and values[0] == values[1]:
        return
    for (field, refers, is_open), old, new in zip(shape.fields, *values, strict=True):
        if (old is new or old == new) and (is_level or not refers or not old):
            continue
        if is_open or not is_same_value(field, old, new, scopes, refers=refers):
            yield from _edits_of_field(
                FieldEdit(EditKind.CHANGED, trail, field, (before, after), old, new), scopes
            )


def _edits_of_field(edit: FieldEdit, scopes: ReferenceScopes) -> Iterator[FieldEdit]:
    old, new = edit.before, edit.after
    match edit.field.kind:
        case RecordField():
            yield from _edits_of_record(edit, scopes)
        case ListField(of=RecordField()):
            yield from _edits_of_list(edit, scopes)
        case ListOrNameField() if isinstance(old, tuple) and isinstance(new, tuple):
            yield from _edits_of_list(edit, scopes)
        case MappingField():
            yield from _edits_of_mapping(edit, scopes)
        case _:
            yield edit


def _edits_of_record(
    edit: FieldEdit, scopes: ReferenceScopes, key: str = ""
) -> Iterator[FieldEdit]:
    old, new = edit.before, edit.after
    if old is None or new is None:
        yield edit._replace(op=EditKind.ADDED if old is None else EditKind.REMOVED, key=key)
        return
    step = EditStep(edit.record, edit.field, key, old, new)
    yield from field_edits(old, new, scopes, (*edit.trail, step))


def _edits_of_list(edit: FieldEdit, scopes: ReferenceScopes, key: str = "") -> Iterator[FieldEdit]:
    pairs = pair_items(edit.before, edit.after, scopes)
    for i, j in pairs:
        old = None if i is None else edit.before[i]
        new = None if j is None else edit.after[j]
        if (
            old is not None
            and (old is new or old == new)
            and _is_comparison_by_equality_enough(old, scopes)
        ):
            continue
        yield from _edits_of_record(edit._replace(before=old, after=new), scopes, key)
    if is_reordered(pairs):
        yield edit._replace(op=EditKind.REORDERED, key=key)


def _is_comparison_by_equality_enough(record: Any, scopes: ReferenceScopes) -> bool:
    """Return whether records that are equal to this one surely mean the same."""
    return scopes.is_same_scope or not attributes_with_references(type(record))


def _edits_of_mapping(edit: FieldEdit, scopes: ReferenceScopes) -> Iterator[FieldEdit]:
    old, new = edit.before, edit.after
    renamed = dict(_renamed_keys(old, new, scopes))
    for key in (*new, *(key for key in old if key not in new and key not in renamed.values())):
        if key in renamed:
            value = (renamed[key], key)
            yield edit._replace(op=EditKind.RENAMED, before=value[0], after=value[1], key=key)
            continue
        one = edit._replace(before=old.get(key), after=new.get(key))
        if isinstance(one.before, tuple) and isinstance(one.after, tuple):
            yield from _edits_of_list(one, scopes, key)
        else:
            yield from _edits_of_record(one, scopes, key)
    if _is_in_other_order(list(old), list(new)):
        yield edit._replace(op=EditKind.REORDERED)


def _is_in_other_order(old: Sequence[str], new: Sequence[str]) -> bool:
    return [key for key in old if key in new] != [key for key in new if key in old]


def _renamed_keys(
    old: Mapping[str, Any], new: Mapping[str, Any], scopes: ReferenceScopes
) -> Iterator[tuple[str, str]]:
    """Yield (new key, old key) of items that say the same under another key."""
    waiting = {
        _normal_form_on_side(old[key], scopes, 0): key for key in [*old][::-1] if key not in new
    }
    for key in new:
        if key not in old:
            former = waiting.pop(_normal_form_on_side(new[key], scopes, 1), None)
            if former is not None:
                yield key, former


def _normal_form_on_side(value: Any, scopes: ReferenceScopes, side: int) -> Any:
    scope = scopes[side]
    if isinstance(value, tuple):
        return tuple(record_normal_form(item, scope) for item in value)
    return record_normal_form(value, scope)
