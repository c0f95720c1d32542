"""Reads dates as people write them, for the message that shows how the format writes them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

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


_MONTH_ALONE = re.compile(
    r"(?:(?P<part>end|mid|middle|start|beginning)(?: of |-| ))?(?:the )?"
    r"(?P<name>[^\W\d_]{3,9})\.?,?(?: (?P<year>[0-9]{4}))?",
    re.IGNORECASE,
)
_MONTH_NUMBER = re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})")
_NO_YEAR = re.compile(
    r"([^\W\d_]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?"
    r"|([0-9]{1,2})(?:st|nd|rd|th|\.)? (?:of )?([^\W\d_]{3,9})",
    re.IGNORECASE,
)
_FOLDER = re.compile(r"([0-9]{4})(?:-(?:(Q|H|S|T)([1-4])|([0-9]{2})))?", re.IGNORECASE)
_DAYS_TO_GRADE = 45
_PARTS = {"Q": 3, "H": 6, "S": 6, "T": 4}


class DaySpan(NamedTuple):
    """The first and the last day of a stretch of time."""

    first: date
    last: date


def cycle_of_path(path: str) -> DaySpan | None:
    """Return the days that the folder of a file names: `okrs/2025-Q3/x.yml`; None where none."""
    folder = path.split("/")[-2] if path.count("/") > 1 else ""
    match = _FOLDER.fullmatch(folder)
    if match is None or not date.min.year <= int(match[1]) <= date.max.year:
        return None
    first, last = 1, 12
    if match[2]:
        months = _PARTS[match[2].upper()]
        last = min(months * int(match[3]), 12)
        first = last - months + 1
    elif match[4]:
        first = last = int(match[4])
    return _months(int(match[1]), first, last) if first >= 1 else None


def _months(year: int, first: int, last: int) -> DaySpan | None:
    if not 1 <= last <= 12:
        return None
    return DaySpan(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def day_in_cycle(path: str) -> str:
    """Return the last day of the cycle in whose folder a file lies, as far as the name says it."""
    if cycle := cycle_of_path(path):
        return cycle.last.isoformat()
    folder = path.split("/")[-2] if path.count("/") > 1 else ""
    year = re.search(r"20[0-9]{2}", folder)
    return f"{year[0]}-12-31" if year else "2025-02-01"


def likely_month(text: str, path: str) -> DaySpan | None:
    """Return the month that a text names, `2026-06` or `end of June`, in the year of its cycle."""
    text, cycle = " ".join(text.split()), cycle_of_path(path)
    if match := _MONTH_NUMBER.fullmatch(text):
        return _months(int(match["year"]), int(match["month"]), int(match["month"]))
    match = _MONTH_ALONE.fullmatch(text)
    month = int(_month(match["name"])) if match else 0
    if (
        match is None
        or not month
        or not _NAMES[month - 1].casefold().startswith(match["name"].casefold().removesuffix("t"))
    ):
        return None
    if match["year"]:
        return _months(int(match["year"]), month, month)
    return _month_within(cycle, month) if cycle else None


def _month_within(cycle: DaySpan, month: int) -> DaySpan | None:
    found = _months(cycle.first.year, month, month)
    return found if found and cycle.first <= found.first <= cycle.last else None


def _readings_without_year(text: str, path: str) -> Iterator[date | None]:
    """Yield the day that `April 30` is in the cycle of a file, or soon after it."""
    match, cycle = _NO_YEAR.fullmatch(" ".join(text.split())), cycle_of_path(path)
    if match and cycle:
        name, number = (match[1], match[2]) if match[1] else (match[4], match[3])
        for year in (cycle.first.year, cycle.first.year + 1):
            day = _day(str(year), _month(name), number)
            if day and day >= cycle.first and (day - cycle.last).days <= _DAYS_TO_GRADE:
                yield day


def is_unknown_date(text: str) -> bool:
    """Return whether a text says that the day isn't known yet: `??`, `TBD`."""
    return _UNKNOWN.fullmatch(text) is not None


def likely_dates(text: str, path: str = "") -> tuple[tuple[str, str], ...]:
    """Return the days that a text may mean, as `2026-07-06`, each with how it is read, or "".

    Two where day and month can't be told apart (`06/07/2026`), unless only one of them lies in the
    cycle that the file's folder names; none for what is no day.
    """
    days = [day for day in _readings(" ".join(text.split())) if day is not None]
    days = days or [day for day in _readings_without_year(text, path) if day is not None]
    cycle = cycle_of_path(path)
    inside = [day for day in days if cycle and cycle.first <= day <= cycle.last]
    days = inside if len(set(days)) > 1 and len(set(inside)) == 1 else days
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
