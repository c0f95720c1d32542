"""Cycles as dates: slugs, elapsed days and appointments."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from okrdocs.workspace.calendar import (
    FiscalCalendar,
    Period,
    cycle_sort_key,
    elapsed_days,
    grading_date,
    is_t_unclear,
    period_from_slug,
    review_date,
)

CALENDAR_YEAR = FiscalCalendar(months_in_t=4)
FEBRUARY = FiscalCalendar(starts=2, months_in_t=4)
EVERY_FISCAL_CALENDAR = [
    FiscalCalendar(month, named, 4) for month in range(1, 13) for named in ("start", "end")
]


def span(slug: str, fiscal: FiscalCalendar = CALENDAR_YEAR) -> Period:
    period = period_from_slug(slug, fiscal)
    assert period is not None, slug
    return period


@pytest.mark.parametrize(
    ("slug", "start", "end", "title"),
    [
        ("2025-Q1", date(2025, 1, 1), date(2025, 3, 31), "Q1 2025"),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31), "Q4 2025"),
        ("2025-H1", date(2025, 1, 1), date(2025, 6, 30), "H1 2025"),
        ("2025-H2", date(2025, 7, 1), date(2025, 12, 31), "H2 2025"),
        ("2025-T2", date(2025, 5, 1), date(2025, 8, 31), "T2 2025"),
        ("2025-T3", date(2025, 9, 1), date(2025, 12, 31), "T3 2025"),
        ("2025", date(2025, 1, 1), date(2025, 12, 31), "2025"),
        ("2025-03", date(2025, 3, 1), date(2025, 3, 31), "March 2025"),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31), "December 2025"),
        ("1900", date(1900, 1, 1), date(1900, 12, 31), "1900"),
        ("2200-Q4", date(2200, 10, 1), date(2200, 12, 31), "Q4 2200"),
    ],
)
def test_calendar_slugs_span_these_days(slug: str, start: date, end: date, title: str) -> None:
    assert span(slug) == Period(start, end, title)


def test_a_t_is_a_quarter_where_the_calendar_says_so() -> None:
    quarters = FiscalCalendar(months_in_t=3)
    assert span("2025-T3", quarters) == Period(date(2025, 7, 1), date(2025, 9, 30), "T3 2025")
    assert span("2025-T4", quarters) == Period(date(2025, 10, 1), date(2025, 12, 31), "T4 2025")


@pytest.mark.parametrize("slug", ["2025-T1", "FY25-T2", "2025-t4"])
def test_a_t_names_no_days_where_nobody_said_what_it_is(slug: str) -> None:
    assert period_from_slug(slug, FiscalCalendar()) is None
    assert is_t_unclear(slug, FiscalCalendar())
    assert not is_t_unclear(slug, CALENDAR_YEAR)


@pytest.mark.parametrize("slug", ["2025", "2025-Q1", "2025-H2", "2025-T3", "2025-02"])
def test_calendar_slugs_ignore_the_fiscal_year(slug: str) -> None:
    assert {span(slug, fiscal) for fiscal in EVERY_FISCAL_CALENDAR} == {span(slug)}


@pytest.mark.parametrize(
    ("slug", "start", "end", "title"),
    [
        ("FY26", date(2025, 2, 1), date(2026, 1, 31), "FY26"),
        ("FY26-Q1", date(2025, 2, 1), date(2025, 4, 30), "FY26 Q1"),
        ("FY26-Q3", date(2025, 8, 1), date(2025, 10, 31), "FY26 Q3"),
        ("FY2026-Q3", date(2025, 8, 1), date(2025, 10, 31), "FY26 Q3"),
        ("FY26-Q4", date(2025, 11, 1), date(2026, 1, 31), "FY26 Q4"),
        ("FY26-H2", date(2025, 8, 1), date(2026, 1, 31), "FY26 H2"),
        ("FY26-T3", date(2025, 10, 1), date(2026, 1, 31), "FY26 T3"),
        ("FY2105", date(2104, 2, 1), date(2105, 1, 31), "FY2105"),
    ],
)
def test_a_fiscal_year_from_february_is_named_after_its_end(
    slug: str, start: date, end: date, title: str
) -> None:
    assert span(slug, FEBRUARY) == Period(start, end, title)


def test_a_fiscal_year_may_be_named_after_its_start() -> None:
    fiscal = FiscalCalendar(starts=10, named_after="start")
    assert span("FY26-Q1", fiscal) == Period(date(2026, 10, 1), date(2026, 12, 31), "FY26 Q1")
    assert span("FY26", fiscal).end == date(2027, 9, 30)


@pytest.mark.parametrize("named_after", ["start", "end"])
def test_a_fiscal_year_from_january_is_the_calendar_year(named_after: str) -> None:
    fiscal = FiscalCalendar(1, named_after)  # type: ignore[arg-type]  # a str from parametrize
    assert span("FY26", fiscal) == Period(date(2026, 1, 1), date(2026, 12, 31), "FY26")


@pytest.mark.parametrize("parts", ["Q1 Q2 Q3 Q4", "T1 T2 T3", "H1 H2"])
@pytest.mark.parametrize("year", ["2024", "2025"])
def test_the_parts_tile_the_calendar_year(parts: str, year: str) -> None:
    assert_tiled(year, parts, CALENDAR_YEAR)


@pytest.mark.parametrize("fiscal", EVERY_FISCAL_CALENDAR, ids=str)
@pytest.mark.parametrize("parts", ["Q1 Q2 Q3 Q4", "T1 T2 T3", "H1 H2"])
@pytest.mark.parametrize("year", ["FY23", "FY24"])
def test_the_parts_tile_the_fiscal_year(fiscal: FiscalCalendar, parts: str, year: str) -> None:
    assert_tiled(year, parts, fiscal)


def assert_tiled(year: str, parts: str, fiscal: FiscalCalendar) -> None:
    whole = span(year, fiscal)
    pieces = [span(f"{year}-{part}", fiscal) for part in parts.split()]
    assert (pieces[0].start, pieces[-1].end) == (whole.start, whole.end)
    for before, after in itertools.pairwise(pieces):
        assert after.start == before.end + timedelta(days=1)
    assert sum(piece.days for piece in pieces) == whole.days


@pytest.mark.parametrize("fiscal", EVERY_FISCAL_CALENDAR, ids=str)
def test_one_fiscal_year_begins_the_day_after_the_last(fiscal: FiscalCalendar) -> None:
    for year in range(2020, 2030):
        after = span(f"FY{year + 1}", fiscal)
        assert after.start == span(f"FY{year}", fiscal).end + timedelta(days=1)
        assert after.start.month == fiscal.starts
        named = after.start if fiscal.named_after == "start" else after.end
        assert named.year == year + 1


def test_the_months_tile_the_year() -> None:
    months = [span(f"2024-{month:02}") for month in range(1, 13)]
    assert sum(month.days for month in months) == 366
    assert all(a.end + timedelta(days=1) == b.start for a, b in itertools.pairwise(months))


@pytest.mark.parametrize(("slug", "days"), [("2024-Q1", 91), ("2025-Q1", 90), ("2100-Q1", 90)])
def test_leap_years_have_a_29th_of_february(slug: str, days: int) -> None:
    assert span(slug).days == days


def test_slugs_are_compared_without_case() -> None:
    assert span("2025-q1") == span("2025-Q1")
    assert span("fy26-q3", FEBRUARY) == span("FY26-Q3", FEBRUARY)


@pytest.mark.parametrize(
    "slug",
    [
        "", "backlog", "2025-Q5", "2025-Q0", "2025-H3", "2025-T4", "2025-00", "2025-13", "2025-1",
        "25-Q1", "1899", "2201", "FY26-Q5", "FY26-03", "FY6", "FY026", "FY1899", "Q1-2025",
        "2025Q1", "2025-Q1-x", "2025-Q1\n", " 2025", "٢٠٢٥", "2025-Q١", "launch-2025",
    ],
)  # fmt: skip
def test_other_slugs_have_no_dates(slug: str) -> None:
    assert period_from_slug(slug, FEBRUARY) is None


@pytest.mark.parametrize(
    ("on", "days"),
    [
        (date(2025, 2, 1), 32),
        (date(2025, 1, 1), 1),
        (date(2025, 3, 31), 90),
        (date(2024, 12, 31), 0),
        (date(2020, 1, 1), 0),
        (date(2025, 4, 1), 90),
    ],
)
def test_elapsed_counts_both_ends_and_is_clamped(on: date, days: int) -> None:
    assert elapsed_days(date(2025, 1, 1), date(2025, 3, 31), on) == (days, 90)


def test_a_cycle_of_one_day_is_over_on_that_day() -> None:
    day = date(2025, 1, 1)
    assert elapsed_days(day, day, day) == (1, 1)


@pytest.mark.parametrize("weekday", range(7))
@pytest.mark.parametrize("week", [1, 6, 13])
def test_the_review_is_on_its_weekday_within_the_seven_days_of_its_week(
    week: int, weekday: int
) -> None:
    start = date(2025, 1, 1)
    day = review_date(Period(start, date(2025, 3, 31), "Q1"), week, weekday)
    assert day.weekday() == weekday
    assert 7 * (week - 1) <= (day - start).days < 7 * week


def test_the_review_in_week_6_of_q1_2025_is_on_monday_10_february() -> None:
    quarter = Period(date(2025, 1, 1), date(2025, 3, 31), "Q1 2025")
    assert review_date(quarter, 6, 0) == date(2025, 2, 10)


@pytest.mark.parametrize(
    ("end", "day"),
    [
        (date(2025, 12, 31), date(2025, 7, 7)),
        (date(2025, 6, 30), date(2025, 4, 7)),
        (date(2025, 4, 30), date(2025, 3, 3)),
        (date(2025, 1, 31), date(2025, 1, 20)),
    ],
)
def test_the_review_of_a_cycle_that_is_no_quarter_is_in_its_middle(end: date, day: date) -> None:
    assert review_date(Period(date(2025, 1, 1), end, "A cycle"), 6, 0) == day


def test_grading_is_some_days_after_the_end() -> None:
    assert grading_date(date(2025, 3, 31), 5) == date(2025, 4, 5)


def test_dates_at_the_end_of_time_do_not_crash() -> None:
    assert grading_date(date(9999, 12, 31), 5) == date.max
    last = Period(date(9999, 12, 30), date.max, "The last")
    assert review_date(last, 6, 0) == date.max


def test_cycles_sort_by_start_then_end_then_slug_and_undated_last() -> None:
    slugs = ["backlog", "Attic", "2025", "2025-Q2", "2025-H1", "2024-Q4", "2025-Q1", "FY25-Q1"]
    ordered = sorted(
        slugs, key=lambda slug: cycle_sort_key(period_from_slug(slug, CALENDAR_YEAR), slug)
    )
    assert ordered == [
        "2024-Q4", "2025-Q1", "FY25-Q1", "2025-H1", "2025", "2025-Q2", "Attic", "backlog",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "start", "end", "title"),
    [
        ("2031-2032", date(2031, 9, 1), date(2032, 8, 31), "2031–2032"),
        ("2031-32", date(2031, 9, 1), date(2032, 8, 31), "2031–32"),
        ("FY2031-32", date(2031, 9, 1), date(2032, 8, 31), "FY2031–32"),
        ("2031-2032-Q2", date(2031, 12, 1), date(2032, 2, 29), "2031–2032 Q2"),
        ("2031-S2", date(2031, 7, 1), date(2031, 12, 31), "S2 2031"),
    ],
)
def test_school_years_and_semesters(slug: str, start: date, end: date, title: str) -> None:
    assert period_from_slug(slug, FiscalCalendar(starts=9)) == Period(start, end, title)


@pytest.mark.parametrize("slug", ["2031-2032", "2031-32", "FY2031-32", "2031-2033", "2031-S3"])
def test_years_of_which_the_first_month_is_not_known_are_no_period(slug: str) -> None:
    assert period_from_slug(slug, FiscalCalendar()) is None


def test_a_year_and_a_month_is_never_two_years() -> None:
    december = Period(date(2011, 12, 1), date(2011, 12, 31), "December 2011")
    assert period_from_slug("2011-12", FiscalCalendar(starts=9)) == december
