"""The check-ins don't stand in the order of their dates.

Grading looks at the dates and finds the latest value wherever it stands. People don't: whoever
opens the file takes the last line for the latest, and adds the next one below the wrong one.

Write check-ins from old to new and add the newest at the end. Several on one day keep the order
in which they were written, the later one counting.

Source: our own convention for the files; the page on grading says which value counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.INFO
VALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins:
              - {date: 2025-01-20, value: 1}
              - {date: 2025-02-10, value: 4}
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins:
              - {date: 2025-02-10, value: 4}
              - {date: 2025-02-10, note: Two of them thanks to the new partner}
    """,
)
INVALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins:
              - {date: 2025-02-10, value: 4}
              - {date: 2025-01-20, value: 1}
    """,
)
_LISTED = 6


def check(subject: Subject) -> Iterator[Finding]:
    """Find key results with a check-in older than the one before it: the first such place."""
    for score in subject.key_results():
        check_ins = score.entry.key_result.check_ins
        for before, after in pairwise(check_ins):
            if after.date < before.date:
                yield Finding(
                    str(score.entry.ref),
                    span_of_field(after.at, "date"),
                    f"The check-in of {after.date} stands after the one of {before.date}.",
                    _hint_to_sort([str(check_in.date) for check_in in check_ins]),
                )
                break


def _hint_to_sort(dates: list[str]) -> str:
    listed = f" ({', '.join(sorted(dates))})" if len(dates) <= _LISTED else ""
    return f"Put them in order from old to new{listed}; `okr check --fix` sorts them."
