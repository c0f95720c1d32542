"""The value lies more than twice past the target.

Where a value has gone twice the way from the start to the target and more, something is nearly
always wrong with one of the two: a zero too many, thousands beside single ones, a total beside a
share. The grade says 1.00, and nobody looks at it again.

Correct the number that is wrong. If both are right, the target was far too low: raise it, with an
entry in `target_changes:`, or take on what comes next.

Source: our own rule and threshold.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import MeasureName
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
_KEY_RESULT = """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
"""
VALID = (
    f"""{_KEY_RESULT}
            check_ins: [{{date: 2025-02-10, value: 14}}]
    """,
)
INVALID = (
    f"""{_KEY_RESULT}
            check_ins: [{{date: 2025-02-10, value: 140}}]
    """,
)
_LINES = frozenset({MeasureName.INCREASE, MeasureName.DECREASE, MeasureName.ACCUMULATE})
_TWICE = 2


def check(subject: Subject) -> Iterator[Finding]:
    """Find current values more than twice past their target."""
    for score in subject.key_results():
        value, measure, progress = score.value, score.measure, score.progress
        if measure is None or value is None or value.check_in is None or progress is None:
            continue
        if measure.name in _LINES and progress > _TWICE:
            yield Finding(
                str(score.entry.ref),
                span_of_field(value.check_in.at, "value"),
                f"{value.text} is {int(100 * progress)}% of the way to the target"
                f" {measure.target_text}: is one of them mistyped?",
                "Correct the value or the target; if both are right, aim higher.",
            )
