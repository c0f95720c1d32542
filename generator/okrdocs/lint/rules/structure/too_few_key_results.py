"""A single key result has to prove the whole objective.

One number rarely shows that something as wide as an objective has come true, and people soon serve
the number instead of the aim behind it. A second key result that looks from another side, such as
quality beside quantity, keeps the first one honest.

Guardrails count as that second look. Learning objectives pass: one question has one answer. An
objective without any key result is the matter of `no-key-results`. `min` sets the limit.

Source: Grove, *High Output Management* (1983), on pairing indicators; Google re:Work, "Set goals
with OKRs": about three key results for each objective. That one is too few is our own threshold.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import Commitment
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field, team_group
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.INFO
OPTIONS = RuleOptions(min=2)
VALID = (
    """
    objectives:
      - id: start
        title: The first hour with us feels effortless
        key_results:
          - {id: first, title: First report after, baseline: 14 days, target: 7 days}
          - {id: calls, title: Calls for help stay below, target: ≤120, guardrail: true}
    """,
    """
    objectives:
      - id: price
        title: We know what small clinics would pay
        type: learning
        key_results:
          - {id: talks, title: Clinics have told us what they pay today, target: 20 clinics}
    """,
    """
    objectives:
      - id: start
        title: The first hour with us feels effortless
    """,
)
INVALID = (
    """
    objectives:
      - id: start
        title: The first hour with us feels effortless
        key_results:
          - {id: first, title: First report after, baseline: 14 days, target: 7 days}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives of dated cycles with at least one key result and fewer than `min`."""
    least = subject.options.min or 0
    for score in subject.objectives(undated=False):
        objective, there = score.entry.objective, len(score.entry.key_results)
        if not 0 < there < least or objective.type is Commitment.LEARNING:
            continue
        many = "only one key result" if there == 1 else f"only {there} key results"
        yield Finding(
            str(score.entry.ref),
            span_of_field(objective.at, "title"),
            f"This objective has {many}: “{{title}}”.",
            "Add one that looks from another side: quality beside quantity, use beside delivery.",
            quoted=(("title", score.entry.key_results[0].key_result.title),),
            group=team_group(score.entry.ref),
        )
