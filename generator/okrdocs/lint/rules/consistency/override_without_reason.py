"""A grade was given by hand, and nothing says why.

A grade by hand replaces the formula. A year later, and often a week later, nobody remembers what
was known that the numbers didn't show; without it the grade looks like a wish.

Write one sentence into `reason:`, such as "the survey came in after the quarter's end". Grades of
`measure: judged` stand in check-ins and have a note of their own; they aren't meant here. To leave
something out with `n/a` already requires a reason. Where no value was reported there is nothing
that the grade replaces, and where both agree (0.7 for a formula's 0.67) nothing to explain.

Source: Doerr, *Measure What Matters* (2018), on self-assessment beside the score.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from okrdocs.format.records import Override
from okrdocs.grading.results import KeyResultScore, ObjectiveScore
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            grade: {value: 0.8, reason: The last four reports arrived after the deadline}
            check_ins:
              - {date: 2025-02-10, value: 4}
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: story
            title: Customers retell our security story
            measure: judged
            check_ins:
              - {date: 2025-02-10, grade: 0.4, note: Three of seven did}
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - {id: audits, title: Customers with a passed audit, baseline: 0, target: 10, grade: 0.8}
          - id: answers
            title: Days until a question is answered
            baseline: 9
            target: 3
            grade: 0.7
            check_ins:
              - {date: 2025-02-10, value: 5}
    """,
)
INVALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            grade: 0.8
            check_ins:
              - {date: 2025-02-10, value: 4}
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        grade: {value: 0.5, by: ada}
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins:
              - {date: 2025-02-10, value: 2}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find overrides of objectives and key results without a reason."""
    for objective in subject.objectives():
        scores: tuple[ObjectiveScore | KeyResultScore, ...]
        scores = (objective, *objective.key_results)
        for score in scores:
            override = score.override
            if override is not None and not override.reason and not _agrees(score, override):
                yield Finding(
                    str(score.entry.ref),
                    span_of_field(override.at, "value"),
                    f"The grade {override.value.text} was given by hand"
                    f"{_replaced_formula_text(score)}, and nothing says why.",
                    f"Write `grade: {{value: {override.value.text}, reason: …}}`, or remove it"
                    " and let the numbers speak.",
                )


def _agrees(score: ObjectiveScore | KeyResultScore, override: Override) -> bool:
    """Return whether there is nothing to explain: no grade of the formula's, or the same one.

    A grade with one decimal agrees with all that round to it.
    """
    given = override.value.value
    if score.formula is None or given is None:
        return True
    step = Fraction(1, 10 if (given * 10).denominator == 1 else 100)
    return abs(Fraction(score.formula) - given) <= step / 2


def _replaced_formula_text(score: ObjectiveScore | KeyResultScore) -> str:
    differs = score.formula is not None and score.formula != score.grade
    return f" instead of the formula's {score.formula}" if differs else ""
