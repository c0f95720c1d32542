"""From nodes of YAML to records of the model, as the declarations of `fields` say.

Shape only: whether an id exists or a quantity makes sense is decided further up. Every fault
of a file is noted at its place, in one run.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

from okrdocs.format import suggestions as meant
from okrdocs.format.fields import (
    Amount,
    Anything,
    Choice,
    Day,
    Either,
    Field,
    Flag,
    Kind,
    Many,
    Mark,
    Name,
    Named,
    Number,
    One,
    Prose,
    Ref,
    Share,
    Slug,
    Text,
    Url,
    Whole,
    fields_of,
    required_of,
)
from okrdocs.format.records import (
    CycleDocument,
    MetricsDocument,
    Organization,
    Record,
    TeamDocument,
)
from okrdocs.format.records.other_names import keys_meant
from okrdocs.format.reference import slug_from
from okrdocs.format.scalars import (
    Reader,
    Reading,
    described,
    is_empty,
    note_colon_trap,
    plain_text,
    read_amount,
    read_choice,
    read_day,
    read_flag,
    read_mark,
    read_number,
    read_ref,
    read_share,
    read_slug,
    read_text,
    read_url,
    read_whole,
    remembering,
    shortened,
    unless_empty,
)
from okrdocs.problem import Extent, Source, Span, error, item_key
from okrdocs.source.yaml import reader as yaml_text
from okrdocs.source.yaml.reader import Node, Scalar


def _an(noun: str) -> str:
    if noun.endswith("s"):
        return noun
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def record_name(record: type[Any]) -> str:
    """What a record is called in messages: `a key result`, `okr.yml`."""
    files = {
        "Organization": "`okr.yml`",
        "MetricsDocument": "`metrics.yml`",
        "CycleDocument": "`cycle.yml`",
        "TeamDocument": "a team's file",
    }
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", record.__name__).lower().replace("check in", "check-in")
    return files.get(record.__name__) or _an(words)


def _anything(_kind: Anything, node: Node, reading: Reading) -> Any:
    if isinstance(node, Scalar):
        return None if yaml_text.is_null(node) else node.text
    if isinstance(node, yaml_text.Mapping):
        return {key.text: _anything(_kind, value, reading) for key, value in node.entries}
    return [_anything(_kind, item, reading) for item in node.items]


def _one(kind: One, node: Node, reading: Reading) -> Any:
    if isinstance(node, yaml_text.Mapping):
        if (
            kind.shorthand
            and yaml_text.looks_like_text(node)
            and node.entries[0][0].text not in fields_of(kind.record)
        ):
            return note_colon_trap(node, reading)
        return read_record(kind.record, node, reading)
    if not kind.shorthand or not isinstance(node, Scalar):
        name = record_name(kind.record)
        keys = ", ".join(
            f"`{key}:`" for key, field in fields_of(kind.record).items() if field.required
        )
        wanted = f" with {keys}" if keys else ""
        message = f"Expected {name}{wanted}, found {described(node)}."
        reading.fault("wrong-type", node, message, meant.record(fields_of(kind.record), node))
        return None
    field = fields_of(kind.record)[kind.shorthand]
    value = read_kind(field.kind, node, reading)
    if value is None:
        return None
    source = Source(reading.path, node.extent, {field.key: node.extent})
    return kind.record(at=source, **{field.attribute: value})


def _many(kind: Many, node: Node, reading: Reading) -> tuple[Any, ...] | None:
    if isinstance(node, yaml_text.Sequence):
        return tuple(_items(kind, node.items, reading))
    if isinstance(kind.of, Name) and len(names := meant.names(node)) > 1:
        message = "Expected a list of names, found a mapping (`key: value`)."
        reading.fault(
            "wrong-type", node, message, f"Write the names alone: `[{', '.join(names)}]`."
        )
        return None
    if kind.single:
        value = read_kind(kind.of, node, reading)
        return None if value is None else (value,)
    hint = "Begin each item with `- ` on a line of its own."
    reading.fault("wrong-type", node, f"Expected a list, found {described(node)}.", hint)
    return None


def _items(kind: Many, nodes: list[Node], reading: Reading) -> list[Any]:
    values = []
    read = reader_of(kind.of)
    for node in nodes:
        if is_empty(node):
            reading.fault("empty-item", node, "This item of the list is empty.", "Remove its dash.")
            continue
        value = read(node, reading)
        if value is not None:
            values.append(value)
    return values


def _named(kind: Named, node: Node, reading: Reading) -> dict[str, Any] | None:
    if not isinstance(node, yaml_text.Mapping):
        message = f"Expected a mapping from ids to values, found {described(node)}."
        reading.fault("wrong-type", node, message, "Write `some-id:` and its value below.")
        return None
    values = {}
    for key, value_node in node.entries:
        name = read_slug(Slug(), key, reading)
        value = None if is_empty(value_node) else read_kind(kind.of, value_node, reading)
        if value is None and is_empty(value_node):
            message = f"`{key.text}` has nothing below it."
            reading.fault("missing-key", key, message, "Give its value, or remove the line.")
        elif name is not None and value is not None:
            values[name] = _at_its_id(value, key)
    return values


def _at_its_id(value: Any, key: Scalar) -> Any:
    """A record that stands under an id is found at its id: that is what messages speak of."""
    if not isinstance(value, Record):
        return value
    return dataclasses.replace(value, at=value.at._replace(extent=key.extent))


def _either(kind: Either, node: Node, reading: Reading) -> Any:
    if isinstance(node, Scalar):
        return read_slug(Slug(), node, reading)
    return _many(kind.listed, node, reading)


_READERS: Mapping[type[Any], Callable[[Any, Node, Reading], Any]] = {
    Text: read_text,
    Name: read_text,
    Prose: read_text,
    Slug: read_slug,
    Day: read_day,
    Amount: read_amount,
    Share: read_share,
    Mark: read_mark,
    Number: read_number,
    Whole: read_whole,
    Flag: read_flag,
    Choice: read_choice,
    Url: read_url,
    Ref: read_ref,
    Anything: _anything,
    One: _one,
    Many: _many,
    Named: _named,
    Either: _either,
}


_NEAR = 0.78
"""How like a key a slip must be: `taget` is, and `deadline` isn't like `baseline`."""

