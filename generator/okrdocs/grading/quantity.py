"""Amounts as people write them: read exactly, compared, and printed in their own notation.

The loader turns the text of baselines, targets and values into Quantities; grading computes
with their exact fractions and prints results with `show`. Pure. The grammar is documented in
docs/reference/quantities.md; what could be read in two ways is an error that names both.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from okrdocs.grading.blanks import is_placeholder
from okrdocs.grading.units import (
    DURATIONS,
    Kind,
    QuantityError,
    Unit,
    only_in_a_target,
    read_unit,
    singular,
)

__all__ = ["Kind", "Quantity", "QuantityError", "Target", "parse", "parse_target", "same_unit", "show"]  # fmt: skip  # noqa: E501 - a list of names


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount. `text` is what was written, `value` its exact worth in the unit's base.

    `unit` is the key by which amounts are compared: "" (bare), "$", "%", "points", "s" (every
    duration up to weeks), "month" (months, quarters, years), a word in lower case and singular
    ("deal"), a rate ("x/week"), a score ("/5") or a part of a whole ("of 8"). Money and
    percentages may go on in words ("$ arr", "% of user"). `signed`: a + or - was written.
    """

    text: str
    value: Fraction
    unit: str
    kind: Kind
    signed: bool


@dataclass(frozen=True, slots=True)
class Target:
    """A target: plain (comparator ""), a bound ("<" "≤" ">" "≥"), or "between" low and high."""

    text: str
    comparator: str
    low: Quantity
    high: Quantity | None = None

    def holds(self, value: Quantity) -> bool:
        """Whether a value lies inside the bound or range, its ends included for a range.

        ValueError for a plain target or another unit: the caller has to ask neither.
        """
        if not self.comparator or not same_unit(self.low, value):
            raise ValueError(f"{self.text!r} can't hold or fail for {value.text!r}")
        if self.high is not None:
            return self.low.value <= value.value <= self.high.value
        if value.value == self.low.value:
            return self.comparator in ("≤", "≥")
        return (value.value < self.low.value) == (self.comparator in ("<", "≤"))


class _Parts(NamedTuple):
    """A text cut around its number: sign, currency, sign again ("$-5"), number, and the rest."""

    sign: str
    before: str
    inner: str
    number: str
    after: str


_LONGEST = 200
_MINUS = ("-", "−", "–")
_GAPS = " \u00a0\u2007\u2009\u202f"
_DIGITS = rf"[0-9]+(?:[.,_'’{_GAPS}][0-9]+)*"
_PARTS = re.compile(rf"([+−–-]?)([^0-9+−–-]*?)([+−–-]?)({_DIGITS}|\.{_DIGITS})(.*)", re.DOTALL)
_DECIMAL = re.compile(r"([0-9]*)\.([0-9]+)")
_GROUPED = re.compile(
    rf"([1-9][0-9]{{0,2}}([,_'’{_GAPS}])[0-9]{{3}}(?:\2[0-9]{{3}})*)(?:\.([0-9]+))?"
)
_NO_DIGIT = re.compile(r"[^0-9]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\b|[0-9]{1,2}:[0-9]{2}\b")
_ROUGH = re.compile(r"[~≈±]|about|around|approx|circa|ca\.|roughly|almost|nearly", re.IGNORECASE)
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

_COUNTED = (Kind.COUNT, Kind.DURATION)
_WHOLE = (Kind.COUNT, Kind.MONEY)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")


@lru_cache(maxsize=8192)
def parse(text: str) -> Quantity:
    """The amount that a text writes; QuantityError with the cure where it isn't one."""
    text = text.strip()
    parts = _parts(text)
    try:
        unit = read_unit(parts.before, parts.after)
    except QuantityError as error:
        return _compound(text) or _explain(parts, error)
    if _THOUSANDS.fullmatch(parts.number) and unit.times == 1 and unit.kind in _WHOLE:
        raise _two_readings(parts.number)
    digits, places = _number(parts.number)
    if parts.sign in _MINUS or parts.inner in _MINUS:
        digits = -digits
    value = Fraction(digits * unit.times, 10**places * unit.over)
    return Quantity(text, value, unit.key, unit.kind, bool(parts.sign or parts.inner))


def _two_readings(number: str) -> QuantityError:
    """Money has two decimals and what is counted none: three may be thousands, as in 80.000 €."""
    decimal, thousands = number.rstrip("0").rstrip("."), number.replace(".", ",")
    return QuantityError(
        f'"{number}" has two readings here: {decimal} or {thousands}.',
        f'Write "{thousands}" for thousands, "{decimal}" for a decimal.',
    )


