"""Turns the numbers of one key result before and after a step into points of its series."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from okrdocs.format.records import KeyResult
from okrdocs.grading.blanks import is_blank
from okrdocs.history.events import PointKind, ValuePoint

_LATE_AFTER_DAYS = 7
"""A check-in that is written down or changed so many days after its own date is no surprise."""


class CommitStamp(NamedTuple):
    """Whose step it is: the revision, its author, the author's day, the subject.

    `landed` is the day on which it came into the main line, None where that is the author's.
    """

    revision: str
    author: str
    day: date
    subject: str
    landed: date | None = None

    @property
    def day_in_force(self) -> date:
        """Return the day on which the commit came into the main line."""
        return self.landed or self.day


class KnownNumbers(NamedTuple):
    """The numbers of a key result when it was last there; `readings` by date, as written."""

    baseline: str
    target: str
    readings: tuple[tuple[date, str], ...]


def known_numbers_of(key_result: KeyResult) -> KnownNumbers:
    """Return a key result's numbers.

    Of several check-ins on one day the last in the file counts.
    """
    readings: dict[date, str] = {}
    for check_in in key_result.check_ins:
        text = check_in.value or (check_in.grade.text if check_in.grade else "")
        if not is_blank(text):
            readings[check_in.date] = text
    if key_result.milestones:
        readings |= _milestone_readings(key_result)
    ordered = tuple(sorted(readings.items(), key=lambda dated: dated[0]))
    return KnownNumbers(key_result.baseline or "", _target_text(key_result), ordered)


def _milestone_readings(key_result: KeyResult) -> dict[date, str]:
    days = sorted(
        milestone.done for milestone in key_result.milestones if milestone.done is not None
    )
    of = len(key_result.milestones)
    return {day: f"{count} of {of} milestones" for count, day in enumerate(days, 1)}


def _target_text(key_result: KeyResult) -> str:
    """Return the target as it was written, whatever the measure."""
    if key_result.levels is not None:
        levels = key_result.levels
        return f"{levels.commit} / {levels.target} / {levels.stretch}"
    if key_result.milestones and not key_result.target:
        return f"{len(key_result.milestones)} milestones"
    return key_result.target or key_result.change or ""


def first_point(
    key_result: KeyResult, stamp: CommitStamp, kind: PointKind = PointKind.START
) -> ValuePoint:
    """Return the first point of a series: the numbers that are already there."""
    numbers = known_numbers_of(key_result)
    on, value = numbers.readings[-1] if numbers.readings else (None, "")
    return _value_point(stamp, numbers, value, kind, on)


def points_of_step(old: KnownNumbers, new: KeyResult, stamp: CommitStamp) -> Iterator[ValuePoint]:
    """Yield what a step did to the numbers: baseline, target, then each check-in by its date."""
    numbers = known_numbers_of(new)
    current = numbers.readings[-1][1] if numbers.readings else ""
    if old.baseline != numbers.baseline:
        yield _value_point(stamp, numbers, current, PointKind.BASELINE, None)
    if old.target != numbers.target:
        is_explained = any(change.from_ == old.target for change in new.target_changes)
        kind = PointKind.TARGET if is_explained else PointKind.SILENT_TARGET
        yield _value_point(stamp, numbers, current, kind, None)
    before, after = dict(old.readings), dict(numbers.readings)
    for on in sorted({*before, *after}):
        if on not in after:
            yield _value_point(stamp, numbers, before[on], PointKind.REMOVED, on)
        elif before.get(on) != after[on]:
            late = (stamp.day - on).days > _LATE_AFTER_DAYS
            late_kind = PointKind.BACK_DATED if on not in before else PointKind.IN_PLACE
            yield _value_point(
                stamp, numbers, after[on], late_kind if late else PointKind.CHECK_IN, on
            )


def _value_point(
    stamp: CommitStamp, numbers: KnownNumbers, value: str, kind: PointKind, on: date | None
) -> ValuePoint:
    return ValuePoint(
        stamp.day_in_force,
        stamp.author,
        stamp.revision,
        numbers.baseline,
        numbers.target,
        value,
        kind,
        on,
    )
