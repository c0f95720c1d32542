"""Each kind of field: what it takes, and what it says, where, when it gets something else."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from okrdocs.format import records as model
from okrdocs.format.fields import Field, fields_of
from okrdocs.format.loader import read_record_file
from okrdocs.format.record_reader import read_kind
from okrdocs.format.records import CycleDocument, Organization, TeamDocument
from okrdocs.format.scalars import ReadContext
from okrdocs.format.wrong_keys import record_name
from okrdocs.problem import Problem
from okrdocs.source.disk import File
from okrdocs.source.yaml import reader as yaml_reader

PATH = "okrs/2025-Q1/product.yml"
KEY_RESULT = """\
schema: 1
objectives:
  - id: growth
    title: Growth
    key_results:
      - id: arr
        title: Revenue
"""
LINE, COLUMN = 8, 9
"""Where the first line below KEY_RESULT stands."""


def read(text: str, record: type[Any] = TeamDocument) -> tuple[Any, list[Problem]]:
    problems: list[Problem] = []
    return read_record_file(record, File(PATH, text.encode()), problems), problems


def key_result(lines: str) -> Any:
    """The key result with more lines, which must be right."""
    below = "".join(f"        {line}\n" for line in lines.splitlines())
    document, problems = read(KEY_RESULT + below)
    assert not problems
    return document.objectives[0].key_results[0]


def fault(lines: str) -> Problem:
    """The one problem that more lines of a key result make."""
    below = "".join(f"        {line}\n" for line in lines.splitlines())
    _, problems = read(KEY_RESULT + below)
    assert len(problems) == 1, problems
    return problems[0]


# ------------------------------------------------------------------- what is right


@pytest.mark.parametrize(
    ("line", "attribute", "value"),
    [
        ("label: '#1 in [x](y) | `z` 🎯'", "label", "#1 in [x](y) | `z` 🎯"),
        ("label: no", "label", "no"),
        ("label: 012", "label", "012"),
        ("label: ~", "label", None),
        ("label: ''", "label", None),
        ("label:", "label", None),
        ("baseline: 1.10", "baseline", "1.10"),
        ("target: ≥99.9%", "target", "≥99.9%"),
        ("due: 2025-02-28", "due", date(2025, 2, 28)),
        ("due: '2024-02-29'", "due", date(2024, 2, 29)),
        ("guardrail: true", "guardrail", True),
        ("guardrail: 'False'", "guardrail", False),
        ("measure: At_Least", "measure", model.MeasureName.AT_LEAST),
        ("owner: ceo", "owner", ("ceo",)),
        ("owner: [ceo, cto]", "owner", ("ceo", "cto")),
        ("with: [sales]", "with_", ("sales",)),
        ("stages: shipping", "stages", "shipping"),
        ("meta: {jira: [1, {a: ~}]}", "meta", {"jira": ["1", {"a": None}]}),
    ],
)
def test_a_right_value_is_kept_as_written(line: str, attribute: str, value: object) -> None:
    assert getattr(key_result(line), attribute) == value


@pytest.mark.parametrize(
    ("text", "value"), [("2", 2), ("0", 0), ("1.5", "1.5"), (".5", "0.5"), ("2.", 2)]
)
def test_a_number_is_exact(text: str, value: int | str) -> None:
    weight = key_result(f"weight: {text}").weight
    assert (weight.text, weight.value) == (text, Fraction(value))


@pytest.mark.parametrize(
    ("text", "value"), [("75%", "0.75"), ("0.75", "0.75"), ("1", 1), ("0%", 0), ("12.5 %", "1/8")]
)
def test_a_probability_is_a_percentage_or_a_share(text: str, value: int | str) -> None:
    check_in = key_result(f"check_ins: [{{date: 2025-02-01, confidence: {text}}}]").check_ins[0]
    assert check_in.confidence.value == Fraction(value)


@pytest.mark.parametrize("text", ["n/a", "NA", "N/A"])
def test_a_grade_by_hand_may_leave_a_key_result_out(text: str) -> None:
    grade = key_result(f"grade: {{value: {text}, reason: x}}").grade
    assert (grade.value.text, grade.value.value) == (text, None)


@pytest.mark.parametrize(
    "link", ["https://a.example/x?y=z#f", "http://a", "mailto:a@b.example", "docs/plan.md", "#top"]
)
def test_a_link_leads_to_the_web_to_mail_or_to_a_path(link: str) -> None:
    assert key_result(f"links: ['{link}']").links[0].url == link


def test_text_stands_for_a_record_that_has_a_main_field() -> None:
    read = key_result("source: Stripe\nmilestones: [Audit passed]\nlinks: [https://a.example]")
    assert read.source.tool == "Stripe"
    assert read.milestones[0].title == "Audit passed"
    assert read.links[0].url == "https://a.example"
    assert read.links[0].at.span("url").line == LINE + 2


def test_each_value_knows_its_place() -> None:
    at = key_result("label: ARR\ntarget: $12M").at
    assert str(at.span("target")) == f"{PATH}:9:17"
    assert at.span("target").end_column == 21
    assert str(at.span()) == f"{PATH}:6:9"
    assert at.span("baseline") == at.span()


# ------------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("line", "code", "column", "message", "hint"),
    [
        ("label: [a]", "wrong-type", 16, "`[` starts a list", "quotes around the whole text"),
        ("label: {a: b}", "wrong-type", 16, "`{` starts a mapping", "quotes around the whole"),
        (f"label: {'x' * 61}", "too-long", 16, "has 61 characters; at most 60", "Shorten it"),
        ("with: VP Product", "bad-id", 15, "`VP Product` can't be an id", "Write `vp-product`."),
        ("with: '42'", "bad-id", 15, "`42` can't be an id", "Write something like"),
        (f"with: {'a' * 49}", "bad-id", 15, "at most 48 characters", "Write `aaa"),
        ("with: a--b", "bad-id", 15, "single hyphens", "Write `a-b`."),
        ("due: 1 Feb", "bad-date", 14, "`1 Feb` isn't a date", "Write `2025-02-01`."),
        ("due: 2025-02-30", "bad-date", 14, "`2025-02-30` isn't in the calendar", ""),
        ("due: 01/02/2025", "bad-date", 14, "isn't a date", "`2025-02-01`"),
        ("due: 0000-01-01", "bad-date", 14, "isn't in the calendar", ""),
        ("weight: two", "bad-number", 17, "`two` isn't a plain number", "decimal point: `1.5`"),
        ("weight: 1e3", "bad-number", 17, "isn't a plain number", "Write digits"),
        ("weight: -1", "bad-number", 17, "`-1` is out of range: 0 or more", ""),
        (f"weight: {'9' * 31}", "bad-number", 17, "isn't a plain number", ""),
        ("guardrail: yes", "wrong-type", 20, "Expected `true` or `false`, found `yes`",
         "Write `true`."),
        ("guardrail: No", "wrong-type", 20, "found `No`", "Write `false`."),
        ("guardrail: 1", "wrong-type", 20, "found `1`", ""),
        ("measure: increse", "unknown-word", 18, "`increse` isn't one of `increase`, `decrease`",
         "Did you mean `increase`?"),
        ("carried_over_from: a b", "bad-reference", 28, "`a b` isn't a reference",
         "`team/objective#key-result`"),
        ("links: ['javascript:alert(1)']", "bad-link", 17, "can't be a link",
         "https:, http:, mailto:"),
        ("links: ['//evil.example']", "bad-link", 17, "can't be a link", "are paths"),
        ("grade: {value: 70%}", "bad-grade", 24, "between 0 and 1, or `n/a`: `70%`",
         "Write `0.7`."),
        ("grade: {value: 7}", "bad-grade", 24, "between 0 and 1",
         "Write `0.7` for 7 of 10, `0.07` for 7%."),
        ("grade: {value: 70}", "bad-grade", 24, "between 0 and 1", "Write `0.7`."),
        ("grade: {value: 1.01}", "bad-grade", 24, "between 0 and 1", "`0.0101` for 1.01%"),
        ("grade: {value: -0.1}", "bad-grade", 24, "between 0 and 1", ""),
        ("target: >\n  95%", "yaml-trap", 17, "starts a block of text", '`">95%"`'),
        ("target: [1, 2]", "wrong-type", 17, "`[` starts a list", "one amount: `1`"),
        ("milestones: 3", "wrong-type", 21, "Expected a list, found `3`", "Begin each item with"),
        ("plan: 40%", "wrong-type", 15, "Expected a list, found `40%`", "Begin each item with"),
        ("plan: [40%]", "wrong-type", 16,
         "Expected a plan point with `date:`, `value:`, found `40%`", ""),
        ("levels: 50", "wrong-type", 17,
         "Expected levels with `commit:`, `target:`, `stretch:`, found `50`", ""),
        ("owner: [ceo, ~]", "empty-item", 22, "This item of the list is empty", "Remove its dash"),
        ("owner: [ceo, '']", "empty-item", 22, "This item of the list is empty", ""),
        ("stages: Not a slug", "bad-id", 17, "`Not a slug` can't be an id", "`not-a-slug`"),
        ("titel: x", "unknown-key", 9, "`titel` isn't a key of a key result", "`title`?"),
        ("on: 2025", "unknown-key", 9, "`on` isn't a key of a key result", "Known keys: `id`"),
        ("check_ins: [{on: 2025-02-01}]", "unknown-key", 22, "`on` isn't a key of a check-in",
         "Write `date`."),
        ("dropped: {date: 2025-02-01}", "missing-key", 18, "A drop needs `reason:`. Why.",
         "Add `reason: The market moved`."),
        ("links: [{title: x}]", "missing-key", 17, "A link needs `url:`.",
         "Add `url: https://example.com/plan`."),
    ],
)  # fmt: skip
def test_a_wrong_value_says_what_was_expected_and_where(
    line: str, code: str, column: int, message: str, hint: str
) -> None:
    _, problems = read(KEY_RESULT + "".join(f"        {part}\n" for part in line.splitlines()))
    found = problems[0]
    assert (found.code, found.span.line, found.span.column) == (code, LINE, column)
    assert message in found.message
    assert hint in found.hint


def test_only_what_may_be_left_out_is_left_out_by_quotes_around_nothing() -> None:
    _, problems = read(KEY_RESULT.replace("title: Revenue", 'title: ""'))
    assert [(p.code, p.message) for p in problems] == [
        ("missing-key", "A key result needs `title:`. The result, in words and numbers.")
    ]


@pytest.mark.parametrize(
    ("text", "place", "code", "message", "hint"),
    [
        ("schema: 1\nobjectives: {id: a}\n", "2:13", "wrong-type",
         "Expected a list, found a mapping", "Begin each item"),
        ("schema: 1\nobjectives: none\n", "2:13", "wrong-type", "Expected a list, found `none`",
         "Begin each item"),
        ("schema: 1\nobjectives:\n  - growth\n", "3:5", "wrong-type",
         "Expected an objective with `id:`, `title:`, found `growth`", ""),
        ("schema: 1\nobjectives:\n  - [a, b]\n", "3:5", "wrong-type",
         "Expected an objective with `id:`, `title:`, found a list", ""),
        ("schema: 1\nobjectives:\n  -\n", "3:4", "empty-item", "This item of the list is empty",
         "Remove its dash."),
        ("schema: 1\nobjectives:\n  - {title: A}\n", "3:5", "missing-key",
         "An objective needs `id:`.", "Add `id: a`."),
        ("schema: 1\nobjectives:\n  - id: a\n    title: A\n    risks:\n      - Legal: slow\n",
         "6:9", "yaml-trap", "The colon turned the text `Legal: slow` into a mapping",
         'Put quotes around it: `"Legal: slow"`.'),
        ("schema: 1\nobjectives:\n  - id: a\n    title: SSO: for all\n", "4:", "yaml", "", ""),
    ],
)  # fmt: skip
def test_a_wrong_shape_says_what_was_expected(
    text: str, place: str, code: str, message: str, hint: str
) -> None:
    found = read(text)[1][0]
    assert str(found.span).startswith(f"{PATH}:{place}")
    assert found.code.startswith(code)
    assert message in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    ("record", "text", "message", "hint"),
    [
        (Organization, "teams: [company]", "Expected a mapping from ids to values, found a list.",
         "Write `some-id:` and its value below."),
        (Organization, "teams: {company: }", "`company` has nothing below it.", "Give its value"),
        (Organization, "teams: {Company: {name: x}}", "`Company` can't be an id", "`company`"),
        (Organization, "teams: {a: {name: A, boss: b}}", "`boss` isn't a key of a team.",
         "Known keys: `name`, `parent`, `company`, `lead`"),
        (Organization, "people: {ceo: [a]}", "Expected a person with `name:`, found a list.", ""),
        (Organization, "scales: {ship: Done}", "Expected a list, found `Done`.", "Begin each item"),
        (Organization, "cadence: {day: Mon}", "`Mon` isn't one of `Monday`", ""),
        (Organization, "cadence: {review_week: 60}",
         "Expected a whole number from 1 to 52, found `60`.", ""),
        (Organization, "grading: {bands: good}", "Expected bands, found `good`.", ""),
        (CycleDocument, "status: open", "isn't one of `draft`, `active`, `grading`, `closed`", ""),
        (CycleDocument, "review: {decisions: [{ref: a, decision: stop}]}", "`stop` isn't one of",
         ""),
        (CycleDocument, "changes: [{date: 2025-01-05}]", "A change needs `change:`.",
         "Add `change: Company OKRs agreed`."),
    ],
)  # fmt: skip
def test_the_other_files_are_read_as_strictly(
    record: type[Any], text: str, message: str, hint: str
) -> None:
    head = "schema: 1\norganization: A\n" if record is Organization else "schema: 1\n"
    _, problems = read(f"{head}{text}\n", record)
    assert len(problems) == 1
    assert message in problems[0].message
    assert hint in problems[0].hint
    assert problems[0].span.line == head.count("\n") + 1


def test_all_that_is_wrong_is_told_at_once_in_source_order() -> None:
    lines = "weight: two\nwith: The CEO\nlevels: {commit: 1, target: 2}\ncolour: red\ndue: soon"
    below = "".join(f"        {line}\n" for line in lines.splitlines())
    document, problems = read(KEY_RESULT + below)
    assert [p.code for p in sorted(problems, key=lambda p: p.span)] == [
        "bad-number", "bad-id", "missing-key", "unknown-key", "bad-date",
    ]  # fmt: skip
    assert document.objectives[0].key_results[0].weight is None


def test_a_broken_record_does_not_hide_its_neighbours() -> None:
    text = KEY_RESULT + "      - {id: b}\n      - {id: c, title: C}\n"
    document, problems = read(text)
    assert [kr.id for kr in document.objectives[0].key_results] == ["arr", "c"]
    assert [(p.code, p.span.line) for p in problems] == [("missing-key", 8)]


def test_an_unknown_key_names_the_nearest_or_all_that_are_known() -> None:
    assert fault("base_line: 5").hint == "Did you mean `baseline`?"
    known = fault("quux: 5").hint
    assert all(f"`{key}`" in known for key in fields_of(model.KeyResult) if key != "meta")
    assert known.endswith("Keys of your own stand below `meta:`, as in `meta: {quux: 5}`.")


def test_the_rest_of_a_sentence_that_became_a_key_gets_a_hint_to_quote() -> None:
    hint = fault("source: {tool: Amplitude, a b c: x}").hint
    assert "put quotes around the whole text" in hint


# ------------------------------------------------------------------- the declarations


def records() -> Iterator[type[Any]]:
    for module in pkgutil.iter_modules(model.__path__):
        for found in vars(
            importlib.import_module(f"okrdocs.format.records.{module.name}")
        ).values():
            if isinstance(found, type) and issubclass(found, model.Record):
                yield found


def declared() -> Iterator[tuple[str, Field]]:
    for record in sorted(set(records()), key=lambda record: record.__name__):
        for field in fields_of(record).values():
            yield f"{record.__name__}.{field.key}", field


DECLARED = dict(declared())


def whole_examples() -> list[str]:
    return [name for name, field in DECLARED.items() if field.example and "…" not in field.example]


@pytest.mark.parametrize("name", whole_examples())
def test_every_example_of_the_reference_is_right(name: str) -> None:
    field = DECLARED[name]
    node, problems = yaml_reader.parse(f"{field.key}: {field.example}\n", "example.yml")
    assert isinstance(node, yaml_reader.Mapping)
    reading = ReadContext("example.yml", list(problems))
    assert read_kind(field.kind, node.entries[0][1], reading) is not None
    assert not reading.problems


def test_every_field_says_what_it_is_for_and_shows_an_example() -> None:
    assert len(whole_examples()) > 100
    assert not [name for name, f in DECLARED.items() if not f.about.endswith(".") or not f.example]


def test_every_record_has_a_name_that_people_understand() -> None:
    names = {record_name(record) for record in records()}
    assert {"a key result", "an objective", "a check-in", "levels", "`cycle.yml`"} <= names
    assert not {name for name in names if name.startswith(("a levels", "a aims", "an levels"))}


@pytest.mark.parametrize(
    "text",
    ["\\x01", "\\u200B", " \\u2060 ", "\\u00AD", "\\u202E\\u2069", "\\uFE0F", "\\u3164", "\\uFEFF"],
)
def test_a_text_of_which_nothing_can_be_seen_is_refused(text: str) -> None:
    _, problems = read(KEY_RESULT.replace("title: Revenue", f'title: "{text}"'))
    assert [(p.code, p.span.line) for p in problems] == [("wrong-type", LINE - 1)]
    assert "nothing that can be seen" in problems[0].message
    assert problems[0].hint


@pytest.mark.parametrize("text", ["-", "…", "🎯", "👩\u200d💻", "क्\u200dष", "\u200bArr"])
def test_a_text_with_one_sign_to_be_seen_is_kept(text: str) -> None:
    assert key_result(f'label: "{text}"').label == text


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("grade: 0.7/1.0", "Write `0.7`."),
        ("grade: 7 of 10", "Write `0.7`."),
        ('grade: "0,1"', "Write `0.1`."),
        ("grade: 11/10", ""),
        ("owner: {ada: 50%, bo: 50%}", "Write the names alone: `[ada, bo]`."),
        ("owner: [{ada: 0.75}, bo]", "Write the name alone: `ada`."),
        ("dri: {ada: 50%}", "Write the name alone: `ada`."),
        ("target: [500, sign ups]", "Write one amount: `500 sign ups`. A second result is"),
        ("target: [500, 70%]", "Write one amount: `500`. A second result is"),
        ("target: [number]", "Put quotes around the whole text."),
        ("dropped: yes", "Write its keys, as in `{date: 2025-02-15, reason: The market moved}`."),
        ("check_ins: [{date: 2025-02-01, rag: amber}]", "Write `yellow`."),
        ("check_ins: [{date: 2025-02-01, rag: 🟢}]", "Write `green`."),
        ("check_ins: [{date: 2025-02-01, rag: geen}]", "Did you mean `green`?"),
    ],
)
def test_what_was_meant_is_shown_as_it_is_written(line: str, hint: str) -> None:
    found = fault(line)
    assert found.hint.startswith(hint)
    assert bool(found.hint) is bool(hint)


def test_a_key_result_that_is_a_mere_text_is_shown_with_its_keys() -> None:
    _, (found,) = read(KEY_RESULT + "      - Sign ups grow\n")
    assert found.hint == "Write `id: sign-ups-grow`, and below it `title: Sign ups grow`."
