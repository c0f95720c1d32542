"""The page of metrics: the North Star, what drives what, all of them in a table, and each one.

There is one where there is a `metrics.yml`. Metrics are health: the page shows values, targets and
what moves them, and no grade but those of the key results.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from okrdocs import words
from okrdocs.grading.metric_status import Health
from okrdocs.grading.results import Scores
from okrdocs.history.events import History
from okrdocs.markup.escape import Markdown, inline
from okrdocs.markup.prose import prose_inline
from okrdocs.pages.graph.kpi_tree import kpi_tree
from okrdocs.pages.metrics.cells import aims_cell, latest_cell, metric_link
from okrdocs.pages.metrics.section import Section, section_of
from okrdocs.pages.page import Page, leading_page
from okrdocs.pages.parts.cells import DASH
from okrdocs.pages.people.links import person_links
from okrdocs.pages.urls import METRICS


class Row(NamedTuple):
    """A metric in a table; `target`: those of the cycles that hold the day."""

    metric: Markdown
    kind: str
    latest: Markdown
    target: Markdown
    owner: Markdown


class NorthStar(NamedTuple):
    """The one metric that stands above all, and those that drive it directly."""

    metric: Row
    definition: Markdown
    inputs: tuple[Row, ...]


def metrics_page(scores: Scores, history: History) -> Page | None:
    """The page itself; None without metrics."""
    if not scores.metrics:
        return None
    sections: tuple[Section, ...] = tuple(
        section_of(each, scores, history) for each in scores.metrics.values()
    )
    view = {
        "north_star": _north_star(scores),
        "tree": kpi_tree(scores, METRICS),
        "rows": [_row(each, scores) for each in scores.metrics.values()],
        "sections": sections,
    }
    page = leading_page(METRICS, "metrics.md.j2", words.METRICS, (), scores, view)
    document = scores.workspace.metrics_document
    return replace(page, source=document.at.path if document else "")


def _north_star(scores: Scores) -> NorthStar | None:
    star = next((each for each in scores.metrics.values() if each.metric.north_star), None)
    if star is None:
        return None
    inputs = (scores.metrics[name] for name in scores.workspace.drivers.get(star.id, ()))
    definition = prose_inline(star.metric.definition or "")
    return NorthStar(_row(star, scores), definition, tuple(_row(each, scores) for each in inputs))


def _row(health: Health, scores: Scores) -> Row:
    metric = health.metric
    return Row(
        metric_link(health.id, scores, METRICS),
        metric.indicator.value.capitalize() if metric.indicator else DASH,
        latest_cell(health, scores, METRICS),
        aims_cell(health, scores.as_of),
        person_links(METRICS, metric.owner, scores) if metric.owner else inline(DASH),
    )
