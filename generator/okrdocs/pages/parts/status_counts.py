"""How many key results stand where: words with their counts, as a bar and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from okrdocs.grading.results import KeyResultScore
from okrdocs.grading.status import Status, Tone
from okrdocs.markup.escape import Markdown, inline

_TONE_RANK = {tone: place for place, tone in enumerate(Tone)}


def in_order(statuses: Mapping[Status, int]) -> tuple[tuple[str, int], ...]:
    """Words of status with their counts, from good to bad, bands first."""
    ordered = sorted(statuses, key=lambda status: (status.rank, status.word))
    return tuple((status.word, statuses[status]) for status in ordered)


def tally(
    scores: Iterable[KeyResultScore], shown_as: Callable[[str], Markdown] = inline
) -> Markdown:
    """A bar with a part for each word, then the words with their counts; "" for none.

    `shown_as` makes a word what stands there, such as a link to the key results that show it.
    """
    counts: dict[Status, int] = {}
    tones: dict[Status, Tone] = {}
    for score in scores:
        status = score.status.without_sign
        counts[status] = counts.get(status, 0) + 1
        tones.setdefault(status, score.status.tone)
    if not counts:
        return Markdown("")
    ordered = sorted(counts, key=lambda each: (_TONE_RANK[tones[each]], each.rank, each.word))
    shown = '<span class="okr-dot"> · </span>'.join(
        f'<span class="okr-count okr-{tones[each]}">**{counts[each]}** {shown_as(each.word)}</span>'
        for each in ordered
    )
    return Markdown(f"{_bar([(tones[each], counts[each]) for each in ordered])}{shown}")


def _bar(parts: list[tuple[Tone, int]]) -> str:
    """One rectangle a word, as wide as its count; hidden from screen readers, who get the words."""
    rectangles, start = "", 0
    for tone, count in parts:
        rectangles += f'<rect class="okr-{tone}" x="{start}" width="{count}" height="1"/>'
        start += count
    return (
        f'<svg class="okr-bar" viewBox="0 0 {start} 1" preserveAspectRatio="none"'
        f' aria-hidden="true" focusable="false">{rectangles}</svg>'
    )
