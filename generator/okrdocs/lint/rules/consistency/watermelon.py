"""Reported green, but behind by its own numbers.

Such a key result is called a watermelon: green outside, red inside. Nobody lies: the owner hopes to
catch up. But others look at the colour, and those who could help in week five learn of it in week
twelve.

Say yellow or red as soon as the number is behind what the calendar expects: that is how help is
asked for. Where the slope is meant to be flat at first, say so with a `plan:`, and the number is
compared with that. A value in the first tenth of the time is too early to be judged.

Source: Snow, Keil and Wallace, "The effects of optimistic and pessimistic biasing on software
project status reporting", *Information & Management* 44 (2007). The words of pace are our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs import words
from okrdocs.grading.results import KeyResultScore
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.flags import key_results_with_flag
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
            check_ins:
              - {date: 2025-02-10, value: 1, rag: yellow}
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            plan: [{date: 2025-02-28, value: 2}, {date: 2025-03-31, value: 10}]
            check_ins:
              - {date: 2025-02-10, value: 1, rag: green}
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
            check_ins:
              - {date: 2025-02-10, value: 1, rag: green, note: Will pick up}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find key results whose latest sign is green and whose pace is behind or at risk."""
    for score, _ in key_results_with_flag(subject.cycles, "watermelon"):
        pace = score.pacing.pace if score.pacing else None
        if pace is not None and score.owner.sign is not None:
            numbers = _value_and_grade_in_words(score)
            yield Finding(
                str(score.entry.ref),
                span_of_field(score.owner.sign.at, "rag"),
                f"Reported green, but {words.PACE_WORDS[pace]} by the numbers: {numbers}.",
                "Set `rag: yellow` or `red` so that help comes in time; if a slow start was"
                " planned, write it down as `plan:`.",
            )


def _value_and_grade_in_words(score: KeyResultScore) -> str:
    expected = score.pacing.expected if score.pacing else None
    text = score.value.text if score.value else ""
    target = score.measure.target_text if score.measure else ""
    of = f"{text} with a target of {target}" if target else text
    return of if expected is None else f"{of} is a grade of {score.grade}, expected {expected}"
