"""The generated reference pages: none is stale, every field and option is told, examples work."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from okrdocs.cli import create_parser
from okrdocs.format.fields import fields_of
from okrdocs.format.record_reader import read_kind
from okrdocs.format.scalars import ReadContext
from okrdocs.source.yaml import reader as yaml_text

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
WRITER = runpy.run_path(str(ROOT / "generator" / "docs_tools" / "reference_pages.py"))
PAGES: dict[str, str] = WRITER["pages"]()


@pytest.mark.parametrize("name", PAGES)
def test_no_generated_page_is_stale(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == PAGES[name], "run `make docs`"


def records() -> Iterator[type[Any]]:
    waiting, seen = [*WRITER["FILES"]], set()
    while waiting:
        record = waiting.pop()
        if record not in seen:
            seen.add(record)
            yield record
            waiting.extend(WRITER["nested_records"](record))


RECORDS = sorted(records(), key=lambda each: each.__name__)


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: each.__name__)
def test_every_example_of_a_field_can_be_typed_as_it_is_shown(record: type[Any]) -> None:
    for field in fields_of(record).values():
        text = f"{field.key}: {field.example}\n"
        node, problems = yaml_text.parse(text, "example.yml")
        assert isinstance(node, yaml_text.Mapping)
        found = [*problems]
        value = read_kind(field.kind, node.entries[0][1], ReadContext("example.yml", found))
        assert found == [], text
        assert value is not None, text


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: each.__name__)
def test_every_field_says_what_it_is_for(record: type[Any]) -> None:
    for field in fields_of(record).values():
        assert field.about.endswith("."), field
        assert "|" not in field.about + field.example  # a table's cell would end there


def test_every_command_has_a_section_with_words_of_its_own() -> None:
    commands = WRITER["subcommands"]()
    words = set(WRITER["command_words"]()) - {"head", "tail"}
    assert words == set(commands)
    for name in commands:
        assert f"\n## okr {name}\n" in PAGES["reference/cli.md"]


def test_every_option_says_what_it_does() -> None:
    for command in WRITER["subcommands"]().values():
        for action in command.arguments():
            assert action.help, f"{command.prog} {action.option_strings}"
    assert create_parser().description
