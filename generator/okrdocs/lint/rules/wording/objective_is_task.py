"""The objective says what will be done, not what will be better then.

A task as an objective ends all thinking about the way. Whoever promises to "migrate the
warehouse" will have migrated it at the end, whether or not anybody is served better; and
key results below it can only be its steps. As an objective, say the state that the work is for:
"Shops never run out of what customers ask for". The task then is one of the `initiatives:`,
and can be swapped for a better one in week five.

What passes: verbs that speak of a state (become, win, earn, protect), "build" and "create" where
what is built is trust, a culture or the like, and work whose purpose for people stands in the
same sentence. Objectives of `type: learning` may learn, find out or test something. Where the
task is to bring in a tool, `objective-is-solution` speaks instead, so that one title gets one
finding.

`also` adds verbs of your own, `allow` lets verbs pass.

Source: Wodtke, *Radical Focus* (2016); Niven and Lamorte, *Objectives and Key Results* (2016);
Google re:Work, "Set goals with OKRs".
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.lint.english.outputs import find_leading_output_verb, is_effect_named
from okrdocs.lint.english.solutions import find_tool
from okrdocs.lint.english.tasks import (
    find_introduction_verb,
    find_project_noun,
    find_settling_verb,
    is_about_building_state,
    is_learning_question,
    states_purpose,
)
from okrdocs.lint.english.text import ParsedTitle, parse_title
from okrdocs.lint.english.vagueness import is_vague
from okrdocs.lint.rule import NO_WORDS, Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.WORDING
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(allow=NO_WORDS, also=NO_WORDS)
VALID = (
    """
    objectives:
      - id: culture
        title: Build a culture that people want to stay in
    """,
    """
    objectives:
      - id: launches
        title: Launches never wait for a contract
    """,
)
INVALID = (
    """
    objectives:
      - id: warehouse
        title: Redesign the returns process
    """,
    """
    objectives:
      - id: site
        title: Website relaunch
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives whose titles say what will be done."""
    for score in subject.objectives():
        objective = score.entry.objective
        text = parse_title(objective.title)
        task = _find_task(text, subject.options)
        if task and not is_learning_question(objective, text):
            yield Finding(
                str(score.entry.ref),
                span_of_field(objective.at, "title"),
                f"“{text.plain}” says what will be done (“{task}”), not what it is for.",
                "Ask “so that …?” and write down the answer; the task goes to `initiatives:`.",
            )


def _find_task(text: ParsedTitle, options: RuleOptions) -> str:
    if options.allow and {text.verb, text.form} & options.allow:
        return ""
    if options.also and text.rest and text.rest[0] in options.also:
        return text.rest[0]
    if not text.english:
        return ""
    task = (
        find_leading_output_verb(text)
        or find_settling_verb(text)
        or find_introduction_verb(text)
        or find_project_noun(text)
    )
    if (
        not task
        or is_about_building_state(text)
        or states_purpose(text)
        or is_effect_named(text)
        or is_vague(text)
        or find_tool(text)
    ):
        return ""
    return task
