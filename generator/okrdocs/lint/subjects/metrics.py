"""Metrics as the rules see them: what a finding is about, and what stands below what."""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.grading.metric_status import MetricStatus
from okrdocs.grading.results import Scores


def subject_of(health: MetricStatus) -> str:
    """What a finding about a metric is about."""
    return f"{health.metric.at.path}#{health.id}"


def tops(scores: Scores) -> Iterator[tuple[MetricStatus, tuple[str, ...]]]:
    """Each metric that drives nothing and is driven, with all metrics of its tree."""
    below = scores.workspace.drivers
    for name, health in scores.metrics.items():
        if name in below and not health.metric.drives:
            tree, waiting = {name: None}, [name]
            while waiting:
                new = [each for each in below.get(waiting.pop(), ()) if each not in tree]
                tree.update(dict.fromkeys(new))
                waiting.extend(new)
            yield health, tuple(tree)
