"""Writes the accumulator as JSON and reads it back, so that the next run reads only new revisions.

Each value is checked when it is read: whatever isn't exactly what `cache_bytes` writes is ignored.
Authors, days and subjects are stored once for each step; a point names its step by number.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from okrdocs.diff import ChangeKind, Importance, OkrChange
from okrdocs.history.events import PointKind, ValuePoint
from okrdocs.history.git_log.accumulator import Accumulator
from okrdocs.history.git_log.value_points import CommitStamp, KnownNumbers
from okrdocs.workspace.workspace import ResolvedRef

_FORMAT = 4
_HEAD = '{"format":%d,"sum":"%s","held":'
_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_MOST_BYTES = 200_000_000
_KINDS = {kind.value: kind for kind in ChangeKind}
_IMPORTANCES = {each.value: each for each in Importance}
_POINTS = {kind.value: kind for kind in PointKind}
_T = TypeVar("_T")


class CachedHistory(NamedTuple):
    """An Accumulator and how far it goes: the head, the count of revisions and their digest."""

    head: str
    revisions: int
    digest: str
    accumulator: Accumulator


def cache_bytes(cached: CachedHistory, key: str) -> bytes:
    """Return the cache as JSON with a checksum.

    `key` names all that it depends on beside revisions.
    """
    head = {"word": key, "head": cached.head, "count": cached.revisions, "digest": cached.digest}
    body = json.dumps(
        head | _accumulator_json(cached.accumulator), ensure_ascii=False, separators=(",", ":")
    )
    data = body.encode("utf-8", "replace")
    total = hashlib.sha256(data).hexdigest()
    return (_HEAD % (_FORMAT, total)).encode() + data + b"}\n"


def read_cache(data: bytes, key: str) -> CachedHistory | None:
    """Return what the bytes of a cache contain; None where they are damaged or have another key."""
    size = len(_HEAD % (_FORMAT, "0" * 64))
    body = data[size:-2]
    head = (_HEAD % (_FORMAT, hashlib.sha256(body).hexdigest())).encode()
    if len(data) > _MOST_BYTES or data[:size] != head or data[-2:] != b"}\n":
        return None
    try:
        content: Any = json.loads(body)
        if content["word"] != key:
            return None
        return CachedHistory(
            _check_id(content["head"]),
            _check_count(content["count"]),
            _check_text(content["digest"]),
            _parse_accumulator(content),
        )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return None


# ------------------------------------------------------------------- writing


def _accumulator_json(accumulator: Accumulator) -> dict[str, Any]:
    stamps: dict[tuple[str, str, date], list[Any]] = {}
    steps = []
    for stamp, changes in accumulator.steps:
        entry = [
            stamp.revision,
            stamp.author,
            _day_json(stamp.day),
            stamp.subject,
            _day_json(stamp.landed),
        ]
        stamps[stamp.revision, stamp.author, stamp.day_in_force] = entry
        steps.append([len(stamps) - 1, [_change_json(change) for change in changes]])
    number = {key: place for place, key in enumerate(stamps)}
    points = []
    for ref, ref_points in accumulator.points.items():
        of_ref = []
        for point in ref_points:
            key = (point.revision, point.author, point.day)
            if key not in number:
                number[key] = len(number)
                stamps[key] = [point.revision, point.author, _day_json(point.day), "", None]
            of_ref.append([number[key], *point[3:6], point.kind.value, _day_json(point.on)])
        points.append([[*ref], of_ref])
    return {
        "actual": accumulator.actual,
        "readable": accumulator.readable,
        "waiting": {path: sorted(group) for path, group in sorted(accumulator.waiting.items())},
        "skipped": accumulator.skipped,
        "since": _day_json(accumulator.since),
        "stamps": [*stamps.values()],
        "steps": steps,
        "points": points,
        "gone": [[[*ref], _numbers_json(numbers)] for ref, numbers in accumulator.gone.items()],
    }


def _change_json(change: OkrChange) -> list[Any]:
    ref = None if change.ref is None else [*change.ref]
    return [change.kind.value, change.importance.value, ref, *change[3:]]


def _numbers_json(numbers: KnownNumbers) -> list[Any]:
    return [
        numbers.baseline,
        numbers.target,
        [[_day_json(on), text] for on, text in numbers.readings],
    ]


def _day_json(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# ------------------------------------------------------------------- reading


def _parse_accumulator(content: dict[str, Any]) -> Accumulator:
    stamps = [_parse_stamp(stamp) for stamp in _check_list(content["stamps"])]
    return Accumulator(
        actual={_check_text(path): _check_id(blob) for path, blob in content["actual"].items()},
        readable={_check_text(path): _check_id(blob) for path, blob in content["readable"].items()},
        waiting={
            _check_text(path): frozenset(map(_check_text, _check_list(group)))
            for path, group in content["waiting"].items()
        },
        steps=[
            (stamps[_check_count(at)], _parse_changes(changes))
            for at, changes in _check_list(content["steps"])
        ],
        points={
            _parse_ref(ref): _parse_points(points, stamps)
            for ref, points in _check_list(content["points"])
        },
        gone={
            _parse_ref(ref): _parse_numbers(numbers)
            for ref, numbers in _check_list(content["gone"])
        },
        skipped=_check_count(content["skipped"]),
        since=_parse_optional(content["since"], date.fromisoformat),
    )


def _parse_stamp(fields: Any) -> CommitStamp:
    revision, author, day, subject, landed = fields
    on = date.fromisoformat(day)
    return CommitStamp(
        _check_id(revision),
        _check_text(author),
        on,
        _check_text(subject),
        _parse_optional(landed, date.fromisoformat),
    )


def _parse_changes(listed: Any) -> tuple[OkrChange, ...]:
    changes = []
    for kind, importance, ref, *texts, line, cycle, team, notes, after_closing in _check_list(
        listed
    ):
        subject, field, before, after, reason, statement, path = map(_check_text, texts)
        changes.append(
            OkrChange(
                _KINDS[kind], _IMPORTANCES[importance], _parse_optional(ref, _parse_ref), subject,
                field, before, after, reason, statement, path, _check_count(line),
                _check_text(cycle), _check_text(team),
                tuple(map(_check_text, _check_list(notes))), _check_bool(after_closing),
            )
        )  # fmt: skip
    return tuple(changes)


def _parse_points(listed: Any, stamps: list[CommitStamp]) -> list[ValuePoint]:
    points = []
    for at, baseline, target, value, kind, on in _check_list(listed):
        stamp = stamps[_check_count(at)]
        texts = (_check_text(baseline), _check_text(target), _check_text(value))
        day = _parse_optional(on, date.fromisoformat)
        point = ValuePoint(
            stamp.day_in_force, stamp.author, stamp.revision, *texts, _POINTS[kind], day
        )
        points.append(point)
    return points


def _parse_numbers(fields: Any) -> KnownNumbers:
    baseline, target, readings = fields
    pairs = tuple((date.fromisoformat(on), _check_text(text)) for on, text in _check_list(readings))
    return KnownNumbers(_check_text(baseline), _check_text(target), pairs)


def _parse_ref(fields: Any) -> ResolvedRef:
    cycle, team, objective, key_result = map(_check_text, _check_list(fields))
    return ResolvedRef(cycle, team, objective, key_result)


def _parse_optional(value: Any, of: Callable[[Any], _T]) -> _T | None:
    return None if value is None else of(value)


def _check_id(value: Any) -> str:
    """Return a commit or blob id. Raises ValueError for anything else."""
    if _ID.fullmatch(value):
        return str(value)
    raise ValueError


def _check_text(value: Any) -> str:
    """Return a text. Raises ValueError for anything else."""
    if type(value) is str:
        return value
    raise ValueError


def _check_bool(value: Any) -> bool:
    if type(value) is bool:
        return value
    raise ValueError


def _check_count(value: Any) -> int:
    """Return a number from 0. Raises ValueError for anything else."""
    if type(value) is int and value >= 0:
        return value
    raise ValueError


def _check_list(value: Any) -> Iterable[Any]:
    """Return a list. Raises ValueError for anything else."""
    if type(value) is list:
        return value
    raise ValueError
