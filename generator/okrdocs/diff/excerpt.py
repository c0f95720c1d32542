"""Two wordings of one text, cut so that what differs is always seen.

A title of 200 characters that is cut at its end hides the very word that changed.
"""

from __future__ import annotations

from okrdocs.diff.text_format import shortened

_CONTEXT = 24
"""Characters that are kept on each side of what differs, so that a reader finds the place."""


def wordings(before: str, after: str, whole: int, most: int) -> tuple[str, str]:
    """Both texts on one line; where one has more than `whole` characters, around what differs.

    What differs from the first to the last place is cut in its turn at `most` characters.
    """
    old, new = " ".join(before.split()), " ".join(after.split())
    if max(len(old), len(new)) <= whole:
        return old, new
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    return _around(old, head, tail, most), _around(new, head, tail, most)


def _alike(one: str, other: str) -> int:
    """How many characters the two have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _around(text: str, head: int, tail: int, most: int) -> str:
    """The text but what is alike at both its ends, with some of that on each side."""
    start, end = _start(text, head), _end(text, len(text) - tail)
    cut = shortened(text[start:end], most)
    ended = cut if end == len(text) or cut.endswith("…") else f"{cut}…"
    return f"…{ended}" if start else ended


def _start(text: str, head: int) -> int:
    """Where the first word begins that is shown."""
    near = max(0, head - _CONTEXT)
    return near and (text.find(" ", near, head) + 1 or near)


def _end(text: str, tail: int) -> int:
    """Where the last word ends that is shown."""
    near = min(len(text), tail + _CONTEXT)
    gap = text.rfind(" ", tail, near)
    return near if near == len(text) or gap < 0 else gap
