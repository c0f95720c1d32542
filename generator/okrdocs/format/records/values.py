"""Small values that every kind of file shares, and fields that several records declare."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from okrdocs.format.fields import (
    AnyField,
    ChoiceField,
    ListField,
    NameField,
    NumberField,
    RecordField,
    SlugField,
    TextField,
    UrlField,
    WholeNumberField,
    declare,
)
from okrdocs.format.records.words import Visibility
from okrdocs.format.schema_version import SCHEMA_VERSION
from okrdocs.problem import Extent, Source, Span


class Figure(NamedTuple):
    """A number as written and what it is worth; `value` is None for `n/a`."""

    text: str
    value: Fraction | None


class Reference(NamedTuple):
    """A reference as written; None where a part was left out."""

    text: str
    span: Span
    cycle: str | None
    team: str | None
    objective: str
    key_result: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What was read from one mapping, with its place in the file."""

    at: Source = dataclasses.field(compare=False, repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle only what is given, without the many fields that aren't."""
        given = {
            name: value
            for name, default in _field_defaults(type(self))
            if (value := getattr(self, name)) is not default
        }
        return _restore_record, (type(self), *self.at, given)


_FIELD_DEFAULTS: dict[type[Any], tuple[tuple[str, Any], ...]] = {}


def _field_defaults(record: type[Any]) -> tuple[tuple[str, Any], ...]:
    """Return every field with its value where it isn't given."""
    if record not in _FIELD_DEFAULTS:
        fields = (field for field in dataclasses.fields(record) if field.name != "at")
        _FIELD_DEFAULTS[record] = tuple((field.name, _field_default(field)) for field in fields)
    return _FIELD_DEFAULTS[record]


def _field_default(field: dataclasses.Field[Any]) -> Any:
    made = field.default_factory
    return field.default if made is dataclasses.MISSING else made()


def _restore_record(
    record: type[Any], path: str, extent: Extent, fields: Any, faulty: frozenset[str], given: Any
) -> Any:
    return record(at=Source(path, extent, fields, faulty), **given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Record):
    """A link to something that explains more; a bare address will do."""

    url: str = declare(UrlField(), "Where it leads.", "https://example.com/plan", required=True)
    title: str | None = declare(TextField(), "What the link says.", "Launch plan")


def meta_field() -> Any:
    """Declare `meta:` of a record."""
    return declare(AnyField(), "Keys of your own. Nothing here is read or shown.", "{jira: OKR-17}")


def owners_field() -> Any:
    """Declare `owner:` of a record."""
    return declare(
        ListField(NameField(), single=True),
        "Who answers for it, one or a list: ids of `people`; any names where there are none.",
        "vp-product",
    )


def dri_field() -> Any:
    """Declare `dri:` of a record."""
    return declare(
        NameField(),
        "The directly responsible individual: exactly one id of `people`.",
        "spm-enterprise",
    )


def was_field() -> Any:
    """Declare `was:` of a record."""
    return declare(
        ListField(SlugField(), single=True),
        "Former ids, so that links and history stay whole.",
        "[old-id]",
    )


def visibility_field() -> Any:
    """Declare `visibility:` of a record that is public unless it says otherwise."""
    return declare(
        ChoiceField(Visibility),
        "A draft stays out of the public pages and counts in no mean.",
        "draft",
        default=Visibility.PUBLIC,
    )


def schema_field() -> Any:
    """Declare `schema:` of a file."""
    version = WholeNumberField(SCHEMA_VERSION, SCHEMA_VERSION)
    return declare(version, "The version of this format.", str(SCHEMA_VERSION), required=True)


def weight_field() -> Any:
    """Declare `weight:` of a record."""
    return declare(NumberField("0"), "Its weight in the mean; 1 unless given.", "2")


def links_field() -> Any:
    """Declare `links:` of a record."""
    return declare(
        ListField(RecordField(Link, "url")), "Links to what explains it.", "[https://example.com]"
    )
