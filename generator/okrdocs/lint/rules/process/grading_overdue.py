"""The cycle is over, the day for grades has passed, and it isn't closed.

Until a cycle is closed its grades may still change, and what was never reported isn't counted. Some
weeks later nobody remembers why a number stands where it does, and the next quarter is planned
without what this one has taught.

Enter the last values, talk about the grades for an hour, write the retrospective, and set `status:
closed` in `cycle.yml`. The day is `grading_date`, else as many days after the end as `grading_days`
below `cadence:` says. Drafts, backlogs and cycles without objectives pass. Of several such cycles
only the last two are named.

Source: Google re:Work, "Set goals with OKRs": grades are given at the end of each quarter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from okrdocs.format.records import CycleStatus
from okrdocs.grading.results import CycleScore
from okrdocs.lint.rule import Family, Finding, Subject
from okrdocs.lint.subjects.cycles import ended_cycles, span_in_cycle_file
from okrdocs.problem import Severity

FAMILY = Family.PROCESS
SEVERITY = Severity.WARNING
DATED = True
_OBJECTIVES = """
    objectives:
      - {id: trust, title: Enterprises trust us with their data}
"""
VALID = (
    f"""
    # okr.yml
    as_of: 2025-04-05
    # 2025-Q1/product.yml{_OBJECTIVES}
    """,
    f"""
    # okr.yml
    as_of: 2025-04-20
    # 2025-Q1/cycle.yml
    status: closed
    # 2025-Q1/product.yml{_OBJECTIVES}
    """,
    f"""
    # okr.yml
    as_of: 2025-04-20
    # 2025-Q1/cycle.yml
    status: grading
    grading_date: 2025-04-25
    # 2025-Q1/product.yml{_OBJECTIVES}
    """,
)
INVALID = (
    f"""
    # okr.yml
    as_of: 2025-04-20
    # 2025-Q1/cycle.yml
    status: active
    # 2025-Q1/product.yml{_OBJECTIVES}
    """,
    f"""
    # okr.yml
    as_of: 2025-04-20
    # 2025-Q1/product.yml{_OBJECTIVES}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find the last cycles that are over, past their grading date, and not closed."""
    for cycle in ended_cycles(subject):
        if not _is_overdue(cycle, subject.as_of):
            continue
        yield Finding(
            cycle.cycle.id,
            span_in_cycle_file(cycle.cycle, "status"),
            f"{cycle.cycle.title} is over, its grades were due on {cycle.cycle.grading_date},"
            " and it isn't closed.",
            "Enter the last values, write the retrospective, and set `status: closed` in"
            " `cycle.yml`.",
        )


def _is_overdue(cycle: CycleScore, as_of: date) -> bool:
    day = cycle.cycle.grading_date
    is_open = cycle.cycle.status_on(as_of) is not CycleStatus.CLOSED
    return day is not None and as_of > day and is_open
