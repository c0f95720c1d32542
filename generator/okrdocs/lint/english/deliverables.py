"""Finds the thing or the decision that a key result only waits for.

For `kr-is-output`, beside `outputs`: titles that name a deliverable, or say that one is there.
Pure; works on `text.ParsedTitle`.
"""

from __future__ import annotations

import re

from okrdocs.lint.english.inflection import past_participles
from okrdocs.lint.english.outputs import first_noun_phrase, is_about_less, is_sentence_about_people
from okrdocs.lint.english.text import ParsedTitle, split_into_words
from okrdocs.lint.english.verbs import PARTICIPLES
from okrdocs.lint.english.vocabulary import (
    DELIVERABLES,
    EVENTS,
    NOUN_PHRASE_ENDS,
    PEOPLE,
    RELATIVE_WORDS,
)
from okrdocs.lint.word_lists import word_list


def find_deliverable(text: ParsedTitle) -> str:
    """Return the deliverable that a title is the name of ("Draft of the guide"), else ""."""
    words = text.rest[1:] if text.rest and text.rest[0].isdigit() else text.rest
    if (
        not words
        or text.verb
        or len(words) > 9
        or words[0] in _COMPARED
        or is_sentence_about_people(words)
    ):
        return ""
    if RELATIVE_WORDS & set(words) or is_about_less(text):
        return ""
    last = first_noun_phrase(words)[-1:]
    return last[0] if last and last[0] in DELIVERABLES else ""


def find_thing_made(text: ParsedTitle) -> str:
    """Return the thing of a title that says what one is for, without a level of it, else "".

    "A guide for members who consider leaving", "a 20% discount for those who sign up".
    """
    heading = _THING_FOR.match(text.body.lower())
    return heading["thing"] if heading and heading["thing"] in _THINGS else ""


_THINGS = (DELIVERABLES | {"agreement", "contract", "list", "lists", "version"}) - PEOPLE
_THING_FOR = re.compile(
    r"(?:an?|one|the|our|new|a new|a first) (?:\d+% )?(?:[a-z-]+ ){0,2}?(?P<thing>[a-z-]+)"
    r" (?:for|of|on|about|that|which|to|with|shows?|says?|explains?|tells?|describes?|answers|lists"
    r"|exists?)\b[^\d]*$"
)
_SETTLED = frozenset(
    PARTICIPLES
    | past_participles(
        {"sign", "obtain", "hire", "adopt", "approve", "agree", "elect", "receive", "grant"}
        | {"choose", "select", "find", "secure", "register", "pass", "appoint", "fill"}
    )
)
_BODY = (
    r"(?:board|council|committee|senate|management|cabinet|parliament|assembly|ministry|regulator"
    r"|auditors?|faculty|union)"
)
_THERE = re.compile(
    r"^(?P<what>(?!(?:every|each|all|no|most|half)\b).*[a-z]) (?:is |are |now )*"
    r"(?:online|available|operational|functional|exists?|in use|in operation)"
    r"(?: (?:in|on|to|for|at) [a-z ]+)?$"
)
_DECIDED = re.compile(rf"(?:the |our )?(?:\w+ )?{_BODY} (?:has|have) [a-z]+(?:ed|en)\b")


def find_settled_state(text: ParsedTitle) -> str:
    """Return what says of a title that can only be ticked that it is done, else "".

    "Contract with the city signed", "new website is online", "the board has approved the budget".
    """
    if _DECIDED.match(text.body.lower()):
        return text.rest[-1]
    if PEOPLE & set(text.rest[:2]):
        return ""
    if len(text.rest) > 1 and text.rest[-1] in _SETTLED and not is_about_less(text):
        return text.rest[-1]
    there = _THERE.match(text.body.lower())
    return text.rest[-1] if there else ""


def find_undertaking(text: ParsedTitle) -> str:
    """Return what a title says is to be held, obtained or drawn up, as written, else "".

    "Have 4 evenings for parents", "calls with 20 mayors", "get the consent of the council",
    "breakdown of costs by ward", "there is a guide for newcomers".
    """
    body = text.body.lower()
    counted = _COUNTED.match(body)
    if counted and EVENTS & set(_up_to_preposition(split_into_words(counted["what"]))):
        return counted["verb"]
    talks = _TALKS.match(body)
    if talks and talks["talks"] in EVENTS:
        return talks["talks"]
    made = _THERE_IS.match(body)
    if made and made["thing"] in _THINGS:
        return made["thing"]
    other = _OBTAINED.match(body) or _SORTED_HEADING.match(body) or _BOOKED.match(body)
    return other["what"] if other else ""


def _up_to_preposition(words: tuple[str, ...]) -> tuple[str, ...]:
    end = next((i for i, word in enumerate(words) if word in NOUN_PHRASE_ENDS), len(words))
    return words[:end]


_NUMBER = r"(?:at least |up to |over )?(?:\d+|one|two|three|four|five|six|eight|ten|twelve)"
_COUNTED = re.compile(
    rf"(?P<verb>have|hold|do|attend|visit|give|get) {_NUMBER} (?!of\b|in\b|out\b)(?P<what>[^%]*)$"
)
_BOOKED = re.compile(rf"(?P<what>book|arrange) {_NUMBER} (?!of\b|%|in\b)[a-z]")
_TALKS = re.compile(
    rf"(?:[a-z-]+ ){{0,3}}(?P<talks>[a-z]+) with {_NUMBER} (?!of\b|in\b)[a-z][^%\d]*$"
)
_THERE_IS = re.compile(
    r"there (?:is|are) (?:an? |the )?(?:[a-z-]+ ){0,3}?(?P<thing>[a-z-]+)"
    r"(?:$| (?:for|of|on|about|to|in|that|which)\b(?!.*\s\d)[^%]*$)"
)
_OBTAINED = re.compile(
    r"(?P<what>get|obtain|receive|secure|gain) (?!(?:more|faster)\b)(?:[a-z&-]+ ){0,3}?"
    r"(?:sign-?off|approval|permits?|permission|licen[cs]e|certificate|certification|clearance"
    r"|consent|accreditation)\b[^\d%]*$"
)
_SORTED_HEADING = re.compile(
    r"(?:an? |the |our )?(?:[a-z-]+ )?(?P<what>breakdown|overview|ranking|table|analysis"
    r"|comparison|map|list|chart|segmentation|classification|statistics) (?:of|for)"
    r" [a-z][a-z' -]{1,80}"
    r" (?:by|per|across) [^\d%]*$"
)
_NEW = re.compile(r"(?:an? |the |our )?new (?P<thing>[a-z][a-z'-]*(?: [a-z][a-z'-]*){0,2})$")


def find_new_thing(text: ParsedTitle) -> str:
    """Return the thing of a title that is nothing but "New website", else ""."""
    new = _NEW.match(text.body.lower())
    words = new["thing"].split() if new else []
    if not words or PEOPLE & set(words) or is_sentence_about_people(tuple(words)):
        return ""
    return words[-1]


_COMPARED = word_list("english/not_before_deliverables")
