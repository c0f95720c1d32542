"""The target was made easier shortly before the end.

To change a target in the middle of a quarter, openly and with a reason, is good practice: one has
learnt something. Near the end it only fits the target to what has been reached: the grade is
higher, and nothing is better.

Leave the target as it was and let the grade say what happened; aim lower in the next cycle if that
is the lesson. `share` says from which part of the cycle on the rule looks, at first the last
quarter of it. Targets that were raised pass, and so does what was changed earlier.

Source: Strathern, "Improving ratings: audit in the British university system" (1997), on what
becomes of a measure once it is a target; the threshold is our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from okrdocs.format.records import MeasureName, TargetChange
from okrdocs.grading.amounts import convert_to_unit_of
from okrdocs.grading.quantity import QuantityError, Target, parse_target
from okrdocs.grading.results import KeyResultScore
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.problem import Severity
from okrdocs.workspace.calendar import Period, elapsed_days

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(share=Fraction(3, 4))
VALID = (
    """
    # okr.yml
    as_of: 2025-03-26
    # 2025-Q1/product.yml
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
    # okr.yml
    as_of: 2025-03-26
    # 2025-Q1/product.yml
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - id: deals
            title: Signed contracts
            target: 25 contracts
            target_changes: [{date: 2025-03-20, from: 20 contracts, reason: We have 19 already}]
    """,
)
INVALID = (
    """
    # okr.yml
    as_of: 2025-03-26
    # 2025-Q1/product.yml
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - id: deals
            title: Signed contracts
            target: 15 contracts
            target_changes: [{date: 2025-03-20, from: 20 contracts, reason: More realistic}]
    """,
    """
    # okr.yml
    as_of: 2025-03-26
    # 2025-Q1/product.yml
    objectives:
      - id: fast
        title: Nobody waits for us
        key_results:
          - id: wait
            title: Time until the first answer
            baseline: 8 hours
            target: 4 hours
            target_changes: [{date: 2025-03-20, from: 60 min, reason: More realistic}]
    """,
)
_MORE = frozenset({MeasureName.INCREASE, MeasureName.ACCUMULATE, MeasureName.AT_LEAST})
_LESS = frozenset({MeasureName.DECREASE, MeasureName.AT_MOST})


def check(subject: Subject) -> Iterator[Finding]:
    """Find targets that became easier after `share` of the cycle's days had passed."""
    for cycle, team in subject.teams(undated=False):
        for score in team.key_results():
            if score.entry.key_result.target_changes and cycle.cycle.period is not None:
                yield from _late_changes(score, cycle.cycle.period, subject)


def _late_changes(score: KeyResultScore, period: Period, subject: Subject) -> Iterator[Finding]:
    target = score.measure.target if score.measure else None
    changes = [c for c in score.entry.key_result.target_changes if c.date <= subject.as_of]
    for change in sorted(changes, key=lambda entry: entry.date, reverse=True):
        former = _former_target(change)
        days, total = elapsed_days(period.start, period.end, change.date)
        late = Fraction(days, total) > (subject.options.share or 0)
        if late and former and target and _is_easier_now(score, former, target):
            yield Finding(
                str(score.entry.ref),
                span_of_field(change.at, "date"),
                f"The target went from {former.text} to {target.text} on {change.date}, with"
                f" {days} of {total} days gone: easier, shortly before the end.",
                f"Put `target: {former.text}` back and let the grade say what happened; aim lower"
                " in the next cycle.",
            )
        target = former


def _former_target(change: TargetChange) -> Target | None:
    try:
        return parse_target(change.from_)
    except QuantityError:
        return None


def _is_easier_now(score: KeyResultScore, former: Target, target: Target) -> bool:
    before = convert_to_unit_of(former.low, target.low)
    if before is None or score.measure is None:
        return False
    if score.measure.name in _MORE:
        return target.low.value < before.value
    return score.measure.name in _LESS and target.low.value > before.value
