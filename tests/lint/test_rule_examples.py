"""Each rule by its own examples: an invalid one causes it, a valid one doesn't."""

from datetime import date

import pytest

from okrdocs.format.loader import load_documents
from okrdocs.grading.aggregate import score
from okrdocs.grading.measure import measure_all
from okrdocs.lint.catalogue import RULES
from okrdocs.lint.examples import files_of
from okrdocs.lint.rule import Rule
from okrdocs.lint.run import findings
from okrdocs.lint.selection import Choice
from okrdocs.lint.settings import settings_of
from okrdocs.problem import Problem
from okrdocs.workspace.resolve import resolve

INVALID = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.invalid)
]
VALID = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.valid)
]


def found_by(rule: Rule, example: str) -> tuple[Problem, ...]:
    documents, misshapen = load_documents(files_of(example))
    workspace, unresolved = resolve(documents)
    assert workspace is not None
    measured, unmeasured = measure_all(workspace)
    active, unsettled = settings_of(workspace.organization, Choice(frozenset({rule.code})))
    assert (misshapen, unresolved, unmeasured, unsettled) == ((), (), (), ())
    as_of = workspace.organization.as_of or date(2025, 2, 12)
    return findings(score(workspace, measured, as_of), active)


@pytest.mark.parametrize(("rule", "example"), INVALID)
def test_an_invalid_example_causes_its_rule(rule: Rule, example: str) -> None:
    found = found_by(rule, example)
    assert {problem.code for problem in found} == {rule.code}
    for problem in found:
        assert problem.ref
        assert problem.hint
        assert problem.message.endswith((".", "?", "!"))
        assert problem.span.end_line >= problem.span.line


@pytest.mark.parametrize(("rule", "example"), VALID)
def test_a_valid_example_causes_nothing(rule: Rule, example: str) -> None:
    assert found_by(rule, example) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_both_kinds_of_examples_and_says_why_with_its_source(rule: Rule) -> None:
    assert rule.valid
    assert rule.invalid
    assert len(rule.title) <= 72
    assert "Source:" in rule.text


def test_codes_are_unique_and_no_rule_bears_a_family_name() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    assert not {"wording", "structure", "consistency", "process"} & set(codes)
