"""Reads dates as people write them, for the message that shows how the format writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/. ]?)([0-9]{1,2})\2([0-9]{1,2})(?:[T ][0-9:.]+Z?)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4}|[0-9]{2})")
_EITHER_ORDER = re.compile(r"([0-9]{1,2})([-/])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_DAY_AND_NAME = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th|\.)?[ -](?:of )?([^\W\d_]{3,9})\.?,?[ -]([0-9]{4})", re.IGNORECASE
)
_NAME_AND_DAY = re.compile(
    r"([^\W\d_]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_UNKNOWN = re.compile(r"\?+|tb[acd]\b.*|n/?a|-+|…|\.{3}|x{2,}|unknown|open", re.IGNORECASE)


def is_unknown_date(text: str) -> bool:
    """Return whether a text says that the day isn't known yet: `??`, `TBD`."""
    return _UNKNOWN.fullmatch(text) is not None


def likely_dates(text: str) -> tuple[tuple[str, str], ...]:
    """Return the days that a text may mean, as `2026-07-06`, each with how it is read, or "".

    Two where day and month can't be told apart (`06/07/2026`); none for what is no day.
    """
    days = [day for day in _readings(" ".join(text.split())) if day is not None]
    several = len(set(days)) > 1
    return tuple(
        (day.isoformat(), f" for {day.day} {_NAMES[day.month - 1]}" if several else "")
        for day in dict.fromkeys(days)
    )


def _readings(text: str) -> Iterator[date | None]:
    if (match := _YEAR_FIRST.fullmatch(text)) and (match[2] or len(match[0]) == 8):
        yield _day(match[1], match[3], match[4])
    elif match := _YEAR_LAST.fullmatch(text):
        yield _day(match[3], match[2], match[1])
    elif match := _EITHER_ORDER.fullmatch(text):
        yield _day(match[4], match[3], match[1])
        yield _day(match[4], match[1], match[3])
    elif match := _DAY_AND_NAME.fullmatch(text):
        yield _day(match[3], _month(match[2]), match[1])
    elif match := _NAME_AND_DAY.fullmatch(text):
        yield _day(match[3], _month(match[1]), match[2])


def _month(name: str) -> str:
    short = name.casefold()[:3]
    return str(_MONTHS.index(short) + 1) if short in _MONTHS else "0"


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
