"""Reads nodes of YAML as records, as the declarations of `fields` say.

Shape only: whether an id exists or a quantity makes sense is decided further up. Every fault
of a file is reported at its place, in one run.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

from okrdocs.format import suggestions
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
    NameField,
    NumberField,
    ProseField,
    RecordField,
    RefField,
    ShareField,
    SlugField,
    TextField,
    UrlField,
    WholeNumberField,
    fields_of,
    required_fields,
)
from okrdocs.format.likely_dates import day_in_cycle, likely_dates
from okrdocs.format.quick_readers import (
    Reader,
    caching_reader,
    empty_as_none_reader,
    fast_text_reader,
)
from okrdocs.format.records import (
    Record,
)
from okrdocs.format.scalars import (
    ReadContext,
    describe_node,
    is_empty,
    read_amount,
    read_choice,
    read_day,
    read_flag,
    read_grade,
    read_number,
    read_ref,
    read_share,
    read_slug,
    read_text,
    read_url,
    read_whole_number,
    report_missing_quotes_around_colon,
    shorten_typed,
)
from okrdocs.format.wrong_keys import record_name, report_missing_keys, report_unknown_key
from okrdocs.problem import Extent, Source, item_key
from okrdocs.source.yaml import reader as yaml_reader
from okrdocs.source.yaml.reader import Node, Scalar
from okrdocs.source.yaml.scalar_text import scalar_text


def _read_anything(_kind: AnyField, node: Node, context: ReadContext) -> Any:
    if isinstance(node, Scalar):
        return None if yaml_reader.is_null(node) else node.text
    if isinstance(node, yaml_reader.Mapping):
        return {key.text: _read_anything(_kind, value, context) for key, value in node.entries}
    return [_read_anything(_kind, item, context) for item in node.items]


def _written_record(fields: Mapping[str, Field], node: Node) -> str:
    """Return the record that a list or a text stands for, as YAML; "" where that isn't certain."""
    if isinstance(node, yaml_reader.Sequence):
        return suggestions.record_from_list(fields, node)
    if not isinstance(node, Scalar):
        return ""
    if {key for key, field in fields.items() if field.required} == {"id", "title"}:
        name, title = suggestions.id_and_title(node)
        indent = " " * (node.extent[1] - 1)
        return f"id: {name}\n{indent}title: {scalar_text(title)}" if name else ""
    return suggestions.record_from_text(fields, node.text)


def _report_step_with_state(title: Scalar, state: Node, node: Node, context: ReadContext) -> bool:
    """Report `- Forum: done`, a step with how it stands, and return whether it is one."""
    if not isinstance(state, Scalar):
        return False
    text, written = state.text.strip(), scalar_text(title.text)
    message = f"The colon turned the step `{shorten_typed(title.text)}` into a mapping."
    if _NOT_DONE.fullmatch(text):
        hint = f"Write `{written}`; without a day in `done:` a step isn't done."
        context.add_error("yaml-trap", node, message, hint, written)
    elif _IS_DONE.fullmatch(text):
        line = f"{{title: {written}, done: {day_in_cycle(context.path)}}}"
        hint = f"Write `{line}`, with the day on which it was done."
        context.add_error("yaml-trap", node, message, hint)
    elif len(days := likely_dates(text, context.path)) == 1:
        lines = [f"`{{title: {written}, {key}: {days[0][0]}}}`" for key in ("done", "due")]
        context.add_error("yaml-trap", node, message, f"Write {' or '.join(lines)}.")
    else:
        return False
    return True


_IS_DONE = re.compile(
    r"(?:done|yes|true|x|completed?|finished|achieved|shipped|launched|✓|✔|✅|100 ?%)",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"(?:no|not (?:done|yet|started|begun)|false|open|todo|to do|planned|0 ?%)", re.IGNORECASE
)


def _report_text_with_colon(
    kind: RecordField, node: yaml_reader.Mapping, context: ReadContext
) -> None:
    """Report `- Legal: slow`, or keys of the record after commas: `- Pilot, done: …`."""
    key, value = node.entries[0]
    title, comma, name = key.text.rpartition(", ")
    if not comma or name not in fields_of(kind.record) or not isinstance(value, Scalar):
        if "done" in fields_of(kind.record) and _report_step_with_state(key, value, node, context):
            return
        report_missing_quotes_around_colon(node, context)
        return
    known = "|".join(map(re.escape, fields_of(kind.record)))
    first, *rest = re.split(rf", ({known}): ", value.text)
    pairs = [(kind.shorthand, title), (name, first), *zip(rest[::2], rest[1::2], strict=True)]
    written = ", ".join(f"{each}: {scalar_text(text)}" for each, text in pairs)
    message = f"The colon made one key of all before it, so that `{name}` isn't read."
    context.add_error("yaml-trap", node, message, write=f"{{{written}}}")


