"""What ladders up to what in one cycle: as flowcharts and as nested text.

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
from okrdocs.markup.escape import Markdown, inline
from okrdocs.pages.graph.mermaid import (
    LARGEST_DIAGRAM,
    ONE_DIAGRAM,
    Box,
    Key,
    Line,
    can_be_drawn,
    flowchart,
    objective_box,
)
from okrdocs.pages.graph.partition import Below, T, pieces, reached
from okrdocs.pages.parts.status_summary import summary_of
from okrdocs.pages.parts.tables import ref_link, title_of
from okrdocs.workspace.workspace import Cycle, ResolvedRef

TITLE = "What ladders up to what"
DEEPEST = 12
"""Levels by which the list is indented; Python-Markdown can't nest without end."""

Tree = tuple[tuple[int, Markdown], ...]


class Fold(NamedTuple):
    """A diagram behind a summary (HTML)."""

    summary: Markdown
    diagram: Markdown


@dataclass(frozen=True, slots=True)
class Branch:
    """All that stands below one objective: diagrams of its first levels and of deeper ones.

    `diagram` is "" where it is too large; `tree` is the same as lines of (depth, text). `root`:
    the objective, where links may lead to the branch.
    """

    summary: Markdown
    is_open: bool
    diagram: Markdown
    deeper: tuple[Fold, ...]
    tree: Tree
    root: ResolvedRef | None = None

    @property
    def anchor(self) -> str:
        """The place of the branch on its page; no objective has an underscore in its own."""
        return f"below_{self.root.team}--{self.root.anchor}" if self.root else ""


@dataclass(frozen=True, slots=True)
class CascadeView:
    """One diagram with its tree, or an overview (which may be "") and a branch for each root.

    `alone`: links to objectives that no line leads to, where there are branches. `left_out`:
    parts of the tree are too large for any diagram.
    """

    diagram: Markdown
    branches: tuple[Branch, ...]
    tree: Tree
    alone: tuple[Markdown, ...]
    left_out: bool

    @property
    def diagrams(self) -> tuple[Markdown, ...]:
        """All of them, in the order of the page."""
        made = [self.diagram]
        for branch in self.branches:
            made += [branch.diagram, *(fold.diagram for fold in branch.deeper)]
        return tuple(diagram for diagram in made if diagram)


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """A graph and how it is shown: some boxes as a diagram, a box as a summary, all below it."""

    below: Mapping[T, tuple[T, ...]]
    diagram: Callable[[set[T]], Markdown]
    summary: Callable[[T], Markdown]
    tree: Callable[[T], Tree]


def unfolded(roots: Iterable[T], shown: Shown[T], overview: Markdown) -> CascadeView:
    """An overview, and a branch for each root; without an overview the first one is open."""
    drawn: set[T] = set()
    branches: list[Branch] = []
    complete = True
    for root in roots:
        made = [(ref, shown.diagram(held)) for ref, held in pieces(root, shown.below, drawn)]
        complete = complete and all(diagram for _, diagram in made)
        branches.append(
            Branch(
                summary=shown.summary(root),
                is_open=not (overview or branches),
                diagram=made[0][1],
                deeper=tuple(Fold(shown.summary(ref), d) for ref, d in made[1:] if d),
                tree=shown.tree(root),
            )
        )
    return CascadeView(overview, tuple(branches), (), (), not complete)


class _Cascade(NamedTuple):
    """The cascade as a graph: every linked objective has a box; those of other cycles come first.

    `below` and `above` hold objectives, whether an objective or its key result is laddered up to.
    """

    boxes: Mapping[ResolvedRef, Box]
    outside: frozenset[ResolvedRef]
    below: Below
    above: Below
    scores: Scores
    here: str


def cascade_view(cycle: Cycle, scores: Scores, here: str) -> CascadeView | None:
    """The cascade of a cycle, or None where nothing ladders up to anything."""
    cascade = _cascade(cycle, scores, here)
    if not cascade.boxes:
        return None
    linked = [ref for ref in cascade.boxes if ref not in cascade.outside]
    roots = [ref for ref in linked if cascade.outside.issuperset(cascade.above.get(ref, ()))]
    alone = [o.ref for o in cycle.objectives() if o.ref not in cascade.boxes]
    first = _with_outside(
        [ref for root in roots for ref in (root, *cascade.below.get(root, ()))], cascade
    )
    everything = len(first) == len(cascade.boxes) <= LARGEST_DIAGRAM
    if everything or len(cascade.boxes) <= ONE_DIAGRAM:
        return _in_one(alone, cascade)
    return _in_branches(roots, alone, first, cascade)


