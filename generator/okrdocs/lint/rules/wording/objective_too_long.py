"""The objective is too long to be remembered.

An objective that nobody can say from memory in week five doesn't guide anyone. A title that runs
on usually holds the reason or the method as well. They have places of their own: `why:` and
`initiatives:`.

Source: Wodtke, *Radical Focus* (2016): an objective is one sentence that people can recite.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.WORDING
SEVERITY = Severity.INFO
OPTIONS = RuleOptions(max=100)
VALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their most sensitive data
        why: Four of eleven lost deals failed on a security review.
    """,
)
INVALID = (
    """
    objectives:
      - id: trust
        title: >-
          Enterprises of all sizes in all our regions trust us with their most sensitive data,
          because we have passed every audit that they ask for
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives with more characters than `max`."""
    limit = subject.options.max or 0
    for score in subject.objectives():
        objective = score.entry.objective
        if len(objective.title) > limit:
            yield Finding(
                str(score.entry.ref),
                span_of_field(objective.at, "title"),
                f"This objective has {len(objective.title)} characters;"
                f" what people remember has at most {limit}.",
                "Say what will be true at the end. Reasons go to `why:`, work to `initiatives:`.",
            )
