"""Two wordings of one text: what differs is always seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from okrdocs.diff.excerpt import excerpts_of_difference

LONG = "a first part that is the same on both sides, and far too long to be shown"


def test_short_texts_stay_whole_on_one_line() -> None:
    assert excerpts_of_difference("one\n  two", "one three", 70, 160) == ("one two", "one three")


def test_of_long_texts_the_words_around_the_difference_are_shown() -> None:
    old, new = (f"{LONG} {each} and a last part that is the same" for each in ("50", "45"))
    found = excerpts_of_difference(old, new, 70, 160)
    assert found == (
        "…too long to be shown 50 and a last part that…",
        "…too long to be shown 45 and a last part that…",
    )


def test_what_was_only_added_or_taken_away_at_an_end_is_seen() -> None:
    longer = f"{LONG} to anybody"
    assert excerpts_of_difference(LONG, longer, 70, 160) == (
        "…too long to be shown",
        "…too long to be shown to anybody",
    )
    assert excerpts_of_difference(longer, f"Now {longer}", 70, 160)[1].startswith(
        "Now a first part"
    )


def test_a_script_without_spaces_is_cut_between_characters() -> None:
    old, new = ("字" * 100 + each + "字" * 100 for each in "甲乙")
    found = excerpts_of_difference(old, new, 70, 160)
    assert ["甲" in found[0], "乙" in found[1]] == [True, True]
    assert max(map(len, found)) < 70


WORDS = st.lists(st.sampled_from(["a", "bb", "50%", "字", "long" * 20]), max_size=60).map(" ".join)


@given(WORDS, WORDS)
def test_two_texts_that_differ_are_never_shown_alike(old: str, new: str) -> None:
    one, other = excerpts_of_difference(old, new, 70, 160)
    assert (one == other) is (old == new)
    assert max(len(one), len(other)) <= 162
