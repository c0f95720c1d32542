"""Which key results of a cycle are worrying, and why: what Now lists, the worst first."""

from __future__ import annotations

from decimal import Decimal

from okrdocs.measure import KEEP
from okrdocs.scores import CycleScore, KeyResultScore, Scores, State

_WORST_FIRST = {"Breached": 0, "At risk": 1, "Behind": 2}


def in_danger(score: CycleScore, scores: Scores) -> list[tuple[KeyResultScore, str]]:
    """What is worrying, the worst word and then the lowest forecast first, with the reason.

    After the cycle's last day: what ended in the lowest band.
    """
    found = []
    for kr in score.key_results():
        why = _missed(kr, scores) if score.final else _worry(kr, scores)
        if why:
            forecast = kr.pacing.forecast if kr.pacing else kr.grade
            known = forecast if forecast is not None else Decimal(1)
            badness = _WORST_FIRST.get(kr.status.word, len(_WORST_FIRST))
            found.append((badness, known, kr.entry.ref, kr, why))
    found.sort(key=lambda row: row[:3])
    return [(kr, why) for _, _, _, kr, why in found]


def _missed(score: KeyResultScore, scores: Scores) -> str:
    objective = scores.workspace.objectives[score.entry.ref.parent].objective
    lowest = scores.workspace.policy.bands[objective.type][-1]
    if score.band != lowest or score.measure is None:
        return ""
    reached = score.value.text if score.value else "nothing reported"
    return f"{reached}, target {score.measure.target_text or '–'}"


def _worry(score: KeyResultScore, scores: Scores) -> str:
    """Why a key result is worrying, in what its grade and status don't say; "" where it isn't."""
    if score.state not in {State.GRADED, State.GUARDRAIL} or score.value is None:
        return ""
    pacing, measure = score.pacing, score.measure
    forecast = pacing.forecast if pacing else None
    low = forecast is not None and forecast < scores.workspace.policy.review_below
    if not (low or score.status.word in _WORST_FIRST or score.status.sign == "🔴"):
        return ""
    reasons = []
    if score.status.sign == "🔴" and score.status.word not in _WORST_FIRST:
        reasons.append("red by its owner")
    if measure is not None and measure.name in KEEP:
        reasons.append(f"{score.value.text} against {measure.target_text}")
    elif forecast is not None:
        reasons.append(f"heading for {forecast}")
    if pacing is not None and pacing.expected is not None:
        reasons.append(f"{pacing.expected} expected by now")
    return ", ".join(reasons)
