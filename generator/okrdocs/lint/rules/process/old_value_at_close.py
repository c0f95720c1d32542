"""The last value is from long before the end of the cycle.

The grade at the end speaks of the last day, but the number is from weeks before. What the last
sprint was worth isn't in it.

Enter the value of the last day, with its date. A total that really didn't move is entered once
more. What has reached its target passes, and so does a grade that was given by hand. Of closed
cycles only the last two are looked at; more than two weeks before the end is old. A guardrail of
which nothing was reported is told as well: nobody knows whether it held.

Source: Google re:Work, "Set goals with OKRs": grades are given at the end of each quarter. The two
weeks are our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.lint.rule import Family, Finding, Subject, span_of_field, team_group
from okrdocs.lint.subjects.cycles import ended_cycles
from okrdocs.lint.subjects.flags import key_results_with_flag
from okrdocs.problem import Severity

FAMILY = Family.PROCESS
SEVERITY = Severity.WARNING
DATED = True
VALID = (
    """
    # 2024-Q4/cycle.yml
    status: closed
    # 2024-Q4/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins: [{date: 2024-12-17, value: 7}]
    """,
    """
    # 2024-Q4/cycle.yml
    status: closed
    # 2024-Q4/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins: [{date: 2024-11-04, value: 10}]
    """,
)
INVALID = (
    """
    # 2024-Q4/cycle.yml
    status: closed
    # 2024-Q4/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins: [{date: 2024-11-04, value: 7}]
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find final grades on a value from two weeks before the end, and guardrails without any."""
    cycles = ended_cycles(subject)
    flagged = (
        *key_results_with_flag(cycles, "old-value"),
        *key_results_with_flag(cycles, "guardrail-not-reported"),
    )
    for score, flag in flagged:
        at = score.value.check_in.at if score.value and score.value.check_in else None
        yield Finding(
            str(score.entry.ref),
            span_of_field(at or score.entry.key_result.at, "date", "title"),
            flag.text,
            "Add a check-in with the value of the last day, even if it didn't move.",
            group=team_group(score.entry.ref),
        )
