"""What ladders up to what in one cycle: as a Mermaid flowchart and as nested text.

The diagram reads from left to right, the company first (Mermaid's top-down layout gets
unreadable at a dozen nodes). The nested text says the same for print, phones and screen
readers, and carries the links. Both stay small: a large cascade becomes several diagrams,
and the list stops to nest where nobody could follow it any more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from okrdocs.escape import Markdown, inline, mermaid
from okrdocs.pages.addresses import page_of, relative
from okrdocs.pages.cells import grade_text
from okrdocs.pages.tables import ref_link
from okrdocs.scores import Scores
from okrdocs.workspace import Cycle, ObjectiveEntry, Ref

_LABEL = 72
LARGEST_DIAGRAM = 60
"""Boxes in one diagram."""
MOST_EDGES, LONGEST_DIAGRAM = 500, 50_000
"""Lines and characters from which on code hosts don't draw (Mermaid's maxEdges, maxTextSize)."""
DEEPEST = 12
"""Levels by which the list is indented; Python-Markdown can't nest without end."""

Below = Mapping[Ref, list[Ref]]


@dataclass(frozen=True, slots=True)
class CascadeView:
    """Diagrams (Mermaid source), and the tree as lines of (depth, text).

    `left_out`: parts of the tree are too large for any diagram.
    """

    diagrams: tuple[Markdown, ...]
    tree: tuple[tuple[int, Markdown], ...]
    left_out: bool


def cascade_view(cycle: Cycle, scores: Scores, here: str) -> CascadeView | None:
    """The cascade of a cycle, or None where nothing ladders up to anything."""
    entries = list(cycle.objectives())
    shown = {entry.ref for entry in entries}
    edges = [(parent.parent, entry.ref) for entry in entries for parent in entry.parents]
    if not edges:
        return None
    outside = sorted({parent for parent, _ in edges} - shown)
    linked = {ref for edge in edges for ref in edge}
    nodes = [*outside, *(entry.ref for entry in entries if entry.ref in linked)]
    groups = [nodes] if len(nodes) <= LARGEST_DIAGRAM else list(_pieces(nodes, edges))
    made = [_diagram(group, edges, scores, here) for group in groups if len(group) > 1]
    diagrams = tuple(diagram for diagram in made if _can_be_drawn(diagram))
    roots = [*outside, *(entry.ref for entry in entries if not entry.parents)]
    tree = tuple(_tree(roots, cycle.id, scores, here))
    return CascadeView(diagrams, tree, len(diagrams) < len(groups))


def _pieces(nodes: list[Ref], edges: list[tuple[Ref, Ref]]) -> Iterator[list[Ref]]:
    """Groups that are small enough and together hold every edge, from the roots downward.

    Each holds a node and the levels below it that fit; where they end, the next group begins.
    A node that stands alone in its group has more children than one diagram holds.
    """
    below: dict[Ref, list[Ref]] = {}
    for parent, child in dict.fromkeys(edges):
        below.setdefault(parent, []).append(child)
    place = {ref: number for number, ref in enumerate(nodes)}
    children = {child for _, child in edges}
    waiting = deque(node for node in nodes if node not in children)
    told: set[Ref] = set()
    while waiting:
        root = waiting.popleft()
        if root in told:
            continue
        found = _levels(root, below)
        cut = {ref for ref in found if not found.issuperset(below.get(ref, ()))}
        told |= {root, *(found - cut)}
        rest = {child for child in below[root] if child in below} if root in cut else cut
        waiting.extend(sorted(rest, key=place.__getitem__))
        yield sorted(found, key=place.__getitem__)


def _levels(root: Ref, below: Below) -> set[Ref]:
    """A node and as many whole levels below it as one diagram holds."""
    found, level = {root}, [root]
    while level and len(found) <= LARGEST_DIAGRAM:
        level = list({child for ref in level for child in below.get(ref, ())} - found)
        if len(found) + len(level) > LARGEST_DIAGRAM:
            break
        found.update(level)
    return found


def _can_be_drawn(diagram: Markdown) -> bool:
    return len(diagram) <= LONGEST_DIAGRAM and diagram.count(" --> ") <= MOST_EDGES


def _diagram(
    nodes: Iterable[Ref], edges: Iterable[tuple[Ref, Ref]], scores: Scores, here: str
) -> Markdown:
    listed = list(nodes)
    known = set(listed)
    text = ["flowchart LR"]
    text.extend(f'    {_node_id(ref)}["{_label(ref, scores)}"]' for ref in listed)
    text.extend(
        f"    {_node_id(parent)} --> {_node_id(child)}"
        for parent, child in dict.fromkeys(edges)
        if parent in known and child in known
    )
    text.extend(
        f'    click {_node_id(ref)} href "{relative(here, page_of(ref))}"' for ref in listed
    )
    return Markdown("\n".join(text))


def _node_id(ref: Ref) -> str:
    """A word that Mermaid takes for an id, another one for each objective.

    Ids hold only single hyphens, those of cycles also single underscores, so `_` stands for
    a hyphen, `__` parts and `___` is an underscore. The prefix: `end` and others are reserved.
    """
    parts = (ref.cycle.replace("_", "___"), ref.team, ref.objective)
    return f"n_{'__'.join(parts).replace('-', '_')}"


def _label(ref: Ref, scores: Scores) -> str:
    entry = scores.workspace.objectives[ref]
    team = scores.workspace.teams.get(ref.team)
    grade = grade_text(scores.objectives[ref].grade)
    name = mermaid(team.name if team else ref.team)
    return f"{name}<br/>{mermaid(_short(entry))}<br/>{mermaid(grade)}"


def _short(entry: ObjectiveEntry) -> str:
    text = entry.objective.label or entry.objective.title
    if len(text) <= _LABEL:
        return text
    return text[: _LABEL - 1].rsplit(" ", 1)[0] + "…"


def _tree(
    roots: list[Ref], cycle_id: str, scores: Scores, here: str
) -> Iterator[tuple[int, Markdown]]:
    """Depth first; what stands in several places shows its own children only once."""
    told: set[Ref] = set()
    waiting: list[tuple[int, Ref, Ref | None]] = [(0, ref, None) for ref in reversed(roots)]
    while waiting:
        depth, ref, above = waiting.pop()
        children = _children(ref, cycle_id, scores)
        again = " (see above)" if ref in told and children else ""
        deep = f", under {ref_link(above, scores, here)}" if above and depth > DEEPEST else ""
        grade = inline(grade_text(scores.objectives[ref].grade))
        yield min(depth, DEEPEST), Markdown(f"{ref_link(ref, scores, here)} – {grade}{again}{deep}")
        if ref not in told:
            waiting.extend((depth + 1, child, ref) for child in reversed(children))
        told.add(ref)


def _children(ref: Ref, cycle_id: str, scores: Scores) -> list[Ref]:
    """Objectives of the cycle that ladder up to an objective or to one of its key results."""
    workspace = scores.workspace
    parents = [ref, *(kr.ref for kr in workspace.objectives[ref].key_results)]
    found: dict[Ref, None] = {}
    for parent in parents:
        for child in workspace.children.get(parent, ()):
            if child.ref.cycle == cycle_id:
                found[child.ref] = None
    return list(found)
