"""The word lists: one word a line, sorted, explained, and each of them in use."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from okrdocs import lint
from okrdocs.lint.word_lists import phrases_in_order, word_groups, word_list

PACKAGE = Path(lint.__file__).parent
FILES = sorted(PACKAGE.glob("*/words/*.txt"))
NAMES = [f"{file.parents[1].name}/{file.stem}" for file in FILES]
IN_ORDER_OF_PREFERENCE = {"english/tool_names", "english/kinds_of_tools"}


@pytest.mark.parametrize("name", NAMES)
def test_no_word_stands_twice_in_a_list(name: str) -> None:
    lines = phrases_in_order(name)
    assert len(set(lines)) == len(lines) > 0


@pytest.mark.parametrize("name", sorted(set(NAMES) - IN_ORDER_OF_PREFERENCE))
def test_a_list_is_sorted(name: str) -> None:
    keys = [line.partition(": ")[0] for line in phrases_in_order(name)]
    assert all(before <= after for before, after in pairwise(keys))


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_list_says_at_its_head_what_it_is_for(file: Path) -> None:
    assert file.read_text("utf-8").startswith("# ")


def test_each_list_is_read_somewhere() -> None:
    code = "".join(module.read_text("utf-8") for module in PACKAGE.rglob("*.py"))
    read = re.findall(r"(?:word_list|word_groups|phrases_in_order)\(\"([^\"]+)\"\)", code)
    assert sorted(set(read)) == NAMES


def test_comments_are_no_words() -> None:
    words = word_list("english/people")
    assert "customers" in words
    assert not any(word.startswith("#") or " " in word for word in words)


def test_lines_with_one_key_are_one_group() -> None:
    issues = word_groups("english/objects_of_work")["close"]
    assert {"actions", "tickets"} <= issues
    assert (
        sum(line.startswith("close: ") for line in phrases_in_order("english/objects_of_work")) > 1
    )


def test_a_list_that_is_missing_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        word_list("english/no_such_list")
