"""How an objective stands, in one line: how many of its key results show which word.

What asks for attention comes first. A sign stands for the tone, so that a code host's viewer
shows it in a diagram, too, and the drawing of the site reads it back; a word is always there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from okrdocs.grading.results import ObjectiveScore, State, Status
from okrdocs.markup.escape import Markdown, html
from okrdocs.pages.parts.cells import grade_text, tone_of

_SIGNS = {"bad": "🔴", "warn": "🟡", "idle": "⚪", "none": "🔵", "good": "🟢"}
_TONES = {sign: tone for tone, sign in _SIGNS.items()}
_ORDER = {tone: place for place, tone in enumerate(_SIGNS)}
_OUTSIDE = frozenset({State.DROPPED, State.LEFT_OUT, State.DRAFT})
_LEFT = frozenset(state.value for state in _OUTSIDE)
_PART = re.compile(f"([{''.join(_TONES)}]) (?:([0-9]{{1,4}}) )?(.+)")
_BETWEEN = " · "


class Part(NamedTuple):
    """How many key results (0: the objective as a whole) show a word, and the word's tone."""

    tone: str
    number: int
    word: str


def verdict(score: ObjectiveScore) -> tuple[Part, ...]:
    """The words of an objective's key results with their counts, from bad to good.

    One word without a count: what became of the objective, or its band after the last day.
    """
    if score.state in _OUTSIDE:
        return (Part("idle", 0, score.state.value),)
    if score.band is not None:
        status = Status(score.band.sign, score.band.title)
        return (Part(tone_of(status, by_word=False), 0, status.word),)
    if not score.key_results:
        return (Part("idle", 0, "no key results"),)
    return _counted(
        tuple(kr.status for kr in score.key_results),
        tuple(kr.state in _OUTSIDE for kr in score.key_results),
    )


@lru_cache(maxsize=1 << 12)
def _counted(statuses: tuple[Status, ...], outside: tuple[bool, ...]) -> tuple[Part, ...]:
    counts: dict[tuple[bool, str, str], int] = {}
    for status, out in zip(statuses, outside, strict=True):
        key = (out, tone_of(status, by_word=True), status.word.lower())
        counts[key] = counts.get(key, 0) + 1
    ordered = sorted(counts, key=lambda key: (key[0], _ORDER[key[1]], -counts[key], key[2]))
    return tuple(Part(tone, counts[out, tone, word], word) for out, tone, word in ordered)


def worst(parts: tuple[Part, ...], room: int = 24) -> str:
    """The first part: `1 of 3 at risk`, `3 on track`; all, where the first is good and they fit.

    What was dropped or left out isn't among the three.
    """
    everything = in_words(parts)
    if parts[0].tone == "good" and len(parts) > 1 and len(everything) <= room:
        return everything
    part, total = parts[0], sum(each.number for each in parts if each.word not in _LEFT)
    if part.number and total > part.number:
        return f"{part.number} of {total} {part.word}"
    if part.number > 1:
        return f"{part.number} {part.word}"
    return f"{part.word[:1].upper()}{part.word[1:]}"


def in_words(parts: tuple[Part, ...]) -> str:
    """All parts for a sentence: `1 at risk, 2 on track`."""
    return ", ".join(f"{part.number or ''} {part.word}".strip() for part in parts)


@lru_cache(maxsize=1 << 12)
def signed(parts: tuple[Part, ...]) -> str:
    """All parts with signs: `🔴 1 at risk · 🟢 2 on track`. `parts_of` reads it back."""
    shown = (f"{_SIGNS[p.tone]} {p.number or ''} {p.word}".replace("  ", " ") for p in parts)
    return _BETWEEN.join(shown)


def parts_of(text: str) -> tuple[Part, ...]:
    """What `signed` wrote; () for anything else."""
    found = [_PART.fullmatch(part) for part in text.split(_BETWEEN)]
    return tuple(Part(_TONES[p[1]], int(p[2] or 0), p[3]) for p in found if p)


def summary_of(title: str, score: ObjectiveScore, remark: str) -> Markdown:
    """The summary of a fold-out (HTML): an objective's title, grade, verdict, and a remark."""
    parts = verdict(score)
    badge = f'<span class="okr-status okr-{parts[0].tone}">{html(worst(parts))}</span>'
    grade = f"<strong>{html(grade_text(score.grade))}</strong>"
    return Markdown(f"{html(title)} {grade} {badge} <small>{html(remark)}</small>")
