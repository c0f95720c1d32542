"""This metric lacks its definition, or somebody who answers for it.

"Active users" are five numbers until somebody writes down who counts, since when, and what doesn't.
Without that two people bring two values, and the talk is about who is right. And a metric that
belongs to nobody is looked at by nobody: the first to notice that it fell is a customer.

Speaks of each metric in `metrics.yml` without `definition:` or without `owner:`. A team (`team:`)
answers, too; a formula alone is no definition, for it leaves open what its words count.

Source: Kaplan & Norton, *The Balanced Scorecard* (1996): each measure has a definition on which all
agree, and somebody who is responsible for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import Metric
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.metrics import metric_reference
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.INFO
VALID = (
    """
    # metrics.yml
    metrics:
      churn:
        name: Accounts that leave
        definition: Accounts that cancel in a month, of those at its beginning.
        owner: ada
      uptime:
        name: Uptime
        definition: Minutes in which people could sign in, of all minutes of the month.
        team: engineering
    """,
)
INVALID = (
    """
    # metrics.yml
    metrics:
      churn:
        name: Accounts that leave
        owner: ada
      uptime:
        name: Uptime
        formula: minutes up ÷ all minutes
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find metrics without a definition, or without an owner or team."""
    for health in subject.scores.metrics.values():
        missing = [*_missing_fields(health.metric)]
        if missing:
            lacks = "no" if len(missing) == 1 else "neither"
            yield Finding(
                metric_reference(health),
                span_of_field(health.metric.at, "name"),
                f"“{{name}}” has {lacks} {' nor '.join(missing)}.",
                "Write in a sentence what is counted and what isn't (`definition:`), and who"
                " looks after it (`owner:` or `team:`).",
                quoted=(("name", health.metric.name),),
                group=health.metric.at.path,
            )


def _missing_fields(metric: Metric) -> Iterator[str]:
    if not metric.definition:
        yield "definition"
    if not metric.owner and metric.team is None:
        yield "owner"
