"""Which rules run and how: the defaults, `rules:` in okr.yml, then the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from okrdocs.lint.catalogue import RULES
from okrdocs.lint.rule import Family, Options, Rule
from okrdocs.model import Figure, Organization, RuleLevel, RuleSetting
from okrdocs.problem import Problem, Severity, error, nearest

FAMILIES = frozenset(family.value for family in Family)


class Active(NamedTuple):
    """A rule that runs, with its severity and options."""

    rule: Rule
    severity: Severity
    options: Options


@dataclass(frozen=True, slots=True)
class Choice:
    """`--select` and `--ignore`: codes and families; nothing selected is everything."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def takes(self, rule: Rule) -> bool:
        """Whether a rule is asked for."""
        names = {rule.code, rule.family.value}
        return (not self.select or bool(names & self.select)) and not names & self.ignore


NO_CHOICE = Choice()


def settings_of(
    organization: Organization, choice: Choice = NO_CHOICE
) -> tuple[tuple[Active, ...], tuple[Problem, ...]]:
    """The rules that run, in the order of the list, and what is wrong with `rules:`."""
    problems = tuple(_problems(organization))
    active = tuple(_active(organization.rules, choice))
    return active, problems


def _active(given: Mapping[str, RuleSetting], choice: Choice) -> Iterator[Active]:
    for rule in RULES:
        setting, family = given.get(rule.code), given.get(rule.family.value)
        level = _level(setting) or _level(family)
        asked = rule.code in choice.select
        if (level is RuleLevel.OFF and not asked) or not choice.takes(rule):
            continue
        severity = Severity(level.value) if level and level is not RuleLevel.OFF else rule.severity
        yield Active(rule, severity, _options(rule.options, setting))


def _level(setting: RuleSetting | None) -> RuleLevel | None:
    return setting.severity if setting is not None else None


def _options(defaults: Options, setting: RuleSetting | None) -> Options:
    if setting is None:
        return defaults
    given = {name: _value(getattr(setting, name)) for name in defaults.taken()}
    return replace(defaults, **{name: value for name, value in given.items() if value is not None})


def _value(given: Any) -> Any:
    """A setting as a rule takes it; None where nothing is set."""
    if isinstance(given, Figure):
        return given.value
    if isinstance(given, tuple):
        return frozenset(text.casefold() for text in given) or None
    return given if isinstance(given, int) else None


def unknown_names(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names that are neither a rule nor a family, each with a hint at the nearest one."""
    known = {rule.code for rule in RULES} | FAMILIES
    for name in names:
        if name not in known:
            yield name, nearest(name, known)


def _problems(organization: Organization) -> Iterator[Problem]:
    rules = {rule.code: rule for rule in RULES}
    for name, hint in unknown_names(organization.rules):
        setting = organization.rules[name]
        message = f"There is no rule `{name}`."
        yield error("unknown-rule", setting.at.span(), message, hint or _LIST)
    for name, setting in organization.rules.items():
        taken = rules[name].options.taken() if name in rules else ()
        if name in rules or name in FAMILIES:
            yield from _unused_options(name, setting, taken)


_LIST = "The rules are listed in docs/rules/index.md."


def _unused_options(name: str, setting: RuleSetting, taken: tuple[str, ...]) -> Iterator[Problem]:
    for option in setting.at.fields:
        if option not in (*taken, "severity"):
            known = ", ".join(f"`{each}`" for each in ("severity", *taken))
            message = f"`{option}` isn't a setting of `{name}`."
            yield error("rule-option", setting.at.span(option), message, f"It takes {known}.")
