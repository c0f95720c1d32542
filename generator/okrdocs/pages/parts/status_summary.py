"""How an objective stands, in one line: how many of its key results show which word."""

from __future__ import annotations

from functools import lru_cache

from okrdocs.drawing.status_text import Part, part_rank, worst_part_text
from okrdocs.grading.results import OUTSIDE, ObjectiveScore, status_outside_mean
from okrdocs.grading.status import Status, Tone, band_status
from okrdocs.markup.escape import Markdown, escape_html
from okrdocs.pages.parts.cells import grade_text


def status_parts(score: ObjectiveScore) -> tuple[Part, ...]:
    """Return the words of an objective's key results with their counts, from bad to good.

    One word without a count: what became of the objective, or its band after the last day.
    """
    if score.state in OUTSIDE:
        status = status_outside_mean(score.state)
        return (Part(status.tone, 0, status.lower_case_word, outside=True),)
    if score.band is not None:
        status = band_status(score.band)
        return (Part(status.tone, 0, status.word),)
    if not score.key_results:
        return (Part(Tone.IDLE, 0, "no key results"),)
    return _count_statuses(
        tuple(kr.status for kr in score.key_results),
        tuple(kr.state in OUTSIDE for kr in score.key_results),
    )


@lru_cache(maxsize=1 << 12)
def _count_statuses(statuses: tuple[Status, ...], outside: tuple[bool, ...]) -> tuple[Part, ...]:
    counts: dict[tuple[Tone, str, bool], int] = {}
    for status, out in zip(statuses, outside, strict=True):
        key = (status.tone, status.lower_case_word, out)
        counts[key] = counts.get(key, 0) + 1
    parts = [Part(tone, count, word, out) for (tone, word, out), count in counts.items()]
    return tuple(sorted(parts, key=part_rank))


def objective_summary_html(title: str, score: ObjectiveScore, remark: str) -> Markdown:
    """Return the HTML summary of a fold-out: an objective's title, grade, status, a remark."""
    parts = status_parts(score)
    badge = (
        f'<span class="okr-status okr-{parts[0].tone}">{escape_html(worst_part_text(parts))}</span>'
    )
    grade = f"<strong>{escape_html(grade_text(score.grade))}</strong>"
    return Markdown(f"{escape_html(title)} {grade} {badge} <small>{escape_html(remark)}</small>")
