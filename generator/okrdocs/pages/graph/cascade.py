"""Shows what ladders up to what in one cycle, as flowcharts and as nested text.

A small cascade is one diagram. A large one begins with the company's objectives and what
ladders up to them directly; each of them can be unfolded to all that stands below it. The
nested text says the same for print, phones and screen readers, and carries the links; it
stops to nest where nobody could follow it any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Generic, NamedTuple

from okrdocs.grading.results import Scores
from okrdocs.markup.escape import Markdown, escape_inline
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
)
from okrdocs.pages.graph.partition import ChildrenByRef, T, all_boxes_below, split_diagram
from okrdocs.pages.parts.status_summary import objective_summary_html
from okrdocs.pages.parts.tables import full_title, ref_link
from okrdocs.workspace.workspace import Cycle, ResolvedRef

TITLE = "What ladders up to what"
DEEPEST = 12
"""Levels by which the list is indented; Python-Markdown can't nest without end."""

ListLines = tuple[tuple[int, Markdown], ...]


@dataclass(frozen=True, slots=True)
class CascadeBranch:
    """All that stands below one objective: diagrams of its first levels and of deeper ones.

    `diagram` is "" where it is too large; `tree` is the same as lines of (depth, text). `root`:
    the objective, where links may lead to the branch.
    """

    summary: Markdown
    is_open: bool
    diagram: Markdown
    deeper: tuple[FoldedDiagram, ...]
    tree: ListLines
    root: ResolvedRef | None = None

    @property
    def anchor(self) -> str:
        """Return the branch's anchor on its page; no objective has an underscore in its own."""
        return f"below_{self.root.team}--{self.root.anchor}" if self.root else ""


@dataclass(frozen=True, slots=True)
class CascadeView:
    """One diagram with its tree, or an overview (which may be "") and a branch for each root.

    `alone`: links to objectives that no line leads to, where there are branches. `left_out`:
    parts of the tree are too large for any diagram.
    """

    diagram: Markdown
    branches: tuple[CascadeBranch, ...]
    tree: ListLines
    alone: tuple[Markdown, ...]
    left_out: bool

    @property
    def diagrams(self) -> tuple[Markdown, ...]:
        """Return all diagrams, in the order of the page."""
        all_diagrams = [self.diagram]
        for branch in self.branches:
            all_diagrams += [branch.diagram, *(fold.diagram for fold in branch.deeper)]
        return tuple(diagram for diagram in all_diagrams if diagram)


@dataclass(frozen=True, slots=True)
class GraphFunctions(Generic[T]):
    """A graph and what shows it: boxes as a diagram, a box as a summary, all below it as a list."""

    below: Mapping[T, tuple[T, ...]]
    diagram: Callable[[set[T]], Markdown]
    summary: Callable[[T], Markdown]
    tree: Callable[[T], ListLines]


def cascade_in_branches(
    roots: Iterable[T], graph: GraphFunctions[T], overview: Markdown
) -> CascadeView:
    """Show an overview and a branch for each root; without an overview the first one is open."""
    drawn: set[T] = set()
    branches: list[CascadeBranch] = []
    complete = True
    for root in roots:
        pieces = [
            (ref, graph.diagram(refs)) for ref, refs in split_diagram(root, graph.below, drawn)
        ]
        complete = complete and all(diagram for _, diagram in pieces)
        branches.append(
            CascadeBranch(
                summary=graph.summary(root),
                is_open=not (overview or branches),
                diagram=pieces[0][1],
                deeper=tuple(FoldedDiagram(graph.summary(ref), d) for ref, d in pieces[1:] if d),
                tree=graph.tree(root),
            )
        )
    return CascadeView(overview, tuple(branches), (), (), not complete)


class _CascadeGraph(NamedTuple):
    """The cascade as a graph: every linked objective has a box; those of other cycles come first.

    `below` and `above` hold objectives, whether an objective or its key result is laddered up to.
    """

    boxes: Mapping[ResolvedRef, FlowchartBox]
    outside: frozenset[ResolvedRef]
    below: ChildrenByRef
    above: ChildrenByRef
    scores: Scores
    here: str


def cascade_view(cycle: Cycle, scores: Scores, here: str) -> CascadeView | None:
    """Make the cascade of a cycle; None where nothing ladders up to anything."""
    cascade = _cascade_graph(cycle, scores, here)
    if not cascade.boxes:
        return None
    linked = [ref for ref in cascade.boxes if ref not in cascade.outside]
    roots = [ref for ref in linked if cascade.outside.issuperset(cascade.above.get(ref, ()))]
    alone = [o.ref for o in cycle.objectives() if o.ref not in cascade.boxes]
    first = _add_objectives_of_other_cycles(
        [ref for root in roots for ref in (root, *cascade.below.get(root, ()))], cascade
    )
    everything = len(first) == len(cascade.boxes) <= LARGEST_DIAGRAM
    if everything or len(cascade.boxes) <= ONE_DIAGRAM:
        return _cascade_in_one_diagram(alone, cascade)
    return _cascade_in_several_diagrams(roots, alone, first, cascade)


