"""The history of a company's OKRs as frozen values: who changed what, step by step.

`git_log` reads these values from a repository; pages, reports and feeds show them. Pure data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import NamedTuple

from okrdocs.diff import OkrChange
from okrdocs.source.git.web_links import FileLinks
from okrdocs.workspace.workspace import ResolvedRef


class HistoryGap(Enum):
    """Why nothing is known of how the OKRs came to be, although there may be much to know."""

    LINK = "link"
    SUBMODULE = "submodule"
    OTHER_REPOSITORY = "other repository"
    UNREADABLE = "unreadable"


class HistoryStep(NamedTuple):
    """One step of the main line that changed the OKRs, with its author and day.

    `day` is the author's own day, `landed` the one on which it came into the main line, None where
    that is the same; `revision` is the full id. `page` is the web page of the commit, None where
    the remote's isn't known. The changes are worded as for a reader of that day; their `line` is 0,
    for a step's place is its commit.
    """

    revision: str
    author: str
    day: date
    subject: str
    page: str | None
    changes: tuple[OkrChange, ...]
    landed: date | None = None

    @property
    def day_in_force(self) -> date:
        """Return the day on which the step came into the main line, and so into force."""
        return self.landed or self.day


class PointKind(StrEnum):
    """What made a point of a series, in words; readers should notice those in `NOTABLE_KINDS`."""

    START = "start"
    KNOWN = "as it stood when this clone begins"
    BASELINE = "baseline changed"
    TARGET = "target changed"
    SILENT_TARGET = "target changed without an entry"
    CHECK_IN = "check-in"
    BACK_DATED = "back-dated check-in"
    IN_PLACE = "changed afterwards"
    REMOVED = "check-in removed"


NOTABLE_KINDS = frozenset(
    {PointKind.SILENT_TARGET, PointKind.BACK_DATED, PointKind.IN_PLACE, PointKind.REMOVED}
)


class ValuePoint(NamedTuple):
    """One change of a key result's numbers: by whom, when, in which revision, and what it was.

    `day` is the one since when the main line has it. `baseline`
    and `target` are those after the change, "" where none is given. `value` is the one that the
    check-in dated `on` reports; at the start the latest one ("" and None without any); for a
    check-in that was removed the one that it had. All amounts are as written. In a shallow clone
    the first point is one of `KNOWN`: on that day it stood so, and nobody is named.
    """

    day: date
    author: str
    revision: str
    baseline: str
    target: str
    value: str
    kind: PointKind
    on: date | None = None


class Series(NamedTuple):
    """The numbers of one key result through all revisions, in their order."""

    ref: ResolvedRef
    points: tuple[ValuePoint, ...]


@dataclass(frozen=True)
class History:
    """The steps, oldest first, and the series of each key result that exists in the end.

    `shallow`: older commits are missing in the clone; the history begins at its first one, which
    adds nothing. `skipped` counts the revisions of which something couldn't be read: their changes
    come with the next step that can be read. `since` is the first day that is known, None without
    any; `files` are links to the files, None where the remote's page isn't known. `as_closed` maps
    what was amended in a closed cycle to the grade with which it was closed: by the reference of a
    key result or objective, or by the id of the cycle. `gap` says why the history isn't known at
    all, None where it is.
    """

    steps: tuple[HistoryStep, ...] = ()
    series: Mapping[ResolvedRef, Series] = field(default_factory=lambda: MappingProxyType({}))
    shallow: bool = False
    skipped: int = 0
    since: date | None = None
    files: FileLinks | None = None
    as_closed: Mapping[ResolvedRef | str, Decimal | None] = field(
        default_factory=lambda: MappingProxyType({})
    )
    gap: HistoryGap | None = None
