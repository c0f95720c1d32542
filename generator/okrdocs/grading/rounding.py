"""Turns progress into published grades: rounding, limits, means. Pure arithmetic on fractions.

The policy is normative in docs/explanation/grading.md, "The numbers": each formula is one exact
fraction, rounded once where it is published, half away from zero, to two decimals; 1.00 is
published only when the target is reached. Means start from published values, so that a reader
with a calculator can recompute every number from those beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import NamedTuple

_DECIMALS_0_TO_1 = tuple(Decimal(cents).scaleb(-2) for cents in range(101))
"""0.00 to 1.00: nearly all that is ever published."""


def _round_to_hundredths(value: Fraction) -> int:
    """Return hundredths, rounded half away from zero. In whole numbers, for speed."""
    over, under = value.numerator, value.denominator
    cents = (200 * abs(over) + under) // (2 * under)
    return -cents if over < 0 else cents


def round_to_cents(value: Fraction) -> Decimal:
    """Round to two decimals, half away from zero, never −0.00."""
    cents = _round_to_hundredths(value)
    return _DECIMALS_0_TO_1[cents] if 0 <= cents <= 100 else Decimal(cents).scaleb(-2)


def published_progress(p: Fraction, *, reached: bool) -> Decimal:
    """Round p as it is shown, not limited to 0…1; below the target it stays below 1.00."""
    cents = _round_to_hundredths(p)
    return _DECIMALS_0_TO_1[99] if cents == 100 and not reached else round_to_cents(p)


def published_grade(p: Fraction, *, reached: bool) -> Decimal:
    """Limit p to 0…1 and rounds it; 1.00 only where the target is reached."""
    cents = min(max(_round_to_hundredths(p), 0), 100)
    return _DECIMALS_0_TO_1[99 if cents == 100 and not reached else cents]


def clamp_to_grade(value: Fraction) -> Decimal:
    """Limit a forecast or an expectation to 0…1 and rounds it."""
    return _DECIMALS_0_TO_1[min(max(_round_to_hundredths(value), 0), 100)]


@lru_cache(maxsize=256)
def as_fraction(shown: Decimal) -> Fraction:
    """Convert a published value to a fraction, for further computation."""
    return Fraction(shown)


class WeightedGrade(NamedTuple):
    """A published grade with its weight and a name for the trace."""

    name: str
    grade: Decimal
    weight: Fraction


def weighted_mean(parts: Iterable[WeightedGrade]) -> Decimal | None:
    """Compute the weighted mean of published grades; None without parts or if all weights are 0.

    Source: docs/explanation/grading.md, "Grades", the table of means.
    """
    listed = list(parts)
    # Whole numbers, for speed: grades in cents, weights over their common denominator.
    common = lcm(*(part.weight.denominator for part in listed))
    weights = [part.weight.numerator * (common // part.weight.denominator) for part in listed]
    if not sum(weights):
        return None
    cents = sum(
        int(part.grade.scaleb(2)) * weight for part, weight in zip(listed, weights, strict=True)
    )
    whole = 100 * sum(weights)
    return published_grade(Fraction(cents, whole), reached=cents >= whole)


def mean_formula(parts: Iterable[WeightedGrade], mean: Decimal) -> str:
    """Write out the mean with its values: `(0.42 × 2 + 0.40) / 3 = 0.41`."""
    listed = list(parts)
    terms = [
        f"{part.grade}" if part.weight == 1 else f"{part.grade} × {_number_text(part.weight)}"
        for part in listed
    ]
    weights = sum((part.weight for part in listed), Fraction(0))
    return f"({' + '.join(terms)}) / {_number_text(weights)} = {mean}"


def _number_text(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"
