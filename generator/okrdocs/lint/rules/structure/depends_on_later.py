"""It depends on something that comes only afterwards.

What is due in February can't wait for what is due in March. As long as nobody compares the dates,
both teams are on plan and one of them is bound to be late. Agree on an earlier date for what is
needed, move the own one, or plan without it.

Compared are the days on which both end: `due:` of a key result, else the last day of its cycle.
What is needed and already reached (graded 1.00) or dropped passes; for the latter see
`depends-on-dropped`. Plain text has no date.

Source: Doerr, *Measure What Matters* (2018), on dependencies that nobody sees as the first cause of
delay. That dates are compared is our own rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from okrdocs.grading.results import KeyResultScore, Scores, State
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.references import (
    ReferencedScore,
    record_of_score,
    referenced_score,
    scores_not_dropped,
)
from okrdocs.problem import Related, Severity
from okrdocs.workspace.workspace import Need, ResolvedRef

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
VALID = (
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
          - {id: tokyo, title: Tokyo takes traffic, target: done, due: 2025-02-28}
    """,
    """
    objectives:
      - id: asia
        title: Clinics in Asia work as fast as those in Europe
        key_results:
          - id: pilot
            title: Clinics in Tokyo that work with us
            target: 5 clinics
            due: 2025-02-28
            dependencies: [engineering/scale#tokyo]
    # 2025-Q1/engineering.yml
    objectives:
      - id: scale
        title: We run wherever our customers are
        key_results:
          - id: tokyo
            title: Tokyo takes traffic
            target: done
            check_ins: [{date: 2025-02-10, value: done}]
    """,
)
INVALID = (
    """
    objectives:
      - id: asia
        title: Clinics in Asia work as fast as those in Europe
        key_results:
          - id: pilot
            title: Clinics in Tokyo that work with us
            target: 5 clinics
            due: 2025-02-28
            dependencies: [engineering/scale#tokyo]
    # 2025-Q1/engineering.yml
    objectives:
      - id: scale
        title: We run wherever our customers are
        key_results:
          - {id: tokyo, title: Tokyo takes traffic, target: done, due: 2025-03-21}
    """,
    """
    objectives:
      - id: asia
        title: Clinics in Asia work as fast as those in Europe
        dependencies: ["2025-Q2:engineering/scale"]
    # 2025-Q2/engineering.yml
    objectives:
      - {id: scale, title: We run wherever our customers are}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find dependencies that end after what depends on them."""
    cycles = subject.scores.workspace.cycles
    ends = {cycle.id: cycle.period.end for cycle in cycles if cycle.period}
    for score in subject.objectives(undated=False):
        for part in scores_not_dropped(score):
            if part.entry.needs:
                yield from _late_needs(part, ends, subject.scores)


def _late_needs(
    score: ReferencedScore, ends: Mapping[str, date], scores: Scores
) -> Iterator[Finding]:
    end = _due_or_cycle_end(score, ends)
    for need in score.entry.needs:
        needed = referenced_score(need.ref, scores)
        if needed is None or _is_settled(needed):
            continue
        later = _due_or_cycle_end(needed, ends)
        if end is not None and later is not None and later > end:
            yield _finding(score.entry.ref, need, needed, later, end)


def _finding(
    ref: ResolvedRef, need: Need, needed: ReferencedScore, later: date, end: date
) -> Finding:
    record = record_of_score(needed)
    return Finding(
        str(ref),
        span_of_field(need.dependency.at, "needs"),
        f"This ends on {end} and depends on “{record.title}”, which ends on {later}.",
        "Agree on an earlier `due:` for what is needed, move this one, or plan without it.",
        (Related(span_of_field(record.at, "due"), "what is needed"),),
    )


def _is_settled(score: ReferencedScore) -> bool:
    return score.state is State.DROPPED or score.grade == 1


def _due_or_cycle_end(score: ReferencedScore, ends: Mapping[str, date]) -> date | None:
    """Return the day on which it is due, else the last day of its cycle."""
    due = score.entry.key_result.due if isinstance(score, KeyResultScore) else None
    return due or ends.get(score.entry.ref.cycle)
