"""Finds what is true more or less rather than done or not: comparisons, praise, what people feel.

"Fewer late loads" and "parents trust the coaches" need a number even where a target says `done`;
"members can pay by card" and "a shop in Altona" don't. Pure; works on `text.ParsedTitle`.
"""

from __future__ import annotations

import re

from okrdocs.lint.english.text import ParsedTitle
from okrdocs.lint.english.vocabulary import PEOPLE
from okrdocs.lint.word_lists import word_list

COMPARATIVES = word_list("english/comparatives")
_IMPROVING = word_list("english/vague_improving_verbs") | {"grow", "attract", "reduce", "lower"}
_HALF_HEARTED = word_list("english/half_hearted_verbs")
_PRAISE = word_list("english/unmeasured_praise")
_COMPOUND = re.compile(
    r"\b(?:fast[ -](?:lanes?|tracks?|food|charg\w+|forward|breeder)|solid (?:waste|fuels?|wood"
    r"|state|gold|oak)|easy (?:read|language)|simple (?:majority|interest)|mature (?:trees?"
    r"|markets?|students?))\b"
)
_AS_FELT = re.compile(r"\b(?:finds?|calls?|consider\w*|rates?|as)\b")


def is_matter_of_degree(text: ParsedTitle) -> bool:
    """Return whether a title can be more or less true, so that only a number settles it."""
    words = text.rest
    if COMPARATIVES & set(words) or text.verb in _IMPROVING or find_praise(text):
        return True
    if words[:1] and words[0] in _HALF_HEARTED and words[1:2] != ("for",):
        return True
    return bool((PEOPLE | {"we"}) & set(words[:2])) and not {"can", "may", "has", "have"} & set(
        words
    )


def find_praise(text: ParsedTitle) -> str:
    """Return the adjective that praises and can't be checked ("seamless", "solid"), else ""."""
    body = text.body.lower().replace("high quality", "high-quality")
    lower = _COMPOUND.sub(" ", body)
    for match in _WORDS.finditer(lower):
        if match[0] in _PRAISE:
            return "" if _AS_FELT.search(lower[: match.start()]) else match[0]
    return ""


_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*")
