"""Makes the page of metrics: the North Star, what drives what, a table, and each one in full.

There is one where there is a `metrics.yml`. Metrics are health: the page shows values, targets and
what moves them, and no grade but those of the key results.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from okrdocs import words
from okrdocs.grading.metric_status import MetricStatus
from okrdocs.grading.results import Scores
from okrdocs.history.events import History
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.markup.prose import prose_inline
from okrdocs.pages.graph.kpi_tree import kpi_tree_view
from okrdocs.pages.metrics.cells import latest_cell, metric_link, targets_cell
from okrdocs.pages.metrics.section import MetricSection, metric_section
from okrdocs.pages.page import GeneratedPage, overview_page
from okrdocs.pages.parts.cells import DASH
from okrdocs.pages.people.links import person_links
from okrdocs.pages.urls import METRICS


class MetricRow(NamedTuple):
    """A metric in a table; `target`: those of the cycles that hold the day."""

    metric: Markdown
    kind: str
    latest: Markdown
    target: Markdown
    owner: Markdown


class NorthStarView(NamedTuple):
    """The one metric that stands above all, and those that drive it directly."""

    metric: MetricRow
    definition: Markdown
    inputs: tuple[MetricRow, ...]


def metrics_page(scores: Scores, history: History) -> GeneratedPage | None:
    """Make the page; None without metrics."""
    if not scores.metrics:
        return None
    sections: tuple[MetricSection, ...] = tuple(
        metric_section(status, scores, history) for status in scores.metrics.values()
    )
    view = {
        "north_star": _north_star(scores),
        "tree": kpi_tree_view(scores, METRICS),
        "rows": [_metric_row(status, scores) for status in scores.metrics.values()],
        "sections": sections,
    }
    page = overview_page(METRICS, "metrics.md.j2", words.METRICS, (), scores, view)
    document = scores.workspace.metrics_document
    return replace(page, source=document.at.path if document else "")


def _north_star(scores: Scores) -> NorthStarView | None:
    star = next((status for status in scores.metrics.values() if status.metric.north_star), None)
    if star is None:
        return None
    inputs = (scores.metrics[name] for name in scores.workspace.drivers_by_metric.get(star.id, ()))
    definition = prose_inline(star.metric.definition or "")
    return NorthStarView(
        _metric_row(star, scores),
        definition,
        tuple(_metric_row(status, scores) for status in inputs),
    )


def _metric_row(health: MetricStatus, scores: Scores) -> MetricRow:
    metric = health.metric
    return MetricRow(
        metric_link(health.id, scores, METRICS),
        metric.indicator.value.capitalize() if metric.indicator else DASH,
        latest_cell(health, scores, METRICS),
        targets_cell(health, scores.as_of),
        person_links(METRICS, metric.owner, scores) if metric.owner else escape_inline(DASH),
    )
