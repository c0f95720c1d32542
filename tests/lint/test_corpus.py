"""The labelled titles are sound themselves: keys, labels, no title twice, enough of each label."""

from __future__ import annotations

import runpy
from collections import Counter
from pathlib import Path

import pytest

from okrdocs.grading.quantity import parse_quantity, parse_target

CORPUS = runpy.run_path(str(Path(__file__).resolve().parents[1] / "corpus_items.py"))
CODES = CORPUS["CODES"]
PARTS = CORPUS["PARTS"]
ITEMS = CORPUS["items"]()
ENTRIES = [entry for path in CORPUS["paths"]() for entry in CORPUS["entries"](path)]
OF_OBJECTIVES = {code for code in CODES if code.startswith("objective-")}
OF_KEY_RESULTS = {"vanity-metric", "two-results"} | {code for code in CODES if code[:3] == "kr-"}
FOREIGN = {"objective": OF_KEY_RESULTS, "key_result": OF_OBJECTIVES}


def test_every_item_has_known_keys_only() -> None:
    known = {*CORPUS["TEXTS"], *CORPUS["LISTS"]}
    assert [entry for entry in ENTRIES if not {"kind", "title", "labels"} <= entry.keys()] == []
    assert [entry for entry in ENTRIES if not entry.keys() <= known] == []


def test_every_text_is_a_filled_string() -> None:
    texts = [entry[key] for entry in ENTRIES for key in CORPUS["TEXTS"] if key in entry]
    assert [text for text in texts if not isinstance(text, str) or not text.strip()] == []


def test_kinds_and_measures_are_known() -> None:
    assert {item.kind for item in ITEMS} == set(FOREIGN)
    assert {item.measure for item in ITEMS} == {"", "judged"}


def test_every_label_is_known_and_given_once() -> None:
    given = [(item.title, item.labels + item.may) for item in ITEMS]
    assert [title for title, codes in given if not set(codes) <= set(CODES)] == []
    assert [title for title, codes in given if len(codes) != len(set(codes))] == []


def test_every_label_fits_the_kind() -> None:
    wrong = [item.title for item in ITEMS if {*item.labels, *item.may} & FOREIGN[item.kind]]
    assert wrong == []


def test_a_copy_has_a_parent() -> None:
    copies = [item for item in ITEMS if "copy-of-parent" in item.labels + item.may]
    assert [item.title for item in copies if not item.parent] == []


def test_quantities_can_be_read() -> None:
    for item in ITEMS:
        if item.baseline:
            parse_quantity(item.baseline)
        if item.target not in ("", "done"):
            parse_target(item.target)


def test_no_title_stands_twice() -> None:
    count = Counter(item.title.casefold() for item in ITEMS)
    assert [title for title, times in count.items() if times > 1] == []


def test_the_corpus_is_large_enough() -> None:
    assert len(ITEMS) >= 300


@pytest.mark.parametrize("part", PARTS)
def test_each_part_reads_its_own_files(part: str) -> None:
    assert CORPUS["items"](part) == tuple(item for item in ITEMS if item.part == part)
    assert {item.path.parent.name for item in CORPUS["items"](part)} == {part}


@pytest.mark.parametrize("code", CODES)
def test_each_label_is_measured_on_ten_held_out_titles(code: str) -> None:
    assert sum(code in item.labels for item in CORPUS["items"]("held_out")) >= 10
