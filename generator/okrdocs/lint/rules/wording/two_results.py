"""One key result holds two results that could come out differently.

If NPS reaches 50 and churn stays where it was, how far is "Raise NPS to 50 and cut churn to 3%"?
Every answer is a guess: one value can't report two numbers, so check-ins report whichever looks
better, and the grade hides what was missed.

Make two key results of it. What passes: one result over two places or groups ("in Germany and
France"), an examination and what it is for ("compare two cranes and buy one"), ranges ("between 5
and 10"), conditions ("without raising cost"), pairs of verbs for one thing ("design and build the
portal"), and a deed followed by what is done with the same thing.

Source: Niven and Lamorte, *Objectives and Key Results* (2016); the older rule of surveys, one
question at a time ("double-barrelled questions").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from okrdocs.lint.english.numbers import contains_measured_number
from okrdocs.lint.english.text import ParsedTitle, parse_title, split_into_words
from okrdocs.lint.english.verbs import IMPROVING_VERBS, PRODUCING_VERBS
from okrdocs.lint.english.vocabulary import MEASURED_NOUNS
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.word_lists import word_list
from okrdocs.problem import Severity

FAMILY = Family.WORDING
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: loyal
        title: Customers stay because they want to
        key_results:
          - id: nps
            title: Raise NPS from 40 to 50 in Germany and France
            baseline: 40
            target: 50
    """,
    """
    objectives:
      - id: loyal
        title: Customers stay because they want to
        key_results:
          - id: answers
            title: Between 80% and 90% of questions answered and closed within a day
            target: 80% to 90%
    """,
)
INVALID = (
    """
    objectives:
      - id: loyal
        title: Customers stay because they want to
        key_results:
          - id: both
            title: Raise NPS to 50 and cut churn to 3%
            target: 50
    """,
)
_JOINT = re.compile(r",? (?:and|plus|as well as) (?:also )?|; ")
_MOST_JOINTS = 8
"""Titles with more are no sentences; each joint costs a look at the whole title."""
_ASIDE = re.compile(r"\([^()]*+\)")
_BETWEEN = re.compile(r"\bbetween\b[^,;]{0,20}$|\bfrom\b[^\d]{0,20}\d[\w.,%]*$")
_SAME = re.compile(
    r"^(?:(?:at least|over|more than|under|below|up to) )?[$€£]?\d[\d.,]*[a-z]*%?(?: per ?cent)?"
    r"(?: (?:in|for|at|on|by|to|among|with|from|per|days?|weeks?|hours?|months?|times)\b|$)"
    r"|^(?!(?:at least|over|under|above|below) (?:\d[\d.,]* ?% (?:of|are)\b|half (?!of\b)))"
    r"(?:in|for|at|on|of|by|to|among|with|from|within|under|over|below|above|its?|them|their)\b"
    r"|^(?:up|down|compared|versus|vs)\b"
)
_PAIRED = frozenset({"and", "while", "plus"})
_BESIDE = re.compile(r",? (?:and|while|plus) |, |; ")
_LEVEL = re.compile(
    r"\b(?:from|to|up|down|under|below|above|over|at least|at most|by|less than|more than)\b"
)
_AMOUNT = r"(?:[$€£]?\d|half\b|an? (?:third|quarter|fifth|tenth)\b)"
_SECOND = re.compile(
    r"(?:[a-z][a-z'’-]* ){1,5}?(?:from|to|up|down|under|below|above|over|at least|at most|by"
    rf"|less than|more than|grows?|rises?|falls?|drops?) (?:\w+ ){{0,2}}?{_AMOUNT}"
)
_BOOKED = re.compile(r"(?:[a-z-]+ ){1,4}[a-z]+ed (?:by|before|on|within) (?:day|month|week)? ?\d")
_ASIDE_BEGUN = re.compile(
    r"(?:in|at|on|of|for|by|with|within|without|from|to|up|down|under|over|below|above|all|each"
    r"|both|only|not|even|so|as|per|or|including|excluding|compared|measured|that|which|who|where"
    r"|while|keeping|with|its?|their|them|then|than|despite|if|when|through|across|via|during)\b"
    r"|(?:[a-z]+ed|chosen|drawn|taken|made|built|sent) (?:by|in|at|on|from|to|within)\b"
)
_EFFECTS = IMPROVING_VERBS - {"make", "get", "have", "give", "be", "use", "become"}
_VERBS = IMPROVING_VERBS | PRODUCING_VERBS
_NOUNS_TOO = word_list("english/verbs_unsure_after_and")
_CLEAR = word_list("english/clearly_before_objects")
_SAME_THING = word_list("english/references_back")


