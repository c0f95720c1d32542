"""What grading has already flagged, for the rules that report it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from okrdocs.grading.results import CycleScore, Flag, KeyResultScore, ObjectiveScore


def scores_with_flag(
    cycles: Iterable[CycleScore], code: str
) -> Iterator[tuple[ObjectiveScore | KeyResultScore, Flag]]:
    """Yield objectives and key results with a flag of this code, dropped ones too."""
    for cycle in cycles:
        for objective in cycle.objectives():
            scores: tuple[ObjectiveScore | KeyResultScore, ...]
            scores = (objective, *objective.key_results)
            for score in scores:
                for flag in score.flags:
                    if flag.code == code:
                        yield score, flag


def key_results_with_flag(
    cycles: Iterable[CycleScore], code: str
) -> Iterator[tuple[KeyResultScore, Flag]]:
    """Yield key results with a flag of this code, and the flag; dropped ones too."""
    for score, flag in scores_with_flag(cycles, code):
        if isinstance(score, KeyResultScore):
            yield score, flag
