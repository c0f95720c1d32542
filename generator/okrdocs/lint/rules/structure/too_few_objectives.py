"""There are fewer objectives than the cycle needs.

A file without any objective looks as if somebody meant to come back: nobody can tell whether the
team has nothing to change this quarter or has forgotten to say so. Agree on what should be
different at the end of the cycle, or delete the file.

A single objective passes, as focus is a virtue: the books disagree whether a company should have
one or three. So do drafts and undated backlogs, and objectives that were dropped later still count.
`min` sets the limit for teams, `company_min` the company's own: 1 each, our own threshold. Whoever
follows Doerr sets `company_min: 3`.

Source: Doerr, *Measure What Matters* (2018): three to five objectives at each level; for the
opposite view Wodtke, *Radical Focus* (2016): one for the whole company.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import CycleStatus
from okrdocs.lint.rule import (
    Family,
    Finding,
    RuleOptions,
    Subject,
    span_of_field,
    span_of_file_start,
)
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.INFO
OPTIONS = RuleOptions(min=1, company_min=1)
VALID = (
    """
    objectives:
      - {id: trust, title: Enterprises trust us with their data}
    """,
    """
    # 2025-Q1/company.yml
    objectives:
      - {id: trust, title: Enterprises trust us with their data}
    """,
    """
    summary: We begin in April.
    # 2025-Q1/cycle.yml
    status: draft
    """,
)
INVALID = (
    """
    # 2025-Q1/company.yml
    objectives:
      - {id: trust, title: Enterprises trust us with their data}
    # okr.yml
    rules:
      too-few-objectives: {company_min: 3}
    """,
    """
    summary: What we want to change this quarter.
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find teams below `min` (or `company_min`) in dated cycles that are no drafts."""
    for cycle, team in subject.teams(undated=False):
        own = team.entry.id == subject.scores.workspace.company
        least = (subject.options.company_min if own else subject.options.min) or 0
        name, there = team.entry.team.name, len(team.objectives)
        if there >= least or cycle.cycle.status is CycleStatus.DRAFT:
            continue
        first = team.objectives[0].entry if there else None
        many = {0: "no objective", 1: "one objective"}.get(there, f"{there} objectives")
        yield Finding(
            str(first.ref) if first else f"{cycle.cycle.id}:{team.entry.id}",
            span_of_field(first.objective.at, "title")
            if first
            else span_of_file_start(team.entry.path),
            f"{name} has {many} in {cycle.cycle.id}; {least} or more were expected.",
            "Add what else should be different at the end of the cycle."
            if there
            else "Add what should be different at the end of the cycle, or delete the file.",
        )
