"""What people write about an objective, a key result, a check-in: on every page that shows them.

The fields come from the declarations of the format, so that a new one is covered at once. What
stands in a closed fold at a grade doesn't count as shown: it is there for the arithmetic.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from okrdocs.format.fields import (
    FieldKind,
    ListField,
    ListOrNameField,
    NameField,
    ProseField,
    RecordField,
    TextField,
    UrlField,
    fields_of,
)
from okrdocs.format.records import Drop, KeyResult, Milestone, Objective, StageChange
from okrdocs.format.records.organization import Stage
from okrdocs.pipeline.build import page_texts
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.source.disk import DiskTree

DAY = date(2025, 2, 10)
PAGES = ("company.md", "index.md", "document.md")
FOLD = re.compile(r'<details class="okr-why".*?</details>', re.DOTALL)
# Where a text stands instead, and why.
ELSEWHERE = {"Objective.label": "In drawings only, where the title has no room."}
# Fields that choose another formula; they get key results of their own.
APART = {"levels", "milestones", "stages", "stage_changes", "plan", "dropped"}
REQUIRED = {"date": "2025-02-01", "from": "20", "value": 0.5, "key_result": "one"}


class Author:
    """Writes a word of its own into every text field and remembers which."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}
        self.numbers = itertools.count()

    def record(self, record: type[Any], **given: Any) -> dict[str, Any]:
        for key, field in fields_of(record).items():
            if key not in given and key not in APART:
                value = self.value(field.kind, f"{record.__name__}.{key}")
                given[key] = REQUIRED.get(key) if value is None and field.required else value
        return {key: value for key, value in given.items() if value is not None}

    def value(self, kind: FieldKind, name: str) -> Any:
        match kind:
            case TextField() | ProseField() | NameField() | UrlField():
                number = next(self.numbers)
                self.words[f"{name} {number}"] = f"word{number}word"
                word = f"word{number}word"
                return f"https://{word}.test" if isinstance(kind, UrlField) else word
            case RecordField(record=record):
                return self.record(record)
            case ListField(of=of):
                value = self.value(of, name)
                return None if value is None else [value]
            case _:
                return None


def company() -> tuple[dict[str, Any], Mapping[str, str]]:
    """A company that says everything that can be said, and its words by field.

    With one check-in: older ones stand on the team's page alone, the documents tell the latest.
    """
    author = Author()
    one = author.record(KeyResult, id="one", baseline="0", target="10")
    one["check_ins"][0]["value"] = "5"
    stages = [author.record(Stage, mark=mark) for mark in (0, 0.5, 1)]
    rewritten = author.record(StageChange, **{"from": [author.record(Stage, mark=0.2)]})
    staged = {"id": "staged", "title": "Staged", "stages": stages, "stage_changes": [rewritten]}
    steps = {"id": "steps", "title": "Steps", "milestones": [author.record(Milestone)]}
    gone = {"id": "gone", "title": "Gone", "target": "done", "dropped": author.record(Drop)}
    grow = author.record(Objective, id="grow", key_results=[one, staged, steps, gone])
    given_up = {"id": "given-up", "title": "Given up", "dropped": author.record(Drop)}
    return {"schema": 1, "objectives": [grow, given_up]}, author.words


def pages(tmp_path: Path, team: Mapping[str, Any]) -> Mapping[str, str]:
    """The pages of a company's one team, by their name, without what is folded away."""
    okr = {"schema": 1, "organization": "Acme"}
    for path, held in {"okr.yml": okr, "2025-Q1/company.yml": team}.items():
        (tmp_path / "okrs" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "okrs" / path).write_text(json.dumps(held), encoding="utf-8")
    found = evaluate(DiskTree(tmp_path), as_of=DAY, today=DAY)
    assert found.scores is not None, found.problems
    texts = page_texts(found.scores)
    return {name: FOLD.sub("", texts[f"2025-Q1/{name}"]) for name in PAGES}


def pages_of(tmp_path: Path, **key_result: Any) -> Mapping[str, str]:
    """The pages of a company with one key result."""
    given = {"id": "one", "title": "One", **key_result}
    objective = {"id": "grow", "title": "Grow", "key_results": [given]}
    return pages(tmp_path, {"schema": 1, "objectives": [objective]})


def declared(record: type[Any]) -> Iterator[str]:
    """Every text field of a record and of those within it."""
    for key, field in fields_of(record).items():
        listed = field.kind.listed if isinstance(field.kind, ListOrNameField) else field.kind
        kind = listed.of if isinstance(listed, ListField) else listed
        if isinstance(kind, RecordField):
            yield from declared(kind.record)
        elif isinstance(kind, TextField | ProseField | NameField | UrlField):
            yield f"{record.__name__}.{key}"


