"""Texts are cut at a character or after a word, and never longer than asked for."""

from __future__ import annotations

import pytest

from okrdocs.markup.shorten import shorten, shorten_at_word


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("", ""),
        ("exactly so", "exactly so"),
        ("one, and more", "one, and…"),
        ("onewithout spaces", "onewithou…"),
    ],
)
def test_a_text_is_cut_at_a_character(text: str, short: str) -> None:
    assert shorten(text, 10) == short


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("", ""),
        ("two\n  lines", "two lines"),
        ("exactly so", "exactly so"),
        ("one more, word", "one more…"),
        ("a longwordthatgoes on", "a longwor…"),
        ("withoutanyspaceatall", "withoutan…"),
    ],
)
def test_a_text_is_cut_after_a_word(text: str, short: str) -> None:
    assert shorten_at_word(text, 10) == short
