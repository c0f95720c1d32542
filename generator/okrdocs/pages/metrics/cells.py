"""Small pieces about metrics that several pages share: links to them, values, targets.

Metrics have one page for all cycles; it's there where there are metrics. Nothing is graded here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from okrdocs.format.records import Metric
from okrdocs.grading.metric_status import MetricReading, MetricStatus, MetricTargetStatus
from okrdocs.grading.results import Scores
from okrdocs.markup.escape import Markdown, inline
from okrdocs.pages.parts.cells import DASH, day, joined, lines, small
from okrdocs.pages.parts.draft_marks import draft_mark
from okrdocs.pages.urls import METRICS, link_to, page_of
from okrdocs.workspace.workspace import ResolvedRef


def anchor_of(name: str) -> str:
    """The place of a metric on the page; no heading of ours is called so."""
    return f"metric-{name}"


def metric_address(name: str) -> str:
    """The page with the place of a metric."""
    return f"{METRICS}#{anchor_of(name)}"


def short_name(metric: Metric) -> str:
    """The short form where there is one, else the name."""
    return metric.short or metric.name


def metric_link(name: str, scores: Scores, here: str) -> Markdown:
    """A link to a metric by its name."""
    return link_to(here, metric_address(name), scores.workspace.metrics[name].name)


def metric_links(names: Iterable[str], scores: Scores, here: str) -> Markdown:
    """Links to metrics in a row, each once."""
    known = dict.fromkeys(name for name in names if name in scores.workspace.metrics)
    return joined(metric_link(name, scores, here) for name in known)


# ------------------------------------------------------------------- values


def origin_link(ref: ResolvedRef, scores: Scores, here: str) -> Markdown:
    """The key result that a value comes from: `Company KR1, Q2 2025`."""
    workspace = scores.workspace
    team, cycle = workspace.teams.get(ref.team), workspace.cycle(ref.cycle)
    entry, home = workspace.key_results[ref], workspace.objectives[ref.parent]
    name = f"{team.name if team else ref.team} {home.number}, KR{entry.number}"
    title = f"{name}, {cycle.title if cycle else ref.cycle}{draft_mark(entry, home)}"
    return link_to(here, page_of(ref), title)


def said_by(reading: MetricReading, scores: Scores, here: str) -> Markdown:
    """Where a value is from."""
    if reading.origin is None:
        return inline("entered here")
    return origin_link(reading.origin, scores, here)


def latest_cell(health: MetricStatus, scores: Scores, here: str) -> Markdown:
    """The latest value with its day, and where it is from."""
    latest = health.latest
    if latest is None:
        return inline(DASH)
    where = f", {said_by(latest, scores, here)}" if latest.origin else ""
    return lines([latest.text, Markdown(f"<small>{day(latest.date)}{where}</small>")])


def owned_metrics(name: str, scores: Scores, here: str) -> tuple[Markdown, ...]:
    """The metrics that a person answers for, each with its latest value."""
    owned = (each for each in scores.metrics.values() if name in each.metric.owner)
    return tuple(metric_line(each, scores, here) for each in owned)


def north_star_line(scores: Scores, here: str) -> tuple[Markdown, ...]:
    """The North Star in a line, where there is one."""
    stars = (each for each in scores.metrics.values() if each.metric.north_star)
    return tuple(Markdown(f"★ {metric_line(each, scores, here)}") for each in stars)


def metric_line(health: MetricStatus, scores: Scores, here: str) -> Markdown:
    """A metric in a list: its name, the latest value, and the targets that hold now."""
    latest = health.latest
    value = f"**{inline(latest.text)}**" if latest else DASH
    link = metric_link(health.id, scores, here)
    said = [day(latest.date) if latest else ""]
    said += [f"target {aim_text(aim)}" for aim in open_aims(health, scores.as_of)]
    told = "; ".join(each for each in said if each)
    return Markdown(f"{link}: {value}{f' {small(told)}' if told else ''}")


# ------------------------------------------------------------------- targets


def open_aims(health: MetricStatus, as_of: date) -> tuple[MetricTargetStatus, ...]:
    """The targets of cycles that hold the day, the shortest first, or have no dates."""
    known = [(aim, aim.cycle.period) for aim in health.aims]
    dated = [(p.days, n) for n, (_, p) in enumerate(known) if p and p.start <= as_of <= p.end]
    undated = [aim for aim, period in known if period is None]
    return (*(known[n][0] for _, n in sorted(dated)), *undated)


def standing(aim: MetricTargetStatus) -> str:
    """What is certain about a target: `reached`, `not yet`; "" where nothing is."""
    if aim.stretched:
        return "stretch reached"
    if aim.reached is None:
        return ""
    if aim.reached:
        return "reached"
    return "not reached" if aim.over else "not yet"


def aim_text(aim: MetricTargetStatus) -> str:
    """A target in words: `≥$38M (Q2 2025: not yet)`."""
    return f"{aim.target} ({_beside(aim)})"


def aims_cell(health: MetricStatus, as_of: date) -> Markdown:
    """The targets that hold now, below each other."""
    shown = [lines([aim.target, small(_beside(aim))]) for aim in open_aims(health, as_of)]
    return lines(shown) if shown else inline(DASH)


def _beside(aim: MetricTargetStatus) -> str:
    said = standing(aim)
    return f"{aim.cycle.title}{f': {said}' if said else ''}"
