"""How an objective stands, in one line: what asks for attention comes first, always with a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrdocs.pages.parts.status_summary import Part, in_words, parts_of, signed, worst

TONES = ("good", "warn", "bad", "idle", "none")
WORDS = st.from_regex(r"[a-z]{1,6}( [a-z]{1,6})?", fullmatch=True)
PARTS = st.lists(
    st.builds(Part, st.sampled_from(TONES), st.integers(0, 9999), WORDS), min_size=1, max_size=5
)


@given(PARTS)
def test_what_is_written_with_signs_is_read_back(parts: list[Part]) -> None:
    assert parts_of(signed(tuple(parts))) == tuple(parts)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([("bad", 1, "at risk"), ("good", 2, "on track")], "1 of 3 at risk"),
        ([("good", 3, "on track")], "3 on track"),
        ([("good", 1, "on track")], "On track"),
        ([("good", 1, "ahead"), ("good", 1, "held")], "1 ahead, 1 held"),
        ([("good", 3, "on track"), ("good", 1, "ahead"), ("good", 1, "held")], "3 of 5 on track"),
        ([("bad", 1, "at risk"), ("good", 1, "held"), ("idle", 1, "dropped")], "1 of 2 at risk"),
        ([("warn", 1, "behind"), ("idle", 2, "left out")], "Behind"),
        ([("idle", 2, "dropped")], "2 dropped"),
        ([("warn", 0, "Progress")], "Progress"),
        ([("idle", 0, "dropped")], "Dropped"),
    ],
)
def test_the_first_part_speaks_for_all(parts: list[tuple[str, int, str]], shown: str) -> None:
    assert worst(tuple(Part(*part) for part in parts)) == shown


def test_all_parts_make_a_phrase() -> None:
    parts = (Part("bad", 1, "at risk"), Part("good", 2, "on track"))
    assert in_words(parts) == "1 at risk, 2 on track"
