"""Titles as the wording rules see them: cleaned, cut into words, with the verb of the promise.

A title comes from people and trackers: "KR1: 🚀 Sales (Closing): launch the shop". `parse_title`
takes off what isn't part of the sentence and finds its verb. Pure, remembered by title; English
only: of other languages it says so, and rules about words stay silent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from okrdocs.lint.english.verbs import IMPROVING_VERBS, PRODUCING_VERBS, VERB_FORMS, VERB_PARTICLES
from okrdocs.lint.english.vocabulary import (
    ARTEFACTS,
    EVENTS,
    FUNCTION_WORDS,
    INTANGIBLES,
    MEASURED_NOUNS,
    PEOPLE,
)
from okrdocs.lint.word_lists import word_list

_LINK = re.compile(r"!?\[([^\]\[]*+)\](?:\([^()\s]*+(?:\([^()\s]*+\))?[^()\s]*+\)|\[[^\]\[]*+\])")
_URL = re.compile(r"https?://\S++")
_TAG = re.compile(r"</?(?:sub|sup|b|i|em|strong|br|code|u)\s?/?>")
_MARK = re.compile(r"[*`~]++|(?<![^\W_])_++|_++(?![^\W_])")
_FRONT = re.compile(r"^[^\w$€£¥₹<>≥≤≈+\[(]++")
_NUMBERING = re.compile(
    r"^(?:(?:kr|o|okr|key results?|objectives?|goal|result)\s?#?\d[\d.]*+\s?[:.)–—-]*+\s*+"
    r"|(?:kr|o|okr|key result|objective|goal)\s?[:–—]\s*+"
    r"|\d{1,2}(?:\.\d{1,2})*[.):]\s++)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"^[\[(][^\])]{1,50}+[\])]:?\s*+(?=\S)")
_LABEL = re.compile(r"^((?:[^\W\d][\w&'’/.-]*+ ?){1,5}(?:\([^)]{1,40}+\))?):\s++(?=\S)")
_TIME = re.compile(
    r"^(?:(?:by|in|within|until|before|during|at(?! least| most)|for|from|throughout|as of"
    r"|over(?! \d[\d,]* (?!day|week|month|quarter|year))|to|with)"
    r"\s[^,]{2,60}+,\s++"
    r"|(?:(?:once|twice|\w+ times) )?(?:an?|per|each|every)"
    r" (?:day|week|month|quarter|term|season|semester|year),\s++"
    r"|(?:by|in|until|before) (?:(?:the )?(?:end of )?[\w-]+ )(?=we\b))",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[\[<*`~_]|://")
_MAY_BE_NUMBERED = re.compile(r"[kKoOgGrR\d]")
_MAY_BE_TIME = re.compile(r"[bBiIwWuUdDaAeEfFtToO][a-zA-Z]+ ")
_WORD = re.compile(r"[^\W_]+(?:['’.,&/+-][^\W_]+)*%?|[$€£¥₹]\d[\d.,]*+\w*+|&")
_LY = re.compile(r"^(?!apply|supply|reply|multiply|rely|comply|fly|family|only).+ly$")
_NEITHER = word_list("english/shared_with_other_languages")
_ENGLISH = (
    word_list("english/common_words")
    | FUNCTION_WORDS
    | ARTEFACTS
    | INTANGIBLES
    | EVENTS
    | MEASURED_NOUNS
    | PEOPLE
    | frozenset(VERB_FORMS)
) - _NEITHER
_FOREIGN = word_list("english/foreign_function_words") - FUNCTION_WORDS - {"on"}
_BEFORE_VERBS = word_list("english/before_verbs")
_ENDINGS = tuple(sorted(word_list("english/english_endings")))
_SHORT = 4
"""So few words can do without one that only English has: "80+ on Metacritic"."""


@dataclass(frozen=True, slots=True, eq=False)
class ParsedTitle:
    """A title: `plain` without marks and numbering, `body` also without label and time.

    `words` and `lower` belong to `plain`, `rest` are the words of `body`. `verb` is the base of
    the verb that the promise begins with ("" for none), `form` that word, `after` the words
    behind it. One title has one Text, so that Texts are the same only where they are one.
    """

    plain: str
    body: str
    lower: str
    words: tuple[str, ...]
    rest: tuple[str, ...]
    verb: str
    form: str
    after: tuple[str, ...]
    english: bool


@lru_cache(maxsize=65536)
def parse_title(title: str) -> ParsedTitle:
    """Clean a title, splits it into words and finds its verb; remembered for each title."""
    plain = _remove_formatting(title)
    body = _remove_leading_parts(plain)
    words = split_into_words(plain)
    rest = words if body == plain else split_into_words(body)
    verb, form, after = _find_verb(rest)
    return ParsedTitle(
        plain, body, plain.lower(), words, rest, verb, form, after, _is_english(words)
    )


def split_into_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case; "sign-ups" and "don't" are one word each."""
    return tuple(_WORD.findall(text.lower()))


