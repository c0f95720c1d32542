"""The grading policy with its defaults: aims, bands, the limits of pace.

`okr.yml` may change words, limits and aims; the formulas stay (see `grading`).
The defaults follow Doerr, *Measure What Matters* (2018): 0.7 is success for an aspirational
objective, a committed one is met at 1.0 or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from okrdocs.format.records import (
    Aims,
    Band,
    Bands,
    Cadence,
    Commitment,
    Figure,
    Grading,
    Organization,
)
from okrdocs.problem import Problem, Source, error


@dataclass(frozen=True, slots=True)
class BandLimit:
    """A band: its lowest grade, its word, its sign, what it means and what to do about it.

    `place` is its place among the bands of its type, as they are declared.
    """

    lowest: Fraction
    word: str
    sign: str
    means: str
    action: str
    place: int = 0

    @property
    def title(self) -> str:
        """Return the word as a label: its first letter in upper case, the rest as written."""
        return self.word[:1].upper() + self.word[1:]


@dataclass(frozen=True, slots=True)
class Policy:
    """What `grading:` and `cadence:` say, completed with the defaults."""

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
        """Return the band of a published grade (docs/explanation/grading.md, "Bands")."""
        reached = (band for band in self.bands[commitment] if grade >= band.lowest)
        return max(reached, key=lambda band: band.lowest, default=None)

    def top_of_band(self, commitment: Commitment, band: BandLimit) -> Fraction:
        """Return the highest published grade of a band: a hundredth below the next one, or 1."""
        above = [other.lowest for other in self.bands[commitment] if other.lowest > band.lowest]
        return min(above) - Fraction(1, 100) if above else Fraction(1)


_DEFAULT_BANDS: Mapping[Commitment, tuple[tuple[str, tuple[str, str, str]], ...]] = {
    Commitment.ASPIRATIONAL: (
        ("0.7", ("strong", "What was hoped for, or more", "Celebrate; aim higher next time")),
        ("0.4", ("progress", "Real progress towards a hard goal", "Find what held it back")),
        ("0", ("miss", "Little of it came true", "Ask whether the goal or the way was wrong")),
    ),
    Commitment.COMMITTED: (
        ("1", ("met", "The promise was kept", "Keep doing what made it so")),
        ("0.7", ("short", "The promise was nearly kept", "Explain the gap and close it")),
        ("0", ("missed", "The promise was broken", "Find the cause before promising again")),
    ),
    Commitment.LEARNING: (
        ("1", ("answered", "The question has its answer", "Decide what follows from it")),
        ("0", ("open", "The question is still open", "Ask whether it still matters")),
    ),
}
# An open question is no failure: finding out takes as long as it takes.
_LOWEST_SIGN = {Commitment.LEARNING: "🟡"}


def _band_limits(
    given: tuple[Band, ...], commitment: Commitment, aim: Fraction
) -> tuple[BandLimit, ...]:
    """Return the bands in the order of their declaration: green from the aim upward."""
    rows = [(b.from_.value or Fraction(0), b.word, b.means or "", b.action or "") for b in given]
    if not given:
        rows = [(Fraction(low), *texts) for low, texts in _DEFAULT_BANDS[commitment]]
    bottom = min(limit for limit, *_ in rows)
    return tuple(
        BandLimit(limit, word, _band_sign(limit, bottom, commitment, aim), means, action, place)
        for place, (limit, word, means, action) in enumerate(rows)
    )


def _band_sign(limit: Fraction, bottom: Fraction, commitment: Commitment, aim: Fraction) -> str:
    if limit >= aim:
        return "🟢"
    return _LOWEST_SIGN.get(commitment, "🔴") if limit == bottom else "🟡"


def _value_or_default(figure: Figure | None, default: str) -> Fraction:
    return figure.value if figure is not None and figure.value is not None else Fraction(default)


def policy_of(organization: Organization) -> Policy:
    """Return the company's policy.

    Defaults: docs/explanation/grading.md, "What a company can change".
    """
    grading: Grading | None = organization.grading
    cadence: Cadence | None = organization.cadence
    aims = grading.aims if grading else None
    bands = grading.bands if grading else None
    pace = grading.pace if grading else None
    aim_of = {
        Commitment.ASPIRATIONAL: _value_or_default(aims.aspirational if aims else None, "0.7"),
        Commitment.COMMITTED: _value_or_default(aims.committed if aims else None, "1"),
        Commitment.LEARNING: Fraction(1),
    }
    return Policy(
        aims=aim_of,
        bands={
            commitment: _band_limits(
                getattr(bands, commitment.value) if bands else (), commitment, aim_of[commitment]
            )
            for commitment in Commitment
        },
        ahead=_value_or_default(pace.ahead if pace else None, "0.15"),
        on_track=_value_or_default(pace.on_track if pace else None, "-0.10"),
        behind=_value_or_default(pace.behind if pace else None, "-0.25"),
        early_share=_value_or_default(pace.early_share if pace else None, "0.10"),
        override_gap=_value_or_default(grading.override_gap if grading else None, "0.05"),
        review_below=_value_or_default(grading.review_below if grading else None, "0.3"),
        stale_after_days=cadence.stale_after_days if cadence else 14,
    )


# ------------------------------------------------------------------- what can't be a policy


def policy_problems(organization: Organization) -> tuple[Problem, ...]:
    """Return errors for settings of `grading:` that leave a grade without band, word or pace."""
    grading = organization.grading
    if grading is None:
        return ()
    policy = policy_of(organization)
    return (
        *(_bands_problems(grading.bands) if grading.bands else ()),
        *(_aims_problems(grading.aims) if grading.aims else ()),
        *(_pace_problems(grading.pace.at, policy) if grading.pace else ()),
    )


def _bands_problems(bands: Bands) -> Iterator[Problem]:
    for commitment in Commitment:
        given: tuple[Band, ...] = getattr(bands, commitment.value)
        seen: set[Fraction | None] = set()
        for band in given:
            limit = band.from_.value
            if limit in seen:
                message = f"Two bands begin at {band.from_.text}: no grade is in the second."
                yield _band_error(band, message, "Give each its own lowest grade.")
            if limit is not None and (limit * 100).denominator != 1:
                message = (
                    f"Grades have two decimals, so that no band can begin at {band.from_.text}."
                )
                yield _band_error(band, message, "Write it with two decimals at most.")
            seen.add(limit)
        if given and 0 not in seen:
            message = "No band begins at 0: the grades below the lowest one belong nowhere."
            span = bands.at.span(commitment.value)
            yield error("bad-bands", span, message, "Add a band with `from: 0`.")


def _band_error(band: Band, message: str, hint: str) -> Problem:
    return error("bad-bands", band.at.span("from"), message, hint)


def _aims_problems(aims: Aims) -> Iterator[Problem]:
    for name, aim in (("aspirational", aims.aspirational), ("committed", aims.committed)):
        if aim is not None and aim.value == 0:
            message = "With an aim of 0 nothing is expected, and everything is on track."
            hint = "Give the grade that counts as success, as in `0.7`."
            yield error("bad-aim", aims.at.span(name), message, hint)


def _pace_problems(at: Source, policy: Policy) -> Iterator[Problem]:
    if policy.ahead >= policy.on_track >= policy.behind:
        return
    field = "behind" if "behind" in at.fields and policy.on_track < policy.behind else "on_track"
    message = "The limits of pace are out of order: `ahead`, `on_track` and `behind` go down."
    hint = "Those that aren't given are 0.15, -0.10 and -0.25."
    yield error("bad-pace", at.span(field), message, hint)
