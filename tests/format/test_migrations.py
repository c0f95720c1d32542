"""A file of an older version of the format is led to the newest, and nothing else in it changes."""

from __future__ import annotations

import pytest

from okrdocs.errors import OkrError
from okrdocs.format.migrations import STEPS, migrated_file
from okrdocs.format.schema_version import SCHEMA_VERSION
from okrdocs.source.disk import File
from okrdocs.source.yaml.edit import exists, insert_key, locate, remove, set_scalar

PATH = "okrs/2025-Q1/product.yml"


def with_purpose(path: str, text: str) -> str:
    """A made-up step: version 2 calls the summary of a team's file its purpose."""
    if path.endswith(("okr.yml", "cycle.yml")) or not exists(text, ("summary",)):
        return text
    summary = locate(text, ("summary",)).typed
    return insert_key(remove(text, ("summary",)).text, (), "purpose", summary).text


def with_aim(_path: str, text: str) -> str:
    """Another one: version 3 calls it an aim."""
    return text.replace("purpose:", "aim:")


MADE_UP = {1: with_purpose}


def file(text: str, path: str = PATH) -> File:
    return File(path, text.encode())


def test_there_is_a_step_from_each_older_version() -> None:
    assert set(STEPS) == set(range(1, SCHEMA_VERSION))


def test_a_file_of_the_newest_version_stays_as_it_is() -> None:
    same = file("schema: 1   # the first\r\nobjectives: []")
    assert migrated_file(same) == same


def test_a_step_changes_what_it_means_and_the_version() -> None:
    before = "# ours\r\nschema: 1 # first\r\nsummary: Grow  # why\r\nobjectives: []\r\n"
    after = migrated_file(file(before), MADE_UP, newest=2).data.decode()
    assert after == "# ours\r\nschema: 2 # first\r\nobjectives: []\r\npurpose: Grow\r\n"


def test_a_step_sees_which_file_it_is() -> None:
    organization = file("schema: 1\nsummary: Grow\n", "okrs/okr.yml")
    after = migrated_file(organization, MADE_UP, newest=2)
    assert after.data == b"schema: 2\nsummary: Grow\n"


def test_steps_follow_one_another() -> None:
    after = migrated_file(file("schema: 1\nsummary: Grow\n"), {**MADE_UP, 2: with_aim}, newest=3)
    assert after.data == b"schema: 3\naim: Grow\n"


def test_a_byte_order_mark_stays() -> None:
    after = migrated_file(file("\ufeffschema: 1\n"), MADE_UP, newest=2)
    assert after.data.decode() == "\ufeffschema: 2\n"


def test_a_file_of_a_newer_version_is_refused_with_what_to_install() -> None:
    with pytest.raises(OkrError, match="pip install -U okrdocs") as refused:
        migrated_file(file("schema: 2\n"))
    assert PATH in str(refused.value)


@pytest.mark.parametrize("text", ["objectives: []\n", "schema: one\n", "", "- a\n", "a: [\n"])
def test_a_file_that_says_no_version_is_refused(text: str) -> None:
    with pytest.raises(OkrError, match="okr check"):
        migrated_file(file(text))


def test_what_a_step_cant_change_alone_is_refused_with_the_file_and_the_place() -> None:
    def impossible(_path: str, text: str) -> str:
        return set_scalar(text, ("objectives",), "none").text

    with pytest.raises(OkrError, match=f"`{PATH}` can't be migrated. Line 2"):
        migrated_file(file("schema: 1\nobjectives: []\n"), {1: impossible}, newest=2)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(OkrError, match="isn't UTF-8"):
        migrated_file(File(PATH, b"schema: 1\nsummary: \xff\n"))
