"""Nothing was ever reported, and the cycle is over.

In a closed cycle such a key result counts as 0, as if nobody had moved at all. That may be true. As
often the number exists and nobody entered it, and the grade of the whole objective is wrong.

Enter the last value with the date that it is from. If it could never be measured, `grade: n/a` with
a reason leaves it out of the mean, and the next one gets a number that exists. While the cycle is
being graded the rule already names what is still missing. Where a team or everybody has reported
nothing, it says so once. Of closed cycles only the last two are looked at.

Source: Google re:Work, "Set goals with OKRs": each key result is graded.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import CycleStatus
from okrdocs.grading.results import CycleScore, KeyResultScore, State, TeamScore
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field, team_group
from okrdocs.lint.subjects.cycles import ended_cycles, has_reported, span_in_cycle_file
from okrdocs.lint.subjects.responsible import responsible_names
from okrdocs.problem import Severity

FAMILY = Family.PROCESS
SEVERITY = Severity.WARNING
DATED = True
VALID = (
    """
    # 2024-Q4/cycle.yml
    status: closed
    # 2024-Q4/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins: [{date: 2024-12-20, value: 0}]
          - id: calls
            title: Customers who call us first
            baseline: 0
            target: 10
            grade: {value: n/a, reason: Nobody could count it}
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - {id: audits, title: Customers with a passed audit, baseline: 0, target: 10}
    """,
)
INVALID = (
    """
    # 2024-Q4/cycle.yml
    status: closed
    # 2024-Q4/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        owner: ada
        key_results:
          - {id: audits, title: Customers with a passed audit, baseline: 0, target: 10}
    """,
    """
    # 2024-Q4/cycle.yml
    status: grading
    # 2024-Q4/product.yml
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - {id: audits, title: Customers with a passed audit, baseline: 0, target: 10}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find what has no value in cycles that are over: single key results, whole teams, or all."""
    for cycle in ended_cycles(subject):
        silent = [
            team
            for team in cycle.teams
            if _key_results_without_value(team) and not has_reported(team)
        ]
        if silent and not any(has_reported(team) for team in cycle.teams):
            yield _finding_for_cycle(cycle)
            continue
        yield from (_finding_for_team(cycle, team) for team in silent)
        for team in cycle.teams:
            if has_reported(team):
                yield from (
                    _finding_for_key_result(score, subject)
                    for score in _key_results_without_value(team)
                )


def _key_results_without_value(team: TeamScore) -> list[KeyResultScore]:
    """Return key results without a value in objectives that aren't dropped or graded by hand."""
    gone = {State.DROPPED, State.LEFT_OUT, State.DRAFT}
    return [
        score
        for objective in team.objectives
        if objective.state not in gone and objective.override is None
        for score in objective.key_results
        if score.state in {State.COUNTED_AS_ZERO, State.NOT_REPORTED, State.NOT_GRADED}
    ]


def _finding_for_cycle(cycle: CycleScore) -> Finding:
    count = sum(len(_key_results_without_value(team)) for team in cycle.teams)
    return Finding(
        cycle.cycle.id,
        span_in_cycle_file(cycle.cycle, "status"),
        f"{cycle.cycle.title} is over, and not one value was reported:"
        f" {_counted_as_zero_text(cycle, count)}.",
        "Enter the last values with their dates; a rough value is better than none.",
    )


def _finding_for_team(cycle: CycleScore, team: TeamScore) -> Finding:
    return Finding(
        f"{cycle.cycle.id}:{team.entry.id}",
        span_of_field(team.entry.document.at, "objectives"),
        f"{team.entry.team.name} has reported no value in {cycle.cycle.title}:"
        f" {_counted_as_zero_text(cycle, len(_key_results_without_value(team)))}.",
        "Enter the last values with their dates; a rough value is better than none.",
    )


def _counted_as_zero_text(cycle: CycleScore, count: int) -> str:
    """Return what becomes of key results without values, in words."""
    over = cycle.cycle.status is CycleStatus.CLOSED
    if count == 1:
        return f"its key result {'counts' if over else 'will count'} as 0"
    return f"all {count} key results {'count' if over else 'will count'} as 0"


def _finding_for_key_result(score: KeyResultScore, subject: Subject) -> Finding:
    who = responsible_names(score.entry, subject.scores.workspace)
    ask = f" {who} may know it." if who else ""
    what, missing = ("Nothing was reported", "value")
    if score.value is not None:
        what, missing = ("No grade was given", "`grade:`")
    closed = score.state is State.COUNTED_AS_ZERO
    over = (
        " before the cycle closed: it counts" if closed else "; once the cycle is closed, it counts"
    )
    return Finding(
        str(score.entry.ref),
        span_of_field(score.entry.key_result.at, "title"),
        f"{what}{over} as 0.",
        f"Enter the last {missing} with its date.{ask} What can't be measured is left out by"
        " `grade: {value: n/a, reason: …}`.",
        group=team_group(score.entry.ref),
    )
