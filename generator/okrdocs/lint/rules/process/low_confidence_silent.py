"""Confidence has collapsed between two check-ins, and nothing says why.

The number is the question, the sentence is the answer. When 80% becomes 40% something has happened,
and those who could help need to know what, not how much.

Say it in a `note:` or as a `blockers:` of that check-in; any words in it will do. `share` is the
drop from which on the rule asks, at first 30 points. Only the two latest check-ins with a
confidence are looked at.

Source: Wodtke, *Radical Focus* (2016): confidence is rated each week so that people talk about why
it moved. The threshold is our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from okrdocs.format.records import CheckIn
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.lint.subjects.check_ins import check_ins_until, contains_explanation
from okrdocs.problem import Related, Severity

FAMILY = Family.PROCESS
SEVERITY = Severity.INFO
OPTIONS = RuleOptions(share=Fraction(3, 10))
_BEFORE = """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins:
              - {date: 2025-02-03, value: 4, confidence: 80%}
"""
VALID = (
    f"""{_BEFORE}
              - {{date: 2025-02-10, value: 4, confidence: 40%, note: The auditor has resigned}}
    """,
    f"""{_BEFORE}
              - {{date: 2025-02-10, value: 4, confidence: 60%}}
    """,
)
INVALID = (
    f"""{_BEFORE}
              - {{date: 2025-02-10, value: 4, confidence: 40%}}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find open key results whose confidence fell by `share` in the latest step, unexplained."""
    limit = subject.options.share or Fraction(0)
    for cycle, team in subject.teams():
        if cycle.final:
            continue
        for score in team.key_results():
            check_ins = check_ins_until(score.entry.key_result, subject.as_of, cycle.cycle)
            rated = [check_in for check_in in check_ins if check_in.confidence is not None]
            if score.dropped is not None or len(rated) < 2 or contains_explanation(rated[-1]):
                continue
            if _confidence_value(rated[-2]) - _confidence_value(rated[-1]) >= limit:
                yield _finding(str(score.entry.ref), rated[-2], rated[-1])


def _confidence_value(check_in: CheckIn) -> Fraction:
    given = check_in.confidence
    return given.value if given is not None and given.value is not None else Fraction(0)


def _finding(ref: str, before: CheckIn, after: CheckIn) -> Finding:
    was = before.confidence.text if before.confidence else ""
    now = after.confidence.text if after.confidence else ""
    return Finding(
        ref,
        span_of_field(after.at, "confidence"),
        f"Confidence fell from {was} to {now} by {after.date}, and nothing says why.",
        "Add a `note:`: what has happened, and what would help?",
        (Related(span_of_field(before.at, "confidence"), "the check-in before"),),
    )
