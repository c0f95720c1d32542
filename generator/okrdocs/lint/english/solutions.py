"""Finds the tool, vendor, technology or method that an objective sets as its aim.

Two shapes: an order to use, introduce or move to it ("Move to Kubernetes"), and a heading that is
nothing but it ("An AI chatbot in support"). A sentence about people in which it merely occurs is
none. Pure; names are matched with their capitals, words without.
"""

from __future__ import annotations

import re
from functools import lru_cache

from okrdocs.lint.english.degrees import COMPARATIVES
from okrdocs.lint.english.inflection import add_american_spellings
from okrdocs.lint.english.outputs import first_noun_phrase, is_sentence_about_people
from okrdocs.lint.english.text import (
    ParsedTitle,
    is_common_english_word,
    parse_title,
    split_into_words,
)
from okrdocs.lint.english.tool_names import THINGS, TOOL
from okrdocs.lint.english.verbs import IMPROVING_VERBS, VERB_FORMS
from okrdocs.lint.english.vocabulary import PEOPLE
from okrdocs.lint.word_lists import word_list

_QUOTED = re.compile(r"[\"“„']([A-Z]\w[^\"”“']{0,30})[\"”“']")
_PROPER = re.compile(r"(?<=[a-z,] )[A-Z][\w/.+-]*(?: [A-Z0-9][\w/.+-]*){0,2}")
_ADOPT = word_list("english/adopting_verbs")
_NAMED_BY = word_list("english/adopting_verbs_before_names")
_TOWARDS = word_list("english/moving_verbs")
_TO = re.compile(
    r" (?:over )?(?:to|into|onto|in|on|with|by) (?:the |a |an |our |new )*(.+)$", re.DOTALL
)
_ONTO = re.compile(
    r"^[A-Z]?[a-z]+ (?:.* )?(?:on|onto|into|in|through|via|all in on)"
    r" ([A-Z][\w.+-]*(?: [A-Z0-9][\w.+-]*){0,2})(?: (?:for|by|in|across)\b.*)?$"
)
_ONTO_PLACE = re.compile(r" (?:on|onto|all in on) ", re.IGNORECASE)
_ALL_IN = re.compile(r"^\w+\b.* (?:in|on|via|through|onto|with) ([^,]{2,30})$")
_BASED = re.compile(
    r" (?:based on|powered by|built on|running on|using|via)"
    r" ([A-Z][\w.+-]*(?: [A-Z][\w.+-]*)?)$"
)
_SYSTEM = re.compile(
    r"\b(?:network|system|platform|sign-on|reporting|software|stack|pipeline|monitoring|backend"
    r"|frontend|database|infrastructure|shop|website"
    r"|app) with ([A-Z][\w.+-]*(?: [A-Z][\w.+-]*)?)$"
)
_CAMEL = re.compile(
    r"\b[A-Z][a-z]+[A-Z]\w*|\b\w+(?:DB|SQL|JS|Ops)\b|\b[A-Z]\w+\.(?:io|ai|js|com)\b"
)
_SWITCHED = re.compile(r"^\w+ (?:.* )?from ([A-Z]\S*) to ([A-Z]\S*(?: [A-Z]\S*)?)$")
_ONE = re.compile(
    r"^(?:the |an? |our )?(\S+(?: \S+){0,2}?) (?:as (?:the|our|a) (?:one|single|only|sole|central"
    r"|default|standard|common|main|new)\b|for everything\b|everywhere\b)"
)
_BY = re.compile(
    r" (?:with|by|via|using|through|on|based on|powered by) (?:the |an? |our )?([^,]{2,40})$"
)
_HEADED = re.compile(
    r"^(?:the |an? |our |one |new )*((?:\S+ ){0,3}?\S+?)(?:$|( (?:for|in|on|at|across"
    r"|everywhere|as|to"
    r"|from|with|of|first)\b))"
)
_BY_DOING = re.compile(
    r" by ((?:[a-z]+ly )?([a-z]+ing)(?: up| out)? (?!what\b|how\b|who\b|each other\b)[\w-]+.*)$",
    re.IGNORECASE,
)
_BY_HAVING = re.compile(
    r" (?:through|via|with the help of) (?:an? |the |our |new |better |more )*(\S.*)$",
    re.IGNORECASE,
)
_MEANS_VERBS = add_american_spellings(word_list("english/means_verbs"))
_MEANS_NOUNS = word_list("english/means_nouns")
_EVERYWHERE = re.compile(
    r"(?:the |an? |our )?(\S+(?: \S+)?) (?:(?:for|in|on|across|with) (?:all|every|each)\b"
    r"|everywhere\b|in place of"
    r"|instead of|as (?:the|our)\b)"
)
_PLACE = frozenset({"into", "Europe", "Asia", "Germany", "France"})
_STATE = word_list("english/state_words")


@lru_cache(maxsize=65536)
def _find_tool_in_body(body: str) -> str:
    return _search_tool(parse_title(body), body)


def find_tool(text: ParsedTitle) -> str:
    """Return the tool or method that a title is about, as written; "" where it is about more."""
    return _find_tool_in_body(text.body)


