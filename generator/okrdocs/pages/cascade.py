"""What ladders up to what in one cycle: as a Mermaid flowchart and as nested text.

The diagram reads from left to right, the company first (Mermaid's top-down layout gets
unreadable at a dozen nodes). The nested text says the same for print, phones and screen
readers, and carries the links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from okrdocs.escape import Markdown, inline, mermaid
from okrdocs.pages.addresses import page_of, relative
from okrdocs.pages.cells import grade_text
from okrdocs.pages.tables import ref_link
from okrdocs.scores import Scores
from okrdocs.workspace import Cycle, ObjectiveEntry, Ref

_LABEL = 72
LARGEST_DIAGRAM = 60


@dataclass(frozen=True, slots=True)
class CascadeView:
    """One or several diagrams (Mermaid source), and the tree as lines of (depth, text)."""

    diagrams: tuple[Markdown, ...]
    tree: tuple[tuple[int, Markdown], ...]


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
    groups = [nodes] if len(nodes) <= LARGEST_DIAGRAM else _by_root(nodes, edges)
    diagrams = tuple(_diagram(group, edges, scores, here) for group in groups)
    roots = [*outside, *(entry.ref for entry in entries if not entry.parents)]
    return CascadeView(diagrams, tuple(_tree(roots, cycle.id, scores, here)))


def _by_root(nodes: list[Ref], edges: list[tuple[Ref, Ref]]) -> list[list[Ref]]:
    """One group for each node without a parent: itself and all below it."""
    below: dict[Ref, list[Ref]] = {}
    for parent, child in edges:
        below.setdefault(parent, []).append(child)
    children = {child for _, child in edges}
    groups = []
    for root in (node for node in nodes if node not in children):
        found = {root: None}
        waiting = [root]
        while waiting:
            for child in below.get(waiting.pop(), ()):
                if child not in found:
                    found[child] = None
                    waiting.append(child)
        groups.append([node for node in nodes if node in found])
    return groups


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
    """A word that Mermaid takes for an id; prefixed, since `end` and the like are reserved."""
    plain = f"{ref.cycle}_{ref.team}_{ref.objective}".replace("-", "_")
    return f"n_{plain}"


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
    waiting = [(0, ref) for ref in reversed(roots)]
    while waiting:
        depth, ref = waiting.pop()
        below = [] if ref in told else _children(ref, cycle_id, scores)
        again = " (see above)" if ref in told and _children(ref, cycle_id, scores) else ""
        told.add(ref)
        grade = inline(grade_text(scores.objectives[ref].grade))
        yield depth, Markdown(f"{ref_link(ref, scores, here)} – {grade}{again}")
        waiting.extend((depth + 1, child) for child in reversed(below))


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
