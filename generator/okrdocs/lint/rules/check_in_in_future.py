"""A check-in is dated in the future.

Only what has happened by today exists: a value of next month counts from next month on, and until
then the pages show the one before it. That is nearly always a slip of the pen, such as the month
and the day swapped.

Correct the date. What you expect, rather than know, belongs in `forecast:` or `plan:`. With
`as_of:` or `--as-of` set to the past, later check-ins are in the future too. Those outside the
cycle belong to the rule `check-in-outside-cycle`.

Source: our own rule; the page on grading says what exists on a day.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.lint.rule import Family, Finding, Subject, place
from okrdocs.problem import Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
DATED = True
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
              - {date: 2025-02-12, value: 4}
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
            plan: [{date: 2025-03-10, value: 6}]
            check_ins:
              - {date: 2025-02-10, value: 4}
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
              - {date: 2025-03-10, value: 6}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Check-ins later than today and not after their cycle's end: the first of a key result."""
    for cycle, team in subject.teams():
        period = cycle.cycle.period
        for score in team.key_results():
            for check_in in score.entry.key_result.check_ins:
                if check_in.date > subject.as_of and (not period or check_in.date <= period.end):
                    yield Finding(
                        str(score.entry.ref),
                        place(check_in.at, "date"),
                        f"This check-in is dated {check_in.date}, and today is {subject.as_of}:"
                        " it doesn't count yet.",
                        "Correct the date; what you expect belongs in `forecast:` or `plan:`.",
                    )
                    break
