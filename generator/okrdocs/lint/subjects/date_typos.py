"""Dates that were probably mistyped: the right day in the wrong year."""

from __future__ import annotations

from datetime import date

from okrdocs.workspace.calendar import Period


def same_day_in_period(day: date, period: Period) -> date | None:
    """Return the same day of another year that lies in the period; None where there is none."""
    for year in sorted({period.start.year, period.end.year}):
        if year == day.year or (day.month, day.day) == (2, 29):
            continue
        moved = day.replace(year=year)
        if period.start <= moved <= period.end:
            return moved
    return None


def date_hint(day: date, period: Period, otherwise: str) -> str:
    """Return a hint: the same day of the cycle's year, else the text `otherwise`."""
    meant = same_day_in_period(day, period)
    return f"Did you mean {meant}?" if meant else otherwise
