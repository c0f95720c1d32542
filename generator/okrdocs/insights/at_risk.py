"""Finds the key results of a cycle that are at risk, with the reason, for Now and `okr status`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from okrdocs.grading.measure import KEEP_MEASURES
from okrdocs.grading.results import CycleScore, KeyResultScore, Scores, State
from okrdocs.grading.status import StatusCode, Tone

_WORST_FIRST = {StatusCode.BREACHED: 0, StatusCode.AT_RISK: 1, StatusCode.BEHIND: 2}


def key_results_at_risk(score: CycleScore, scores: Scores) -> list[tuple[KeyResultScore, str]]:
    """Return the key results at risk with the reason: worst status, then lowest forecast first.

    After the cycle's last day: what ended in the lowest band.
    """
    at_risk = []
    for kr in score.key_results():
        why = _missed_target(kr, scores) if score.final else _at_risk_reason(kr, scores)
        if why:
            forecast = kr.pacing.forecast if kr.pacing else kr.grade
            outlook = forecast if forecast is not None else Decimal(1)
            badness = _WORST_FIRST.get(kr.status.code, len(_WORST_FIRST))
            at_risk.append((badness, outlook, kr.entry.ref, kr, why))
    at_risk.sort(key=lambda row: row[:3])
    return [(kr, why) for _, _, _, kr, why in at_risk]


def _missed_target(score: KeyResultScore, scores: Scores) -> str:
    objective = scores.workspace.objectives[score.entry.ref.parent].objective
    lowest = scores.workspace.policy.bands[objective.type][-1]
    if score.band != lowest or score.measure is None:
        return ""
    reached = score.value.text if score.value else "nothing reported"
    return f"{reached}, target {score.measure.target_text or '–'}"


def _at_risk_reason(score: KeyResultScore, scores: Scores) -> str:
    """Return why a key result is at risk, beyond its grade and status; "" where it isn't.

    Early on, what is within the tolerance of its pace may still have a low computed forecast:
    that is for the mid-cycle review. A low forecast of the owner's own always counts.
    """
    if score.state not in {State.GRADED, State.GUARDRAIL} or score.value is None:
        return ""
    status = score.status
    good = status.tone is Tone.GOOD
    low = _has_low_forecast(score, scores) and (not good or _is_owners_forecast(score))
    red = status.sign_tone is Tone.BAD
    if not (low or red or status.code in _WORST_FIRST):
        return ""
    reasons = ["red by its owner"] if red and status.code not in _WORST_FIRST else []
    so_far = f"{status.lower_case_word} so far, but " if good and low else ""
    return so_far + ", ".join([*reasons, *_forecast_and_pace(score)])


def _has_low_forecast(score: KeyResultScore, scores: Scores) -> bool:
    forecast = score.pacing.forecast if score.pacing else None
    return forecast is not None and forecast < scores.workspace.policy.review_below


def _is_owners_forecast(score: KeyResultScore) -> bool:
    """Say whether the owner gave the forecast; otherwise it is computed."""
    check_in = score.value.check_in if score.value else None
    forecast = check_in.forecast if check_in else None
    return forecast is not None and forecast.value is not None


def _forecast_and_pace(score: KeyResultScore) -> Iterator[str]:
    """Yield the forecast, the value of a keep target and the expected grade, where known."""
    pacing, measure = score.pacing, score.measure
    keep_target = measure.target if measure is not None and measure.name in KEEP_MEASURES else None
    if (
        pacing is not None
        and pacing.forecast is not None
        and (_is_owners_forecast(score) or keep_target is None)
    ):
        verb = "its owner expects" if _is_owners_forecast(score) else "heading for"
        yield f"{verb} {pacing.forecast}"
    if keep_target is not None and score.value is not None:
        yield f"{score.value.text} against {keep_target.text}"
    if pacing is not None and pacing.expected is not None:
        yield f"{pacing.expected} expected by now"
