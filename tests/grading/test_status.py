"""The status as a code: its tone, its order and what exports call it follow from no word."""

from __future__ import annotations

from fractions import Fraction

import pytest

from okrdocs.format.records import Rag
from okrdocs.grading.pace import PaceCode
from okrdocs.grading.results import OUTSIDE, status_outside_mean
from okrdocs.grading.status import (
    StatusCode,
    Tone,
    band_status,
    pace_status,
    rag_status,
    status_of,
)
from okrdocs.workspace.grading_policy import BandLimit


def test_a_band_that_is_called_like_a_status_looks_as_its_sign_does() -> None:
    status = band_status(BandLimit(Fraction(1), "at risk", "🟢", "", ""))
    assert (status.tone, status.export_name, str(status)) == (Tone.GOOD, "At risk", "🟢 At risk")
    assert status.rank < pace_status(PaceCode.ACHIEVED).rank


def test_the_sign_that_an_owner_gave_may_differ_in_tone_from_the_word() -> None:
    status = pace_status(PaceCode.BEHIND, Rag.GREEN)
    assert (str(status), status.tone, status.sign_tone) == ("🟢 Behind", Tone.WARN, Tone.GOOD)


@pytest.mark.parametrize("rag", Rag)
def test_a_sign_alone_has_the_tone_of_its_word(rag: Rag) -> None:
    status = rag_status(rag)
    assert status.tone is status.sign_tone


def test_what_is_outside_the_mean_is_idle() -> None:
    assert {status_outside_mean(state).tone for state in OUTSIDE} == {Tone.IDLE}


def test_the_order_is_from_good_to_bad_and_then_what_says_nothing() -> None:
    ordered = sorted(
        (status_of(code) for code in StatusCode if code is not StatusCode.BAND),
        key=lambda status: status.rank,
    )
    assert ordered[0].word == "Achieved"
    assert [status.tone for status in ordered[-5:]] == [Tone.IDLE] * 5
