"""A check-in, or a value of a metric, is dated in the future.

Only what has happened by today exists: a value of next month counts from next month on, and until
then the pages show the one before it. That is nearly always a slip of the pen, such as the month
and the day swapped.

Correct the date. What you expect, rather than know, belongs in `forecast:` or `plan:`. With
`as_of:` or `--as-of` set to the past, later check-ins are in the future too. Those outside the
cycle belong to the rule `check-in-outside-cycle`. A check-in of tomorrow isn't called wrong: where
its author is, that day may have begun. What a metric should be some day is a target.

Source: our own rule; the page on grading says what exists on a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.cycles import last_day_of_values
from okrdocs.lint.subjects.metrics import metric_reference
from okrdocs.problem import Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
DATED = True
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
            check_ins:
              - {date: 2025-02-12, value: 4}
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
            plan: [{date: 2025-03-10, value: 6}]
            check_ins:
              - {date: 2025-02-10, value: 4}
    """,
)
INVALID = (
    """
    # metrics.yml
    metrics:
      churn:
        name: Accounts that leave
        definition: Accounts that cancel in a month, of those at its beginning.
        owner: ada
        values: [{date: 2025-01-31, value: 5%}, {date: 2025-03-31, value: 4%}]
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
              - {date: 2025-02-10, value: 4}
              - {date: 2025-03-10, value: 6}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find what is dated later than today, of key results and of metrics."""
    yield from _first_future_check_ins(subject)
    for health in subject.scores.metrics.values():
        later = (reading for reading in health.metric.values if reading.date > subject.as_of)
        for value in islice(later, 1):
            yield Finding(
                metric_reference(health),
                span_of_field(value.at, "date"),
                f"This value is dated {value.date}, and today is {subject.as_of}: it isn't shown"
                " yet.",
                "Correct the date; what you aim for belongs in `targets:`.",
            )


def _check_in_texts(day: date, as_of: date) -> tuple[str, str]:
    """Return message and hint; a day ahead may be right already where its author is."""
    if (day - as_of).days == 1:
        return (
            f"This check-in counts from tomorrow, {day}, as seen here.",
            "Where it is that day already, `calendar: {time_zone: …}` in `okr.yml` says so.",
        )
    return (
        f"This check-in is dated {day}, and today is {as_of}: it doesn't count yet.",
        "Correct the date; what you expect belongs in `forecast:` or `plan:`.",
    )


def _first_future_check_ins(subject: Subject) -> Iterator[Finding]:
    """Yield the first check-in of each key result after today and not after the day of grading."""
    for cycle, team in subject.teams():
        period = cycle.cycle.period
        last = last_day_of_values(cycle.cycle, period) if period else date.max
        for score in team.key_results():
            for check_in in score.entry.key_result.check_ins:
                if subject.as_of < check_in.date <= last:
                    yield Finding(
                        str(score.entry.ref),
                        span_of_field(check_in.at, "date"),
                        *_check_in_texts(check_in.date, subject.as_of),
                    )
                    break
