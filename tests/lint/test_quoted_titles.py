"""A finding says which of its words are people's, so that a comment can shorten just these."""

from __future__ import annotations

import re

import pytest

from okr_states import rule_findings
from okrdocs.lint.catalogue import RULES
from okrdocs.lint.examples import example_files
from okrdocs.lint.rule import Rule

LONG = "Enterprises trust us with their data " + "and tell others of it " * 3
TWO = """
objectives:
  - {{id: trust, title: "{title}"}}
  - {{id: trust-too, title: "{title}"}}
"""


def test_a_quoted_title_is_shortened_and_nothing_else() -> None:
    (problem,) = rule_findings(example_files(TWO.format(title=LONG.strip())), {"same-title"})
    assert problem.message == (
        f"“{LONG.strip()}” is also the title of the objective `product/trust`."
    )
    short = problem.message_with(lambda text: text[:11])
    assert short == "“Enterprises” is also the title of the objective `product/trust`."


@pytest.mark.parametrize("title", ["We {trust} them", "We {0} them", "{title}", "A } brace {"])
def test_braces_in_a_title_are_the_persons_own(title: str) -> None:
    (problem,) = rule_findings(example_files(TWO.format(title=title)), {"same-title"})
    assert problem.message.startswith(f"“{title}” is also")
    assert problem.message_with(str.upper).startswith(f"“{title.upper()}” is also")


EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.invalid)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_whole_message_has_each_quoted_text_in_full(rule: Rule, example: str) -> None:
    for problem in rule_findings(example_files(example), {rule.code}):
        assert problem.message == problem.message_with(str)
        assert not re.search(r"[{}]", problem.message)
        if problem.template:
            assert all(text in problem.message for _, text in problem.params)
            assert problem.message_with(lambda _: "") != problem.message
