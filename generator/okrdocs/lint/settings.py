"""The rules of the catalogue that run, and what is wrong with `rules:` in okr.yml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from okrdocs.format.records import Organization, RuleSetting
from okrdocs.lint.catalogue import RULES
from okrdocs.lint.rule import Family
from okrdocs.lint.selection import NO_CHOICE, ActiveRule, RuleChoice, active_rules
from okrdocs.problem import Problem, error, nearest_hint

FAMILIES = frozenset(family.value for family in Family)


def rules_to_run(
    organization: Organization, choice: RuleChoice = NO_CHOICE
) -> tuple[tuple[ActiveRule, ...], tuple[Problem, ...]]:
    """Return the rules that run, in the order of the catalogue, and problems of `rules:`."""
    problems = tuple(_problems_of_settings(organization))
    active = tuple(active_rules(RULES, organization, choice))
    return active, problems


def unknown_rule_names(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield names that are neither a rule nor a family, with "Did you mean …?" or ""."""
    existing = {rule.code for rule in RULES} | FAMILIES
    for name in names:
        if name not in existing:
            yield name, nearest_hint(name, existing)


def _problems_of_settings(organization: Organization) -> Iterator[Problem]:
    rules = {rule.code: rule for rule in RULES}
    for name, hint in unknown_rule_names(organization.rules):
        setting = organization.rules[name]
        message = f"There is no rule `{name}`."
        yield error("unknown-rule", setting.at.span(), message, hint or RULES_HINT)
    for name, setting in organization.rules.items():
        taken = rules[name].options.option_names() if name in rules else ()
        if name in rules or name in FAMILIES:
            yield from _unsupported_options(name, setting, taken)


RULES_HINT = (
    f"The families are {', '.join(family.value for family in Family)}; each finding names its rule."
)
"""What helps where no rule resembles a name."""


def _unsupported_options(
    name: str, setting: RuleSetting, taken: tuple[str, ...]
) -> Iterator[Problem]:
    for option in setting.at.fields:
        if option not in (*taken, "severity"):
            supported = ", ".join(f"`{each}`" for each in ("severity", *taken))
            message = f"`{option}` isn't a setting of `{name}`."
            yield error("rule-option", setting.at.span(option), message, f"It takes {supported}.")