def _read_one_record(kind: RecordField, node: Node, context: ReadContext) -> Any:
    if isinstance(node, yaml_reader.Mapping):
        if (
            kind.shorthand
            and yaml_reader.looks_like_text(node)
            and node.entries[0][0].text not in fields_of(kind.record)
        ):
            return _report_text_with_colon(kind, node, context)
        if written := suggestions.record_from_pair(fields_of(kind.record), node):
            message = f"{shorten_typed(node.entries[0][0].text)} is no key here, but a value."
            return context.add_error("wrong-type", node, message, write=written)
        return read_record(kind.record, node, context)
    if not kind.shorthand or not isinstance(node, Scalar):
        name = record_name(kind.record)
        keys = ", ".join(
            f"`{key}:`" for key, field in fields_of(kind.record).items() if field.required
        )
        wanted = f" with {keys}" if keys else ""
        message = f"Expected {name}{wanted}, found {describe_node(node)}."
        record_fields = fields_of(kind.record)
        hint = suggestions.record_hint(record_fields, node)
        context.add_error("wrong-type", node, message, hint, _written_record(record_fields, node))
        return None
    field = fields_of(kind.record)[kind.shorthand]
    value = read_kind(field.kind, node, context)
    if value is None:
        return None
    source = Source(context.path, node.extent, {field.key: node.extent})
    return kind.record(at=source, **{field.attribute: value})


def _read_list(kind: ListField, node: Node, context: ReadContext) -> tuple[Any, ...] | None:
    if isinstance(node, yaml_reader.Sequence):
        return tuple(_read_list_items(kind, node.items, context))
    if isinstance(kind.of, NameField) and len(names := suggestions.names_in_mapping(node)) > 1:
        message = "Expected a list of names, found a mapping (`key: value`)."
        written = f"[{', '.join(names)}]"
        context.add_error(
            "wrong-type", node, message, f"Write the names alone: `{written}`.", written
        )
        return None
    if isinstance(kind.of, NameField) and (names := suggestions.names_in_row(node)):
        message = f"Expected one name or a list, found {describe_node(node)}."
        context.add_error("wrong-type", node, message, write=f"[{', '.join(names)}]")
        return None
    if kind.single:
        value = read_kind(kind.of, node, context)
        return None if value is None else (value,)
    message = f"Expected a list, found {describe_node(node)}."
    if written := _list_in_brackets(kind, node):
        context.add_error("wrong-type", node, message, write=written)
        return None
    hint = "Begin each item with `- ` on a line of its own."
    context.add_error("wrong-type", node, message, hint)
    return None


def _list_in_brackets(kind: ListField, node: Node) -> str:
    """Return what was written in a row, or as `{Pilot: 0.5}`, as a list; "" where it isn't one."""
    record = kind.of.record if isinstance(kind.of, RecordField) and kind.of.shorthand else None
    one_line = node.extent[0] == node.extent[2]
    if isinstance(node, Scalar) and record and one_line and re.search(r"[^\W\d_]", node.text):
        return f"[{', '.join(scalar_text(item.strip()) for item in node.text.split(','))}]"
    if not isinstance(node, yaml_reader.Mapping) or not isinstance(kind.of, RecordField):
        return ""
    fields = fields_of(kind.of.record)
    single = [yaml_reader.Mapping([entry], node.extent, node.flow) for entry in node.entries]
    records = [suggestions.record_from_pair(fields, pair) for pair in single]
    return f"[{', '.join(records)}]" if records and all(records) else ""


def _read_list_items(kind: ListField, nodes: list[Node], context: ReadContext) -> list[Any]:
    values = []
    read = reader_for_kind(kind.of)
    for node in nodes:
        if is_empty(node):
            context.add_error(
                "empty-item", node, "This item of the list is empty.", "Remove its dash."
            )
            continue
        value = read(node, context)
        if value is not None:
            values.append(value)
    return values


def _read_mapping(kind: MappingField, node: Node, context: ReadContext) -> dict[str, Any] | None:
    if not isinstance(node, yaml_reader.Mapping):
        message = f"Expected a mapping from ids to values, found {describe_node(node)}."
        context.add_error("wrong-type", node, message, "Write `some-id:` and its value below.")
        return None
    values = {}
    for key, value_node in node.entries:
        name = read_slug(SlugField(), key, context)
        value = None if is_empty(value_node) else read_kind(kind.of, value_node, context)
        if value is None and is_empty(value_node):
            message = f"`{key.text}` has nothing below it."
            context.add_error("missing-key", key, message, "Give its value, or remove the line.")
        elif name is not None and value is not None:
            values[name] = _place_at_id(value, key)
    return values


def _place_at_id(value: Any, key: Scalar) -> Any:
    """Give a record below an id the id's place: that is what messages speak of."""
    if not isinstance(value, Record):
        return value
    return dataclasses.replace(value, at=value.at._replace(extent=key.extent))


