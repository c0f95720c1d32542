"""Declares fields of the format: each with its kind, what it is for, and an example.

The dataclasses of `records` declare their fields with `declare`. The loader, the reference
page and the JSON Schema for editors all follow from these declarations, so that the format
is written down once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class TextField:
    """One line of a person's words, shown exactly as typed. `limit` counts characters."""

    limit: int = 300


@dataclass(frozen=True, slots=True)
class ProseField:
    """Longer words: paragraphs, lists, emphasis, code and links (`markup.prose`)."""

    limit: int = 10_000


@dataclass(frozen=True, slots=True)
class SlugField:
    """An id: lower-case letters, digits and single hyphens, at most 48 characters."""


@dataclass(frozen=True, slots=True)
class NameField:
    """A person, role or group: an id of `people`; any name where there are none."""

    limit: int = 80


@dataclass(frozen=True, slots=True)
class DateField:
    """A date, `YYYY-MM-DD`. `ends`: it is a last day, so that a month alone means its end."""

    ends: bool = False


@dataclass(frozen=True, slots=True)
class AmountField:
    """A quantity, a comparator with a quantity, or a word: what it is depends on the measure."""


@dataclass(frozen=True, slots=True)
class ShareField:
    """A probability: `75%` or `0.75`."""


@dataclass(frozen=True, slots=True)
class GradeField:
    """A grade from 0 to 1; with `or_na` also `n/a`."""

    or_na: bool = False


@dataclass(frozen=True, slots=True)
class NumberField:
    """A plain decimal number from `low` to `high`, in the unit that the field names."""

    low: str
    high: str = ""


@dataclass(frozen=True, slots=True)
class WholeNumberField:
    """A whole number from `low` to `high`."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class FlagField:
    """`true` or `false`."""


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """One of a few words."""

    words: type[StrEnum]


@dataclass(frozen=True, slots=True)
class UrlField:
    """An address: http, https, mailto, or a path inside the repository."""


@dataclass(frozen=True, slots=True)
class RefField:
    """A reference `[cycle:][team/]objective[#key-result]`."""


@dataclass(frozen=True, slots=True)
class AnyField:
    """Whatever the company likes to keep here; read by nobody."""


@dataclass(frozen=True, slots=True)
class RecordField:
    """A record with fields of its own; plain text stands for its `shorthand` field."""

    record: type[Any]
    shorthand: str = ""


@dataclass(frozen=True, slots=True)
class ListField:
    """A list of `of`; with `single` one alone may stand without its dash."""

    of: FieldKind
    single: bool = False


@dataclass(frozen=True, slots=True)
class MappingField:
    """A mapping from ids (or, with `keys`, other words) to `of`."""

    of: FieldKind
    keys: str = "id"


@dataclass(frozen=True, slots=True)
class ListOrNameField:
    """A list, or the name of one that `okr.yml` holds."""

    listed: ListField
    named: str


FieldKind = (
    TextField | ProseField | SlugField | NameField | DateField | AmountField | ShareField
    | GradeField | NumberField | WholeNumberField | FlagField | ChoiceField | UrlField | RefField
    | AnyField | RecordField | ListField | MappingField | ListOrNameField
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One key of the format. `attribute` is the key, with `_` where Python reserves the word."""

    attribute: str
    kind: FieldKind
    about: str
    example: str
    required: bool

    @property
    def key(self) -> str:
        """Return the key as people write it in YAML."""
        return self.attribute.rstrip("_")


_EMPTY_MAPPING: Mapping[str, Any] = MappingProxyType({})


def _default_of_kind(kind: FieldKind) -> Any:
    match kind:
        case ListField():
            return ()
        case MappingField() | AnyField():
            return _EMPTY_MAPPING
        case FlagField():
            return False
        case _:
            return None


def declare(
    kind: FieldKind, about: str, example: str = "", *, required: bool = False, default: Any = ...
) -> Any:
    """Declare a dataclass field that is also a field of the format.

    Where no default is given, what is absent is None, an empty list, an empty mapping or false.
    """
    metadata = {"declared": (kind, about, example, required)}
    if required:
        return dataclasses.field(metadata=metadata)
    value = _default_of_kind(kind) if default is ... else default
    if value is _EMPTY_MAPPING:
        return dataclasses.field(default_factory=lambda: _EMPTY_MAPPING, metadata=metadata)
    return dataclasses.field(default=value, metadata=metadata)


def required_fields(record: type[Any]) -> tuple[Field, ...]:
    """Return the fields that a record can't do without."""
    if record not in _REQUIRED_FIELDS:
        _REQUIRED_FIELDS[record] = tuple(
            field for field in fields_of(record).values() if field.required
        )
    return _REQUIRED_FIELDS[record]


_REQUIRED_FIELDS: dict[type[Any], tuple[Field, ...]] = {}
_DECLARED_FIELDS: dict[type[Any], Mapping[str, Field]] = {}


def fields_of(record: type[Any]) -> Mapping[str, Field]:
    """Return the declared fields of a record by their YAML key, in the order of declaration."""
    if record not in _DECLARED_FIELDS:
        _DECLARED_FIELDS[record] = _read_declarations(record)
    return _DECLARED_FIELDS[record]


def _read_declarations(record: type[Any]) -> Mapping[str, Field]:
    declared = (
        Field(field.name, *field.metadata["declared"])
        for field in dataclasses.fields(record)
        if "declared" in field.metadata
    )
    return {entry.key: entry for entry in declared}
