"""Titles as the wording rules see them: cleaned, cut into words, with the verb of the promise.

A title comes from people and trackers: "KR1: 🚀 Sales (Closing): launch the shop". `read` takes
off what isn't part of the sentence and finds its head. Pure, remembered by title; English only:
of other languages it says so, and rules about words stay silent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from okrdocs.lint.english.common_words import COMMON, ENDINGS
from okrdocs.lint.english.trade_words import TRADES
from okrdocs.lint.english.verbs import FORMS, IMPROVE, PARTICLE, PRODUCE
from okrdocs.lint.english.words import (
    ARTEFACTS,
    CARE,
    EVENTS,
    FOREIGN,
    FUNCTION,
    LEADS,
    METRICS,
    PEOPLE,
    listed,
)

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
    r"^(?:(?:by|in|within|until|before|during|at|for|from|throughout|as of|over|to|with)"
    r"\s[^,]{2,60}+,\s++|(?:by|in|until|before) (?:(?:the )?(?:end of )?[\w-]+ )(?=we\b))",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[\[<*`~_]|://")
_MAY_BE_NUMBERED = re.compile(r"[kKoOgGrR\d]")
_MAY_BE_TIME = re.compile(r"[bBiIwWuUdDaAfFtToO][a-zA-Z]+ ")
_WORD = re.compile(r"[^\W_]+(?:['’.,&/+-][^\W_]+)*%?|[$€£¥₹]\d[\d.,]*+\w*+|&")
_LY = re.compile(r"^(?!apply|supply|reply|multiply|rely|comply|fly|family|only).+ly$")
_NEITHER = listed(
    """
    per organisation client website websites a do no so was come see van portal online team-event
    job jobs demo demos workshop workshops webinar webinars event events meetup training interview
    interviews app apps tool tools software system performance reputation momentum culture
    adoption sales program programme report reports dashboard feature features framework roadmap
    partner partners trials volume conversion engagement satisfaction content marketing die plan
    test trial team teams community film in me on an also war man gift
    """
)
_ENGLISH = (
    COMMON | TRADES | FUNCTION | ARTEFACTS | CARE | EVENTS | METRICS | PEOPLE | frozenset(FORMS)
) - _NEITHER
_FOREIGN = FOREIGN - FUNCTION - {"on"}
_SHORT = 4
"""So few words can do without one that only English has: "80+ on Metacritic"."""


@dataclass(frozen=True, slots=True, eq=False)
class Text:
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
def read(title: str) -> Text:
    """A title, read once."""
    plain = _plain(title)
    body = _body(plain)
    words = words_of(plain)
    rest = words if body == plain else words_of(body)
    verb, form, after = _head(rest)
    return Text(plain, body, plain.lower(), words, rest, verb, form, after, _is_english(words))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, "sign-ups" and "don't" being one."""
    return tuple(_WORD.findall(text.lower()))


def _unlabelled(text: str) -> str:
    """The text without "Sales (Closing):"; "Launch the app: …" is no label but the promise."""
    label = _LABEL.match(text)
    if label is None:
        return text
    first, *others = label[1].lower().split()
    following = text[label.end() :].split(maxsplit=1)[0].lower()
    topic = FORMS.get(first) in IMPROVE and FORMS.get(following) in PRODUCE
    return text if others and first in FORMS and not topic else text[label.end() :]


def _body(plain: str) -> str:
    """The text without brackets, label and time in front; each step only where it can apply."""
    text = _BRACKETED.sub("", plain) if plain[:1] in ("(", "[") else plain
    text = _unlabelled(text) if ": " in text else text
    return _TIME.sub("", text, count=1).strip() if _MAY_BE_TIME.match(text) else text


def _plain(title: str) -> str:
    text = title
    if _MARKED.search(title):
        text = _TAG.sub("", _URL.sub("", _LINK.sub(r"\1", title)))
        text = _MARK.sub("", text).strip()
    text = _FRONT.sub("", text)
    if _MAY_BE_NUMBERED.match(text):
        text = _FRONT.sub("", _NUMBERING.sub("", text, count=1))
    return " ".join(text.split()).rstrip(" .;:\"'”’»")


def _head(words: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    for index, word in enumerate(words[:6]):
        if word in FORMS:
            after = words[index + 1 :]
            if word in ("start", "begin") and after[:1] == ("to",):
                continue
            if word in LEADS and after and (after[0] in FORMS or _LY.match(after[0])):
                continue
            return _with_particle(word, after)
        if word not in LEADS and not _LY.match(word):
            break
    return "", "", words


def _with_particle(form: str, after: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    verb = FORMS[form]
    if verb in PARTICLE and (not after or after[0] not in PARTICLE[verb]):
        return "", "", (form, *after)
    if after and after[0] in ("up", "out", "off", "down") and len(after) > 1:
        after = after[1:]
    return verb, form, after


def _is_english(words: tuple[str, ...]) -> bool:
    """Whether most of what is known of the words is English; short texts need one such word."""
    english = sum(map(_ENGLISH.__contains__, words))
    foreign = sum(map(_FOREIGN.__contains__, words)) if english < len(words) else 0
    odd = 0 if all(map(str.isascii, words)) else _odd(words)
    if english < foreign + odd + 2:
        english = sum(map(is_known, words))
    if not (english or foreign or odd):
        return "on" in words[1:] and len(words) <= _SHORT
    return english > foreign + odd - (english > 2)


def _odd(words: tuple[str, ...]) -> int:
    """How many words have letters that English hasn't; amounts of money have none."""
    return sum(not word.isascii() and word[0] not in "€£¥₹" for word in words)


def is_known(word: str) -> bool:
    """Whether a word (in lower case) is a common English one and no word of its neighbours."""
    if word in _ENGLISH or word in _NEITHER:
        return word in _ENGLISH
    if len(word) > 6 and word.endswith(ENDINGS):
        return True
    return "-" in word and not _ENGLISH.isdisjoint(word.split("-"))
