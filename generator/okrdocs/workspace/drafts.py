"""Finds what is a draft today: the names that public pages and their history leave out.

Pure. `visibility` takes the drafts out of the documents; the decisions behind both are in
docs/explanation/decisions/drafts.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from okrdocs.format.loader import CycleFolder, Documents
from okrdocs.format.records import KeyResult, Objective, TeamDocument, Visibility
from okrdocs.workspace.workspace import ResolvedRef


class Drafts(NamedTuple):
    """What is a draft today, by its names. Cycles are without case, those of references too.

    `records` holds objectives and key results under their present and former ids, `titles` what
    they are called, and `namesakes` what is public under one of these titles.
    """

    cycles: frozenset[str] = frozenset()
    teams: frozenset[tuple[str, str]] = frozenset()
    records: frozenset[ResolvedRef] = frozenset()
    titles: frozenset[str] = frozenset()
    namesakes: frozenset[ResolvedRef] = frozenset()
    counts: tuple[int, int, int, int] = (0, 0, 0, 0)

    def covers(self, ref: ResolvedRef) -> bool:
        """Return whether a reference leads to a draft, or into one."""
        return (
            ref.cycle in self.cycles
            or (ref.cycle, ref.team) in self.teams
            or ref.parent in self.records
            or ref in self.records
        )

    def hides(self, ref: ResolvedRef, title: str) -> bool:
        """Return whether a past record at a place is a draft today, perhaps moved or renamed."""
        if self.covers(ref):
            return True
        return (
            bool(self.titles)
            and normalized_title(title) in self.titles
            and ref not in self.namesakes
        )

    def digest(self) -> str:
        """Return 16 hexadecimal digits that change with any of the names."""
        names = repr([sorted(part) for part in self[:-1]])
        return hashlib.sha256(names.encode("utf-8", "replace")).hexdigest()[:16]

    def counts_in_words(self) -> str:
        """Return how many there are: `1 cycle, 2 objectives`; "" for none. Never their names."""
        names = ("cycle", "team file", "objective", "key result")
        pairs = zip(self.counts, names, strict=True)
        return ", ".join(f"{n} {name}{'s' if n > 1 else ''}" for n, name in pairs if n)


NO_DRAFTS = Drafts()


def normalized_title(title: str) -> str:
    """Return a title in the form by which two titles are compared: without case, single spaces."""
    return " ".join(title.casefold().split())


def find_drafts(documents: Documents) -> Drafts:
    """Return every draft of the documents; whatever stands in a draft is one, too."""
    if not any(map(cycle_has_drafts, documents.cycles)):
        return NO_DRAFTS
    records = [*_placed_records(documents)]
    hidden = [placed for placed in records if placed.hidden]
    titles = frozenset(normalized_title(placed.record.title) for placed in hidden)
    shown = [placed for placed in records if not placed.hidden]
    namesakes = (placed.ref for placed in shown if normalized_title(placed.record.title) in titles)
    whole = [folder for folder in documents.cycles if is_draft_cycle(folder)]
    files = [(folder, file) for folder in documents.cycles for file in folder.teams]
    marked = [pair for pair in files if pair[0] not in whole and is_draft(pair[1].document)]
    own = [placed for placed in hidden if placed.own]
    results = sum(1 for placed in own if placed.ref.key_result)
    return Drafts(
        frozenset(folder.id.casefold() for folder in whole),
        frozenset((folder.id.casefold(), file.team) for folder, file in marked),
        frozenset(ref for placed in own for ref in placed.former_and_present_refs()),
        titles,
        frozenset(namesakes),
        (len(whole), len(marked), len(own) - results, results),
    )


def cycle_has_drafts(folder: CycleFolder) -> bool:
    """Return whether a cycle is a draft or contains one."""
    return is_draft_cycle(folder) or any(team_has_drafts(file.document) for file in folder.teams)


def team_has_drafts(document: TeamDocument) -> bool:
    """Return whether a team's document is a draft or contains one."""
    return is_draft(document) or any(
        is_draft(objective) or any(map(is_draft, objective.key_results))
        for objective in document.objectives
    )


def is_draft(record: TeamDocument | Objective | KeyResult) -> bool:
    """Return whether a record's own `visibility:` makes it a draft."""
    return record.visibility is Visibility.DRAFT


def is_draft_cycle(folder: CycleFolder) -> bool:
    """Return whether a cycle is a draft as a whole."""
    return folder.document is not None and folder.document.draft


class _PlacedRecord(NamedTuple):
    """An objective or key result with its place.

    `own`: hidden by its own `visibility:`, not by what it stands in.
    """

    ref: ResolvedRef
    record: Objective | KeyResult
    hidden: bool
    own: bool
    former: tuple[str, ...] = ()

    def former_and_present_refs(self) -> Iterator[ResolvedRef]:
        """Yield its references, by all ids that it and its objective have had."""
        if not self.ref.key_result:
            yield from (self.ref._replace(objective=name) for name in self._objective_ids())
            return
        for home in self._objective_ids():
            for name in (self.record.id, *self.record.was):
                yield self.ref._replace(objective=home, key_result=name)

    def _objective_ids(self) -> tuple[str, ...]:
        return self.ref.objective, *self.former


def _placed_records(documents: Documents) -> Iterator[_PlacedRecord]:
    for folder in documents.cycles:
        for file in folder.teams:
            inside = is_draft_cycle(folder) or is_draft(file.document)
            for objective in file.document.objectives:
                ref = ResolvedRef(folder.id.casefold(), file.team, objective.id)
                own = not inside and is_draft(objective)
                yield _PlacedRecord(ref, objective, inside or own, own, objective.was)
                for kr in objective.key_results:
                    by_itself = not (inside or own) and is_draft(kr)
                    place = ref._replace(key_result=kr.id)
                    hidden = inside or own or by_itself
                    yield _PlacedRecord(place, kr, hidden, by_itself, objective.was)
