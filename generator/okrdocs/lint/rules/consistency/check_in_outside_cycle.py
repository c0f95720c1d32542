"""A check-in lies outside its cycle.

A value from before the first day says nothing about this cycle, and one from long after its end
credits the quarter with what came later. Both nearly always are a mistyped year, in January above
all, or check-ins that were copied along with a key result from the cycle before.

Correct the date, or remove what was copied: the old values stay in the old cycle's file, and
`carried_over_from:` links the two. A reading from the days just before the start passes, and so do
last values that come in some days after grades were due; `days` says how many.

Source: our own rule and thresholds; the page on grading says how a cycle's days are counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from okrdocs.format.records import CheckIn
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.lint.subjects.date_typos import date_hint
from okrdocs.problem import Related, Severity
from okrdocs.workspace.calendar import Period
from okrdocs.workspace.workspace import Cycle

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(days=14)
VALID = (
    """
    # okr.yml
    as_of: 2025-04-08
    # 2025-Q1/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins:
              - {date: 2025-02-10, value: 4}
              - {date: 2025-04-04, value: 9}
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins:
              - {date: 2024-12-30, value: 0}
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
            check_ins:
              - {date: 2024-01-20, value: 1}
              - {date: 2025-02-10, value: 4}
    """,
    """
    # okr.yml
    as_of: 2025-05-20
    # 2025-Q1/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins:
              - {date: 2025-03-31, value: 8}
              - {date: 2025-05-12, value: 10}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find key results with check-ins before the start or after the day of grading."""
    slack = timedelta(days=subject.options.days or 0)
    for cycle, team in subject.teams(undated=False):
        period = cycle.cycle.period
        if period is None:
            continue
        first = _add_days(period.start, -slack)
        last = _add_days(_last_day_for_check_ins(cycle.cycle, period), slack)
        for score in team.key_results():
            given = score.entry.key_result.check_ins
            outside = [check_in for check_in in given if not first <= check_in.date <= last]
            if outside:
                yield _finding(str(score.entry.ref), outside, period)


def _add_days(day: date, days: timedelta) -> date:
    try:
        return day + days
    except OverflowError:  # a cycle may begin on 0001-01-01, or end on 9999-12-31
        return day


def _last_day_for_check_ins(cycle: Cycle, period: Period) -> date:
    return max(cycle.grading_date or period.end, period.end)


def _finding(ref: str, outside: list[CheckIn], period: Period) -> Finding:
    first, *others = outside
    message = f"The check-in of {first.date} lies outside the cycle"
    if others:
        message = f"{len(outside)} check-ins, as that of {first.date}, lie outside the cycle"
    return Finding(
        ref,
        span_of_field(first.at, "date"),
        f"{message} ({period.start} to {period.end}).",
        date_hint(
            first.date, period, "Correct the date, or move it to the file of the cycle it is from."
        ),
        tuple(Related(span_of_field(other.at, "date"), "outside as well") for other in others),
    )
