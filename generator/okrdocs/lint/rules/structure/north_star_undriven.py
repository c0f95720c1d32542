"""Nothing says what moves the North Star.

One number for all is only of use where each team sees how its own work moves it. That is what input
metrics are for: a handful that people can move, and that drive it together, such as new customers,
how many of them get started, and how much they use.

Speaks where `metrics.yml` has a North Star and at least two other metrics, and none of them drives
it. Those that only predict it don't make it up.

Source: John Cutler, *The North Star Playbook* (Amplitude, 2019), on the North Star and its inputs.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.metrics import metric_reference
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.INFO
VALID = (
    """
    # metrics.yml
    metrics:
      teams: {name: Teams that work every week, north_star: true}
      started: {name: Teams that got started, drives: teams}
      churn: {name: Churn}
    """,
    """
    # metrics.yml
    metrics:
      teams: {name: Teams that work every week, north_star: true}
      churn: {name: Churn}
    """,
)
INVALID = (
    """
    # metrics.yml
    metrics:
      teams: {name: Teams that work every week, north_star: true}
      started: {name: Teams that got started, predicts: teams}
      churn: {name: Churn}
    """,
)

_OTHERS = 2


def check(subject: Subject) -> Iterator[Finding]:
    """Find a North Star that none of the other metrics drives."""
    metrics = subject.scores.workspace.metrics
    if len(metrics) <= _OTHERS:
        return
    below = subject.scores.workspace.drivers_by_metric
    for name, health in subject.scores.metrics.items():
        if health.metric.north_star and name not in below:
            yield Finding(
                metric_reference(health),
                span_of_field(health.metric.at, "north_star", "name"),
                f"“{health.metric.name}” is the North Star, and none of the other"
                f" {len(metrics) - 1} metrics drives it.",
                f"Name its inputs: write `drives: {name}` at the metrics of which it's made up.",
            )
