"""Nobody in particular answers for the objective.

What belongs to everyone is done by no one: an objective needs one person who is asked how it stands
and who asks for help in time. Several owners may do the work; the *directly responsible individual*
is exactly one.

Others give the same answer and pass: a single owner who is a person, the single lead of the team
where the objective names nobody or the team itself, and one person for each of its key results
where the objective names nobody. A team without a lead is no one person.
Where no objective of a file names anybody, that is told once, at the first one.

Source: the DRI as the GitLab handbook describes it, "Directly Responsible Individuals"; Doerr,
*Measure What Matters* (2018).
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import Objective
from okrdocs.grading.results import State
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity
from okrdocs.workspace.responsible import people_of_record
from okrdocs.workspace.workspace import ObjectiveEntry, TeamEntry, Workspace

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        dri: ada
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        owner: ada
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
    # okr.yml
    teams:
      company: {name: Company}
      product: {name: Product, parent: company, lead: ada}
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - {id: audits, title: Audits passed, target: 3 audits, owner: ada}
          - {id: answers, title: Questions answered in a day, target: ≥80%, dri: ben}
    """,
)
INVALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        owner: [ada, ben]
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        owner: engineering
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives of dated cycles for which no one person answers."""
    workspace = subject.scores.workspace
    for _, team in subject.teams(undated=False):
        kept = [o.entry for o in team.objectives if o.state is not State.DROPPED]
        unanswered = [
            o
            for o in kept
            if not _has_one_responsible_person(o.objective, team.entry, workspace)
            and not _is_shared_out(o, workspace)
        ]
        nobody_named = not any(people_of_record(o.objective) for o in kept)
        if len(unanswered) == len(kept) > 1 and nobody_named:
            many, name = len(kept), team.entry.team.name
            message = (
                f"None of the {many} objectives of {name} names one person who answers for it."
            )
            yield _finding(kept[0], message)
            continue
        for entry in unanswered:
            yield _finding(entry, _missing_dri_message(entry.objective, workspace))


def _finding(entry: ObjectiveEntry, message: str) -> Finding:
    span = span_of_field(entry.objective.at, "dri", "owner", "title")
    return Finding(str(entry.ref), span, message, "Name that person with `dri:`.")


def _has_one_responsible_person(
    objective: Objective, team: TeamEntry, workspace: Workspace
) -> bool:
    named = people_of_record(objective)
    if not named:
        return len(team.team.lead) == 1
    return len(named) == 1 and _is_person(named[0], workspace)


def _is_shared_out(entry: ObjectiveEntry, workspace: Workspace) -> bool:
    """Return whether nobody is named for it, and one person answers for each key result."""
    parts = [part.key_result for part in entry.key_results if part.key_result.dropped is None]
    return (
        not people_of_record(entry.objective)
        and bool(parts)
        and all(
            len(people_of_record(part)) == 1 and _is_person(people_of_record(part)[0], workspace)
            for part in parts
        )
    )


def _is_person(name: str, workspace: Workspace) -> bool:
    """Return whether one person is meant; a team stands for its lead, if it has exactly one."""
    team = None if name in workspace.people else workspace.teams.get(name)
    return team is None or len(team.lead) == 1


def _missing_dri_message(objective: Objective, workspace: Workspace) -> str:
    named = people_of_record(objective)
    if not named:
        return "This objective has no one person who answers for it."
    if len(named) > 1:
        return "This objective has several owners and no one person who answers for it."
    return f"{workspace.name_of(named[0])} is a team: no one person answers for this objective."
