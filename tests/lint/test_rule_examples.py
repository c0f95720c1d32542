"""Each rule by its own examples: an invalid one causes it, a valid one doesn't."""

from pathlib import Path

import pytest

from okr_states import rule_findings
from okrdocs import lint
from okrdocs.lint.catalogue import RULES
from okrdocs.lint.examples import example_files
from okrdocs.lint.rule import Rule
from okrdocs.problem import Problem

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
    return rule_findings(example_files(example), {rule.code})


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


def test_each_module_of_a_family_is_a_rule_of_the_catalogue() -> None:
    folder = Path(lint.__file__).parent / "rules"
    modules = {
        (path.parent.name, path.stem.replace("_", "-"))
        for path in folder.glob("*/*.py")
        if path.stem != "__init__"
    }
    assert sorted(modules) == sorted((rule.family.value, rule.code) for rule in RULES)
