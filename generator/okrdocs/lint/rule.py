"""What a rule is: what it may look at, what it finds, and what of it a company can set.

A rule is a module in `okrdocs.lint.rules`: its name is the code, its docstring the page of the
documentation, `VALID` and `INVALID` are examples and tests at once, `check` yields Findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from fractions import Fraction
from importlib import import_module
from types import ModuleType
from typing import NamedTuple

from okrdocs.format.records import KeyResult, Objective
from okrdocs.grading.results import (
    CycleScore,
    KeyResultScore,
    ObjectiveScore,
    Scores,
    State,
    TeamScore,
)
from okrdocs.problem import Related, Severity, Source, Span
from okrdocs.workspace.workspace import ResolvedRef


class Family(StrEnum):
    """The four families of rules."""

    WORDING = "wording"
    STRUCTURE = "structure"
    CONSISTENCY = "consistency"
    PROCESS = "process"


class Finding(NamedTuple):
    """One finding of a rule: `ref` is what it is about, message and hint are plain text.

    `quoted` are the (name, text) pairs of people's texts in the message, where they stand as
    `{name}`; a message that quotes nothing is taken as it is. A rule that would say the same many
    times says by what: its findings with one `group`, such as a team or a word, are told as one.
    `right` is the text that should stand at the span, where the hint tells to write it.
    """

    ref: str
    span: Span
    message: str
    hint: str = ""
    related: tuple[Related, ...] = ()
    quoted: tuple[tuple[str, str], ...] = ()
    group: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class RuleOptions:
    """What a company can set for a rule; None is what the rule doesn't take.

    `min` and `max` are counts or characters, `company_…` the same for the company's own file,
    `days` a number of days, `share` a part from 0 to 1. `allow` are words that a rule lets pass,
    `also` words that it looks for besides its own.
    """

    min: int | None = None
    max: int | None = None
    company_min: int | None = None
    company_max: int | None = None
    days: int | None = None
    share: Fraction | None = None
    allow: frozenset[str] | None = None
    also: frozenset[str] | None = None

    def option_names(self) -> tuple[str, ...]:
        """Return the names of the options that a rule takes, in the order of the fields."""
        return tuple(
            option.name for option in fields(self) if getattr(self, option.name) is not None
        )


NO_OPTIONS = RuleOptions()
NO_WORDS = frozenset[str]()
"""The default of `allow` and `also` where a rule takes them."""


@dataclass(frozen=True)
class Subject:
    """What a rule looks at: all scores, and the cycles that are under review.

    A closed cycle is the past: nobody rewrites its objectives. It is under review only where
    that was asked for; rules about closing look at `scores.cycles` themselves.
    """

    scores: Scores
    cycles: tuple[CycleScore, ...]
    options: RuleOptions = NO_OPTIONS

    @property
    def as_of(self) -> date:
        """Return the day for which the scores were computed."""
        return self.scores.as_of

    def teams(self, *, undated: bool = True) -> Iterator[tuple[CycleScore, TeamScore]]:
        """Yield each team of each cycle under review; without `undated`, no backlogs."""
        for cycle in self.cycles:
            if undated or cycle.cycle.period is not None:
                for team in cycle.teams:
                    yield cycle, team

    def objectives(self, *, undated: bool = True) -> Iterator[ObjectiveScore]:
        """Yield each objective under review that wasn't dropped."""
        for _, team in self.teams(undated=undated):
            for objective in team.objectives:
                if objective.state is not State.DROPPED:
                    yield objective

    def key_results(self, *, undated: bool = True) -> Iterator[KeyResultScore]:
        """Yield each key result under review that wasn't dropped."""
        for objective in self.objectives(undated=undated):
            for key_result in objective.key_results:
                if key_result.state is not State.DROPPED:
                    yield key_result

    def titled_records(self) -> Iterator[tuple[ResolvedRef, Objective | KeyResult]]:
        """Yield objectives and key results under review, with their references."""
        for objective in self.objectives():
            yield objective.entry.ref, objective.entry.objective
            for key_result in objective.key_results:
                if key_result.state is not State.DROPPED:
                    yield key_result.entry.ref, key_result.entry.key_result


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its module declares it. `dated`: what it says changes with the calendar."""

    code: str
    family: Family
    severity: Severity
    dated: bool
    options: RuleOptions
    title: str
    text: str
    valid: tuple[str, ...]
    invalid: tuple[str, ...]
    check: Callable[[Subject], Iterator[Finding]]

    @property
    def page_path(self) -> str:
        """Return the path of its page in the repository."""
        return f"docs/rules/{self.code}.md"


def rules_in(package: str, *names: str) -> tuple[Rule, ...]:
    """Import the modules of a family by their names and returns their rules in this order.

    Raises ModuleNotFoundError for a name without a module.
    """
    return tuple(rule_of(import_module(f"{package}.{name}")) for name in names)


def rule_of(module: ModuleType) -> Rule:
    """Build a rule from its module; what a module leaves out is the default."""
    title, _, text = (module.__doc__ or "").strip().partition("\n")
    return Rule(
        code=module.__name__.rpartition(".")[2].replace("_", "-"),
        family=module.FAMILY,
        severity=module.SEVERITY,
        dated=getattr(module, "DATED", False),
        options=getattr(module, "OPTIONS", NO_OPTIONS),
        title=title.rstrip("."),
        text=text.strip(),
        valid=module.VALID,
        invalid=module.INVALID,
        check=module.check,
    )


def team_group(ref: ResolvedRef) -> str:
    """Return the `group` of findings that are told once for each team of a cycle."""
    return f"{ref.cycle}:{ref.team}"


def span_of_field(at: Source, *names: str) -> Span:
    """Return the span of the first of these fields that is there, else of title, id or key."""
    given: Mapping[str, object] = at.fields
    name_in_file = next((name for name in (*names, "title", "id") if name in given), None)
    if name_in_file is not None:
        return at.span(name_in_file)
    line, column, _end_line, _end_column = at.extent
    return Span(at.path, line, column, line, column + 1)


def span_of_file_start(path: str) -> Span:
    """Return the beginning of a file, for what no line of it says."""
    return Span(path, 1, 1, 1, 1)
