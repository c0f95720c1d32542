"""Breaks text into lines, for SVG, which doesn't break lines by itself.

The width of a character is estimated: wide ones (East Asian, emoji) count twice.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=1 << 12)
def wrap_text(text: str, width: int, most: int) -> tuple[str, ...]:
    """Break a text into at most `most` lines of `width` characters; what is cut leaves an `…`."""
    lines = [""]
    for word in text.split():
        for piece in _word_pieces(word, width):
            longer = f"{lines[-1]} {piece}".strip()
            if _display_width(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    if len(lines) > most:
        last = lines[most - 1]
        while _display_width(last) > width - 1:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last.rstrip(' ,.;:–-')}…"]
    return tuple(lines)


def _word_pieces(word: str, width: int) -> Iterable[str]:
    while _display_width(word) > width:
        end = next(
            n for n in range(len(word), 0, -1) if n == 1 or _display_width(word[:n]) <= width
        )
        yield word[:end]
        word = word[end:]
    if word:
        yield word


def _display_width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
