"""Writes by how much an amount moved, in a unit that somebody wrote: 90min to 1h 20min is −10min.

For pages, the terminal and the sentences of a diff; plain text, which each output escapes itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from okrdocs.grading.quantity import (
    Quantity,
    QuantityError,
    format_like,
    is_same_unit,
    parse_quantity,
)

_EMPTY_STEPS = re.compile(r"(?:0\s?[A-Za-z]+\s?)+(?=\d)")
_DECIMALS = re.compile(r"\d\.(\d+)")


def difference_text(before: Quantity, after: Quantity, notations: Iterable[str]) -> str:
    """Return how an amount moved, with its sign: `+8 points`, `−2 days`.

    "" where it didn't, and where the two units can't be compared. It is written like the first of
    the notations (amounts of its unit) that shows it exactly with at most two decimals; where none
    does, like the first that shows it exactly, or the first.
    """
    change = after.value - before.value
    if not change or not is_same_unit(before, after):
        return ""
    size = _size_text(abs(change), notations)
    if after.unit == "%":
        points = size.removesuffix("%").rstrip()
        size = f"{points} point{'' if points == '1' else 's'}"
    return f"{'+' if change > 0 else '−'}{size}"


def _size_text(size: Fraction, notations: Iterable[str]) -> str:
    """Write a size like the first notation that shows it exactly and short."""
    rest: list[_WrittenSize] = []
    for like in notations:
        written = _written_size(size.numerator, size.denominator, like)
        if written.is_exact and written.is_short:
            return written.text
        rest.append(written)
    rest.sort(key=lambda written: not written.is_exact)
    return rest[0].text if rest else ""


class _WrittenSize(NamedTuple):
    """A size in one notation: whether it is exactly that, and has at most two decimals."""

    text: str
    is_exact: bool
    is_short: bool


@lru_cache(maxsize=8192)
def _written_size(over: int, under: int, like: str) -> _WrittenSize:
    """Write the size over / under: a company's many check-ins share few changes."""
    size = Fraction(over, under)
    text = _without_empty_steps(format_like(size, parse_quantity(like)))
    return _WrittenSize(text, _is_exactly(text, size), _decimal_count(text) <= 2)


def _without_empty_steps(text: str) -> str:
    """Return `10min` for `0h 10min`, without a sign."""
    return _EMPTY_STEPS.sub("", text.lstrip("+-−"), count=1)


def _is_exactly(text: str, size: Fraction) -> bool:
    try:
        return abs(parse_quantity(text).value) == size
    except QuantityError:
        return False


def _decimal_count(text: str) -> int:
    match = _DECIMALS.search(text)
    return len(match[1]) if match else 0
