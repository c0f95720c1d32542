"""All key results look back.

A lagging indicator, such as yearly revenue or churn, confirms after the fact: when it moves, the
weeks in which something could have been done are over. With nothing but those, every check-in says
"too early to tell" until it is too late. Add at least one number that moves within a week or two of
the work and that predicts the others: trials that reach a first success, calls answered in time.

Speaks only where every key result is marked `indicator: lagging`, and where there are two or more;
dropped ones don't count. A leading guardrail is a look ahead as well.

Source: Kaplan & Norton, *The Balanced Scorecard* (1996): outcome measures need performance drivers;
Grove, *High Output Management* (1983), on leading indicators.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import Indicator
from okrdocs.grading.results import State
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: stay
        title: Clinics never want to leave us
        key_results:
          - {id: churn, title: Monthly churn, baseline: 5%, target: 3%, indicator: lagging}
          - {id: use, title: Wards with daily use, baseline: 40%, target: 70%, indicator: leading}
    """,
    """
    objectives:
      - id: stay
        title: Clinics never want to leave us
        key_results:
          - {id: churn, title: Monthly churn, baseline: 5%, target: 3%, indicator: lagging}
          - {id: use, title: Wards with daily use, baseline: 40%, target: 70%}
    """,
)
INVALID = (
    """
    objectives:
      - id: stay
        title: Clinics never want to leave us
        key_results:
          - {id: churn, title: Monthly churn, baseline: 5%, target: 3%, indicator: lagging}
          - {id: renew, title: Clinics renew, baseline: 85%, target: 92%, indicator: lagging}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives of which two or more key results, and all, are marked as lagging."""
    for score in subject.objectives():
        kept = [kr.entry.key_result for kr in score.key_results if kr.state is not State.DROPPED]
        if len(kept) < 2 or any(
            key_result.indicator is not Indicator.LAGGING for key_result in kept
        ):
            continue
        yield Finding(
            str(score.entry.ref),
            span_of_field(score.entry.objective.at, "title"),
            f"All {len(kept)} key results of this objective are lagging: they move when it is too"
            " late to steer.",
            f"Add one that moves within two weeks and predicts “{kept[0].title}”, and mark it"
            " `indicator: leading`.",
        )
