"""An aspirational objective was reached in full: perhaps too easy.

An aspirational target is meant to be half out of reach; a good quarter ends near 0.7. Where each
key result of such an objective ends at exactly 1.00, people knew beforehand what they would get,
and nobody tried what might have failed.

Celebrate, and aim higher next time. Or, if it was a promise that had to be kept, say so: `type:
committed` aims at 1.00, and then it is no surprise. Single key results at 1.00 are no sign of
anything and pass, and so do targets that were only to be kept, and those that are done or not. Of
closed cycles only the last two are looked at.

Source: Google re:Work, "Set goals with OKRs": 0.6 to 0.7 is the sweet spot, and who always gets 1.0
doesn't aim high enough.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.grading.results import KeyResultScore, ObjectiveScore, State
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.cycles import ended_cycles
from okrdocs.problem import Severity

FAMILY = Family.PROCESS
SEVERITY = Severity.INFO
DATED = True
VALID = (
    """
    # 2024-Q4/cycle.yml
    status: closed
    # 2024-Q4/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        type: committed
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins: [{date: 2024-12-30, value: 10}]
    """,
    """
    # 2024-Q4/cycle.yml
    status: closed
    # 2024-Q4/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins: [{date: 2024-12-30, value: 12}]
          - id: questions
            title: Days until a security question is answered
            baseline: 9
            target: 2
            check_ins: [{date: 2024-12-30, value: 5}]
    """,
)
INVALID = (
    """
    # 2024-Q4/cycle.yml
    status: closed
    # 2024-Q4/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins: [{date: 2024-12-30, value: 12}]
          - id: questions
            title: Days until a security question is answered
            baseline: 9
            target: 2
            check_ins: [{date: 2024-12-30, value: 2}]
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives all of whose key results in the mean are flagged as perhaps too easy."""
    for cycle in ended_cycles(subject):
        for objective in cycle.objectives():
            counted = [score for score in objective.key_results if score.counts_in_mean]
            graded = objective.state is State.GRADED and not objective.override
            if graded and len(counted) > 1 and all(map(_has_too_easy_flag, counted)):
                yield _finding(objective, len(counted))


def _has_too_easy_flag(score: KeyResultScore) -> bool:
    return any(flag.code == "perhaps-too-easy" for flag in score.flags)


def _finding(objective: ObjectiveScore, count: int) -> Finding:
    return Finding(
        str(objective.entry.ref),
        span_of_field(objective.entry.objective.at, "type", "title"),
        f"All {count} key results of this aspirational objective reached exactly 1.00:"
        " perhaps too easy.",
        "Celebrate, and aim higher next time; if it was a promise, say `type: committed`.",
    )