def check(subject: Subject) -> Iterator[Finding]:
    """Find key results that join two results."""
    for score in subject.key_results():
        key_result = score.entry.key_result
        text = parse_title(key_result.title)
        second = _find_second_result(text) if text.english else ""
        if second:
            yield Finding(
                str(score.entry.ref),
                span_of_field(key_result.at, "title"),
                "“{title}” holds two results, which could come out differently.",
                f"Make a key result of its own from “{second}”.",
                quoted=(("title", text.plain),),
            )


@lru_cache(maxsize=65536)
def _find_second_result(text: ParsedTitle) -> str:
    """Return the second result of a title as written; "" where there is one only."""
    lower = _ASIDE.sub(_replace_by_spaces, text.body.lower())
    if not _PAIRED.isdisjoint(lower.split()) or "," in lower or ";" in lower:
        pair = _find_second_level(text, lower)
        if pair:
            return pair
    for joint in islice(_JOINT.finditer(lower), _MOST_JOINTS):
        left, right = lower[: joint.start()], lower[joint.end() :]
        if _are_two_amounts(left, right):
            return text.body[joint.end() :]
        if text.body[joint.end() :].split(" ")[0].isupper() and not text.body.isupper():
            continue  # "FE and BE ratio": a name, not the verb "be"
        if _both_have_numbers(left, right, joint[0]) or _both_have_verbs(text, left, right):
            return text.body[joint.end() :]
    return ""


def _find_second_level(text: ParsedTitle, lower: str) -> str:
    """Return the second of two levels side by side: "scrap down to 2%, downtime under 5 hours"."""
    start = 0
    for joint in islice(_BESIDE.finditer(lower), _MOST_JOINTS):
        left, right = (
            lower[start : joint.start()],
            re.split(r"[,;]", lower[joint.end() :], maxsplit=1)[0],
        )
        start = joint.end()
        if _BETWEEN.search(left) or _ASIDE_BEGUN.match(right):
            continue
        settled = bool(contains_measured_number(left) and _LEVEL.search(left))
        if settled and (
            (_SECOND.match(right) and contains_measured_number(right)) or _BOOKED.match(right)
        ):
            return text.body[joint.end() :]
        if joint[0] == ", " and _is_comma_between_two_orders(text, left, right):
            return text.body[joint.end() :]
    return ""


def _is_comma_between_two_orders(text: ParsedTitle, left: str, right: str) -> bool:
    """Return whether a comma parts two orders: "lower churn, raise referrals"."""
    following = split_into_words(right)
    if (
        text.verb != text.form
        or text.verb not in _EFFECTS - PRODUCING_VERBS
        or text.body.count(",") > 1
    ):
        return False
    if len(split_into_words(left)) < 2 or len(following) < 2 or _SAME_THING & set(following):
        return False
    return following[0] in _EFFECTS - _NOUNS_TOO - PRODUCING_VERBS


def _replace_by_spaces(aside: re.Match[str]) -> str:
    return " " * len(aside[0])


def _both_have_numbers(left: str, right: str, joint: str) -> bool:
    if not (_has_count(left) and contains_measured_number(right)) or (
        _BETWEEN.search(left) and joint == " and "
    ):
        return False
    if {"it", "them"} & set(split_into_words(right)[:3]):
        return False
    if " of " in left and re.match(r"\D{0,10}\d[\d.,]* ?%? of\b", right):
        return False
    return not _SAME.match(right) and not re.match(r"(?:that|which|who|so|where)\b", right)