def _read_list_or_name(kind: ListOrNameField, node: Node, context: ReadContext) -> Any:
    if isinstance(node, Scalar) and "," in node.text:
        hint = "Begin each item with `- ` on a line of its own."
        message = f"Expected a list or one name, found {describe_node(node)}."
        return context.add_error("wrong-type", node, message, hint)
    if isinstance(node, Scalar):
        return read_slug(SlugField(), node, context)
    return _read_list(kind.listed, node, context)


_READERS: Mapping[type[Any], Callable[[Any, Node, ReadContext], Any]] = {
    TextField: read_text,
    NameField: read_text,
    ProseField: read_text,
    SlugField: read_slug,
    DateField: read_day,
    AmountField: read_amount,
    ShareField: read_share,
    GradeField: read_grade,
    NumberField: read_number,
    WholeNumberField: read_whole_number,
    FlagField: read_flag,
    ChoiceField: read_choice,
    UrlField: read_url,
    RefField: read_ref,
    AnyField: _read_anything,
    RecordField: _read_one_record,
    ListField: _read_list,
    MappingField: _read_mapping,
    ListOrNameField: _read_list_or_name,
}


_KINDS_WITH_REPEATED_TEXTS = (
    SlugField,
    DateField,
    AmountField,
    ShareField,
    GradeField,
    NumberField,
    WholeNumberField,
    FlagField,
    ChoiceField,
)
"""Kinds whose texts come again and again, each time with the same value."""


def read_kind(kind: FieldKind, node: Node, context: ReadContext) -> Any:
    """Read the value of a node as its kind says; None with a problem added if it is wrong."""
    return reader_for_kind(kind)(node, context)


@cache
def reader_for_kind(kind: FieldKind) -> Reader:
    """Return the function that reads values of a kind, made once; it reads blanks as None."""
    full_reader: Reader = partial(_READERS[type(kind)], kind)
    if isinstance(kind, TextField | ProseField | NameField):
        return fast_text_reader(kind.limit, full_reader)
    return (
        caching_reader(full_reader)
        if isinstance(kind, _KINDS_WITH_REPEATED_TEXTS)
        else empty_as_none_reader(full_reader)
    )


class _RecordReadPlan(NamedTuple):
    """How a record is read, and what must be there.

    For every key: the key, its attribute, its reader, and whether it lists names, which have places
    of their own. The key is kept so that records share one string.
    """

    keys: Mapping[str, tuple[str, str, Reader, bool]]
    required: frozenset[str]


_READ_PLANS: dict[type[Any], _RecordReadPlan] = {}


def _is_list_of_names(kind: FieldKind) -> bool:
    return isinstance(kind, ListField) and isinstance(kind.of, NameField | SlugField)


def _read_plan_for(record: type[Any]) -> _RecordReadPlan:
    if record not in _READ_PLANS:
        declared = fields_of(record)
        keys = {
            key: (key, field.attribute, reader_for_kind(field.kind), _is_list_of_names(field.kind))
            for key, field in declared.items()
        }
        required = frozenset(field.attribute for field in required_fields(record))
        _READ_PLANS[record] = _RecordReadPlan(keys, required)
    return _READ_PLANS[record]


def read_record(record: type[Any], node: yaml_reader.Mapping, context: ReadContext) -> Any:
    """Read a mapping as a record; adds every problem in it.

    Returns None where a required key is missing.
    """
    plans, required = _read_plan_for(record)
    values: dict[str, Any] = {}
    extents = {}
    faulty: list[str] = []
    problems = context.problems
    count = len(problems)
    for key, value_node in node.entries:
        if key.text not in plans:
            report_unknown_key(record, key, node, context, _reads)
            count = len(problems)
            continue
        name, attribute, read, lists_names = plans[key.text]
        extents[name] = value_node.extent
        if lists_names and isinstance(value_node, yaml_reader.Sequence):
            extents.update(_item_extents(name, value_node))
        value = read(value_node, context)
        if value is not None:
            values[attribute] = value
        if len(problems) > count:
            faulty.append(name)
            count = len(problems)
    if not required <= values.keys():
        report_missing_keys(record, node, values, context)
        return None
    source = Source(context.path, node.extent, extents)
    return record(at=source._replace(faulty=frozenset(faulty)) if faulty else source, **values)


_AMOUNT_BEGINS = re.compile(r"[-+<>=≤≥~ ]*[$€£]?[0-9](?!.*[0-9]-[0-9]{2}-[0-9]{2})")


def _reads(field: Field, node: Node) -> bool:
    """Return whether a node can be read as a field's value; an amount begins with its number."""
    if isinstance(field.kind, AmountField) and not (
        isinstance(node, Scalar) and _AMOUNT_BEGINS.match(node.text)
    ):
        return False
    context = ReadContext("", [])
    return read_kind(field.kind, node, context) is not None and not context.problems


def _item_extents(field: str, node: yaml_reader.Sequence) -> Iterator[tuple[str, Extent]]:
    for item in node.items:
        if isinstance(item, Scalar):
            yield item_key(field, item.text.strip()), item.extent
