"""The schemas for editors refuse nothing that `okr check` accepts, and mark what people get wrong.

An editor reads YAML 1.2 with its types: `2025` is a number to it and `true` a truth value. The
tests do the same with the nodes of our own reader.
"""

from __future__ import annotations

import json
import math
import re
import runpy
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator  # type: ignore[import-untyped]  # it has no types

from okrdocs.format import fields
from okrdocs.format.editor_snippets import SNIPPETS, parse_example
from okrdocs.format.fields import Field, fields_of
from okrdocs.format.json_schema import FILES, nested_records, schema_of, schema_texts
from okrdocs.format.loader import read_record_file
from okrdocs.format.record_reader import read_kind
from okrdocs.format.records import (
    CycleDocument,
    KeyResult,
    Objective,
    Organization,
    TeamDocument,
)
from okrdocs.format.scalars import ReadContext, is_empty
from okrdocs.problem import Problem
from okrdocs.source.disk import File
from okrdocs.source.yaml import reader as yaml_text
from okrdocs.source.yaml.reader import Mapping, Node, Scalar

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "tests"
DEMONSTRATION = sorted((ROOT / "okrs").rglob("*.yml"))
SCHEMAS = {record: schema_of(record) for record in FILES.values()}
VALIDATORS = {record: Draft7Validator(schema) for record, schema in SCHEMAS.items()}
VERSION = "schema: 1\n"
START = {Organization: f"{VERSION}organization: Example\n"}

# ------------------------------------------------------------------- a text as an editor sees it

NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def typed(node: Node) -> Any:
    """A node with the types of YAML 1.2's core schema, as an editor sees it."""
    if isinstance(node, Mapping):
        return {key.text: typed(value) for key, value in node.entries}
    if isinstance(node, Scalar):
        return typed_scalar(node.text) if node.plain else node.text
    return [typed(item) for item in node.items]


def typed_scalar(text: str) -> Any:
    if text in WORDS:
        return WORDS[text]
    if re.fullmatch("[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch("0x[0-9a-fA-F]+|0o[0-7]+", text):
        return int(text, 0)
    if NUMBER.fullmatch(text):
        return float(text)
    special = re.fullmatch(r"([-+]?)\.(inf|Inf|INF)|\.nan|\.NaN|\.NAN", text)
    return text if special is None else math.inf


def seen(text: str) -> Any:
    node, problems = yaml_text.parse(text, "example.yml")
    assert node is not None, problems
    return typed(node)


def faults(record: type[Any], text: str) -> list[str]:
    return [error.message for error in VALIDATORS[record].iter_errors(seen(text))]


# ------------------------------------------------------------------- what is accepted


def record_of(path: str) -> type[Any]:
    return {"okr.yml": Organization, "cycle.yml": CycleDocument}.get(
        path.rpartition("/")[2], TeamDocument
    )


def accepted(files: Iterable[tuple[str, str]]) -> Iterator[tuple[type[Any], str]]:
    """Those of the files that the loader reads without a problem."""
    for path, text in files:
        problems: list[Problem] = []
        found = read_record_file(record_of(path), File(path, text.encode()), problems)
        if found is not None and not problems:
            yield record_of(path), text


def on_disk() -> Iterator[tuple[str, str]]:
    for folder in (ROOT / "okrs", HERE):
        for path in sorted(folder.rglob("*.yml")):
            yield str(path), path.read_text("utf-8")


def of_conformance() -> Iterator[tuple[str, str]]:
    suite = runpy.run_path(str(HERE / "grading" / "test_conformance.py"))
    for case in suite["CASES"]:
        for file in suite["files_of"](case.data):
            yield file.path, file.data.decode()
            # Once more as people would type it, with as few quotes as YAML lets them.
            plain = yaml.safe_dump(yaml.load(file.data, yaml.BaseLoader), allow_unicode=True)
            yield file.path, plain.replace("'", "") if "#" not in plain else plain


def of_shapes() -> Iterator[tuple[str, str]]:
    for path in sorted((HERE / "real_shapes").glob("*.yml")):
        shape = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        for case in shape if isinstance(shape, list) else [shape]:
            yield from case.get("files", {}).items()


def of_stories() -> Iterator[tuple[str, str]]:
    for page in sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]):
        for block in re.findall(r"^```yaml\n(.*?)^```", page.read_text("utf-8"), re.M | re.S):
            path = re.match(r"# (okrs/\S+\.yml)", block)
            if path is not None:
                yield path[1], block


