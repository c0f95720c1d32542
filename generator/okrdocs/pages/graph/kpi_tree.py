"""What drives what among the metrics: as flowcharts and as nested text, as in a cascade.

Few metrics make one diagram; of many it shows the topmost two levels, and each top can be
unfolded. Each box leads to its metric and shows the latest value; a metric has no grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from okrdocs import words
from okrdocs.drawing.status_text import Part, signed
from okrdocs.drawing.svg import day_text
from okrdocs.grading.metric_status import Health
from okrdocs.grading.results import Scores
from okrdocs.grading.status import Tone
from okrdocs.markup.escape import Markdown, html, inline, mermaid
from okrdocs.pages.graph.cascade import DEEPEST, CascadeView, Shown, unfolded
from okrdocs.pages.graph.mermaid import (
    LARGEST_DIAGRAM,
    ONE_DIAGRAM,
    Box,
    Key,
    Line,
    can_be_drawn,
    flowchart,
    short,
)
from okrdocs.pages.graph.partition import reached
from okrdocs.pages.metrics.cells import aim_text, metric_address, metric_link, open_aims, short_name
from okrdocs.pages.parts.cells import DASH, day
from okrdocs.pages.urls import relative

TITLE = "What drives what"
NORTH_STAR = "★ North Star"
_NO_BREAK = "\u00a0"

Links = Mapping[str, tuple[str, ...]]


class _Tree(NamedTuple):
    """The metrics as a graph: those that drive or are driven, the North Star first."""

    boxes: Mapping[str, Box]
    below: Links
    above: Links
    scores: Scores
    here: str


def kpi_tree(scores: Scores, here: str) -> CascadeView | None:
    """The trees of all metrics; None where none drives another."""
    below, metrics = scores.workspace.drivers, scores.workspace.metrics
    above = {name: metric.drives for name, metric in metrics.items() if metric.drives}
    linked = sorted(
        (name for name in metrics if name in below or name in above),
        key=lambda name: not metrics[name].north_star,
    )
    if not linked:
        return None
    boxes = {name: _box(scores.metrics[name], scores, here) for name in linked}
    tree = _Tree(boxes, below, above, scores, here)
    roots = [name for name in linked if name not in above]
    first = dict.fromkeys(n for root in roots for n in (root, *below.get(root, ())))
    everything = len(first) == len(linked) <= LARGEST_DIAGRAM
    if everything or len(linked) <= ONE_DIAGRAM:
        diagram = _diagram(linked, tree)
        return CascadeView(diagram, (), tuple(_listed(roots, tree, set())), (), not diagram)
    return _in_branches(roots, list(first), tree)


def _in_branches(roots: list[str], first: list[str], tree: _Tree) -> CascadeView:
    """The topmost two levels where they fit, and all that drives each top."""
    told: set[str] = set()
    shown = Shown(
        tree.below,
        lambda held: _diagram([name for name in tree.boxes if name in held], tree),
        lambda name: _summary(name, tree),
        lambda name: tuple(_listed([name], tree, told)),
    )
    overview = _diagram(first, tree) if len(first) <= LARGEST_DIAGRAM else Markdown("")
    return unfolded(roots, shown, overview)


# ------------------------------------------------------------------- boxes


def _box(health: Health, scores: Scores, here: str) -> Box:
    """Kind, name, day and value; a value has its blanks kept, so that it's no count of words."""
    metric, latest = health.metric, health.latest
    kind = metric.indicator.value.capitalize() if metric.indicator else words.METRIC
    word = latest.text.replace(" ", _NO_BREAK) if latest else "no value yet"
    label = "<br/>".join(
        mermaid(text)
        for text in (
            NORTH_STAR if metric.north_star else kind,
            short(short_name(metric)),
            _day(latest.date, scores) if latest else DASH,
            signed((Part(_tone(health, scores), 0, word),)),
        )
    )
    return Box(label, relative(here, metric_address(health.id)))


def _day(day_: date, scores: Scores) -> str:
    """As short as it can be; a year that isn't the present one is said, lest it look fresh."""
    shown = day_text(day_)
    return shown if day_.year == scores.as_of.year else f"{shown} {day_.year}"


def _tone(health: Health, scores: Scores) -> Tone:
    """Good only where the present targets are surely reached; health knows no failure."""
    if health.latest is None:
        return Tone.IDLE
    aims = open_aims(health, scores.as_of)
    return Tone.GOOD if aims and all(aim.reached for aim in aims) else Tone.NONE


def _diagram(names: Iterable[str], tree: _Tree) -> Markdown:
    """The flowchart of some metrics; "" where nobody could draw it."""
    boxes: dict[Key, Box] = {name: tree.boxes[name] for name in names}
    found = []
    for name in list(boxes):
        drives = tree.below.get(str(name), ())
        found += [Line(name, other) for other in drives if other in boxes]
        missing = sum(other not in boxes for other in drives)
        if missing:
            box = boxes[name]
            boxes[name] = box._replace(label=f"{box.label}<br/>#43;{missing} below")
    diagram = flowchart(TITLE, boxes, found)
    return diagram if can_be_drawn(diagram, len(found)) else Markdown("")


# ------------------------------------------------------------------- as text


def _summary(name: str, tree: _Tree) -> Markdown:
    health = tree.scores.metrics[name]
    value = health.latest.text if health.latest else DASH
    count = len(reached(name, tree.below)) - 1
    return Markdown(
        f"{html(health.metric.name)} <strong>{html(value)}</strong> <small>{count} below</small>"
    )


def _listed(roots: list[str], tree: _Tree, told: set[str]) -> Iterator[tuple[int, Markdown]]:
    """Depth first; what drives several things shows what drives it only once."""
    waiting = [(0, name) for name in reversed(roots)]
    while waiting:
        depth, name = waiting.pop()
        below = tree.below.get(name, ())
        again = " (see above)" if name in told and below else ""
        link = metric_link(name, tree.scores, tree.here)
        yield min(depth, DEEPEST), Markdown(f"{link} – {_told(name, tree)}{again}")
        if name not in told:
            waiting.extend((depth + 1, other) for other in reversed(below))
        told.add(name)


def _told(name: str, tree: _Tree) -> Markdown:
    health = tree.scores.metrics[name]
    latest = health.latest
    value = f"{latest.text} on {day(latest.date)}" if latest else "no value yet"
    aims = [f"target {aim_text(aim)}" for aim in open_aims(health, tree.scores.as_of)]
    return inline("; ".join([value, *aims]))
