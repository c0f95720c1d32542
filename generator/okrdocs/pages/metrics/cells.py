"""Small pieces about metrics that several pages share: links to them, values, targets.

Metrics have one page for all cycles; it's there where there are metrics. Nothing is graded here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from okrdocs.format.records import Metric
from okrdocs.grading.metric_status import MetricReading, MetricStatus, MetricTargetStatus
from okrdocs.grading.results import Scores
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.pages.parts.cells import DASH, iso_day_text, join_inline, join_lines, small_text
from okrdocs.pages.parts.draft_marks import draft_suffix
from okrdocs.pages.urls import METRICS, item_url, link_to
from okrdocs.workspace.workspace import ResolvedRef


def anchor_of(name: str) -> str:
    """Return the anchor of a metric on the page of metrics; no heading of ours is called so."""
    return f"metric-{name}"


def metric_url(name: str) -> str:
    """Return the URL of a metric: the page of metrics with its anchor."""
    return f"{METRICS}#{anchor_of(name)}"


def short_name(metric: Metric) -> str:
    """Return a metric's short form where there is one, else its name."""
    return metric.short or metric.name


def metric_link(name: str, scores: Scores, here: str) -> Markdown:
    """Link to a metric by its name."""
    return link_to(here, metric_url(name), scores.workspace.metrics[name].name)


def metric_links(names: Iterable[str], scores: Scores, here: str) -> Markdown:
    """Link to metrics in a row, each once."""
    existing = dict.fromkeys(name for name in names if name in scores.workspace.metrics)
    return join_inline(metric_link(name, scores, here) for name in existing)


# ------------------------------------------------------------------- values


def origin_link(ref: ResolvedRef, scores: Scores, here: str) -> Markdown:
    """Link to the key result that a value comes from: `Company KR1, Q2 2025`."""
    workspace = scores.workspace
    team, cycle = workspace.teams.get(ref.team), workspace.cycle(ref.cycle)
    entry, home = workspace.key_results[ref], workspace.objectives[ref.parent]
    name = f"{team.name if team else ref.team} {home.number}, KR{entry.number}"
    title = f"{name}, {cycle.title if cycle else ref.cycle}{draft_suffix(entry, home)}"
    return link_to(here, item_url(ref), title)


def reading_origin(reading: MetricReading, scores: Scores, here: str) -> Markdown:
    """Say where a value is from: a link to its key result, or that it was entered here."""
    if reading.origin is None:
        return escape_inline("entered here")
    return origin_link(reading.origin, scores, here)


def latest_cell(health: MetricStatus, scores: Scores, here: str) -> Markdown:
    """Show the latest value with its day, and where it is from."""
    latest = health.latest
    if latest is None:
        return escape_inline(DASH)
    where = f", {reading_origin(latest, scores, here)}" if latest.origin else ""
    return join_lines([latest.text, Markdown(f"<small>{iso_day_text(latest.date)}{where}</small>")])


def owned_metrics(name: str, scores: Scores, here: str) -> tuple[Markdown, ...]:
    """List the metrics that a person is responsible for, each with its latest value."""
    owned = (status for status in scores.metrics.values() if name in status.metric.owner)
    return tuple(metric_line(status, scores, here) for status in owned)


def north_star_line(scores: Scores, here: str) -> tuple[Markdown, ...]:
    """Show the North Star in a line; () where there is none."""
    stars = (status for status in scores.metrics.values() if status.metric.north_star)
    return tuple(Markdown(f"★ {metric_line(status, scores, here)}") for status in stars)


def metric_line(health: MetricStatus, scores: Scores, here: str) -> Markdown:
    """Show a metric in a line: its name, the latest value, and the targets in force."""
    latest = health.latest
    value = f"**{escape_inline(latest.text)}**" if latest else DASH
    link = metric_link(health.id, scores, here)
    notes = [iso_day_text(latest.date) if latest else ""]
    notes += [f"target {target_text(aim)}" for aim in targets_in_force(health, scores.as_of)]
    note = "; ".join(note_part for note_part in notes if note_part)
    return Markdown(f"{link}: {value}{f' {small_text(note)}' if note else ''}")


# ------------------------------------------------------------------- targets


def targets_in_force(health: MetricStatus, as_of: date) -> tuple[MetricTargetStatus, ...]:
    """Return targets of cycles that include the day, the shortest first, then undated ones."""
    with_periods = [(aim, aim.cycle.period) for aim in health.aims]
    dated = [
        (p.days, n) for n, (_, p) in enumerate(with_periods) if p and p.start <= as_of <= p.end
    ]
    undated = [aim for aim, period in with_periods if period is None]
    return (*(with_periods[n][0] for _, n in sorted(dated)), *undated)


def target_status(aim: MetricTargetStatus) -> str:
    """Say what is certain about a target: `reached`, `not yet`; "" where nothing is."""
    if aim.stretched:
        return "stretch reached"
    if aim.reached is None:
        return ""
    if aim.reached:
        return "reached"
    return "not reached" if aim.over else "not yet"


def target_text(aim: MetricTargetStatus) -> str:
    """Write a target in words: `≥$38M (Q2 2025: not yet)`."""
    return f"{aim.target} ({_cycle_and_status(aim)})"


def targets_cell(health: MetricStatus, as_of: date) -> Markdown:
    """List the targets in force, below each other."""
    cells = [
        join_lines([aim.target, small_text(_cycle_and_status(aim))])
        for aim in targets_in_force(health, as_of)
    ]
    return join_lines(cells) if cells else escape_inline(DASH)


def _cycle_and_status(aim: MetricTargetStatus) -> str:
    status = target_status(aim)
    return f"{aim.cycle.title}{f': {status}' if status else ''}"
