"""What was learnt so far: the state of the files, the steps, the points of every key result.

`walk` goes from revision to revision and writes it; `kept` turns it into JSON and back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from okrdocs.diff import Change
from okrdocs.diff.pairs import find_pairs
from okrdocs.format.records import KeyResult
from okrdocs.grading.results import Scores
from okrdocs.history.events import Point, PointKind
from okrdocs.history.git_log.step_comparison import Comparison
from okrdocs.history.git_log.value_points import Known, Stamp, known_of, points_of, start
from okrdocs.workspace.workspace import Ref

Owners = dict[tuple[object, ...], Point]
"""Whose a point is, where it isn't the step's: by what `key_of` says of it."""


class Noted(NamedTuple):
    """What one step did to the numbers, known without all that came before it.

    `gone` are those that were removed, `moved` the new and old names of those that have another
    one. Of what came, its points depend on what was gone: it stands there as a whole.
    """

    gone: tuple[tuple[Ref, Known], ...]
    moved: tuple[tuple[Ref, Ref], ...]
    points: tuple[tuple[Ref, tuple[Point, ...] | KeyResult], ...]
    owners: Owners


class Entry(NamedTuple):
    """All that one step adds to a accumulator."""

    steps: tuple[tuple[Stamp, tuple[Change, ...]], ...]
    noted: Noted


@dataclass(slots=True)
class Accumulator:
    """A state that outlives each step of one reading.

    `actual` holds the blob of each file as it was committed, `readable` the last one that could
    be read, `waiting` the files that wait for that, each with those that it can't go without.
    `gone` remembers what was removed, should it come back.
    """

    actual: dict[str, str] = field(default_factory=dict)
    readable: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, frozenset[str]] = field(default_factory=dict)
    steps: list[tuple[Stamp, tuple[Change, ...]]] = field(default_factory=list)
    points: dict[Ref, list[Point]] = field(default_factory=dict)
    gone: dict[Ref, Known] = field(default_factory=dict)
    skipped: int = 0
    since: date | None = None

    def enter(self, stamp: Stamp, entry: Entry) -> None:
        """Add one step."""
        self.steps.extend(entry.steps)
        noted = entry.noted
        self.gone.update(noted.gone)
        moved = {new: self.points.pop(old, []) for new, old in noted.moved}
        for new in moved:
            self.gone.pop(new, None)
        self.points |= moved
        for ref, told in noted.points:
            points = self._begun(ref, told, stamp) if isinstance(told, KeyResult) else told
            for point in points:
                owner = noted.owners.get(key_of(ref, point), point) if noted.owners else point
                self.points.setdefault(ref, []).append(_owned(point, owner))

    def _begun(self, ref: Ref, key_result: KeyResult, stamp: Stamp) -> tuple[Point, ...]:
        """The points of one that came: its first one, or what differs since it was last seen."""
        base = self.gone.pop(ref, None)
        if base is None:
            return (start(key_result, stamp),)
        return tuple(points_of(base, key_result, stamp))

    def known(self, stamp: Stamp, found: Comparison) -> None:
        """Begin each series with what the first commit of a shallow clone holds."""
        nobody = stamp._replace(author="", revision="")
        for ref, key_result in _results(found.after).items():
            self.points[ref] = [start(key_result, nobody, PointKind.KNOWN)]


def noted(stamp: Stamp, found: Comparison, owners: Owners) -> Noted:
    """The numbers of one step."""
    before, after = _results(found.before), _results(found.after)
    former: Mapping[Ref, KeyResult] = before
    gone: tuple[tuple[Ref, Known], ...] = ()
    moved: tuple[tuple[Ref, Ref], ...] = ()
    if before.keys() != after.keys():
        pairs = find_pairs(found.before, found.after).key_results
        gone = tuple((ref, known_of(before[ref])) for ref in before if ref not in pairs)
        moved = tuple((new, old) for old, new in pairs.items() if old != new)
        former = {new: before[old] for old, new in pairs.items()}
    points: list[tuple[Ref, tuple[Point, ...] | KeyResult]] = []
    for ref, key_result in after.items():
        old = former.get(ref)
        if old is None:
            points.append((ref, key_result))
        elif made := tuple(points_of(known_of(old), key_result, stamp)):
            points.append((ref, made))
    return Noted(gone, moved, tuple(points), owners)


def key_of(ref: Ref, point: Point) -> tuple[object, ...]:
    """What makes two points the same but for whose they are and when."""
    if point.on is not None:
        return ref, point.on, point.value, point.kind is PointKind.REMOVED
    if point.kind is PointKind.BASELINE:
        return ref, "baseline", point.baseline
    if point.kind in (PointKind.TARGET, PointKind.SILENT_TARGET):
        return ref, "target", point.target
    return ref, "start"


def points_between(found: Comparison, stamp: Stamp) -> Iterator[tuple[Ref, Point]]:
    """The points of what kept its name in a comparison."""
    before = _results(found.before)
    for ref, key_result in _results(found.after).items():
        if ref in before:
            points: Iterable[Point] = points_of(known_of(before[ref]), key_result, stamp)
        else:
            points = (start(key_result, stamp),)
        yield from ((ref, point) for point in points)


def _owned(point: Point, owner: Point) -> Point:
    if owner is point:
        return point
    return Point(owner.day, owner.author, owner.revision, *point[3:6], owner.kind, point.on)


def _results(scores: Scores) -> Mapping[Ref, KeyResult]:
    entries = scores.workspace.key_results
    return {ref: entry.key_result for ref, entry in entries.items()}
