"""What was carried over begins at another value than it ended with.

A key result that goes on in the next cycle begins where it stopped. If the old one ended at 42% and
the new one begins at 50%, then eight points appear from nowhere, or were measured in another way,
and the line over several cycles breaks there.

Take over the last value as the baseline. Where the way of counting changed, write it into `why:`
and drop `carried_over_from:`, for it isn't the same number any more. Totals that begin at zero in
each cycle pass, and so do differences below `share` (a part of the value) and cycles that aren't
over yet.

Source: Kaplan and Norton, *The Balanced Scorecard* (1996), on measures that stay the same over
time; the tolerance is our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from okrdocs.format.records import MeasureName
from okrdocs.grading.amounts import convert_to_unit_of
from okrdocs.grading.quantity import Quantity
from okrdocs.grading.results import KeyResultScore
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.problem import Related, Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(share=Fraction(1, 100))
_OLD = """
    # 2024-Q4/product.yml
    objectives:
      - id: growth
        title: New customers stay
        key_results:
          - id: activation
            title: New accounts that finish the setup
            baseline: 30%
            target: 50%
            check_ins:
              - {date: 2024-12-30, value: 42%}
    # 2025-Q1/product.yml
    objectives:
      - id: growth
        title: New customers stay
        key_results:
          - id: activation
            title: New accounts that finish the setup
            carried_over_from: 2024-Q4:product/growth#activation
            target: 60%
"""
VALID = (
    f"""{_OLD}
            baseline: 42%
    """,
    f"""{_OLD}
            baseline: 42.3%
    """,
)
INVALID = (
    f"""{_OLD}
            baseline: 50%
    """,
)
_LEVELS = frozenset(
    {
        MeasureName.INCREASE,
        MeasureName.DECREASE,
        MeasureName.AT_LEAST,
        MeasureName.AT_MOST,
        MeasureName.BETWEEN,
        MeasureName.LEVELS,
    }
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find carried-over key results whose baseline isn't the last value, beyond the tolerance."""
    over = {score.cycle.id for score in subject.scores.cycles if score.final}
    for score in subject.key_results():
        source = score.entry.carried_over_from
        former = subject.scores.key_results.get(source) if source else None
        if former is None or former.entry.ref.cycle not in over:
            continue
        if _is_baseline_far_from_last_value(score, former, subject.options.share or Fraction(0)):
            yield _finding(score, former)


def _is_baseline_far_from_last_value(
    score: KeyResultScore, former: KeyResultScore, tolerance: Fraction
) -> bool:
    if not (_is_measure_of_level(score) and _is_measure_of_level(former)) or former.value is None:
        return False
    begins = score.measure.baseline if score.measure else None
    ended = former.value.amount
    if begins is None or not isinstance(ended, Quantity):
        return False
    same = convert_to_unit_of(begins, ended)
    if same is None:
        return False
    return abs(same.value - ended.value) > tolerance * max(abs(same.value), abs(ended.value))


def _is_measure_of_level(score: KeyResultScore) -> bool:
    return score.measure is not None and score.measure.name in _LEVELS


def _finding(score: KeyResultScore, former: KeyResultScore) -> Finding:
    value, record = former.value, score.entry.key_result
    assert value is not None
    at = value.check_in.at if value.check_in else former.entry.key_result.at
    return Finding(
        str(score.entry.ref),
        span_of_field(record.at, "baseline"),
        f"The baseline is {record.baseline}, but `{former.entry.ref}`, from which this is carried"
        f" over, ended at {value.text} ({value.date}).",
        f"Write `baseline: {value.text}`, or say in `why:` what is counted differently and remove"
        " `carried_over_from:`.",
        (Related(span_of_field(at, "value", "title"), "the last value"),),
    )
