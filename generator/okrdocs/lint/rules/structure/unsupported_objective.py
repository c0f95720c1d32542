"""No team works on this objective of the company.

Where no team has taken up an objective of the company, everybody agrees with it and nobody works
on it. Ask which team will carry it, and let that team say so in its own words. Or
the company carries it itself; then share its key results with the teams that do the work (`with:`).

Support is any team's objective that ladders up to it or to one of its key results, also from a
shorter cycle or by way of another objective of the company, and teams named in `with:`. Nothing is
said where no team ladders up to anything in the cycle (see `no-ladder`), and nothing in drafts.

Source: Doerr, *Measure What Matters* (2018), superpower two: align and connect; Kaplan & Norton,
*The Balanced Scorecard* (1996), on aligning units with the strategy.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import CycleStatus
from okrdocs.grading.results import State
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field, team_group
from okrdocs.problem import Severity
from okrdocs.workspace.workspace import Cycle, ObjectiveEntry, ResolvedRef, Workspace

FAMILY = Family.STRUCTURE
SEVERITY = Severity.INFO
VALID = (
    """
    objectives:
      - {id: start, title: The first hour feels effortless, ladders_up_to: company/growth#stay}
    # 2025-Q1/company.yml
    objectives:
      - id: growth
        title: Clinics come to us by themselves
        key_results:
          - {id: stay, title: Clinics stay, baseline: 85%, target: 90%}
      - id: trust
        title: Hospitals trust us with their data
        key_results:
          - {id: audits, title: Audits passed, target: 3 audits, with: engineering}
    """,
    """
    objectives:
      - {id: start, title: The first hour feels effortless}
    # 2025-Q1/company.yml
    objectives:
      - {id: growth, title: Clinics come to us by themselves}
    """,
)
INVALID = (
    """
    objectives:
      - {id: start, title: The first hour feels effortless, ladders_up_to: company/growth}
    # 2025-Q1/company.yml
    objectives:
      - {id: growth, title: Clinics come to us by themselves}
      - {id: trust, title: Hospitals trust us with their data}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find the company's objectives without support, in cycles in which teams ladder up at all."""
    workspace = subject.scores.workspace
    for cycle, team in subject.teams(undated=False):
        if team.entry.id != workspace.company or cycle.cycle.status is CycleStatus.DRAFT:
            continue
        if not any(map(_has_parent, _team_objectives(cycle.cycle, workspace))):
            continue
        for score in team.objectives:
            if score.state is not State.DROPPED and not _is_supported_by_team(
                score.entry, workspace
            ):
                yield Finding(
                    str(score.entry.ref),
                    span_of_field(score.entry.objective.at, "title"),
                    "No team's objective ladders up to this one.",
                    "Ask which team carries it, and let it add"
                    f" `ladders_up_to: {score.entry.ref.local_reference}`.",
                    group=team_group(score.entry.ref),
                )


def _team_objectives(cycle: Cycle, workspace: Workspace) -> Iterator[ObjectiveEntry]:
    return (entry for entry in cycle.objectives() if entry.ref.team != workspace.company)


def _has_parent(entry: ObjectiveEntry) -> bool:
    return bool(entry.parents)


def _is_supported_by_team(entry: ObjectiveEntry, workspace: Workspace) -> bool:
    """Return whether a team serves it, directly or through other objectives of the company."""
    waiting, seen = [entry], {entry.ref}
    while waiting:
        here = waiting.pop()
        if here.ref.team != workspace.company or any(k.key_result.with_ for k in here.key_results):
            return True
        for child in _objectives_below(here, workspace):
            if child.ref not in seen and child.objective.dropped is None:
                seen.add(child.ref)
                waiting.append(child)
    return False


def _objectives_below(entry: ObjectiveEntry, workspace: Workspace) -> Iterator[ObjectiveEntry]:
    refs: tuple[ResolvedRef, ...] = (entry.ref, *(k.ref for k in entry.key_results))
    for ref in refs:
        yield from workspace.children_by_parent.get(ref, ())
