"""A date of the plan or of the record lies outside its cycle.

A key result that is due after the last day isn't due in this cycle at all; a target that changed
before the first day never held. Whoever reads such a date takes it for true, and the expected
progress is computed from it.

Nearly always the year or the month is mistyped. Where the date is right, what it belongs to stands
in the wrong cycle. Initiatives may run on beyond the end, and last steps may be done up to the day
on which grades are due. A step that was done before the first day doesn't count in this cycle.

Source: our own rule and thresholds; the page on grading says how a cycle's days are counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from okrdocs.format.records import (
    Drop,
    InitiativeStatus,
    KeyResult,
    Milestone,
    Objective,
    Override,
)
from okrdocs.grading.results import CycleScore, ObjectiveScore
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.cycles import last_day_of_values
from okrdocs.lint.subjects.date_typos import date_hint
from okrdocs.problem import Severity, Source
from okrdocs.workspace.calendar import Period
from okrdocs.workspace.workspace import Cycle

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
VALID = (
    """
    # 2025-Q1/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        initiatives:
          - {title: New data centre, due: 2025-09-30}
        key_results:
          - id: audit
            title: The audit is passed
            milestones:
              - {title: Auditor found, done: 2025-01-02}
              - {title: Report received, due: 2025-03-31}
    """,
    """
    # 2025-Q1/cycle.yml
    review_date: 2025-02-17
    grading_date: 2025-04-10
    # 2025-Q1/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            due: 2025-03-15
            target_changes: [{date: 2025-02-01, from: 12, reason: Two have left}]
    """,
)
INVALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audit
            title: The audit is passed
            milestones:
              - {title: Auditor found, done: 2025-01-20}
              - {title: Report received, due: 2024-03-20}
    """,
    """
    # 2025-Q1/cycle.yml
    review_date: 2025-05-12
    # 2025-Q1/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            due: 2025-04-30
    """,
)
_Dated = tuple[Source, str, date | None, str, bool]
"""A record, its field, the day, what it is in words, and whether it lies outside."""


def check(subject: Subject) -> Iterator[Finding]:
    """Find dates outside the cycle's days, one by one, of the cycle and of what it holds."""
    for cycle in subject.cycles:
        period = cycle.cycle.period
        if period is None:
            continue
        for ref, dated in _dates_of_cycle(cycle, period):
            at, field, day, what, outside = dated
            if day is not None and outside:
                yield Finding(
                    ref,
                    span_of_field(at, field),
                    f"{what} {day}, outside the cycle ({period.start} to {period.end}).",
                    date_hint(day, period, "Correct the date, or move this to its own cycle."),
                    group=f"{at.path}: {what}",
                )


def _dates_of_cycle(score: CycleScore, period: Period) -> Iterator[tuple[str, _Dated]]:
    for dated in _dates_of_cycle_file(score.cycle, period):
        yield score.cycle.id, dated
    last = last_day_of_values(score.cycle, period)
    for objective in score.objectives():
        yield from _dates_of_objective(objective, period, last)


def _dates_of_cycle_file(cycle: Cycle, period: Period) -> Iterator[_Dated]:
    document = cycle.document
    if document is None:
        return
    yield _check_date_in_period(
        document.at, "review_date", document.review_date, "The review is planned on", period
    )
    if document.review is not None:
        yield _check_date_in_period(
            document.review.at, "date", document.review.date, "The review was on", period
        )


def _check_date_in_period(
    at: Source, field: str, day: date | None, what: str, period: Period
) -> _Dated:
    return at, field, day, what, day is not None and not period.start <= day <= period.end


def _dates_of_objective(
    score: ObjectiveScore, period: Period, last: date
) -> Iterator[tuple[str, _Dated]]:
    objective = score.entry.objective
    ref = str(score.entry.ref)
    for initiative in objective.initiatives:
        over = initiative.status in {InitiativeStatus.DONE, InitiativeStatus.STOPPED}
        early = initiative.due is not None and initiative.due < period.start and not over
        yield ref, (initiative.at, "due", initiative.due, "This initiative is due on", early)
    yield from ((ref, dated) for dated in _dates_of_overrides(objective, period))
    for entry in score.entry.key_results:
        for dated in (
            *_dates_of_overrides(entry.key_result, period),
            *_dates_of_key_result(entry.key_result, period, last),
        ):
            yield str(entry.ref), dated


def _dates_of_overrides(record: Objective | KeyResult, period: Period) -> Iterator[_Dated]:
    """Yield a drop or a grade by hand from before the start; a late drop is an error elsewhere."""
    given: tuple[tuple[Drop | Override | None, str], ...] = (
        (record.dropped, "This was dropped on"),
        (record.grade, "This grade was given on"),
    )
    for override, what in given:
        if override is not None and override.date is not None:
            yield override.at, "date", override.date, what, override.date < period.start


def _dates_of_key_result(key_result: KeyResult, period: Period, last: date) -> Iterator[_Dated]:
    due = key_result.due
    late = due is not None and due > period.end
    yield key_result.at, "due", due, "This key result is due on", late
    for change in key_result.target_changes:
        yield _check_date_in_period(change.at, "date", change.date, "The target changed on", period)
    for milestone in key_result.milestones:
        yield from _dates_of_milestone(milestone, period, last)


def _dates_of_milestone(milestone: Milestone, period: Period, last: date) -> Iterator[_Dated]:
    yield _check_date_in_period(milestone.at, "due", milestone.due, "This step is due on", period)
    done = milestone.done
    if done is not None:
        outside = not period.start <= done <= last
        yield milestone.at, "done", done, "This step doesn't count: it was done on", outside
