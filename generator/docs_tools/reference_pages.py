"""Writes what follows from the code: the format, the command line, the schemas for editors.

`make docs` runs it; tests/docs_tools/test_reference_pages.py fails when a committed file is
stale. The words about a field stand in its declaration (`okrdocs.format.records`), those about
an option in `okrdocs.commands`; here stands what a page says beyond that. Outside the package:
nothing at run time needs it.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from okrdocs.cli import COMMANDS, create_parser
from okrdocs.commands.arguments import Parser
from okrdocs.commands.command import Group
from okrdocs.format import fields
from okrdocs.format import records as model
from okrdocs.format.fields import Field, FieldKind, fields_of
from okrdocs.format.json_schema import (
    nested_records,
    record_description,
    record_of_kind,
    record_title,
    schema_texts,
)
from okrdocs.report.rule_docs import problems_page

DOCS = Path(__file__).resolve().parents[2] / "docs"
WORDS = Path(__file__).resolve().parent
FILES = (model.Organization, model.MetricsDocument, model.CycleDocument, model.TeamDocument)
MOST_WORDS_IN_A_CELL = 5
# In a search, what a page of the company says comes before what its examples say.
RANK = "---\nsearch:\n  boost: 0.3\n---\n\n"

# ------------------------------------------------------------------- the file format


def format_page() -> str:
    """docs/reference/format.md: a section for each file, a table for each record."""
    places = _places()
    head = (WORDS / "reference_format.md").read_text("utf-8")
    parts = [head, *_sections(places), _choices(places)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _places() -> Mapping[type[Any], list[tuple[type[Any], Field]]]:
    """Each record with the fields in which it stands; the records in the order of the page."""
    found: dict[type[Any], list[tuple[type[Any], Field]]] = {}
    for file in FILES:
        waiting = [file]
        while waiting:
            record = waiting.pop(0)
            if record in found and (record in FILES or found[record]):
                continue
            found.setdefault(record, [])
            waiting = [*nested_records(record), *waiting]
    for owner in tuple(found):
        for field in fields_of(owner).values():
            inner = record_of_kind(field.kind)
            if inner is not None:
                found[inner].append((owner, field))
    return found


def _words(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).capitalize()


def anchor_of(title: str) -> str:
    """The anchor that MkDocs and code hosts give a heading."""
    return "-".join(re.sub(r"[^a-z0-9 _-]", "", title.lower()).split())


def _link(record: type[Any], text: str = "") -> str:
    title = record_title(record)
    return f"[{text or title.lower()}](#{anchor_of(title)})"


def _sections(places: Mapping[type[Any], list[tuple[type[Any], Field]]]) -> Iterator[str]:
    for record, stands_in in places.items():
        mark = "##" if record in FILES else "###"
        lines = [f"{mark} {record_title(record)}", "", record_description(record)]
        if stands_in:
            lines[2] += f" Stands in {_listed(_place(*each) for each in stands_in)}."
        yield "\n".join([*lines, "", *_table(record)])


def _place(owner: type[Any], field: Field) -> str:
    return f"`{field.key}:` of {_link(owner)}"


def _listed(words: Iterable[str]) -> str:
    *first, last = list(words)
    return f"{', '.join(first)} and {last}" if first else last


def _table(record: type[Any]) -> Iterator[str]:
    yield "| key | kind | what it says | example |"
    yield "|---|---|---|---|"
    for field in fields_of(record).values():
        kind = kind_in_words(field.kind) + (", **required**" if field.required else "")
        about = field.about + _default(record, field)
        yield f"| `{field.key}` | {kind} | {about} | {_code(field)} |"


def _default(record: type[Any], field: Field) -> str:
    """What holds where the key is absent, if the declaration gives a value of its own."""
    given = next(f.default for f in dataclasses.fields(record) if f.name == field.attribute)
    plain = isinstance(given, StrEnum | int) and not isinstance(given, bool)
    return f" `{given}` unless given." if plain else ""


def _code(field: Field) -> str:
    return f"`{field.example}`" if field.example else ""


_SIMPLE: Mapping[type[Any], str] = {
    fields.TextField: "text",
    fields.ProseField: "[longer text](text.md#longer-texts)",
    fields.SlugField: "[id](#ids)",
    fields.NameField: "[id](#ids) of `people`, or a name",
    fields.DateField: "date",
    fields.AmountField: "[amount](quantities.md)",
    fields.ShareField: "probability",
    fields.FlagField: "`true` or `false`",
    fields.UrlField: "address",
    fields.RefField: "[reference](#references)",
    fields.AnyField: "anything",
}


def kind_in_words(kind: FieldKind) -> str:
    """A kind of value as the page names it, with a link where there is more to say."""
    match kind:
        case fields.GradeField(or_na):
            return "grade, or `n/a`" if or_na else "grade"
        case fields.NumberField(low, high):
            return f"number, {low} to {high}" if high else f"number, {low} or more"
        case fields.WholeNumberField(low, high):
            return f"`{low}`" if low == high else f"whole number, {low} to {high}"
    return _SIMPLE.get(type(kind)) or _compound_in_words(kind)


def _compound_in_words(kind: FieldKind) -> str:
    match kind:
        case fields.ChoiceField(words):
            known = [f"`{word.value}`" for word in words]
            few = len(known) <= MOST_WORDS_IN_A_CELL
            return " · ".join(known) if few else f"[one of these words](#{_choice_anchor(words)})"
        case fields.RecordField(record, shorthand):
            short = f", or its `{shorthand}` alone as text" if shorthand else ""
            return f"{_link(record)}{short}"
        case fields.ListField(of, single):
            return f"{kind_in_words(of)}, or a list" if single else f"list: {kind_in_words(of)}"
        case fields.MappingField(of):
            return f"under each id: {kind_in_words(of)}"
        case fields.ListOrNameField(listed, named):
            return f"{kind_in_words(listed)}; or the name of one from `{named}:`"
    raise AssertionError(f"a kind without words: {kind}")


def _choice_anchor(words: type[StrEnum]) -> str:
    return anchor_of(_words(words.__name__))


def _choices(places: Iterable[type[Any]]) -> str:
    """Every list of words to choose from; case doesn't matter in them."""
    found = {
        field.kind.words: None
        for record in places
        for field in fields_of(record).values()
        if isinstance(field.kind, fields.ChoiceField)
    }
    head = "## Words to choose from\n\nUpper and lower case don't matter."
    return "\n\n".join([head, *(_choice(words) for words in found)])