def test_every_text_field_has_a_word() -> None:
    assert {name.split()[0] for name in company()[1]} == set(declared(Objective))


@pytest.mark.parametrize("page", PAGES)
def test_what_people_wrote_is_on_the_page(tmp_path: Path, page: str) -> None:
    team, words = company()
    text = pages(tmp_path, team)[page]
    missing = {name.split()[0] for name, word in words.items() if word not in text}
    assert missing - ELSEWHERE.keys() == set()


@pytest.mark.parametrize("page", PAGES)
def test_the_limits_of_a_target_that_holds_are_on_the_page(tmp_path: Path, page: str) -> None:
    check_ins = [{"date": "2025-02-01", "value": "55 ms"}]
    limits = {"target": "50…60 ms", "floor": "41 ms", "ceiling": "81 ms"}
    text = pages_of(tmp_path, check_ins=check_ins, **limits)[page]
    assert "50…60 ms<br><small>worth 0 at 41 ms and 81 ms</small>" in text


@pytest.mark.parametrize("page", PAGES)
def test_a_source_leads_to_where_the_number_stands(tmp_path: Path, page: str) -> None:
    source = {"tool": "Amplitude", "metric": "sign-ins", "link": "https://example.test/d"}
    text = pages_of(tmp_path, target="done", category="usage", source=source)[page]
    shown = "Usage · Source: [Amplitude, sign-ins](https://example.test/d)"
    assert f"| One<br><small>{shown}</small> |" in text


def test_a_source_may_be_no_more_than_its_address(tmp_path: Path) -> None:
    text = pages_of(tmp_path, target="done", source={"link": "https://example.test/d"})
    assert "(https://example.test/d)</small>" in text["document.md"]


@pytest.mark.parametrize("page", PAGES)
def test_a_list_in_why_stays_a_list(tmp_path: Path, page: str) -> None:
    text = pages_of(tmp_path, target="done", why="Because:\n\n* a\n* b", risks=["Rain"])[page]
    assert "\n\n**KR1** – Because:\n\n- a\n- b\n\n<!-- -->\n\n**Risk:** Rain\n\n" in text


def test_a_why_that_begins_with_a_list_stands_below_its_number(tmp_path: Path) -> None:
    text = pages_of(tmp_path, target="done", why="* a\n* b")["document.md"]
    assert "\n\n**KR1** –\n\n- a\n- b\n\n" in text


def test_a_key_result_without_a_why_tells_its_risks_behind_its_number(tmp_path: Path) -> None:
    text = pages_of(tmp_path, target="done", risks=["Rain", "Snow"])["document.md"]
    assert "\n\n**KR1** – **Risk:** Rain<br>**Risk:** Snow\n\n" in text


def test_a_key_result_of_which_nothing_is_said_adds_nothing(tmp_path: Path) -> None:
    texts = pages_of(tmp_path, target="done")
    assert [name for name, text in texts.items() if "okr-about" in text] == []


@pytest.mark.parametrize("page", PAGES)
def test_who_graded_by_hand_stands_before_the_reason(tmp_path: Path, page: str) -> None:
    grade = {"value": 0.5, "by": "Ann *Lee*", "date": "2025-02-01", "reason": "*Late* data"}
    text = pages_of(tmp_path, target="done", grade=grade)[page]
    who = r"Graded by hand by Ann &#42;Lee&#42; on 2025-02-01:"
    assert f"<small>{who} *Late* data</small>" in text.replace("\\*", "&#42;")


def test_a_grade_by_hand_of_which_nothing_is_said_has_no_remark(tmp_path: Path) -> None:
    text = pages_of(tmp_path, target="done", grade={"value": 0.5})["document.md"]
    assert "Graded by hand" not in text


@pytest.mark.parametrize("field", ["grade", "dropped"])
def test_a_list_as_the_reason_of_an_objective_stays_a_list(tmp_path: Path, field: str) -> None:
    given = {"date": "2025-02-01", "reason": "- a\n- b"} | (
        {"value": 0} if field == "grade" else {}
    )
    objective = {"id": "grow", "title": "Grow", field: given}
    text = pages(tmp_path, {"schema": 1, "objectives": [objective]})["document.md"]
    assert " on 2025-02-01:\n\n- a\n- b\n" in text
