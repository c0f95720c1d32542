"""Nothing in this tree of metrics tells anything early.

Revenue, churn and satisfaction say how the last months went. When they fall, what caused it is long
over. A leading metric moves first, and people can move it: trials begun this week, first calls.

Speaks of a tree in which every metric says whether it's leading or lagging, and all are lagging. A
leading metric that only `predicts:` one of the tree counts as one of it.

Source: Kaplan & Norton, *The Balanced Scorecard* (1996), on outcome measures without performance
drivers.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import Indicator
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.metrics import metric_ids_by_tree_top, metric_reference
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.INFO
VALID = (
    """
    # metrics.yml
    metrics:
      revenue: {name: Revenue, indicator: lagging, definition: Booked, owner: ada}
      trials: {name: Trials begun, indicator: leading, drives: revenue}
      churn: {name: Churn, indicator: lagging, drives: revenue}
    """,
    """
    # metrics.yml
    metrics:
      revenue: {name: Revenue, indicator: lagging}
      churn: {name: Churn, indicator: lagging, drives: revenue}
      usage: {name: Weekly use, indicator: leading, predicts: churn}
    """,
    """
    # metrics.yml
    metrics:
      revenue: {name: Revenue, indicator: lagging}
      churn: {name: Churn, drives: revenue}
    """,
)
INVALID = (
    """
    # metrics.yml
    metrics:
      revenue: {name: Revenue, indicator: lagging}
      churn: {name: Churn, indicator: lagging, drives: revenue}
      complaints: {name: Complaints, indicator: lagging, drives: churn}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find trees whose metrics are all lagging, reported at their top."""
    metrics = subject.scores.workspace.metrics
    for health, tree in metric_ids_by_tree_top(subject.scores):
        early = [name for name in metrics if not set(tree).isdisjoint(metrics[name].predicts)]
        if {metrics[name].indicator for name in (*tree, *early)} == {Indicator.LAGGING}:
            yield Finding(
                metric_reference(health),
                span_of_field(health.metric.at, "indicator", "name"),
                f"All {len(tree)} metrics of the tree below “{health.metric.name}” are lagging.",
                "Add one that moves first and that people can move, with `indicator: leading`"
                " and `drives:` or `predicts:`.",
            )
