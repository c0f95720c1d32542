"""Tells which day it is where the company's day begins: `calendar: {time_zone: …}` of `okr.yml`.

Found without parsing the file, since a run without changes parses nothing. Pure but for the time
zones that the machine knows.
"""

from __future__ import annotations

import re
import zoneinfo
from datetime import date, datetime

from okrdocs.errors import UsageError
from okrdocs.problem import nearest_hint

_IN_BRACES = r"[ \t]*\{[^}#]*?\b"
_IN_LINES = r"[ \t]*(?:#.*)?\n(?:[ \t]+.*\n|[ \t]*(?:#.*)?\n)*?[ \t]+"
_ZONE = re.compile(
    rf"^calendar:(?:{_IN_BRACES}|{_IN_LINES})time_zone:[ \t]*[\"']?([^\s\"',}}#]+)", re.MULTILINE
)


def day_in_company(now: datetime, organization_file: bytes) -> date:
    """Return the day of a moment where the company is, or where the machine is without a zone.

    `now` knows its zone; the file is `okr.yml`. Raises UsageError for a time zone that isn't one.
    """
    found = _ZONE.search(organization_file.decode("utf-8", "replace").replace("\r\n", "\n"))
    if found is None:
        return now.astimezone().date()
    try:
        return now.astimezone(zoneinfo.ZoneInfo(found[1])).date()
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise UsageError(_unknown_zone_message(found[1])) from None


def _unknown_zone_message(name: str) -> str:
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in name[:60])
    hint = nearest_hint(name, sorted(zoneinfo.available_timezones()))
    hint = hint or "Write one such as `Europe/Zurich`, or remove it."
    return f"`time_zone: {shown}` in `okr.yml` is no time zone that this machine knows. {hint}"
