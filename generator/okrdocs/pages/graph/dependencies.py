"""Shows who needs whom in one cycle, as flowcharts beside the table of dependencies.

A line leads from the objective that needs something to what it needs, with the risk in words
and in how the line looks. What isn't an objective is a box of another shape. Where they are
many, those of high risk are shown, and a diagram for each team that needs several things.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okrdocs.format.records import Level
from okrdocs.grading.results import Scores
from okrdocs.markup.escape import Markdown, escape_html, escape_mermaid
from okrdocs.pages.graph.mermaid import (
    LARGEST_DIAGRAM,
    ONE_DIAGRAM,
    BoxKey,
    FlowchartBox,
    FlowchartLine,
    FoldedDiagram,
    is_drawable_by_code_hosts,
    mermaid_flowchart,
    objective_box,
    shorten_title,
)
from okrdocs.workspace.workspace import Cycle, ResolvedRef

TITLE = "Who needs whom"
OUTSIDE = "Outside the OKRs"
FEWEST_DEPENDENCIES = 2
"""Dependencies from which on a picture says more than the table."""
_LINE_STYLES = {
    None: "-->",
    Level.LOW: "-. low risk .->",
    Level.MEDIUM: "-- medium risk -->",
    Level.HIGH: "== high risk ==>",
}
_RANK = {level: rank for rank, level in enumerate(_LINE_STYLES)}

Risks = Mapping[tuple[ResolvedRef, BoxKey], Level | None]


@dataclass(frozen=True, slots=True)
class DependenciesView:
    """One diagram: of everything, or of what is at high risk ("" for none), then by team."""

    diagram: Markdown
    everything: bool
    teams: tuple[FoldedDiagram, ...]

    @property
    def diagrams(self) -> tuple[Markdown, ...]:
        """Return all diagrams, in the order of the page."""
        return tuple(
            diagram for diagram in (self.diagram, *(f.diagram for f in self.teams)) if diagram
        )


def dependencies_view(cycle: Cycle, scores: Scores, here: str) -> DependenciesView | None:
    """Draw a cycle's dependencies; None where they are too few for a diagram."""
    risks = _highest_risks(cycle)
    if len(risks) < FEWEST_DEPENDENCIES:
        return None
    boxes: dict[BoxKey, FlowchartBox] = {}
    for key in (key for ends in risks for key in ends):
        if key not in boxes:
            boxes[key] = _dependency_box(key, scores, here)
    if len(boxes) <= ONE_DIAGRAM:
        return DependenciesView(_dependencies_diagram(risks, boxes), True, ())
    high = {ends: risk for ends, risk in risks.items() if risk is Level.HIGH}
    teams = []
    for team in cycle.teams:
        own = {ends: risk for ends, risk in risks.items() if ends[0].team == team.id}
        if diagram := _dependencies_diagram(own, boxes):
            summary = Markdown(
                f"What {escape_html(team.team.name)} needs <small>{len(own)}</small>"
            )
            teams.append(FoldedDiagram(summary, diagram))
    return DependenciesView(_dependencies_diagram(high, boxes), False, tuple(teams))


def _highest_risks(cycle: Cycle) -> Risks:
    """Return the highest risk by line: (objective that needs, objective or text needed)."""
    risks: dict[tuple[ResolvedRef, BoxKey], Level | None] = {}
    for entry in cycle.objectives():
        for need in (*entry.needs, *(n for kr in entry.key_results for n in kr.needs)):
            key: BoxKey = need.ref.parent if need.ref else need.text
            risk, ends = need.dependency.risk, (entry.ref, key)
            if key != entry.ref and _RANK[risk] >= _RANK[risks.get(ends)]:
                risks[ends] = risk
    return risks


def _dependency_box(key: BoxKey, scores: Scores, here: str) -> FlowchartBox:
    if isinstance(key, ResolvedRef):
        return objective_box(key, scores, here)
    return FlowchartBox(f"{OUTSIDE}<br/>{escape_mermaid(shorten_title(key))}", "", outside=True)


def _dependencies_diagram(risks: Risks, boxes: Mapping[BoxKey, FlowchartBox]) -> Markdown:
    """Write the flowchart of some lines; "" where they are too few, or too many to be drawn."""
    shown_boxes = {key: boxes[key] for ends in risks for key in ends}
    if len(risks) < FEWEST_DEPENDENCIES or len(shown_boxes) > LARGEST_DIAGRAM:
        return Markdown("")
    lines = [FlowchartLine(start, end, _LINE_STYLES[risk]) for (start, end), risk in risks.items()]
    diagram = mermaid_flowchart(TITLE, shown_boxes, lines)
    return diagram if is_drawable_by_code_hosts(diagram, len(lines)) else Markdown("")
