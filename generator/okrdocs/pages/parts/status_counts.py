"""Counts key results by status, as a bar and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from okrdocs.grading.results import KeyResultScore
from okrdocs.markup.escape import Markdown, inline
from okrdocs.pages.parts.cells import tone_of

_WORD_ORDER = (
    "Achieved", "Ahead", "On track", "Green", "Held", "Reported", "Too early", "Yellow", "Behind",
    "At risk", "Red", "Breached", "Stale", "Not reported", "Dropped", "Left out", "Draft",
)  # fmt: skip
_TONE_ORDER = ("good", "none", "warn", "bad", "idle")


def order_status_counts(words: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """Order status words with their counts from good to bad; unknown words (bands) first."""
    rank = {word: position for position, word in enumerate(_WORD_ORDER)}
    return tuple(sorted(words.items(), key=lambda pair: (rank.get(pair[0], -1), pair[0])))


def status_counts(
    scores: Iterable[KeyResultScore], shown_as: Callable[[str], Markdown] = inline
) -> Markdown:
    """Show a bar with a part for each status, then the statuses with their counts; "" for none.

    `shown_as` turns a status word into what is shown, such as a link to its key results.
    """
    counts: dict[str, int] = {}
    tones: dict[str, str] = {}
    for score in scores:
        word = score.status.word
        counts[word] = counts.get(word, 0) + 1
        tones.setdefault(word, tone_of(score.status, by_word=True))
    if not counts:
        return Markdown("")
    ordered = sorted(
        order_status_counts(counts), key=lambda pair: _TONE_ORDER.index(tones[pair[0]])
    )
    in_words = '<span class="okr-dot"> · </span>'.join(
        f'<span class="okr-count okr-{tones[word]}">**{count}** {shown_as(word)}</span>'
        for word, count in ordered
    )
    return Markdown(f"{_counts_bar([(tones[word], count) for word, count in ordered])}{in_words}")


def _counts_bar(parts: list[tuple[str, int]]) -> str:
    """Draw one rectangle a status, as wide as its count; screen readers get the words instead."""
    rectangles, start = "", 0
    for tone, count in parts:
        rectangles += f'<rect class="okr-{tone}" x="{start}" width="{count}" height="1"/>'
        start += count
    return (
        f'<svg class="okr-bar" viewBox="0 0 {start} 1" preserveAspectRatio="none"'
        f' aria-hidden="true" focusable="false">{rectangles}</svg>'
    )
