"""Small values that every kind of file shares, and fields that several records declare."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from okrdocs.fields import Anything, Many, Name, Number, One, Slug, Text, Url, declare
from okrdocs.problem import Source, Span


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Record):
    """A link to something that explains more; a bare address will do."""

    url: str = declare(Url(), "Where it leads.", "https://example.com/plan", required=True)
    title: str | None = declare(Text(), "What the link says.", "Launch plan")


def meta_field() -> Any:
    """`meta:` of a record."""
    return declare(Anything(), "Keys of your own. Nothing here is read or shown.", "{jira: OKR-17}")


def owners_field() -> Any:
    """`owner:` of a record."""
    return declare(
        Many(Name(), single=True),
        "Who answers for it, one or a list: ids of `people`; any names where there are none.",
        "vp-product",
    )


def dri_field() -> Any:
    """`dri:` of a record."""
    return declare(
        Name(),
        "The directly responsible individual: exactly one id of `people`.",
        "spm-enterprise",
    )


def was_field() -> Any:
    """`was:` of a record."""
    return declare(
        Many(Slug(), single=True), "Former ids, so that links and history stay whole.", "[old-id]"
    )


def weight_field() -> Any:
    """`weight:` of a record."""
    return declare(Number("0"), "Its weight in the mean; 1 unless given.", "2")


def links_field() -> Any:
    """`links:` of a record."""
    return declare(Many(One(Link, "url")), "Links to what explains it.", "[https://example.com]")
