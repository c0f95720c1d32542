"""The numbers of one key result before and after a step, as points of its series."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from okrdocs.format.records import KeyResult
from okrdocs.grading.blanks import is_blank
from okrdocs.history.events import Point, PointKind

_DAYS = 7
"""A check-in that is written down or changed so many days after its own date is no surprise."""


class Stamp(NamedTuple):
    """Whose step it is: the revision, its author, the author's day, the subject.

    `landed` is the day of the merge that brought it in, None where none did.
    """

    revision: str
    author: str
    day: date
    subject: str
    landed: date | None = None

    @property
    def since(self) -> date:
        """The day since when the main line holds it."""
        return self.landed or self.day


class Known(NamedTuple):
    """The numbers that a key result had when it was last seen; `readings` by date, as written."""

    baseline: str
    target: str
    readings: tuple[tuple[date, str], ...]


def known_of(key_result: KeyResult) -> Known:
    """What counts of a key result. A day's reading is the last one in the file."""
    readings: dict[date, str] = {}
    for check_in in key_result.check_ins:
        text = check_in.value or (check_in.grade.text if check_in.grade else "")
        if not is_blank(text):
            readings[check_in.date] = text
    if key_result.milestones:
        readings |= _milestones(key_result)
    ordered = tuple(sorted(readings.items(), key=lambda each: each[0]))
    return Known(key_result.baseline or "", _aim(key_result), ordered)


def _milestones(key_result: KeyResult) -> dict[date, str]:
    days = sorted(each.done for each in key_result.milestones if each.done is not None)
    of = len(key_result.milestones)
    return {day: f"{count} of {of} milestones" for count, day in enumerate(days, 1)}


def _aim(key_result: KeyResult) -> str:
    """The target as it was written, whatever the measure."""
    if key_result.levels is not None:
        levels = key_result.levels
        return f"{levels.commit} / {levels.target} / {levels.stretch}"
    if key_result.milestones and not key_result.target:
        return f"{len(key_result.milestones)} milestones"
    return key_result.target or key_result.change or ""


def start(key_result: KeyResult, stamp: Stamp, kind: PointKind = PointKind.START) -> Point:
    """The first point of a series: all that was there already."""
    known = known_of(key_result)
    on, value = known.readings[-1] if known.readings else (None, "")
    return _point(stamp, known, value, kind, on)


def points_of(old: Known, new: KeyResult, stamp: Stamp) -> Iterator[Point]:
    """What a step did to the numbers: baseline, target, then each check-in by its date."""
    known = known_of(new)
    current = known.readings[-1][1] if known.readings else ""
    if old.baseline != known.baseline:
        yield _point(stamp, known, current, PointKind.BASELINE, None)
    if old.target != known.target:
        told = any(change.from_ == old.target for change in new.target_changes)
        kind = PointKind.TARGET if told else PointKind.SILENT_TARGET
        yield _point(stamp, known, current, kind, None)
    before, after = dict(old.readings), dict(known.readings)
    for on in sorted({*before, *after}):
        if on not in after:
            yield _point(stamp, known, before[on], PointKind.REMOVED, on)
        elif before.get(on) != after[on]:
            late = (stamp.day - on).days > _DAYS
            marked = PointKind.BACK_DATED if on not in before else PointKind.IN_PLACE
            yield _point(stamp, known, after[on], marked if late else PointKind.CHECK_IN, on)


def _point(stamp: Stamp, known: Known, value: str, kind: PointKind, on: date | None) -> Point:
    return Point(
        stamp.since, stamp.author, stamp.revision, known.baseline, known.target, value, kind, on
    )