_REPEATED = (Slug, Day, Amount, Share, Mark, Number, Whole, Flag, Choice)
"""Kinds whose texts come again and again, each time with the same value."""


def read_kind(kind: Kind, node: Node, reading: Reading) -> Any:
    """The value of a node as its kind says, or None with a problem noted."""
    return reader_of(kind)(node, reading)


@cache
def reader_of(kind: Kind) -> Reader:
    """What reads values of a kind, made once for all files; None also for what is empty."""
    careful: Reader = partial(_READERS[type(kind)], kind)
    if isinstance(kind, Text | Prose | Name):
        return plain_text(kind.limit, careful)
    return remembering(careful) if isinstance(kind, _REPEATED) else unless_empty(careful)


class _Plan(NamedTuple):
    """How a record is read, and what must be there.

    For each key its attribute, its reader, and whether it lists names, which have places of their
    own. The key itself stands there too, so that not each record holds one of its own.
    """

    keys: Mapping[str, tuple[str, str, Reader, bool]]
    required: frozenset[str]


_PLANS: dict[type[Any], _Plan] = {}


def _lists_names(kind: Kind) -> bool:
    return isinstance(kind, Many) and isinstance(kind.of, Name | Slug)


def _plan_of(record: type[Any]) -> _Plan:
    if record not in _PLANS:
        known = fields_of(record)
        keys = {
            key: (key, each.attribute, reader_of(each.kind), _lists_names(each.kind))
            for key, each in known.items()
        }
        required = frozenset(field.attribute for field in required_of(record))
        _PLANS[record] = _Plan(keys, required)
    return _PLANS[record]


