"""What a reference leads to: the objective or key result, as it was written and as it is graded.

Rules about links between OKRs look here; `resolve` has made sure that a reference leads somewhere.
"""

from __future__ import annotations

from okrdocs.format.records import KeyResult, Objective
from okrdocs.grading.results import KeyResultScore, ObjectiveScore, Scores, State
from okrdocs.workspace.workspace import KeyResultEntry, ResolvedRef

Referent = ObjectiveScore | KeyResultScore


def referent_of(ref: ResolvedRef | None, scores: Scores) -> Referent | None:
    """The score of what a reference names; None for plain text."""
    if ref is None:
        return None
    return scores.key_results.get(ref) if ref.key_result else scores.objectives.get(ref)


def record_of(score: Referent) -> Objective | KeyResult:
    """What was written about it."""
    entry = score.entry
    return entry.key_result if isinstance(entry, KeyResultEntry) else entry.objective


def alive(objective: ObjectiveScore) -> tuple[Referent, ...]:
    """The objective and its key results, without what was dropped."""
    everything: tuple[Referent, ...] = (objective, *objective.key_results)
    return tuple(each for each in everything if each.state is not State.DROPPED)
