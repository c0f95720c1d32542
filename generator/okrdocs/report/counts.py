"""Counts problems in words: the last line of a check and the head of a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from okrdocs.markup.counts import count_of
from okrdocs.problem import Problem, Severity


def count_by_severity(problems: Iterable[Problem]) -> str:
    """Return `2 errors and 1 warning`, or "" where there is nothing."""
    counts = Counter(problem.severity for problem in problems)
    parts = [count_of(counts[severity], severity) for severity in Severity if counts[severity]]
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
