"""The key result is too long to be checked at a glance.

A key result is read every week, in tables and on a phone. One that runs on usually holds a second
result, the way to get there, or how it is counted. The second result becomes a key result of its
own, the way goes to `initiatives:`, the counting to `why:`.

`max` sets the limit in characters; links don't count.

Source: Doerr, *Measure What Matters* (2018): key results are succinct, specific, measurable. The
limit of 140 characters is our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.lint.english.text import parse_title
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.WORDING
SEVERITY = Severity.INFO
OPTIONS = RuleOptions(max=140)
VALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: reviews
            title: Deals in which the security review takes less than a week, from 20% to 70%
            baseline: 46%
            target: 70%
            why: >-
              Counted from the day on which the questionnaire arrives to the day on which the
              customer's security officer signs it off, as written down in the deal's notes.
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: reviews
            title: Reviews without a question
            baseline: 46%
            target: 70%
    """,
)
INVALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: reviews
            title: >-
              Deals in which the security review takes less than a week from the day on which the
              questionnaire arrives to the day on which the customer's officer signs it off
            baseline: 46%
            target: 70%
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find key results with more characters than `max`."""
    limit = subject.options.max or 0
    for score in subject.key_results():
        key_result = score.entry.key_result
        length = len(parse_title(key_result.title).plain)
        if length > limit:
            yield Finding(
                str(score.entry.ref),
                span_of_field(key_result.at, "title"),
                f"This key result has {length} characters; up to {limit} are read at a glance.",
                "Keep what is counted and how far. How it is counted goes to `why:`,"
                " work to `initiatives:`.",
            )
