"""The objective serves something that was given up.

When the company drops an objective, the teams that worked for it often go on, because nobody told
them. That is weeks of work for nothing, and the quarter's best people may be among them. Ask what
the team's objective serves now: let it ladder up to that, or drop it as well.

An objective that was dropped itself passes, and so does one that also serves something alive: then
only the dead link has been left behind.

Source: Doerr, *Measure What Matters* (2018), on continuing, updating or stopping OKRs in mid-cycle.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.grading.results import State
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.references import record_of_score, referenced_score
from okrdocs.problem import Related, Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: start
        title: The first hour feels effortless
        ladders_up_to: [company/growth, company/trust]
    # 2025-Q1/company.yml
    objectives:
      - id: growth
        title: Clinics come to us by themselves
        dropped: {date: 2025-02-03, reason: Renewals come first now}
      - {id: trust, title: Hospitals trust us with their data}
    """,
    """
    objectives:
      - id: start
        title: The first hour feels effortless
        ladders_up_to: company/growth
        dropped: {date: 2025-02-04, reason: Nothing asks for it any more}
    # 2025-Q1/company.yml
    objectives:
      - id: growth
        title: Clinics come to us by themselves
        dropped: {date: 2025-02-03, reason: Renewals come first now}
    """,
)
INVALID = (
    """
    objectives:
      - {id: start, title: The first hour feels effortless, ladders_up_to: company/growth}
    # 2025-Q1/company.yml
    objectives:
      - id: growth
        title: Clinics come to us by themselves
        dropped: {date: 2025-02-03, reason: Renewals come first now}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives all of whose parents were dropped."""
    for score in subject.objectives():
        parents = [referenced_score(ref, subject.scores) for ref in score.entry.parents]
        if not parents or any(p is None or p.state is not State.DROPPED for p in parents):
            continue
        first, at = parents[0], score.entry.objective.at
        if first is not None:
            when = f" on {first.dropped.date}" if first.dropped else ""
            yield Finding(
                str(score.entry.ref),
                span_of_field(at, "ladders_up_to"),
                f"This objective serves “{record_of_score(first).title}”, which was dropped{when}.",
                "Let it ladder up to what counts now, or drop it as well.",
                (Related(span_of_field(record_of_score(first).at, "dropped"), "dropped here"),),
            )
