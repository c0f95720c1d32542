"""The review was held, and nothing was decided about what is in danger.

A key result whose forecast lies far below its target at mid-cycle needs one of four answers: go on
because help is near, change the target, shift people, or drop it. Without an answer the answer is
"go on and hope".

Add the decision to `review:` of `cycle.yml`, with its reason. A decision about the objective covers
its key results, and so does a target that has been changed since. Which forecast is too low is set
by `review_below` below `grading:`. Values that stand below it only since then count as well.

Source: Doerr, *Measure What Matters* (2018), on tracking: continue, update, start or stop. The
forecast and its limit are our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from okrdocs.format.records import Review
from okrdocs.grading.results import CycleScore, KeyResultScore, State
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.cycles import running_cycles
from okrdocs.problem import Related, Severity

FAMILY = Family.PROCESS
SEVERITY = Severity.INFO
_KEY_RESULT = """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins: [{date: 2025-02-10, value: 1}]
"""
VALID = (
    f"""
    # 2025-Q1/cycle.yml
    review:
      date: 2025-02-11
      decisions: [{{ref: product/trust, decision: continue, reason: Four are signed}}]
    # 2025-Q1/product.yml{_KEY_RESULT}
    """,
    f"""
    # 2025-Q1/cycle.yml
    review_date: 2025-02-11
    # 2025-Q1/product.yml{_KEY_RESULT}
    """,
)
INVALID = (
    f"""
    # 2025-Q1/cycle.yml
    review: {{date: 2025-02-11, learnings: Auditors are booked for months}}
    # 2025-Q1/product.yml{_KEY_RESULT}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find key results below the limit of the review in running cycles that have had theirs."""
    limit = subject.scores.workspace.policy.review_below
    for cycle, _ in running_cycles(subject):
        document, review_day = cycle.cycle.document, cycle.cycle.reviewed_on
        review = document.review if document else None
        if review is None or review_day is None or review_day > subject.as_of:
            continue
        decided = set(cycle.cycle.decisions)
        for score in cycle.key_results():
            ref = score.entry.ref
            forecast = score.forecast
            open_one = score.state is State.GRADED and forecast is not None and forecast < limit
            if (
                open_one
                and not {ref, ref.parent} & decided
                and not _has_target_moved_since(score, review_day)
            ):
                yield _finding(cycle, score, review)


def _has_target_moved_since(score: KeyResultScore, review_day: date) -> bool:
    return any(change.date >= review_day for change in score.entry.key_result.target_changes)


def _finding(cycle: CycleScore, score: KeyResultScore, review: Review) -> Finding:
    forecast = score.forecast
    ref = score.entry.ref
    return Finding(
        str(ref),
        span_of_field(score.entry.key_result.at, "title"),
        f"This is heading for {forecast}, and the review of {cycle.cycle.title} decided nothing"
        " about it.",
        f"Add `{{ref: {ref.local_reference}, decision: …, reason: …}}` to the review in"
        " `cycle.yml`: continue, adjust, shift or drop.",
        (Related(span_of_field(review.at, "decisions", "date"), "the review"),),
    )
