"""Metrics as the rules see them: what a finding is about, and what stands below what."""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.grading.metric_status import MetricStatus
from okrdocs.grading.results import Scores


def metric_reference(health: MetricStatus) -> str:
    """Return the `ref` of a finding about a metric: its file and id."""
    return f"{health.metric.at.path}#{health.id}"


def metric_ids_by_tree_top(scores: Scores) -> Iterator[tuple[MetricStatus, tuple[str, ...]]]:
    """Yield each metric at the top of a tree, with the ids of all metrics of the tree."""
    below = scores.workspace.drivers_by_metric
    for name, health in scores.metrics.items():
        if name in below and not health.metric.drives:
            tree, waiting = {name: None}, [name]
            while waiting:
                new = [driver for driver in below.get(waiting.pop(), ()) if driver not in tree]
                tree.update(dict.fromkeys(new))
                waiting.extend(new)
            yield health, tuple(tree)
