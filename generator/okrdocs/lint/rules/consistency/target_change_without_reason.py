"""A target was changed, and nothing says why.

Everybody agreed to the old target. Of a new one without a reason nobody knows whether the team gave
up or was asked for more, and at the end nobody knows what the grade says.

Write one sentence into `reason:`: what was learnt, who decided. The former target in `from:`
already stands there.

Source: Doerr, *Measure What Matters* (2018), on tracking: updating a goal openly.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - id: deals
            title: Signed contracts
            target: 15 contracts
            target_changes: [{date: 2025-02-10, from: 20 contracts, reason: Hiring was stopped}]
    """,
    """
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - {id: deals, title: Signed contracts, target: 15 contracts}
    """,
)
INVALID = (
    """
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - id: deals
            title: Signed contracts
            target: 15 contracts
            target_changes: [{date: 2025-02-10, from: 20 contracts}]
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find target changes without a reason."""
    for score in subject.key_results():
        for change in score.entry.key_result.target_changes:
            if not change.reason:
                yield Finding(
                    str(score.entry.ref),
                    span_of_field(change.at, "from"),
                    f"The target was {change.from_} until {change.date}, and nothing says why it"
                    " changed.",
                    "Add `reason:`, one sentence: what was learnt, and who decided.",
                )
