"""Finds the key results of a cycle that are at risk, with the reason, for Now and `okr status`.

Listed is all that `standing_counts` counts as behind or at risk, so that a headline and the list
count the same; and what is on track by the numbers, but not by its owner.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from okrdocs.format.records import Rag
from okrdocs.grading.measure import KEEP_MEASURES
from okrdocs.grading.results import OUTSIDE, CycleScore, KeyResultScore, Scores, State
from okrdocs.grading.status import Standing, StatusCode, Tone

_WORST_FIRST = (Standing.AT_RISK, Standing.BEHIND)
_BAD_BY_NUMBERS = frozenset({StatusCode.AT_RISK, StatusCode.BEHIND, StatusCode.BREACHED})


def key_results_at_risk(score: CycleScore, scores: Scores) -> list[tuple[KeyResultScore, str]]:
    """Return the key results at risk with the reason: worst status, then lowest forecast first.

    After the cycle's last day: what ended in a red band, and breached guardrails.
    """
    at_risk = []
    for kr in score.key_results():
        why = _missed_target(kr) if score.final else _at_risk_reason(kr, scores)
        if why:
            outlook = kr.forecast if kr.forecast is not None else kr.grade
            outlook = Decimal(1) if outlook is None else outlook
            at_risk.append((_badness(kr), outlook, kr.entry.ref, kr, why))
    at_risk.sort(key=lambda row: row[:3])
    return [(kr, why) for _, _, _, kr, why in at_risk]


def _badness(score: KeyResultScore) -> int:
    """Return 0 for a breach, then 1 and 2 for at risk and behind, 3 for its owner's word alone."""
    if _is_breached(score):
        return 0
    return _WORST_FIRST.index(score.standing) + 1 if score.standing in _WORST_FIRST else 3


def _is_breached(score: KeyResultScore) -> bool:
    return score.state is State.GUARDRAIL and score.held is False


def _missed_target(score: KeyResultScore) -> str:
    """Return what was reached and what was aimed for; "" for what didn't end badly."""
    return _value_against_target(score) if score.standing is Standing.AT_RISK else ""


def _value_against_target(score: KeyResultScore) -> str:
    reached = score.value.text if score.value else "nothing reported"
    target = score.measure.target_text if score.measure else score.entry.key_result.target
    return f"{reached}, target {target or '–'}"


def _at_risk_reason(score: KeyResultScore, scores: Scores) -> str:
    """Return why a key result is at risk, beyond its grade and status; "" where it isn't.

    Early on, what is within the tolerance of its pace may still have a low computed forecast:
    that is for the mid-cycle review. A low forecast of the owner's own always counts.
    """
    listed = score.standing in _WORST_FIRST
    low = score.own_forecast_on is not None and _has_low_forecast(score, scores)
    red = _is_red_by_its_owner(score, scores)
    if not (listed or low or red):
        return ""
    if score.band is not None:
        return f"{_value_against_target(score)}, on its due day" if listed else ""
    good = score.status.tone is Tone.GOOD
    so_far = f"{score.status.lower_case_word} so far, but " if good and low else ""
    reasons = [*_reasons_in_words(score, red=red), *_forecast_and_pace(score)]
    return (
        so_far + ", ".join(reasons) if reasons else f"{score.status.lower_case_word} by its owner"
    )


def _is_red_by_its_owner(score: KeyResultScore, scores: Scores) -> bool:
    """Return whether its owner says red, and not too long ago; the value may be older."""
    sign = score.owner.sign
    if sign is None or sign.rag is not Rag.RED or score.state in OUTSIDE:
        return False
    age = scores.as_of - sign.date
    return not score.stale or age.days <= scores.workspace.policy.stale_after_days


def _reasons_in_words(score: KeyResultScore, *, red: bool) -> Iterator[str]:
    """Yield what numbers don't say: that its owner says red, or that a breach is long ago."""
    if red and score.status.code not in _BAD_BY_NUMBERS:
        yield "red by its owner"
    if score.stale and _is_breached(score):
        yield "nothing reported since the breach"


def _has_low_forecast(score: KeyResultScore, scores: Scores) -> bool:
    return score.forecast is not None and score.forecast < scores.workspace.policy.review_below


def _forecast_and_pace(score: KeyResultScore) -> Iterator[str]:
    """Yield the forecast, the value of a keep target and the expected grade, where known."""
    pacing, measure = score.pacing, score.measure
    keep_target = measure.target if measure is not None and measure.name in KEEP_MEASURES else None
    own = score.own_forecast_on is not None
    if score.forecast is not None and (own or keep_target is None):
        yield f"{'its owner expects' if own else 'heading for'} {score.forecast}"
    if keep_target is not None and score.value is not None:
        yield f"{score.value.text} against {keep_target.text}"
    if pacing is not None and pacing.expected is not None:
        yield f"{pacing.expected} expected by now"
