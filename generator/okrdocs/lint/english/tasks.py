"""Finds what makes an objective a task, or no task although it begins like one.

What only `objective-is-task` needs beside `outputs`: projects without a verb, things brought
into use, and the states and purposes that let a title pass. Pure; works on `text.Text`.
"""

from __future__ import annotations

import re

from okrdocs.format.records import Commitment, Objective
from okrdocs.lint.english.outputs import MEASURED, first_noun_phrase
from okrdocs.lint.english.text import ParsedTitle
from okrdocs.lint.english.vocabulary import (
    ARTEFACTS,
    DELIVERABLES,
    DETERMINERS,
    FEELINGS,
    FINITE_VERBS,
    INTANGIBLES,
    NOUN_PHRASE_ENDS,
    PEOPLE,
    RELATIVE_WORDS,
)
from okrdocs.lint.word_lists import word_groups, word_list

_STATE = re.compile(
    r"set an example\b|set (?:\w+ ){0,2}standards?\b|write history\b"
    r"|establish \w+ (?:\w+ )?as\b|close ranks\b|build bridges (?:between|to|with)\b"
    r"|share (?:what|how|(?:our |the |all )?(?:lessons|knowledge|experience|experiences|joy))\b"
    r"|(?:build|create|develop|draw) (?:\w+ ){0,2}(?:picture|sense|idea) of (?:how|what|why|who"
    r"|where)\b"
    r"|start every\b|(?:open|provide|offer|give) (?:\w+ ){1,4}to (?:everyone|everybody|anyone"
    r"|those|all who)\b|\w+ a level playing field\b"
    r"|(?:test|try|pilot|update|tell|inform) .*\bbefore (?:others|anyone|the press)\b"
    r"|set (?:\w+ ){1,4}(?:free|apart|alight|right|straight)\b|set the (?:standard|pace|tone|bar"
    r"|benchmark|record)\b|open (?:doors|minds|eyes|hearts|up)\b|close the (?:gap|loop"
    r"|distance)\b"
    r"|draw \w+ (?:\w+ )?(?:back|in)\b|move (?:people|hearts|readers|audiences|viewers)\b"
    r"|put \w+ (?:\w+ )?first\b|stand (?:by|up for|with|out)\b|release \w+ (?:\w+ )?from\b"
    r"|show (?:every|each|all|the world|people)\b|turn \w+ into\b|call \w+ (?:\w+ )?home\b"
    r"|(?:build|create|develop|form|establish) (?:an? )?(?:common|shared|clear|clearer|joint"
    r"|better) (?:\w+ )?(?:picture|view|language|vision)\b"
    r"|(?:run|finish|complete|host|serve|print|publish|deliver|offer|provide|hold|open|start|do"
    r"|pilot|produce|organi[sz]e|write|design|ship)\b.*\b(?:without|never|(?:the|our) \w+est"
    r"|the most|promised|on time|like clockwork|every time)\b"
)
"""Verbs of work in sayings that speak of a state."""
_ASKING = re.compile(
    r"(?:we )?(?:learn|find out|understand|test|explore|discover|see|try|validate|prove|probe"
    r"|research|investigate|know|work out|figure out|clarify|determine|experiment)\b"
)
_SETTLED = word_groups("english/objects_of_business")
"""Verbs whose object tells business from effect: "Close the depot", not "close the gap"."""
_INTO_USE = re.compile(
    r"(?:get|bring|put|take|go|have|roll|see)\b(?:.*\b(?:live|on paper|off the ground|in place"
    r"|online|up and running|into (?:operation|service|production|use|force|being))\b"
    r"|.* (?:out to|out in|out across|out at)\b|.* (?:repaired|built|rebuilt|installed|fixed"
    r"|painted|replaced|renovated|audited|certified|translated|redesigned|finished|set up)$)"
)


_INTO = re.compile(r" into (?![A-Z])")
_SHAPE = word_list("english/shaping_verbs")


