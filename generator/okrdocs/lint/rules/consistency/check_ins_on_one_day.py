"""Two values for the same day.

Only one of them counts, the one that stands later in the file; whoever reads the other is misled,
and nobody can tell whether it was a correction or a mistake.

Keep the one that holds. If it changed in the course of the day, the note can say so. Two check-ins
of one day pass where only one of them gives a value and the other comments. The same goes for the
`values:` of a metric.

Source: our own rule; the page on grading says which of two values counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from okrdocs.format.records import CheckIn, MetricValue
from okrdocs.grading.blanks import is_blank
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.metrics import metric_reference
from okrdocs.problem import Related, Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
Dated = CheckIn | MetricValue
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
              - {date: 2025-02-10, value: 4}
              - {date: 2025-02-10, note: Two of them thanks to the new partner}
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
              - {date: 2025-02-09, value: 4}
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
        values: [{date: 2025-01-31, value: 5%}, {date: 2025-01-31, value: 4%}]
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
              - {date: 2025-02-10, value: 5}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find days with several values: the one that doesn't count, beside the other."""
    for score in subject.key_results():
        yield from _pairs_on_one_day(str(score.entry.ref), score.entry.key_result.check_ins)
    for health in subject.scores.metrics.values():
        yield from _pairs_on_one_day(metric_reference(health), health.metric.values)


def _pairs_on_one_day(about: str, given: Sequence[Dated]) -> Iterator[Finding]:
    last: dict[date, Dated] = {}
    for check_in in given:
        if _value_or_grade(check_in) is None:
            continue
        earlier = last.get(check_in.date)
        last[check_in.date] = check_in
        if earlier is not None:
            yield _finding(about, earlier, check_in)


def _value_or_grade(given: Dated) -> str | None:
    if given.value is not None and not is_blank(given.value):
        return given.value
    return given.grade.text if isinstance(given, CheckIn) and given.grade else None


def _finding(about: str, earlier: Dated, later: Dated) -> Finding:
    return Finding(
        about,
        span_of_field(earlier.at, "value", "grade", "date"),
        f"There are two values for {later.date}: {_value_or_grade(earlier)} here and"
        f" {_value_or_grade(later)} below, which counts.",
        "Keep the one that holds, or correct the date of the other.",
        (Related(span_of_field(later.at, "value", "grade", "date"), "this one counts"),),
    )
