"""One module a command: plain arguments in, an exit code out."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

FINE, FINDINGS = 0, 1


class Days(NamedTuple):
    """The day to see the OKRs as of, where one was asked for, and what the clock says."""

    as_of: date | None
    today: date
