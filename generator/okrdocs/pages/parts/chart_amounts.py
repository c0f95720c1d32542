"""Puts amounts of the OKRs on the scale of a chart: floats in the unit in which they are read."""

from __future__ import annotations

from okrdocs.drawing.progress.fence_text import KeepRange, first_number
from okrdocs.grading.quantity import Quantity, Target
from okrdocs.grading.reported_values import Amount


def exact_float(amount: Amount) -> float:
    """Return an amount as the nearest float, in its base unit."""
    exact = amount.value if isinstance(amount, Quantity) else amount
    over, under = exact.as_integer_ratio()
    return over / under


def unit_factor(like: Quantity) -> float:
    """Return the factor from the base unit to the unit that an amount is written in."""
    written = first_number(like.text)
    return abs(written / exact_float(like)) if written and like.value else 1.0


def keep_range(text: str, target: Target, factor: float, *, at_least: bool) -> KeepRange:
    """Return the range that values have to keep to; where it has one end, `at_least` says which."""
    low = exact_float(target.low) * factor
    if target.high is not None:
        return KeepRange(text, low, exact_float(target.high) * factor)
    return KeepRange(text, low if at_least else None, None if at_least else low)
