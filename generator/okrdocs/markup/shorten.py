"""Shortens texts for messages, cells and boxes. Imports nothing, to stay cheap."""

from __future__ import annotations


def shorten(text: str, most: int) -> str:
    """Return at most `most` characters of a text, the last one an ellipsis where more was left."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def shorten_at_word(text: str, most: int) -> str:
    """Return at most `most` characters of a text on one line, cut after a word.

    Punctuation before the ellipsis goes. A word is cut in two where otherwise less than half of
    the room would be used: addresses are long, and some languages put no spaces.
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    head, gap, _ = cut.rpartition(" ")
    return (head if gap and len(head) > most // 2 else cut).rstrip(" ,;:–-") + "…"
