"""The baseline: findings that were there before the rules came, in a file that only shrinks.

A known finding is the code of a rule and the reference that it is about, so that it follows an
objective from line to line. Text in, text out; the commands read and write the file. The file's
format and the messages call them debts.
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
"""More than the known findings of any company take; a larger file isn't read."""
_FORMAT = 1

KnownFindings = Mapping[tuple[str, str], int]
"""How many findings of a (code, reference) are known."""


class BaselineResult(NamedTuple):
    """Findings compared with the baseline.

    `problems` are the new findings, `known` counts the others. `remaining` is what the file has to
    keep, `fixed` counts what it needs no longer.
    """

    problems: tuple[Problem, ...]
    known: int
    remaining: KnownFindings
    fixed: int


def parse_baseline(text: str) -> KnownFindings:
    """Read the text of a baseline file. Raises UsageError where it isn't one."""
    try:
        content: Any = json.loads(text)
        if content["format"] != _FORMAT:
            raise UsageError(f"`{FILE}` was written by another version of okrdocs.")
        return dict(map(_parse_entry, content["debts"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise UsageError(
            f"`{FILE}` can't be read as a baseline. Restore it from git, or delete it and run"
            " `okr check --update-baseline` to begin anew."
        ) from fault


def _parse_entry(entry: Any) -> tuple[tuple[str, str], int]:
    """Read one entry: what it is about and how often. Raises ValueError for a wrong value."""
    code, ref, count = entry["code"], entry["ref"], entry.get("count", 1)
    if not isinstance(code, str) or not isinstance(ref, str) or type(count) is not int or count < 1:
        raise ValueError("an entry is a code, a reference and a count of at least 1")
    return (code, ref), count


def format_baseline(findings: KnownFindings) -> str:
    """Write the file's text: one entry a line, sorted, so that a change is one line of a diff."""
    rows = [
        json.dumps(
            {"code": code, "ref": ref} | ({"count": count} if count > 1 else {}),
            ensure_ascii=False,
        )
        for (code, ref), count in sorted(findings.items())
    ]
    body = ",\n".join(f"    {row}" for row in rows)
    listed = f"[\n{body}\n  ]" if rows else "[]"
    return f'{{\n  "format": {_FORMAT},\n  "debts": {listed}\n}}\n'


def count_known_findings(problems: Iterable[Problem]) -> KnownFindings:
    """Count findings by code and reference, as a baseline accepts them."""
    return Counter((problem.code, problem.ref) for problem in problems if problem.ref)


def compare_with_baseline(
    problems: Iterable[Problem],
    findings: KnownFindings,
    ran: Collection[str],
    past: Collection[str] = (),
) -> BaselineResult:
    """Leave out as many findings of each code and reference as the baseline allows.

    An entry whose rule didn't run (`ran` are codes), or whose cycle (`past` are ids) wasn't looked
    at, stays as it is; one that is found less often has been fixed. What has no reference is never
    known, whatever the file says: faults of comments are always reported.
    """
    allowed = dict(findings)
    new = []
    for problem in problems:
        key = (problem.code, problem.ref)
        if problem.ref and allowed.get(key, 0) > 0:
            allowed[key] -= 1
        else:
            new.append(problem)
    still_found = {
        key: count - allowed[key] if _is_still_detectable(key, ran, past) else count
        for key, count in findings.items()
    }
    remaining = {key: count for key, count in still_found.items() if count > 0}
    fixed = sum(findings.values()) - sum(remaining.values())
    left_out = sum(findings.values()) - sum(allowed.values())
    return BaselineResult(tuple(new), left_out, remaining, fixed)


def _is_still_detectable(key: tuple[str, str], ran: Collection[str], past: Collection[str]) -> bool:
    """Return whether a known finding would have been found, were it still there."""
    code, ref = key
    return code in ran and ref.partition(":")[0] not in past
