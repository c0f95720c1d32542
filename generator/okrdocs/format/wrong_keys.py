"""Tells what is wrong with the keys of a record: an unknown one, or one that is missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from okrdocs.format.fields import Field, SlugField, WholeNumberField, fields_of, required_fields
from okrdocs.format.records import (
    CycleDocument,
    KeyResult,
    MetricsDocument,
    Objective,
    Organization,
    TeamDocument,
)
from okrdocs.format.records.other_names import keys_for_other_name
from okrdocs.format.reference import slug_from
from okrdocs.format.scalars import ReadContext, is_empty, shorten_typed
from okrdocs.format.typed_keys import typed_key, typed_objective_key
from okrdocs.problem import Replacement, Span, error
from okrdocs.source.yaml import reader as yaml_reader
from okrdocs.source.yaml.reader import Node, Scalar
from okrdocs.source.yaml.scalar_text import scalar_text

Reads = Callable[[Field, Node], bool]
"""Whether a value can be read as that of a field."""

_KEY_LIKENESS = 0.78
"""How like a key a slip must be: `taget` is, and `deadline` isn't like `baseline`."""


def _with_article(noun: str) -> str:
    if noun.endswith("s"):
        return noun
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def record_name(record: type[Any]) -> str:
    """Return a record's name for messages: `a key result`, `okr.yml`."""
    files = {
        "Organization": "`okr.yml`",
        "MetricsDocument": "`metrics.yml`",
        "CycleDocument": "`cycle.yml`",
        "TeamDocument": "a team's file",
    }
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", record.__name__).lower().replace("check in", "check-in")
    return files.get(record.__name__) or _with_article(words)


def _certain_key(record: type[Any], key: Scalar, node: yaml_reader.Mapping, reads: Reads) -> str:
    """Return the key that was surely meant; or "".

    It is written in another way, or the only one that goes by this name and isn't given, and the
    value can be read as its own.
    """
    record_fields = fields_of(record)
    given = {other.text for other, _ in node.entries}
    same = re.sub(r"[- ]+", "_", key.text.strip().lower())
    if same in record_fields and same not in given:
        return same
    value = next(each for other, each in node.entries if other is key)
    keys = keys_for_other_name(record, key.text)
    if not _TWO_READINGS.keys().isdisjoint((each, key.text.lower()) for each in keys):
        return ""
    fit = [each for each in keys if each not in given and reads(record_fields[each], value)]
    return fit[0] if len(fit) == 1 else ""


_DONE_OR_DUE = "Write `done:` for the day on which it was finished, `due:` for a planned one."
_TWO_READINGS = {
    **{("due", word): _DONE_OR_DUE for word in ("date", "day", "on", "when")},
    ("closing_note", "outcome"): "",
    **{("meta", word): "" for word in ("custom", "labels", "tags")},
}
"""Keys with other names that may mean something else as well, each with what to say of it."""


def report_unknown_key(
    record: type[Any], key: Scalar, node: yaml_reader.Mapping, context: ReadContext, reads: Reads
) -> None:
    """Add an error for a key that a record doesn't have, with the one that was meant."""
    record_fields = fields_of(record)
    message = f"`{shorten_typed(key.text)}` isn't a key of {record_name(record)}."
    value = next(each for other, each in node.entries if other is key)
    meant = typed_key(key.text, value, node, context.path) if record is KeyResult else None
    if record is Objective:
        meant = typed_objective_key(key.text, value, context.path)
    if meant is not None:
        problem = error("unknown-key", context.span(key), message, meant.hint)
        entries = tuple((name, scalar_text(text)) for name, text in meant.entries)
        written = Replacement(context.span(value), "", entries) if entries else None
        context.problems.append(problem._replace(replacement=written))
        return
    right = _certain_key(record, key, node, reads)
    hint = f"Write `{right}`." if right else ""
    hint = hint or _other_file_hint(record, key.text) or _intended_key_hint(record, key.text)
    hint = hint or context.nearest_hint(key.text, record_fields, _KEY_LIKENESS)
    if not hint and (" " in key.text or key.text.endswith(")")):
        hint = "If this is the rest of a sentence, put quotes around the whole text."
    keys = ", ".join(f"`{name}`" for name in record_fields if name != "meta")
    own = "Keys of your own stand below `meta:`"
    if "meta" in record_fields and (typed := yaml_reader.source_text(value)):
        own += f", as in `meta: {{{key.text}: {typed}}}`" if len(typed) < 60 else ""
    hint = hint or f"Known keys: {keys}. {own}."
    context.add_error("unknown-key", key, message, hint, right)


def _intended_key_hint(record: type[Any], word: str) -> str:
    """Return a hint at the key that people mean by a word, with its example."""
    keys = keys_for_other_name(record, word)
    asked = f"Did you mean {' or '.join(f'`{key}`' for key in keys)}?"
    if len(keys) != 1:
        return asked if keys else ""
    if unclear := _TWO_READINGS.get((keys[0], word.lower())):
        return unclear
    field = fields_of(record)[keys[0]]
    example = f" For example: `{field.key}: {field.example}`." if field.example else ""
    return f"{asked} {field.about}{example}"


def _other_file_hint(record: type[Any], key: str) -> str:
    """Say where a key of a whole file belongs, when it stands in a file of another kind."""
    if record is TeamDocument and key in {"team", "cycle", "quarter", "period"}:
        return "Remove it: the file's name says the team, and its folder the cycle."
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


def report_missing_keys(
    record: type[Any], node: yaml_reader.Mapping, values: dict[str, Any], context: ReadContext
) -> None:
    """Add an error for each required key of a record that isn't there."""
    given = {key.text for key, value in node.entries if not is_empty(value)}
    for field in required_fields(record):
        if field.attribute not in values and field.key not in given:
            _report_missing_key(record, field, node, context)


def _id_from_title(node: Node) -> str:
    """Make an id of a record's own title, for the hint that one is missing."""
    entries = node.entries if isinstance(node, yaml_reader.Mapping) else []
    titles = [v.text for k, v in entries if k.text == "title" and isinstance(v, Scalar)]
    return "-".join(slug_from(titles[0]).split("-")[:3]) if titles else ""


def _report_missing_key(record: type[Any], field: Field, node: Node, context: ReadContext) -> None:
    line, column, _end_line, _end_column = node.extent
    place = Span(context.path, line, column, line, column + 1)
    name = record_name(record)
    message = f"{name[:1].upper()}{name[1:]} needs `{field.key}:`. {field.about}"
    example = field.example if field.example not in {"", "…"} else "something in words"
    certain = isinstance(field.kind, WholeNumberField) and field.kind.low == field.kind.high
    if isinstance(field.kind, SlugField) and (name := _id_from_title(node)):
        example, certain = name, True
    problem = error("missing-key", place, message, f"Add `{field.key}: {example}`.")
    right = _insertion(f"{field.key}: {example}", node, context) if certain else None
    context.problems.append(problem._replace(replacement=right))


def _insertion(entry: str, node: Node, context: ReadContext) -> Replacement:
    """Return the replacement that puts an entry in front of the first one of a record."""
    line, column = node.extent[:2]
    if isinstance(node, yaml_reader.Mapping) and node.flow:
        return Replacement(Span(context.path, line, column + 1, line, column + 1), f"{entry}, ")
    indent = " " * (column - 1)
    return Replacement(Span(context.path, line, column, line, column), f"{entry}\n{indent}")
