"""The day where the company is, from the few lines of `okr.yml` that say so."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from okrdocs.errors import UsageError
from okrdocs.source.local_day import day_in_company

EVENING = datetime(2025, 2, 12, 23, 30, tzinfo=UTC)
HEAD = b"schema: 1\norganization: Acme\n"


@pytest.mark.parametrize(
    "lines",
    [
        b"calendar: {time_zone: Europe/Zurich}\n",
        b"calendar: {fiscal_year_starts: May, time_zone: 'Europe/Zurich'}\n",
        b"calendar: {\n  fiscal_year_starts: May,\n  time_zone: Europe/Zurich}\n",
        b"calendar:\n  time_zone: Europe/Zurich # where we are\n",
        b"calendar:  # ours\r\n  T: quarter\r\n\r\n  # x\r\n  time_zone: Europe/Zurich\r\n",
    ],
)
def test_the_day_begins_where_the_company_is(lines: bytes) -> None:
    assert day_in_company(EVENING, HEAD + lines + b"teams: {}\n") == date(2025, 2, 13)


@pytest.mark.parametrize(
    "lines",
    [
        b"",
        b"# calendar: {time_zone: Europe/Zurich}\n",
        b"calendar: {fiscal_year_starts: May}\nmeta: {time_zone: Europe/Zurich}\n",
        b"calendar:\n  fiscal_year_starts: May\nmeta:\n  time_zone: Europe/Zurich\n",
    ],
)
def test_without_a_zone_it_begins_where_the_machine_is(lines: bytes) -> None:
    assert day_in_company(EVENING, HEAD + lines) == date(2025, 2, 12)


@pytest.mark.parametrize("name", ["Europe/Zurick", "../../etc/passwd", "/etc/passwd", "x" * 300])
def test_a_zone_that_is_none_is_told(name: str) -> None:
    with pytest.raises(UsageError, match="is no time zone that this machine knows"):
        day_in_company(EVENING, f"calendar: {{time_zone: {name}}}\n".encode())
