"""Collects what is known so far: the state of the files, the steps, the points of every key result.

`walk` goes from revision to revision and fills it; `cache_format` turns it into JSON and back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from okrdocs.diff import OkrChange
from okrdocs.diff.pairs import find_pairs
from okrdocs.format.records import KeyResult
from okrdocs.grading.results import Scores
from okrdocs.history.events import PointKind, ValuePoint
from okrdocs.history.git_log.step_comparison import StepComparison
from okrdocs.history.git_log.value_points import (
    CommitStamp,
    KnownNumbers,
    first_point,
    known_numbers_of,
    points_of_step,
)
from okrdocs.workspace.workspace import ResolvedRef

PointOwners = dict[tuple[object, ...], ValuePoint]
"""Whose a point is, where it isn't the step's: by what `key_of` says of it."""


class StepNumbers(NamedTuple):
    """What one step did to the numbers, computed without what came before it.

    `gone` are removed key results with their last numbers, `moved` pairs of new and old references.
    `points` are the points of each reference; for a new key result the key result itself, since its
    points depend on whether it was there before.
    """

    gone: tuple[tuple[ResolvedRef, KnownNumbers], ...]
    moved: tuple[tuple[ResolvedRef, ResolvedRef], ...]
    points: tuple[tuple[ResolvedRef, tuple[ValuePoint, ...] | KeyResult], ...]
    owners: PointOwners


class StepResult(NamedTuple):
    """All that one step adds to an Accumulator."""

    steps: tuple[tuple[CommitStamp, tuple[OkrChange, ...]], ...]
    noted: StepNumbers


@dataclass(slots=True)
class Accumulator:
    """The state that grows with each step of one reading.

    `actual` maps each file to its committed blob, `readable` to the last blob that could be read.
    `waiting` maps files that can't be read yet to the group of files that must be read together.
    `gone` keeps the last numbers of removed key results, in case they return.
    """

    actual: dict[str, str] = field(default_factory=dict)
    readable: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, frozenset[str]] = field(default_factory=dict)
    steps: list[tuple[CommitStamp, tuple[OkrChange, ...]]] = field(default_factory=list)
    points: dict[ResolvedRef, list[ValuePoint]] = field(default_factory=dict)
    gone: dict[ResolvedRef, KnownNumbers] = field(default_factory=dict)
    skipped: int = 0
    since: date | None = None

    def add_step(self, stamp: CommitStamp, result: StepResult) -> None:
        """Add one step."""
        self.steps.extend(result.steps)
        numbers = result.noted
        self.gone.update(numbers.gone)
        moved = {new: self.points.pop(old, []) for new, old in numbers.moved}
        for new in moved:
            self.gone.pop(new, None)
        self.points |= moved
        for ref, news in numbers.points:
            points = (
                self._points_of_new_key_result(ref, news, stamp)
                if isinstance(news, KeyResult)
                else news
            )
            for point in points:
                owner = (
                    numbers.owners.get(identity_of_point(ref, point), point)
                    if numbers.owners
                    else point
                )
                self.points.setdefault(ref, []).append(_point_with_stamp_of(point, owner))

    def _points_of_new_key_result(
        self, ref: ResolvedRef, key_result: KeyResult, stamp: CommitStamp
    ) -> tuple[ValuePoint, ...]:
        """Return a new key result's first point, or its changes since it was removed before."""
        base = self.gone.pop(ref, None)
        if base is None:
            return (first_point(key_result, stamp),)
        return tuple(points_of_step(base, key_result, stamp))

    def start_series_from_first_commit(
        self, stamp: CommitStamp, comparison: StepComparison
    ) -> None:
        """Begin each series with what the first commit of a shallow clone contains."""
        nobody = stamp._replace(author="", revision="")
        for ref, key_result in _key_results_by_ref(comparison.after).items():
            self.points[ref] = [first_point(key_result, nobody, PointKind.KNOWN)]


def numbers_of_step(
    stamp: CommitStamp, comparison: StepComparison, owners: PointOwners
) -> StepNumbers:
    """Return the numbers that one step changed.

    `owners` are points of a merge's branch, which replace author and day of equal points.
    """
    before, after = _key_results_by_ref(comparison.before), _key_results_by_ref(comparison.after)
    former: Mapping[ResolvedRef, KeyResult] = before
    gone: tuple[tuple[ResolvedRef, KnownNumbers], ...] = ()
    moved: tuple[tuple[ResolvedRef, ResolvedRef], ...] = ()
    if before.keys() != after.keys():
        pairs = find_pairs(comparison.before, comparison.after).key_results
        gone = tuple((ref, known_numbers_of(before[ref])) for ref in before if ref not in pairs)
        moved = tuple((new, old) for old, new in pairs.items() if old != new)
        former = {new: before[old] for old, new in pairs.items()}
    points: list[tuple[ResolvedRef, tuple[ValuePoint, ...] | KeyResult]] = []
    for ref, key_result in after.items():
        old = former.get(ref)
        if old is None:
            points.append((ref, key_result))
        elif new_points := tuple(points_of_step(known_numbers_of(old), key_result, stamp)):
            points.append((ref, new_points))
    return StepNumbers(gone, moved, tuple(points), owners)


def identity_of_point(ref: ResolvedRef, point: ValuePoint) -> tuple[object, ...]:
    """Return a key that is equal for points which differ only in author, day and revision."""
    if point.on is not None:
        return ref, point.on, point.value, point.kind is PointKind.REMOVED
    if point.kind is PointKind.BASELINE:
        return ref, "baseline", point.baseline
    if point.kind in (PointKind.TARGET, PointKind.SILENT_TARGET):
        return ref, "target", point.target
    return ref, "start"


def points_of_comparison(
    comparison: StepComparison, stamp: CommitStamp
) -> Iterator[tuple[ResolvedRef, ValuePoint]]:
    """Yield the reference and points of every key result that kept its reference or is new."""
    before = _key_results_by_ref(comparison.before)
    for ref, key_result in _key_results_by_ref(comparison.after).items():
        if ref in before:
            points: Iterable[ValuePoint] = points_of_step(
                known_numbers_of(before[ref]), key_result, stamp
            )
        else:
            points = (first_point(key_result, stamp),)
        yield from ((ref, point) for point in points)


def _point_with_stamp_of(point: ValuePoint, owner: ValuePoint) -> ValuePoint:
    if owner is point:
        return point
    return ValuePoint(owner.day, owner.author, owner.revision, *point[3:6], owner.kind, point.on)


def _key_results_by_ref(scores: Scores) -> Mapping[ResolvedRef, KeyResult]:
    entries = scores.workspace.key_results
    return {ref: entry.key_result for ref, entry in entries.items()}
