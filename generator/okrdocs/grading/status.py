"""The status of a key result as a code, with its tone, its place in an order and its word.

Code compares the code or the tone; the word is only printed. Exports write codes.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from okrdocs import words
from okrdocs.format.records import Rag
from okrdocs.grading.pace import PaceCode
from okrdocs.workspace.grading_policy import BandLimit


class Tone(StrEnum):
    """How a status looks, from good to bad; the value is the end of its CSS class."""

    GOOD = "good"
    NONE = "none"
    WARN = "warn"
    BAD = "bad"
    IDLE = "idle"


class Standing(StrEnum):
    """The four states above all statuses; the value is what exports say.

    What was dropped or left out, and a draft, has none: they stand apart.
    """

    ON_TRACK = "on track"
    BEHIND = "behind"
    AT_RISK = "at risk"
    NO_VALUE = "no current value"

    @property
    def label(self) -> str:
        """Return what it is called."""
        return words.STANDING_WORDS[self]


class StatusCode(StrEnum):
    """What a status says, from good to bad. The value is what exports call it: it stays.

    `tone` is how it looks; None for a band, whose sign tells it. `standing` is which of the four
    states it belongs to, None for a band, and for what stands apart.
    """

    tone: Tone | None
    standing: Standing | None

    def __new__(cls, code: str, tone: Tone | None, standing: Standing | None = None) -> StatusCode:
        """Return a member with its code, tone and standing."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.tone = tone
        member.standing = standing
        return member

    # A band of the grading scale, after the cycle's last day; exports call it by its title.
    BAND = "Band", None
    # Its grade is 1.00.
    ACHIEVED = "Achieved", Tone.GOOD, Standing.ON_TRACK
    # Further, or as far, as is expected by now.
    AHEAD = "Ahead", Tone.GOOD, Standing.ON_TRACK
    ON_TRACK = "On track", Tone.GOOD, Standing.ON_TRACK
    # The owner's own judgement, where there is nothing to compute one from.
    GREEN = "Green", Tone.GOOD, Standing.ON_TRACK
    # A guardrail that keeps to its target.
    HELD = "Held", Tone.GOOD, Standing.ON_TRACK
    # There is a value, and nothing to judge it by, or not yet.
    REPORTED = "Reported", Tone.NONE, Standing.NO_VALUE
    TOO_EARLY = "Too early", Tone.NONE, Standing.NO_VALUE
    YELLOW = "Yellow", Tone.WARN, Standing.BEHIND
    # Not as far as is expected by now, or far from it.
    BEHIND = "Behind", Tone.WARN, Standing.BEHIND
    AT_RISK = "At risk", Tone.BAD, Standing.AT_RISK
    RED = "Red", Tone.BAD, Standing.AT_RISK
    # A guardrail that doesn't keep to its target.
    BREACHED = "Breached", Tone.BAD, Standing.AT_RISK
    # The last value is too long ago to say anything; there never was one.
    STALE = "Stale", Tone.IDLE, Standing.NO_VALUE
    NOT_REPORTED = "Not reported", Tone.IDLE, Standing.NO_VALUE
    # What is written can't be graded yet; the score says why.
    NOT_GRADED = "Not graded", Tone.IDLE, Standing.NO_VALUE
    # In no mean: given up, taken out of it by hand, not published yet.
    DROPPED = "Dropped", Tone.IDLE
    LEFT_OUT = "Left out", Tone.IDLE
    DRAFT = "Draft", Tone.IDLE


_RANK = {code: place for place, code in enumerate(StatusCode)}
_SIGNS = {Rag.GREEN: "🟢", Rag.YELLOW: "🟡", Rag.RED: "🔴"}
_SIGN_TONES = {"🟢": Tone.GOOD, "🟡": Tone.WARN, "🔴": Tone.BAD}
_STANDING_OF_TONE = {
    Tone.GOOD: Standing.ON_TRACK,
    Tone.WARN: Standing.BEHIND,
    Tone.BAD: Standing.AT_RISK,
    Tone.NONE: Standing.NO_VALUE,
}
_RAG = {
    Rag.GREEN: StatusCode.GREEN,
    Rag.YELLOW: StatusCode.YELLOW,
    Rag.RED: StatusCode.RED,
}
_PACE = {
    PaceCode.ACHIEVED: StatusCode.ACHIEVED,
    PaceCode.AHEAD: StatusCode.AHEAD,
    PaceCode.ON_TRACK: StatusCode.ON_TRACK,
    PaceCode.BEHIND: StatusCode.BEHIND,
    PaceCode.AT_RISK: StatusCode.AT_RISK,
}


class Status(NamedTuple):
    """What the status cell shows: a sign (or "") and always a word.

    The sign is the band's, or the one that the owner gave, and then may differ in tone from what
    the numbers say. `place` is a band's among those of its type.
    """

    code: StatusCode
    sign: str
    word: str
    place: int = 0

    def __str__(self) -> str:
        return f"{self.sign} {self.word}".strip()

    @property
    def lower_case_word(self) -> str:
        """Return the word as it stands within a sentence."""
        return self.word.lower()

    @property
    def tone(self) -> Tone:
        """Return how it looks; a band as its sign does."""
        return self.code.tone or self.sign_tone

    @property
    def standing(self) -> Standing | None:
        """Return which of the four states it belongs to; a band by its sign.

        None for what was dropped or left out, and for a draft.
        """
        if self.code is StatusCode.BAND:
            return _STANDING_OF_TONE[self.sign_tone]
        return self.code.standing

    @property
    def sign_tone(self) -> Tone:
        """Return how the sign alone looks."""
        return _SIGN_TONES.get(self.sign, Tone.NONE)

    @property
    def rank(self) -> tuple[int, int]:
        """Return its place from good to bad; bands come first, as they are declared."""
        return _RANK[self.code], self.place

    @property
    def export_name(self) -> str:
        """Return what exports call it: the code; a band has the name that the company gave it."""
        return self.word if self.code is StatusCode.BAND else self.code.value

    @property
    def status_without_sign(self) -> Status:
        """Return what all statuses of one word share, to count them."""
        return self._replace(sign="")


def status_of(code: StatusCode, rag: Rag | None = None) -> Status:
    """Return the status of a code other than BAND, with the sign that the owner gave."""
    return Status(code, _SIGNS[rag] if rag else "", words.STATUS_WORDS[code])


def pace_status(pace: PaceCode, rag: Rag | None = None) -> Status:
    """Return the status that a pace stands for, with the sign that the owner gave."""
    return status_of(_PACE[pace], rag)


def rag_status(rag: Rag) -> Status:
    """Return the status that an owner gave: sign and word."""
    return status_of(_RAG[rag], rag)


def band_status(band: BandLimit) -> Status:
    """Return the status that a band stands for: its sign and its title."""
    return Status(StatusCode.BAND, band.sign, band.title, band.place)
