"""Draws what a change does to the cascade, for the review comment: a Mermaid flowchart.

It shows the objectives that were added, removed, moved or changed, and those one step above and
below. What happened to each also stands in words, so that nobody needs the colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from okrdocs.diff import ChangeKind, Diff, Importance, OkrChange
from okrdocs.diff.pairs import Pairs
from okrdocs.grading.results import Scores
from okrdocs.markup.code_host import escape_label
from okrdocs.markup.shorten import shorten_at_word
from okrdocs.workspace.workspace import ObjectiveEntry, ResolvedRef

MOST_BOXES = 30
_MOST_LINES = 80
_LABEL = 60
_SHAPING = frozenset(
    {
        ChangeKind.ADDED,
        ChangeKind.REMOVED,
        ChangeKind.MOVED,
        ChangeKind.REPARENTED,
        ChangeKind.DROPPED,
    }
)
"""What changes the cascade itself; where nothing of this happened there is no picture."""

_MARKING = _SHAPING | {
    ChangeKind.TARGET,
    ChangeKind.BASELINE,
    ChangeKind.MEASURE,
    ChangeKind.TYPE,
    ChangeKind.REWORDED,
}
"""What marks an objective as changed; who owns it, and how it stands, is shown elsewhere."""

_HEADING = "\n\n### What ladders up to what\n\n"
_KEY = "An arrow leads from an objective, or one of its key results, to what ladders up to it."


class ObjectiveMark(StrEnum):
    """What happened to an objective."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


_STYLES = {
    ObjectiveMark.ADDED: "stroke:green,stroke-width:3px",
    ObjectiveMark.REMOVED: "stroke:crimson,stroke-width:3px,stroke-dasharray:6 4",
    ObjectiveMark.CHANGED: "stroke:goldenrod,stroke-width:3px",
}


class CascadeNode(NamedTuple):
    """An objective in the drawing, by its name after the change; `gone` ones by the one before."""

    gone: bool
    ref: ResolvedRef


class CascadeEdge(NamedTuple):
    """An arrow from an objective to a child.

    `key_result`: the parent's one that is meant, or None.
    """

    parent: CascadeNode
    child: CascadeNode
    key_result: ResolvedRef | None


class _ComparedCascade(NamedTuple):
    """Both states in one drawing: objectives, what happened to them, and the arrows of each."""

    entries: Mapping[CascadeNode, ObjectiveEntry]
    marks: Mapping[CascadeNode, ObjectiveMark]
    before: frozenset[CascadeEdge]
    after: frozenset[CascadeEdge]


def cascade_section(before: Scores, after: Scores, pairs: Pairs, diff: Diff) -> str:
    """Return the section with the drawing; "" where the cascade is unchanged or has no arrows."""
    if not any(_changes_cascade(change) for change in diff.changes):
        return ""
    cascade = _compare_cascades(before, after, pairs, diff)
    edges = cascade.before | cascade.after
    marked = set(cascade.marks)
    near = [edge for edge in edges if marked.intersection(edge[:2])]
    if not near:
        return ""
    beside = {node for edge in near for node in edge[:2]} - marked
    linked = beside | {node for edge in near for node in edge[:2]}
    core = [
        node
        for node in cascade.entries
        if node in marked & (linked | _added_and_removed_nodes(cascade))
    ]
    shown = [*core, *(node for node in cascade.entries if node in beside)][:MOST_BOXES]
    lines = sorted(
        (edge for edge in near if edge.parent in shown and edge.child in shown), key=repr
    )
    if len(core) > MOST_BOXES or len(lines) > _MOST_LINES:
        return f"{_HEADING}{len(core)} objectives came, went or changed: too many to draw."
    left_out = len(core) + len(beside) - len(shown)
    rest = f" {left_out} more beside them are left out." if left_out else ""
    drawn = [node for node in cascade.entries if node in shown]
    source = "\n".join(_mermaid_lines(drawn, lines, cascade, after))
    return f"{_HEADING}{_KEY}{rest}\n\n```mermaid\n{source}\n```"


def _added_and_removed_nodes(cascade: _ComparedCascade) -> set[CascadeNode]:
    """Return added and removed objectives, which are shown even without an arrow."""
    return {node for node, mark in cascade.marks.items() if mark is not ObjectiveMark.CHANGED}


def _changes_cascade(change: OkrChange) -> bool:
    return change.kind in _SHAPING and change.importance is not Importance.WORDS


