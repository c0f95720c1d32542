"""A running total has become smaller, and nothing says why.

Without a baseline, a count or an amount is graded as a running total from zero: 12 deals in
January, 30 by February. Such a total can't fall. Where it does, either a number was mistyped, or
the value isn't a total at all but a level, such as the number of active users, and its grade is
wrong from the start.

A level needs a `baseline:`, the value that it had at the beginning. A total that was written per
week has to be added up. Where something was really lost again, such as a deal that was cancelled,
say it in the note: then the rule is silent.

Source: our own rule; the page on grading says how totals are graded.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise

from okrdocs.format.records import CheckIn, MeasureName
from okrdocs.grading.amounts import convert_to_unit_of
from okrdocs.grading.blanks import is_blank, is_placeholder
from okrdocs.grading.quantity import Quantity, QuantityError, parse_quantity
from okrdocs.grading.results import KeyResultScore
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.check_ins import check_ins_until, contains_explanation
from okrdocs.problem import Related, Severity

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
            target: 20 contracts
            check_ins:
              - {date: 2025-01-27, value: 6 contracts}
              - {date: 2025-02-10, value: 5 contracts, note: One was cancelled}
    """,
    """
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - id: trials
            title: Companies on trial
            baseline: 8 companies
            target: 20 companies
            check_ins:
              - {date: 2025-01-27, value: 12 companies}
              - {date: 2025-02-10, value: 10 companies}
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
            target: 20 contracts
            check_ins:
              - {date: 2025-01-27, value: 6 contracts}
              - {date: 2025-02-10, value: 3 contracts}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find the latest fall of each accumulating key result that no words explain."""
    for score in subject.key_results():
        if score.measure is None or score.measure.name is not MeasureName.ACCUMULATE:
            continue
        fall = _latest_unexplained_fall(score, subject.as_of)
        if fall is not None:
            yield _finding(str(score.entry.ref), *fall)


def _latest_unexplained_fall(score: KeyResultScore, as_of: date) -> tuple[CheckIn, CheckIn] | None:
    given = check_ins_until(score.entry.key_result, as_of)
    totals = [
        (check_in, amount) for check_in in given if (amount := _parse_value(check_in.value or ""))
    ]
    falls = [
        (before, after)
        for (before, more), (after, less) in pairwise(totals)
        if less.value < more.value
        and _are_in_one_unit(less, more)
        and not contains_explanation(after)
    ]
    return falls[-1] if falls else None


def _are_in_one_unit(one: Quantity, other: Quantity) -> bool:
    """Return whether two values are in one unit.

    A bare number goes with what is counted in words.
    """
    return convert_to_unit_of(one, other) is not None


@lru_cache(maxsize=8192)
def _parse_value(text: str) -> Quantity | None:
    """Return what a value says; None where it says nothing."""
    if is_blank(text) or is_placeholder(text):
        return None
    try:
        return parse_quantity(text)
    except QuantityError:
        return None


def _finding(ref: str, before: CheckIn, after: CheckIn) -> Finding:
    return Finding(
        ref,
        span_of_field(after.at, "value"),
        f"This is graded as a running total, and it fell from {before.value} to {after.value}.",
        "If it's a level that goes up and down, give its `baseline:`; if each value is for one"
        " period, add them up; if something was lost again, say so in `note:`.",
        (Related(span_of_field(before.at, "value"), "the higher value"),),
    )
