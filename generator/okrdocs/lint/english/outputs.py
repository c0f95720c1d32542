"""Finds what shows that a title promises an output (something made or done) and not its effect.

Shared by the rules about tasks and outputs. English has no endings that tell "launch pages" from
"launch the pages": what follows the first word decides. Pure; works on `text.Text`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from okrdocs.lint.english.text import ParsedTitle
from okrdocs.lint.english.verbs import PARTICIPLES, PRODUCING_VERBS, THIRD_PERSONS, VERB_FORMS
from okrdocs.lint.english.vocabulary import (
    ACTION_NOUNS,
    DETERMINERS,
    EVENTS,
    FINITE_VERBS,
    MEASURED_NOUNS,
    NOUN_PHRASE_ENDS,
    NOUNS_AND_VERBS,
    NUMBERED_NOUNS,
    OBJECTS_OF_WORK,
    PEOPLE,
    PLURAL_NOUNS,
    RELATIVE_WORDS,
)
from okrdocs.lint.word_lists import word_list

_NO_OBJECT = word_list("english/not_before_objects")
_ONLY_VERBS = word_list("english/only_verbs")
_LOOSE = RELATIVE_WORDS | {"with"}
"""Third persons that are mostly plurals after a noun: "design reviews"."""
_PREDICATES = THIRD_PERSONS - EVENTS - PLURAL_NOUNS
_PERFECT = re.compile(r"we(?: ?'?ve| have) (?:also |now |all )?(?:made|done) ")
_QUALIFIED = word_list("english/planned_work")
_AFTER_DONE = word_list("english/after_participles")
_READY = re.compile(
    r"\b(?:(?:is|are|has been|have been|gets?|goes|go) )?(?:now )?(?:live|in place"
    r"|in production|up and"
    r" running|put (?:in place|into service|into operation)|rolled[ -]out|set up"
    r"|(?<!feature )(?<!feature-)complete|completed"
    r"|finali[sz]ed|carried out|drawn up|kicked off|signed off)(?=$|,| (?:by|in|on|before|for"
    r"|to|at"
    r"|and|with|across)\b)"
)
_WELL = re.compile(r"(?:efficient|effective|smooth|profitab|reliab|lean)")
_FINISHING = PARTICIPLES | word_list("english/finishing_words")
_EFFECT = re.compile(
    r"\b(?:so that|so (?:we|customers|users|our|the|every)\b|resulting in|leading to|leads? to"
    r"|to (?:reduce|cut|raise|increase|grow|improve|lower|lift|bring|boost|reach|achieve|release"
    r"|save|win)\b.{0,60}?\d|(?<!and )achiev(?:es?|ing)|(?<!and )reach(?:es|ing)?\b.{0,20}?\d"
    r"|(?:used|adopted) by"
    r"|from \S+ (?:\S+ )?to \S*\d|with (?:an? |at least |over |more than |fewer than "
    r"|less than )*"
    r"(?:\d[\d.,]*%|\d[\d.,]* (?:active|paying|weekly|daily|customers|users)|nps|csat))"
)
_PERCENT = re.compile(r"\d ?%|\bper ?cent\b|\b\d+ of \d+\b|\b\d+ in \d+\b")
_RESULT = re.compile(
    r"\bon time\b|\bwithin \w+ (?:\w+ )?(?:minutes|hours|days|weeks)\b|\bin full\b"
)
_WITHIN = re.compile(r"\bwithin \w+ (?:\w+ )?(?:minute|hour|day)s?\b")
_LESS = re.compile(r"\b(?:below|under|fewer|less than|at most|no more than|reduced?|down)\b|^no ")


@lru_cache(maxsize=65536)
def find_leading_output_verb(text: ParsedTitle) -> str:
    """Return the verb by which a title promises an output, as written, else ""."""
    if text.form in ("made", "done") and _PERFECT.match(text.lower):
        return text.form
    if _begins_otherwise(text):
        return ""
    if _SORTED_BY.match(text.body.lower()):
        return text.rest[0]
    if text.verb in OBJECTS_OF_WORK and OBJECTS_OF_WORK[text.verb] & set(text.after[:5]):
        return text.form
    if is_share_of_planned_work(text):
        return text.form or text.rest[0]
    if text.verb in PRODUCING_VERBS and (
        _is_joined_to_other_verb(text) or not _first_word_is_noun(text)
    ):
        return text.form
    head = text.rest[0] if text.rest else ""
    if head in PRODUCING_VERBS and head != "share" and text.after[:1] == ("of",):
        return "" if has_finite_verb(text.after) else f"{head} of"
    doing = head in ACTION_NOUNS or (
        head.endswith("ing") and VERB_FORMS.get(head) in PRODUCING_VERBS
    )
    if doing and text.rest[1:2] in (("of",), ("to",), *((("in",),) if head in _TAKEN_IN else ())):
        return "" if has_finite_verb(text.rest[2:]) else f"{text.rest[0]} {text.rest[1]}"
    return ""


def _begins_otherwise(text: ParsedTitle) -> bool:
    """Return whether the first word is no order: what goes on, a period, a field, a subject."""
    body = text.body.lower()
    return (
        text.rest[:1] in (("continue",), ("continuing",))
        or _OF_PERIOD.match(body) is not None
        or _is_heading_of_one_word(text)
        or _NOUN_THAT_TELLS.match(body) is not None
    )


_NOUN_THAT_TELLS = re.compile(
    r"[a-z-]+ (?!(?:an?|the|our|all|every|each)\b)(?:(?!(?:that|which|who|where)\b).)*?"
    r"(?:indicates?|shows?|tells?|says?|explains?|reveals?|makes? clear)"
    r" (?:\w+ )?(?:whether|which|who|how|what|when|where|why)\b"
)
"""A sentence whose first word is a noun: "code pages show which lines are old"."""


def _is_heading_of_one_word(text: ParsedTitle) -> bool:
    """Return whether the verb is the name of a field or post: "Hiring: Test (2 seniors)"."""
    return text.body != text.plain and len(text.body.partition(" (")[0].split()) == 1


_OURS = word_list("english/own_people")
_TAKEN_IN = frozenset({"participation", "taking"})
_OF_PERIOD = re.compile(
    r"(?:start|begin|open|enter|close|end|finish|complete|conclude|leave|exit|wrap up) (?:the |our "
    r"|this |next |each |every )?(?:[\w-]+ ){0,2}(?:year|half|quarter|month|season|term|semester"
    r"|trimester|winter|summer|spring|autumn|fall|cycle|campaign|pilot|phase|decade|session|trial)"
    r"(?: (?:with|at|on|without|in)\b| (?!\w+ly$)\w+$)"
)
"""A period that ends with something: what is named is where one stands then."""
_SORTED_BY = re.compile(
    r"(?:break(?! even)|segment|group|split|sort|cluster|classify|rank|categori[sz]e|disaggregate"
    r"|show|chart|list|tabulate|order)"
    r" (?:down )?(?:the |our |all )?[a-z][a-z'’ -]{2,40}? (?:down )?(?:by|into|per|according to)"
    r" [a-z][^\d%]*$"
)
"""Work on data: "break down satisfaction by region"."""


_SHARE_OF_WORK = re.compile(
    r"(?:convert|move|transfer|transition|upgrade) (?:(?:[5-9]\d|100) ?% of|all|every|each)"
    r"(?: the| our| its)? (?P<most>[\w-]+)"
    r"|(?:migrate|port|digiti[sz]e|digitali[sz]e|containeri[sz]e|deploy|install|document|translate"
    r"|archive|scan|retrofit|refactor|rewrite|automate|equip)"
    r" (?:\d[\d.,]* ?%(?: of)?|\d+ (?:of|in|out of) (?:\d+|ten)|all|every|each|the whole)(?: of)?"
    r"(?: the| our| its)? (?P<any>[\w-]+)"
    r"|(?:roll|rolled|rolling) out .* (?:to|in|across) \d[\d.,]* ?%"
    r"|train (?:100 ?%|all\b|every\b)"
    r"|(?:survey|interview|poll) (?:at least |over |more than )?\d[\d.,]* ?%"
)


def is_share_of_planned_work(text: ParsedTitle) -> bool:
    """Return whether a share says how much of the work is done: "migrate 100% of services"."""
    match = _SHARE_OF_WORK.match(text.body.lower())
    if match is None or _WITHIN.search(text.lower):
        return False
    return (match["most"] or match["any"] or "") not in PEOPLE - _OURS


def _is_joined_to_other_verb(text: ParsedTitle) -> bool:
    """Return whether two verbs share an object: "create or update help pages"."""
    after = text.after
    joined = len(after) > 2 and after[0] in ("or", "and", "&")
    return joined and text.form == text.verb and after[1] in PRODUCING_VERBS


def _is_numbered_noun(text: ParsedTitle) -> bool:
    """Return whether the first word is a noun with its number: "Plant 3 runs", "Release 5.0 is"."""
    after = text.after
    return (
        text.verb in NUMBERED_NOUNS
        and len(after) > 1
        and after[0][0].isdigit()
        and (after[1] in FINITE_VERBS or after[1] in THIRD_PERSONS)
    )


def _is_sentence_subject(text: ParsedTitle) -> bool:
    """Return whether the first word is a noun, not a verb: "Record labels fight for us"."""
    after = text.after
    if text.verb not in NOUNS_AND_VERBS and not text.form.endswith(("ing", "ed")):
        return False
    if len(after) > 1 and after[0] not in DETERMINERS and after[0] not in NOUN_PHRASE_ENDS:
        following = after[1:3]
        if following[0] == "that" and len(following) > 1 and following[1] in PEOPLE:
            return True
    return any(
        word in THIRD_PERSONS and word not in EVENTS and word not in PLURAL_NOUNS
        for word in after[1:3]
    )


def _first_word_is_noun(text: ParsedTitle) -> bool:
    """Return whether the first word is no verb: "Launch pages convert", "Hiring time"."""
    after = text.after[2:] if text.after[:2] == ("at", "least") else text.after
    if text.form in _ONLY_VERBS and after[:1] and after[0] not in _NO_OBJECT:
        return False
    loose = after[:1] and after[0] in _LOOSE and text.verb in NOUNS_AND_VERBS
    if (
        not after
        or loose
        or after[0] in _NO_OBJECT
        or _has_other_sense(text)
        or _is_numbered_noun(text)
    ):
        return True
    if text.form.endswith(("ed", "ing")) and _is_modifier_of_noun(text):
        return True
    if after[0] in DETERMINERS or after[0][0].isdigit():
        return False
    if text.verb == "run" and any(_WELL.match(word) for word in after):
        return True
    return (
        _is_sentence_subject(text)
        or has_finite_verb(after)
        or (text.form not in _ONLY_VERBS and first_noun_phrase(after)[-1:] in MEASURED)
    )


def _has_other_sense(text: ParsedTitle) -> bool:
    """Return whether what follows gives the verb another sense: "hold the trust", "deliver on"."""
    after = text.after
    if text.verb == "hold" and not EVENTS & set(after[:6]):
        return not (len(after) > 1 and after[0].isdigit() and after[1][0].isalpha())
    if text.verb == "onboard":
        return bool(PEOPLE & set(after[:5]))
    if text.verb == "agree":
        return after[0] not in ("on", "with") and after[0] not in DETERMINERS
    return (after[0] == "on" and text.verb == "deliver") or f"{text.form} off " in text.lower


def _is_modifier_of_noun(text: ParsedTitle) -> bool:
    """Return whether a participle or gerund belongs to a noun: "Published figures are …"."""
    after = text.after
    if after[0] in ("not", "that", "who", "people") or (
        text.form == "registered" and after[0] in PEOPLE
    ):
        return True
    if text.form.endswith("ing"):
        return not {"is", "are", "takes", "feels"}.isdisjoint(after)
    subject = after[0] not in DETERMINERS
    return subject and (has_finite_verb(after) or not _PREDICATES.isdisjoint(after[1:4]))


MEASURED = {(word,) for word in MEASURED_NOUNS}


def first_noun_phrase(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first noun phrase: the words up to a preposition, a finite verb or a number."""
    for index, word in enumerate(words):
        if word in NOUN_PHRASE_ENDS or word[0].isdigit() or word in FINITE_VERBS:
            return words[:index]
    return words


