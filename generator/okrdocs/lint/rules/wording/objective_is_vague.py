"""The objective is too general to mean anything.

"Improve quality" was true last year and will be true next year. It rules nothing out, so it helps
nobody to say no, and any key result fits below it. At the end, every outcome can be called a
success.

Say who will notice, and what they will notice. Short titles are welcome as long as they do that:
"Customers love our support" passes, "Make onboarding effortless" too. The rule speaks where all
words are general ones (improve, quality, excellence, growth …), or where the title is only the
name of a topic.

`allow` lets titles pass that hold one of its words.

Source: Locke and Latham, "Building a practically useful theory of goal setting" (2002): specific
goals beat "do your best"; Niven and Lamorte, *Objectives and Key Results* (2016). The word lists
are our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.lint.english.text import parse_title
from okrdocs.lint.english.vagueness import has_only_general_words, is_bare_topic, is_vague
from okrdocs.lint.rule import NO_WORDS, Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.lint.rules.wording.placeholder_text import find_placeholder
from okrdocs.problem import Severity

FAMILY = Family.WORDING
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(allow=NO_WORDS)
VALID = (
    """
    objectives:
      - id: support
        title: Customers love our support
    """,
    """
    objectives:
      - id: onboarding
        title: Make onboarding effortless
    """,
)
INVALID = (
    """
    objectives:
      - id: quality
        title: Improve quality
    """,
    """
    objectives:
      - id: excellence
        title: Operational excellence
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives of general words only."""
    for score in subject.objectives():
        objective = score.entry.objective
        text = parse_title(objective.title)
        allowed = (subject.options.allow or NO_WORDS) & set(text.rest)
        known = text.english or has_only_general_words(text) or is_bare_topic(text)
        if known and is_vague(text) and not allowed and not find_placeholder(objective.title):
            yield Finding(
                str(score.entry.ref),
                span_of_field(objective.at, "title"),
                "“{title}” could mean anything: nobody could tell at the end whether it came true.",
                "Say who will notice the difference, and what they will be able to do or say.",
                quoted=(("title", text.plain),),
            )