_PART = r"(?:\d[\d.,]* ?%|\d+ (?:of|in|out of) \d+)"
_TWO_PARTS = (
    re.compile(rf"^(?:at least |over |more than )?(?:{_PART}|all|every one|each) (?:of )?[a-z].*$"),
    re.compile(
        rf"^(?:at least |over |more than )?{_PART} (?:of )?(?!(?:them|these|those|in|for|at|on|by"
        r"|to|among|with|from|per|within)\b)[a-z]"
    ),
)
_TWO_RANGES = (
    re.compile(r"\bfrom [$€£]?\d\S* to [$€£]?\d\S*(?: [a-z]+){0,2}$"),
    re.compile(r"^(?:from )?[$€£]?\d\S* to [$€£]?\d"),
)
_DONE_AND_LEVEL = (
    re.compile(
        r"\b(?:is|are|has been|have been) (?:launched|released|published|live|tracked|measured"
        r"|introduced|opened|deployed|available|in use)$"
    ),
    re.compile(
        r"^(?:at least |over |more than )?\d[\d.,]* ?%|^(?:stays? )?(?:under|below|over|above) \d"
    ),
)
_FULL_AND_LEVEL = (
    re.compile(r"\b(?:full|complete) [a-z]+$"),
    re.compile(r"^(?:an? |the )?[a-z-]+ [a-z-]+ (?:of|above|over|at) \d"),
)


def _are_two_amounts(left: str, right: str) -> bool:
    """Return whether each side says how much of its own: "40% of men and 50% of women vote"."""
    if _BETWEEN_TWO.search(left):
        return False
    left = _ENSURED.sub("", left)
    pairs = (_TWO_PARTS, _TWO_RANGES, _DONE_AND_LEVEL, _FULL_AND_LEVEL)
    return any(one.search(left) and other.search(right) for one, other in pairs)


_ENSURED = re.compile(r"^(?:ensure|make sure|see to it) (?:that )?")
_BETWEEN_TWO = re.compile(r"\bbetween\b[^,;]{0,20}$")
_COUNTED = re.compile(
    r"(?:at least |over |more than |up to )?(?:two|three|four|five|six|seven|eight|nine|ten|twelve"
    r"|twenty|a dozen) (?!of\b|times\b|weeks?\b|months?\b|days?\b|years?\b|hours?\b)[a-z]"
)


def _has_count(part: str) -> bool:
    return contains_measured_number(part) or _COUNTED.match(part) is not None


_RESULTS_SHARED = re.compile(
    r"[a-z]+ (?:\w+ )?(?:the|its|their|our) (?:results?|findings|lessons|outcomes?|minutes"
    r"|answers)\b"
)
"""What is done with what came out of the first half."""
_EXAMINING = word_list("english/examining_verbs")


def _both_have_verbs(text: ParsedTitle, left: str, right: str) -> bool:
    if text.verb != text.form or not text.verb:
        return False
    following = split_into_words(right)
    before = split_into_words(left)
    if len(following) < 2 or following[0] not in _VERBS or len(before) < 2 or before[-1] in _VERBS:
        return False
    verb, thing = following[:2]
    if _SAME_THING & set(following[1:5]) or re.search(r"\b(?:to|that|who|which|by|can)\b", left):
        return False
    if _RESULTS_SHARED.match(right):
        return False
    if text.verb in _EXAMINING and not contains_measured_number(left):
        return False
    sure = thing in _CLEAR or thing[0].isdigit()
    if verb in _NOUNS_TOO and not sure:
        return False
    return (
        sure
        or verb in _EFFECTS
        or bool(
            contains_measured_number(left)
            or contains_measured_number(right)
            or MEASURED_NOUNS & set(following[1:4])
        )
    )