def _parts(text: str) -> _Parts:
    if len(text) > _LONGEST:
        raise QuantityError(
            f"The text has more than {_LONGEST} characters.",
            "Keep the amount and move the rest to a note.",
        )
    match = _PARTS.fullmatch(text)
    if match is None or not text.isascii() or _DATE.match(text):
        _refuse(text, match)
        assert match is not None  # or else refused
    parts = _Parts(*match.groups())
    if parts.sign and (parts.inner or parts.before[:1].isspace()):
        raise QuantityError(
            "The sign doesn't stand right before the number.", 'Write it as in "-5" or "-$5".'
        )
    return parts


def _refuse(text: str, match: re.Match[str] | None) -> None:
    """Raises for what can't be cut into parts, or holds signs that only look like numbers."""
    if not text:
        raise QuantityError("There is no amount here.", 'Write one, such as "12 deals".')
    odd = next((c for c in text if not c.isascii() and _is_odd_number(c)), None)
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


def _is_odd_number(character: str) -> bool:
    return character.isnumeric() and not character.isalpha() and character not in "²³"


def _explain(parts: _Parts, error: QuantityError) -> Quantity:
    """Raises the error, or a plainer one where the words before the number tell more."""
    before = parts.before.strip()
    if _ROUGH.match(before):
        raise QuantityError(
            f'"{before}" leaves the amount open.',
            f'Write "{parts.number}{parts.after}"; that it is rough can stand in a note.',
        ) from None
    if _BOUND.match(before) or before.casefold() == "between":
        raise only_in_a_target(before) from None
    if before.startswith("="):
        raise QuantityError("The sign = isn't needed.", "Write the amount alone.") from None
    raise error


def _number(written: str) -> tuple[int, int]:
    """(all digits as one whole number, how many of them are decimals), exactly as written."""
    if written.isdigit():
        return int(written), 0
    if match := _DECIMAL.fullmatch(written):
        return int(match[1] + match[2]), len(match[2])
    if match := _GROUPED.fullmatch(written):
        decimals = match[3] or ""
        return int(_NO_DIGIT.sub("", match[1]) + decimals), len(decimals)
    raise _unclear_number(written)


def _unclear_number(written: str) -> QuantityError:
    bare = _NO_DIGIT.sub("", written)
    whole, comma, decimals = written.rpartition(",")
    if comma and decimals.isdigit():
        point = f"{_NO_DIGIT.sub('', whole)}.{decimals}"
        other = bare.lstrip("0") or "0"
        if "." in whole:
            other = f"{whole}{decimals}" if whole.count(".") == 1 else other
        return QuantityError(
            f'"{written}" can mean {point} or {other}.',
            f'Write "{point}" or "{other}"; a comma only parts groups of three digits, '
            'as in "3,000".',
        )
    if any(gap in written for gap in _GAPS):
        return QuantityError(
            f'"{written}" can mean two numbers or the one number {bare}.',
            f'Write "{bare}", or keep one of the two.',
        )
    return QuantityError(
        f'"{written}" isn\'t one number.',
        f'Use one decimal point and groups of three digits, as in "1,234.5"; or write "{bare}".',
    )


def _steps(text: str) -> list[tuple[re.Match[str], Unit]]:
    """The steps of a duration in several units ("1h 30min"), largest first; empty if none."""
    found = list(_STEP.finditer(text))
    if len(found) < 2 or "".join(step[0] for step in found) != text:
        return []
    names = ("min" if step[3] == "m" else step[3].casefold() for step in found)
    units = [DURATIONS[name] for name in names if name in DURATIONS]
    worths = [Fraction(unit.times, unit.over) for unit in units]
    falling = worths == sorted(set(worths), reverse=True)
    one_family = len(units) == len(found) and len({unit.key for unit in units}) == 1
    return list(zip(found, units, strict=True)) if falling and one_family else []


def _compound(text: str) -> Quantity | None:
    sign = text[:1] if text.startswith(("+", *_MINUS)) else ""
    steps = _steps(text[len(sign) :])
    if not steps:
        return None
    value = sum((Fraction(step[1]) * u.times / u.over for step, u in steps), Fraction(0))
    value = -value if sign in _MINUS else value
    return Quantity(text, value, steps[0][1].key, Kind.DURATION, bool(sign))


@lru_cache(maxsize=4096)
def parse_target(text: str) -> Target:
    """The target that a text writes: an amount, a bound or a range; else a QuantityError."""
    text = text.strip()
    if len(text) > _LONGEST or _PLAIN.fullmatch(text) or _DATE.match(text):
        return Target(text, "", parse(text))
    if bound := _BOUND.match(text):
        return Target(text, _SIGNS[bound[0].lower()], parse(text[bound.end() :]))
    if ends := _ends(text):
        return _between(text, *ends)
    if after := _AFTERWARDS.search(text):
        amount = text[: after.start()] + text[after.end() :]
        upper = after[0].lower().endswith(_LESS)
        return Target(text, "≤" if upper else "≥", parse(amount))
    return Target(text, "", parse(text))


