"""Texts on GitHub and GitLab: shown as typed, and nothing but text."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrdocs.markup.code_host import active_signs, escape_code, escape_label, escape_line
from okrdocs.markup.code_host import visible_text as visible
from okrdocs.markup.escape import terminal_text


def shown(escaped: str) -> str:
    return html.unescape(re.sub("</?(?:span|code)>", "", escaped))


# The sign that has to stand alone, in what GitHub and GitLab link, notify of or obey.
ACTIVE = {
    "@ada": "@",
    "@org/team": "@",
    "owner/repo#1": "#",
    "fixes: #7": "#",
    "_GH-1_": "-",
    "gl-12": "-",
    "see !12": "!",
    "group&3": "&",
    "%v1": "%",
    '%"Version 1"': "%",
    "~label": "~",
    '~"my label"': "~",
    "$123": "$",
    "a $x$": "$$",
    "[vulnerability:1]": "[",
    "[[wiki page]]": "[[",
    "*iteration:3": "*",
    "/approve": "/",
    "> /close": "/",
    "(/label ~x)": "/~",
    "https://x.test": ":/",
    "foo://x.test": ":/",
    "www.x.test": ".",
    "mailto:a@b.test": "@",
    ":tada:": ":",
}
PLAIN = [
    "R&D: from 20% to 40%, and/or okrs/2025-Q1/product.yml!",
    "Q&A; 24/7, 10:30, C++, snake_case, 50 % von 3, 100%!",
    "Ratio 3:1 – „ä“ 日本語 https",
]


@pytest.mark.parametrize("text", ACTIVE)
def test_a_sign_with_a_meaning_stands_alone(text: str) -> None:
    assert "".join(text[place] for place in sorted(active_signs(text))) == ACTIVE[text]
    for escaped in (escape_line(text), escape_code(text)):
        alone = html.unescape("".join(re.findall("<span>(.*?)</span>", escaped)))
        assert alone == ACTIVE[text]
        assert shown(escaped) == text


@pytest.mark.parametrize("text", PLAIN)
def test_other_signs_stay_in_the_text(text: str) -> None:
    assert active_signs(text) == frozenset()
    assert "<span>" not in escape_line(text)


def test_the_end_of_a_part_counts_as_if_a_number_followed() -> None:
    assert escape_line("GH-") == "GH<span>&#45;</span>"


HIDDEN = {
    "zero width space": "a\u200bb",
    "no-break of zero width": "a\ufeffb",
    "word joiner": "a\u2060b",
    "soft hyphen": "a\xadb",
    "direction mark": "a\u200eb",
    "bidi override": "a\u202eb",
    "tag characters": "a\U000e0041\U000e007fb",
    "variation selectors that hide bytes": "a\ufe0f\U000e0101\ufe00b",
    "Hangul filler": "a\u3164b",
    "empty Braille": "a\u2800b",
    "joiner between Latin letters": "a\u200db",
    "non-joiners in a row": "a\u200c\u200cb",
    "grapheme joiner": "a\u034fb",
    "interlinear annotation": "a\ufff9b",
    "musical formatting": "a\U0001d173b",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_nobody_sees_goes(name: str) -> None:
    for escape in (escape_line, escape_label):
        assert escape(HIDDEN[name]) == "ab"
    assert escape_code(HIDDEN[name]) == "<code>ab</code>"


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d👩\u200d👧 family",
        "❤\ufe0f and 🏳\ufe0f\u200d🌈",
        "1\ufe0f\u20e3",
        "می\u200cخواهم",
        "क्\u200dष",
        "日本語　全角",
        "1\u00a0000 – „x“",
    ],
)
def test_what_letters_and_emoji_need_stays(text: str) -> None:
    assert visible(text) == text
    assert shown(escape_line(text)) == text


ANYTHING = st.text(
    st.one_of(st.characters(), st.sampled_from("@#$%&!~^[]*/:.-wgGhH12<>`\\\u200d\ufe0f👩"))
)


def test_what_only_a_hidden_sign_allowed_goes_with_it() -> None:
    assert visible("\ufe0f\u200d👩") == "👩"


@given(ANYTHING)
def test_any_text_shows_all_that_can_be_seen(text: str) -> None:
    line = terminal_text(text)
    assert shown(escape_line(line)) == visible(line)
    assert shown(escape_code(line)) == terminal_text(visible(line))
    assert visible(visible(line)) == visible(line)
