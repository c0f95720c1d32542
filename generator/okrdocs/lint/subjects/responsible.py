"""Who is asked about a key result: its own DRI or owner, else its objective's, else the lead."""

from __future__ import annotations

from okrdocs.workspace.workspace import KeyResultEntry, Workspace


def answerable(entry: KeyResultEntry, workspace: Workspace) -> str:
    """The names of those who are asked, as a list in words; "" where nobody is named."""
    objective = workspace.objectives[entry.ref.parent].objective
    team = workspace.teams.get(entry.ref.team)
    for record in (entry.key_result, objective):
        names = (record.dri,) if record.dri else record.owner
        if names:
            return _listed(names, workspace)
    return _listed(team.lead, workspace) if team else ""


def _listed(names: tuple[str, ...], workspace: Workspace) -> str:
    written = [workspace.name_of(name) for name in names]
    return " and ".join([", ".join(written[:-1]), written[-1]] if len(written) > 1 else written)
