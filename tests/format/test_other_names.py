"""What people write for a key is told, never guessed by its spelling alone, and never read."""

from __future__ import annotations

from typing import Any

import pytest

from okrdocs.format import records as model
from okrdocs.format.fields import fields_of
from okrdocs.format.likely_dates import day_in_cycle
from okrdocs.format.loader import read_record_file
from okrdocs.format.records import other_names
from okrdocs.format.records.other_names import keys_for_other_name
from okrdocs.problem import Problem
from okrdocs.source.disk import File

KINDS = [getattr(model, name) for name in model.__all__]
RECORDS = [kind for kind in KINDS if isinstance(kind, type) and issubclass(kind, model.Record)]
OBJECTIVE = "schema: 1\nobjectives:\n  - id: growth\n    title: Growth\n"
KEY_RESULT = f"{OBJECTIVE}    key_results:\n      - id: arr\n        title: Revenue\n        "


def problems(text: str) -> list[Problem]:
    found: list[Problem] = []
    read_record_file(model.TeamDocument, File("okrs/2025-Q1/product.yml", text.encode()), found)
    return found


def hint(text: str) -> str:
    found = problems(text)
    assert [problem.code for problem in found] == ["unknown-key"]
    return found[0].hint


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("deadline: 2025-03-01", "due"),
        ("Due date: 2025-03-01", "due"),
        ("checkins: []", "check_ins"),
        ("check-ins: []", "check_ins"),
        ("updates: []", "check_ins"),
        ("description: x", "why"),
        ("name: x", "title"),
        ("assignee: x", "owner"),
        ("lead: x", "owner"),
        ("start: 5", "baseline"),
        ("from: 5", "baseline"),
        ("goal: 5", "target"),
        ("tags: [a]", "meta"),
        ("labels: [a]", "meta"),
        ("url: https://a.example", "links"),
        ("taget: 5", "target"),
        ("titel: x", "title"),
    ],
)
def test_a_wrong_key_of_a_key_result_leads_to_the_one_that_was_meant(line: str, key: str) -> None:
    said = hint(f"{KEY_RESULT}{line}\n")
    assert said.startswith((f"Did you mean `{key}`?", f"Write `{key}`."))


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("kr: []", "key_results"),
        ("krs: []", "key_results"),
        ("results: []", "key_results"),
        ("Key Results: []", "key_results"),
        ("parent: company/growth", "ladders_up_to"),
        ("aligns_with: company/growth", "ladders_up_to"),
        ("score: 0.7", "grade"),
        ("notes: x", "why"),
    ],
)
def test_a_wrong_key_of_an_objective_leads_to_the_one_that_was_meant(line: str, key: str) -> None:
    said = hint(f"{OBJECTIVE}    {line}\n")
    assert said.startswith((f"Did you mean `{key}`?", f"Write `{key}`."))


@pytest.mark.parametrize("word", ["metric", "progress", "actual"])
def test_a_number_of_a_check_in_leads_to_its_value(word: str) -> None:
    text = f"{KEY_RESULT}check_ins: [{{date: 2025-02-01, {word}: 65%}}]\n"
    assert hint(text) == "Write `value`."


