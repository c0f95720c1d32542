"""Reads amounts as people write them, exactly; compares them and formats them alike.

The loader keeps baselines, targets and values as text; grading parses them into Quantities,
computes with exact fractions and prints results with `format_like`. Pure. The grammar is
documented in docs/reference/quantities.md; a text with two readings is an error that names both.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from okrdocs.grading.blanks import MAX_LENGTH, is_placeholder
from okrdocs.grading.units import (
    DURATIONS,
    GAPS,
    QuantityError,
    Unit,
    UnitKind,
    bound_or_range_error,
    read_unit,
    singular,
    thousands_error,
    unclear_number_error,
)

__all__ = ["Quantity", "QuantityError", "Target", "UnitKind", "ambiguous_thousands_error", "format_like", "has_decimals_like_thousands", "is_same_unit", "is_whole_of_three_digits", "parse_quantity", "parse_target"]  # fmt: skip  # noqa: E501 - a list of names


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount. `text` is what was written, `value` its exact worth in the unit's base.

    `unit` is the key by which amounts are compared: "" (bare), "$", "%", "points", "s" (every
    duration up to weeks), "month" (months, quarters, years), a word in lower case and singular
    ("deal"), a rate ("x/week") or a part of a whole ("of 8", also for "/8"): a count where its
    number is whole, else a score. Money and percentages may go on in words ("$ arr", "% of
    user"). `signed`: a + or - was written.
    """

    text: str
    value: Fraction
    unit: str
    kind: UnitKind
    signed: bool


@dataclass(frozen=True, slots=True)
class Target:
    """A target: plain (comparator ""), a bound ("<" "≤" ">" "≥"), or "between" low and high."""

    text: str
    comparator: str
    low: Quantity
    high: Quantity | None = None

    def is_met_by(self, value: Quantity) -> bool:
        """Return whether it contains a value. Raises ValueError if plain or if the units differ."""
        if not self.comparator or not is_same_unit(self.low, value):
            raise ValueError(f"{self.text!r} can't hold or fail for {value.text!r}")
        if self.high is not None:
            return self.low.value <= value.value <= self.high.value
        if value.value == self.low.value:
            return self.comparator in ("≤", "≥")
        return (value.value < self.low.value) == (self.comparator in ("<", "≤"))


class _QuantityParts(NamedTuple):
    """A text cut around its number: sign, currency, sign again ("$-5"), number, and the rest."""

    sign: str
    before: str
    inner: str
    number: str
    after: str


_MINUS = ("-", "−", "–")
_DIGITS = rf"[0-9]+(?:[.,_'’{GAPS}][0-9]+)*"
_PARTS = re.compile(rf"([+−–-]?)([^0-9+−–-]*?)([+−–-]?)({_DIGITS}|\.{_DIGITS})(.*)", re.DOTALL)
_DECIMAL = re.compile(r"([0-9]*)\.([0-9]+)")
_GROUPED = re.compile(
    rf"([1-9][0-9]{{0,2}}([,_'’{GAPS}])[0-9]{{3}}(?:\2[0-9]{{3}})*)(?:\.([0-9]+))?"
)
_NO_DIGIT = re.compile(r"[^0-9]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\b|[0-9]{1,2}:[0-9]{2}\b")
_ROUGH = re.compile(r"[~≈±]|about|around|approx|circa|ca\.|roughly|almost|nearly", re.IGNORECASE)
_FALLS_SHORT = re.compile("almost|nearly", re.IGNORECASE)
_STEP = re.compile(r"([0-9]+(?:\.[0-9]+)?)( ?)([^\W\d_]+)(?:,? |$|(?=[0-9]))")

