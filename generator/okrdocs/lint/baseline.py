"""Old debts: findings that were there before the rules came, kept in a file that only shrinks.

A debt is the code of a rule and the reference that it speaks of, so that it follows an objective
from line to line. Text in, text out; the commands read and write the file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from okrdocs.errors import UsageError
from okrdocs.problem import Problem

FILE = ".okr-baseline.json"
MAX_BYTES = 10_000_000
"""More than any company's debts take; a larger file isn't read."""
_FORMAT = 1

Debts = Mapping[tuple[str, str], int]
"""How many findings of a (code, reference) are old."""


class Reckoning(NamedTuple):
    """The findings that are new, how many are old, and the debts that are left of the file."""

    problems: tuple[Problem, ...]
    old: int
    left: Debts
    paid: int


def read_debts(text: str) -> Debts:
    """The debts of a baseline file. Raises UsageError where it isn't one."""
    try:
        held: Any = json.loads(text)
        if held["format"] != _FORMAT:
            raise UsageError(f"`{FILE}` was written by another version of okrdocs.")
        return dict(map(_debt, held["debts"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise UsageError(
            f"`{FILE}` can't be read as a baseline. Restore it from git, or delete it and run"
            " `okr check --update-baseline` to begin anew."
        ) from fault


def _debt(held: Any) -> tuple[tuple[str, str], int]:
    """One debt and how often it is allowed. Raises ValueError where a value can't be one."""
    code, ref, count = held["code"], held["ref"], held.get("count", 1)
    if not isinstance(code, str) or not isinstance(ref, str) or type(count) is not int or count < 1:
        raise ValueError("a debt is a code, a reference and a count of at least 1")
    return (code, ref), count


def debts_text(debts: Debts) -> str:
    """The file's text: one debt a line, sorted, so that a change is one line of a diff."""
    rows = [
        json.dumps(
            {"code": code, "ref": ref} | ({"count": count} if count > 1 else {}),
            ensure_ascii=False,
        )
        for (code, ref), count in sorted(debts.items())
    ]
    body = ",\n".join(f"    {row}" for row in rows)
    listed = f"[\n{body}\n  ]" if rows else "[]"
    return f'{{\n  "format": {_FORMAT},\n  "debts": {listed}\n}}\n'


def debts_of(problems: Iterable[Problem]) -> Debts:
    """The debts that these findings are."""
    return Counter((problem.code, problem.ref) for problem in problems if problem.ref)


def reckoned(
    problems: Iterable[Problem],
    debts: Debts,
    ran: Collection[str],
    past: Collection[str] = (),
) -> Reckoning:
    """Findings against old debts: as many of each as the file allows are left out.

    A debt whose rule didn't run, or whose cycle (`past`) wasn't looked at, stays as it is; one that
    is found less often has been paid. What has no reference is no debt, whatever the file says:
    faults of comments are always told.
    """
    room = dict(debts)
    kept = []
    for problem in problems:
        key = (problem.code, problem.ref)
        if problem.ref and room.get(key, 0) > 0:
            room[key] -= 1
        else:
            kept.append(problem)
    unpaid = {
        key: count - room[key] if _is_judged(key, ran, past) else count
        for key, count in debts.items()
    }
    left = {key: count for key, count in unpaid.items() if count > 0}
    paid = sum(debts.values()) - sum(left.values())
    return Reckoning(tuple(kept), sum(debts.values()) - sum(room.values()), left, paid)


def _is_judged(key: tuple[str, str], ran: Collection[str], past: Collection[str]) -> bool:
    """Whether a debt would have been found, were it still there."""
    code, ref = key
    return code in ran and ref.partition(":")[0] not in past
