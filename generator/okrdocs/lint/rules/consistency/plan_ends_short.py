"""A plan ends before the target is reached.

A `plan:` says what is expected on which day, and stays where its last point is. One that ends at 60
of 100 expects 60 in the last week, too: a key result that follows it is on track to the end, and
then misses its target.

Add the last step, the target on the cycle's last day, or change the target to what is planned.

Source: our own rule; the page on grading says how plans are read.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import MeasureName
from okrdocs.grading.measure import MeasuredKeyResult
from okrdocs.grading.progress import compute_progress, level_corners
from okrdocs.grading.reported_values import Measure
from okrdocs.grading.results import OUTSIDE
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
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
            plan: [{date: 2025-02-28, value: 2}, {date: 2025-03-31, value: 10}]
          - id: questions
            title: Answered questions on security
            baseline: 0
            levels: {commit: 20, target: 30, stretch: 50}
            plan: [{date: 2025-03-31, value: 30}]
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
            plan: [{date: 2025-02-28, value: 2}, {date: 2025-03-31, value: 6}]
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find plans whose last point doesn't reach the target."""
    for score in subject.key_results():
        measured, points = score.measured, score.entry.key_result.plan
        if score.state in OUTSIDE or measured is None or score.measure is None:
            continue
        if not measured.plan or _is_target_reached(measured, score.measure):
            continue
        last = max(points, key=lambda point: point.date)
        yield Finding(
            str(score.entry.ref),
            span_of_field(last.at, "value"),
            f"The plan ends at {last.value}, short of the target {score.measure.target_text}.",
            "Add the day on which the target is to be reached, or change the target.",
        )


def _is_target_reached(measured: MeasuredKeyResult, measure: Measure) -> bool:
    """Return whether the plan ends at the target or beyond; of levels, at the middle one."""
    _, amount = measured.plan[-1]
    progress = compute_progress(measure, amount)
    if measure.name is MeasureName.LEVELS:
        return progress.p >= level_corners(measure)[2][1]
    return progress.p >= 1
