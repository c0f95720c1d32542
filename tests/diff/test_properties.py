"""Every field of the format: one edit is one change, wherever it happens.

The fields come from their declarations, so that one that is declared tomorrow is tried, too.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okr_states import read_documents
from okrdocs.diff import Importance, OkrChange, compare
from okrdocs.format.fields import (
    AmountField,
    AnyField,
    ChoiceField,
    DateField,
    Field,
    FieldKind,
    FlagField,
    GradeField,
    ListField,
    ListOrNameField,
    MappingField,
    NumberField,
    ProseField,
    RecordField,
    RefField,
    ShareField,
    WholeNumberField,
    fields_of,
)
from okrdocs.format.loader import Documents, load_documents
from okrdocs.format.records import Figure, Record, Reference
from okrdocs.format.reference import parse_reference
from okrdocs.grading.results import Scores
from okrdocs.problem import Source, Span
from okrdocs.source.disk import DiskTree

ROOT = Path(__file__).parents[2]
DAY = date(2025, 5, 16)
NOWHERE = Source("okrs/new.yml", (7, 1, 7, 9), {})

pytestmark = pytest.mark.demonstration


@cache
def companies() -> tuple[Documents, ...]:
    """The demonstration as several companies with one cycle each: a small one is graded faster."""
    files, _ = DiskTree(ROOT).read()
    read, _ = load_documents(files)
    return tuple(Documents(read.organization, (cycle,), read.metrics) for cycle in read.cycles)


def scores_of(read: Documents) -> Scores:
    return read_documents(read).scores(DAY)


@cache
def before(company: int) -> Scores:
    return scores_of(companies()[company])


# ------------------------------------------------------------------- where to edit

Step = str | int
Path_ = tuple[Step, ...]


class Site(NamedTuple):
    """A field of a record: the way there from a company's documents, and its declaration."""

    company: int
    way: Path_
    record: Any
    field: Field

    @property
    def name(self) -> str:
        return f"{type(self.record).__name__}.{self.field.key}"


