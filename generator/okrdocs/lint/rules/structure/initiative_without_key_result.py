"""The initiative doesn't say which key result it moves.

An initiative is a bet: this work will move that number. Work without a number beside it can't be
judged, so that it is never stopped, and when the number stands still nobody knows what to change.
Say which key result it is meant to move, if possible by how much, or ask why it is done.

Speaks only where another initiative of the same objective names its key result and there are two or
more to choose from. What is finished or stopped passes.

Source: Wodtke, *Radical Focus* (2016), on choosing the week's work by the key results that it
moves; that `moves:` elsewhere makes the difference is our own rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import InitiativeStatus
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.INFO
VALID = (
    """
    objectives:
      - id: start
        title: The first hour with us feels effortless
        initiatives: [A guided tour, Fewer fields on the first form]
        key_results:
          - {id: setup, title: Set-up within a day, baseline: 60%, target: 75%}
          - {id: rating, title: New customers rate us, baseline: 6.5/10, target: 8/10}
    """,
    """
    objectives:
      - id: start
        title: The first hour with us feels effortless
        initiatives:
          - {title: A guided tour, moves: [{key_result: setup, by: +10 points}]}
          - {title: Mails in the first week, status: stopped}
        key_results:
          - {id: setup, title: Set-up within a day, baseline: 60%, target: 75%}
          - {id: rating, title: New customers rate us, baseline: 6.5/10, target: 8/10}
    """,
)
INVALID = (
    """
    objectives:
      - id: start
        title: The first hour with us feels effortless
        initiatives:
          - {title: A guided tour, moves: [{key_result: setup, by: +10 points}]}
          - Fewer fields on the first form
        key_results:
          - {id: setup, title: Set-up within a day, baseline: 60%, target: 75%}
          - {id: rating, title: New customers rate us, baseline: 6.5/10, target: 8/10}
    """,
)

_OVER = frozenset({InitiativeStatus.DONE, InitiativeStatus.STOPPED})


def check(subject: Subject) -> Iterator[Finding]:
    """Find open initiatives without `moves:` beside others that have it."""
    for score in subject.objectives(undated=False):
        objective = score.entry.objective
        if len(objective.key_results) < 2 or not any(
            entry.moves for entry in objective.initiatives
        ):
            continue
        for initiative in objective.initiatives:
            if initiative.moves or initiative.status in _OVER:
                continue
            names = ", ".join(f"`{kr.id}`" for kr in objective.key_results[:3])
            yield Finding(
                str(score.entry.ref),
                span_of_field(initiative.at, "title"),
                f"“{initiative.title}” doesn't say which key result it is meant to move.",
                f"Add `moves: [{{key_result: …}}]` with one of {names}, or ask why it is done.",
            )
