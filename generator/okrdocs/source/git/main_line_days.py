"""Tells on which day each step reached the main line, whatever dates its commits carry. Pure.

A rebase keeps the day of the author, and anyone can set any date. The day of the committer is that
on which the commit was made anew, and counts where it fits the order of the line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from okrdocs.source.git.log import Revision

_CLOCK_ERROR = timedelta(days=366)


def with_main_line_days(
    steps: Sequence[Revision], line: Sequence[tuple[str, date]]
) -> tuple[Revision, ...]:
    """Return the steps of a folder, oldest first, with the day on which each came into the line.

    `line` are the ids and committers' days of all commits of the main line, oldest first: those
    that touch other files bound the days as well. What a merge brought in came with the merge.
    """
    days, positions = _days_around(steps, line)
    in_order = days_in_order(days)
    return tuple(
        _landed(step, in_order[position]) for step, position in zip(steps, positions, strict=True)
    )


def _days_around(
    steps: Sequence[Revision], line: Sequence[tuple[str, date]]
) -> tuple[list[date], list[int]]:
    """Return the days of steps and of the commits around them, and the steps' positions in them.

    A step outside the line is one of a branch that brought the folder: in what order it stands to
    the commits between its neighbours isn't known, so those are left out.
    """
    places = {id_: place for place, (id_, _) in enumerate(line)}
    days: list[date] = []
    positions: list[int] = []
    reached, is_in_line = 0, True
    for step in steps:
        place = places.get(step.id)
        if place is not None and is_in_line:
            days += [day for _, day in line[reached:place]]
        is_in_line = place is not None
        reached = reached if place is None else place + 1
        positions.append(len(days))
        days.append(step.committed.date())
    return days + [day for _, day in line[reached:] if is_in_line], positions


def _landed(step: Revision, day: date) -> Revision:
    merged = tuple(commit._replace(landed=day) for commit in step.merged)
    return step._replace(landed=day, merged=merged)


def days_in_order(days: Sequence[date]) -> list[date]:
    """Return days that never fall, from those of the committers in the order of the line.

    As many as possible stay. Another one is moved: it is never before the day of its parent, nor
    after that of the next one.
    """
    kept = _positions_in_order(days, _wrong_clocks(days))
    resolved: list[date] = []
    for position, day in enumerate(days):
        earliest = resolved[-1] if resolved else date.min
        following = bisect_right(kept, position)
        latest = days[kept[following]] if following < len(kept) else date.max
        resolved.append(max(earliest, min(day, latest)))
    return resolved


def _positions_in_order(days: Sequence[date], left_out: set[int]) -> list[int]:
    """Return the positions of a longest part that never falls; of several the latest days.

    Read backwards, a day that comes later in the line bounds those before it, so that a commit
    which was dated back is moved rather than its parent.
    """
    heads: list[int] = []  # by length: the position of the latest day with which such a part begins
    negated: list[int] = []
    following: dict[int, int] = {}
    for position in reversed(range(len(days))):
        if position in left_out:
            continue
        key = -days[position].toordinal()
        length = bisect_right(negated, key)
        if length:
            following[position] = heads[length - 1]
        heads[length : length + 1] = [position]
        negated[length : length + 1] = [key]
    part = heads[-1:]
    while part and part[-1] in following:
        part.append(following[part[-1]])
    return part


def _wrong_clocks(days: Sequence[date]) -> set[int]:
    """Return the positions of days far after the next one, which itself fits those before."""
    wrong = set()
    latest = days[0] if days else date.min
    for position, (day, following) in enumerate(pairwise(days)):
        if position and latest <= following and day - following > _CLOCK_ERROR:
            wrong.add(position)
        else:
            latest = max(latest, day)
    return wrong
