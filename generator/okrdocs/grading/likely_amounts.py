"""Finds the one amount that was meant by a text that is none: `within 5%` is `≤5%`.

For the message that shows the line as it should be. What it returns can be read, or it returns
nothing: a guess never leads into another error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from okrdocs.grading.quantity import (
    Quantity,
    QuantityError,
    is_same_unit,
    parse_quantity,
    parse_target,
)

_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
_SPELLED = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_AT_MOST = re.compile(
    r"(?:within|max(?:imum|\.)?|not? (?:more|higher|longer) than|not (?:over|above)|not exceeding)"
    r"\s+(?=[$€£]?[0-9])",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"(?:min(?:imum|\.)?|not (?:less|lower|fewer) than|not (?:under|below))\s+(?=[$€£]?[0-9])",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"(?:from )?(.*?[0-9].*?)\s*(?:->|→|=>|(?<=\s)to(?=\s))\s*(.*[0-9].*)", re.IGNORECASE
)
_BY_PERCENT = re.compile(
    r"(?P<by>[+-]?[0-9.]+ ?%) (?:(?P<up>more|up|higher|increase|growth)"
    r"|less|fewer|down|lower|decrease|reduction)"
    r"|(?:(?P<rise>increase|grow|raise|up)|reduce|decrease|cut|lower|down)(?: by)?"
    r" (?P<much>[0-9.]+ ?%)",
    re.IGNORECASE,
)
_NO_THINGS = re.compile(
    r"no (?!news|longer |status|change|progress|updates?\b|results? yet)"
    r"([^\W\d_][\w -]{1,40}(?<![sui])s)",
    re.IGNORECASE,
)
_STAYS = re.compile(
    r"(?:always|is|are|keeps?|kept|remains?|stays?)\s+"
    r"(?=above|at |below|over|under|less|more|no |[<>≤≥])",
    re.IGNORECASE,
)
_TIMES = re.compile(r"[x×] ?([0-9]+(?:\.[0-9]+)?)", re.IGNORECASE)
_UNIT_FIRST = re.compile(
    r"([a-z]?[A-Z]{2,6})(?: of|:| at)? ((?:[<>]=?|[≤≥])? ?[$€£]?[0-9][0-9.,]*[kKM%]?)"
)
_POINTS_ALONE = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}")
_DAY = re.compile(r"(?:by |until |on )?([0-9]{4}-[0-9]{2}-[0-9]{2})", re.IGNORECASE)
_DONE = frozenset({"yes", "true", "completed", "complete", "finished", "100% done", "delivered"})

_TOP = re.compile(r"(?:top |# ?|no\. ?)([1-9][0-9]*)", re.IGNORECASE)
_NUMBER_AND_REST = re.compile(r"[0-9]+(?:[.,'’_ ]?[0-9]+)*")
_BETWEEN_AMOUNTS = re.compile(r"[\s,;/(&:+~]")

Entries = tuple[tuple[str, str], ...]


def rank_hint(text: str) -> str:
    """Return both readings of `top 10`, a rank or ten things; "" for all else."""
    match = _TOP.fullmatch(" ".join(text.split()))
    number = match[1] if match else ""
    return (
        number and f"Write `target: ≤{number}` for a rank, `target: {number}` for as many things."
    )


def holds_several_amounts(text: str) -> bool:
    """Return whether more than one number stands in a text, apart: `8 talks, 100 guests`."""
    numbers = list(_NUMBER_AND_REST.finditer(text))
    return any(
        _BETWEEN_AMOUNTS.search(text, one.end(), other.start()) for one, other in pairwise(numbers)
    )


def likely_entries(text: str, field: str) -> Entries:
    """Return the keys and values that were meant by the text of a field; () where it isn't clear.

    Mostly the field with another text; `target: from 40% to 60%` is a baseline and a target.
    """
    text = " ".join(text.split())
    if field == "target":
        return _likely_target(text)
    amount = _likely_amount(text, parse_quantity)
    return ((field, amount),) if amount else ()


def _likely_target(text: str) -> Entries:
    if text.casefold() in _DONE:
        return (("target", "done"),)
    if match := _DAY.fullmatch(text):
        return (("target", "done"), ("due", match[1]))
    if match := _BY_PERCENT.fullmatch(text):
        sign = "+" if match["up"] or match["rise"] else "-"
        much = (match["by"] or match["much"]).lstrip("+-").replace(" ", "")
        return (("change", f"{sign}{much}"),)
    match = _FROM_TO.fullmatch(text)
    if match and _reads(match[1], parse_quantity) and _reads(match[2], parse_target):
        start, end = match[1], match[2]
        unit = parse_target(end).low
        if parse_quantity(start).unit == "" != unit.unit and start.replace(".", "").isdigit():
            start = re.sub(r"[0-9][0-9.,]*", start, end, count=1)  # 40 to 60 deals
        return (("baseline", start), ("target", end))
    amount = _likely_amount(text, parse_target)
    return (("target", amount),) if amount else ()


def _likely_amount(text: str, reads: Callable[[str], object]) -> str:
    digits = number_word_as_digits(text, reads)
    candidates = [
        digits,
        _AT_MOST.sub("≤", text, count=1) if _AT_MOST.match(text) else "",
        _AT_LEAST.sub("≥", text, count=1) if _AT_LEAST.match(text) else "",
        _NO_THINGS.sub(r"0 \1", text) if _NO_THINGS.fullmatch(text) else "",
        _STAYS.sub("", text, count=1) if _STAYS.match(text) else "",
        _TIMES.sub(r"\1x", text) if _TIMES.fullmatch(text) else "",
        _UNIT_FIRST.sub(r"\2 \1", text) if _UNIT_FIRST.fullmatch(text) else "",
        text.replace(".", ",") if _POINTS_ALONE.fullmatch(text) else "",
    ]
    return next((each for each in candidates if each and _reads(each, reads)), "")


def _reads(text: str, reads: Callable[[str], object]) -> bool:
    try:
        reads(text)
    except QuantityError:
        return False
    return True


def number_word_as_digits(text: str, reads: Callable[[str], object]) -> str:
    """Rewrite a number word with digits: `three deals` as `3 deals`.

    Returns "" where there is none, or where `reads` raises QuantityError for the result.
    """
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


def amount_in_unit_of(bare: str, like: Quantity) -> str:
    """Return a bare number with the unit of another amount: `60` like `80 percent`; or "".

    Where the other one has a magnitude, the number needs one, too: 50 may be 50 or 50k.
    """
    match = re.fullmatch(r"([+-]?)([0-9][0-9.,]*)(k|K|M|B|bn)?", bare.strip())
    parts = re.fullmatch(r"([+-]?)([^0-9+-]*)([0-9][0-9.,]*)(k|K|M|B|bn)?(?![a-z])(.*)", like.text)
    if match is None or parts is None or bool(match[3]) != bool(parts[4]):
        return ""
    written = f"{match[1]}{parts[2]}{match[2]}{match[3] or ''}{parts[5]}"
    if not _reads(written, parse_quantity):
        return ""
    return written if is_same_unit(parse_quantity(written), like) else ""
