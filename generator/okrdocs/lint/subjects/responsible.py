"""Who is asked about a key result, in words, for the messages of rules."""

from __future__ import annotations

from okrdocs.workspace.responsible import responsible_people
from okrdocs.workspace.workspace import KeyResultEntry, Workspace


def responsible_names(entry: KeyResultEntry, workspace: Workspace) -> str:
    """Return their names as a list in words, "Ada and Ben"; "" where nobody is named."""
    names = [workspace.name_of(person) for person in responsible_people(entry, workspace)]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