def _cascade_graph(cycle: Cycle, scores: Scores, here: str) -> _CascadeGraph:
    below: dict[ResolvedRef, dict[ResolvedRef, None]] = {}
    above: dict[ResolvedRef, dict[ResolvedRef, None]] = {}
    own = {entry.ref: None for entry in cycle.objectives()}
    for entry in cycle.objectives():
        for parent in entry.parents:
            below.setdefault(parent.parent, {})[entry.ref] = None
            above.setdefault(entry.ref, {})[parent.parent] = None
    outside = sorted(below.keys() - own.keys())
    linked = [*outside, *(ref for ref in own if ref in below or ref in above)]
    return _CascadeGraph(
        boxes={ref: objective_box(ref, scores, here) for ref in linked},
        outside=frozenset(outside),
        below={ref: tuple(refs) for ref, refs in below.items()},
        above={ref: tuple(refs) for ref, refs in above.items()},
        scores=scores,
        here=here,
    )


def _cascade_in_one_diagram(alone: list[ResolvedRef], cascade: _CascadeGraph) -> CascadeView:
    diagram = _cascade_diagram(list(cascade.boxes), cascade)
    top = [ref for ref in cascade.boxes if ref in cascade.outside or not cascade.above.get(ref)]
    tree = tuple(_list_lines([*top, *alone], cascade, set()))
    return CascadeView(diagram, (), tree, (), not diagram)


def _cascade_in_several_diagrams(
    roots: list[ResolvedRef],
    alone: list[ResolvedRef],
    first: list[ResolvedRef],
    cascade: _CascadeGraph,
) -> CascadeView:
    """Make a branch for each objective with something below it, and links to all others."""
    listed: set[ResolvedRef] = set()
    graph = GraphFunctions(
        cascade.below,
        lambda refs: _cascade_diagram(_add_objectives_of_other_cycles(refs, cascade), cascade),
        lambda ref: _branch_summary(ref, cascade),
        lambda ref: tuple(_list_lines([ref], cascade, listed)),
    )
    overview = _cascade_diagram(first, cascade) if len(first) <= LARGEST_DIAGRAM else Markdown("")
    tops = [ref for ref in roots if ref in cascade.below]
    view = cascade_in_branches(tops, graph, overview)
    branches_with_tops = zip(view.branches, tops, strict=True)
    branches = tuple(replace(branch, root=ref) for branch, ref in branches_with_tops)
    lone = [*(ref for ref in roots if ref not in cascade.below), *alone]
    links = tuple(text for _, text in _list_lines(lone, cascade, listed))
    return replace(view, branches=branches, alone=links)


def _add_objectives_of_other_cycles(
    refs: Iterable[ResolvedRef], cascade: _CascadeGraph
) -> list[ResolvedRef]:
    """Return objectives in the order of the cycle, after those of other cycles above them."""
    wanted = set(refs)
    for ref in tuple(wanted):
        wanted.update(cascade.outside.intersection(cascade.above.get(ref, ())))
    return [ref for ref in cascade.boxes if ref in wanted]


def _cascade_diagram(refs: list[ResolvedRef], cascade: _CascadeGraph) -> Markdown:
    """Write the flowchart of some objectives; "" where it is too large to be drawn."""
    boxes: dict[BoxKey, FlowchartBox] = {ref: cascade.boxes[ref] for ref in refs}
    lines = []
    for ref in refs:
        children = cascade.below.get(ref, ())
        lines += [FlowchartLine(ref, child) for child in children if child in boxes]
        missing = sum(child not in boxes for child in children)
        if missing and ref not in cascade.outside:
            boxes[ref] = boxes[ref]._replace(label=f"{boxes[ref].label}<br/>#43;{missing} below")
    diagram = mermaid_flowchart(TITLE, boxes, lines)
    return diagram if is_drawable_by_code_hosts(diagram, len(lines)) else Markdown("")


def _branch_summary(ref: ResolvedRef, cascade: _CascadeGraph) -> Markdown:
    count = len(all_boxes_below(ref, cascade.below)) - 1
    return objective_summary_html(
        full_title(ref, cascade.scores), cascade.scores.objectives[ref], f"{count} below"
    )


def _list_lines(
    roots: list[ResolvedRef], cascade: _CascadeGraph, listed: set[ResolvedRef]
) -> Iterator[tuple[int, Markdown]]:
    """Yield (depth, text), depth first; what stands in several places lists its children once."""
    stack: list[tuple[int, ResolvedRef, ResolvedRef | None]] = [
        (0, ref, None) for ref in reversed(roots)
    ]
    while stack:
        depth, ref, above = stack.pop()
        children = cascade.below.get(ref, ())
        again = " (see above)" if ref in listed and children else ""
        deep = f", under {_objective_link(above, cascade)}" if above and depth > DEEPEST else ""
        yield (
            min(depth, DEEPEST),
            Markdown(
                f"{_objective_link(ref, cascade)} – {_status_text(ref, cascade)}{again}{deep}"
            ),
        )
        if ref not in listed:
            stack.extend((depth + 1, child, ref) for child in reversed(children))
        listed.add(ref)


def _objective_link(ref: ResolvedRef, cascade: _CascadeGraph) -> Markdown:
    return ref_link(ref, cascade.scores, cascade.here)


def _status_text(ref: ResolvedRef, cascade: _CascadeGraph) -> Markdown:
    box = cascade.boxes.get(ref) or objective_box(ref, cascade.scores, cascade.here)
    return escape_inline(box.status_text)
