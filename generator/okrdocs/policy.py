"""The grading policy with its defaults: aims, bands, the limits of pace.

`okr.yml` may change words, limits and aims; the formulas stay (see `grade` and `pace`).
The defaults follow Doerr, *Measure What Matters* (2018): 0.7 is success for an aspirational
objective, a committed one is met at 1.0 or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from okrdocs.model import Band, Cadence, Commitment, Figure, Grading, Organization


@dataclass(frozen=True, slots=True)
class BandLimit:
    """A band: its lowest grade, its word, its sign, and what it says."""

    lowest: Fraction
    word: str
    sign: str
    means: str
    action: str

    @property
    def title(self) -> str:
        """The word as a label: its first letter raised, the rest as the company writes it."""
        return self.word[:1].upper() + self.word[1:]


@dataclass(frozen=True, slots=True)
class Policy:
    """What `grading:` and `cadence:` say, filled up with the defaults."""

    aims: Mapping[Commitment, Fraction]
    bands: Mapping[Commitment, tuple[BandLimit, ...]]
    ahead: Fraction
    on_track: Fraction
    behind: Fraction
    early_share: Fraction
    override_gap: Fraction
    review_below: Fraction
    stale_after_days: int

    def band(self, commitment: Commitment, grade: Fraction) -> BandLimit | None:
        """The band of a published grade."""
        return next((b for b in self.bands[commitment] if grade >= b.lowest), None)


_DEFAULT_BANDS: Mapping[Commitment, tuple[tuple[str, str, str, str], ...]] = {
    Commitment.ASPIRATIONAL: (
        ("0.7", "strong", "What was hoped for, or more", "Celebrate; aim higher next time"),
        ("0.4", "progress", "Real progress towards a hard goal", "Find what held it back"),
        ("0", "miss", "Little of it came true", "Ask whether the goal or the way was wrong"),
    ),
    Commitment.COMMITTED: (
        ("1", "met", "The promise was kept", "Keep doing what made it so"),
        ("0.7", "short", "The promise was nearly kept", "Explain the gap and close it"),
        ("0", "missed", "The promise was broken", "Find the cause before promising again"),
    ),
    Commitment.LEARNING: (
        ("1", "answered", "The question has its answer", "Decide what follows from it"),
        ("0", "open", "The question is still open", "Ask whether it still matters"),
    ),
}
_SIGNS = {1: ("🟢",), 2: ("🟢", "🟡"), 3: ("🟢", "🟡", "🔴")}


def _signed(bands: list[tuple[Fraction, str, str, str]]) -> tuple[BandLimit, ...]:
    """Bands from the highest to the lowest: the first green, the last red, yellow between."""
    ordered = sorted(bands, key=lambda band: -band[0])
    between = ("🟡",) * max(0, len(ordered) - 2)
    signs = _SIGNS.get(len(ordered), ("🟢", *between, "🔴"))
    return tuple(
        BandLimit(lowest, word, sign, means, action)
        for sign, (lowest, word, means, action) in zip(signs, ordered, strict=True)
    )


def _bands(given: tuple[Band, ...], commitment: Commitment) -> tuple[BandLimit, ...]:
    if not given:
        rows = _DEFAULT_BANDS[commitment]
        return _signed([(Fraction(low), word, means, act) for low, word, means, act in rows])
    return _signed(
        [(b.from_.value or Fraction(0), b.word, b.means or "", b.action or "") for b in given]
    )


def _value(figure: Figure | None, default: str) -> Fraction:
    return figure.value if figure is not None and figure.value is not None else Fraction(default)


def policy_of(organization: Organization) -> Policy:
    """The company's policy."""
    grading: Grading | None = organization.grading
    cadence: Cadence | None = organization.cadence
    aims = grading.aims if grading else None
    bands = grading.bands if grading else None
    pace = grading.pace if grading else None
    return Policy(
        aims={
            Commitment.ASPIRATIONAL: _value(aims.aspirational if aims else None, "0.7"),
            Commitment.COMMITTED: _value(aims.committed if aims else None, "1"),
            Commitment.LEARNING: Fraction(1),
        },
        bands={
            each: _bands(getattr(bands, each.value) if bands else (), each) for each in Commitment
        },
        ahead=_value(pace.ahead if pace else None, "0.15"),
        on_track=_value(pace.on_track if pace else None, "-0.10"),
        behind=_value(pace.behind if pace else None, "-0.25"),
        early_share=_value(pace.early_share if pace else None, "0.10"),
        override_gap=_value(grading.override_gap if grading else None, "0.05"),
        review_below=_value(grading.review_below if grading else None, "0.3"),
        stale_after_days=cadence.stale_after_days if cadence else 14,
    )