def is_about_building_state(text: ParsedTitle) -> bool:
    """Return whether what is built is a state: trust, a culture, "homes that nurses can afford"."""
    if _STATE.match(text.body.lower()):
        return True
    thing = first_noun_phrase(tuple(w for w in text.after if w not in DETERMINERS))
    if (
        text.verb in _SHAPE
        and set(thing[-2:]) & INTANGIBLES
        and not (thing and thing[-1] in ARTEFACTS)
    ):
        return True
    if thing and text.verb in _SHAPE | _CARING and _is_state_noun(thing[-1]):
        return True
    if thing[-1:] in MEASURED or _speaks_of_people(text, thing):
        return True
    later = text.after[len(thing) :]
    if text.form in ("build", "develop", "translate") and _INTO.search(text.body):
        return True
    if text.form in ("build", "create", "make", "design", "develop", "launch", "write", "ship"):
        if RELATIVE_WORDS & set(later) and (FEELINGS | {"can", "never"}) & set(later):
            return True
        # In "launch the trust centre", trust only says which centre.
        if (set(text.after) - set(thing[:-1])) & FEELINGS:
            return True
    return text.after[:1] in (("for",), ("everything",)) and text.form in ("write", "ship", "build")


def _is_state_noun(word: str) -> bool:
    """Return whether a word names a state: "calm", "fairness", "resilience", "careers"."""
    return word in INTANGIBLES or (word.endswith(_STATES) and word not in _TANGIBLE)


_CARING = word_list("english/caring_verbs")
_STATES = ("ness", "ence", "ity", "hood", "ship")
_TANGIBLE = word_list("english/tangible_endings") | ARTEFACTS | DELIVERABLES


def _speaks_of_people(text: ParsedTitle, thing: tuple[str, ...]) -> bool:
    """Return whether people are the object, or tell what is made: "a ward where nobody waits"."""
    object_words = [word for word in text.after if word not in DETERMINERS]
    if object_words[:1] and object_words[0] in _SELVES | (
        _SERVED if text.verb == "introduce" else set()
    ):
        return True
    later = object_words[len(thing) :]
    if text.verb == "open" and "to" in later and set(later) & PEOPLE:
        return True
    if text.verb in _OF_PEOPLE and thing and thing[-1] in PEOPLE:
        return text.verb in ("prepare", "teach")
    if not thing or (thing[-1] in ARTEFACTS | DELIVERABLES and text.after[0] in DETERMINERS):
        return False
    if later[:2] == ["in", "which"]:
        later = later[1:]
    return bool(later) and later[0] in _DESCRIBING


_DESCRIBING = (RELATIVE_WORDS | {"as", "like"}) - {"because", "if", "when"}
"""Words that begin what something is to be like."""
_OF_PEOPLE = frozenset({"prepare", "teach"})
_SELVES = frozenset({"us", "ourselves", "themselves", "yourself"})
_SERVED = (PEOPLE | {"nobody", "everybody", "everyone", "anyone"}) - {"team", "teams", "company"}


def find_settling_verb(text: ParsedTitle) -> str:
    """Return the verb of a title that settles a piece of business ("Sign the lease"), else ""."""
    objects = _SETTLED.get(text.verb)
    return text.form if objects and objects & set(first_noun_phrase(text.after)) else ""


def is_learning_question(objective: Objective, text: ParsedTitle) -> bool:
    """Return whether a learning objective says what is to be learnt: then "test" is no task."""
    return objective.type is Commitment.LEARNING and _ASKING.match(text.body.lower()) is not None


def find_introduction_verb(text: ParsedTitle) -> str:
    """Return the verb that brings something into use ("Get the new engine live"), else ""."""
    body = text.body.lower()
    match = _INTO_USE.match(body) if text.rest and text.rest[0] in _BRINGING else None
    return text.rest[0] if match else ""


_BRINGING = word_list("english/bringing_verbs")
_CHORES = word_list("english/project_nouns")
_PURPOSE = re.compile(
    r"\bso (?:that|we|customers|users|our|every)\b|\bsuch that\b|\bto (?:become|make|let"
    r"|give|help)\b"
)


def find_project_noun(text: ParsedTitle) -> str:
    """Return the noun of a title that only names a project ("Website relaunch"), else ""."""
    words = tuple(word for word in text.rest if not word[0].isdigit())
    short = 1 < len(words) <= 4 and not set(words[:-1]) & (FINITE_VERBS | NOUN_PHRASE_ENDS)
    return words[-1] if short and words[-1] in _CHORES else ""


def states_purpose(text: ParsedTitle) -> bool:
    """Return whether a title says what the work is for."""
    return _PURPOSE.search(text.lower) is not None
