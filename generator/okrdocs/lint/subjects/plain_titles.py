"""Titles without what makes no difference between two of them."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[\W_]+")


def plain_title(title: str) -> str:
    """Return a title without case, spaces and punctuation; as it is where nothing else is in it."""
    return _BETWEEN.sub("", title.casefold()) or title
