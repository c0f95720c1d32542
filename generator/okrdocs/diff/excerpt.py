"""Cuts two wordings of one text so that the difference is always visible.

A title of 200 characters that is cut at its end hides the very word that changed.
"""

from __future__ import annotations

from okrdocs.diff.text_format import shorten

_CONTEXT = 24
"""Characters that are kept on each side of what differs, so that a reader finds the place."""


def excerpts_of_difference(before: str, after: str, whole: int, most: int) -> tuple[str, str]:
    """Return both texts on one line; where one is longer than `whole`, only around the difference.

    The part from the first to the last difference is cut at `most` characters.
    """
    old, new = " ".join(before.split()), " ".join(after.split())
    if max(len(old), len(new)) <= whole:
        return old, new
    head = _common_prefix_length(old, new)
    tail = _common_prefix_length(old[head:][::-1], new[head:][::-1])
    return _excerpt_around(old, head, tail, most), _excerpt_around(new, head, tail, most)


def _common_prefix_length(one: str, other: str) -> int:
    """Return how many characters the two have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _excerpt_around(text: str, head: int, tail: int, most: int) -> str:
    """Return the text between a common head and tail, with some of both as context."""
    start, end = _excerpt_start(text, head), _excerpt_end(text, len(text) - tail)
    cut = shorten(text[start:end], most)
    ended = cut if end == len(text) or cut.endswith("…") else f"{cut}…"
    return f"…{ended}" if start else ended


def _excerpt_start(text: str, head: int) -> int:
    """Return where the first word begins that is shown."""
    near = max(0, head - _CONTEXT)
    return near and (text.find(" ", near, head) + 1 or near)


def _excerpt_end(text: str, tail: int) -> int:
    """Return where the last word ends that is shown."""
    near = min(len(text), tail + _CONTEXT)
    gap = text.rfind(" ", tail, near)
    return near if near == len(text) or gap < 0 else gap
