"""How an objective stands, in one line: how many of its key results show which word."""

from __future__ import annotations

from functools import lru_cache

from okrdocs.drawing.status_text import Part, rank, worst
from okrdocs.grading.results import OUTSIDE, ObjectiveScore, outside_status
from okrdocs.grading.status import Status, Tone, band_status
from okrdocs.markup.escape import Markdown, html
from okrdocs.pages.parts.cells import grade_text


def verdict(score: ObjectiveScore) -> tuple[Part, ...]:
    """The words of an objective's key results with their counts, from bad to good.

    One word without a count: what became of the objective, or its band after the last day.
    """
    if score.state in OUTSIDE:
        status = outside_status(score.state)
        return (Part(status.tone, 0, status.in_sentence, outside=True),)
    if score.band is not None:
        status = band_status(score.band)
        return (Part(status.tone, 0, status.word),)
    if not score.key_results:
        return (Part(Tone.IDLE, 0, "no key results"),)
    return _counted(
        tuple(kr.status for kr in score.key_results),
        tuple(kr.state in OUTSIDE for kr in score.key_results),
    )


@lru_cache(maxsize=1 << 12)
def _counted(statuses: tuple[Status, ...], outside: tuple[bool, ...]) -> tuple[Part, ...]:
    counts: dict[tuple[Tone, str, bool], int] = {}
    for status, out in zip(statuses, outside, strict=True):
        key = (status.tone, status.in_sentence, out)
        counts[key] = counts.get(key, 0) + 1
    parts = [Part(tone, count, word, out) for (tone, word, out), count in counts.items()]
    return tuple(sorted(parts, key=rank))


def summary_of(title: str, score: ObjectiveScore, remark: str) -> Markdown:
    """The summary of a fold-out (HTML): an objective's title, grade, verdict, and a remark."""
    parts = verdict(score)
    badge = f'<span class="okr-status okr-{parts[0].tone}">{html(worst(parts))}</span>'
    grade = f"<strong>{html(grade_text(score.grade))}</strong>"
    return Markdown(f"{html(title)} {grade} {badge} <small>{html(remark)}</small>")
