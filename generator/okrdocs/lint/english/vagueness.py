"""Checks whether an objective's title is so general that no key result follows from it.

Not a list of phrases: a title is vague when all its words are general ones (improve, quality,
great …), or when it is a heading of an abstract noun with at most an attribute. One word that
says who or what changes ends it. Pure.
"""

from __future__ import annotations

import re
from functools import lru_cache

from okrdocs.lint.english.outputs import is_sentence_about_people
from okrdocs.lint.english.text import ParsedTitle, is_common_english_word, parse_title
from okrdocs.lint.english.vocabulary import ARTEFACTS, DELIVERABLES, FUNCTION_WORDS, PEOPLE
from okrdocs.lint.word_lists import word_list

_VERBS = word_list("english/general_verbs")
_IMPROVING = word_list("english/vague_improving_verbs")
_GENERAL = word_list("english/general_nouns")
_EVALUATIVE = word_list("english/evaluative_adjectives")
_ADVERBS = word_list("english/general_adverbs")
_KNOWN = _VERBS | _GENERAL | _EVALUATIVE | _ADVERBS | FUNCTION_WORDS | {"first", "one", "as"}
_IDIOM = re.compile(
    r"^(?:\w+ )?\w+ (?:is|are) (?:king|queen|key|everything)$"
    r"|\bnext level\b|\bextra mile\b|\bmove the needle\b|\braise the bar\b|\bnew heights\b"
    r"|\b(?:up|raise|lift) our game\b|^(?:be|do|give|try) (?:the |our |your )?(?:very )?best\b"
    r"(?: we can(?: be)?)?$|^work (?:smarter|harder|better)\b.{0,20}$|\bwalk the talk\b"
    r"|^(?:think|aim|dream) (?:big|bigger|high|higher|differently)$|^do the right things?$"
    r"|^(?:\w+ )?(?:people|customers|quality|safety) (?:matters?|counts?|comes? first|first)$"
    r"|^(?:have|more) (?:more )?fun\b.{0,8}$|^make (?:an? (?:real |big "
    r"|greater )?)?(?:difference|impact)$"
    r"|^shape the future\b.{0,15}$|^go(?:ing)? (?:digital|further|beyond|global)$"
    r"|^(?:be|become|stay) (?:the )?(?:best|great|better|number one|excellent|ready|relevant)$"
    r"|^get (?:the |our )?(?:basics|fundamentals|essentials|foundations) right\b.{0,40}$"
    r"|^(?:be |become |get |make )?(?:\w+ )?(?:enterprise|customer|user|developer|business"
    r"|consumer)[ -](?:friendly|ready|grade)$"
    r"|^(?:get|bring|put) (?:more )?\w+ thinking into (?:the |our )?\w+$"
    r"|^(?:demonstrate|show|assert|establish) (?:\w+ )?leadership(?: in (?:our|the) \w+)?$"
    r"|^(?:build|create|form|have|grow|develop) (?:an? |our )?(?:world[ -]class|first-rate|great"
    r"|high-performing|best-in-class|excellent) (?:[\w-]+ )?(?:team|organi[sz]ation|company)$"
    r"|^(?:expand|grow) (?:the |our )?(?:[\w-]+ )?team$"
    r"|\bfull potential\b|\bthe (?:limits|boundaries|envelope)$"
)
_ABSTRACT = re.compile(
    r"(?:isation|ization|ity|ness|ence|ance|ment|ship|ation|ition|uction|ism|hood|cy|pline)s?$"
)


_TOPICS = word_list("english/vague_topics")
_SOFT = word_list("english/soft_verbs")
_ASIDE = re.compile(r"\W{0,3}\([^()]{0,80}\)$")
_LONGEST = 12
_IDIOMATIC = word_list("english/idiom_words")


@lru_cache(maxsize=65536)
def is_vague(text: ParsedTitle) -> bool:
    """Return whether a title is so general that nobody could say afterwards what was meant."""
    outside = _ASIDE.sub("", text.body) if text.body.endswith(")") else ""
    return _is_vague_in_itself(parse_title(outside) if outside else text)


