"""Brings values of the format into a form that can be compared, without places and spellings.

A reference stands for what it means: its full form, under the name that its target has after the
change. So a target that was renamed everywhere doesn't look like a change of what points to it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any, NamedTuple

from okrdocs.format.fields import (
    AnyField,
    Field,
    FieldKind,
    ListField,
    ListOrNameField,
    MappingField,
    RecordField,
    RefField,
    fields_of,
)
from okrdocs.format.records import Figure, Reference
from okrdocs.format.reference import is_reference_like, parse_reference
from okrdocs.problem import Span

FullReference = tuple[str, str, str, str]
NOWHERE = Span("", 1, 1, 1, 1)


class ReferenceScope(NamedTuple):
    """Where a reference stands: its own cycle and team, and what each name is called now."""

    cycle: str
    team: str
    names: Mapping[FullReference, FullReference]

    def full_reference(self, reference: Reference) -> FullReference:
        """Return what a reference means: cycle, team, objective, key result."""
        cycle = (reference.cycle or self.cycle).casefold()
        team = reference.team or self.team
        meant = (cycle, team, reference.objective, reference.key_result or "")
        return self.names.get(meant, meant)


class ReferenceScopes(NamedTuple):
    """The scopes on both sides of a comparison."""

    before: ReferenceScope
    after: ReferenceScope

    @property
    def is_same_scope(self) -> bool:
        """Return whether equal texts of references mean the same on both sides."""
        return not self.before.names and self.before[:2] == self.after[:2]


def is_same_value(
    field: Field, before: Any, after: Any, scopes: ReferenceScopes, *, refers: bool
) -> bool:
    """Return whether two values of a field say the same. `refers`: they may contain references."""
    if before == after and (scopes.is_same_scope or not refers):
        return True
    return normal_form(field, before, scopes.before) == normal_form(field, after, scopes.after)


def attributes_with_references(record: type[Any]) -> frozenset[str]:
    """Return the attributes of a class of records that may contain references."""
    if record not in _ATTRIBUTES_WITH_REFERENCES:
        fields = fields_of(record).values()
        attributes = (
            f.attribute for f in fields if f.attribute == "needs" or _may_hold_references(f.kind)
        )
        _ATTRIBUTES_WITH_REFERENCES[record] = frozenset(attributes)
    return _ATTRIBUTES_WITH_REFERENCES[record]


_ATTRIBUTES_WITH_REFERENCES: dict[type[Any], frozenset[str]] = {}


def _may_hold_references(kind: FieldKind) -> bool:
    match kind:
        case RefField():
            return True
        case ListField(of=of) | MappingField(of=of):
            return _may_hold_references(of)
        case RecordField(record=record):
            return bool(attributes_with_references(record))
        case _:
            return False


def normal_form(field: Field, value: Any, scope: ReferenceScope) -> Hashable:
    """Return a field's value in a form that can be compared."""
    return _normalizer_of_field(field)(value, scope)


def record_normal_form(record: Any, scope: ReferenceScope) -> tuple[Hashable, ...]:
    """Return all that a record says in a form that can be compared, field by field."""
    kind = type(record)
    readers = _NORMALIZERS.get(kind) or _NORMALIZERS.setdefault(kind, _normalizers(kind))
    return tuple([read(getattr(record, name), scope) for name, read in readers])


Normalizer = Callable[[Any, ReferenceScope], Hashable]

_NORMALIZERS: dict[type[Any], tuple[tuple[str, Normalizer], ...]] = {}


def _normalizers(record: type[Any]) -> tuple[tuple[str, Normalizer], ...]:
    return tuple(
        (field.attribute, _normalizer_of_field(field)) for field in fields_of(record).values()
    )


@cache
def _normalizer_of_field(field: Field) -> Normalizer:
    return _needs_normal_form if field.attribute == "needs" else _normalizer_of_kind(field.kind)


def _normalizer_of_kind(kind: FieldKind) -> Normalizer:
    """Return the function that makes a value of a kind comparable; chosen once for each kind."""
    match kind:
        case RefField():
            return lambda value, scope: value and scope.full_reference(value)
        case RecordField():
            return lambda value, scope: None if value is None else record_normal_form(value, scope)
        case ListField(of=of):
            return _list_normalizer(of)
        case ListOrNameField(listed=ListField(of=of)):
            several = _list_normalizer(of)
            return lambda value, scope: value if isinstance(value, str) else several(value, scope)
        case MappingField(of=of):
            return _mapping_normalizer(of)
        case AnyField():
            return lambda value, _: (
                json.dumps(plain_data(value), sort_keys=True, default=str) if value else ""
            )
        case _:
            return _plain_value


def _plain_value(value: Any, _: ReferenceScope) -> Hashable:
    """Return a text, a number or a day; a figure is what was typed."""
    return value.text if isinstance(value, Figure) else value


def _list_normalizer(of: FieldKind) -> Normalizer:
    read = _normalizer_of_kind(of)

    def read_list(value: Any, scope: ReferenceScope) -> Hashable:
        return None if value is None else tuple([read(item, scope) for item in value])

    return read_list


def _mapping_normalizer(of: FieldKind) -> Normalizer:
    read = _normalizer_of_kind(of)

    def read_mapping(value: Any, scope: ReferenceScope) -> Hashable:
        if value is None:
            return None
        return tuple([(key, read(item, scope)) for key, item in value.items()])

    return read_mapping


def _needs_normal_form(value: Any, scope: ReferenceScope) -> Hashable:
    return tuple(_need_normal_form(text, scope) for text in value)


def _need_normal_form(text: str, scope: ReferenceScope) -> Hashable:
    reference = parse_reference(text, NOWHERE) if is_reference_like(text) else None
    return text if reference is None else scope.full_reference(reference)


def plain_data(value: Any) -> Any:
    """Return mappings and tuples as what JSON knows."""
    if isinstance(value, Mapping):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(item) for item in value]
    return value
