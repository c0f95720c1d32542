"""The key result is something made or done, not what comes of it.

"Launch the new shop" can be ticked off on a day on which no customer is better off. Teams that
promise outputs keep shipping what was planned in week one, even when the numbers say that it
doesn't work: the key result stays green. A count of things made ("publish 12 blog posts") is an
output too; it pays for volume. So are meetings held, permits obtained, lists drawn up ("breakdown
of costs by ward") and, with `target: done`, a mere "New website".

Ask what will be different once it is done, and for whom, and make that the key result; the work
goes to `initiatives:`. What passes: a title that begins with such a word but speaks of an effect
("Launch pages convert at 4%", "Hiring time from 60 to 30 days"), a noun that looks like a verb
("audit fees" with a baseline), and work whose effect stands in the same title with its number; so
does what those do who are served ("invitations sent by new users").

`also` adds verbs of your own, `allow` lets verbs pass that are results in your trade.

Source: Wodtke, *Radical Focus* (2016); Perdoo's guide to outcomes and outputs; Castro on
value-based as against activity-based key results.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import KeyResult
from okrdocs.lint.english.deliverables import (
    find_deliverable,
    find_new_thing,
    find_settled_state,
    find_thing_made,
    find_undertaking,
)
from okrdocs.lint.english.numbers import is_amount_in_key_result
from okrdocs.lint.english.outputs import (
    find_completion_word,
    find_leading_output_verb,
    is_effect_or_punctuality_named,
    is_share_of_planned_work,
)
from okrdocs.lint.english.tasks import find_settling_verb
from okrdocs.lint.english.text import ParsedTitle, parse_title
from okrdocs.lint.english.vocabulary import DETERMINERS, NOUNS_AND_VERBS
from okrdocs.lint.rule import NO_WORDS, Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.WORDING
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(allow=NO_WORDS, also=NO_WORDS)
VALID = (
    """
    objectives:
      - id: shop
        title: Customers find what they need without asking
        key_results:
          - id: launch-pages
            title: Launch pages convert at 4%
            baseline: 2%
            target: 4%
          - id: hiring
            title: Hiring time from 60 to 30 days
            baseline: 60 days
            target: 30 days
    """,
    """
    objectives:
      - id: shop
        title: Customers find what they need without asking
        key_results:
          - id: guide
            title: Publish a guide that brings questions down, reaching 40 calls a week
            target: 40
    """,
)
INVALID = (
    """
    objectives:
      - id: shop
        title: Customers find what they need without asking
        key_results:
          - id: guide
            title: Publish 12 guides
            target: 12
    """,
    """
    objectives:
      - id: shop
        title: Customers find what they need without asking
        key_results:
          - id: shop
            title: New web shop launched by March
            target: done
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find key results whose titles say what is made or done, and name no effect."""
    options = subject.options
    for score in subject.key_results():
        key_result = score.entry.key_result
        text = parse_title(key_result.title)
        output = _find_output(text, key_result, options)
        if output:
            yield Finding(
                str(score.entry.ref),
                span_of_field(key_result.at, "title"),
                "“{title}” says what is done (“{output}”), not what comes of it.",
                "Say what will be different once this is done, in a number;"
                " the work itself goes to `initiatives:`.",
                quoted=(("title", text.plain), ("output", output)),
            )


def _find_output(text: ParsedTitle, key_result: KeyResult, options: RuleOptions) -> str:
    if options.allow and {text.verb, text.form} & options.allow:
        return ""
    if options.also and text.rest and text.rest[0] in options.also:
        return text.rest[0]
    if not text.english or _is_measured_noun(text, key_result):
        return ""
    if not key_result.baseline and (thing := find_thing_made(text)):
        return thing
    output = find_leading_output_verb(text) or find_completion_word(text)
    if not output and not key_result.baseline:
        output = find_deliverable(text) or find_undertaking(text)
    if not output and (key_result.target == "done" or not is_amount_in_key_result(key_result)):
        output = find_settled_state(text)
    if not output and key_result.target == "done":
        output = find_settling_verb(text) or find_new_thing(text)
    share = "%" in (key_result.target or "") and not is_share_of_planned_work(text)
    return "" if not output or share or is_effect_or_punctuality_named(text) else output


def _is_measured_noun(text: ParsedTitle, key_result: KeyResult) -> bool:
    """Return whether a level of today is given of what begins as a verb may: "Audit fees"."""
    noun = text.form in NOUNS_AND_VERBS or text.form.endswith("ing")
    if not key_result.baseline or not noun or not text.after:
        return False
    return text.after[0] not in DETERMINERS and not text.after[0][0].isdigit()
