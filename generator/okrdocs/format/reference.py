"""Parses references as people write them: `[cycle:][team/]objective[#key-result]`."""

from __future__ import annotations

import re
import unicodedata

from okrdocs.format.records import Reference
from okrdocs.problem import Span

SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
SLUG_LENGTH = 48
_ASCII_SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae"})
_REFERENCE = re.compile(
    r"(?:(?P<cycle>[0-9A-Za-z][0-9A-Za-z_-]*):)?"
    r"(?:(?P<team>[0-9A-Za-z_-]+)/)?"
    r"(?P<objective>[0-9A-Za-z_-]+)"
    r"(?:#(?P<key_result>[0-9A-Za-z_-]+))?"
)


def is_slug(text: str) -> bool:
    """Return whether a text may be an id."""
    return len(text) <= SLUG_LENGTH and SLUG.fullmatch(text) is not None


def slug_from(text: str) -> str:
    """Return the nearest text that may be an id, for a hint; "" where nothing is left."""
    spelt = text.lower().translate(_ASCII_SPELLINGS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(c))
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words).lstrip("0123456789-")[:SLUG_LENGTH].rstrip("-")


def parse_reference(text: str, span: Span) -> Reference | None:
    """Parse a reference; None where the text isn't one. Case doesn't matter."""
    match = _REFERENCE.fullmatch(text.strip())
    if match is None or len(text) > 4 * SLUG_LENGTH:
        return None
    team, key_result = match["team"], match["key_result"]
    return Reference(
        text.strip(),
        span,
        match["cycle"],
        team and team.lower(),
        match["objective"].lower(),
        key_result and key_result.lower(),
    )


def is_reference_like(text: str) -> bool:
    """Return whether an entry of `needs` means a reference: it has a `/` or `#` and no space."""
    return ("/" in text or "#" in text) and " " not in text.strip()
