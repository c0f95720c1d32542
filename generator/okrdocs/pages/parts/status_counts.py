"""Counts key results by status, as a bar and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from okrdocs.grading.results import KeyResultScore
from okrdocs.grading.status import Status, Tone
from okrdocs.markup.escape import Markdown, escape_inline

_TONE_RANK = {tone: place for place, tone in enumerate(Tone)}


def order_status_counts(statuses: Mapping[Status, int]) -> tuple[tuple[str, int], ...]:
    """Order the words of statuses with their counts from good to bad; bands come first."""
    ordered = sorted(statuses, key=lambda status: (status.rank, status.word))
    return tuple((status.word, statuses[status]) for status in ordered)


def status_counts(
    scores: Iterable[KeyResultScore], shown_as: Callable[[str], Markdown] = escape_inline
) -> Markdown:
    """Show a bar with a part for each status, then the statuses with their counts; "" for none.

    `shown_as` turns a status word into what is shown, such as a link to its key results.
    """
    counts: dict[Status, int] = {}
    tones: dict[Status, Tone] = {}
    for score in scores:
        status = score.status.status_without_sign
        counts[status] = counts.get(status, 0) + 1
        tones.setdefault(status, score.status.tone)
    if not counts:
        return Markdown("")
    ordered = sorted(counts, key=lambda s: (_TONE_RANK[tones[s]], s.rank, s.word))
    in_words = '<span class="okr-dot"> · </span>'.join(
        f'<span class="okr-count okr-{tones[s]}">**{counts[s]}** {shown_as(s.word)}</span>'
        for s in ordered
    )
    return Markdown(f"{_counts_bar([(tones[s], counts[s]) for s in ordered])}{in_words}")


def _counts_bar(parts: list[tuple[Tone, int]]) -> str:
    """Draw one rectangle a status, as wide as its count; screen readers get the words instead."""
    rectangles, start = "", 0
    for tone, count in parts:
        rectangles += f'<rect class="okr-{tone}" x="{start}" width="{count}" height="1"/>'
        start += count
    return (
        f'<svg class="okr-bar" viewBox="0 0 {start} 1" preserveAspectRatio="none"'
        f' aria-hidden="true" focusable="false">{rectangles}</svg>'
    )
