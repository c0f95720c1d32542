"""Whether a text holds a measured number: one that says how much, not a name, date or rank.

"ISO 27001", "Q1 2025", "top 10" and "24/7" hold digits and measure nothing; "twice as many"
measures without one. Pure; for the rules about numbers.
"""

from __future__ import annotations

import re
from functools import lru_cache

from okrdocs.format.records import KeyResult
from okrdocs.lint.english.text import ParsedTitle, is_common_english_word, parse_title
from okrdocs.lint.word_lists import word_list

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:19|20)\d\d"
_DATES = (
    rf"\b{_YEAR}-\d\d-\d\d\b",
    rf"\b\d\d?(?:st|nd|rd|th)?[. ]+(?:of )?{_MONTH}\b\.?(?:,? {_YEAR})?",
    rf"\b{_MONTH}\b\.? \d\d?(?:st|nd|rd|th)?\b(?![%,.]?\d|%)(?:,? {_YEAR})?",
    r"\b\d\d?(?:\.\d\d?\.|/\d\d?/)(?:\d{4}|\d\d)\b",
    r"\bcy ?\d\d(?:\d\d)?\b",
    r"\bfy ?['’]?\d\d(?:\d\d)?(?:[/–-]\d\d(?:\d\d)?)?\b",
    r"\b(?:years?|grades?|levels?|tiers?) \d+ ?(?:to|and|–|-|,) ?\d+\b",
    r"\b[qhw]\d\b(?:[ ./–-]?(?:fy|cy)?['’]?\d\d(?:\d\d)?\b)?",
    rf"\b{_YEAR}[ /–-]?[qh]\d\b",
    rf"(?<![$€£\d.,]){_YEAR}(?:[/–-]\d\d(?:\d\d)?)?\b(?![%,.]\d|%| ?(?:k|m|bn)\b)(?!\+)"
    r"(?! (?:new|more|paying|active|customers|users|people|members|units|orders|hours|projects"
    r"|repositories|leads|deals|jobs|trees|homes|students|seats|stores|patients|readers|visits))",
)
_RUNS = (
    r"(?:is|was|has|does|runs|stays|gives|goes|works|feels|smells|becomes|opens|boards|starts"
    r"|ends"
    r"|keeps|holds|loses|wins|makes|gets|serves|reaches|meets|stops|looks|sounds|tastes|sets"
    r"|leads"
    r"|always|arrives|leaves|pays|earns|needs|sleeps|breathes|hums|shines|grows)\b"
)
"""What shows that a noun and its number are the subject: "hall 4 runs …"."""
_NAMES = (
    r"\b\d[\d,]*-(?:to-\d+-?)?(?:[a-z][a-z-]*)?\b(?<=[a-z0-9])",
    r"\b24[/x]7(?:/365)?\b",
    r"\b24 hours a day\b",
    r"\b360(?:[ -]?(?:degree|°))?\b(?! \w+s\b)",
    r"\b(?:version|v|tier|level|phase|class|part|horizon|industry|web|iso|soc|en|din|fips|iec|rfc"
    r"|pci|dss|bs|nist|article|chapter|section|priority|sev|severity|gen|generation|scope|gate"
    r"|terminal|vision|fortune|global|agenda|strategy|windows|python|java|rails|angular|html|http"
    r"|day|week|year|month|quarter|milestone|sprint|cohort|round|covid|euro|basel|mifid|psd|ifrs"
    r"|ias|no\.|series|pillar|studio|apollo|formula|channel|pier|room|table|bay|dock"
    r"|platform|years|grades|levels|tiers|phases|engine|annex)"
    r"[ -]?#?\d+(?:[.:-]\d+)*[a-z]?\b(?!%|[.,]\d)(?! ?%)",
    r"\b(?:stage|release|type|line|building|plan|route|model|unit|store|office|area|region"
    r"|ward|plant|hall)"
    rf"[ -]?\d+(?:\.\d+)*[a-z]?\b(?!%|[.,]\d)(?! ?%)(?! (?!{_RUNS})(?:[a-z-]+ )?(?!{_RUNS})"
    r"[a-z-]+s\b)",
    r"\b(?:iso|iec|en|din|ohsas|as|nf)(?:[ /-]?(?:iec|en|iso))*[ -]?\d{3,}(?:[:-]\d+)*\b",
    r"\b(?:number|no\.?|nr\.?|#|place|position) ?(?:1|one)\b",
    r"(?<=/)\d[a-z]{2,}\b",
    r"#\d+\b",
    r"\btop[ -]?(?:\d[\d,]*|one|two|three|five|ten|dozen|twenty|hundred)\b(?! ?%)",
    r"\b\d+(?:st|nd|rd|th)\b",
    r"\b1[ -]?(?:on|:|to)[ -]?1s?\b",
    r"\b\d+d\b(?=\s|$)",
    r"\b[345]g\b",
    r"\b(?:our|the|an?|every|each|this) \d[\d.,]*[ -]?(?:kv|v|kw|mw|gw|mm|cm|km|kg|tons?"
    r"|tonnes?|t|l"
    r"|gb|tb|bit|w|k?hz|mhz|inch|degree|seat)s? (?=[a-z])",
    r"\b(?:under|over)[ -]\d+s\b",
    r"\b[a-z]+-\d+\b(?!%)",
    r"\b(?:ages?|aged|years?|grades?) \d+(?: ?(?:to|and|–|-) ?\d+)?\b",
    r"\b(?:route|highway|motorway|flight|bus|tram|road|interstate) \d+\b",
    r"(?<=[a-z] )(?<!below )(?<!above )(?<!under )(?<!over )(?<! to )(?<! at )(?<!than )(?<! of )"
    r"(?<!from )(?<!least )[1-9]\.0\b",
    r"\bone[ -](?:stop|click|on-one|another|team|company|place|voice|of the|roof|platform)\b",
    r"\b(?!usd|eur|gbp|chf|cad|aud|inr)(?:[a-z]+-)?[a-z]+\d[\w./-]*",
)
_CASED = re.compile(
    r"(?:(?<=[a-z,] )|(?<=^The ))([a-z]?[A-Z][\w’'-]*) \d{1,3}\b(?![.,:–-]\d|%| ?%| to \d)"
    r"(?P<many> (?:[a-z-]+ )?[a-z-]+s\b)?"
)
"""A name with its number, as "Unreal Engine 5" or "Moonfall 2" inside a sentence."""
_PLACED = re.compile(
    r"\b(?!(?:to|of|by|from|at|in|on|under|over|below|above|than|least|most|with|and|or|is"
    r"|are|about|only"
    r"|another|all|up|down|for|a|the|our|per|plus|nearly|almost|reach|hit|sell|win|nps|score"
    r"|rating|fill"
    r"|save|raise|grow|climb|enrol|train|hire|open|plant|cut)\b)"
    r"[a-z]+[^\Ws] \d{1,4}\b(?=$|[,:;!?](?!\d)"
    r"| (?:is|are|was|never|always|can|no|becomes?|runs?|feels?|in|on|at|for|to|with|without"
    r"|and|that|which"
    r"|who|stays?|works?|gets?|has|loses?|will|stops?|leaves?|arrives?|goes)\b)"
)
"""A noun in the singular with its number, as "bus 42 arrives": one of several, not an amount."""
_PERIODS = (
    r"\b\d+-[a-z][a-z-]*\b",
    r"\b\d+0s\b",
    r"\b\d+/\d+\b(?!%)",
    r"\b\d+x\d+\b",
    r"\b9 to 5\b",
    r"\b(?:aged?|turning) \d+\b",
    r"(?<=[a-z] )(?:of|for) \d+ years\b",
    r"\b(?:people|customers|readers|women|men|patients|guests|users|employees|staff|members"
    r"|pupils"
    r"|students|residents|drivers|players|viewers|listeners|voters|citizens|children|colleagues)"
    r" (?:over|under|above|below|aged|older than|younger than) \d\d\b",
    r"\bage of \d\d?\b",
    r"\b\d{1,2}(?:[.:]\d\d)? ?(?:a\.?m\b|p\.?m\b|o'clock)",
    r"\b(?:at|before|after|from|until|by) \d{1,2}(?::\d\d)?(?=$|,| (?:in|on|every|and)\b)",
    r"\b(?:in|within|over|for|during|the|next|first|last|coming|every|our|these) "
    r"(?:the )?(?:next |first |last |coming )?(?:\d+|one|two|three|four|five|six|twelve)"
    r"[ -](?:months?|quarters?|years?|weeks?)\b",
    r"\b(?:the |our )?(?:first|next|last) \d+ (?:days|hours)\b",
    r"\b(?:in|within|after|for) (?:30|60|90|100|120|180) days\b",
    r" ?(?:=>|->|[→⇒]) ?\d+ ?%$",
    r"\b\d+[ -](?:day|week|month|year|quarter)\b(?!s)",
    r"\b\d+[ -]year[ -]old\w*",
)
_NOT_MEASURED = re.compile("|".join(f"(?:{each})" for each in _DATES + _NAMES))
_NOT_AN_AIM = re.compile("|".join(f"(?:{each})" for each in _PERIODS))
_FREE_DIGIT = re.compile(r"(?<![A-Za-z\d])\d|(?i:usd|eur|gbp|chf)\d")
"""Not as in "Q1" or "B2B"."""
_DIGIT = re.compile(r"\d")
_MULTIPLE = re.compile(
    r"\b(?:doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|trebl(?:e|ed)|quadrupl(?:e|ed|ing)"
    r"|halv(?:e|es|ed|ing)|twice (?:as|the)|half(?! ?-)|twofold|threefold|tenfold|dozens?"
    r"|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|percent|per cent"
    r"|third|quarter of|(?<=by a )quarter|(?:a|one|two|three|four) (?:fifth|sixth|eighth|tenth"
    r"|quarter)s?"
    r"|two-thirds|two thirds|(?:one|two|three|four|five|six|seven|eight|nine)"
    r" (?:in|out of) (?:every )?(?:two|three|four|five|six|seven|eight|nine|ten|twenty)"
    r"|(?:two|three|four"
    r"|five|ten) times)\b(?!-)(?! (?:party|parties|country|countries|down))"
)
_COUNT = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|zero|none|nobody"
    r"|nothing|never|once|twice|daily)\b|\b(?:at least|at most|just|only|exactly"
    r"|more than) (?:one|a)\b"
    r"|\bone (?!of|or|that|another|who|where|place|team|to|on)\w+"
    r"|^no (?!longer|matter|more)\w+|^(?:all|every|each)\b|\bno (?:critical|open|single)\b"
    r"|\bnot (?:a single|one|once)\b|\bno ?one\b|^both\b|\bsame[ -]day\b|\bthan an? (?:second"
    r"|minute|hour"
    r"|day|week|month|year)\b|\bwithin an? (?:second|minute|hour|day|week|month)\b"
    r"|\b(?:at|on) (?:the |their |its )?first (?:attempt|try|time|go)\b|\bfirst-time\b.*\bevery\b"
    r"|\b(?:hourly|weekly|monthly|quarterly|yearly)\b|\bsame day\b"
    r"|\bsingle\b(?! (?:source|sign|point|view|place|pane|page|customer))"
)
_SURE = re.compile(r"\d%|\d,\d{3}|[$€£]\d")
_REACHED = re.compile(
    r"\b(?:by|in|within|after) month \d|\b(?:rank\w*|among|into|in|of|on) (?:the |its "
    r"|their )?top[ -]?\d"
)
"""Months and ranks are no amounts, but two people would read the same grade from them."""
_SCOPE = re.compile(
    r"\b(?:across|for|in) (?:all )?(?:our |the )?(?:\d+|two|three|four|five|six"
    r"|ten)\b(?![.,]?\d| ?%)"
)
_COMPARING = re.compile(
    r"\b(?:better|stronger|clearer|greater|higher|lower|much|visibility|coverage)\b"
)
_NEAR = 40
"""How many characters around a number can make a name or a date of it."""
_SPELLED = word_list("english/amount_words")
"""At least one of these words must occur before the slower patterns are tried."""
_NOUGHT = re.compile(r"\bzero\b")
_ASIDE = re.compile(r"\([^()%$€£]*+\)")
"""Brackets say whom or what is meant, unless they hold a share or money."""
_ZERO = re.compile(
    r"(?:achieve |reach |have )?zero\b(?!-| (?:trust|day|hour|sum|touch|knowledge|tolerance"
    r"|based))"
)
_REDACTED = re.compile(r"\[[*_$]{0,3}[A-Z](?:<sub>\w{1,4}</sub>)?[*_]{0,3}\]\[|[$€£] ?N\b")


