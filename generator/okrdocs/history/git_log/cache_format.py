"""Writes the accumulator as JSON and reads it back, so that the next run reads only new revisions.

What is read is checked value by value: whatever isn't exactly what `cache_text` writes is ignored.
Names of authors, days and subjects stand once for each step; a point names its step by number.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from okrdocs.diff import Change, ChangeKind, Importance
from okrdocs.history.events import Point, PointKind
from okrdocs.history.git_log.accumulator import Accumulator
from okrdocs.history.git_log.value_points import Known, Stamp
from okrdocs.workspace.workspace import Ref

_FORMAT = 3
_HEAD = '{"format":%d,"sum":"%s","held":'
_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_MOST_BYTES = 200_000_000
_KINDS = {kind.value: kind for kind in ChangeKind}
_IMPORTANCES = {each.value: each for each in Importance}
_POINTS = {kind.value: kind for kind in PointKind}
_T = TypeVar("_T")


class CachedHistory(NamedTuple):
    """A accumulator, and how far it goes: the commit, the count of revisions and their digest."""

    head: str
    revisions: int
    digest: str
    accumulator: Accumulator


def cache_text(kept: CachedHistory, word: str) -> bytes:
    """The JSON. `word` says what it depends on besides the revisions."""
    held = {"word": word, "head": kept.head, "count": kept.revisions, "digest": kept.digest}
    body = json.dumps(held | _plain(kept.accumulator), ensure_ascii=False, separators=(",", ":"))
    data = body.encode("utf-8", "replace")
    total = hashlib.sha256(data).hexdigest()
    return (_HEAD % (_FORMAT, total)).encode() + data + b"}\n"


def read_cache(data: bytes, word: str) -> CachedHistory | None:
    """What a file holds; None where it is damaged, or was written under another word."""
    size = len(_HEAD % (_FORMAT, "0" * 64))
    body = data[size:-2]
    head = (_HEAD % (_FORMAT, hashlib.sha256(body).hexdigest())).encode()
    if len(data) > _MOST_BYTES or data[:size] != head or data[-2:] != b"}\n":
        return None
    try:
        held: Any = json.loads(body)
        if held["word"] != word:
            return None
        return CachedHistory(
            _id(held["head"]), _count(held["count"]), _str(held["digest"]), _accumulator(held)
        )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return None


# ------------------------------------------------------------------- writing


def _plain(accumulator: Accumulator) -> dict[str, Any]:
    stamps: dict[tuple[str, str, date], list[Any]] = {}
    steps = []
    for stamp, changes in accumulator.steps:
        entry = [stamp.revision, stamp.author, _day(stamp.day), stamp.subject, _day(stamp.landed)]
        stamps[stamp.revision, stamp.author, stamp.since] = entry
        steps.append([len(stamps) - 1, [_change(change) for change in changes]])
    number = {key: place for place, key in enumerate(stamps)}
    points = []
    for ref, found in accumulator.points.items():
        of_ref = []
        for point in found:
            key = (point.revision, point.author, point.day)
            if key not in number:
                number[key] = len(number)
                stamps[key] = [point.revision, point.author, _day(point.day), "", None]
            of_ref.append([number[key], *point[3:6], point.kind.value, _day(point.on)])
        points.append([[*ref], of_ref])
    return {
        "actual": accumulator.actual,
        "readable": accumulator.readable,
        "waiting": {path: sorted(group) for path, group in sorted(accumulator.waiting.items())},
        "skipped": accumulator.skipped,
        "since": _day(accumulator.since),
        "stamps": [*stamps.values()],
        "steps": steps,
        "points": points,
        "gone": [[[*ref], _known(known)] for ref, known in accumulator.gone.items()],
    }


def _change(change: Change) -> list[Any]:
    ref = None if change.ref is None else [*change.ref]
    return [change.kind.value, change.importance.value, ref, *change[3:]]


def _known(known: Known) -> list[Any]:
    return [known.baseline, known.target, [[_day(on), text] for on, text in known.readings]]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# ------------------------------------------------------------------- reading


def _accumulator(held: dict[str, Any]) -> Accumulator:
    stamps = [_stamp(each) for each in _list(held["stamps"])]
    return Accumulator(
        actual={_str(path): _id(blob) for path, blob in held["actual"].items()},
        readable={_str(path): _id(blob) for path, blob in held["readable"].items()},
        waiting={
            _str(path): frozenset(map(_str, _list(group)))
            for path, group in held["waiting"].items()
        },
        steps=[(stamps[_count(at)], _changes(told)) for at, told in _list(held["steps"])],
        points={_ref(ref): _points(found, stamps) for ref, found in _list(held["points"])},
        gone={_ref(ref): _known_of(known) for ref, known in _list(held["gone"])},
        skipped=_count(held["skipped"]),
        since=_maybe(held["since"], date.fromisoformat),
    )


def _stamp(held: Any) -> Stamp:
    revision, author, day, subject, landed = held
    on = date.fromisoformat(day)
    return Stamp(_id(revision), _str(author), on, _str(subject), _maybe(landed, date.fromisoformat))


def _changes(held: Any) -> tuple[Change, ...]:
    found = []
    for kind, importance, ref, *texts, line, cycle, team in _list(held):
        subject, field, before, after, reason, sentence, path = map(_str, texts)
        found.append(
            Change(
                _KINDS[kind], _IMPORTANCES[importance], _maybe(ref, _ref), subject, field,
                before, after, reason, sentence, path, _count(line), _str(cycle), _str(team),
            )
        )  # fmt: skip
    return tuple(found)


def _points(held: Any, stamps: list[Stamp]) -> list[Point]:
    found = []
    for at, baseline, target, value, kind, on in _list(held):
        stamp = stamps[_count(at)]
        texts = (_str(baseline), _str(target), _str(value))
        day = _maybe(on, date.fromisoformat)
        point = Point(stamp.since, stamp.author, stamp.revision, *texts, _POINTS[kind], day)
        found.append(point)
    return found


def _known_of(held: Any) -> Known:
    baseline, target, readings = held
    pairs = tuple((date.fromisoformat(on), _str(text)) for on, text in _list(readings))
    return Known(_str(baseline), _str(target), pairs)


def _ref(held: Any) -> Ref:
    cycle, team, objective, key_result = map(_str, _list(held))
    return Ref(cycle, team, objective, key_result)


def _maybe(value: Any, of: Callable[[Any], _T]) -> _T | None:
    return None if value is None else of(value)


def _id(value: Any) -> str:
    if _ID.fullmatch(value):
        return str(value)
    raise ValueError


def _str(value: Any) -> str:
    if type(value) is str:
        return value
    raise ValueError


def _count(value: Any) -> int:
    if type(value) is int and value >= 0:
        return value
    raise ValueError


def _list(value: Any) -> Iterable[Any]:
    if type(value) is list:
        return value
    raise ValueError
