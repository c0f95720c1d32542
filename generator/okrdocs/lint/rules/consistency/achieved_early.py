"""A count that is to fall is "achieved" long before the end.

"Incidents from 14 to 5" in the third week, with 1 incident so far: that is a grade of 1.00, and
nothing has been achieved. The baseline counts a whole quarter, the value a few days of one. Such a
count only grows until the end, and the grade falls from week to week.

Report the count as a rate ("1 incident a week"), compare it with a limit that is used up (`target:
≤5 incidents`), or report it at the end. The rule looks at counts whose very first value, in the
first half of the time, already meets a lower target, and that have never fallen since.

Source: our own rule and threshold.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from okrdocs.format.records import MeasureName
from okrdocs.grading.progress import compute_progress
from okrdocs.grading.quantity import Quantity
from okrdocs.grading.reported_values import ReportedValue
from okrdocs.grading.results import KeyResultScore
from okrdocs.grading.units import UnitKind
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.problem import Severity
from okrdocs.workspace.calendar import Period, elapsed_days

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.INFO
OPTIONS = RuleOptions(share=Fraction(1, 2))
_KEY_RESULT = """
    objectives:
      - id: calm
        title: Nobody is woken at night
        key_results:
          - id: incidents
            title: Incidents at night
            baseline: 14 incidents
            target: 5 incidents
"""
VALID = (
    f"""{_KEY_RESULT}
            check_ins:
              - {{date: 2025-01-20, value: 9 incidents}}
              - {{date: 2025-02-10, value: 4 incidents}}
    """,
)
INVALID = (
    f"""{_KEY_RESULT}
            check_ins:
              - {{date: 2025-01-20, value: 1 incident}}
              - {{date: 2025-02-10, value: 2 incidents}}
    """,
)
_COUNTS = frozenset({UnitKind.COUNT, UnitKind.NUMBER})


def check(subject: Subject) -> Iterator[Finding]:
    """Find counts to be lowered that have met their target since an early first value."""
    share = subject.options.share or Fraction(0)
    for cycle, team in subject.teams(undated=False):
        period = cycle.cycle.period
        if period is None or cycle.final:
            continue
        for score in team.key_results():
            first = _first_of_growing_total(score, subject.as_of)
            if first is not None and _elapsed_share(period, first.date) <= share:
                yield _finding(score, first, period)


def _first_of_growing_total(score: KeyResultScore, as_of: date) -> ReportedValue | None:
    """Return the first value of a count that meets a lower target and never fell; else None."""
    measure, measured = score.measure, score.measured
    if measure is None or measured is None or measure.name is not MeasureName.DECREASE:
        return None
    if measure.baseline is None or measure.baseline.kind not in _COUNTS:
        return None
    given = [v for v in measured.values_until(as_of) if isinstance(v.amount, Quantity)]
    amounts = [v.amount.value for v in given if isinstance(v.amount, Quantity)]
    if not given or amounts != sorted(amounts) or given[0].amount is None:
        return None
    return given[0] if compute_progress(measure, given[0].amount).p >= 1 else None


def _elapsed_share(period: Period, day: date) -> Fraction:
    return Fraction(*elapsed_days(period.start, period.end, day))


def _finding(score: KeyResultScore, first: ReportedValue, period: Period) -> Finding:
    days, total = elapsed_days(period.start, period.end, first.date)
    record = score.entry.key_result
    at = first.check_in.at if first.check_in else record.at
    return Finding(
        str(score.entry.ref),
        span_of_field(at, "value", "title"),
        f"With {days} of {total} days gone, {first.text} already met the target {record.target}:"
        " does the value count fewer days than the baseline?",
        "Report a rate, such as a week's count, or a total against a limit (`target: ≤…`).",
    )
