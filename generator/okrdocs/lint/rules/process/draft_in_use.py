"""The cycle has begun, and its document is still a draft.

A draft is what one may still argue about. As long as the document says so, nobody has to hold to
it; missing numbers only warn, and the pages don't show it as the current cycle.

Agree, and set `status: active` in `cycle.yml`. The rule waits for `days` after the first day, and
speaks at once where values are being reported. A backlog without dates may stay a draft forever.

Source: Doerr, *Measure What Matters* (2018), "A typical OKR cycle": OKRs are agreed by the start of
the quarter; the number of days is our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import CycleStatus
from okrdocs.grading.results import CycleScore
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject
from okrdocs.lint.subjects.cycles import span_in_cycle_file
from okrdocs.problem import Severity

FAMILY = Family.PROCESS
SEVERITY = Severity.WARNING
DATED = True
OPTIONS = RuleOptions(days=7)
_OBJECTIVES = """
    objectives:
      - {id: trust, title: Enterprises trust us with their data}
"""
VALID = (
    f"""
    # okr.yml
    as_of: 2025-01-08
    # 2025-Q1/cycle.yml
    status: draft
    # 2025-Q1/product.yml{_OBJECTIVES}
    """,
    f"""
    # backlog/cycle.yml
    status: draft
    undated: true
    # backlog/product.yml{_OBJECTIVES}
    """,
)
INVALID = (
    f"""
    # 2025-Q1/cycle.yml
    status: draft
    # 2025-Q1/product.yml{_OBJECTIVES}
    """,
    """
    # okr.yml
    as_of: 2025-01-07
    # 2025-Q1/cycle.yml
    status: draft
    # 2025-Q1/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins: [{date: 2025-01-06, value: 1}]
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find drafts whose cycle has begun `days` ago, or that hold values of it."""
    for score in subject.cycles:
        period = score.cycle.period
        if period is None or score.cycle.status is not CycleStatus.DRAFT:
            continue
        if subject.as_of < period.start or not any(score.objectives()):
            continue
        days = (subject.as_of - period.start).days
        if days > (subject.options.days or 0) or _has_values_of_its_period(score):
            yield Finding(
                score.cycle.id,
                span_in_cycle_file(score.cycle, "status"),
                f"{score.cycle.title} began on {period.start}, and its document is still a draft.",
                "Once it is agreed, set `status: active` in `cycle.yml`.",
            )


def _has_values_of_its_period(score: CycleScore) -> bool:
    period = score.cycle.period
    return period is not None and any(
        key_result.value is not None and key_result.value.date >= period.start
        for key_result in score.key_results()
    )
