"""Finds out which fields of a record hold references, from their declarations alone.

So a new field with references counts at once for drafts, comparisons and the history.
"""

from __future__ import annotations

from typing import Any

from okrdocs.format.fields import (
    Field,
    FieldKind,
    ListField,
    MappingField,
    RecordField,
    RefField,
    fields_of,
)
from okrdocs.format.records import Dependency

_REFERENCE_FIELDS: dict[type[Any], tuple[Field, ...]] = {}


def reference_fields(record: type[Any]) -> tuple[Field, ...]:
    """Return the fields of a class of records that hold references, or records that do.

    The texts of what a dependency needs count, too: some of them are references.
    """
    if record not in _REFERENCE_FIELDS:
        _REFERENCE_FIELDS[record] = tuple(
            field
            for field in fields_of(record).values()
            if _may_hold_references(field.kind) or (record, field.key) == (Dependency, "needs")
        )
    return _REFERENCE_FIELDS[record]


def _may_hold_references(kind: FieldKind) -> bool:
    match kind:
        case RefField():
            return True
        case ListField(of=of) | MappingField(of=of):
            return _may_hold_references(of)
        case RecordField(record=record):
            return bool(reference_fields(record))
        case _:
            return False