_SIGNS = {
    "<=": "≤", "=<": "≤", "≤": "≤", "⩽": "≤", "≦": "≤", ">=": "≥", "=>": "≥", "≥": "≥", "⩾": "≥",
    "≧": "≥", "<": "<", ">": ">", "at least": "≥", "no less than": "≥", "at most": "≤",
    "up to": "≤", "no more than": "≤", "less than": "<", "fewer than": "<", "under": "<",
    "below": "<", "more than": ">", "over": ">", "above": ">",
}  # fmt: skip
_BOUND = re.compile(
    "|".join(key + (r"\b" if key.isascii() and key[0].isalpha() else "") for key in _SIGNS),
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[+-]?[$€£]?[0-9]+(?:[.,][0-9]+)*[%A-Za-z]* ?[A-Za-z]*")  # most targets
_LESS = ("less", "fewer", "lower", "below", "under")
_MORE = "more|higher|above|over|greater"
_AFTERWARDS = re.compile(rf"(?<=[0-9%kKMBT])\+| or (?:{_MORE}|{'|'.join(_LESS)})$|\+$", re.I)
_RANGE = re.compile(r"…|\.{2,3}|[–—]|\s(?:to|-)\s")
_BETWEEN = re.compile(r"between (.*) and (.*)", re.IGNORECASE)

_COUNTED = (UnitKind.COUNT, UnitKind.DURATION)
_WHOLE = (UnitKind.COUNT, UnitKind.MONEY)
_SHARES = (UnitKind.PERCENT, UnitKind.POINTS)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_OF_THOUSANDS = re.compile("of [0-9]{4}")


@lru_cache(maxsize=8192)
def parse_quantity(text: str) -> Quantity:
    """Parse an amount. Raises QuantityError, with a hint how to write it, where it is none."""
    text = text.strip()
    parts = _split_at_number(text)
    try:
        unit = read_unit(parts.before, parts.after)
    except QuantityError as error:
        return _compound_duration(text) or _raise_clearer_error(parts, error)
    counted = unit.kind in _WHOLE or _OF_THOUSANDS.match(unit.key)
    if counted and unit.times == 1 and _THOUSANDS.fullmatch(parts.number):
        raise thousands_error(parts.number)
    try:
        digits, places = _read_number(parts.number)
    except QuantityError:
        raise unclear_number_error(
            parts.number, parts.sign + parts.before + parts.inner, parts.after
        ) from None
    if parts.sign in _MINUS or parts.inner in _MINUS:
        digits = -digits
    value = Fraction(digits * unit.times, 10**places * unit.over)
    whole_part = unit.kind is UnitKind.SCORE and value.denominator == 1
    kind = UnitKind.COUNT if whole_part else unit.kind
    return Quantity(text, value, unit.key, kind, bool(parts.sign or parts.inner))


def has_decimals_like_thousands(quantity: Quantity) -> bool:
    """Return whether the number may also be one of thousands: "1.500", but not "0.125"."""
    number = _split_at_number(quantity.text).number
    return quantity.kind not in _SHARES and bool(_THOUSANDS.fullmatch(number))


def is_whole_of_three_digits(quantity: Quantity) -> bool:
    """Return whether the number was written as a whole one of three digits or more: "900"."""
    number = _split_at_number(quantity.text).number
    return len(_NO_DIGIT.sub("", number)) >= 3 and "." not in number


def ambiguous_thousands_error(quantity: Quantity) -> QuantityError:
    """Return the error for an amount of which `has_decimals_like_thousands` holds."""
    return thousands_error(_split_at_number(quantity.text).number)


def _split_at_number(text: str) -> _QuantityParts:
    """Split a text at its number. Raises QuantityError where that isn't possible."""
    if len(text) > MAX_LENGTH:
        raise QuantityError(
            f"The text has more than {MAX_LENGTH} characters.",
            "Keep the amount and move the rest to a note.",
        )
    match = _PARTS.fullmatch(text)
    if match is None or not text.isascii() or _DATE.match(text):
        _raise_if_not_an_amount(text, match)
        assert match is not None  # or else refused
    parts = _QuantityParts(*match.groups())
    if parts.sign and (parts.inner or parts.before[:1].isspace()):
        raise QuantityError(
            "The sign doesn't stand right before the number.", 'Write it as in "-5" or "-$5".'
        )
    return parts


def _raise_if_not_an_amount(text: str, match: re.Match[str] | None) -> None:
    """Raise QuantityError for texts without a number, dates, and digits other than 0 to 9."""
    if not text:
        raise QuantityError("There is no amount here.", 'Write one, such as "12 deals".')
    odd = next((c for c in text if not c.isascii() and _is_unsupported_digit(c)), None)
    if odd is not None:
        raise QuantityError(
            f'"{odd}" isn\'t one of the digits 0 to 9.', "Write the number with these digits."
        )
    if _DATE.match(text):
        raise QuantityError(
            f'"{text[:40]}" is a date or a time, not an amount.',
            'Durations are written as in "1h 30min"; dates belong under "date".',
        )
    if match is None and is_placeholder(text):
        raise QuantityError(f'"{text[:40]}" is a placeholder.', "Put the real number in its place.")
    if match is None:
        raise QuantityError(
            f'"{text[:40]}" isn\'t an amount: it has no number where one is expected.',
            'Write the number first, as in "12 deals"; for words, use stages, milestones, '
            '"target: done" or "measure: judged".',
            no_number=True,
        )


def _is_unsupported_digit(character: str) -> bool:
    return character.isnumeric() and not character.isalpha() and character not in "²³"


def _raise_clearer_error(parts: _QuantityParts, error: QuantityError) -> Quantity:
    """Raise the error, or a plainer one where the words before the number tell more."""
    before = parts.before.strip()
    if _FALLS_SHORT.match(before):
        raise QuantityError(
            f'"{before}" leaves the amount open: it is less than {parts.number}{parts.after}.',
            "Write how much it is.",
        ) from None
    if _ROUGH.match(before):
        raise QuantityError(
            f'"{before}" leaves the amount open.',
            f'Write "{parts.number}{parts.after}"; that it is rough can stand in a note.',
            write=f"{parts.number}{parts.after}",
        ) from None
    if _BOUND.match(before) or before.casefold() == "between":
        raise bound_or_range_error(before) from None
    if before.startswith("="):
        raise QuantityError("The sign = isn't needed.", "Write the amount alone.") from None
    raise error


def _read_number(written: str) -> tuple[int, int]:
    """Return (all digits as a whole number, how many are decimals). Raises QuantityError."""
    if written.isdigit():
        return int(written), 0
    if match := _DECIMAL.fullmatch(written):
        return int(match[1] + match[2]), len(match[2])
    if match := _GROUPED.fullmatch(written):
        decimals = match[3] or ""
        return int(_NO_DIGIT.sub("", match[1]) + decimals), len(decimals)
    raise unclear_number_error(written)


def _duration_steps(text: str) -> list[tuple[re.Match[str], Unit]]:
    """Return the steps of a duration in several units ("1h 30min"), largest first, or none."""
    matches = list(_STEP.finditer(text))
    if len(matches) < 2 or "".join(step[0] for step in matches) != text:
        return []
    names = ("min" if step[3] == "m" else step[3].casefold() for step in matches)
    units = [DURATIONS[name] for name in names if name in DURATIONS]
    worths = [Fraction(unit.times, unit.over) for unit in units]
    falling = worths == sorted(set(worths), reverse=True)
    one_family = len(units) == len(matches) and len({unit.key for unit in units}) == 1
    return list(zip(matches, units, strict=True)) if falling and one_family else []


def _compound_duration(text: str) -> Quantity | None:
    sign = text[:1] if text.startswith(("+", *_MINUS)) else ""
    steps = _duration_steps(text[len(sign) :])
    if not steps:
        return None
    value = sum((Fraction(step[1]) * u.times / u.over for step, u in steps), Fraction(0))
    value = -value if sign in _MINUS else value
    return Quantity(text, value, steps[0][1].key, UnitKind.DURATION, bool(sign))


@lru_cache(maxsize=4096)
def parse_target(text: str) -> Target:
    """Parse an amount, a bound or a range. Raises QuantityError where the text is none."""
    text = text.strip()
    if len(text) > MAX_LENGTH or _PLAIN.fullmatch(text) or _DATE.match(text):
        return Target(text, "", parse_quantity(text))
    if bound := _BOUND.match(text):
        return Target(text, _SIGNS[bound[0].lower()], parse_quantity(text[bound.end() :]))
    if ends := _range_ends(text):
        return _range_target(text, *ends)
    if after := _AFTERWARDS.search(text):
        amount = text[: after.start()] + text[after.end() :]
        upper = after[0].lower().endswith(_LESS)
        return Target(text, "≤" if upper else "≥", parse_quantity(amount))
    return Target(text, "", parse_quantity(text))


def _range_ends(text: str) -> tuple[str, str] | None:
    """Return the two halves of a range, or None where the text isn't one."""
    if match := _BETWEEN.fullmatch(text):
        return match[1], match[2]
    for match in _RANGE.finditer(text):
        halves = text[: match.start()], text[match.end() :]
        if all(re.search("[0-9]", half) for half in halves):
            return halves
    left, _, right = text.partition("-")
    # a hyphen is also a sign and part of words: only a number right on both sides makes a range
    if re.fullmatch(r"[^\s0-9+−–]*[0-9]\S*", left) and re.match(r"[^\s0-9-]{0,3}[0-9]", right):
        return left, right
    return None


def _range_target(text: str, left: str, right: str) -> Target:
    """Parse a range; one half gives the other its unit. Raises QuantityError if they differ."""
    low, high = _split_at_number(left.strip()), _split_at_number(right.strip())
    if not low.after.strip():
        low = low._replace(after=high.after)
    if not high.before.strip() and low.before.strip():
        high = high._replace(before=low.before)
    lower, upper = parse_quantity("".join(low)), parse_quantity("".join(high))
    if not is_same_unit(lower, upper):
        raise QuantityError(
            f'The ends of the range, "{lower.text}" and "{upper.text}", have different units.',
            'Write the unit once at the end, as in "50…60 ms", or the same on both.',
        )
    if lower.value > upper.value:
        raise QuantityError(
            f'The range begins at "{lower.text}", above its end "{upper.text}".',
            "Write the lower end first, and the unit on both ends where they differ.",
        )
    return Target(text, "between", lower, upper)


def is_same_unit(a: Quantity, b: Quantity) -> bool:
    """Return whether two amounts can be compared: hours and minutes can, hours and deals can't."""
    return a.unit == b.unit


def format_like(value: Fraction, like: Quantity) -> str:
    """Format a computed value in the notation of `like`: 16,000,000 like "$12M" is "$16M".

    Rounded half away from zero to at most two decimals more than `like` has, and to as many
    more as a small value needs for two digits other than 0.
    """
    if value == like.value:
        return like.text
    notation = _parse_notation(like.text)
    if notation.steps:
        return _format_sign(value, notation.sign) + _format_in_steps(abs(value), notation.steps)
    parts, unit = notation.parts, notation.unit
    over, under = abs(value.numerator) * unit.over, value.denominator * unit.times
    number = _format_ratio(over, under, notation.places, notation.gap)
    if _THOUSANDS.fullmatch(number) and unit.times == 1 and unit.kind in _WHOLE:
        number += "0"  # Three decimals would read as thousands.
    after = _singular_unit(parts.after) if number == "1" and like.kind in _COUNTED else parts.after
    if parts.inner:
        return f"{parts.before}{_format_sign(value, parts.inner)}{number}{after}"
    return f"{_format_sign(value, parts.sign)}{parts.before}{number}{after}"


class _Notation(NamedTuple):
    """How an amount is written: what `format_like` needs, read once."""

    sign: str
    steps: list[tuple[re.Match[str], Unit]]
    parts: _QuantityParts
    unit: Unit
    gap: str
    places: int


@lru_cache(maxsize=8192)
def _parse_notation(text: str) -> _Notation:
    sign = text[:1] if text.startswith(("+", *_MINUS)) else ""
    parts = _split_at_number(text)
    steps = _duration_steps(text[len(sign) :])
    unit = Unit("", UnitKind.NUMBER) if steps else read_unit(parts.before, parts.after)
    gap = match[2] if (match := _GROUPED.fullmatch(parts.number)) else ""
    places = 0 if steps else _read_number(parts.number)[1] + 2
    return _Notation(sign, steps or [], parts, unit, gap, places)


def _singular_unit(after: str) -> str:
    """Return the unit's words for a number of 1: " deals" becomes " deal"."""
    words, gap, last = after.rpartition(" ")
    return f"{words}{gap}{singular(last)}" if len(last) > 3 and last.islower() else after


def _format_sign(value: Fraction, like: str) -> str:
    if value < 0:
        return like if like in _MINUS else "-"
    return "+" if like == "+" and value > 0 else ""


def _format_ratio(over: int, under: int, places: int, gap: str) -> str:
    """Format over / under, rounded half away from zero."""
    while over and 2 * over * 10**places < under:
        places += 2
    digits = (2 * over * 10**places + under) // (2 * under)
    whole, decimals = divmod(digits, 10**places)
    text = f"{whole:,}".replace(",", gap)
    return f"{text}.{decimals:0{places}}".rstrip("0").rstrip(".") if decimals else text


def _format_in_steps(value: Fraction, steps: list[tuple[re.Match[str], Unit]]) -> str:
    """Spread a duration over the units of another one; the last unit takes what remains."""
    places = max(len(step[1].partition(".")[2]) for step, _ in steps) + 2
    last = Fraction(steps[-1][1].times, steps[-1][1].over)
    rest = math.floor(value / last * 10**places + Fraction(1, 2)) * last / 10**places
    shown = []
    for step, unit in steps[:-1]:
        count, rest = divmod(rest, Fraction(unit.times, unit.over))
        shown.append(step[0].replace(step[1], str(count), 1))
    step = steps[-1][0]
    ratio = rest / last
    number = _format_ratio(ratio.numerator, ratio.denominator, places, "")
    return "".join((*shown, step[0].replace(step[1], number, 1)))
