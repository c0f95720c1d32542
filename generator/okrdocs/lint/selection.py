"""Which rules run and how: their own defaults, `rules:` in okr.yml, then the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from okrdocs.format.records import Figure, Organization, RuleLevel, RuleSetting
from okrdocs.lint.rule import Rule, RuleOptions
from okrdocs.problem import Severity


class ActiveRule(NamedTuple):
    """A rule that runs, with its severity and options."""

    rule: Rule
    severity: Severity
    options: RuleOptions


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """`--select` and `--ignore`: codes and families; nothing selected is everything."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def selects(self, rule: Rule) -> bool:
        """Return whether a rule is selected and not ignored."""
        names = {rule.code, rule.family.value}
        return (not self.select or bool(names & self.select)) and not names & self.ignore


NO_CHOICE = RuleChoice()


def active_rules(
    rules: Iterable[Rule], organization: Organization, choice: RuleChoice = NO_CHOICE
) -> Iterator[ActiveRule]:
    """Yield the rules that run, in their order, as `rules:` and the choice have it."""
    given = organization.rules
    for rule in rules:
        setting, family = given.get(rule.code), given.get(rule.family.value)
        level = _configured_level(setting) or _configured_level(family)
        asked = rule.code in choice.select
        if (level is RuleLevel.OFF and not asked) or not choice.selects(rule):
            continue
        severity = Severity(level.value) if level and level is not RuleLevel.OFF else rule.severity
        yield ActiveRule(rule, severity, _apply_settings(rule.options, setting))


def _configured_level(setting: RuleSetting | None) -> RuleLevel | None:
    return setting.severity if setting is not None else None


def _apply_settings(defaults: RuleOptions, setting: RuleSetting | None) -> RuleOptions:
    if setting is None:
        return defaults
    given = {name: _setting_value(getattr(setting, name)) for name in defaults.option_names()}
    return replace(defaults, **{name: value for name, value in given.items() if value is not None})


def _setting_value(given: Any) -> Any:
    """Return a setting as a rule takes it; None where nothing is set."""
    if isinstance(given, Figure):
        return given.value
    if isinstance(given, tuple):
        return frozenset(text.casefold() for text in given) or None
    return given if isinstance(given, int) else None
