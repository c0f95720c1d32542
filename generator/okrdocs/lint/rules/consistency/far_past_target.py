"""A value lies more than twice as far as the target.

Such a value is rarely a triumph. Mostly a number was mistyped (`12.000` where twelve thousand was
meant), the value is in another unit than the target, or the target was far too low. The grade is
1.00 in each case, and says nothing.

Compare the value and the target with their source. Where both are right, the next target may be
bolder.

Source: our own rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from okrdocs.format.records import MeasureName
from okrdocs.grading.results import OUTSIDE, KeyResultScore
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
TOO_FAR = Decimal(2)
VALID = (
    """
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - id: deals
            title: Signed contracts
            target: 20 contracts
            check_ins: [{date: 2025-02-10, value: 40 contracts}]
          - id: errors
            title: Errors in invoices
            target: ≤50 errors
            check_ins: [{date: 2025-02-10, value: 2 errors}]
    """,
)
INVALID = (
    """
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - id: visits
            title: Visits of companies with more than 500 people
            target: 12 visits
            check_ins: [{date: 2025-02-10, value: 950 visits}]
    """,
)
_LINES = frozenset(
    {MeasureName.INCREASE, MeasureName.DECREASE, MeasureName.ACCUMULATE, MeasureName.LEVELS}
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find current values whose progress is more than twice the way to the target."""
    for score in subject.key_results():
        check_in = score.value.check_in if score.value else None
        if score.state not in OUTSIDE and _is_far_past(score) and check_in is not None:
            target = score.measure.target_text if score.measure else ""
            yield Finding(
                str(score.entry.ref),
                span_of_field(check_in.at, "value"),
                f"{check_in.value} is {score.progress} times the way to the target {target}.",
                "Compare both with their source: is a number or a unit mistyped? If not, aim"
                " higher next time.",
            )


def _is_far_past(score: KeyResultScore) -> bool:
    measured_on_line = score.measure is not None and score.measure.name in _LINES
    return measured_on_line and score.progress is not None and score.progress > TOO_FAR