def read_record(record: type[Any], node: yaml_text.Mapping, reading: Reading) -> Any:
    """A record from a mapping; every fault in it is noted, None where a required key is missing."""
    known, required = _plan_of(record)
    values: dict[str, Any] = {}
    extents = {}
    faulty: list[str] = []
    problems = reading.problems
    found = len(problems)
    for key, value_node in node.entries:
        if key.text not in known:
            _unknown_key(record, key, reading)
            found = len(problems)
            continue
        name, attribute, read, lists_names = known[key.text]
        extents[name] = value_node.extent
        if lists_names and isinstance(value_node, yaml_text.Sequence):
            extents.update(_item_extents(name, value_node))
        value = read(value_node, reading)
        if value is not None:
            values[attribute] = value
        if len(problems) > found:
            faulty.append(name)
            found = len(problems)
    if not required <= values.keys():
        _note_missing(record, node, values, reading)
        return None
    source = Source(reading.path, node.extent, extents)
    return record(at=source._replace(faulty=frozenset(faulty)) if faulty else source, **values)


def _item_extents(field: str, node: yaml_text.Sequence) -> Iterator[tuple[str, Extent]]:
    for item in node.items:
        if isinstance(item, Scalar):
            yield item_key(field, item.text.strip()), item.extent


def _unknown_key(record: type[Any], key: Scalar, reading: Reading) -> None:
    known = fields_of(record)
    hint = _of_another_file(record, key.text) or _meant(record, key.text)
    hint = hint or reading.near(key.text, known, _NEAR)
    if not hint and (" " in key.text or key.text.endswith(")")):
        hint = "If this is the rest of a sentence, put quotes around the whole text."
    keys = ", ".join(f"`{each}`" for each in known if each != "meta")
    hint = hint or f"Known keys: {keys}. Keys of your own stand below `meta:`."
    message = f"`{shortened(key.text)}` isn't a key of {record_name(record)}."
    reading.fault("unknown-key", key, message, hint)


def _meant(record: type[Any], word: str) -> str:
    """A hint at the key that people mean by a word, with its example."""
    keys = keys_meant(record, word)
    asked = f"Did you mean {' or '.join(f'`{key}`' for key in keys)}?"
    if len(keys) != 1:
        return asked if keys else ""
    field = fields_of(record)[keys[0]]
    example = f" For example: `{field.key}: {field.example}`." if field.example else ""
    return f"{asked} {field.about}{example}"


def _of_another_file(record: type[Any], key: str) -> str:
    """Where a key of a whole file belongs, when it stands in a file of another kind."""
    files = {
        TeamDocument: "a team's file, such as `product.yml`, in the cycle's folder",
        CycleDocument: "the cycle's `cycle.yml`",
        Organization: "`okr.yml`",
        MetricsDocument: "`metrics.yml`, beside `okr.yml`",
    }
    if record not in files:
        return ""
    homes = [home for kind, home in files.items() if key in fields_of(kind)]
    return f"`{key}:` belongs in {homes[0]}." if homes else ""


def _note_missing(
    record: type[Any], node: yaml_text.Mapping, values: dict[str, Any], reading: Reading
) -> None:
    given = {key.text for key, value in node.entries if not is_empty(value)}
    for field in required_of(record):
        if field.attribute not in values and field.key not in given:
            _missing_key(record, field, node, reading)


def _id_from_title(node: Node) -> str:
    """An id made of a record's own title, for the hint that one is missing."""
    entries = node.entries if isinstance(node, yaml_text.Mapping) else []
    titles = [v.text for k, v in entries if k.text == "title" and isinstance(v, Scalar)]
    return "-".join(slug_from(titles[0]).split("-")[:3]) if titles else ""


def _missing_key(record: type[Any], field: Field, node: Node, reading: Reading) -> None:
    line, column, _end_line, _end_column = node.extent
    place = Span(reading.path, line, column, line, column + 1)
    name = record_name(record)
    message = f"{name[:1].upper()}{name[1:]} needs `{field.key}:`. {field.about}"
    example = field.example if field.example not in {"", "…"} else "something in words"
    if isinstance(field.kind, Slug):
        example = _id_from_title(node) or example
    reading.problems.append(error("missing-key", place, message, f"Add `{field.key}: {example}`."))