@lru_cache(maxsize=65536)
def is_amount_in_objective_title(title: ParsedTitle) -> bool:
    """Return whether an objective's title states how much: a number, percentage or amount."""
    if not _FREE_DIGIT.search(title.plain) and _SPELLED.isdisjoint(title.words):
        return False
    text = _ASIDE.sub(" ", title.plain)
    lower = text.lower()
    if not (_DIGIT.search(lower) or _MULTIPLE.search(lower)):
        return _ZERO.match(lower) is not None
    text = _PLACED.sub(" ", _CASED.sub(_remove_numbered_name, text).lower())
    lower = _NOT_AN_AIM.sub(" ", _NOT_MEASURED.sub(" ", text))
    return bool(_DIGIT.search(lower) or _MULTIPLE.search(lower))


@lru_cache(maxsize=65536)
def is_amount_in_key_result_title(title: str) -> bool:
    """Return whether a key result's title says how much; periods and counts in words do as well."""
    text = parse_title(title)
    if _COMPARING.search(text.lower) and _SCOPE.search(text.lower):
        return contains_measured_number(_SCOPE.sub(" ", text.lower))
    if _REACHED.search(text.lower):
        return True
    if _FREE_DIGIT.search(text.plain) and contains_measured_number(text.lower):
        return True
    if not _SPELLED.isdisjoint(text.words):
        lower = _NOT_MEASURED.sub(" ", text.lower)
        return bool(_MULTIPLE.search(lower) or _COUNT.search(lower))
    return _REDACTED.search(title) is not None


