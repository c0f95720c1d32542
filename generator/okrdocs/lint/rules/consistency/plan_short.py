"""The plan ends short of the target.

A plan says how far one means to be on each day. Where its last point lies short of the target, one
of the two isn't meant: who follows the plan to the letter is on track to the last day and misses.

Let the last point be the target, or set the target to what is planned. For levels the point has to
reach `target`, not `stretch`.

Source: our own rule; the page on grading says how a plan is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from okrdocs.format.records import MeasureName
from okrdocs.grading.progress import compute_progress
from okrdocs.grading.reported_values import Measure
from okrdocs.grading.results import KeyResultScore
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
            plan: [{{date: 2025-02-28, value: 3}}, {{date: 2025-03-31, value: 10}}]
    """,
)
INVALID = (
    f"""{_KEY_RESULT}
            plan: [{{date: 2025-02-28, value: 3}}, {{date: 2025-03-31, value: 8}}]
    """,
)
_MARK_OF_TARGET = Fraction(7, 10)


def check(subject: Subject) -> Iterator[Finding]:
    """Find plans whose last point doesn't reach the target."""
    for score in subject.key_results():
        if score.measure is not None and _ends_short(score, score.measure):
            last = max(score.entry.key_result.plan, key=lambda point: point.date)
            yield Finding(
                str(score.entry.ref),
                span_of_field(last.at, "value"),
                f"The plan ends at {last.value} on {last.date}, short of the target"
                f" {score.measure.target_text}.",
                "Let its last point reach the target, or set the target to what is planned.",
            )


def _ends_short(score: KeyResultScore, measure: Measure) -> bool:
    if score.measured is None or not score.measured.plan:
        return False
    enough = _MARK_OF_TARGET if measure.name is MeasureName.LEVELS else 1
    return compute_progress(measure, score.measured.plan[-1][1]).p < enough
