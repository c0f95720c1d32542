"""The team's objective serves none of the company's.

Work that nothing above it asks for loses the first argument about people or time, and the company
can't see who carries its objectives. Say which objective, or which of its key results, the team's
own one serves. Where there is none, that is worth a talk: either the company lacks an objective or
the team has one that can wait.

The company's own objectives stand at the top. An objective may ladder up to another team's, to any
level in between, or to a longer cycle such as the year. Where no objective of the file says what it
serves, that is told once, at the first one. A cycle without objectives of the company, here or in a
longer cycle around it, asks for nothing.

Source: Doerr, *Measure What Matters* (2018), superpower two: align and connect; Niven & Lamorte,
*Objectives and Key Results* (2016), on connecting OKRs.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.grading.results import State, TeamScore
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity
from okrdocs.workspace.workspace import Cycle, ObjectiveEntry, Workspace

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - {id: start, title: The first hour feels effortless, ladders_up_to: company/growth}
    # 2025-Q1/company.yml
    objectives:
      - {id: growth, title: Clinics come to us by themselves}
    """,
    """
    objectives:
      - {id: start, title: The first hour feels effortless}
    # 2024-Q4/company.yml
    objectives:
      - {id: growth, title: Clinics come to us by themselves}
    """,
)
INVALID = (
    """
    objectives:
      - {id: start, title: The first hour feels effortless, ladders_up_to: company/growth}
      - {id: calm, title: Nobody is woken at night}
    # 2025-Q1/company.yml
    objectives:
      - {id: growth, title: Clinics come to us by themselves}
    """,
    """
    objectives:
      - {id: start, title: The first hour feels effortless}
      - {id: calm, title: Nobody is woken at night}
    # 2025/company.yml
    objectives:
      - {id: growth, title: Clinics come to us by themselves}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives of teams that name nothing above, where the company has something."""
    workspace = subject.scores.workspace
    for cycle, team in subject.teams(undated=False):
        peer = workspace.company is None and team.entry.team.parent is None
        if peer or team.entry.id == workspace.company:
            continue
        kept = [o.entry for o in team.objectives if o.state is not State.DROPPED]
        loose = [entry for entry in kept if not entry.objective.ladders_up_to]
        above = _find_company_objective(cycle.cycle, workspace) if loose else None
        if above is None:
            continue
        if len(loose) == len(kept) > 1:
            yield _finding(loose[0], above, _message_for_team(team, len(kept)))
            continue
        for entry in loose:
            yield _finding(entry, above, "This objective doesn't say what it serves.")


def _find_company_objective(cycle: Cycle, workspace: Workspace) -> ObjectiveEntry | None:
    """Return an objective of the company, in this cycle or else in one around it."""
    for other in (cycle, *workspace.cycles):
        team = other.team(workspace.company or "") if _is_within_cycle(other, cycle) else None
        for entry in team.objectives if team else ():
            if entry.objective.dropped is None:
                return entry
    return None


def _is_within_cycle(outer: Cycle, inner: Cycle) -> bool:
    if outer.period is None or inner.period is None:
        return False
    return outer.period.start <= inner.period.start and inner.period.end <= outer.period.end


def _message_for_team(team: TeamScore, count: int) -> str:
    return f"None of the {count} objectives of {team.entry.team.name} says what it serves."


def _finding(entry: ObjectiveEntry, above: ObjectiveEntry, message: str) -> Finding:
    other = above.ref.cycle != entry.ref.cycle
    example = str(above.ref) if other else above.ref.local_reference
    return Finding(
        str(entry.ref),
        span_of_field(entry.objective.at, "title"),
        message,
        f"Add `ladders_up_to:` with an objective above, such as `{example}`; if none fits, talk"
        " about why.",
    )
