"""Two values for the same day.

Only one of them counts, the one that stands later in the file; whoever reads the other is misled,
and nobody can tell whether it was a correction or a mistake.

Keep the one that holds. If it changed in the course of the day, the note can say so. Two check-ins
of one day pass where only one of them gives a value and the other comments.

Source: our own rule; the page on grading says which of two values counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from okrdocs.blanks import is_blank
from okrdocs.lint.rule import Family, Finding, Subject, place
from okrdocs.model import CheckIn
from okrdocs.problem import Related, Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
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
    """Days of a key result with several values: the one that doesn't count, beside the other."""
    for score in subject.key_results():
        last: dict[date, CheckIn] = {}
        for check_in in score.entry.key_result.check_ins:
            if _text(check_in) is None:
                continue
            earlier = last.get(check_in.date)
            last[check_in.date] = check_in
            if earlier is not None:
                yield _finding(str(score.entry.ref), earlier, check_in)


def _text(check_in: CheckIn) -> str | None:
    if check_in.value is not None and not is_blank(check_in.value):
        return check_in.value
    return check_in.grade.text if check_in.grade else None


def _finding(ref: str, earlier: CheckIn, later: CheckIn) -> Finding:
    return Finding(
        ref,
        place(earlier.at, "value", "grade", "date"),
        f"There are two values for {later.date}: {_text(earlier)} here and {_text(later)} below,"
        " which counts.",
        "Keep the one that holds, or correct the date of the other.",
        (Related(place(later.at, "value", "grade", "date"), "this one counts"),),
    )