@pytest.mark.parametrize(
    ("files", "at_least"), [(on_disk, 3), (of_conformance, 400), (of_shapes, 20), (of_stories, 5)]
)
def test_what_the_loader_accepts_no_schema_refuses(
    files: Callable[[], Iterator[tuple[str, str]]], at_least: int
) -> None:
    read = list(accepted(files()))
    assert len(read) >= at_least
    for record, text in read:
        assert faults(record, text) == [], text


def records() -> list[type[Any]]:
    waiting: list[type[Any]] = [*FILES.values()]
    found: dict[type[Any], None] = {}
    while waiting:
        record = waiting.pop()
        if record not in found:
            found[record] = None
            waiting.extend(nested_records(record))
    return sorted(found, key=lambda each: each.__name__)


def validator_of(record: type[Any], key: str) -> Draft7Validator:
    """The schema of one field, in the file in which it stands."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", record.__name__).lower()
    for file, whole in SCHEMAS.items():
        place = whole if record is file else whole["definitions"].get(name)
        if place is not None:
            return Draft7Validator(
                {**place["properties"][key], "definitions": whole["definitions"]}
            )
    raise AssertionError(f"no schema holds {record}")


def one_field_of_each_kind() -> list[tuple[type[Any], Field]]:
    found: dict[str, tuple[type[Any], Field]] = {}
    for record in records():
        for field in fields_of(record).values():
            found.setdefault(f"{field.kind} {field.required}", (record, field))
    return [*found.values()]


CASES = [(r, f, validator_of(r, f.key)) for r, f in one_field_of_each_kind()]
TEXTS = st.one_of(
    st.text("0123456789.+-% ", max_size=8),
    st.text("aAbn/N09-_#:. \\", max_size=10),
    st.text(max_size=6),
    st.sampled_from(
        ["true", "FALSE", "null", "~", "n/a", "2025-02-01", "-0%", "100.0 %", "1.", "on"]
    ),
    st.sampled_from(
        ["x" * 48, "é" * 300, "🙂" * 60, "y" * 501, "https://a.b/c", "mailto:a@b", "../c"]
    ),
    st.sampled_from(["committed", "WEEKLY", "Aspirational", "January", "at_least", "Green"]),
)


@given(TEXTS, st.booleans())
@example(" 75% ", False)
@example("  growth\n", False)
@example("true", True)
def test_no_value_that_the_loader_reads_is_refused(text: str, plain: bool) -> None:
    node = Scalar(text, plain, False, (1, 1, 1, 2))
    for _record, field, validator in CASES:
        problems: list[Problem] = []
        left_out = is_empty(node) and not field.required
        value = None if left_out else read_kind(field.kind, node, ReadContext("a.yml", problems))
        if left_out or (value is not None and not problems and not is_empty(node)):
            assert validator.is_valid(typed(node)), (field, text)


@pytest.mark.parametrize("empty", ["", "~", "null", '""', "'  '"])
def test_a_key_without_a_value_counts_as_left_out(empty: str) -> None:
    for record in records():
        for field in fields_of(record).values():
            value = seen(f"key: {empty}\n")["key"]
            valid = validator_of(record, field.key).is_valid(value)
            assert valid is not field.required or isinstance(field.kind, fields.ListField), field


# ------------------------------------------------------------------- what is refused

KEY_RESULT = "objectives: [{{id: a, title: b, key_results: [{{id: c, title: d, {}}}]}}]"
MISTAKES = [
    (Organization, "organisation: Example"),
    (Organization, "teams: {Product Team: {name: Product}}"),
    (Organization, "teams: {product: {parent: company}}"),
    (Organization, "calendar: {fiscal_year_starts: Brumaire}"),
    (Organization, "calendar: February"),
    (Organization, "cadence: {stale_after_days: often}"),
    (Organization, "cadence: {review_week: 60}"),
    (Organization, "people: {ceo: {name: Ada, link: 'javascript:alert(1)'}}"),
    (Organization, "principles: Objective"),
    (CycleDocument, "start: 2025-13-01"),
    (CycleDocument, "start: 01.02.2025"),
    (CycleDocument, "status: open"),
    (CycleDocument, "undated: yes"),
    (CycleDocument, "changes: [{change: Agreed}]"),
    (CycleDocument, "review: {decisions: [{ref: product/growth, decision: shrug}]}"),
    (CycleDocument, "objectives: []"),
    (TeamDocument, "objectives: {id: a, title: b}"),
    (TeamDocument, "objectives: [{title: b}]"),
    (TeamDocument, "objectives: [{id: A Title, title: b}]"),
    (TeamDocument, "objectives: [{id: a, title: b, type: commited}]"),
    (TeamDocument, "objectives: [{id: a, title: b, confidence: 75}]"),
    (TeamDocument, "objectives: [{id: a, title: b, confidence: 175%}]"),
    (TeamDocument, "objectives: [{id: a, title: b, ladders_up_to: [the company's growth]}]"),
    (TeamDocument, "objectives: [{id: a, title: b, grade: 7}]"),
    (TeamDocument, "objectives: [{id: a, title: b, weight: -1}]"),
    (TeamDocument, f"objectives: [{{id: a, title: {'b' * 501}}}]"),
    (TeamDocument, KEY_RESULT.format("base_line: 0")),
    (TeamDocument, KEY_RESULT.format("target: {commit: 1}")),
    (TeamDocument, KEY_RESULT.format("levels: {commit: 1, target: 2}")),
    (TeamDocument, KEY_RESULT.format("check_ins: [{value: 2}]")),
    (TeamDocument, KEY_RESULT.format("check_ins: [{date: 1 February, value: 2}]")),
    (TeamDocument, KEY_RESULT.format("check_ins: [{date: 2025-02-01, rag: amber}]")),
    (TeamDocument, KEY_RESULT.format("measure: [increase]")),
]


@pytest.mark.parametrize(("record", "mistake"), MISTAKES)
def test_a_mistake_is_refused_by_the_schema_and_by_the_loader(
    record: type[Any], mistake: str
) -> None:
    text = f"{START.get(record, VERSION)}{mistake}\n"
    assert faults(record, text)
    path = {Organization: "okrs/okr.yml", CycleDocument: "okrs/c/cycle.yml"}.get(
        record, "okrs/c/t.yml"
    )
    assert not list(accepted([(path, text)]))


@pytest.mark.parametrize("record", FILES.values(), ids=FILES)
def test_a_file_without_its_version_is_refused(record: type[Any]) -> None:
    assert "'schema' is a required property" in faults(record, "meta: {}\n")
    assert faults(record, f"{START.get(record, '')}schema: 2\n".replace(VERSION, ""))


# ------------------------------------------------------------------- what an editor shows


@pytest.mark.parametrize("text", schema_texts().values(), ids=schema_texts())
def test_each_schema_is_one_of_draft_07(text: str) -> None:
    schema = json.loads(text)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)


def properties() -> Iterator[tuple[type[Any], Field, dict[str, Any]]]:
    for record in records():
        for field in fields_of(record).values():
            yield record, field, validator_of(record, field.key).schema


def test_every_field_has_a_title_a_description_and_an_example() -> None:
    for _record, field, schema in properties():
        assert schema["title"]
        assert schema["description"].startswith(field.about)
        assert schema["description"].splitlines()[-1] == f"Example: {field.key}: {field.example}"
        assert len(schema["examples"]) == 1


def test_an_item_of_a_list_has_the_words_of_its_record() -> None:
    items = SCHEMAS[TeamDocument]["properties"]["objectives"]["items"]
    assert items["title"] == "Objective"
    assert items["description"] == "Where a team wants to be at the end of the cycle, in words."
    assert items["defaultSnippets"] == [SNIPPETS[Objective]]


def test_every_example_is_the_value_that_its_text_stands_for() -> None:
    for record, field, schema in properties():
        shown = schema["examples"][0]
        assert shown == parse_example(field.example) == seen(f"k: {field.example}\n")["k"], field
        assert validator_of(record, field.key).is_valid(shown), field


def test_an_editor_is_offered_every_word_of_a_choice() -> None:
    for _record, field, schema in properties():
        if isinstance(field.kind, fields.ChoiceField):
            assert schema["anyOf"][0]["enum"] == [word.value for word in field.kind.words]


def inner_parts(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The parts of a schema that are about the same value."""
    branches = [schema[key] for key in ("if", "then", "else") if key in schema]
    for part in (*branches, *schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield part
        yield from inner_parts(part)


def test_only_a_key_and_an_item_have_words() -> None:
    """The language server shows the first title that fits a value; that must be its key's."""
    for whole in SCHEMAS.values():
        for record in whole["definitions"].values():
            assert not {"title", "description"} & set(record)
    for _record, field, schema in properties():
        for part in inner_parts(schema):
            assert not {"title", "description"} & set(part), field


@pytest.mark.parametrize("record", [record for record in SNIPPETS if record])
def test_a_new_item_from_a_snippet_is_without_a_fault(record: type[Any]) -> None:
    body = json.dumps(SNIPPETS[record]["body"])
    body = body.replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2025-02-01")
    item = json.loads(re.sub(r"\$\{\d+:([^}]*)\}", r"\1", body))
    if record is not Objective:
        holder, key = (KeyResult, "check_ins") if "date" in item else (Objective, "key_results")
        assert validator_of(holder, key).is_valid([item])
    else:
        assert validator_of(TeamDocument, "objectives").is_valid([item])


# ------------------------------------------------------------------- our own files


@pytest.mark.demonstration
@pytest.mark.parametrize("path", DEMONSTRATION, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_file_of_the_demonstration_names_its_schema(path: Path) -> None:
    names = {"okr.yml": "okr", "metrics.yml": "metrics", "cycle.yml": "cycle"}
    name = names.get(path.name, "team")
    first = path.read_text("utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found is not None
    assert (path.parent / found[1]).resolve() == ROOT / "docs" / "schemas" / f"{name}.schema.json"


# ------------------------------------------------------------------- the command

Outcome = subprocess.CompletedProcess[str]


@pytest.mark.parametrize(("kind", "record"), [*FILES.items(), ("", TeamDocument)])
def test_a_schema_is_printed_in_a_folder_without_okrs(
    okr_process: Callable[..., Outcome], tmp_path: Path, kind: str, record: type[Any]
) -> None:
    result = okr_process(tmp_path, "schema", *kind.split())
    assert result.returncode == 0
    assert json.loads(result.stdout) == SCHEMAS[record]


def test_all_schemas_are_written_into_a_folder(
    okr_process: Callable[..., Outcome], tmp_path: Path
) -> None:
    result = okr_process(tmp_path, "schema", "--write", "new/schemas")
    assert result.returncode == 0
    assert result.stdout == ""
    written = {path.name: path.read_text("utf-8") for path in tmp_path.glob("new/schemas/*")}
    assert written == schema_texts()


def test_a_folder_that_cannot_be_written_is_told(
    okr_process: Callable[..., Outcome], tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("")
    result = okr_process(tmp_path, "schema", "--write", "taken")
    assert result.returncode == 2
    assert "can't be written" in result.stderr
