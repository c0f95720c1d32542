"""Write the status of an objective in words: how many of its key results have which status.

The worst status comes first. `parts_with_signs` is a file format, documented with the flowchart
that contains it: a sign stands for the tone, so that a code host's viewer shows it, too, and the
drawing of the site reads it back with `parse_parts_with_signs`. A word is always there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from okrdocs.grading.results import OUTSIDE, status_outside_mean
from okrdocs.grading.status import Tone

_SIGNS = {
    Tone.BAD: "🔴",
    Tone.WARN: "🟡",
    Tone.IDLE: "⚪",
    Tone.NONE: "🔵",
    Tone.GOOD: "🟢",
}
_TONES = {sign: tone for tone, sign in _SIGNS.items()}
_ORDER = {tone: place for place, tone in enumerate(_SIGNS)}
_OUTSIDE = frozenset(status_outside_mean(state).lower_case_word for state in OUTSIDE)
_PART = re.compile(f"([{''.join(_TONES)}]) (?:([0-9]{{1,4}}) )?(.+)")
_BETWEEN = " · "


class Part(NamedTuple):
    """How many key results (0: the objective as a whole) show a word, and the word's tone.

    `outside`: what was dropped, left out or is a draft, and so isn't among those that count.
    """

    tone: Tone
    number: int
    word: str
    outside: bool = False


def part_rank(part: Part) -> tuple[bool, int, int, str]:
    """Return its place among the parts: from bad to good, what is outside last."""
    return part.outside, _ORDER[part.tone], -part.number, part.word


def worst_part_text(parts: tuple[Part, ...], room: int = 24) -> str:
    """Return the first part: `1 of 3 at risk`, `3 on track`.

    All, where the first is good and they fit.

    What was dropped or left out isn't among the three.
    """
    everything = parts_in_words(parts)
    if parts[0].tone is Tone.GOOD and len(parts) > 1 and len(everything) <= room:
        return everything
    part, total = parts[0], sum(other.number for other in parts if not other.outside)
    if part.number and total > part.number:
        return f"{part.number} of {total} {part.word}"
    if part.number > 1:
        return f"{part.number} {part.word}"
    return f"{part.word[:1].upper()}{part.word[1:]}"


def parts_in_words(parts: tuple[Part, ...]) -> str:
    """Return all parts for a sentence: `1 at risk, 2 on track`."""
    return ", ".join(f"{part.number or ''} {part.word}".strip() for part in parts)


@lru_cache(maxsize=1 << 12)
def parts_with_signs(parts: tuple[Part, ...]) -> str:
    """Write all parts with signs: `🔴 1 at risk · 🟢 2 on track`.

    `parse_parts_with_signs` reads it back.
    """
    shown = (f"{_SIGNS[p.tone]} {p.number or ''} {p.word}".replace("  ", " ") for p in parts)
    return _BETWEEN.join(shown)


def parse_parts_with_signs(text: str) -> tuple[Part, ...]:
    """Return what `parts_with_signs` wrote; () for anything else."""
    matches = [_PART.fullmatch(part) for part in text.split(_BETWEEN)]
    return tuple(Part(_TONES[p[1]], int(p[2] or 0), p[3], p[3] in _OUTSIDE) for p in matches if p)
