"""Who needs whom in one cycle, as flowcharts beside the table of dependencies.

A line leads from the objective that needs something to what it needs, with the risk in words
and in how the line looks. What isn't an objective is a box of another shape. Where they are
many, those of high risk are shown, and a diagram for each team that needs several things.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from okrdocs.format.records import Level
from okrdocs.grading.results import Scores
from okrdocs.markup.escape import Markdown, html, mermaid
from okrdocs.pages.graph.mermaid import (
    LARGEST_DIAGRAM,
    ONE_DIAGRAM,
    Box,
    Key,
    Line,
    can_be_drawn,
    flowchart,
    objective_box,
    short,
)
from okrdocs.workspace.workspace import Cycle, ResolvedRef

TITLE = "Who needs whom"
OUTSIDE = "Outside the OKRs"
FEWEST = 2
"""Dependencies from which on a picture says more than the table."""
_WAYS = {
    None: "-->",
    Level.LOW: "-. low risk .->",
    Level.MEDIUM: "-- medium risk -->",
    Level.HIGH: "== high risk ==>",
}
_RANK = {level: rank for rank, level in enumerate(_WAYS)}

Risks = Mapping[tuple[ResolvedRef, Key], Level | None]


class Fold(NamedTuple):
    """A diagram behind a summary (HTML)."""

    summary: Markdown
    diagram: Markdown


@dataclass(frozen=True, slots=True)
class DependenciesView:
    """One diagram: of everything, or of what is at high risk ("" for none), then by team."""

    diagram: Markdown
    everything: bool
    teams: tuple[Fold, ...]

    @property
    def diagrams(self) -> tuple[Markdown, ...]:
        """All of them, in the order of the page."""
        return tuple(each for each in (self.diagram, *(f.diagram for f in self.teams)) if each)


def dependencies_view(cycle: Cycle, scores: Scores, here: str) -> DependenciesView | None:
    """The diagrams of a cycle's dependencies; None where they are too few for a picture."""
    risks = _risks(cycle)
    if len(risks) < FEWEST:
        return None
    boxes: dict[Key, Box] = {}
    for key in (key for ends in risks for key in ends):
        if key not in boxes:
            boxes[key] = _box(key, scores, here)
    if len(boxes) <= ONE_DIAGRAM:
        return DependenciesView(_diagram(risks, boxes), True, ())
    high = {ends: risk for ends, risk in risks.items() if risk is Level.HIGH}
    teams = []
    for team in cycle.teams:
        own = {ends: risk for ends, risk in risks.items() if ends[0].team == team.id}
        if diagram := _diagram(own, boxes):
            summary = Markdown(f"What {html(team.team.name)} needs <small>{len(own)}</small>")
            teams.append(Fold(summary, diagram))
    return DependenciesView(_diagram(high, boxes), False, tuple(teams))


def _risks(cycle: Cycle) -> Risks:
    """The highest risk of each line: (objective that needs, objective or text needed)."""
    risks: dict[tuple[ResolvedRef, Key], Level | None] = {}
    for entry in cycle.objectives():
        for need in (*entry.needs, *(n for kr in entry.key_results for n in kr.needs)):
            key: Key = need.ref.parent if need.ref else need.text
            risk, ends = need.dependency.risk, (entry.ref, key)
            if key != entry.ref and _RANK[risk] >= _RANK[risks.get(ends)]:
                risks[ends] = risk
    return risks


def _box(key: Key, scores: Scores, here: str) -> Box:
    if isinstance(key, ResolvedRef):
        return objective_box(key, scores, here)
    return Box(f"{OUTSIDE}<br/>{mermaid(short(key))}", "", outside=True)


def _diagram(risks: Risks, boxes: Mapping[Key, Box]) -> Markdown:
    """The flowchart of some lines; "" where they are too few, or too many to be drawn."""
    shown = {key: boxes[key] for ends in risks for key in ends}
    if len(risks) < FEWEST or len(shown) > LARGEST_DIAGRAM:
        return Markdown("")
    lines = [Line(start, end, _WAYS[risk]) for (start, end), risk in risks.items()]
    diagram = flowchart(TITLE, shown, lines)
    return diagram if can_be_drawn(diagram, len(lines)) else Markdown("")
