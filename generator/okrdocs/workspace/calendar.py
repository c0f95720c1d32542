"""Computes with cycles as dates: what a slug spans, how much of it is over, when it is reviewed.

Pure arithmetic on dates that are passed in: the loader dates cycles with it, grading and
pages ask it for shares and weeks. Nothing here knows what today is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

CycleSortKey = tuple[bool, date, date, str, str]

_SLUG = re.compile(
    r"(?P<fiscal>FY(?:[0-9]{4}|[0-9]{2}))(?:-(?P<fiscal_part>[QHTS][1-4]))?"
    r"|(?P<year>[0-9]{4})(?:-(?P<part>[QHTS][1-4]|[0-9]{2}))?",
    re.IGNORECASE | re.ASCII,
)
_TWO_YEARS = re.compile(
    r"(?P<name>(?:FY)?(?P<first>[0-9]{4})-(?P<second>[0-9]{4}|[0-9]{2}))(?:-(?P<part>[QHTS][1-4]))?",
    re.IGNORECASE | re.ASCII,
)
_MONTHS_IN = {"Q": 3, "H": 6, "S": 6}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_YEARS = range(1900, 2201)
_DAYS_OF_QUARTER = range(84, 99)  # twelve weeks to fourteen, as companies cut their years


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """When a fiscal year starts (month 1 to 12), which calendar year names it, what a `T` is.

    `months_in_t` is 4 where `T` is a trimester, 3 where it is a quarter (as in French, Spanish,
    Italian and Portuguese), and None where nobody said which.
    """

    starts: int = 1
    named_after: Literal["start", "end"] = "end"
    months_in_t: Literal[3, 4] | None = None

    def months_in(self, letter: str) -> int | None:
        """Return the months of a `Q`, `H`, `S` or `T`; None for a `T` that has two readings."""
        return self.months_in_t if letter == "T" else _MONTHS_IN[letter]


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days; `start` and `end` both belong to it."""

    start: date
    end: date
    title: str

    @property
    def days(self) -> int:
        """Count the days, the first and the last included."""
        return (self.end - self.start).days + 1


def period_from_slug(slug: str, fiscal: FiscalCalendar) -> Period | None:
    """Return the period that a cycle's slug names, or None where it names none.

    `2025`, `2025-Q1`, `2025-H1`, `2025-S1`, `2025-T2` and `2025-03` are calendar years and their
    parts, whatever the fiscal year; `FY26`, `FY2026-Q3`, `FY26-H1` follow `fiscal`, and so do two
    years, `2025-2026` or `FY2025-26`, where the year doesn't begin in January. A `T` names a period
    only where `fiscal` says what it is.
    """
    match = _SLUG.fullmatch(slug)
    if not match or names_two_years(slug):
        return _period_of_two_years(slug, fiscal)
    if match["fiscal"]:
        return _fiscal_period(match["fiscal"][2:], match["fiscal_part"], fiscal)
    year, part = int(match["year"]), match["part"]
    if year not in _YEARS:
        return None
    if part and part.isdigit():
        return _month_period(year, int(part))
    return _period_in_year(year, 1, part, f"{year}", "{part} {year}", fiscal)


def names_two_years(slug: str) -> bool:
    """Return whether a slug names a year and the next one: `2025-2026`; `2011-12` is a month."""
    match = _TWO_YEARS.fullmatch(slug)
    if match is None or int(match["first"]) not in _YEARS:
        return False
    follows = str(int(match["first"]) + 1).endswith(match["second"])
    plain_month = not slug[0].isalpha() and len(match["second"]) == 2 and int(match["second"]) <= 12
    return follows and not plain_month


def _period_of_two_years(slug: str, fiscal: FiscalCalendar) -> Period | None:
    match = _TWO_YEARS.fullmatch(slug)
    if match is None or not names_two_years(slug) or fiscal.starts == 1:
        return None
    year, name = int(match["first"]), match["name"].upper().replace("-", "–")
    return _period_in_year(year, fiscal.starts, match["part"], name, "{year} {part}", fiscal)


def is_t_unclear(slug: str, fiscal: FiscalCalendar) -> bool:
    """Return whether a slug names a `T`, a trimester or a quarter, and nobody said which."""
    part = re.search(r"-(T)[1-4]$", slug, re.IGNORECASE)
    named = _SLUG.fullmatch(slug) or names_two_years(slug)
    return bool(part and named) and fiscal.months_in_t is None


def _fiscal_period(digits: str, part: str | None, fiscal: FiscalCalendar) -> Period | None:
    year = int(digits) + (2000 if len(digits) == 2 else 0)
    if year not in _YEARS:
        return None
    name = f"FY{year % 100:02}" if 2000 <= year < 2100 else f"FY{year}"
    begins_before = fiscal.named_after == "end" and fiscal.starts != 1
    return _period_in_year(year - begins_before, fiscal.starts, part, name, "{year} {part}", fiscal)


def _period_in_year(
    year: int, month: int, part: str | None, name: str, title: str, fiscal: FiscalCalendar
) -> Period | None:
    if part is None:
        return Period(
            _first_day_of_month(year, month), _last_day_before_month(year, month + 12), name
        )
    months, number = fiscal.months_in(part[0].upper()), int(part[1])
    if months is None or months * number > 12:
        return None
    begin = month + months * (number - 1)
    title = title.format(part=part.upper(), year=name)
    return Period(
        _first_day_of_month(year, begin), _last_day_before_month(year, begin + months), title
    )


def _month_period(year: int, month: int) -> Period | None:
    if not 1 <= month <= 12:
        return None
    title = f"{_MONTHS[month - 1]} {year}"
    return Period(_first_day_of_month(year, month), _last_day_before_month(year, month + 1), title)


def _first_day_of_month(year: int, month: int) -> date:
    """Return the first day of a month; months above 12 are those of later years."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _last_day_before_month(year: int, month: int) -> date:
    return _first_day_of_month(year, month) - timedelta(days=1)


def elapsed_days(start: date, end: date, on: date) -> tuple[int, int]:
    """Return (days from the first through `on`, days in all), both ends counted.

    At least 0 and at most all days: 2025-02-01 in the first quarter of 2025 is (32, 90). The
    share is the first divided by the second. Source: docs/explanation/grading.md, "Pace".
    """
    total = (end - start).days + 1
    return min(max((on - start).days + 1, 0), total), total


def review_date(period: Period, week: int, weekday: int) -> date:
    """Return the day of the mid-cycle review: a weekday (0 is Monday) in a week of a quarter.

    In a cycle of another length it is the first such day from the middle on.
    """
    is_quarter = period.days in _DAYS_OF_QUARTER
    first = days_later(period.start, 7 * (week - 1) if is_quarter else period.days // 2)
    return days_later(first, (weekday - first.weekday()) % 7)


def grading_date(end: date, days: int) -> date:
    """Return the day that is `days` days after the cycle's last day."""
    return days_later(end, days)


def days_later(day: date, days: int) -> date:
    """Return the day so many days later, or earlier with less than 0; at most to the end of time.

    A person may end a cycle on 9999-12-31, and ask for the state on 0001-01-01.
    """
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def cycle_sort_key(period: Period | None, slug: str) -> CycleSortKey:
    """Return the key that sorts cycles by start, end and slug; those without dates come last."""
    if period is None:
        return (True, date.max, date.max, slug.casefold(), slug)
    return (False, period.start, period.end, slug.casefold(), slug)