def _remove_label(text: str) -> str:
    """Remove "Sales (Closing):"; "Launch the app: …" is no label but the promise itself."""
    label = _LABEL.match(text)
    if label is None:
        return text
    first, *others = label[1].lower().split()
    following = text[label.end() :].split(maxsplit=1)[0].lower()
    topic = (
        VERB_FORMS.get(first) in IMPROVING_VERBS and VERB_FORMS.get(following) in PRODUCING_VERBS
    )
    return text if others and first in VERB_FORMS and not topic else text[label.end() :]


def _remove_leading_parts(plain: str) -> str:
    """Remove brackets, label and time in front; each step is tried only where it can apply."""
    text = _BRACKETED.sub("", plain) if plain[:1] in ("(", "[") else plain
    text = _remove_label(text) if ": " in text else text
    return _TIME.sub("", text, count=1).strip() if _MAY_BE_TIME.match(text) else text


def _remove_formatting(title: str) -> str:
    text = title
    if _MARKED.search(title):
        text = _TAG.sub("", _URL.sub("", _LINK.sub(r"\1", title)))
        text = _MARK.sub("", text).strip()
    text = _FRONT.sub("", text)
    if _MAY_BE_NUMBERED.match(text):
        text = _FRONT.sub("", _NUMBERING.sub("", text, count=1))
    return " ".join(text.split()).rstrip(" .;:\"'”’»")


def _find_verb(words: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    for index, word in enumerate(map(_first_of_joined_verbs, words[:6])):
        if word in VERB_FORMS:
            after = words[index + 1 :]
            if word in ("start", "begin") and after[:1] == ("to",):
                continue
            if word in _BEFORE_VERBS and after and (after[0] in VERB_FORMS or _LY.match(after[0])):
                continue
            return _verb_with_particle(word, after)
        if word not in _BEFORE_VERBS and not _LY.match(word):
            break
    return "", "", words


def _first_of_joined_verbs(word: str) -> str:
    """Return the first verb of work of two with a slash between them: "support/organise"."""
    verbs = word.split("/") if "/" in word else []
    if not verbs or not VERB_FORMS.keys() >= set(verbs):
        return word
    return next((each for each in verbs if VERB_FORMS[each] in PRODUCING_VERBS), verbs[0])


def _verb_with_particle(form: str, after: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    verb = VERB_FORMS[form]
    if verb in VERB_PARTICLES and (not after or after[0] not in VERB_PARTICLES[verb]):
        return "", "", (form, *after)
    if after and after[0] in ("up", "out", "off", "down") and len(after) > 1:
        after = after[1:]
    return verb, form, after


def _is_english(words: tuple[str, ...]) -> bool:
    """Return whether most of what is known of the words is English.

    Short texts need one such word.
    """
    english = sum(map(_ENGLISH.__contains__, words))
    foreign = sum(map(_FOREIGN.__contains__, words)) if english < len(words) else 0
    odd = 0 if all(map(str.isascii, words)) else _count_words_with_foreign_letters(words)
    if english < foreign + odd + 2:
        english = sum(map(is_common_english_word, words))
    if not (english or foreign or odd):
        return "on" in words[1:] and len(words) <= _SHORT
    return english > foreign + odd - (english > 2)


def _count_words_with_foreign_letters(words: tuple[str, ...]) -> int:
    """Return how many words have letters that English hasn't; amounts of money have none."""
    return sum(not word.isascii() and word[0] not in "€£¥₹" for word in words)


def is_common_english_word(word: str) -> bool:
    """Return whether a word, in lower case, is common in English and not in other languages too."""
    if word in _ENGLISH or word in _NEITHER:
        return word in _ENGLISH
    if len(word) > 6 and word.endswith(_ENDINGS):
        return True
    return "-" in word and not _ENGLISH.isdisjoint(word.split("-"))
