"""A falling count is "achieved" early, and may only not be complete yet.

"From 40 incidents a quarter to 20" is achieved on day ten with 3 incidents, if the values are
counted from zero in this quarter: of course there are fewer than 20 so far. The grade is 1.00 for
weeks and falls towards the end.

Where the values count up in the cycle, say so with a bound: `target: ≤20 incidents` is held or
broken, and is watched like a budget. Where they are a level, such as open bugs, or a rate a month,
the finding can be answered with a comment; it is silent as soon as a value has fallen.

Source: our own rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from okrdocs.format.records import MeasureName
from okrdocs.grading.pace import PaceCode
from okrdocs.grading.quantity import Quantity, UnitKind
from okrdocs.grading.results import OUTSIDE, KeyResultScore
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.INFO
LATEST_SHARE = Fraction(1, 2)
VALID = (
    """
    objectives:
      - id: trust
        title: Customers can rely on us
        key_results:
          - id: bugs
            title: Open bugs of the first class
            baseline: 40 bugs
            target: 20 bugs
            check_ins:
              - {date: 2025-01-20, value: 30 bugs}
              - {date: 2025-02-10, value: 20 bugs}
    """,
    """
    objectives:
      - id: trust
        title: Customers can rely on us
        key_results:
          - id: incidents
            title: Incidents that customers notice
            target: ≤20 incidents
            check_ins: [{date: 2025-02-10, value: 3 incidents}]
    """,
)
INVALID = (
    """
    objectives:
      - id: trust
        title: Customers can rely on us
        key_results:
          - id: incidents
            title: Incidents that customers notice
            baseline: 40 incidents
            target: 20 incidents
            check_ins:
              - {date: 2025-01-20, value: 1 incident}
              - {date: 2025-02-10, value: 3 incidents}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find counts to be lowered that are at their target in the first half and never fell."""
    for score in subject.key_results():
        check_in = score.value.check_in if score.value else None
        if score.state in OUTSIDE or check_in is None or not _is_early(score):
            continue
        if _is_falling_count(score) and not _has_value_fallen(score):
            target = score.measure.target.low.text if score.measure and score.measure.target else ""
            yield Finding(
                str(score.entry.ref),
                span_of_field(check_in.at, "value"),
                f"{check_in.value} is below {target} already, with more than half of the time"
                " to go: does the count go on?",
                f"If the values count up in this cycle, remove `baseline:` and write"
                f" `target: ≤{target}`.",
            )


def _is_early(score: KeyResultScore) -> bool:
    pacing = score.pacing
    return (
        pacing is not None
        and pacing.pace is PaceCode.ACHIEVED
        and Fraction(*pacing.elapsed) < LATEST_SHARE
    )


def _is_falling_count(score: KeyResultScore) -> bool:
    measure = score.measure
    if measure is None or measure.name is not MeasureName.DECREASE or measure.target is None:
        return False
    return measure.target.low.kind is UnitKind.COUNT


def _has_value_fallen(score: KeyResultScore) -> bool:
    if score.measured is None or score.value is None:
        return False
    amounts = [value.amount for value in score.measured.values_until(score.value.date)]
    counts = [amount.value for amount in amounts if isinstance(amount, Quantity)]
    return any(after < before for before, after in pairwise(counts))
