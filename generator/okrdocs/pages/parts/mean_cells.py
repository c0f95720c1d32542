"""Shows means, the grades of objectives, teams and cycles: how complete, and what was left out.

What was dropped or left out raises a mean, so that both means stand wherever one does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from okrdocs import words
from okrdocs.grading.results import (
    CycleScore,
    ObjectiveScore,
    Scores,
    State,
    TeamScore,
)
from okrdocs.markup.escape import Markdown
from okrdocs.pages.parts.cells import grade_bar, grade_text, small_text

MeanScore = ObjectiveScore | TeamScore | CycleScore
_LEFT_OUT = (State.DROPPED, State.LEFT_OUT)


def company_score(score: CycleScore, scores: Scores) -> TeamScore | None:
    """Return the score of the company's own team in a cycle; None where it has none there."""
    company = scores.workspace.company
    return next((team for team in score.teams if team.entry.id == company), None)


def mean_cell(score: MeanScore | None, *, meter: bool = False) -> Markdown:
    """Return a mean for a table's cell, and below it the mean with what isn't in it."""
    if score is None:
        return Markdown(grade_text(None))
    bar = grade_bar(score.grade) if meter else ""
    remark = mean_with_left_out(score)
    return Markdown(
        f"**{grade_text(score.grade)}**{bar}{f'<br>{small_text(remark)}' if remark else ''}"
    )


def grade_with_notes(score: TeamScore | CycleScore) -> Markdown:
    """Return the grade of a team or cycle, with how complete it is and what was left out."""
    notes = [
        f"{score.reported} of {score.of} key results reported" if score.of else "",
        _not_graded_count_text(_objectives_of(score)),
        mean_with_left_out(score),
    ]
    remark = "; ".join(note for note in notes if note)
    grade = f"<strong>{grade_text(score.grade)}</strong>"
    return Markdown(f"{grade}{f' {small_text(remark)}' if remark else ''}")


def mean_with_left_out(score: MeanScore) -> str:
    """Return the mean with what isn't in it, and why not: `0.50 with what was dropped`.

    "" where nothing was dropped or left out.
    """
    if score.with_dropped is None:
        return ""
    states = {state for objective in _objectives_of(score) for state in _states_left_out(objective)}
    if isinstance(score, ObjectiveScore):
        states = set(_states_of_key_results(score))
    return f"{score.with_dropped} {_with_left_out_text(states)}"


def _objectives_of(score: MeanScore) -> tuple[ObjectiveScore, ...]:
    if isinstance(score, ObjectiveScore):
        return (score,)
    return score.objectives if isinstance(score, TeamScore) else tuple(score.objectives())


def _states_left_out(objective: ObjectiveScore) -> Iterator[State]:
    """Yield why the objective isn't in the means above it; else why its key results aren't."""
    if objective.state in _LEFT_OUT:
        if objective.grade is not None or objective.formula is not None:
            yield objective.state
    elif objective.with_dropped is not None and objective.state is not State.DRAFT:
        yield from _states_of_key_results(objective)


def _states_of_key_results(objective: ObjectiveScore) -> Iterator[State]:
    """Yield why key results aren't in the mean; their objective may be dropped, too."""
    draft = objective.state is State.DRAFT
    for kr in objective.key_results:
        counts = not kr.entry.key_result.guardrail and (kr.state is State.DRAFT) is draft
        if not counts or (kr.grade is None and kr.formula is None):
            continue
        if kr.dropped is not None:
            yield State.DROPPED
        elif kr.override is not None and kr.override.value.value is None:
            yield State.LEFT_OUT


def _with_left_out_text(states: Collection[State]) -> str:
    state_words = [words.STATE_WORDS[state] for state in _LEFT_OUT if state in states]
    return f"with what was {' or '.join(state_words)}"


def reported_count_text(score: ObjectiveScore) -> str:
    """Return how complete a mean is: `3 of 4 reported`; "" where nothing was to be reported."""
    counts = (
        f"{score.reported} of {score.of} reported" if score.of else "",
        _not_graded_count_text([score]),
    )
    return ", ".join(filter(None, counts))


def _not_graded_count_text(objectives: Iterable[ObjectiveScore]) -> str:
    """Return how many key results are reported in words alone, and so in no mean.

    "" where none is.
    """
    count = sum(
        1
        for objective in objectives
        for kr in objective.key_results
        if kr.state is State.NOT_GRADED
    )
    return f"{count} not graded yet" if count else ""
