"""The cycle runs, and not everyone who was to approve it has.

Who has to say yes and hasn't may still say no. In week six that costs more than it would have in
week one: people have worked on the wrong thing, or wait.

Ask them, and give the approval its `date:`; or take the line out where nobody waits for it. The
rule waits for `days` after the start.

Source: Doerr, *Measure What Matters* (2018), "A typical OKR cycle": OKRs are agreed by the start of
the quarter; the number of days is our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import Approval
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.lint.subjects.cycles import reporting_start, running_cycles
from okrdocs.problem import Severity
from okrdocs.workspace.workspace import Cycle, Workspace

FAMILY = Family.PROCESS
SEVERITY = Severity.INFO
DATED = True
OPTIONS = RuleOptions(days=14)
_OBJECTIVES = """
    objectives:
      - {id: trust, title: Enterprises trust us with their data}
"""
VALID = (
    f"""
    # okr.yml
    as_of: 2025-01-15
    # 2025-Q1/cycle.yml
    approvals: [{{role: CEO, by: Ada Byron}}]
    # 2025-Q1/product.yml{_OBJECTIVES}
    """,
    f"""
    # 2025-Q1/cycle.yml
    approvals: [{{role: CEO, by: Ada Byron, date: 2025-01-05}}]
    # 2025-Q1/product.yml{_OBJECTIVES}
    """,
)
INVALID = (
    f"""
    # 2025-Q1/cycle.yml
    approvals:
      - {{role: CEO, by: Ada Byron, date: 2025-01-05}}
      - {{role: VP Sales, by: Ben Ode}}
      - role: VP Marketing
    # 2025-Q1/product.yml{_OBJECTIVES}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find running cycles with approvals without a date, `days` after the start: once each."""
    for cycle, period in running_cycles(subject):
        document = cycle.cycle.document
        missing = (
            [approval for approval in document.approvals if not approval.date] if document else []
        )
        since = (subject.as_of - reporting_start(cycle, period)).days
        if missing and since > (subject.options.days or 0):
            yield _finding(cycle.cycle, missing, since, subject.scores.workspace)


def _finding(cycle: Cycle, missing: list[Approval], since: int, workspace: Workspace) -> Finding:
    waits = "; ".join(_approver_in_words(approval, workspace) for approval in missing)
    return Finding(
        cycle.id,
        span_of_field(missing[0].at, "role"),
        f"{cycle.title} has been running for {since} days without approval by {waits}.",
        "Ask, and give the approval its `date:`; or remove the line where nobody waits for it.",
    )


def _approver_in_words(approval: Approval, workspace: Workspace) -> str:
    by = workspace.name_of(approval.by) if approval.by else ""
    return f"{approval.role} ({by})" if by and by != approval.role else approval.role
