"""The objective has more key results than anybody follows.

Every key result wants a number each week and somebody who asks about it. From the sixth on they are
mostly a list of all that can be measured, and the mean of seven grades moves for no single reason.
Keep the few that would convince a doubter that the objective is reached. Work goes to
`initiatives:`, what must merely not get worse becomes a guardrail.

Guardrails and dropped key results don't count. The finding stands at the first key result that is
one too many. `max` sets the limit.

Source: Google re:Work, "Set goals with OKRs": about three key results for each objective; Doerr,
*Measure What Matters* (2018): no more than five.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.grading.results import State
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(max=5)
VALID = (
    """
    objectives:
      - id: start
        title: The first hour with us feels effortless
        key_results:
          - {id: setup, title: Set-up within a day, baseline: 60%, target: 75%}
          - {id: first, title: First report after, baseline: 14 days, target: 7 days}
          - {id: rating, title: New customers rate us, baseline: 6.5/10, target: 8/10}
          - {id: calls, title: Calls for help in the first week, baseline: "300", target: "120"}
          - {id: invites, title: Newcomers who invite somebody, baseline: 12%, target: 30%}
          - {id: refunds, title: Refunds stay rare, target: ≤2%, guardrail: true}
    """,
    """
    objectives:
      - id: start
        title: The first hour with us feels effortless
        key_results:
          - {id: setup, title: Set-up within a day, baseline: 60%, target: 75%}
          - {id: first, title: First report after, baseline: 14 days, target: 7 days}
    """,
)
INVALID = (
    """
    objectives:
      - id: start
        title: The first hour with us feels effortless
        key_results:
          - {id: setup, title: Set-up within a day, baseline: 60%, target: 75%}
          - {id: first, title: First report after, baseline: 14 days, target: 7 days}
          - {id: rating, title: New customers rate us, baseline: 6.5/10, target: 8/10}
          - {id: calls, title: Calls for help in the first week, baseline: "300", target: "120"}
          - {id: invites, title: Newcomers who invite somebody, baseline: 12%, target: 30%}
          - {id: mobile, title: Newcomers who begin on the phone, baseline: 10%, target: 25%}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find the first key result beyond `max` of each objective of a dated cycle."""
    limit = subject.options.max or 0
    for score in subject.objectives(undated=False):
        kept = [
            key_result
            for key_result in score.key_results
            if key_result.state is not State.DROPPED and not key_result.entry.key_result.guardrail
        ]
        if len(kept) > limit:
            first = kept[limit].entry
            yield Finding(
                str(first.ref),
                span_of_field(first.key_result.at, "title"),
                f"“{score.entry.objective.title}” has {len(kept)} key results;"
                f" more than {limit} are hard to follow.",
                "Keep those that would convince a doubter. Work goes to `initiatives:`, what must"
                " only not get worse becomes a `guardrail: true`.",
            )
