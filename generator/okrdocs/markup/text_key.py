"""Brings texts into the form by which two of them are compared. Imports nothing, to stay cheap."""

from __future__ import annotations


def text_key(text: str) -> str:
    """Return a title or another short text without case, with single spaces."""
    return " ".join(text.casefold().split())
