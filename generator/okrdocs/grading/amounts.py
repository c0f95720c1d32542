"""Reads the texts of a key result as exact amounts and reports each fault at its field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from okrdocs.format.records import Figure, KeyResult
from okrdocs.format.suggestions import nearest_unless_many
from okrdocs.grading.blanks import is_blank, is_placeholder
from okrdocs.grading.likely_amounts import likely_entries
from okrdocs.grading.quantity import (
    Quantity,
    QuantityError,
    UnitKind,
    ambiguous_thousands_error,
    has_decimals_like_thousands,
    is_same_unit,
    is_whole_of_three_digits,
    parse_quantity,
    parse_target,
)
from okrdocs.problem import Problem, Replacement, Severity, Source, Span
from okrdocs.source.yaml.scalar_text import scalar_text

_ONE = Fraction(1)
_DECIMALS_LIKE_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9])")


Entries = tuple[tuple[str, str], ...]
"""Keys with the values that they should have."""


@dataclass(frozen=True, slots=True)
class ProblemSink:
    """Collects the problems of key results and metrics.

    What can't be read is an error. What is readable and can't be graded yet is a warning: its
    key result is shown as not graded, and stops nothing.
    """

    problems: list[Problem]

    def nearest_hint(self, word: str, known: Iterable[str], likeness: float = 0.6) -> str:
        """Return a hint at the nearest known word; "" if none is near or too much is wrong."""
        return nearest_unless_many(self.problems, word, known, likeness)

    def add_error(
        self,
        at: Source,
        field: str,
        code: str,
        message: str,
        hint: str = "",
        right: Entries = (),
    ) -> None:
        """Add an error at a field of a record.

        `right` are the keys and values that should stand in its place; without a hint, the hint
        tells to write them.
        """
        span = at.span(field)
        hint = hint or entries_hint(right)
        self.problems.append(
            Problem(
                code,
                Severity.ERROR,
                span,
                message,
                hint,
                replacement=_replacement(span, field, right),
            )
        )

    def add_not_gradable(
        self, at: Source, field: str, code: str, message: str, hint: str, right: Entries = ()
    ) -> None:
        """Add a warning: what a key result can't be graded for, and the lines to choose from."""
        span = at.span(field)
        self.problems.append(
            Problem(
                code,
                Severity.WARNING,
                span,
                message,
                hint or entries_hint(right),
                replacement=_replacement(span, field, right),
            )
        )


def entries_hint(right: Entries) -> str:
    """Return the hint to write these keys and values; "" without any."""
    lines = " and ".join(f"`{key}: {value}`" for key, value in right)
    return f"Write {lines}." if lines else ""


def _replacement(span: Span, field: str, right: Entries) -> Replacement | None:
    """Return the replacement of a field's value, or of its key as well where that changes."""
    if not right:
        return None
    written = tuple((key, scalar_text(value)) for key, value in right)
    if len(written) == 1 and written[0][0] == field:
        return Replacement(span, written[0][1])
    return Replacement(span, "", written)


def convert_to_unit_of(amount: Quantity, other: Quantity) -> Quantity | None:
    """Convert an amount to the unit of another one; None where the units differ.

    A bare number takes the unit of what is counted in words: `12` the one of `40 deals`.
    """
    if is_same_unit(amount, other):
        return amount
    if {amount.kind, other.kind} == {UnitKind.NUMBER, UnitKind.COUNT}:
        return replace(amount, unit=other.unit, kind=other.kind)
    return None


def weight_or_one(figure: Figure | None) -> Fraction:
    """Return a weight as a fraction; 1 where none is given."""
    return _ONE if figure is None or figure.value is None else figure.value


def report_placeholder(text: str, at: Source, field: str, sink: ProblemSink) -> bool:
    """Return whether a text is a placeholder (`TBD`, `XX%`), and adds a problem if it is."""
    if not is_placeholder(text):
        return False
    message = f"`{text}` stands for a number that isn't there yet."
    hint = "Put the number in; until then the key result isn't graded."
    if field == "value":
        hint = "Leave it blank, or write `n/a`, until it has been measured."
    sink.add_not_gradable(at, field, "placeholder", message, hint)
    return True


def read_quantity(text: str, at: Source, field: str, sink: ProblemSink) -> Quantity | None:
    """Read the quantity at a field; None with a problem added where it can't be read."""
    if report_placeholder(text, at, field, sink):
        return None
    try:
        return parse_quantity(text)
    except QuantityError as fault:
        right = likely_entries(text, field) if not fault.write else ((field, fault.write),)
        hint = fault.hint if fault.write or not right else entries_hint(right)
        if text.casefold() == "none":
            hint = "Write `0` if it is zero, `n/a` if it wasn't measured."
        sink.add_error(at, field, "bad-quantity", fault.message, hint, right)
        return None


def amount_or_none(text: str) -> Quantity | None:
    """Return the amount that a text is; None where it isn't one, without a problem."""
    try:
        return parse_quantity(text) if text[:1] and any(c.isdigit() for c in text) else None
    except QuantityError:
        return None


def report_decimals_like_thousands(key_result: KeyResult, sink: ProblemSink) -> bool:
    """Return whether decimals may be thousands, and add a problem for each amount.

    `1.500` has two readings where another amount of the key result, in the same unit, is a whole
    number of three digits or more. Beside `0.125` it is a decimal.
    """
    written = list(_written_amounts(key_result))
    if not any(_DECIMALS_LIKE_THOUSANDS.search(text) for text, _, _ in written):
        return False
    amounts = [
        (amount, at, field) for text, at, field in written for amount in _amounts_of_target(text)
    ]
    unclear = [
        (amount, at, field)
        for amount, at, field in amounts
        if has_decimals_like_thousands(amount)
        and any(
            is_whole_of_three_digits(other) and convert_to_unit_of(other, amount)
            for other, _, _ in amounts
        )
    ]
    for amount, at, field in unclear:
        fault = ambiguous_thousands_error(amount)
        sink.add_error(at, field, "bad-quantity", fault.message, fault.hint)
    return bool(unclear)


def _written_amounts(key_result: KeyResult) -> Iterator[tuple[str, Source, str]]:
    """Yield each text that may be an amount, with its place."""
    at, levels = key_result.at, key_result.levels
    yield key_result.baseline or "", at, "baseline"
    yield key_result.target or "", at, "target"
    if levels is not None:
        yield from (
            (level.at_, level.at, "at") for level in (levels.commit, levels.target, levels.stretch)
        )
    for change in key_result.target_changes:
        yield change.from_, change.at, "from"
    for check_in in key_result.check_ins:
        yield check_in.value or "", check_in.at, "value"
    for point in key_result.plan:
        yield point.value, point.at, "value"


def _amounts_of_target(text: str) -> tuple[Quantity, ...]:
    try:
        target = parse_target(text) if any(c.isdigit() for c in text) else None
    except QuantityError:
        return ()
    return (target.low, *([target.high] if target.high else [])) if target else ()


def read_baseline(key_result: KeyResult, sink: ProblemSink) -> Quantity | None:
    """Read the baseline where it is a number; None for blank texts and for words."""
    text = key_result.baseline
    if text is None or is_blank(text):
        return None
    if not any(c.isdigit() for c in text) and not is_placeholder(text):
        return None
    return read_quantity(text, key_result.at, "baseline", sink)
