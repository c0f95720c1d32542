"""Shows one metric in full: what it is, its values, its targets, its links to others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from okrdocs import words
from okrdocs.format.records import Metric, MetricSource
from okrdocs.grading.metric_status import MetricReading, MetricStatus, MetricTargetStatus
from okrdocs.grading.results import KeyResultScore, Scores
from okrdocs.history.events import History
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.markup.prose import prose_inline
from okrdocs.pages.metrics.cells import (
    anchor_of,
    latest_cell,
    metric_links,
    reading_origin,
    target_status,
)
from okrdocs.pages.metrics.chart import metric_chart
from okrdocs.pages.parts.cells import (
    DASH,
    grade_text,
    iso_day_text,
    join_inline,
    join_lines,
    small_text,
    status_with_sign,
)
from okrdocs.pages.parts.grade_explanation import source_link
from okrdocs.pages.parts.key_result_details import link_text
from okrdocs.pages.parts.tables import full_title
from okrdocs.pages.people.links import person_links, team_link
from okrdocs.pages.urls import METRICS, item_url, link_to, repository_link

MOST_VALUES = 12
"""So many values stand in the table, newest first; the picture shows more."""


class MetricTargetRow(NamedTuple):
    """A target for a cycle."""

    cycle: str
    target: str
    stretch: str
    value: Markdown
    said: str


class MetricMoverRow(NamedTuple):
    """A key result that moves the metric; its grade is its own."""

    key_result: Markdown
    cycle: str
    value: Markdown
    grade: str
    status: Markdown


class MetricValueRow(NamedTuple):
    """What the metric was on a day, and who said so."""

    date: str
    value: str
    origin: Markdown
    note: Markdown


class MetricSection(NamedTuple):
    """A metric. `related` are labels with links; of the `number` of values `more` are left out."""

    anchor: str
    name: str
    facts: tuple[tuple[str, Markdown], ...]
    definition: str
    formula: str
    related: tuple[tuple[str, Markdown], ...]
    picture: Markdown
    aims: tuple[MetricTargetRow, ...]
    movers: tuple[MetricMoverRow, ...]
    values: tuple[MetricValueRow, ...]
    more: str
    pitfalls: tuple[Markdown, ...]
    links: tuple[Markdown, ...]
    number: int


def metric_section(health: MetricStatus, scores: Scores, history: History) -> MetricSection:
    """Make the section of a metric on the page of metrics."""
    metric, values = health.metric, health.readings[::-1]
    rest = len(values) - MOST_VALUES
    return MetricSection(
        anchor=anchor_of(health.id),
        name=metric.name,
        facts=tuple((k, v) for k, v in _metric_facts(health, scores, history) if v),
        definition=metric.definition or "",
        formula=metric.formula or "",
        related=tuple((k, v) for k, v in _related_metrics(health, scores) if v),
        picture=metric_chart(health, scores.as_of),
        aims=tuple(_target_row(each, scores) for each in health.aims),
        movers=tuple(_moving_key_result_rows(health, scores)),
        values=tuple(_value_row(each, scores) for each in values[:MOST_VALUES]),
        more=f"{rest} earlier ones aren't listed here." if rest > 0 else "",
        pitfalls=tuple(prose_inline(each) for each in metric.pitfalls),
        links=tuple(link_text(each) for each in metric.links),
        number=len(values),
    )


def _metric_facts(
    health: MetricStatus, scores: Scores, history: History
) -> Iterator[tuple[str, Markdown]]:
    """Yield the metadata line, in a fixed order; what isn't known is ""."""
    metric = health.metric
    now = latest_cell(health, scores, METRICS) if health.latest else escape_inline("none yet")
    yield words.LATEST_VALUE, now
    yield words.KIND, escape_inline(_kind_text(metric))
    yield words.OWNER, person_links(METRICS, metric.owner, scores)
    yield words.TEAM, team_link(METRICS, metric.team, scores)
    yield words.FROM, _source_link(metric.source) if metric.source else Markdown("")
    yield "Computed", escape_inline(metric.calculated or "")
    yield "Looked at", escape_inline(metric.reviewed or "")
    yield "Split", join_inline(metric.segments)
    yield "Better", escape_inline(metric.better.value if metric.better else "")
    yield words.SOURCE, source_link(metric.at, history)


def _kind_text(metric: Metric) -> str:
    kinds = [kind.value for kind in (metric.indicator, metric.category) if kind]
    text = ", ".join([words.NORTH_STAR, *kinds] if metric.north_star else kinds)
    return f"{text[:1].upper()}{text[1:]}"


def _source_link(source: MetricSource) -> Markdown:
    """Name the tool and what it calls the number, linked where there is an address."""
    text = ", ".join(part for part in (source.tool, source.metric) if part)
    if not text:
        return repository_link(source.link, source.link) if source.link else Markdown("")
    return repository_link(text, source.link or "")


def _related_metrics(health: MetricStatus, scores: Scores) -> Iterator[tuple[str, Markdown]]:
    metric, metrics = health.metric, scores.workspace.metrics
    driven = [name for name, other in metrics.items() if health.id in other.drives]
    predicted = [name for name, other in metrics.items() if health.id in other.predicts]
    yield "Drives", metric_links(metric.drives, scores, METRICS)
    yield "Driven by", metric_links(driven, scores, METRICS)
    yield "Predicts", metric_links(metric.predicts, scores, METRICS)
    yield "Predicted by", metric_links(predicted, scores, METRICS)
    yield "Kept honest by", metric_links(metric.balanced_by, scores, METRICS)


def _target_row(aim: MetricTargetStatus, scores: Scores) -> MetricTargetRow:
    value = escape_inline(DASH)
    if aim.reading is not None:
        value = join_lines([aim.reading.text, small_text(iso_day_text(aim.reading.date))])
    period = aim.cycle.period
    coming = period is not None and period.start > scores.as_of
    status = "not begun" if coming else target_status(aim) or DASH
    return MetricTargetRow(aim.cycle.title, aim.target, aim.stretch or DASH, value, status)


def _moving_key_result_rows(health: MetricStatus, scores: Scores) -> Iterator[MetricMoverRow]:
    """Yield the rows of key results that move the metric, newest cycle first."""
    for entry in reversed(health.movers):
        score, cycle = scores.key_results[entry.ref], scores.workspace.cycle(entry.ref.cycle)
        link = link_to(METRICS, item_url(entry.ref), full_title(entry.ref, scores))
        other = small_text("in another unit, so its values don't count here")
        yield MetricMoverRow(
            join_lines([link, other]) if entry.ref in health.foreign else link,
            cycle.title if cycle else entry.ref.cycle,
            _last_value(score),
            grade_text(score.grade),
            status_with_sign(score.status),
        )


def _last_value(score: KeyResultScore) -> Markdown:
    if score.value is None:
        return escape_inline(DASH)
    return join_lines([score.value.text, small_text(iso_day_text(score.value.date))])


def _value_row(reading: MetricReading, scores: Scores) -> MetricValueRow:
    return MetricValueRow(
        iso_day_text(reading.date),
        reading.text,
        reading_origin(reading, scores, METRICS),
        prose_inline(reading.note),
    )
