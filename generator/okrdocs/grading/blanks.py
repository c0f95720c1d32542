"""Recognizes texts in place of an amount: nothing reported, or a number still to come."""

from __future__ import annotations

import re

MAX_LENGTH = 200
_DIGITS = frozenset("0123456789")
"""What begins with one of them, as most values do, is an amount or wants to be one."""
_BLANK = {
    "", "n/a", "n.a.", "n. a.", "na", "-", "–", "—", "−", "--", "---", "not measured",
    "not measured yet", "not yet measured", "not reported", "not available", "no data",
    "no data yet",
}  # fmt: skip
_PLACEHOLDER = re.compile(
    r"[<>≤≥=~+-]{0,2} ?[$€£¥₹]? ?"
    r"(?:(?:x{1,4}(?:[.,]x{1,3})?|n{1,3}|y{1,2})(?:k|m|mm|b|bn|ms|s|h|d)?(?![\w-])|(?:tbd|tba|tbc|todo)\b.*"
    r"|\?+|_+|#+|\.{3}|…|\[[^\]]*\]|<[^>]*>|\{[^}]*\})[^0-9]*(?:(?:/|of) ?[0-9]+)?",
    re.IGNORECASE,
)


def is_placeholder(text: str) -> bool:
    """Return whether a text stands for a number still to come: X, XX%, $N, TBD, ??, [number], …"""
    if text[:1] in _DIGITS:
        return False
    text = " ".join(text.split())
    return len(text) <= MAX_LENGTH and not is_blank(text) and bool(_PLACEHOLDER.fullmatch(text))


def is_blank(text: str) -> bool:
    """Return whether a text says that nothing was reported: no text, n/a, a dash, no data."""
    return text[:1] not in _DIGITS and " ".join(text.split()).casefold() in _BLANK
