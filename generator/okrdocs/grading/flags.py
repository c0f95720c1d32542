"""Flags what a reader should know about a number, such as a grade by hand far from the formula.

Flags are values beside the score; pages show them and `okr check` reports them. Each code is
stable, as rules build on it. Sources: docs/explanation/grading.md, "Grades" and "Status, and
what doesn't fit".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from okrdocs import words
from okrdocs.format.records import Commitment, Drop, MeasureName, Override, Rag
from okrdocs.grading.measure import KEEP_MEASURES
from okrdocs.grading.pace import PaceCode
from okrdocs.grading.quantity import Quantity, UnitKind
from okrdocs.grading.reported_values import ReportedValue
from okrdocs.grading.results import Flag, KeyResultScore, State
from okrdocs.grading.rounding import as_fraction
from okrdocs.workspace.grading_policy import Policy
from okrdocs.workspace.workspace import Cycle

_ONE = Decimal("1.00")
MAX_VALUE_AGE_AT_CLOSE = timedelta(days=14)


def override_flag(
    formula: Decimal | None, grade: Decimal | None, override: Override | None, policy: Policy
) -> Flag | None:
    """Flag a grade given by hand that differs from the formula's by more than the policy's gap."""
    if override is None or formula is None or grade is None:
        return None
    gap = abs(as_fraction(grade) - as_fraction(formula))
    if gap <= policy.override_gap:
        return None
    return Flag("override-gap", f"The grade given by hand is {grade}; the formula gives {formula}.")


def late_drop_flag(dropped: Drop | None, override: Override | None, cycle: Cycle) -> Flag | None:
    """Flag what was dropped, or left out by `n/a`, after the mid-cycle review."""
    left_out = override is not None and override.value.value is None
    day = dropped.date if dropped else override.date if override and left_out else None
    reviewed = cycle.reviewed_on
    if day is None or reviewed is None or day <= reviewed:
        return None
    what = "Dropped" if dropped else "Left out"
    return Flag("late-drop", f"{what} on {day}, after the review on {reviewed}.")


class FlagSpan(NamedTuple):
    """A cycle, the last day of a key result in it, and what has come: that day, the cycle's last.

    `end` is None in a cycle without dates.
    """

    cycle: Cycle
    end: date | None
    ended: bool
    final: bool


def key_result_flags(
    score: KeyResultScore, values: Sequence[ReportedValue], policy: Policy, span: FlagSpan
) -> Iterator[Flag]:
    """Yield every flag of one key result, in a fixed order.

    `values` are those reported so far, by date.
    """
    gap = override_flag(score.formula, score.grade, score.override, policy)
    if gap is not None:
        yield gap
    yield from _closing_flags(score, span)
    late = late_drop_flag(score.dropped, score.override, span.cycle)
    if late is not None:
        yield late
    yield from _watermelon_flag(score)
    yield from _cap_overrun_flag(score, values)


def _closing_flags(score: KeyResultScore, span: FlagSpan) -> Iterator[Flag]:
    if score.state is State.COUNTED_AS_ZERO:
        what = "Nothing was reported" if score.value is None else "No grade was given"
        yield Flag("counted-as-zero", f"{what} before the cycle closed: counts as 0.")
    if span.ended and score.state in {State.GRADED, State.GUARDRAIL}:
        yield from _old_value_flag(score, span)
    keep = score.measure is not None and score.measure.name in KEEP_MEASURES
    plain = keep or (score.measure is not None and score.measure.name is MeasureName.DONE)
    easy = score.commitment is Commitment.ASPIRATIONAL and score.grade == _ONE and not plain
    if span.final and score.state is State.GRADED and easy:
        yield Flag("perhaps-too-easy", "Exactly 1.00 on an aspirational target: perhaps too easy.")


def _old_value_flag(score: KeyResultScore, span: FlagSpan) -> Iterator[Flag]:
    """Flag a value that says little of the end, and a guardrail of which nobody said anything."""
    keep = score.measure is not None and score.measure.name in KEEP_MEASURES
    if score.override is not None or (score.grade == _ONE and not keep):
        return
    if score.value is None:
        text = "Nothing was reported before the end: nobody knows whether it held."
        yield Flag("guardrail-not-reported", text)
    elif span.end is not None and span.end - score.value.date > MAX_VALUE_AGE_AT_CLOSE:
        text = f"The last value is of {score.value.date}, more than two weeks before the end."
        yield Flag("old-value", text)


def _watermelon_flag(score: KeyResultScore) -> Iterator[Flag]:
    """Flag a green sign, not older than the value, over a computed "behind" or worse."""
    sign, value = score.owner.sign, score.value
    if sign is None or value is None or sign.rag is not Rag.GREEN or score.pacing is None:
        return
    pace = score.pacing.pace
    if sign.date >= value.date and pace in {PaceCode.BEHIND, PaceCode.AT_RISK}:
        text = f"Reported green, but {words.PACE_WORDS[pace]} by the numbers."
        yield Flag("watermelon", text)


def _cap_overrun_flag(score: KeyResultScore, values: Sequence[ReportedValue]) -> Iterator[Flag]:
    """Flag a running total that has used more of its cap than of its time."""
    measure, value = score.measure, score.value
    if measure is None or value is None or score.pacing is None:
        return
    target = measure.target
    counted = target is not None and target.low.kind in {
        UnitKind.COUNT,
        UnitKind.NUMBER,
        UnitKind.MONEY,
    }
    if measure.name is not MeasureName.AT_MOST or target is None or not counted:
        return
    if not isinstance(value.amount, Quantity) or not target.is_met_by(value.amount):
        return
    if not _is_never_falling(values):
        return
    days, total = score.pacing.elapsed
    if value.amount.value > target.low.value * Fraction(days, total):
        text = f"{value.text} of {target.text} with {days} of {total} days gone: over its share."
        yield Flag("cap-overrun", text)


def _is_never_falling(values: Sequence[ReportedValue]) -> bool:
    """Return whether the values may be running totals: a level, such as open bugs, also falls."""
    amounts = [value.amount.value for value in values if isinstance(value.amount, Quantity)]
    return all(before <= after for before, after in pairwise(amounts))
