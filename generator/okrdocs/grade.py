"""From progress to published grades: rounding, clamp, means. Pure arithmetic on fractions.

The policy is normative in docs/explanation/grading.md: each formula is one exact fraction,
rounded once where it is published, half away from zero, to two decimals; 1.00 is published
only when the target is reached. Means start from published values, so that a reader with a
calculator can recompute every number from those beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import NamedTuple


def rounded(value: Fraction) -> Decimal:
    """Two decimals, half away from zero, never −0.00."""
    over, under = value.numerator, value.denominator
    cents = (200 * abs(over) + under) // (2 * under)
    return Decimal(-cents if over < 0 else cents).scaleb(-2)


def published_progress(p: Fraction, *, reached: bool) -> Decimal:
    """p as it is shown, unclamped; just below 1 it stays below."""
    shown = rounded(p)
    return Decimal("0.99") if shown == 1 and not reached else shown


def published_grade(p: Fraction, *, reached: bool) -> Decimal:
    """p clamped to 0…1 and rounded; 1.00 only where the target is reached."""
    shown = rounded(min(max(p, Fraction(0)), Fraction(1)))
    return Decimal("0.99") if shown == 1 and not reached else shown


def clamped(value: Fraction) -> Decimal:
    """A forecast or expectation within 0…1."""
    return rounded(min(max(value, Fraction(0)), Fraction(1)))


class Weighted(NamedTuple):
    """A published grade with its weight and a name for the trace."""

    name: str
    grade: Decimal
    weight: Fraction


def mean_of(parts: Iterable[Weighted]) -> Decimal | None:
    """The weighted mean of published grades; None without parts or where all weights are 0."""
    listed = list(parts)
    # Whole numbers, for speed: grades in cents, weights over their common denominator.
    common = lcm(*(part.weight.denominator for part in listed))
    weights = [part.weight.numerator * (common // part.weight.denominator) for part in listed]
    if not sum(weights):
        return None
    cents = sum(
        int(part.grade.scaleb(2)) * weight for part, weight in zip(listed, weights, strict=True)
    )
    mean = Fraction(cents, 100 * sum(weights))
    return published_grade(mean, reached=mean >= 1)


def mean_in_words(parts: Iterable[Weighted], mean: Decimal) -> str:
    """The mean with the values put in: `(0.42 × 2 + 0.40) / 3 = 0.41`."""
    listed = list(parts)
    terms = [
        f"{part.grade}" if part.weight == 1 else f"{part.grade} × {_plain(part.weight)}"
        for part in listed
    ]
    weights = sum((part.weight for part in listed), Fraction(0))
    return f"({' + '.join(terms)}) / {_plain(weights)} = {mean}"


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"