def _choice(words: type[StrEnum]) -> str:
    known = ", ".join(f"`{word.value}`" for word in words)
    about = re.sub(r"\s+", " ", (words.__doc__ or "").strip())
    return f"### {_words(words.__name__)}\n\n{about}\n\n{known}"


# ------------------------------------------------------------------- the command line


def cli_page() -> str:
    """docs/reference/cli.md: the commands, the common options, a section for each command."""
    commands = subcommands()
    common = _shared(commands.values())
    words = command_words()
    parts = [
        words["head"],
        "## Commands",
        "\n".join(_groups()),
        "## Options of every command",
        "\n".join(_options(common.values())),
        *(f"{_command(name, each, common)}\n\n{words[name]}" for name, each in commands.items()),
        words["tail"],
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def command_words() -> Mapping[str, str]:
    """What reference_cli.md says beyond the parser: `head`, each command by its name, `tail`."""
    text = (WORDS / "reference_cli.md").read_text("utf-8")
    head, *parts = re.split(r"<!-- ([a-z-]+) -->\n", text)
    named = dict(zip(parts[::2], parts[1::2], strict=True))
    return {name: words.strip() for name, words in {"head": head, **named}.items()}


def subcommands() -> Mapping[str, Parser]:
    """The commands of `okr` by name, in their order."""
    return create_parser().subcommands()


def _groups() -> Iterator[str]:
    """The commands in a table, under what people do with them."""
    yield "| to | command | what it does |"
    yield "|---|---|---|"
    for group in Group:
        for command in COMMANDS:
            if command.group is group:
                link = f"[`{command.name}`](#okr-{command.name})"
                yield f"| {group.lower()} | {link} | {command.about} |"


def _shared(commands: Iterable[Parser]) -> Mapping[str, argparse.Action]:
    """The options that every command has, by their names."""
    found = [{_names(action): action for action in each.arguments()} for each in commands]
    return {
        names: action for names, action in found[0].items() if all(names in each for each in found)
    }


def _names(action: argparse.Action) -> str:
    """`-q`, `--quiet`; `--root DIR`; `REF`."""
    value = action.metavar or (
        "{" + ",".join(map(str, action.choices)) + "}" if action.choices else ""
    )
    if not action.option_strings:
        return f"`{value}`"
    *short, long = action.option_strings
    return ", ".join([*(f"`{each}`" for each in short), f"`{f'{long} {value}'.strip()}`"])


def _options(actions: Iterable[argparse.Action]) -> Iterator[str]:
    yield "| option | what it does |"
    yield "|---|---|"
    for action in actions:
        default = f" Default: `{action.default}`." if _has_default(action) else ""
        about = (action.help or "").rstrip(".")
        yield f"| {_names(action)} | {about[:1].upper()}{about[1:]}.{default} |"


def _has_default(action: argparse.Action) -> bool:
    return action.default not in (None, False, argparse.SUPPRESS)


def _command(name: str, command: Parser, common: Mapping[str, argparse.Action]) -> str:
    own = [action for action in command.arguments() if _names(action) not in common]
    lines = [f"## okr {name}", "", command.description or ""]
    if own:
        lines += ["", *_options(own)]
    return "\n".join(lines)


def pages() -> Mapping[str, str]:
    """The text of each generated file by its path in docs/."""
    schemas = {f"schemas/{name}": text for name, text in schema_texts().items()}
    written = {
        "reference/format.md": format_page(),
        "reference/cli.md": cli_page(),
        "reference/problems.md": problems_page(),
    }
    return {**{path: RANK + text for path, text in written.items()}, **schemas}


if __name__ == "__main__":
    for path, text in pages().items():
        (DOCS / path).write_text(text, "utf-8", newline="\n")
