"""A word takes the promise back or leaves it open.

"Try to", "where possible" and "various" are the exits of a promise: at the end, trying was enough,
and it wasn't possible in most places. Nobody can grade them. In key results without a number,
"improve" and "optimise" do the same, because any change will do, and so does praise that nobody
can check ("fast", "solid", "seamless").

Leave the word out and look whether you still mean it; put the doubt into `confidence:`, the limit
into the title ("in the five largest shops"). Words in another sense pass: "customer support", "help
centre", "several-stop tours", "fast food", quoted words, "etc." at the end of examples in brackets;
so do "improve", "solid" and the like with a number.

`also` adds words of your own, `allow` lets words pass.

Source: Locke and Latham, "Building a practically useful theory of goal setting" (2002): specific
goals beat "do your best"; Wodtke, *Radical Focus* (2016). The word list is our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from okrdocs.format.records import KeyResult
from okrdocs.lint.english.degrees import find_praise
from okrdocs.lint.english.numbers import is_amount_in_key_result
from okrdocs.lint.english.text import ParsedTitle, parse_title, split_into_words
from okrdocs.lint.english.vocabulary import PEOPLE, RELATIVE_WORDS
from okrdocs.lint.rule import NO_WORDS, Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.lint.word_lists import word_list
from okrdocs.problem import Severity

FAMILY = Family.WORDING
SEVERITY = Severity.INFO
OPTIONS = RuleOptions(allow=NO_WORDS, also=NO_WORDS)
VALID = (
    """
    objectives:
      - id: support
        title: Customer support is the reason why people stay
        key_results:
          - id: solved
            title: Improve first-contact solutions of the help centre
            baseline: 41%
            target: 65%
    """,
    """
    objectives:
      - id: tours
        title: Several-stop tours run like clockwork
    """,
)
INVALID = (
    """
    objectives:
      - id: fair
        title: Try to be a fair employer where possible
    """,
    """
    objectives:
      - id: checkout
        title: Shoppers pay without thinking
        key_results:
          - id: better
            title: Optimise the checkout
            measure: judged
    """,
)
_QUOTES = re.compile(r"[\"“„'‘](?=\w)[^\"”“'’]{1,40}[\"”“'’](?!\w)")
_ANYWHERE = re.compile(
    r"\b(?:try(?:ing)? (?:to|and)|striv(?:e|es|ing)|aim(?:s|ing)? (?:to|for|at)|attempt(?:s"
    r"|ing)? to"
    r"|endeavou?r(?:s|ing)? to|seek(?:s|ing)? to|(?:^|(?<=and )|(?<=to )|(?<=we )"
    r"|(?<=will ))contribut(?:e|ing) to|(?<!a )(?<!the )(?<!of )help(?:s|ing)? to"
    r"|help make sure|where(?:ver)? possible|if possible|when possible"
    r"|as (?:\w+ ){0,2}as possible"
    r"|as possible|(?:where|as|if|when) (?:needed|appropriate|required|necessary|applicable)"
    r"|(?:if|as|when) time (?:permits|allows)|time permitting|as far as|best effort"
    r"|look(?:ing)? into"
    r"|significant(?:ly)?|substantial(?:ly)?|drastic(?:ally)?|dramatic(?:ally)?|considerabl[ey]"
    r"|if (?:the )?(?:budget|budgets|funds|funding|resources|capacity|staffing"
    r"|we can)\b(?: allows?| permits?)?"
    r"|work(?:ing)? towards?|look(?:ing)? (?:at|into) (?:ways|how|options|whether)|ideally"
    r"|hopefully"
    r"|more or less|to some extent|or so$|and so on|and so forth|and more$|various"
    r"|several(?!-)|a number of|a couple of)\b"
    r"|\b(?:etc|e\.t\.c)\b\.?"
)
_SOME = re.compile(r"(?<!\bonly )\bsome (?!like\b|of us\b|['’\"“‘„]|day )(?=\w)")
_EXAMPLES = re.compile(
    r"(?:\be\.?g\.?|\bfor example|\bfor instance|\bsuch as|\blike)(?: [^()]{0,120}?)?,?"
    r" (?:etc|and so on|and so forth)\b\.?"
    r"|(?<=\()[^()]{0,200}?,? (?:etc|and so on|and so forth)\b\.?(?=\))"
)
"""Lists of examples: "etc." there only says that they are examples."""
_EXPLORE = re.compile(
    r"^(?:we (?:will )?)?(?:to )?explor(?:e|ing)\b(?! (?:tab|page|feature|button|mode|view|screen"
    r"|section|function)\b)"
)
_HALF = re.compile(
    r"^(?:we (?:will )?)?(?:attempt|endeavou?r|strive|seek|consider|encourag(?:e|ing)|assist"
    r"|aim for"
    r"|attempting|seeking|considering|assisting|help|helping|support|supporting)"
    r" (?:an?|to|the|more|\d[\d,.]*|opening|all)\b(?! ?%)(?! of\b)"
)
_SUPPORT = re.compile(
    r"^(?:we (?:will )?)?(?:to )?(?:actively |better )?support(?:ing)? (?:the|our|all|other"
    r"|each|every"
    r"|people|customers|users|colleagues|sales|marketing|engineering|product|business|growth"
    r"|with|and|local|members|managers|partners|developers|schools)\b"
    r"(?! (?:tickets?|requests?|calls?|costs?|hours)\b)(?!.{0,40}when)"
)
_SOFT = re.compile(
    r"\b(?:improv(?:e|es|ing)|optimi[sz](?:e|es|ing)|enhanc(?:e|es|ing)|streamlin(?:e|es"
    r"|ing)|(?<!or )better)\b"
    r"|^(?:improved|optimi[sz]ed|enhanced|streamlined|improvements? (?:of|in|to))\b"
)


_TRIGGERS = word_list("english/weasel_triggers")
_SOFTENERS = word_list("english/softener_triggers")


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives and key results with such words in their titles."""
    allow, also = subject.options.allow or NO_WORDS, subject.options.also or NO_WORDS
    for ref, record in subject.titled_records():
        text = parse_title(record.title)
        if not text.english:
            continue
        word = _weasel_word(text, also)
        if not word and isinstance(record, KeyResult):
            word = _softening_verb(text, record) or _unmeasured_praise(text, record)
        if word and word not in allow:
            yield Finding(
                str(ref),
                span_of_field(record.at, "title"),
                f"“{word}” leaves the promise open: who could say at the end that it was kept?",
                f"Leave “{word}” out, or say how much, where or by when instead.",
            )


