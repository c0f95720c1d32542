"""A grade given by hand lies far from what the formula gives.

A person may know better than a formula: the number came late, or it counted the wrong thing. But a
grade that is talked up at the end teaches nothing for the next quarter, and nobody trusts the other
grades any more. Pages therefore show both numbers, and this rule lists where they differ so that
somebody looks at it once.

Where the formula is wrong, it is usually the target, the measure or the last value: correct that,
and the grade follows. Let the grade by hand stand where its reason convinces those who read it. How
far the two may differ is set by `override_gap` below `grading:`. A grade without any reason belongs
to the rule `override-without-reason`.

Source: Doerr, *Measure What Matters* (2018), on scoring and self-assessment; the limit is our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.flags import scores_with_flag
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
            grade: {value: 0.42, reason: One audit is as good as signed}
            check_ins:
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
            grade: {value: 0.9, reason: All but one have signed, date: 2025-03-31}
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
            grade: {value: 0.8, reason: The rest is nearly done}
            check_ins:
              - {date: 2025-02-10, value: 4}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find grades by hand with a reason that differ by more than the policy allows."""
    for score, flag in scores_with_flag(subject.cycles, "override-gap"):
        override = score.override
        if override is not None and override.reason:
            yield Finding(
                str(score.entry.ref),
                span_of_field(override.at, "value"),
                flag.text,
                "See whether the target, the measure or the last value is what is wrong;"
                " let it stand where the reason convinces.",
            )
