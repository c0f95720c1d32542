"""The objective holds a number that belongs in a key result.

An objective says where the team wants to be, in words that people repeat; the number that proves
it has a place of its own, with baseline, target and check-ins. An objective such as "Grow revenue
by 20%" is a key result in the wrong place: nothing is left to say why the number matters, nobody
can check in on it, and its own key results turn into a list of work.

Say what will be true for whom, and move the number to the first key result. Numbers that measure
nothing pass: names (ISO 27001, tier 1), dates and periods (Q1 2025, FY26, 24/7), ranks (top 10).

Source: Doerr, *Measure What Matters* (2018): objectives are the "what", key results carry the
numbers; Google re:Work, "Set goals with OKRs".
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.lint.english.numbers import is_amount_in_objective_title
from okrdocs.lint.english.text import parse_title
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.WORDING
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with ISO 27001 data, 24/7
    """,
    """
    objectives:
      - id: leader
        title: Be one of the top 10 employers of the region by the end of 2025
    """,
)
INVALID = (
    """
    objectives:
      - id: growth
        title: Grow revenue by 20% this year
    """,
    """
    objectives:
      - id: growth
        title: Double our revenue
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives whose titles state a measured aim."""
    for score in subject.objectives():
        objective = score.entry.objective
        text = parse_title(objective.title)
        if text.english and is_amount_in_objective_title(text):
            yield Finding(
                str(score.entry.ref),
                span_of_field(objective.at, "title"),
                f"“{text.plain}” states a number; that is what key results are for.",
                "Say in words what will be better and for whom; move the number to a key result.",
            )
