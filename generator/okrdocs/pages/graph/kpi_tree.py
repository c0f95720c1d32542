"""Shows what drives what among the metrics, as flowcharts and as nested text, as in a cascade.

Few metrics make one diagram; of many it shows the topmost two levels, and each top can be
unfolded. Each box leads to its metric and shows the latest value; a metric has no grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from okrdocs import words
from okrdocs.drawing.status_text import Part, parts_with_signs
from okrdocs.drawing.svg import day_text
from okrdocs.grading.metric_status import MetricStatus
from okrdocs.grading.results import Scores
from okrdocs.grading.status import Tone
from okrdocs.markup.escape import Markdown, escape_html, escape_inline, escape_mermaid
from okrdocs.pages.graph.cascade import DEEPEST, CascadeView, GraphFunctions, cascade_in_branches
from okrdocs.pages.graph.mermaid import (
    LARGEST_DIAGRAM,
    ONE_DIAGRAM,
    BoxKey,
    FlowchartBox,
    FlowchartLine,
    is_drawable_by_code_hosts,
    mermaid_flowchart,
    shorten_title,
)
from okrdocs.pages.graph.partition import all_boxes_below
from okrdocs.pages.metrics.cells import (
    metric_link,
    metric_url,
    short_name,
    target_text,
    targets_in_force,
)
from okrdocs.pages.parts.cells import DASH, iso_day_text
from okrdocs.pages.urls import relative_url

TITLE = "What drives what"
NORTH_STAR = "★ North Star"
_NO_BREAK = "\u00a0"

MetricLinks = Mapping[str, tuple[str, ...]]


class _KpiGraph(NamedTuple):
    """The metrics as a graph: those that drive or are driven, the North Star first."""

    boxes: Mapping[str, FlowchartBox]
    below: MetricLinks
    above: MetricLinks
    scores: Scores
    here: str


def kpi_tree_view(scores: Scores, here: str) -> CascadeView | None:
    """Make the trees of all metrics; None where none drives another."""
    below, metrics = scores.workspace.drivers_by_metric, scores.workspace.metrics
    above = {name: metric.drives for name, metric in metrics.items() if metric.drives}
    linked = sorted(
        (name for name in metrics if name in below or name in above),
        key=lambda name: not metrics[name].north_star,
    )
    if not linked:
        return None
    boxes = {name: _metric_box(scores.metrics[name], scores, here) for name in linked}
    tree = _KpiGraph(boxes, below, above, scores, here)
    roots = [name for name in linked if name not in above]
    first = dict.fromkeys(n for root in roots for n in (root, *below.get(root, ())))
    everything = len(first) == len(linked) <= LARGEST_DIAGRAM
    if everything or len(linked) <= ONE_DIAGRAM:
        diagram = _metrics_diagram(linked, tree)
        return CascadeView(diagram, (), tuple(_list_lines(roots, tree, set())), (), not diagram)
    return _kpi_trees_in_branches(roots, list(first), tree)


def _kpi_trees_in_branches(roots: list[str], first: list[str], tree: _KpiGraph) -> CascadeView:
    """Show the topmost two levels where they fit, and all that drives each top metric."""
    listed: set[str] = set()
    graph = GraphFunctions(
        tree.below,
        lambda names: _metrics_diagram([name for name in tree.boxes if name in names], tree),
        lambda name: _branch_summary(name, tree),
        lambda name: tuple(_list_lines([name], tree, listed)),
    )
    overview = _metrics_diagram(first, tree) if len(first) <= LARGEST_DIAGRAM else Markdown("")
    return cascade_in_branches(roots, graph, overview)


# ------------------------------------------------------------------- boxes


def _metric_box(health: MetricStatus, scores: Scores, here: str) -> FlowchartBox:
    """Return kind, name, day and value; spaces of the value are kept, so that it isn't a count."""
    metric, latest = health.metric, health.latest
    kind = metric.indicator.value.capitalize() if metric.indicator else words.METRIC
    word = latest.text.replace(" ", _NO_BREAK) if latest else "no value yet"
    label = "<br/>".join(
        escape_mermaid(text)
        for text in (
            NORTH_STAR if metric.north_star else kind,
            shorten_title(short_name(metric)),
            _short_day(latest.date, scores) if latest else DASH,
            parts_with_signs((Part(_metric_tone(health, scores), 0, word),)),
        )
    )
    return FlowchartBox(label, relative_url(here, metric_url(health.id)))


def _short_day(day_: date, scores: Scores) -> str:
    """Write a day in short, with the year where it isn't the present one."""
    text = day_text(day_)
    return text if day_.year == scores.as_of.year else f"{text} {day_.year}"


def _metric_tone(health: MetricStatus, scores: Scores) -> Tone:
    """Return GOOD only where the present targets are reached for sure; no metric has failed."""
    if health.latest is None:
        return Tone.IDLE
    aims = targets_in_force(health, scores.as_of)
    return Tone.GOOD if aims and all(aim.reached for aim in aims) else Tone.NONE


def _metrics_diagram(names: Iterable[str], tree: _KpiGraph) -> Markdown:
    """Write the flowchart of some metrics; "" where it is too large to be drawn."""
    boxes: dict[BoxKey, FlowchartBox] = {name: tree.boxes[name] for name in names}
    lines = []
    for name in list(boxes):
        drives = tree.below.get(str(name), ())
        lines += [FlowchartLine(name, other) for other in drives if other in boxes]
        missing = sum(other not in boxes for other in drives)
        if missing:
            box = boxes[name]
            boxes[name] = box._replace(label=f"{box.label}<br/>#43;{missing} below")
    diagram = mermaid_flowchart(TITLE, boxes, lines)
    return diagram if is_drawable_by_code_hosts(diagram, len(lines)) else Markdown("")


# ------------------------------------------------------------------- as text


def _branch_summary(name: str, tree: _KpiGraph) -> Markdown:
    health = tree.scores.metrics[name]
    value = health.latest.text if health.latest else DASH
    count = len(all_boxes_below(name, tree.below)) - 1
    name_html, value_html = escape_html(health.metric.name), escape_html(value)
    return Markdown(f"{name_html} <strong>{value_html}</strong> <small>{count} below</small>")


def _list_lines(
    roots: list[str], tree: _KpiGraph, listed: set[str]
) -> Iterator[tuple[int, Markdown]]:
    """Yield (depth, text), depth first; what drives several things lists its drivers once."""
    stack = [(0, name) for name in reversed(roots)]
    while stack:
        depth, name = stack.pop()
        below = tree.below.get(name, ())
        again = " (see above)" if name in listed and below else ""
        link = metric_link(name, tree.scores, tree.here)
        yield min(depth, DEEPEST), Markdown(f"{link} – {_value_and_targets(name, tree)}{again}")
        if name not in listed:
            stack.extend((depth + 1, other) for other in reversed(below))
        listed.add(name)


def _value_and_targets(name: str, tree: _KpiGraph) -> Markdown:
    health = tree.scores.metrics[name]
    latest = health.latest
    value = f"{latest.text} on {iso_day_text(latest.date)}" if latest else "no value yet"
    aims = [f"target {target_text(aim)}" for aim in targets_in_force(health, tree.scores.as_of)]
    return escape_inline("; ".join([value, *aims]))
