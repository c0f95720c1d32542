"""A text still waits to be filled.

"Churn below X%" was to be settled in planning week. In week seven it still says X, the team has
worked towards whatever it hoped, and the grade is made up afterwards. What isn't known yet is a
question with an owner and a date, not a key result.

Fill it in, or say who finds the number by when, and keep the cycle a draft until then. The rule
looks at titles, reasons, labels, initiatives and milestones. It knows TBD, TODO, TBC, XX, X%, ???,
lorem ipsum and names in brackets such as `<metric>`, `[number]` or `{name}`. X the network, XML,
"X-ray" and quoted words pass. Amounts that are placeholders are errors of their own, not of this
rule.

`also` adds words of your own, `allow` lets words pass.

Source: Doerr, *Measure What Matters* (2018): a key result is verifiable or it isn't one. The list
is our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from okrdocs.format.records import KeyResult, Objective
from okrdocs.lint.rule import NO_WORDS, Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.problem import Severity, Source

FAMILY = Family.WORDING
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(allow=NO_WORDS, also=NO_WORDS)
VALID = (
    """
    objectives:
      - id: import
        title: Our XML import never surprises anyone again
        key_results:
          - id: posts
            title: Posts on X answered within an hour from 20% to 75%
            baseline: 50%
            target: 75%
    """,
    """
    objectives:
      - id: errors
        title: Nobody sees “???” instead of a name
    """,
)
INVALID = (
    """
    objectives:
      - id: loyal
        title: Customers stay because they want to
        why: TBD
        key_results:
          - id: churn
            title: Churn below X%
            baseline: 2%
            target: 3%
    """,
    """
    objectives:
      - id: loyal
        title: <objective>
    """,
)
_NAMED = (
    r"(?:metric|number|name|value|target|baseline|amount|date|team|product|customers?"
    r"|(?:[a-z]+ )?(?:name|number|metric|value|amount|date|percentage|size|type)|segment|market"
    r"|country|city|role|department|period|month|week|channel|competitor|partner|supplier|price"
    r"|budget|currency|time ?frame|audience|group|topic|service|system|process|area|programme"
    r"|event|activity|skill|location|industry|category|number of [a-z -]{1,30}|[XYZN]"
    r"|percent(?:age)?"
    r"|owner|objective|key result|kpi|title|text|placeholder|figure|unit|quarter|year|region"
    r"|branch"
    r"|site|person|company|project|goal|outcome|result|deadline|tool|feature|n|x|y|z|xx|tbd"
    r"|todo|tbc"
    r"|\?+|%|#|\.\.\.|…|_+|-+|missing|count|currency|insert [^\])}>]{1,30}|your [^\])}>]{1,30}"
    r"|add [^\])}>]{1,30}|to be [^\])}>]{1,30}|fill[^\])}>]{1,30}|(?:current|new|old"
    r"|target) \w{1,20})"
)
_QUOTED = re.compile(r"(?<!^)([\"“„'‘])[^\"”“'’]{1,40}[\"”“'’](?!$)")
_LINK = re.compile(r"\[[^\]\[]*+\](?:\([^)\s]*+\)|\[[^\]\[]*+\])")
_OPEN = re.compile(
    r"\b(?:TBD|TBC|TBA|FIXME|tbd|tbc|tba|fixme)\b|\bTODO\b(?! (?:comment|item|list|note)s?\b)"
    r"|\b[Tt]\.[Bb]\.[AaCcDd]\b|\bnn ?%|\b(?:figure|number|value|target)s? to (?:follow|come)\b"
    r"|^[Pp]laceholder\b|\b[Ff]ill (?:this )?in (?:the )?\w+ here\b|\btodo(?=:|$)|\b(?i:lorem ipsum"
    r"|dolor sit amet)\b"
    r"|(?<!as )(?<!show )(?<!\?)\?{2,}"
    r"|(?<![A-Za-z0-9])X{2,}(?![A-Za-z-])(?! (?:sizes?|burgers?|panels?|and\b))"
    r"|\bxx+\b(?!-)"
    r"|(?<![\w-])[XxNY] ?(?:%|#|\+|pp\b|percent\b|per cent\b)|[$€£] ?(?:[XYN]{1,3}|\?+|_+"
    r"|#+)(?:[kKmMbB]n?)?\b(?!\])|\bXX+(?:k|m)\b"
    r"|\b[Ff]rom A ?%? to B\b|##+|\bNN+\b|\b(?:number|name|date|amount|text) here\b"
    r"|^\((?:number|amount|name|share|metric|percentage)\)"
    r"|\b[xX] ?(?:%|per ?cent\b)|(?<=[ :])\?(?= ?%| to | days| by )|\b(?:XYZ|N\.N\.)(?!\w)"
    r"|\b(?:from|to|by|of|below|above|at|under|over|least) ?(?:…|\.{3})|(?:…|\.{3}) ?(?:%|to \d)"
    r"|\b[Tt]o be (?:defined|determined|decided|agreed|announced)\b|\binsert \w+ here\b"
    r"|_{2,}(?=\W|$)|\b[Ff]rom X to (?:Y|Z|\d)|\bfrom \d\S* to [XYN]\b"
    r"|\b(?:[Tt]o|[Bb]y|[Ll]east|than|[Oo]ver|[Uu]nder|[Bb]elow|[Aa]bove|[Rr]each|[Ww]in"
    r"|[Hh]ire|[Gg]et"
    r"|[Pp]ublish|[Rr]un|[Ll]aunch|[Cc]lose|[Ss]ign|[Ss]hip|[Aa]dd|[Tt]rain|[Cc]omplete|[Ll]and)"
    r" [XYN] (?!and\b|or\b|followers\b|posts\b|ads\b|account)[a-z]{3,}|^[XN] (?!chromosom|axis"
    r"|ray|factor|linked|and\b|or\b)[a-z]{3,}"
    rf"|(?<![\w\]])(?:\[{_NAMED}\]|\{{{{?{_NAMED}\}}?\}}|<(?! )(?:(?i:{_NAMED})"
    rf"|[a-z]+[ _-][a-z _-]+|(?:KR|O) ?\d*)>)"
    r"|\b[Tt]o be (?:defined|determined|decided|confirmed|agreed|announced)$|\(to be \w+\)"
    r"|^(?:N/A|n/a|-+|—|…|\.{3}|\?|x|X|none|None|test|Test|asdf)$|(?:: |: ?|to )(?:…|\.{3})$"
    r"|^(?:[Kk]ey [Rr]esult|[Oo]bjective|KR|[Nn]ew [Oo]bjective|[Nn]ew [Kk]ey [Rr]esult|O)"
    r" ?(?:\d{0,2}|[A-Zxyn])$"
)


_ABOUT = re.compile(r"\b(?:left (?:in|as)|with status|marked|go(?:es)? out with|placeholders?) ?\b")
"""Titles about placeholders that others forgot are no placeholders."""
_SHORT = 18
_HINTS = (
    "X", " Y ", " N ", "$N", "TB", "tb", "TODO", "todo", "ix", "IXME", "xx", "x%", "x %",
    "ult x", "n%", "orem",
    "??", "[", "{", "<", "__", "o be ", " ?", "insert", "N.N", "…", "...", "dolor",
    "N #", "N#", "N%", "NN", "##",
    "nn", "o follow", "o come", "laceholder", ".b.", ".B.", "ill ", " here", "A%", "A to B",
    "(n", "(a", "(s", "(m", "(p",
)  # fmt: skip
_HINT = re.compile("|".join(map(re.escape, _HINTS)))
"""Every placeholder in a longer text holds one of these: a cheap question before the slow one."""


def check(subject: Subject) -> Iterator[Finding]:
    """Find titles and other prose that hold a placeholder, once a field."""
    for ref, record in subject.titled_records():
        for at, field, text in _texts_with_fields(record):
            word = _placeholder_or_added_word(text, subject.options)
            if word:
                yield Finding(
                    str(ref),
                    span_of_field(at, field),
                    f"“{word}” still waits to be filled.",
                    "Fill it in, or name who finds out and by when.",
                )


def _texts_with_fields(record: Objective | KeyResult) -> Iterator[tuple[Source, str, str]]:
    for field in ("title", "label", "why"):
        text = getattr(record, field)
        if text:
            yield record.at, field, text
    if isinstance(record, Objective):
        for initiative in record.initiatives:
            yield initiative.at, "title", initiative.title
    else:
        for milestone in record.milestones:
            yield milestone.at, "title", milestone.title


def _placeholder_or_added_word(text: str, options: RuleOptions) -> str:
    word = find_placeholder(text)
    if not word and options.also:
        word = next(
            (candidate for candidate in text.lower().split() if candidate in options.also), ""
        )
    return "" if word.lower() in (options.allow or NO_WORDS) else word


@lru_cache(maxsize=65536)
def find_placeholder(text: str) -> str:
    """Return what of a text waits to be filled, as written, else ""."""
    if "](" in text or "][" in text:
        text = _LINK.sub("", text)
    if len(text) > _SHORT and _HINT.search(text) is None:
        return ""
    match = _OPEN.search(_QUOTED.sub("", text.strip()))
    return match[0].strip() if match and not _ABOUT.search(text) else ""
