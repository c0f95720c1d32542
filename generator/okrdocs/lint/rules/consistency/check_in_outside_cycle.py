"""A check-in lies outside its cycle, so its value doesn't count.

A value from before the first day says nothing about this cycle, and one from after the day of
grading credits the quarter with what came later. Both nearly always are a mistyped year, in January
above all, or check-ins that were copied along with a file from the cycle before. Such values are
shown and count nowhere.

Correct the date, or remove what was copied: the old values stay in the old cycle's file, and
`carried_over_from:` links the two. What was the case at the start is the `baseline:`. Of a file in
which several key results have such check-ins it is said once. `days` lets that many days before
the start and after the day of grading pass without a finding; the values still don't count.

Source: our own rule; the page on grading says which days of a cycle count.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from okrdocs.format.records import CheckIn
from okrdocs.grading.results import KeyResultScore
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.lint.subjects.cycles import last_day_of_values
from okrdocs.lint.subjects.date_typos import date_hint
from okrdocs.problem import Related, Severity
from okrdocs.workspace.calendar import Period
from okrdocs.workspace.workspace import Cycle

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(days=0)
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
              - {date: 2025-01-01, value: 0}
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
    """Find check-ins before the start or after the day of grading: once a key result, or a file."""
    slack = timedelta(days=subject.options.days or 0)
    for cycle, team in subject.teams(undated=False):
        period = cycle.cycle.period
        if period is None:
            continue
        first = _add_days(period.start, -slack)
        last = _add_days(last_day_of_values(cycle.cycle, period), slack)
        outside = {
            score.entry.ref: given
            for score in team.key_results()
            if (given := _check_ins_outside(score, first, last))
        }
        if len(outside) > 1:
            ref = f"{cycle.cycle.id}:{team.entry.id}"
            yield _finding_for_file(ref, [*outside.values()], period, subject)
        else:
            yield from (_finding(str(ref), given, period) for ref, given in outside.items())


def _check_ins_outside(score: KeyResultScore, first: date, last: date) -> list[CheckIn]:
    return [c for c in score.entry.key_result.check_ins if not first <= c.date <= last]


def _add_days(day: date, days: timedelta) -> date:
    try:
        return day + days
    except OverflowError:  # a cycle may begin on 0001-01-01, or end on 9999-12-31
        return day


def _finding(ref: str, outside: list[CheckIn], period: Period) -> Finding:
    first, *others = outside
    message = f"The check-in of {first.date} lies outside the cycle"
    if others:
        message = f"{len(outside)} check-ins, as that of {first.date}, lie outside the cycle"
    return Finding(
        ref,
        span_of_field(first.at, "date"),
        f"{message} ({period.start} to {period.end}) and {_count_words(outside)}.",
        date_hint(
            first.date, period, "Correct the date, or move it to the file of the cycle it is from."
        ),
        tuple(Related(span_of_field(other.at, "date"), "outside as well") for other in others),
    )


def _count_words(outside: list[CheckIn]) -> str:
    return "doesn't count" if len(outside) == 1 else "don't count"


def _finding_for_file(
    ref: str, by_key_result: list[list[CheckIn]], period: Period, subject: Subject
) -> Finding:
    """Return one finding for a file with many: it was probably copied from another cycle."""
    outside = [check_in for given in by_key_result for check_in in given]
    first = outside[0]
    where = f"outside the cycle ({period.start} to {period.end})"
    source = _cycle_of_all(outside, subject)
    hint = "Correct the dates, or move the check-ins to the files of the cycles they are from."
    if source is not None:
        hint = (
            f"All are from {source.title}. If they were copied, remove them;"
            " `carried_over_from:` links a key result to the one of the cycle before."
        )
    return Finding(
        ref,
        span_of_field(first.at, "date"),
        f"{len(outside)} check-ins of {len(by_key_result)} key results lie {where} and don't"
        " count.",
        hint,
        tuple(
            Related(span_of_field(given[0].at, "date"), "outside as well")
            for given in by_key_result[1:]
        ),
    )


def _cycle_of_all(outside: list[CheckIn], subject: Subject) -> Cycle | None:
    """Return the shortest cycle in which all of these days lie; None where there is none."""
    days = [check_in.date for check_in in outside]
    around = [
        (cycle.period.days, cycle)
        for cycle in subject.scores.workspace.cycles
        if cycle.period and cycle.period.start <= min(days) and max(days) <= cycle.period.end
    ]
    return min(around, key=lambda each: each[0])[1] if around else None