def has_finite_verb(words: tuple[str, ...]) -> bool:
    """Return whether one of the first nine words is a finite verb, before any "that" or "so"."""
    before = ""
    for word in words[:9]:
        if word in RELATIVE_WORDS:
            return False
        if word in FINITE_VERBS and before not in ("to", "and", "&", "the", "a", "an", "our"):
            return True
        before = word
    return False


_MADE_FROM = frozenset({"built", "calculated", "computed", "derived", "made", "compiled"})
"""What follows says what a number consists of, not that it has been made."""


def is_about_less(text: ParsedTitle) -> bool:
    """Return whether a title wants less of something: "below", "fewer", "no …"."""
    return _LESS.search(text.lower) is not None


@lru_cache(maxsize=65536)
def find_completion_word(text: ParsedTitle) -> str:
    """Return the participle or state that says that something is done, as written, else ""."""
    words = text.rest
    if (
        words[:1] == ("based",)
        or _FINISHING.isdisjoint(words)
        or is_about_less(text)
        or _RESULT.search(text.lower)
    ):
        return ""
    for index, word in enumerate(words[1:], start=1):
        following = words[index + 1 : index + 2]
        if word in RELATIVE_WORDS or word in ("from", "without"):
            return ""
        if word in PARTICIPLES and (not following or following[0] in _AFTER_DONE):
            if words[index - 1] == "as":
                continue  # whose words they are: "as defined by …", "as described in …"
            if following == ("from",) and word in _MADE_FROM:
                continue
            if _is_done_by_people_served(words[index + 1 :]) or words[:2] == ("to", "be"):
                return ""
            who = PEOPLE & set(words[:index])
            return "" if who and word not in _TRAINED else word
    ready = _READY.search(" ".join(words))
    return ready[0] if ready and ready.start() and not PEOPLE & set(words[:3]) else ""


def _is_done_by_people_served(words: tuple[str, ...]) -> bool:
    """Return whether the people served did it: "sent by new users", "opened by customers"."""
    return words[:1] == ("by",) and bool((PEOPLE - _OURS) & set(words[1:4]))


_TRAINED = word_list("english/participles_about_people")


def is_effect_or_punctuality_named(text: ParsedTitle) -> bool:
    """Return whether a title names the effect of the work, or how punctual it is."""
    return _RESULT.search(text.lower) is not None or is_effect_named(text)


def is_effect_named(text: ParsedTitle) -> bool:
    """Return whether a title names the effect of the work, or a share that is no planned work."""
    if _EFFECT.search(text.lower) or _WITHIN.search(text.lower):
        return True
    if is_share_of_planned_work(text):
        return False
    if not _PERCENT.search(text.lower):
        return False
    return not ("100%" in text.lower and _QUALIFIED & set(text.words))


def is_sentence_about_people(words: tuple[str, ...]) -> bool:
    """Return whether a title is a sentence about somebody rather than an order or a heading."""
    return bool(words) and (words[0] in PEOPLE or has_finite_verb(words[1:]))
