"""It depends on something that was given up.

Somebody upstream has stopped, and this team still counts on it. The later it notices, the fewer
ways are left. Talk to the others now: find another way to get what is needed, change the target, or
drop what can't be done any more.

What was dropped itself passes, and dependencies in plain text can't be followed.

Source: Doerr, *Measure What Matters* (2018), on dependencies that nobody sees as the first cause of
delay.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.grading.results import Scores, State
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.references import record_of_score, referenced_score, scores_not_dropped
from okrdocs.problem import Related, Severity
from okrdocs.workspace.workspace import Need, ResolvedRef

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: asia
        title: Clinics in Asia work as fast as those in Europe
        dependencies: [engineering/scale]
    # 2025-Q1/engineering.yml
    objectives:
      - {id: scale, title: We run wherever our customers are}
    """,
    """
    objectives:
      - id: asia
        title: Clinics in Asia work as fast as those in Europe
        dependencies: [engineering/scale]
        dropped: {date: 2025-02-04, reason: Without the region it can't be done}
    # 2025-Q1/engineering.yml
    objectives:
      - id: scale
        title: We run wherever our customers are
        dropped: {date: 2025-02-03, reason: The data centre was cancelled}
    """,
)
INVALID = (
    """
    objectives:
      - id: asia
        title: Clinics in Asia work as fast as those in Europe
        key_results:
          - id: speed
            title: Pages in Tokyo load within
            baseline: 900 ms
            target: 300 ms
            dependencies: [engineering/scale#tokyo]
    # 2025-Q1/engineering.yml
    objectives:
      - id: scale
        title: We run wherever our customers are
        key_results:
          - id: tokyo
            title: Tokyo takes traffic
            target: done
            dropped: {date: 2025-02-03, reason: The data centre was cancelled}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find dependencies on what was dropped, of what wasn't."""
    for score in subject.objectives():
        for part in scores_not_dropped(score):
            yield from _needs_of_dropped(part.entry.ref, part.entry.needs, subject.scores)


def _needs_of_dropped(
    ref: ResolvedRef, needs: tuple[Need, ...], scores: Scores
) -> Iterator[Finding]:
    for need in needs:
        needed = referenced_score(need.ref, scores)
        if needed is None or needed.state is not State.DROPPED:
            continue
        record = record_of_score(needed)
        reason = f" (“{needed.dropped.reason}”)" if needed.dropped else ""
        yield Finding(
            str(ref),
            span_of_field(need.dependency.at, "needs"),
            f"This depends on “{record.title}”, which was dropped{reason}.",
            "Find another way to get what is needed, change the target, or drop this as well.",
            (Related(span_of_field(record.at, "dropped"), "dropped here"),),
        )
