"""Holds where a change happened: the names of both states, and what a sentence needs to know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from okrdocs.diff.difficulty import time_to_cycle_end
from okrdocs.diff.normal_form import NOWHERE, ReferenceScopes
from okrdocs.diff.text_format import quote
from okrdocs.format.records import Reference
from okrdocs.format.reference import is_reference_like, parse_reference
from okrdocs.grading.results import KeyResultScore, ObjectiveScore, Scores
from okrdocs.workspace.calendar import Period
from okrdocs.workspace.workspace import KeyResultEntry, ObjectiveEntry, ResolvedRef, Workspace

OkrEntry = ObjectiveEntry | KeyResultEntry
EntryScore = KeyResultScore | ObjectiveScore | None


@dataclass(frozen=True, slots=True)
class ChangeContext:
    """What is compared: one document, objective or key result, before and after.

    `order` is its place on the pages; `period` the cycle's; `sealed` whether the cycle was closed
    before; `scores` are the two states of an objective or key result.
    """

    before: Scores
    after: Scores
    scopes: ReferenceScopes
    subject: str
    order: tuple[int, ...]
    ref: ResolvedRef | None = None
    cycle: str = ""
    team: str = ""
    period: Period | None = None
    sealed: bool = False
    scores: tuple[EntryScore, EntryScore] = (None, None)

    def time_left_text(self, day: date | None = None) -> str:
        """Return how long before the cycle's end a change came, on its day or that of the scores.

        "" after it was closed: a Change says that by itself.
        """
        return "" if self.sealed else time_to_cycle_end(day or self.after.as_of, self.period)

    def short_names_of(self, ids: Iterable[str], *, old: bool) -> list[str]:
        """Return the short names of people, roles and groups by their ids."""
        workspace = (self.before if old else self.after).workspace
        return [workspace.short_name_of(name) for name in ids]

    def metric_name(self, name: str, *, old: bool) -> str:
        """Return a metric's name in quotation marks; its id where there is no such metric."""
        metric = (self.before if old else self.after).workspace.metrics.get(name)
        return quote(metric.name) if metric is not None else name

    def is_same_metric(self, old: str, new: str) -> bool:
        """Return whether two ids mean one metric, which got another id and kept its name."""
        before, after = (scores.workspace.metrics for scores in (self.before, self.after))
        if old not in before or new not in after:
            return old == new
        renamed = old not in after and new not in before
        return old == new or (renamed and before[old].name == after[new].name)

    def title_of_reference(self, reference: Reference, *, old: bool) -> str:
        """Return what a reference points to, by its title; its text where it points to nothing."""
        workspace = (self.before if old else self.after).workspace
        place = self.scopes.before if old else self.scopes.after
        cycle = workspace.cycle(reference.cycle or place.cycle)
        team = reference.team or place.team or workspace.company or ""
        ref = ResolvedRef(
            cycle.id if cycle else "", team, reference.objective, reference.key_result or ""
        )
        entry = workspace.key_results.get(ref) or workspace.objectives.get(ref)
        return reference.text if entry is None else record_subject(entry, workspace)

    def dependency_text(self, text: str, *, old: bool) -> str:
        """Return what a dependency needs.

        The title of what it refers to, or its text in quotation marks.
        """
        reference = parse_reference(text, NOWHERE) if is_reference_like(text) else None
        return quote(text) if reference is None else self.title_of_reference(reference, old=old)


def record_subject(entry: OkrEntry, workspace: Workspace) -> str:
    """Return `Product KR2 “90% sign in through SSO”` or `Product objective 1 “Say yes”`."""
    team = team_name(entry.ref.team, workspace)
    if isinstance(entry, KeyResultEntry):
        return f"{team} KR{entry.number} {quote(entry.key_result.title)}"
    return f"{team} objective {entry.number} {quote(entry.objective.title)}"


def team_name(team: str, workspace: Workspace) -> str:
    """Return a team's name; its id where it has none."""
    return workspace.teams[team].name if team in workspace.teams else team


def cycle_title(cycle: str, workspace: Workspace) -> str:
    """Return a cycle's title; its id where there is no such cycle."""
    known_cycle = workspace.cycle(cycle)
    return known_cycle.title if known_cycle is not None else cycle
