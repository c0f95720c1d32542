"""Whether a title promises a deed (something made or done) instead of what comes of it.

Shared by the rules about tasks and outputs. English has no endings that tell "launch pages" from
"launch the pages": what follows the first word decides. Pure; works on `text.Text`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from okrdocs.lint.text import Text
from okrdocs.lint.words import (
    ARTEFACTS,
    CARE,
    EFFECTIVE,
    EVENTS,
    FORMS,
    LOVED,
    METRICS,
    NOUN_HEADS,
    PARTICIPLES,
    PEOPLE,
    PRODUCE,
    listed,
)

_STOPS = listed(
    """
    of in on at for from with without by to that which who whose so when where while until per
    before after under over above below within across and or as than is are into through via
    during between about
    """
)
_RELATIVE = frozenset({"that", "which", "who", "whose", "where", "so", "because", "if", "when"})
_SENTENCE = EFFECTIVE | listed(
    """
    would can could may might must should never always feels feel ends end wait waits keeps means
    makes gives give leaves disappear becomes goes shows tells change changes work stop stops know
    knows turn turns nobody nothing love breathe decide know trust want meet choose hear come
    sleep ask think believe deserve smile pull beat thank enjoy prefer recommend like pays win
    who'd belong belongs cut cuts bring still now than up down
    """
)
_NO_OBJECT = listed("of or is are at rate from than without like as")
_LOOSE = _RELATIVE | {"with"}
_NOUNS_TOO = listed("design research plan test review record draft report write release paint book")
_DETERMINERS = listed("the a an our all new at its their more another first every")
_AGAIN = frozenset({"start", "begin", "open", "set", "move", "switch", "transition", "convert"})
_QUALIFIED = listed("committed planned roadmap scope deliverables deliverable features")
_AFTER_DONE = listed(
    """
    by in on before until for to with at and within per during across from this every as into via
    publicly internally about under
    """
)
_READY = re.compile(
    r"\b(?:(?:is|are|has been|have been|gets?|goes|go) )?(?:now )?(?:live|in place"
    r"|in production|up and"
    r" running|put (?:in place|into service|into operation)|rolled[ -]out|set up|complete|completed"
    r"|finali[sz]ed|carried out|drawn up|kicked off|signed off)(?=$|,| (?:by|in|on|before|for|to|at"
    r"|and|with|across)\b)"
)
_WELL = re.compile(r"(?:efficient|effective|smooth|profitab|reliab|lean)")
_FINISHING = PARTICIPLES | listed(
    "live place production running complete completed finalised finalized out up off service"
    " operation"
)
_EFFECT = re.compile(
    r"\b(?:so that|so (?:we|customers|users|our|the|every)\b|resulting in|leading to|leads? to"
    r"|to (?:reduce|cut|raise|increase|grow|improve|lower|lift|bring|boost|reach|achieve|release"
    r"|save|win)\b.{0,60}?\d|achiev(?:es?|ing)|reach(?:es|ing)?\b.{0,20}?\d|(?:used|adopted) by"
    r"|from \S+ (?:\S+ )?to \S*\d|with (?:an? |at least |over |more than |fewer than |less than )*"
    r"(?:\d[\d.,]*%|\d[\d.,]* (?:active|paying|weekly|daily|customers|users)|nps|csat))"
)
_PERCENT = re.compile(r"\d ?%|\bper ?cent\b|\b\d+ of \d+\b|\b\d+ in \d+\b")
_RESULT = re.compile(
    r"\bon time\b|\bwithin \w+ (?:\w+ )?(?:minutes|hours|days|weeks)\b|\bin full\b"
)
_WITHIN = re.compile(r"\bwithin \w+ (?:\w+ )?(?:minutes|hours|days)\b")
_LESS = re.compile(r"\b(?:below|under|fewer|less than|at most|no more than|reduced?|down)\b|^no ")


@lru_cache(maxsize=16384)
def begun(text: Text) -> str:
    """The verb that a title begins with where it promises a deed, as written; else ""."""
    if text.rest[:1] in (("continue",), ("continuing",)):
        return ""
    if text.verb in PRODUCE and not _is_noun(text):
        return text.form
    head = text.rest[0] if text.rest else ""
    if head in PRODUCE and head != "share" and text.after[:1] == ("of",):
        return "" if _is_sentence(text.after) else f"{head} of"
    doing = head in NOUN_HEADS or (head.endswith("ing") and FORMS.get(head) in PRODUCE)
    if doing and text.rest[1:2] in (("of",), ("to",)):
        return "" if _is_sentence(text.rest[2:]) else f"{text.rest[0]} {text.rest[1]}"
    return ""


def _is_noun(text: Text) -> bool:
    """Whether the first word is no verb: "Launch pages convert", "Hiring time", "Build Sunday"."""
    after = text.after
    if text.verb == "hold" and not EVENTS & set(after[:6]):
        return True
    if text.verb == "onboard" and PEOPLE & set(after[:5]):
        return True
    if text.verb == "deliver" and after[:1] == ("on",):
        return True
    loose = after[:1] and after[0] in _LOOSE and text.verb in _NOUNS_TOO
    if not after or loose or after[0] in _NO_OBJECT:
        return True
    if text.form.endswith("ed") and _is_sentence(after) and after[0] not in _DETERMINERS:
        return True
    if text.form.endswith("ing") and {"is", "are", "takes", "feels"} & set(after):
        return True
    if after[0] in _DETERMINERS or after[0][0].isdigit():
        return False
    if text.verb == "run" and any(_WELL.match(word) for word in after):
        return True
    if text.verb == "agree" and after[0] not in ("on", "with"):
        return True
    return _is_sentence(after) or _object_of(after)[-1:] in _MEASURED


_MEASURED = {(word,) for word in METRICS}


def _object_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """The first noun phrase: the words up to a preposition or number."""
    for index, word in enumerate(words):
        if word in _STOPS or word[0].isdigit() or word in _SENTENCE:
            return words[:index]
    return words


def _is_sentence(words: tuple[str, ...]) -> bool:
    """Whether a finite verb follows before any "that" or "so"."""
    before = ""
    for word in words[:9]:
        if word in _RELATIVE:
            return False
        if word in _SENTENCE and before != "to":
            return True
        before = word
    return False


_SHAPE = listed(
    """
    provide deliver offer lay build create develop establish design shape form write open
    introduce release
    """
)


def cares(text: Text) -> bool:
    """Whether what is built is a state: trust, a culture, "homes that nurses can afford"."""
    thing = _object_of(tuple(w for w in text.after if w not in _DETERMINERS))
    if text.verb in _SHAPE and set(thing[-2:]) & CARE and not (thing and thing[-1] in ARTEFACTS):
        return True
    if thing[-1:] in _MEASURED:
        return True
    later = text.after[len(thing) :]
    if text.form == "build" and "into" in text.after:
        return True
    if text.form in ("build", "create", "make", "design", "develop", "launch", "write", "ship"):
        if _RELATIVE & set(later) and (LOVED | {"can", "never"}) & set(later):
            return True
        if set(text.after) & LOVED:
            return True
    return text.after[:1] in (("for",), ("everything",)) and text.form in ("write", "ship", "build")


@lru_cache(maxsize=16384)
def finished(text: Text) -> str:
    """The participle or state that says that something has been done, as written; else ""."""
    words = text.rest
    if _FINISHING.isdisjoint(words) or _LESS.search(text.lower) or _RESULT.search(text.lower):
        return ""
    for index, word in enumerate(words[1:], start=1):
        following = words[index + 1 : index + 2]
        if word in _RELATIVE or word in ("from", "without"):
            return ""
        if word in PARTICIPLES and (not following or following[0] in _AFTER_DONE):
            if (word == "opened" and following == ("by",)) or words[:2] == ("to", "be"):
                return ""
            who = PEOPLE & set(words[:index])
            return "" if who and word not in _TRAINED else word
    ready = _READY.search(" ".join(words))
    return ready[0] if ready and ready.start() and not PEOPLE & set(words[:3]) else ""


_TRAINED = listed("trained hired recruited onboarded interviewed coached surveyed")


def thing(text: Text) -> str:
    """The deliverable that a title is the name of: "Product roadmap", "Draft of the guide"."""
    words = text.rest[1:] if text.rest and text.rest[0].isdigit() else text.rest
    if not words or text.verb or len(words) > 9 or words[0] in _COMPARED or speaks(words):
        return ""
    if _RELATIVE & set(words) or _LESS.search(text.lower):
        return ""
    last = _object_of(words)[-1:]
    return last[0] if last and last[0] in _DELIVERABLES else ""


_COMPARED = listed("fewer more better less no every all each share number time percentage faster")
_DELIVERABLES = listed(
    """
    report reports prototype prototypes roadmap documentation diagram dashboard dashboards
    playbook handbook guide guides draft drafts spec specs specification specifications post posts
    video videos newsletter whitepaper driver drivers plugin plugins client library sdk proposal
    strategy plan plans framework research poc proof-of-concept mvp release tests test integration
    integrations setup workshop workshops webinar webinars talk talks announcement migration
    rollout launch redesign refactoring implementation schema parser module survey study studies
    analysis audit review inventory taxonomy concept
    """
)


def has_effect(text: Text) -> bool:
    """Whether the title names what comes of the deed, or a share that is no count of things."""
    return _RESULT.search(text.lower) is not None or names_effect(text)


def names_effect(text: Text) -> bool:
    """The same without words of punctuality, which only say how well a task is done."""
    if _EFFECT.search(text.lower) or _WITHIN.search(text.lower):
        return True
    if not _PERCENT.search(text.lower):
        return False
    return not ("100%" in text.lower and _QUALIFIED & set(text.words))


def speaks(words: tuple[str, ...]) -> bool:
    """Whether a title is a sentence about somebody rather than an order or a heading."""
    return bool(words) and (words[0] in PEOPLE or _is_sentence(words[1:]))


_CHORES = listed(
    """
    migration rollout roll-out redesign relaunch implementation launch integration upgrade
    refactoring project overhaul introduction deployment renovation refurbishment reorganisation
    reorganization restructuring rebranding relocation
    """
)
_PURPOSE = re.compile(
    r"\bso (?:that|we|customers|users|our|every)\b|\bsuch that\b|\bto (?:become|make|let"
    r"|give|help)\b"
)


def chore(text: Text) -> str:
    """The noun of a title that is nothing but the name of a project: "Website relaunch"."""
    words = text.rest
    short = 1 < len(words) <= 4 and not set(words[:-1]) & (_SENTENCE | _STOPS)
    return words[-1] if short and words[-1] in _CHORES else ""


def purpose(text: Text) -> bool:
    """Whether the title says what the work is for."""
    return _PURPOSE.search(text.lower) is not None
