"""Makes the JSON Schemas by which an editor completes, explains and checks what is typed.

They follow from the declarations of `records`, as the loader does. A schema never refuses what
`record_reader` and `scalars` accept. What only they can see (references, dates that don't exist,
what YAML drops without a message) stays with `okr check`.

Draft-07 is what all editors read. To one, an unquoted `2025`, `0.7` or `true` is a number or a
truth value, even where it stands for text. What a value may be is therefore said by what it may
not be (`_refuse_types_schema`): a `type` that allowed all of them would make the YAML language
server offer `true` and `null` for every title.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from okrdocs.format import fields
from okrdocs.format.editor_snippets import SNIPPETS, parse_example
from okrdocs.format.fields import Field, FieldKind, fields_of
from okrdocs.format.json_patterns import line_pattern
from okrdocs.format.records import CycleDocument, MetricsDocument, Organization, TeamDocument
from okrdocs.markup.escape import json_text

Schema = dict[str, Any]
"""A JSON Schema, or a part of one: plain values that `json.dumps` takes."""

FILES: Mapping[str, type[Any]] = {
    "organization": Organization,
    "cycle": CycleDocument,
    "team": TeamDocument,
    "metrics": MetricsDocument,
}
"""The record of each kind of file, by the name that `okr schema` knows."""


def schema_texts() -> Mapping[str, str]:
    """Return the text of every schema as JSON, by the file name under which it is published."""
    names = {"organization": "okr"}
    return {
        f"{names.get(kind, kind)}.schema.json": f"{json_text(schema_of(record))}\n"
        for kind, record in FILES.items()
    }


def schema_of(record: type[Any]) -> Schema:
    """Return the whole schema of a file with this record; its references lead into itself."""
    within = sorted(_all_nested_records(record), key=_definition_name)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": record_title(record),
        "description": record_description(record),
        **_record_schema(record),
        "definitions": {_definition_name(nested): _record_schema(nested) for nested in within},
    }


# ------------------------------------------------------------------- records and their names

_FILE_TITLES = {
    Organization: "okr.yml",
    CycleDocument: "cycle.yml",
    TeamDocument: "A team's file",
    MetricsDocument: "metrics.yml",
}


def record_title(record: type[Any]) -> str:
    """Return a record's name for headings: `Key result`, `okr.yml`, `A team's file`."""
    return _FILE_TITLES.get(record) or _name_in_words(record).capitalize().replace(
        "Check in", "Check-in"
    )


def record_description(record: type[Any]) -> str:
    """Return the first paragraph of a record's docstring, on one line."""
    return " ".join((record.__doc__ or "").split("\n\n")[0].split())


def _name_in_words(record: type[Any]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", record.__name__).lower()


def _definition_name(record: type[Any]) -> str:
    return _name_in_words(record).replace(" ", "_")


def nested_records(record: type[Any]) -> Iterator[type[Any]]:
    """Yield the records that stand directly in a record's fields, in the order of the fields."""
    for field in fields_of(record).values():
        nested = record_of_kind(field.kind)
        if nested is not None:
            yield nested


def record_of_kind(kind: FieldKind) -> type[Any] | None:
    """Return the record in a kind of value, however deep in lists; None where there is none."""
    match kind:
        case fields.RecordField(record):
            return record
        case fields.ListField(of) | fields.MappingField(of):
            return record_of_kind(of)
        case fields.ListOrNameField(listed):
            return record_of_kind(listed)
    return None


def _all_nested_records(record: type[Any]) -> set[type[Any]]:
    records: set[type[Any]] = set()
    waiting = [record]
    while waiting:
        new = [nested for nested in nested_records(waiting.pop()) if nested not in records]
        records.update(new)
        waiting.extend(new)
    return records


def _record_schema(record: type[Any]) -> Schema:
    record_fields = fields_of(record)
    required = [key for key, field in record_fields.items() if field.required]
    return {
        "type": "object",
        "additionalProperties": False,
        **({"required": required} if required else {}),
        "properties": {
            key: _property_schema(record, field) for key, field in record_fields.items()
        },
    }


def _property_schema(record: type[Any], field: Field) -> Schema:
    """Return the schema of a field. No other part has a title, or an editor would show that."""
    example = f"{field.key}: {field.example}"
    return {
        "title": field.key.replace("_", " ").capitalize(),
        "description": f"{field.about}\n\nExample: {example}",
        # The language server puts the examples below it by itself.
        "markdownDescription": field.about,
        "examples": [parse_example(field.example)],
        **_default_schema(record, field),
        **_kind_schema(field.kind, blank=not field.required),
    }


def _default_schema(record: type[Any], field: Field) -> Schema:
    """Return what holds where the key is absent, if the declaration gives a default."""
    if isinstance(field.kind, fields.WholeNumberField) and field.kind.low == field.kind.high:
        return {"default": field.kind.low}
    given = next(f.default for f in dataclasses.fields(record) if f.name == field.attribute)
    plain = isinstance(given, StrEnum | int) and not isinstance(given, bool)
    return {"default": given.value if isinstance(given, StrEnum) else given} if plain else {}


# ------------------------------------------------------------------- kinds of values


def _kind_schema(kind: FieldKind, *, blank: bool = False) -> Schema:
    """Return the schema of a value. `blank`: a key without a value is fine."""
    match kind:
        case fields.AnyField():
            return {}
        case fields.RecordField():
            return _record_or_shorthand_schema(kind, blank)
        case fields.ListField():
            return _list_schema(kind, blank)
        case fields.MappingField(of):
            return _mapping_schema(_kind_schema(of), blank)
        case fields.ListOrNameField(listed):
            return _if_type_schema(
                ["array"],
                {"items": _list_item_schema(listed.of)},
                _kind_schema(fields.SlugField(), blank=blank),
            )
        case fields.ChoiceField(words):
            choices: list[str] = [word.value for word in words]
            return {"anyOf": [{"enum": choices}, _one_line_schema(kind, blank)]}
    return _one_line_schema(kind, blank)


def _record_or_shorthand_schema(kind: fields.RecordField, blank: bool) -> Schema:
    """Return the schema of a mapping, or of the text on one line that may stand for it."""
    reference = {"$ref": f"#/definitions/{_definition_name(kind.record)}"}
    if kind.shorthand:
        inner = fields_of(kind.record)[kind.shorthand].kind
        inner = inner.of if isinstance(inner, fields.ListField) else inner
        return _if_type_schema(
            _ON_ONE_LINE if blank else _TYPED, _kind_schema(inner, blank=blank), reference
        )
    if blank:
        return _if_type_schema(["null", "string"], _blank_text_schema(_NO_MAPPING), reference)
    return {"allOf": [reference]}


def _if_type_schema(types: list[str], then: Schema, otherwise: Schema) -> Schema:
    # Not `anyOf`: where nothing fits, an editor would say why the first alternative doesn't,
    # which may not be the one that was meant.
    return {"if": {"type": types}, "then": then, "else": otherwise}


def _list_schema(kind: fields.ListField, blank: bool) -> Schema:
    if kind.single:
        return _if_type_schema(
            ["array"], {"items": _list_item_schema(kind.of)}, _kind_schema(kind.of, blank=blank)
        )
    says = "Expected a list: begin each item with `- ` on a line of its own."
    return {"items": _list_item_schema(kind.of), **_type_or_blank_schema("array", blank, says)}


def _list_item_schema(kind: FieldKind) -> Schema:
    record = record_of_kind(kind)
    words = (
        {"title": record_title(record), "description": record_description(record)} if record else {}
    )
    snippets = {"defaultSnippets": [SNIPPETS[record]]} if record in SNIPPETS else {}
    return {**words, **snippets, **_kind_schema(kind)}


def _mapping_schema(value: Schema, blank: bool) -> Schema:
    says = "Expected a mapping: write `some-id:` and its value below."
    line = line_pattern(fields.SlugField())
    names = {"pattern": rf"^\s*(?:{line.pattern})\s*$", "patternErrorMessage": line.says}
    return {
        "propertyNames": names,
        "additionalProperties": value,
        **_type_or_blank_schema("object", blank, says),
    }


_TYPED = ["boolean", "number", "string"]
_ON_ONE_LINE = [*_TYPED, "null"]
_NO_MAPPING = "Expected keys with their values below."
_TYPES = ("array", "boolean", "null", "number", "object", "string")


def _refuse_types_schema(allowed: set[str], says: str) -> Schema:
    refused = [name for name in _TYPES if name not in allowed]
    expected = sorted(allowed - {"null"})
    return {"if": {"type": refused}, "then": {"type": expected, "errorMessage": says}}


def _type_or_blank_schema(expected: str, blank: bool, says: str) -> Schema:
    """Return the schema of a list or mapping; with `blank` also of nothing and of `""`."""
    if not blank:
        return {"type": expected}
    return {**_refuse_types_schema({expected, "null", "string"}, says), **_blank_text_schema(says)}


def _blank_text_schema(says: str) -> Schema:
    return {"pattern": r"^\s*$", "patternErrorMessage": says}


def _one_line_schema(kind: FieldKind, blank: bool) -> Schema:
    line = line_pattern(kind)
    allowed = {"string", *line.types, *(("null",) if blank else ())}
    return {
        **_refuse_types_schema(allowed, line.says),
        "pattern": rf"^\s*(?:{line.pattern}){'?' if blank else ''}\s*$",
        "patternErrorMessage": line.says,
        **line.limits,
    }