def _remove_numbered_name(name: re.Match[str]) -> str:
    """Replace a name with its number by a space; "in May 20 shops" keeps its number."""
    return name[0] if name["many"] and is_common_english_word(name[1].lower()) else " "


def is_amount_in_key_result(key_result: KeyResult) -> bool:
    """Return whether the title, baseline, target or a scale of a key result says how much."""
    given = (key_result.baseline, key_result.target, key_result.change)
    return (
        any(text is not None and _DIGIT.search(text) for text in given)
        or key_result.levels is not None
        or bool(key_result.milestones)
        or bool(key_result.stages)
        or is_amount_in_key_result_title(key_result.title)
    )


def without_names_and_dates(text: str) -> str:
    """Return a title with each digit of a name, date or period as a space: "Q1", "ISO 27001"."""
    lower = text.lower()
    for pattern in (_NOT_MEASURED, _NOT_AN_AIM):
        for match in pattern.finditer(lower) if len(lower) == len(text) else ():
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return text


@lru_cache(maxsize=65536)
def contains_measured_number(text: str) -> bool:
    """Return whether a part of a title, in lower case, has a number that measures."""
    digits = [match.start() for match in _DIGIT.finditer(text)]
    if digits and _SURE.search(text):
        return True
    near = text[max(0, digits[0] - _NEAR) : digits[-1] + _NEAR] if digits else ""
    if digits and _DIGIT.search(_NOT_MEASURED.sub(" ", near)):
        return True
    return bool(_NOUGHT.search(text) or _MULTIPLE.search(text))
