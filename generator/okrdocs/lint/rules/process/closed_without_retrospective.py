"""A cycle was closed without noting what it has taught.

The grade says how far one came. Why, and what to do differently, only people know, and only for a
few weeks. Teams that leave this out make the same mistake four times a year.

Write `retrospective:` into `cycle.yml`, or into a team's file: what worked, what didn't, whether
the targets were right; three lines are enough. One of either is enough too. Only the last two
closed cycles are looked at: what lies before is past.

Source: Doerr, *Measure What Matters* (2018), on reflection after scoring.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.lint.rule import Family, Finding, Subject
from okrdocs.lint.subjects.cycles import latest_closed_cycles, span_in_cycle_file
from okrdocs.problem import Severity
from okrdocs.workspace.workspace import Cycle

FAMILY = Family.PROCESS
SEVERITY = Severity.INFO
_OBJECTIVES = """
    objectives:
      - {id: trust, title: Enterprises trust us with their data}
"""
VALID = (
    f"""
    # 2024-Q4/cycle.yml
    status: closed
    retrospective: {{did_not: Two owners for one result}}
    # 2024-Q4/product.yml{_OBJECTIVES}
    """,
    f"""
    # 2024-Q4/cycle.yml
    status: closed
    # 2024-Q4/product.yml{_OBJECTIVES}
    retrospective: {{worked: [Weekly talks with three customers]}}
    """,
)
INVALID = (
    f"""
    # 2024-Q4/cycle.yml
    status: closed
    # 2024-Q4/product.yml{_OBJECTIVES}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find the last closed cycles without a retrospective of their own or of a team."""
    for score in latest_closed_cycles(subject):
        if any(score.objectives()) and not _has_retrospective(score.cycle):
            yield Finding(
                score.cycle.id,
                span_in_cycle_file(score.cycle, "status"),
                f"{score.cycle.title} is closed, and nothing is noted of what it has taught.",
                "Add `retrospective: {worked: […], did_not: […], ambition: …}` to `cycle.yml`;"
                " three lines are enough.",
            )


def _has_retrospective(cycle: Cycle) -> bool:
    documents = (cycle.document, *(team.document for team in cycle.teams))
    return any(
        document is not None
        and (given := document.retrospective) is not None
        and bool(given.worked or given.did_not or given.contributed or given.ambition)
        for document in documents
    )
