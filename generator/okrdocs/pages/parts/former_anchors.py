"""Keeps the anchors of former ids (`was:`), so that links in chats and tickets stay good."""

from __future__ import annotations

from itertools import product

from okrdocs.grading.results import Scores
from okrdocs.workspace.workspace import ResolvedRef


def former_anchors(ref: ResolvedRef, scores: Scores) -> tuple[str, ...]:
    """Return the anchors that an objective or key result had under its former ids.

    Leaves out those that something else on the team's page has now, or had in its place.
    """
    names = {other: _names_of(other, scores) for other in _on_page_of(ref, scores)}
    taken = {other.anchor for other in names}
    for other, anchors in names.items():
        free = [anchor for anchor in anchors if anchor not in taken]
        if other == ref:
            return tuple(free)
        taken.update(free)
    return ()


def _on_page_of(ref: ResolvedRef, scores: Scores) -> list[ResolvedRef]:
    refs = [*scores.objectives, *scores.key_results]
    return [other for other in refs if (other.cycle, other.team) == (ref.cycle, ref.team)]


def _names_of(ref: ResolvedRef, scores: Scores) -> list[str]:
    """Return each anchor that a reference could have had, the present one included."""
    objective = scores.objectives[ref.parent].entry.objective
    objectives = (ref.objective, *objective.was)
    if not ref.key_result:
        return list(objectives)
    key_results = (ref.key_result, *scores.key_results[ref].entry.key_result.was)
    return [f"{one}--{other}" for one, other in product(objectives, key_results)]