def _cascade(cycle: Cycle, scores: Scores, here: str) -> _Cascade:
    below: dict[ResolvedRef, dict[ResolvedRef, None]] = {}
    above: dict[ResolvedRef, dict[ResolvedRef, None]] = {}
    shown = {entry.ref: None for entry in cycle.objectives()}
    for entry in cycle.objectives():
        for parent in entry.parents:
            below.setdefault(parent.parent, {})[entry.ref] = None
            above.setdefault(entry.ref, {})[parent.parent] = None
    outside = sorted(below.keys() - shown.keys())
    linked = [*outside, *(ref for ref in shown if ref in below or ref in above)]
    return _Cascade(
        boxes={ref: objective_box(ref, scores, here) for ref in linked},
        outside=frozenset(outside),
        below={ref: tuple(found) for ref, found in below.items()},
        above={ref: tuple(found) for ref, found in above.items()},
        scores=scores,
        here=here,
    )


def _in_one(alone: list[ResolvedRef], cascade: _Cascade) -> CascadeView:
    diagram = _diagram(list(cascade.boxes), cascade)
    top = [ref for ref in cascade.boxes if ref in cascade.outside or not cascade.above.get(ref)]
    tree = tuple(_tree([*top, *alone], cascade, set()))
    return CascadeView(diagram, (), tree, (), not diagram)


def _in_branches(
    roots: list[ResolvedRef], alone: list[ResolvedRef], first: list[ResolvedRef], cascade: _Cascade
) -> CascadeView:
    """A branch for each objective with something below it, and links to all others."""
    told: set[ResolvedRef] = set()
    shown = Shown(
        cascade.below,
        lambda held: _diagram(_with_outside(held, cascade), cascade),
        lambda ref: _summary(ref, cascade),
        lambda ref: tuple(_tree([ref], cascade, told)),
    )
    overview = _diagram(first, cascade) if len(first) <= LARGEST_DIAGRAM else Markdown("")
    tops = [ref for ref in roots if ref in cascade.below]
    view = unfolded(tops, shown, overview)
    found = zip(view.branches, tops, strict=True)
    branches = tuple(replace(branch, root=ref) for branch, ref in found)
    lone = [*(ref for ref in roots if ref not in cascade.below), *alone]
    links = tuple(text for _, text in _tree(lone, cascade, told))
    return replace(view, branches=branches, alone=links)


def _with_outside(refs: Iterable[ResolvedRef], cascade: _Cascade) -> list[ResolvedRef]:
    """The objectives in the order of the cycle, after those of other cycles above them."""
    known = set(refs)
    for ref in tuple(known):
        known.update(cascade.outside.intersection(cascade.above.get(ref, ())))
    return [ref for ref in cascade.boxes if ref in known]


def _diagram(refs: list[ResolvedRef], cascade: _Cascade) -> Markdown:
    """The flowchart of some objectives; "" where nobody could draw it."""
    boxes: dict[Key, Box] = {ref: cascade.boxes[ref] for ref in refs}
    lines = []
    for ref in refs:
        children = cascade.below.get(ref, ())
        lines += [Line(ref, child) for child in children if child in boxes]
        missing = sum(child not in boxes for child in children)
        if missing and ref not in cascade.outside:
            boxes[ref] = boxes[ref]._replace(label=f"{boxes[ref].label}<br/>#43;{missing} below")
    diagram = flowchart(TITLE, boxes, lines)
    return diagram if can_be_drawn(diagram, len(lines)) else Markdown("")


def _summary(ref: ResolvedRef, cascade: _Cascade) -> Markdown:
    count = len(reached(ref, cascade.below)) - 1
    return summary_of(
        title_of(ref, cascade.scores), cascade.scores.objectives[ref], f"{count} below"
    )


def _tree(
    roots: list[ResolvedRef], cascade: _Cascade, told: set[ResolvedRef]
) -> Iterator[tuple[int, Markdown]]:
    """Depth first; what stands in several places shows its own children only once."""
    waiting: list[tuple[int, ResolvedRef, ResolvedRef | None]] = [
        (0, ref, None) for ref in reversed(roots)
    ]
    while waiting:
        depth, ref, above = waiting.pop()
        children = cascade.below.get(ref, ())
        again = " (see above)" if ref in told and children else ""
        deep = f", under {_link(above, cascade)}" if above and depth > DEEPEST else ""
        yield (
            min(depth, DEEPEST),
            Markdown(f"{_link(ref, cascade)} – {_told(ref, cascade)}{again}{deep}"),
        )
        if ref not in told:
            waiting.extend((depth + 1, child, ref) for child in reversed(children))
        told.add(ref)


def _link(ref: ResolvedRef, cascade: _Cascade) -> Markdown:
    return ref_link(ref, cascade.scores, cascade.here)


def _told(ref: ResolvedRef, cascade: _Cascade) -> Markdown:
    box = cascade.boxes.get(ref) or objective_box(ref, cascade.scores, cascade.here)
    return inline(box.told)