DAY = "with the day on which it was so."


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("score: 0.7", "Write `grade: 0.7`."),
        ("score: 70%", "Write `grade: 0.7`."),
        ("status: done", f"Write `check_ins: [{{date: 2025-03-31, value: done}}]`, {DAY}"),
        ("status: on track", f"Write `check_ins: [{{date: 2025-03-31, rag: green}}]`, {DAY}"),
        ("status: at risk",
         f"Write `check_ins: [{{date: 2025-03-31, note: at risk}}]`, {DAY} As a sign it is"
         " `rag: yellow` or `rag: red`."),
        ("status: not started",
         f"Write `check_ins: [{{date: 2025-03-31, value: not done}}]`, {DAY}"),
        ("target: 12\n        status: achieved",
         "Write `check_ins: [{date: 2025-03-31, note: achieved}]`, with its `value:` and the day"
         " on which it was so."),
        ("status: Dropped in May",
         "Write `dropped: {date: 2025-03-31, reason: Dropped in May}`, with the day and the"
         " reason."),
        ("status: on hold",
         f"Write `check_ins: [{{date: 2025-03-31, note: on hold}}]`, {DAY} If nobody pursues it any"
         " more, write `dropped: {date: 2025-03-31, reason: on hold}`."),
        ("result: Done, 12 of 14 sites",
         f'Write `check_ins: [{{date: 2025-03-31, note: "Done, 12 of 14 sites"}}]`, {DAY}'),
        ("progress: 50%", f"Write `check_ins: [{{date: 2025-03-31, value: 50%}}]`, {DAY}"),
        ("progress: 50 % done", f"Write `check_ins: [{{date: 2025-03-31, value: 50%}}]`, {DAY}"),
        ("check_ins: []\n        status: 12",
         f"Write `{{date: 2025-03-31, value: 12}}` into `check_ins:`, {DAY}"),
        ("notes: Late",
         f"Write `check_ins: [{{date: 2025-03-31, note: Late}}]`, {DAY} If it says why this"
         " matters, write `why: Late`."),
        ("confidence: 70%",
         f"Write `check_ins: [{{date: 2025-03-31, confidence: 70%}}]`, {DAY}"),
        ("done: false", "Write `target: done`; without a check-in it isn't done yet."),
        ("target: done\n        done: no",
         "Remove it: without a check-in a key result isn't done yet."),
        ("done: yes",
         f"Write `target: done` and `check_ins: [{{date: 2025-03-31, value: done}}]`, {DAY}"),
        ("target: 5\n        unit: sites",
         "Remove it, and write the unit behind the amount: `target: 5 sites`."),
        ("key_results: [{id: a, title: Plan it}]",
         "A key result has no key results of its own. If they are steps, write"
         " `milestones: [{title: Plan it}]`."),
    ],
)  # fmt: skip
def test_a_wrong_key_and_its_value_lead_to_the_line_that_was_meant(line: str, said: str) -> None:
    assert hint(f"{KEY_RESULT}{line}\n") == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("status: Dropped in May",
         "Write `dropped: {date: 2025-03-31, reason: Dropped in May}`, with the day and the"
         " reason."),
        ("status: on track", "Remove it: how an objective stands follows from its key results."
         " Words of your own may stand in `closing_note:`."),
        ("deadline: 2025-03-01", "An objective ends with its cycle: give its key results `due:`."),
    ],
)  # fmt: skip
def test_a_wrong_key_of_an_objective_and_its_value_lead_to_what_was_meant(
    line: str, said: str
) -> None:
    assert hint(f"{OBJECTIVE}    {line}\n") == said


def test_a_key_of_ones_own_is_shown_below_meta() -> None:
    said = hint(f"{KEY_RESULT}involved: [ada, bo]\n")
    assert said.endswith("below `meta:`, as in `meta: {involved: [ada, bo]}`.")


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("okrs/2025-Q3/a.yml", "2025-09-30"), ("okrs/2024-02/a.yml", "2024-02-29"),
        ("okrs/2025-H1/a.yml", "2025-06-30"), ("okrs/2025/a.yml", "2025-12-31"),
        ("okrs/FY2026-Q1/a.yml", "2026-12-31"), ("okrs/launch/a.yml", "2025-02-01"),
    ],
)  # fmt: skip
def test_the_day_of_an_example_lies_in_the_cycle_if_its_name_tells(path: str, day: str) -> None:
    assert day_in_cycle(path) == day


def test_where_two_keys_may_be_meant_both_are_named() -> None:
    assert hint(f"{KEY_RESULT}responsible: ceo\n") == "Did you mean `owner` or `dri`?"


@pytest.mark.parametrize("line", ["deadlines: x", "stature: x", "sorce_of_truth: x", "quux: x"])
def test_what_is_only_a_little_like_a_key_is_no_guess(line: str) -> None:
    assert hint(f"{KEY_RESULT}{line}\n").startswith("Known keys: ")


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_no_other_name_is_a_key_and_each_leads_to_keys_that_there_are(record: type[Any]) -> None:
    named = other_names._OF_RECORD.get(record, {})
    assert set(named) <= set(fields_of(record))
    words = [word for names in named.values() for word in names.split()]
    assert len(words) == len(set(words))
    assert not set(words) & set(fields_of(record))
    assert all(keys_for_other_name(record, word) for word in words)
