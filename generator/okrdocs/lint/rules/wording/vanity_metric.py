"""The key result counts attention, not value given or business done.

Followers, page views, sessions, hours watched and downloads go up with money spent and years
passed. They look good in any quarter, and a team that is measured by them buys reach instead of
helping anybody. Nobody can decide anything from them: more page views may mean more interest, or a
search that doesn't work.

Count what people do next: sign-ups that become paying, downloads that turn into weekly use,
visitors who buy. Such rates pass, and so do fewer of something ("fewer visits to the emergency
room"), visits and hits that aren't of a website, and subscribers who pay.

`also` adds words that count nothing in your trade, `allow` lets words pass that do count there.

Source: Ries, *The Lean Startup* (2011), on vanity metrics; Strathern's wording of Goodhart's law
(1997): when a measure becomes a target, it ceases to be a good measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from okrdocs.format.records import KeyResult
from okrdocs.lint.english.text import ParsedTitle, parse_title
from okrdocs.lint.rule import NO_WORDS, Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.lint.word_lists import word_list
from okrdocs.problem import Severity

FAMILY = Family.WORDING
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(allow=NO_WORDS, also=NO_WORDS)
VALID = (
    """
    objectives:
      - id: known
        title: Hospitals think of us first
        key_results:
          - id: downloads
            title: Downloads that turn into weekly use from 5% to 20%
            baseline: 5%
            target: 20%
          - id: visits
            title: Home visits within two days of the call from 60% to 90%
            baseline: 60%
            target: 90%
    """,
    """
    objectives:
      - id: known
        title: Hospitals think of us first
        key_results:
          - id: visitors
            title: Share of website visitors who book a demo to 3%
            baseline: 2%
            target: 3%
    """,
)
INVALID = (
    """
    objectives:
      - id: known
        title: Hospitals think of us first
        key_results:
          - id: followers
            title: Reach 10,000 followers on LinkedIn
            target: 10,000
    """,
)
_WEB = (
    r"(?:web ?site|web|site|micro-?site|page|pages|blog|home ?page|portal|online|unique|organic"
    r"|landing|shop|article|articles|docs|documentation|store page)"
)
_VANITY = re.compile(
    r"\b(?:followers?|fans on|(?<=\d )likes|(?<=[km] )likes|likes (?:on|for|per|from)|retweets"
    r"|upvotes|impressions|page[ -]?views|video views"
    r"|downloads|pageviews|sign-?ups|signups|sign ups|registrations|event registrations"
    r"|registered (?:users|members|customers|readers|drivers|tenants|citizens|families"
    r"|accounts|developers|players)|total (?:users|members|accounts)|attendees|claps|app installs"
    r"|(?:newsletter|mailing list|e-?mail|youtube|podcast|channel|blog) subscribers?"
    r"|subscribers? (?:to|of|on|for) (?:our|the) (?:\w+ )?(?:newsletter|channel|podcast|blog"
    r"|mailing"
    r" list|e-?mail)|github stars|stars on github|(?:twitter|linkedin|instagram|facebook|tiktok)"
    r" (?:reach|hits)|listens|(?<!takes )(?<!take )traffic"
    r"|readers of (?:our|the) newsletter|newsletter readers"
    r"|(?:people|readers|contacts|names) on (?:our|the) mailing list"
    r"|watched [\d.,]+[km]? times|views of|(?:linkedin|twitter|instagram"
    r"|social(?: media)?) following"
    r"|people (?:on (?:instagram|facebook|linkedin|tiktok|youtube)|at (?:the|our) (?:open day"
    r"|fair|event"
    r"|conference|launch|show|festival|stand))|plays on (?:spotify|youtube)"
    r"|views(?! of (?!our))|installs"
    r"|mentions|(?:page|site|web|search) hits|hits on (?:the|our)|shares on)"
    rf"\b|\bvisit(?:s|ors)\b(?=.{{0,40}}\b{_WEB}\b)|\b{_WEB} (?:\w+ )?visit(?:s|ors)\b"
    r"|\bstars\b(?=.{0,20}\bgithub\b)|\b(?:monthly|unique|daily) visit(?:s|ors)\b"
)
_RATE = re.compile(
    r"\b(?:that|who|whose|which|where|conver(?:t|ts|sion|ted|ting)|turn(?:s|ed)? into|turned"
    r"|becom(?:e"
    r"|es|ing)|pay|pays|paid|paying|active|activated|per (?:\w+ )?(?:visit|visitor|download|user"
    r"|customer|install|article|post|hour spent|thousand|1,?000|page view|view|impression"
    r"|click)|per (?!months?\b|weeks?\b|days?\b|years?\b|quarters?\b|annum\b)\w+|cost per|rate"
    r"|ratio|share|percentage|proportion"
    r"|lead(?:s|ing)? to|retention|churn|return(?:ing)?|time to|speed|latency|errors?|failed|fail"
    r"|bounce|spam|complain\w*|home visits|site visits"
    r"|unplanned|emergency|cache|search hits|database|design views"
    r"|(?<!page )(?<!page-)(?<!video )views of the)\b|\d ?% of\b"
)
_SHARE = re.compile(r"\b(?:from|at|to|of|above|over|below|under) \d[\d.,]* ?(?:%|per ?cent\b)")
_GROWTH = re.compile(r"\bby \d[\d.,]* ?(?:%|per ?cent\b)|\d ?% (?:more|growth|increase|up)")
_CARE_VISIT = re.compile(r"\b(?:medical|doctor|patient|patients|hospital|midwife|ward|gp|clinic)\b")
_LESS = re.compile(r"\b(?:reduce|fewer|less|cut|lower|decrease|drop|avoid|without|no|missing)\b")


_TRIGGERS = word_list("english/vanity_words")


def check(subject: Subject) -> Iterator[Finding]:
    """Find key results that count attention."""
    for score in subject.key_results():
        key_result = score.entry.key_result
        text = parse_title(key_result.title)
        word = _vanity_word(text, key_result, subject.options)
        if word:
            yield Finding(
                str(score.entry.ref),
                span_of_field(key_result.at, "title"),
                f"“{word}” say how many looked, not how many were helped.",
                f"Count what people do next: how many of the {word} come back, buy or stay?",
            )


def _vanity_word(text: ParsedTitle, key_result: KeyResult, options: RuleOptions) -> str:
    added = next((word for word in text.words if word in options.also), "") if options.also else ""
    vanity_word = (
        None if not text.english or _TRIGGERS.isdisjoint(text.words) else _VANITY.search(text.lower)
    )
    looked = _LOOKED.search(text.lower) if text.english else None
    word = looked[0] if looked else vanity_word[0] if vanity_word else added
    if not word or word in (options.allow or NO_WORDS):
        return ""
    if key_result.target == "done":
        return ""
    if (
        _LESS.search(text.lower)
        or _RATE.search(_DEPTH.sub("", text.lower))
        or _is_decrease_wanted(text, key_result)
    ):
        return ""
    if _DOING.search(text.lower):
        return ""
    if "visit" in word and not _ONLINE.search(text.lower) and _CARE_VISIT.search(text.lower):
        return ""
    share = _SHARE.search(text.lower) or (key_result.target or "").endswith("%")
    return "" if share and not _GROWTH.search(text.lower) else word


_DEPTH = re.compile(r"\bpages (?:per|a) (?:session|visit)\b")
_LOOKED = re.compile(
    rf"{_DEPTH.pattern}|\b(?:hours|minutes) (?:watched|viewed)\b|\bwatch(?:ed)? (?:hours|time)\b"
    rf"|\b(?:monthly |weekly |daily )?sessions (?:on|at) (?:our |the )?(?:[\w-]+ )?{_WEB}\b"
    rf"|\b{_WEB} sessions\b"
    r"|\b(?:monthly|weekly|daily) (?:users|sessions)(?=$| (?:to|from|by|up|of (?:our|the) (?:site"
    r"|website|web ?page|blog|page))\b)"
    r"|^(?:get|win|reach|gain|attract)?(?: |^)(?:over |at least )?\d[\d.,]*k?"
    r" (?:new |more )?subscribers(?=$| (?:to|for|on|of) (?:our|the) (?:[\w-]+ )?(?:letter|mails?"
    r"|e-?mails?|updates|feed|podcast|channel|blog)\b)"
    r"|\bposts (?:in|on) (?:our |the )?(?:[\w-]+ )?(?:forum|board|group|channel|community)\b"
    r"|\b(?:people|participants|citizens|residents|users|members) (?:engaged in"
    r"|reached (?:by|with|through) (?:our |the )?(?:[\w-]+ )?(?:campaigns?|posts?|ads?|messages?"
    r"|mailings?|videos?))\b|\bfollow us\b"
)
"""More of what counts who looked, in phrases that need no word of `_TRIGGERS`."""
_DOING = re.compile(
    r"\b(?:discount|bonus|rebate|voucher)s?\b|\b(?:consumer|customer|member|donor|volunteer|patient"
    r"|student|pupil|company|school|team|course|trial|paid|paying)"
    r" (?:sign-?ups|sign ups|registrations)\b"
)
"""Signing up for something is doing, not looking."""
_ONLINE = re.compile(rf"\b{_WEB}\b")
_FROM_TO = re.compile(r"\bfrom ([\d.,]+)[km]? (?:\w+ )?to (?:\w+ )?([\d.,]+)")


def _is_decrease_wanted(text: ParsedTitle, key_result: KeyResult) -> bool:
    """Return whether fewer are wanted: nobody boasts of what is to go down."""
    given = _FROM_TO.search(text.lower)
    pair = given.groups() if given else (key_result.baseline or "", key_result.target or "")
    before, after = (number.replace(",", "").strip(".") for number in pair)
    return before.isdigit() and after.isdigit() and int(before) > int(after)