def records(held: Any, way: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every record of the documents with the way to it."""
    if isinstance(held, Record):
        yield way, held
    if isinstance(held, Mapping):
        inside: Iterator[tuple[Step, Any]] = iter(held.items())
    elif isinstance(held, tuple) and not isinstance(held, Figure | Reference | Source):
        inside = iter(enumerate(held))
    elif dataclasses.is_dataclass(held):
        names = (each.name for each in dataclasses.fields(held) if each.name != "at")
        inside = ((name, getattr(held, name)) for name in names)
    else:
        return
    for step, each in inside:
        yield from records(each, (*way, step))


@cache
def sites() -> tuple[Site, ...]:
    """All fields of all records; those of `okr.yml`, which all have in common, once."""
    return tuple(
        Site(company, way, record, field)
        for company, read in enumerate(companies())
        for way, record in records(read)
        for field in fields_of(type(record)).values()
        if company == 0 or way[0] == "cycles"
        if not (field.required and isinstance(field.kind, RecordField))  # it can't be taken away
    )


def put(held: Any, way: Path_, value: Any) -> Any:
    """The same with another value at the end of the way."""
    if not way:
        return value
    step, rest = way[0], way[1:]
    if isinstance(held, Mapping):
        return {**held, step: put(held[step], rest, value)}
    if isinstance(held, tuple):
        assert isinstance(step, int)
        return (*held[:step], put(held[step], rest, value), *held[step + 1 :])
    assert isinstance(step, str)
    return dataclasses.replace(held, **{step: put(getattr(held, step), rest, value)})


# ------------------------------------------------------------------- what to put there


def another(kind: FieldKind, old: Any) -> Any:
    """Another value that the kind allows; None only where a record is taken away."""
    match kind:
        case DateField():
            return old + timedelta(days=1) if old else date(2025, 5, 2)
        case AmountField():
            return "41%" if old != "41%" else "43%"
        case ShareField() | GradeField() | NumberField():
            text = "0.37" if old is None or old.text != "0.37" else "0.41"
            return Figure(text, Fraction(text))
        case WholeNumberField():
            return (old or 3) + 1
        case FlagField() | AnyField():
            return not old if isinstance(kind, FlagField) else {**old, "another": "key"}
        case ChoiceField(words=words):
            return next(word for word in words if word is not old)
        case RefField():
            return reference("2025:company/another-one")
        case _:
            return another_of_several(kind, old)


def another_of_several(kind: FieldKind, old: Any) -> Any:
    match kind:
        case RecordField(record=record):
            return new(record) if old is None else None
        case ListField(of=of):
            return (*old, another(of, None)) if len(old) < 2 else old[1:]
        case MappingField(of=of):
            return {**old, "another": another(of, () if isinstance(of, ListField) else None)}
        case ListOrNameField(listed=listed):
            return another(listed, old) if isinstance(old, tuple) else "another"
        case _:
            return "another" if old != "another" else "one more"


def reference(text: str) -> Reference:
    found = parse_reference(text, Span("", 1, 1, 1, 1))
    assert found is not None
    return found


def new(record: type[Any]) -> Any:
    """A record with nothing but what it can't do without."""
    given = {f.attribute: another(f.kind, _empty(f.kind)) for f in _required(record)}
    return record(at=NOWHERE, **given)


def _required(record: type[Any]) -> list[Field]:
    return [field for field in fields_of(record).values() if field.required]


def _empty(kind: FieldKind) -> Any:
    return () if isinstance(kind, ListField) else None


def edited(site: Site) -> Scores:
    old = getattr(site.record, site.field.attribute)
    value = another(site.field.kind, old)
    return scores_of(with_value(site, value))


def with_value(site: Site, value: Any) -> Documents:
    read = put(companies()[site.company], (*site.way, site.field.attribute), value)
    assert isinstance(read, Documents)
    return read


# ------------------------------------------------------------------- the claims


def the_one_change(site: Site) -> OkrChange:
    found = compare(before(site.company), edited(site)).changes
    assert len(found) == 1, (site.way, site.field.key, found)
    return found[0]


def is_told(site: Site, change: OkrChange) -> None:
    """The change names the field, has a place and a sentence that isn't just the field's key."""
    placed = site.field.key in ("objectives", "key_results")
    assert change.field.split(".")[-1] == ("" if placed else site.field.key)
    assert change.path
    assert change.line
    assert len(change.sentence.split()) > 3
    assert "\n" not in change.sentence
    assert "None" not in change.sentence
    assert not change.sentence.endswith((".”.", " ", ":", "."))


def by_field() -> Mapping[str, Sequence[Site]]:
    found: dict[str, list[Site]] = {}
    for site in sites():
        found.setdefault(site.name, []).append(site)
    return found


@pytest.mark.parametrize("name", sorted(by_field()))
def test_an_edit_of_any_declared_field_is_one_change(name: str) -> None:
    """Once where it held something, and once where it didn't."""
    found = by_field()[name]
    given = {bool(getattr(site.record, site.field.attribute)): site for site in found}
    for site in given.values():
        is_told(site, the_one_change(site))


@pytest.mark.nightly
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_an_edit_of_a_random_field_of_a_random_record_is_one_change(data: st.DataObject) -> None:
    site = data.draw(st.sampled_from(sites()))
    is_told(site, the_one_change(site))


@pytest.mark.nightly
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_an_edit_taken_back_is_one_change_too(data: st.DataObject) -> None:
    site = data.draw(st.sampled_from(sites()))
    assert len(compare(edited(site), before(site.company)).changes) == 1


LISTS = [
    site
    for site in sites()
    if isinstance(site.field.kind, ListField)
    and isinstance(site.field.kind.of, RecordField)
    and getattr(site.record, site.field.attribute)
]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_item_of_any_list_that_goes_or_comes_is_one_change(data: st.DataObject) -> None:
    site = data.draw(st.sampled_from(LISTS))
    items = getattr(site.record, site.field.attribute)
    at = data.draw(st.integers(0, len(items) - 1))
    less = scores_of(with_value(site, (*items[:at], *items[at + 1 :])))
    found = compare(before(site.company), less).changes
    assert len(found) == 1, (site.way, at, found)
    back = compare(less, before(site.company)).changes
    assert len(back) == 1, (site.way, at, back)


def test_two_equal_states_do_not_differ() -> None:
    for company, read in enumerate(companies()):
        assert compare(before(company), scores_of(read)) == ((), ())


def test_several_edits_are_all_found_and_stand_in_the_order_of_importance() -> None:
    texts = [
        site for site in sites() if site.company == 0 and isinstance(site.field.kind, ProseField)
    ]
    numbers = [site for site in sites() if site.company == 0 and site.field.key == "target"]
    read = companies()[0]
    for site in (*texts, *numbers):
        value = another(site.field.kind, getattr(site.record, site.field.attribute))
        read = put(read, (*site.way, site.field.attribute), value)
    found = compare(before(0), scores_of(read)).changes
    ranks = [list(Importance).index(change.importance) for change in found]
    assert ranks == sorted(ranks)
    assert len(found) == len(texts) + len(numbers)
