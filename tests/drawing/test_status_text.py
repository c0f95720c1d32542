"""How an objective stands, in one line: what asks for attention comes first, always with a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrdocs.drawing.status_text import (
    Part,
    parse_parts_with_signs,
    parts_in_words,
    parts_with_signs,
    worst_part_text,
)
from okrdocs.grading.results import State, status_outside_mean
from okrdocs.grading.status import Tone

GOOD, WARN, BAD, IDLE = Tone.GOOD, Tone.WARN, Tone.BAD, Tone.IDLE
WORDS = st.from_regex(r"[a-z]{1,6}( [a-z]{1,6})?", fullmatch=True)
PARTS = st.lists(
    st.builds(Part, st.sampled_from(Tone), st.integers(0, 9999), WORDS, st.just(value=False)),
    min_size=1,
    max_size=5,
)


@given(PARTS)
def test_what_is_written_with_signs_is_read_back(parts: list[Part]) -> None:
    assert parse_parts_with_signs(parts_with_signs(tuple(parts))) == tuple(parts)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([Part(BAD, 1, "at risk"), Part(GOOD, 2, "on track")], "1 of 3 at risk"),
        ([Part(GOOD, 3, "on track")], "3 on track"),
        ([Part(GOOD, 1, "on track")], "On track"),
        ([Part(GOOD, 1, "ahead"), Part(GOOD, 1, "held")], "1 ahead, 1 held"),
        (
            [Part(GOOD, 3, "on track"), Part(GOOD, 1, "ahead"), Part(GOOD, 1, "held")],
            "3 of 5 on track",
        ),
        (
            [Part(BAD, 1, "at risk"), Part(GOOD, 1, "held"), Part(IDLE, 1, "dropped", True)],
            "1 of 2 at risk",
        ),
        ([Part(WARN, 1, "behind"), Part(IDLE, 2, "left out", True)], "Behind"),
        ([Part(IDLE, 2, "dropped", True)], "2 dropped"),
        ([Part(WARN, 0, "Progress")], "Progress"),
        ([Part(IDLE, 0, "dropped", True)], "Dropped"),
    ],
)
def test_the_first_part_speaks_for_all(parts: list[Part], shown: str) -> None:
    assert worst_part_text(tuple(parts)) == shown


def test_all_parts_make_a_phrase() -> None:
    parts = (Part(BAD, 1, "at risk"), Part(GOOD, 2, "on track"))
    assert parts_in_words(parts) == "1 at risk, 2 on track"


@pytest.mark.parametrize("state", [State.DROPPED, State.LEFT_OUT, State.DRAFT])
def test_what_is_outside_the_mean_is_so_after_it_was_read_back(state: State) -> None:
    parts = (
        Part(GOOD, 2, "held"),
        Part(IDLE, 1, status_outside_mean(state).lower_case_word, outside=True),
    )
    assert parse_parts_with_signs(parts_with_signs(parts)) == parts
