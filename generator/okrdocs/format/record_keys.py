"""The keys of each record of the format, for the YAML reader, which knows no format itself."""

from __future__ import annotations

from functools import cache

from okrdocs.format import records
from okrdocs.format.fields import fields_of


@cache
def record_keys() -> tuple[frozenset[str], ...]:
    """Return the keys of each record: `parse` uses them to find where a text in braces ends."""
    kinds = [getattr(records, name) for name in records.__all__]
    record_types = [
        kind for kind in kinds if isinstance(kind, type) and issubclass(kind, records.Record)
    ]
    return tuple(frozenset(fields_of(kind)) for kind in record_types)