def _compare_cascades(before: Scores, after: Scores, pairs: Pairs, diff: Diff) -> _ComparedCascade:
    old, new = before.workspace.objectives, after.workspace.objectives
    there = {
        ref: CascadeNode(False, pairs.objectives[ref]) for ref in old if ref in pairs.objectives
    }
    nodes_before = {ref: there.get(ref, CascadeNode(True, ref)) for ref in old}
    nodes_after = {ref: CascadeNode(False, ref) for ref in new}
    entries = {nodes_after[ref]: entry for ref, entry in new.items()}
    entries |= {nodes_before[ref]: old[ref] for ref in old if ref not in there}
    nodes_of_old = frozenset(there.values())
    edited = {
        change.ref.parent
        for change in diff.changes
        if change.ref and _is_change_shown_on_box(change)
    }
    marks = {}
    for node in entries:
        if node.gone:
            marks[node] = ObjectiveMark.REMOVED
        elif node not in nodes_of_old:
            marks[node] = ObjectiveMark.ADDED
        elif node.ref in edited:
            marks[node] = ObjectiveMark.CHANGED
    names = pairs.key_results
    edges = (
        _cascade_edges(old.values(), nodes_before, names),
        _cascade_edges(new.values(), nodes_after, {}),
    )
    return _ComparedCascade(entries, marks, *map(frozenset, edges))


def _is_change_shown_on_box(change: OkrChange) -> bool:
    weighty = change.importance in (Importance.GOALPOSTS, Importance.COMMITMENT)
    return weighty and change.kind in _MARKING


def _cascade_edges(
    entries: Iterable[ObjectiveEntry],
    nodes: Mapping[ResolvedRef, CascadeNode],
    names: Mapping[ResolvedRef, ResolvedRef],
) -> Iterator[CascadeEdge]:
    for entry in entries:
        for ref in entry.parents:
            if ref.parent in nodes:
                key_result = names.get(ref, ref) if ref.key_result else None
                yield CascadeEdge(nodes[ref.parent], nodes[entry.ref], key_result)


def _mermaid_lines(
    nodes: Iterable[CascadeNode],
    edges: Iterable[CascadeEdge],
    cascade: _ComparedCascade,
    scores: Scores,
) -> Iterator[str]:
    listed = list(nodes)
    ids = {node: f"n{number}" for number, node in enumerate(listed, 1)}
    several = len({node.ref.cycle for node in listed}) > 1
    yield "flowchart LR"
    for node in listed:
        label = _node_label(node, cascade, scores, cycle=several)
        yield f'    {ids[node]}["{label}"]'
    for edge in edges:
        yield f"    {ids[edge.parent]} {_mermaid_arrow(edge, cascade)} {ids[edge.child]}"
    for mark in ObjectiveMark:
        marked = ",".join(ids[node] for node in listed if cascade.marks.get(node) is mark)
        if marked:
            yield f"    classDef {mark} {_STYLES[mark]}"
            yield f"    class {marked} {mark}"


def _mermaid_arrow(edge: CascadeEdge, cascade: _ComparedCascade) -> str:
    """Return an arrow with its key result; it is marked as new or gone unless its objective is."""
    fresh = any(
        cascade.marks.get(node) in (ObjectiveMark.ADDED, ObjectiveMark.REMOVED) for node in edge[:2]
    )
    news, start, end = "", "--", "-->"
    gone = edge not in cascade.after
    if gone:
        news, start, end = "no longer", "-.", ".->"
    elif edge not in cascade.before and not fresh:
        news, start, end = "new", "==", "==>"
    words = " ".join(filter(None, ["" if fresh else news, _key_result_label(edge, cascade)]))
    if words:
        return f"{start} {words} {end}"
    return "-.->" if gone else end


def _key_result_label(edge: CascadeEdge, cascade: _ComparedCascade) -> str:
    for entry in cascade.entries[edge.parent].key_results:
        if entry.ref == edge.key_result:
            return f"KR{entry.number}"
    return ""


def _node_label(
    node: CascadeNode, cascade: _ComparedCascade, scores: Scores, *, cycle: bool
) -> str:
    entry, mark = cascade.entries[node], cascade.marks.get(node)
    team = scores.workspace.teams.get(node.ref.team)
    place = f"{node.ref.cycle} " if cycle else ""
    parts = [f"{place}{team.name if team else node.ref.team}", _short_title(entry)]
    return "<br/>".join(escape_label(part) for part in [*parts, *([mark.value] if mark else [])])


def _short_title(entry: ObjectiveEntry) -> str:
    return shorten_at_word(entry.objective.label or entry.objective.title, _LABEL)
