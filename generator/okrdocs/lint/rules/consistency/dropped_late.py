"""Dropped, or left out, only after the review.

What is dropped doesn't count in the grade. In the middle of a quarter that is how OKRs stay
truthful: the world has moved. Near the end it is a way to lose a bad number, and the objective's
grade looks better than the quarter was.

If it ran nearly to the end, keep it, grade it as it stands, and say in its note what happened.
Where it really became pointless, leave `dropped:` and let the reason convince; pages show the grade
with and without it. What the review decided to drop passes, and so does what was dropped up to
`days` after it.

Source: Doerr, *Measure What Matters* (2018), on tracking: continue, update, start or stop.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import Decision
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.lint.subjects.flags import scores_with_flag
from okrdocs.problem import Severity
from okrdocs.workspace.workspace import Cycle, ResolvedRef

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(days=7)
VALID = (
    """
    # okr.yml
    as_of: 2025-03-25
    # 2025-Q1/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            dropped: {date: 2025-02-17, reason: The auditor left the market}
    """,
    """
    # okr.yml
    as_of: 2025-03-25
    # 2025-Q1/cycle.yml
    review:
      date: 2025-02-14
      decisions: [{ref: product/trust#audits, decision: drop}]
    # 2025-Q1/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            dropped: {date: 2025-03-20, reason: The auditor left the market}
    """,
)
INVALID = (
    """
    # okr.yml
    as_of: 2025-03-25
    # 2025-Q1/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            dropped: {date: 2025-03-20, reason: We won't make it}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find drops and `n/a` dated more than `days` after the review, which didn't decide them."""
    for cycle in subject.cycles:
        reviewed, decided = cycle.cycle.reviewed_on, _is_dropped_by_review(cycle.cycle)
        for score, flag in scores_with_flag((cycle,), "late-drop"):
            record, ref = score.dropped or score.override, score.entry.ref
            if record is None or record.date is None or reviewed is None:
                continue
            late = (record.date - reviewed).days > (subject.options.days or 0)
            if late and not decided & {ref, ref.parent}:
                yield Finding(
                    str(ref),
                    span_of_field(record.at, "date"),
                    flag.text,
                    "If it ran nearly to the end, remove this and grade it as it stands;"
                    " otherwise see that the reason convinces.",
                )


def _is_dropped_by_review(cycle: Cycle) -> set[ResolvedRef | None]:
    """Return what the review decided to drop."""
    review = cycle.document.review if cycle.document else None
    if review is None:
        return set()
    return {
        ref
        for ref, decision in zip(cycle.decisions, review.decisions, strict=True)
        if decision.decision is Decision.DROP
    }
