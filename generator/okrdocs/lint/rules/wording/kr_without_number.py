"""Nothing says how much, so that nobody can tell whether it is reached.

Without a number, the team argues at the end of the quarter about whether "better onboarding" has
happened, and on the way nobody sees whether it works. A number needn't be
exact to be useful; what matters is that two people would read the same grade from it.

Add `baseline:` and `target:`, or put the numbers into the title ("from 12% to 25%"). Where only
people can judge, say how many of them have to say so. A key result passes where its title,
baseline, target or levels hold a number, or where milestones or stages are graded, in digits or
words ("no critical finding", "twice as many"). What is done or not passes with `target: done`
("members can pay by card"); what can be more or less so ("parents trust the coaches") doesn't.
Outputs are the matter of `kr-is-output`, and a title that waits for its number ("below X%") that
of `placeholder-text`.

Source: Grove, *High Output Management* (1983); Doerr, *Measure What Matters* (2018), quoting
Marissa Mayer: "It's not a key result unless it has a number."
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import KeyResult
from okrdocs.lint.english.degrees import is_matter_of_degree
from okrdocs.lint.english.numbers import is_amount_in_key_result
from okrdocs.lint.english.text import ParsedTitle, parse_title
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.rules.wording.placeholder_text import find_placeholder
from okrdocs.problem import Severity

FAMILY = Family.WORDING
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: onboarding
        title: New customers feel at home in their first week
        key_results:
          - id: setup
            title: Customers who finish the setup on their own
            baseline: 30%
            target: 60%
    """,
    """
    objectives:
      - id: onboarding
        title: New customers feel at home in their first week
        key_results:
          - id: setup
            title: Half of the new customers finish the setup on their own
            measure: judged
    """,
)
INVALID = (
    """
    objectives:
      - id: onboarding
        title: New customers feel at home in their first week
        key_results:
          - id: setup
            title: Customers find the setup easy
            measure: judged
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find key results that hold no number anywhere."""
    for score in subject.key_results():
        key_result = score.entry.key_result
        text = parse_title(key_result.title)
        if (
            not text.english
            or is_amount_in_key_result(key_result)
            or find_placeholder(key_result.title)
            or _is_settled_by_being_done(text, key_result)
        ):
            continue
        yield Finding(
            str(score.entry.ref),
            span_of_field(key_result.at, "title"),
            "“{title}” doesn't say how much.",
            "Say what will be counted and how far: “… from 12% to 25%”,"
            " or `baseline:` and `target:`.",
            quoted=(("title", text.plain),),
        )


def _is_settled_by_being_done(text: ParsedTitle, key_result: KeyResult) -> bool:
    """Return whether what is asked for is there or not: the matter of `kr-is-output`, if any."""
    return key_result.target == "done" and not is_matter_of_degree(text)
