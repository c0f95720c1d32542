"""The keys of each record of the format, for the YAML reader, which knows no format itself."""

from __future__ import annotations

from functools import cache

from okrdocs.format import records
from okrdocs.format.fields import fields_of


@cache
def record_keys() -> tuple[frozenset[str], ...]:
    """The keys of each record: `parse` tells by them where a text in braces ends."""
    kinds = [getattr(records, name) for name in records.__all__]
    found = [each for each in kinds if isinstance(each, type) and issubclass(each, records.Record)]
    return tuple(frozenset(fields_of(each)) for each in found)