def _search_tool(text: ParsedTitle, body: str) -> str:
    if not text.rest:
        return ""
    named = _find_tool_at_end(text, body)
    if named:
        return named
    if text.verb in _ADOPT or text.rest[0] in ("leverage", "embrace"):
        return _find_adopted_tool(text, body)
    by = _find_tool_used_as_means(text, body) or _find_means(text)
    if (
        by
        or text.verb
        or text.rest[0] in VERB_FORMS
        or is_sentence_about_people(text.rest)
        or _STATE & set(text.rest)
    ):
        return by
    return _find_tool_in_heading(body)


def _find_tool_at_end(text: ParsedTitle, body: str) -> str:
    """Return a tool that is named at the end: "Get every depot onto Blue Yonder"."""
    switched = _SWITCHED.match(body) if text.verb in _TOWARDS else None
    moved = (
        text.verb in ("migrate", "switch") and switched and not _contains_common_word(switched[2])
    )
    if switched and (moved or _is_tool_name(switched[1]) or _is_tool_name(switched[2])):
        return switched[2]
    onto = _ONTO.match(body) if text.rest[0] in _ONTO_VERBS else None
    if onto and onto[1][0].isupper():
        platform = _ONTO_PLACE.search(body) is not None and not _contains_common_word(onto[1])
        return (
            onto[1]
            if _is_tool_name(onto[1]) or (platform and _is_capital_sign_of_name(body))
            else ""
        )
    if text.rest[0] in _ALL_WORDS and not _STATE & set(text.rest):
        everything = _ALL_IN.match(body)
        return everything[1] if everything and _is_tool_name(everything[1]) else ""
    if text.verb or is_sentence_about_people(text.rest):
        return ""
    based = _BASED.search(body) or _SYSTEM.search(body)
    return based[1] if based and not _contains_common_word(based[1]) else ""


_ONTO_VERBS = frozenset({"get", "put", "bring", "have", "run", "go", "move"})
_ALL_WORDS = frozenset({"all", "every", "everything", "each"})


def _is_tool_name(name: str) -> bool:
    return TOOL.match(name) is not None or _CAMEL.match(name) is not None


def _find_adopted_tool(text: ParsedTitle, body: str) -> str:
    verb = text.verb
    _, _, thing = body.partition(" ")
    if verb in _TOWARDS:
        target = _TO.search(f" {thing}")
        thing = target[1] if target else ("" if verb != "rewrite" else thing)
    thing = re.split(r" (?:so that|to|for|in order|across|instead|at|by)\b", thing, maxsplit=1)[0]
    match = TOOL.search(thing) or (_QUOTED.search(thing) if verb != "add" else None)
    if match:
        return match[0]
    if verb in _NAMED_BY:
        name = _PROPER.search(f"a {thing}") if _is_capital_sign_of_name(body) else None
        return name[0] if name and not _contains_common_word(name[0]) else ""
    return ""


def _contains_common_word(name: str) -> bool:
    return any(word in _PLACE or is_common_english_word(word.lower()) for word in name.split())


def _find_tool_used_as_means(text: ParsedTitle, body: str) -> str:
    acting = text.rest[0] in PEOPLE and text.rest[0].endswith(("s", "e"))
    if acting or text.verb in ("be", "become", "win"):
        return ""
    if {"that", "who", "which", "is", "are", "never"} & set(text.rest):
        return ""
    means = _BY.search(body)
    if means and text.verb and means[0].startswith(" on "):
        return ""
    match = TOOL.search(means[1]) if means else None
    return match[0] if match and means and len(means[1].split()) <= 4 else ""


def _find_means(text: ParsedTitle) -> str:
    """Return the work that an aim is to be reached by: "by redesigning the portal"."""
    compared = bool(text.rest) and text.rest[0] in COMPARATIVES
    if not compared and (text.verb not in IMPROVING_VERBS or text.verb in ("be", "become")):
        return ""
    doing = _BY_DOING.search(text.body)
    if doing and VERB_FORMS.get(doing[2].lower()) in _MEANS_VERBS:
        return doing[1]
    having = _BY_HAVING.search(text.body)
    last = first_noun_phrase(split_into_words(having[1]))[-1:] if having else ()
    return having[1] if having and last and last[0] in _MEANS_NOUNS else ""


def _find_tool_in_heading(body: str) -> str:
    only = _ONE.match(body)
    if only:
        return only[1]
    everywhere = _EVERYWHERE.match(body)
    if everywhere and any(
        not is_common_english_word(w.lower()) and w[0].isupper() for w in everywhere[1].split()
    ):
        return everywhere[1]
    headed = _HEADED.match(body)
    if not headed or len(headed[1].split()) > 4:
        return ""
    match = TOOL.search(headed[1]) or (THINGS.search(headed[1]) if headed[2] else None)
    return match[0] if match else ""


def _is_capital_sign_of_name(body: str) -> bool:
    """Return whether capitals mean names: not where every word of the title has one."""
    words = [word for word in body.split() if word[0].isalpha() and len(word) > 3]
    return sum(word[0].isupper() for word in words) * 2 <= len(words) + 1