def _is_vague_in_itself(text: ParsedTitle) -> bool:
    words = [word for word in text.rest if word not in FUNCTION_WORDS or word in ("best", "first")]
    if not _IDIOMATIC.isdisjoint(text.words) and _IDIOM.search(text.lower):
        return True
    if len(text.rest) > _LONGEST:
        return False
    if words and words[0] in ("strive", "striving", "aspire", "aim", "aiming", "seek"):
        words = words[1:]
    if _is_vague_by_its_shape(text, words):
        return True
    if not words or len(words) > 7 or any(c.isdigit() for c in text.body):
        return False
    if all(word in _KNOWN for word in words):
        return not _is_checkable_statement(text)
    if text.verb in _SOFT and len(words) == 2:
        return True
    if text.verb in _IMPROVING or text.form in ("do", "be", "become"):
        return len(words) <= 4 and all(map(_is_general_word, words[1:]))
    if words[0] in _VERBS and text.verb not in ("be", "become", "make"):
        return 3 <= len(words) <= 4 and all(word in _EVALUATIVE for word in words[1:-1])
    short = len(words) <= 3 and len(text.rest) <= 4
    short = short and (words[-1] in _TOPICS or not is_sentence_about_people(text.rest))
    headed = text.verb in ("", "lead", "position", "live", "light") or text.form == "better"
    short = short and headed
    return short and _is_vague_heading(words)


def _is_vague_by_its_shape(text: ParsedTitle, words: list[str]) -> bool:
    return (
        is_bare_topic(text)
        or _is_easier_made(text)
        or _is_comparative_heading(text, words)
        or _is_praise_of_own_kind(text, words)
    )


def is_bare_topic(text: ParsedTitle) -> bool:
    """Return whether a title is one English word or one abbreviation: "Brochures", "CRM"."""
    if len(text.rest) != 1 or not text.body.isascii() or not text.body.strip("!").isalpha():
        return False
    word = text.rest[0]
    return text.body.isupper() or is_common_english_word(word) or word in _TOPIC_WORDS


def _is_comparative_heading(text: ParsedTitle, words: list[str]) -> bool:
    """Return whether a title only says that something abstract gets better: "better X quality"."""
    if not 2 <= len(words) <= 4 or words[0] not in _COMPARATIVES or words != [*text.rest]:
        return False
    return (words[-1] in _TOPICS or _ABSTRACT.search(words[-1]) is not None) and not PEOPLE & set(
        words[1:-1]
    )


def _is_easier_made(text: ParsedTitle) -> bool:
    """Return whether something general is to get better: "make development easier"."""
    made = _MADE_EASIER.match(text.body.lower())
    return made is not None and (_is_general_word(made["what"]) or made["what"] in _ACTIVITIES)


_MADE_EASIER = re.compile(
    r"make (?:the |our )?(?P<what>[a-z-]+) (?:much |more )?(?:easier|simpler|better|faster|smoother"
    r"|efficient|effective)$"
)
_ACTIVITIES = _TOPICS | {"admin", "coding", "deployment", "life", "paperwork", "reporting"}
_TOPIC_WORDS = _TOPICS | DELIVERABLES | PEOPLE | ARTEFACTS
_COMPARATIVES = frozenset(
    {"better", "higher", "greater", "more", "stronger", "improved", "increased", "enhanced"}
)


def _is_praise_of_own_kind(text: ParsedTitle, words: list[str]) -> bool:
    """Return whether somebody is to be a good one of its kind: "Be a modern employer"."""
    if not 2 <= len(words) <= 3 or words[-2] not in _EVALUATIVE - {"popular", "first", "number"}:
        return False
    return {"be", "become", "being", "becoming"} & set(text.rest[:3]) != set() and (
        words[-1] in _KINDS
    )


_KINDS = word_list("english/kinds_of_organisation")


def _is_checkable_statement(text: ParsedTitle) -> bool:
    """Return whether general words make a sentence that can be checked ("Customers lead")."""
    return text.rest[0] in PEOPLE and is_sentence_about_people(text.rest[1:]) and len(text.rest) > 2


def _is_general_word(word: str) -> bool:
    return word in _KNOWN or word in PEOPLE or _ABSTRACT.search(word) is not None


def has_only_general_words(text: ParsedTitle) -> bool:
    """Return whether a title of up to three words has only general ones, in any language."""
    return bool(text.rest) and len(text.rest) <= _FEW and all(map(_KNOWN.__contains__, text.rest))


_FEW = 3


def _is_vague_heading(words: list[str]) -> bool:
    *attributes, last = words
    if attributes and all(a in _EVALUATIVE or a == "class" for a in attributes):
        return len(words) <= 3
    if attributes and attributes[0] in _EVALUATIVE and all(map(_is_general_word, words[1:])):
        return True
    abstract = (_ABSTRACT.search(last) is not None and len(last) > 6) or last in _TOPICS
    return abstract and all(_is_general_word(a) or len(attributes) == 1 for a in attributes)
