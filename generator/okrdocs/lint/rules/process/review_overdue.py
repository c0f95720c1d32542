"""The review in mid-cycle was due, and nothing is noted of it.

Half-way through, it is known which bets don't pay off, and there is still time to shift people, to
change a target openly or to drop something. Without this hour, the same things are found out at the
end, when they are only history.

Hold it, and write into `review:` of `cycle.yml` what was decided for each key result that is in
danger. If it was held, its date will do. The rule waits for `days` after the review's date. That
date is `review_date`, else in a quarter the week that `review_week` below `cadence:` gives, and in
another cycle its middle.

Source: Niven and Lamorte, *Objectives and Key Results* (2016), on the mid-quarter review.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from okrdocs.grading.results import CycleScore
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject
from okrdocs.lint.subjects.cycles import reporting_start, running_cycles, span_in_cycle_file
from okrdocs.problem import Severity
from okrdocs.workspace.calendar import Period

FAMILY = Family.PROCESS
SEVERITY = Severity.INFO
DATED = True
OPTIONS = RuleOptions(days=7)
_OBJECTIVES = """
    objectives:
      - {id: trust, title: Enterprises trust us with their data}
"""
VALID = (
    f"""
    # okr.yml
    as_of: 2025-02-17
    # 2025-Q1/product.yml{_OBJECTIVES}
    """,
    f"""
    # okr.yml
    as_of: 2025-02-28
    # 2025-Q1/cycle.yml
    review: {{date: 2025-02-14}}
    # 2025-Q1/product.yml{_OBJECTIVES}
    """,
    f"""
    # okr.yml
    as_of: 2025-04-28
    # 2025/product.yml{_OBJECTIVES}
    """,
)
INVALID = (
    f"""
    # okr.yml
    as_of: 2025-02-28
    # 2025-Q1/product.yml{_OBJECTIVES}
    """,
    f"""
    # okr.yml
    as_of: 2025-07-28
    # 2025/product.yml{_OBJECTIVES}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find running cycles without `review:` more than `days` after its date."""
    for cycle, period in running_cycles(subject):
        due = _due_review_date(cycle, period)
        if due is not None and (subject.as_of - due).days > (subject.options.days or 0):
            yield Finding(
                cycle.cycle.id,
                span_in_cycle_file(cycle.cycle, "review_date", "status"),
                f"The review of {cycle.cycle.title} was due on {due}, and nothing is noted of it.",
                "Hold it this week and write `review: {date: …, decisions: […]}` into"
                " `cycle.yml`; if it was held, note its date.",
            )


def _due_review_date(cycle: CycleScore, period: Period) -> date | None:
    """Return the review's day where one is expected and not noted.

    None from before the beginning.
    """
    document, day = cycle.cycle.document, cycle.cycle.review_date
    if day is None or (document is not None and document.review is not None):
        return None
    stated = document is not None and document.review_date is not None
    if not stated and day < reporting_start(cycle, period):
        return None
    return day
