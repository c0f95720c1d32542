"""The key result keeps something as it is: that is a guardrail.

A key result says what will change this quarter. "Keep uptime at 99.9%" is true on the first day;
graded with the others, it is worth 1.0 for doing nothing new and lifts the mean of an objective
that may have failed. Health metrics are worth watching, beside the objective: held or breached.

Mark it with `guardrail: true`, so that it is shown and flagged but not averaged; or say which new
level is to be reached. Key results with a baseline that differs from the target pass, and so does
"keep customers longer".

Source: Castro and Wodtke on health metrics (*Radical Focus*, 2016); Kaplan and Norton, *The
Balanced Scorecard* (1996), on diagnostic as against strategic measures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from okrdocs.format.records import KeyResult
from okrdocs.lint.english.text import ParsedTitle, parse_title
from okrdocs.lint.english.vocabulary import EVENTS, MEASURED_NOUNS, PEOPLE
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.word_lists import word_list
from okrdocs.problem import Severity

FAMILY = Family.WORDING
SEVERITY = Severity.INFO
VALID = (
    """
    objectives:
      - id: reliable
        title: Shops can rely on us
        key_results:
          - id: uptime
            title: Keep uptime at 99.9%
            target: ≥99.9%
            guardrail: true
    """,
    """
    objectives:
      - id: reliable
        title: Shops can rely on us
        key_results:
          - id: longer
            title: "Keep customers longer: from 8 to 12 months"
            baseline: 8 months
            target: 12 months
    """,
)
INVALID = (
    """
    objectives:
      - id: reliable
        title: Shops can rely on us
        key_results:
          - id: uptime
            title: Keep uptime at 99.9%
            target: ≥99.9%
    """,
)
_KEEP = word_list("english/keeping_verbs")
_FORMS = {
    form: verb
    for verb in _KEEP
    for form in (verb, f"{verb}ing", f"{verb[:-1]}ing" if verb[-1] == "e" else f"{verb}s")
}
_SKIPPED = word_list("english/skipped_before_keeping")
_WITHIN = (
    r"(?:at|below|above|under|over|within|between|unchanged|stable|steady|flat|constant|the same"
    r"|in the|less|more|fewer|higher|lower|no|green|intact)"
)
_STAYS = re.compile(
    rf"(?<!who )(?<!that )(?<!which )(?<!no )\b(?:stays|remains)\b(?! on\b)"
    rf"|(?<!who )(?<!that )(?<!which )\b(?:stay|remain|(?:is|are|be) (?:kept|held|maintained)"
    rf"|kept"
    rf"|held|maintained) {_WITHIN}\b|\bas it is (?:now|today)\b"
    rf"|^(?:\w+ ){{1,4}}holds (?:{_WITHIN})\b|^no (?:increase|rise|drop|fall|loss"
    rf"|decline) (?:in|of)\b"
    r"|\b(?:does|do|must|should|may)(?:n['’]t| not) (?:fall|drop|sink|rise|go|get|exceed)\b"
    r"|^never (?:let|fall|drop)\b"
)
_UPTIME = re.compile(
    r"^(?:\w+ ){0,3}(?:uptime|availability)(?: sla)?(?: of (?!at\b)\w+(?: \w+)?)? (?:is |stays )?"
    r"(?:at|of(?: at)?|≥|>=|>|above|over)(?: least)? ?\d"
)
_CHANGE = re.compile(
    r"\bfrom\b.{0,30}\bto\b|→|->|\bup from\b|\bdown from\b|\blonger\b|\bby \d|\bmore often\b"
    r"|\b(?:increas|improv|rais|reduc|grow)\w*"
)
_NO_RISE = re.compile(r"no (?:increase|rise|drop|fall|loss|decline) (?:in|of)\b")
_TRIGGERS = word_list("english/unchanged_words")
_NUMBER = re.compile(r"\d[\d.,]*")


_ATTRIBUTED = MEASURED_NOUNS | PEOPLE
_HOLDING = frozenset({"of", "time", "times", "costs"})


def check(subject: Subject) -> Iterator[Finding]:
    """Find key results that only keep a level and aren't guardrails."""
    for score in subject.key_results():
        key_result = score.entry.key_result
        text = parse_title(key_result.title)
        if (
            key_result.guardrail
            or not text.english
            or not _is_about_keeping_level(text, key_result)
        ):
            continue
        yield Finding(
            str(score.entry.ref),
            span_of_field(key_result.at, "title"),
            f"“{text.plain}” keeps things as they are; a key result changes something.",
            "Add `guardrail: true` to watch it without grading it, or name the new level to reach.",
        )


def _is_about_keeping_level(text: ParsedTitle, key_result: KeyResult) -> bool:
    before, after = _first_number(key_result.baseline), _first_number(key_result.target)
    if before and after:
        return before == after
    if key_result.change or not (_begins_with_keeping_verb(text) or _has_keeping_phrase(text)):
        return False
    return _CHANGE.search(text.lower) is None or _NO_RISE.match(text.lower) is not None


def _has_keeping_phrase(text: ParsedTitle) -> bool:
    if _TRIGGERS.isdisjoint(text.words):
        return False
    return bool(_STAYS.search(text.lower) or _UPTIME.match(text.lower))


def _begins_with_keeping_verb(text: ParsedTitle) -> bool:
    words = [word for word in text.rest if word not in _SKIPPED]
    verb = _FORMS.get(words[0], "") if words else ""
    if not verb or len(words) < 2:
        return False
    if words[1] in _HOLDING or (words[0].endswith("ing") and words[1] in _ATTRIBUTED):
        return False
    return verb != "hold" or not EVENTS & set(words[1:7])


def _first_number(text: str | None) -> str:
    match = _NUMBER.search(text or "")
    return match[0].replace(",", "") if match else ""