def _weasel_word(text: ParsedTitle, also: frozenset[str]) -> str:
    return _listed_weasel_word(text) or next((word for word in text.words if word in also), "")


@lru_cache(maxsize=65536)
def _listed_weasel_word(text: ParsedTitle) -> str:
    if _TRIGGERS.isdisjoint(text.words) and "/etc" not in text.lower:
        return ""
    unquoted = _EXAMPLES.sub("", _QUOTES.sub(lambda quoted: quoted[0][:1] * 2, text.lower))
    body = _QUOTES.sub("", text.body.lower())
    anywhere = _ANYWHERE.finditer(unquoted)
    word = (
        next((each for each in anywhere if not _is_about_others(unquoted, each)), None)
        or _SOME.search(unquoted)
        or _EXPLORE.search(body)
        or _SUPPORT.search(body)
        or _HALF.search(body)
    )
    return word[0].split(" the ")[0].strip() if word else ""


def _is_about_others(text: str, word: re.Match[str]) -> bool:
    """Return whether others do it: "users who attempt to open a file", "fans trying to buy"."""
    if not _TRYING.match(word[0]):
        return False
    before = split_into_words(text[: word.start()])[-3:]
    served = PEOPLE - _OURS - {"we"}
    return bool((RELATIVE_WORDS | served) & set(before)) or before[-1:] in _NEED


_TRYING = re.compile(r"(?:try|striv|aim|attempt|endeavo|seek|help|look)")
_OURS = word_list("english/own_people")
_NEED = {("need",), ("needs",), ("get",), ("for",), ("with",), ("without",), ("no",), ("more",)}
_CHOICE = re.compile(r"\b(?:whether|how|who|that|which|for|on|about)\b")
"""Words after which improving is spoken of and not promised: "whether to go on improving"."""


def _unmeasured_praise(text: ParsedTitle, key_result: KeyResult) -> str:
    praise = find_praise(text)
    return praise if praise and not is_amount_in_key_result(key_result) else ""


def _softening_verb(text: ParsedTitle, key_result: KeyResult) -> str:
    if _SOFTENERS.isdisjoint(text.rest):
        return ""
    match = _SOFT.search(text.body.lower())
    if match is None or _CHOICE.search(text.body.lower()[: match.start()]):
        return ""
    return "" if is_amount_in_key_result(key_result) else match[0]
