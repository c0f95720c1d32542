"""Who is responsible for a key result or an objective: its DRI, its owners, or its team's lead."""

from __future__ import annotations

from okrdocs.format.records import KeyResult, Objective
from okrdocs.workspace.workspace import KeyResultEntry, ObjectiveEntry, Workspace


def responsible_people(
    entry: KeyResultEntry | ObjectiveEntry, workspace: Workspace
) -> tuple[str, ...]:
    """Return those who are named, else the team's lead: ids of `okr.yml`, or plain names.

    Empty where the team has no lead either. A name can occur twice, as it was written.
    """
    team = workspace.teams.get(entry.ref.team)
    return named_people(entry, workspace) or (team.lead if team else ())


def named_people(entry: KeyResultEntry | ObjectiveEntry, workspace: Workspace) -> tuple[str, ...]:
    """Return the DRI or the owners of a key result, else those of its objective."""
    own = people_of_record(entry.key_result) if isinstance(entry, KeyResultEntry) else ()
    return own or people_of_record(workspace.objectives[entry.ref.parent].objective)


def people_of_record(record: KeyResult | Objective) -> tuple[str, ...]:
    """Return the DRI that a record names, else its owners; empty where it names nobody."""
    return (record.dri,) if record.dri else record.owner
