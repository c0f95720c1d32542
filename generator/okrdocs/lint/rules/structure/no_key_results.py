"""The objective has no key results.

Without a key result nobody can tell in the last week whether the objective was reached, and in week
five nobody can tell whether help is needed. What remains is an opinion. Ask "how would a stranger
see that it came true?" and write the two or three best answers below `key_results:`.

An undated backlog may hold mere ideas, and a dropped objective needs nothing any more. A draft is
told too: it is the time to find the numbers.

Source: Grove, *High Output Management* (1983): a key result tells whether you are getting there;
Doerr, *Measure What Matters* (2018), quoting Marissa Mayer: "It's not a key result unless it has a
number".
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.lint.rule import Family, Finding, Subject, span_of_field, team_group
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - {id: audits, title: Audits passed on the first try, target: 3 audits}
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        dropped: {date: 2025-02-03, reason: The audit moves to the autumn}
    """,
    """
    # ideas/cycle.yml
    schema: 1
    undated: true
    # ideas/product.yml
    objectives:
      - {id: trust, title: Enterprises trust us with their data}
    """,
)
INVALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives of dated cycles without any key result."""
    for score in subject.objectives(undated=False):
        objective = score.entry.objective
        if not score.entry.key_results:
            work = "Its initiatives say what is done, not what changes." * bool(
                objective.initiatives
            )
            yield Finding(
                str(score.entry.ref),
                span_of_field(objective.at, "title"),
                " ".join(filter(None, ("Nothing says when this objective is reached.", work))),
                "Add `key_results:` with the two or three numbers by which a stranger would see"
                " that it came true.",
                group=team_group(score.entry.ref),
            )
