"""The colour of a check-in contradicts its confidence or forecast.

Red with 90% confidence, or green with a forecast of 0.2: one of the two is wrong, and each reader
picks the one that suits. Usually the number was changed and the colour left from last week.

Decide what you believe and set both. A red that is about to be solved is yellow; a green that
nobody believes in isn't green. Red with a confidence of 80% or more and green with 30% or less are
named; the same for a forecast that reaches what is aimed for, or lies below the limit of the
review. Only the latest check-in is looked at.

Source: Wodtke, *Radical Focus* (2016), on rating one's confidence each week; the limits are our
own.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from okrdocs.format.records import CheckIn, Commitment, Rag
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.check_ins import check_ins_until
from okrdocs.problem import Severity
from okrdocs.workspace.grading_policy import Policy

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - id: deals
            title: Signed contracts
            target: 20 contracts
            check_ins:
              - {date: 2025-02-10, value: 6, rag: yellow, confidence: 80%}
    """,
    """
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - id: deals
            title: Signed contracts
            target: 20 contracts
            check_ins:
              - {date: 2025-02-03, value: 5, rag: red, confidence: 90%}
              - {date: 2025-02-10, value: 6, rag: green, confidence: 50%, forecast: 0.7}
    """,
)
INVALID = (
    """
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - id: deals
            title: Signed contracts
            target: 20 contracts
            check_ins:
              - {date: 2025-02-10, value: 6, rag: red, confidence: 90%}
    """,
    """
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - id: deals
            title: Signed contracts
            target: 20 contracts
            check_ins:
              - {date: 2025-02-10, value: 9, rag: green, forecast: 0.2}
    """,
)
_HIGH, _LOW = Fraction(8, 10), Fraction(3, 10)


def check(subject: Subject) -> Iterator[Finding]:
    """Find latest check-ins whose colour contradicts their confidence or forecast."""
    policy = subject.scores.workspace.policy
    for objective in subject.objectives():
        for score in objective.key_results:
            check_ins = check_ins_until(score.entry.key_result, subject.as_of)
            if score.dropped is not None or not check_ins or check_ins[-1].rag is None:
                continue
            contradiction = _contradicting_answer(check_ins[-1], score.commitment, policy)
            if contradiction:
                yield Finding(
                    str(score.entry.ref),
                    span_of_field(check_ins[-1].at, "rag"),
                    f"This check-in is {check_ins[-1].rag} with {contradiction}.",
                    "Decide what you believe and set both to it.",
                )


def _contradicting_answer(check_in: CheckIn, commitment: Commitment, policy: Policy) -> str:
    confidence, forecast = check_in.confidence, check_in.forecast
    red, green = check_in.rag is Rag.RED, check_in.rag is Rag.GREEN
    if confidence is not None and confidence.value is not None:
        value = confidence.value
        if (red and value >= _HIGH) or (green and value <= _LOW):
            return f"a confidence of {confidence.text}"
    if forecast is not None and forecast.value is not None:
        value = forecast.value
        if (red and value >= policy.aims[commitment]) or (green and value < policy.review_below):
            return f"a forecast of {forecast.text}"
    return ""
