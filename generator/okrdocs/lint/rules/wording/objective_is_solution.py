"""The objective fixes a tool or a method instead of what it is for.

"Move to Kubernetes" or "An AI chatbot in support" decides the answer before the question has been
asked. Whether the tool was the right one can't come out any more: success is that it is there. In
the quarter, better and cheaper ways are passed over because they aren't the objective.

Write down the problem that the tool is to solve, and list the tool as one of the `initiatives:`.
A title in which a tool merely occurs passes ("Salesforce admins recommend us"), and so does an
objective of `type: learning` that says what is to be found out. A migration to a
tool is both a task and a solution; it gets this finding alone, because it says more.

`also` adds names of your tools, `allow` lets names pass, such as your own product's.

Source: Castro's and Wodtke's advice to set the problem and leave the way to the team (*Radical
Focus*, 2016); Doerr, *Measure What Matters* (2018). The list of tools is our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.lint.english.solutions import find_tool
from okrdocs.lint.english.tasks import is_learning_question
from okrdocs.lint.english.text import parse_title
from okrdocs.lint.rule import NO_WORDS, Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.WORDING
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(allow=NO_WORDS, also=NO_WORDS)
VALID = (
    """
    objectives:
      - id: admins
        title: Salesforce admins recommend us without being asked
    """,
    """
    objectives:
      - id: answers
        title: Customers get an answer while they still need it
    """,
)
INVALID = (
    """
    objectives:
      - id: platform
        title: Move to Kubernetes
    """,
    """
    objectives:
      - id: bot
        title: An AI chatbot in support
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives that are about a tool, vendor, technology or method."""
    allow, also = subject.options.allow or NO_WORDS, subject.options.also or NO_WORDS
    for score in subject.objectives():
        objective = score.entry.objective
        text = parse_title(objective.title)
        tool = find_tool(text) if text.english else ""
        tool = tool or next((word for word in text.rest if word in also), "")
        if tool and tool.lower() not in allow and not is_learning_question(objective, text):
            yield Finding(
                str(score.entry.ref),
                span_of_field(objective.at, "title"),
                f"“{text.plain}” decides on the means (“{tool}”) before the end.",
                f"Say what will be better thanks to “{tool}”; it goes to `initiatives:` itself.",
            )
