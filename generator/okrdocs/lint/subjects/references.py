"""What a reference leads to: the objective or key result, as it was written and as it is graded.

Rules about links between OKRs look here; `resolve` has made sure that a reference leads somewhere.
"""

from __future__ import annotations

from okrdocs.format.records import KeyResult, Objective
from okrdocs.grading.results import KeyResultScore, ObjectiveScore, Scores, State
from okrdocs.workspace.workspace import KeyResultEntry, ResolvedRef

ReferencedScore = ObjectiveScore | KeyResultScore


def referenced_score(ref: ResolvedRef | None, scores: Scores) -> ReferencedScore | None:
    """Return the score of what a reference names; None for plain text."""
    if ref is None:
        return None
    return scores.key_results.get(ref) if ref.key_result else scores.objectives.get(ref)


def record_of_score(score: ReferencedScore) -> Objective | KeyResult:
    """Return the record that a score belongs to, as it was written."""
    entry = score.entry
    return entry.key_result if isinstance(entry, KeyResultEntry) else entry.objective


def scores_not_dropped(objective: ObjectiveScore) -> tuple[ReferencedScore, ...]:
    """Return an objective and its key results, without what was dropped."""
    everything: tuple[ReferencedScore, ...] = (objective, *objective.key_results)
    return tuple(scored for scored in everything if scored.state is not State.DROPPED)
