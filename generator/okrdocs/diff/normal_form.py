"""A value of the format as something that can be compared: without places, spans and spellings.

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

Full = tuple[str, str, str, str]
NOWHERE = Span("", 1, 1, 1, 1)


class Place(NamedTuple):
    """Where a reference stands: its own cycle and team, and what became of each name."""

    cycle: str
    team: str
    names: Mapping[Full, Full]

    def full(self, reference: Reference) -> Full:
        """What a reference means: cycle, team, objective, key result."""
        cycle = (reference.cycle or self.cycle).casefold()
        team = reference.team or self.team
        meant = (cycle, team, reference.objective, reference.key_result or "")
        return self.names.get(meant, meant)


class Sight(NamedTuple):
    """Both sides of a comparison."""

    before: Place
    after: Place

    @property
    def is_level(self) -> bool:
        """Whether equal texts of references mean the same on both sides."""
        return not self.before.names and self.before[:2] == self.after[:2]


def same(field: Field, before: Any, after: Any, sight: Sight, *, refers: bool) -> bool:
    """Whether two values of a field say the same. `refers`: they may hold references."""
    if before == after and (sight.is_level or not refers):
        return True
    return canonical(field, before, sight.before) == canonical(field, after, sight.after)


def referring(record: type[Any]) -> frozenset[str]:
    """The attributes of a record that may hold references."""
    if record not in _REFERRING:
        fields = fields_of(record).values()
        found = (f.attribute for f in fields if f.attribute == "needs" or _refers(f.kind))
        _REFERRING[record] = frozenset(found)
    return _REFERRING[record]


_REFERRING: dict[type[Any], frozenset[str]] = {}


def _refers(kind: FieldKind) -> bool:
    match kind:
        case RefField():
            return True
        case ListField(of=of) | MappingField(of=of):
            return _refers(of)
        case RecordField(record=record):
            return bool(referring(record))
        case _:
            return False


def canonical(field: Field, value: Any, place: Place) -> Hashable:
    """A field's value in comparable form."""
    return _reader(field)(value, place)


def content(record: Any, place: Place) -> tuple[Hashable, ...]:
    """All that a record says, field by field."""
    kind = type(record)
    readers = _READERS.get(kind) or _READERS.setdefault(kind, _readers(kind))
    return tuple([read(getattr(record, name), place) for name, read in readers])


Reader = Callable[[Any, Place], Hashable]

_READERS: dict[type[Any], tuple[tuple[str, Reader], ...]] = {}


def _readers(record: type[Any]) -> tuple[tuple[str, Reader], ...]:
    return tuple((field.attribute, _reader(field)) for field in fields_of(record).values())


@cache
def _reader(field: Field) -> Reader:
    return _needs if field.attribute == "needs" else _reader_of(field.kind)


def _reader_of(kind: FieldKind) -> Reader:
    """What makes a value of a kind comparable; chosen once, as most values are plain."""
    match kind:
        case RefField():
            return lambda value, place: value and place.full(value)
        case RecordField():
            return lambda value, place: None if value is None else content(value, place)
        case ListField(of=of):
            return _list_reader(of)
        case ListOrNameField(listed=ListField(of=of)):
            several = _list_reader(of)
            return lambda value, place: value if isinstance(value, str) else several(value, place)
        case MappingField(of=of):
            return _mapping_reader(of)
        case AnyField():
            return lambda value, _: (
                json.dumps(plain_data(value), sort_keys=True, default=str) if value else ""
            )
        case _:
            return _plain


def _plain(value: Any, _: Place) -> Hashable:
    """A text, a number or a day; a figure is what was typed."""
    return value.text if isinstance(value, Figure) else value


def _list_reader(of: FieldKind) -> Reader:
    read = _reader_of(of)

    def several(value: Any, place: Place) -> Hashable:
        return None if value is None else tuple([read(each, place) for each in value])

    return several


def _mapping_reader(of: FieldKind) -> Reader:
    read = _reader_of(of)

    def named(value: Any, place: Place) -> Hashable:
        if value is None:
            return None
        return tuple([(key, read(each, place)) for key, each in value.items()])

    return named


def _needs(value: Any, place: Place) -> Hashable:
    return tuple(_need(text, place) for text in value)


def _need(text: str, place: Place) -> Hashable:
    reference = parse_reference(text, NOWHERE) if is_reference_like(text) else None
    return text if reference is None else place.full(reference)


def plain_data(value: Any) -> Any:
    """Mappings and tuples as what JSON knows."""
    if isinstance(value, Mapping):
        return {str(key): plain_data(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(each) for each in value]
    return value
