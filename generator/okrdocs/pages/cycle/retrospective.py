"""Makes the views of retrospectives and mid-cycle reviews: what was decided and learnt."""

from __future__ import annotations

from dataclasses import dataclass

from okrdocs import words
from okrdocs.format.records import Retrospective
from okrdocs.grading.results import CycleScore, KeyResultScore, Scores
from okrdocs.markup.escape import Markdown
from okrdocs.pages.parts.cells import grade_text, iso_day_text
from okrdocs.pages.parts.tables import ref_link
from okrdocs.workspace.workspace import ResolvedRef


@dataclass(frozen=True, slots=True)
class RetrospectiveView:
    """What a cycle taught; empty parts don't appear."""

    groups: tuple[tuple[str, tuple[str, ...]], ...]
    roll_over: tuple[tuple[Markdown, str], ...]
    verdicts: tuple[tuple[Markdown, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The mid-cycle review: when, what was decided and learnt, which forecasts are low."""

    date: str
    held: bool
    agenda: tuple[str, ...]
    decisions: tuple[tuple[Markdown, str, str], ...]
    learnings: tuple[str, ...]
    low: tuple[tuple[Markdown, str, str], ...]
    limit: str

    def __bool__(self) -> bool:
        return bool(self.decisions or self.learnings or self.low or self.agenda)


def retrospective_view(
    retrospective: Retrospective | None,
    refs: tuple[ResolvedRef | None, ...],
    scores: Scores,
    here: str,
    verdicts: tuple[tuple[Markdown, str], ...] = (),
) -> RetrospectiveView | None:
    """Make the view of a retrospective; None where nothing was written.

    `verdicts` are objectives with what was said of each at the end.
    """
    if retrospective is None or not (
        retrospective.worked
        or retrospective.did_not
        or retrospective.contributed
        or retrospective.ambition
        or retrospective.roll_over
    ):
        return RetrospectiveView((), (), verdicts) if verdicts else None
    groups = (
        (words.WHAT_WORKED_WELL, retrospective.worked),
        (words.WHAT_DIDNT_WORK, retrospective.did_not),
        (words.WHAT_MADE_THE_DIFFERENCE, retrospective.contributed),
        (
            words.WERE_THE_TARGETS_AMBITIOUS_ENOUGH,
            (retrospective.ambition,) if retrospective.ambition else (),
        ),
    )
    padded = (*refs, *(None for _ in retrospective.roll_over[len(refs) :]))
    roll_over = tuple(
        (ref_link(ref, scores, here) if ref else Markdown(""), item.note or "")
        for ref, item in zip(padded, retrospective.roll_over, strict=True)
    )
    return RetrospectiveView(tuple(group for group in groups if group[1]), roll_over, verdicts)


def closing_notes(score: CycleScore, scores: Scores, here: str) -> tuple[tuple[Markdown, str], ...]:
    """Return each objective about which a verdict was written, linked, with the verdict."""
    return tuple(
        (ref_link(objective.entry.ref, scores, here), objective.entry.objective.closing_note)
        for objective in score.objectives()
        if objective.entry.objective.closing_note
    )


def review_view(score: CycleScore, scores: Scores, here: str) -> ReviewView:
    """Make the view of a cycle's review: what is written, and key results with a low forecast."""
    cycle = score.cycle
    review = cycle.document.review if cycle.document else None
    if review is not None and (review.date or cycle.review_date or scores.as_of) > scores.as_of:
        review = None  # Seen as of an earlier day, it hasn't been held.
    cadence = scores.workspace.organization.cadence
    decisions: list[tuple[Markdown, str, str]] = []
    for ref, decision in zip(cycle.decisions, review.decisions if review else (), strict=False):
        if ref is not None:
            word = decision.decision.value.capitalize()
            decisions.append((ref_link(ref, scores, here), word, decision.reason or ""))
    policy = scores.workspace.policy
    return ReviewView(
        date=iso_day_text(review.date if review and review.date else cycle.review_date),
        held=review is not None,
        agenda=cadence.review_agenda if cadence else (),
        decisions=tuple(decisions),
        learnings=review.learnings if review else (),
        low=tuple(
            (ref_link(kr.entry.ref, scores, here), str(forecast), grade_text(kr.grade))
            for kr, forecast in low_forecasts(score, scores)
        ),
        limit=f"{float(policy.review_below):g}",
    )


def low_forecasts(score: CycleScore, scores: Scores) -> list[tuple[KeyResultScore, object]]:
    """Return key results whose forecast is below the limit of the review, lowest first."""
    low = []
    for kr in score.key_results():
        forecast = kr.forecast if kr.expects_value else None
        if forecast is not None and forecast < scores.workspace.policy.review_below:
            low.append((forecast, kr))
    low.sort(key=lambda pair: (pair[0], pair[1].entry.ref))
    return [(kr, forecast) for forecast, kr in low]
