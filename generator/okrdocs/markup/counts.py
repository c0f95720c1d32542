"""Writes a count with its noun, for sentences of all layers. Imports nothing, to stay cheap."""

from __future__ import annotations


def count_of(count: int, noun: str) -> str:
    """Return `1 key result`, or `2 key results`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
