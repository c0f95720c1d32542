"""The dates of the cycle's document contradict each other.

A document can't be approved before it was begun, and no cycle can be graded before it is over. Such
dates come from a document that was copied from the quarter before, and a reader can't know which of
them to believe.

Correct the date that was left over. The rule compares `created` with `updated`, the approvals, the
change history and the comments of readers, and `grading_date` with the last day.

Source: our own rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import CycleDocument
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Related, Severity
from okrdocs.workspace.workspace import Cycle

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
VALID = (
    """
    # 2025-Q1/cycle.yml
    created: 2024-12-15
    updated: 2024-12-15
    grading_date: 2025-03-31
    approvals:
      - {role: CEO, date: 2024-12-15}
      - role: Board
    # 2025-Q1/product.yml
    objectives: []
    """,
    """
    # 2025-Q1/cycle.yml
    updated: 2025-01-10
    approvals: [{role: CEO, date: 2025-02-01}]
    # 2025-Q1/product.yml
    objectives: []
    """,
)
INVALID = (
    """
    # 2025-Q1/cycle.yml
    created: 2024-12-15
    approvals: [{role: CEO, date: 2024-09-20}]
    # 2025-Q1/product.yml
    objectives: []
    """,
    """
    # 2025-Q1/cycle.yml
    grading_date: 2025-01-05
    # 2025-Q1/product.yml
    objectives: []
    """,
    """
    # 2025-Q1/cycle.yml
    created: 2025-01-15
    updated: 2025-01-10
    # 2025-Q1/product.yml
    objectives: []
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find cycle documents graded before their end, approved or changed before they were begun."""
    for score in subject.cycles:
        if score.cycle.document is not None:
            yield from _grading_date_findings(score.cycle, score.cycle.document)
            yield from _creation_date_findings(score.cycle.id, score.cycle.document)


def _grading_date_findings(cycle: Cycle, document: CycleDocument) -> Iterator[Finding]:
    day, period = document.grading_date, cycle.period
    if day is not None and period is not None and day < period.end:
        yield Finding(
            cycle.id,
            span_of_field(document.at, "grading_date"),
            f"Grades are due on {day}, before the cycle is over ({period.end}).",
            "Correct the date, or remove it: it is then derived from `grading_days`.",
        )


def _creation_date_findings(ref: str, document: CycleDocument) -> Iterator[Finding]:
    created = document.created
    if created is None:
        return
    if document.updated is not None and document.updated < created:
        yield Finding(
            ref,
            span_of_field(document.at, "updated"),
            f"The document was updated on {document.updated}, before it was created ({created}).",
            "Correct one of the two dates.",
        )
    dated = [
        *((entry.date, entry.at, "an approval") for entry in document.approvals if entry.date),
        *((entry.date, entry.at, "a line of the change history") for entry in document.changes),
        *((entry.date, entry.at, "a reader's comment") for entry in document.document_reviews),
    ]
    day, at, what = min(dated, key=lambda entry: entry[0], default=(created, document.at, ""))
    if day < created:
        yield Finding(
            ref,
            span_of_field(document.at, "created"),
            f"The document was created on {created}, but there is {what} of {day}.",
            "Correct one of the two dates.",
            (Related(span_of_field(at, "date"), what),),
        )