def _ends(text: str) -> tuple[str, str] | None:
    """The two halves of a range, or None where the text isn't one."""
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


def _between(text: str, left: str, right: str) -> Target:
    """A range; what one half leaves out (unit at the end, currency in front) the other gives."""
    low, high = _parts(left.strip()), _parts(right.strip())
    if not low.after.strip():
        low = low._replace(after=high.after)
    if not high.before.strip() and low.before.strip():
        high = high._replace(before=low.before)
    lower, upper = parse("".join(low)), parse("".join(high))
    if not same_unit(lower, upper):
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


def same_unit(a: Quantity, b: Quantity) -> bool:
    """Whether two amounts can be compared: hours and minutes can, hours and deals can't."""
    return a.unit == b.unit


def show(value: Fraction, like: Quantity) -> str:
    """A computed value in the notation of `like`: 16,000,000 like "$12M" is "$16M".

    Rounded half away from zero to at most two decimals more than `like` has, and to as many
    more as a small value needs for two digits other than 0.
    """
    if value == like.value:
        return like.text
    notation = _notation(like.text)
    if notation.steps:
        return _sign(value, notation.sign) + _in_steps(abs(value), notation.steps)
    parts, unit = notation.parts, notation.unit
    over, under = abs(value.numerator) * unit.over, value.denominator * unit.times
    number = _printed(over, under, notation.places, notation.gap)
    if _THOUSANDS.fullmatch(number) and unit.times == 1 and unit.kind in _WHOLE:
        number += "0"  # Three decimals would read as thousands.
    after = _one(parts.after) if number == "1" and like.kind in _COUNTED else parts.after
    if parts.inner:
        return f"{parts.before}{_sign(value, parts.inner)}{number}{after}"
    return f"{_sign(value, parts.sign)}{parts.before}{number}{after}"


class _Notation(NamedTuple):
    """How an amount is written: what `show` needs of it, read once."""

    sign: str
    steps: list[tuple[re.Match[str], Unit]]
    parts: _Parts
    unit: Unit
    gap: str
    places: int


@lru_cache(maxsize=8192)
def _notation(text: str) -> _Notation:
    sign = text[:1] if text.startswith(("+", *_MINUS)) else ""
    parts = _parts(text)
    steps = _steps(text[len(sign) :])
    unit = Unit("", Kind.NUMBER) if steps else read_unit(parts.before, parts.after)
    gap = match[2] if (match := _GROUPED.fullmatch(parts.number)) else ""
    places = 0 if steps else _number(parts.number)[1] + 2
    return _Notation(sign, steps or [], parts, unit, gap, places)


def _one(after: str) -> str:
    """The unit's words for a number of 1: " deals" becomes " deal"; what isn't plain, stays."""
    words, gap, last = after.rpartition(" ")
    return f"{words}{gap}{singular(last)}" if len(last) > 3 and last.islower() else after


def _sign(value: Fraction, like: str) -> str:
    if value < 0:
        return like if like in _MINUS else "-"
    return "+" if like == "+" and value > 0 else ""


def _printed(over: int, under: int, places: int, gap: str) -> str:
    """The digits of over / under, rounded half away from zero."""
    while over and 2 * over * 10**places < under:
        places += 2
    digits = (2 * over * 10**places + under) // (2 * under)
    whole, decimals = divmod(digits, 10**places)
    text = f"{whole:,}".replace(",", gap)
    return f"{text}.{decimals:0{places}}".rstrip("0").rstrip(".") if decimals else text


def _in_steps(value: Fraction, steps: list[tuple[re.Match[str], Unit]]) -> str:
    """A duration spread over the units of another; the last one takes what remains."""
    places = max(len(step[1].partition(".")[2]) for step, _ in steps) + 2
    last = Fraction(steps[-1][1].times, steps[-1][1].over)
    rest = math.floor(value / last * 10**places + Fraction(1, 2)) * last / 10**places
    shown = []
    for step, unit in steps[:-1]:
        count, rest = divmod(rest, Fraction(unit.times, unit.over))
        shown.append(step[0].replace(step[1], str(count), 1))
    step = steps[-1][0]
    ratio = rest / last
    number = _printed(ratio.numerator, ratio.denominator, places, "")
    return "".join((*shown, step[0].replace(step[1], number, 1)))
