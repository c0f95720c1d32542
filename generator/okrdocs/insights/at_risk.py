"""Which key results of a cycle are worrying, and why: what Now lists, the worst first."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from okrdocs.grading.measure import KEEP
from okrdocs.grading.results import CycleScore, KeyResultScore, Scores, State
from okrdocs.grading.status import StatusCode, Tone

_WORST_FIRST = {StatusCode.BREACHED: 0, StatusCode.AT_RISK: 1, StatusCode.BEHIND: 2}


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
            badness = _WORST_FIRST.get(kr.status.code, len(_WORST_FIRST))
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
    """Why a key result is worrying, in what its grade and status don't say; "" where it isn't.

    Early on, what is within the tolerance of its pace may still have a low computed forecast:
    that is for the mid-cycle review. A low forecast of the owner's own always worries.
    """
    if score.state not in {State.GRADED, State.GUARDRAIL} or score.value is None:
        return ""
    status = score.status
    good = status.tone is Tone.GOOD
    low = _is_low(score, scores) and (not good or _is_own(score))
    red = status.sign_tone is Tone.BAD
    if not (low or red or status.code in _WORST_FIRST):
        return ""
    reasons = ["red by its owner"] if red and status.code not in _WORST_FIRST else []
    so_far = f"{status.in_sentence} so far, but " if good and low else ""
    return so_far + ", ".join([*reasons, *_outlook(score)])


def _is_low(score: KeyResultScore, scores: Scores) -> bool:
    forecast = score.pacing.forecast if score.pacing else None
    return forecast is not None and forecast < scores.workspace.policy.review_below


def _is_own(score: KeyResultScore) -> bool:
    """Whether the forecast, where there is one, is the owner's and not computed."""
    check_in = score.value.check_in if score.value else None
    given = check_in.forecast if check_in else None
    return given is not None and given.value is not None


def _outlook(score: KeyResultScore) -> Iterator[str]:
    """Where it stands and where it's heading, as far as its measure knows."""
    pacing, measure = score.pacing, score.measure
    held = measure.target if measure is not None and measure.name in KEEP else None
    if pacing is not None and pacing.forecast is not None and (_is_own(score) or held is None):
        verb = "its owner expects" if _is_own(score) else "heading for"
        yield f"{verb} {pacing.forecast}"
    if held is not None and score.value is not None:
        yield f"{score.value.text} against {held.text}"
    if pacing is not None and pacing.expected is not None:
        yield f"{pacing.expected} expected by now"
