"""The texts of a key result as exact amounts, each fault noted at its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from okrdocs.format.records import Figure, KeyResult
from okrdocs.format.suggestions import nearest_unless_many
from okrdocs.grading.blanks import is_blank, is_placeholder
from okrdocs.grading.quantity import Quantity, QuantityError, UnitKind, is_same_unit, parse_quantity
from okrdocs.problem import Problem, Severity, Source

_ONE = Fraction(1)
_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
_SPELLED = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ProblemSink:
    """Where faults of one key result go. In a draft, what is still to be filled in only warns."""

    problems: list[Problem]
    draft: bool

    def nearest_hint(self, word: str, known: Iterable[str]) -> str:
        """A hint at the nearest known word; "" where none is near or too much is wrong."""
        return nearest_unless_many(self.problems, word, known)

    def add_error(self, at: Source, field: str, code: str, message: str, hint: str = "") -> None:
        """An error at a field."""
        span = at.span(field)
        self.problems.append(Problem(code, Severity.ERROR, span, message, hint))

    def add_unfinished(self, at: Source, field: str, code: str, message: str, hint: str) -> None:
        """Something not yet decided: an error, in a draft a warning."""
        severity = Severity.WARNING if self.draft else Severity.ERROR
        self.problems.append(Problem(code, severity, at.span(field), message, hint))


def in_unit_of(amount: Quantity, other: Quantity) -> Quantity | None:
    """The amount in the other's unit, or None; a bare number goes with what is counted in words."""
    if is_same_unit(amount, other):
        return amount
    if {amount.kind, other.kind} == {UnitKind.NUMBER, UnitKind.COUNT}:
        return replace(amount, unit=other.unit, kind=other.kind)
    return None


def weight_of(figure: Figure | None) -> Fraction:
    """A weight; 1 where none is given."""
    return _ONE if figure is None or figure.value is None else figure.value


def report_placeholder(text: str, at: Source, field: str, sink: ProblemSink) -> bool:
    """Whether a text is a placeholder for a number still to come, with a problem noted."""
    if not is_placeholder(text):
        return False
    message = f"`{text}` stands for a number that isn't there yet."
    hint = "Put the number in, or keep the cycle a draft until it is known."
    if field == "value":
        hint = "Leave it blank, or write `n/a`, until it has been measured."
    sink.add_unfinished(at, field, "placeholder", message, hint)
    return True


def read_quantity(text: str, at: Source, field: str, sink: ProblemSink) -> Quantity | None:
    """A quantity as written at a field, or None with a problem noted."""
    if report_placeholder(text, at, field, sink):
        return None
    try:
        return parse_quantity(text)
    except QuantityError as fault:
        digits = number_word_as_digits(text, parse_quantity)
        hint = f"Write `{digits}`." if digits else fault.hint
        sink.add_error(at, field, "bad-quantity", fault.message, hint)
        return None


def read_baseline(key_result: KeyResult, sink: ProblemSink) -> Quantity | None:
    """The baseline where it is a number; blank texts and mere words count as absent."""
    text = key_result.baseline
    if text is None or is_blank(text):
        return None
    if not any(c.isdigit() for c in text) and not is_placeholder(text):
        return None
    return read_quantity(text, key_result.at, "baseline", sink)


def number_word_as_digits(text: str, reads: Callable[[str], object]) -> str:
    """A text with a number in words, written with digits, where `reads` takes that; else ""."""
    match = _SPELLED.search(text)
    if match is None or any(c.isdigit() for c in text):
        return ""
    number = _WORDS.index(match[0].casefold())
    written = f"{text[: match.start()]}{number}{text[match.end() :]}"
    try:
        reads(written)
    except QuantityError:
        return ""
    return written
