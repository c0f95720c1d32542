"""The resolved OKRs: every team, objective and key result under its full reference.

`resolve` builds these values; everything above works on them. Pure data and look-ups.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from okrdocs.format.records import (
    CycleDocument,
    CycleStatus,
    Dependency,
    KeyResult,
    Metric,
    MetricsDocument,
    Objective,
    Organization,
    Person,
    Team,
    TeamDocument,
    Visibility,
)
from okrdocs.workspace.calendar import Period
from okrdocs.workspace.grading_policy import Policy


class ResolvedRef(NamedTuple):
    """A full reference: cycle, team, objective and, for a key result, its id."""

    cycle: str
    team: str
    objective: str
    key_result: str = ""

    def __str__(self) -> str:
        return f"{self.cycle}:{self.local_reference}"

    @property
    def local_reference(self) -> str:
        """Return the reference without its cycle: `product/growth#nps`."""
        tail = f"#{self.key_result}" if self.key_result else ""
        return f"{self.team}/{self.objective}{tail}"

    @property
    def anchor(self) -> str:
        """Return the anchor on the team's page: `growth--nps`; a slug has no double hyphen."""
        return f"{self.objective}--{self.key_result}" if self.key_result else self.objective

    @property
    def parent(self) -> ResolvedRef:
        """Return the objective that a key result belongs to; an objective itself."""
        return ResolvedRef(self.cycle, self.team, self.objective)


class Need(NamedTuple):
    """One thing that something depends on: a resolved reference or plain text."""

    dependency: Dependency
    text: str
    ref: ResolvedRef | None


@dataclass(frozen=True, slots=True)
class KeyResultEntry:
    """A key result in its place. `number` counts from 1 in the objective: KR1, KR2."""

    ref: ResolvedRef
    number: int
    key_result: KeyResult
    needs: tuple[Need, ...]
    carried_over_from: ResolvedRef | None

    @property
    def draft(self) -> bool:
        """Return whether it is a draft by itself: it counts in no mean."""
        return self.key_result.visibility is Visibility.DRAFT


@dataclass(frozen=True, slots=True)
class ObjectiveEntry:
    """An objective in its place, with what it ladders up to.

    `draft`: it is one, by itself or by its team's file; it counts in no mean.
    """

    ref: ResolvedRef
    number: int
    objective: Objective
    parents: tuple[ResolvedRef, ...]
    needs: tuple[Need, ...]
    carried_over_from: ResolvedRef | None
    key_results: tuple[KeyResultEntry, ...]
    draft: bool = False


@dataclass(frozen=True, slots=True)
class TeamEntry:
    """One team in one cycle. `path` is its YAML file."""

    id: str
    team: Team
    path: str
    document: TeamDocument
    objectives: tuple[ObjectiveEntry, ...]
    roll_over: tuple[ResolvedRef | None, ...] = ()

    @property
    def draft(self) -> bool:
        """Return whether its file is a draft, with everything in it."""
        return self.document.visibility is Visibility.DRAFT


@dataclass(frozen=True, slots=True)
class Cycle:
    """One cycle: its dates where it has any, its document, its teams in the order of the tree."""

    id: str
    title: str
    period: Period | None
    document: CycleDocument | None
    path: str
    review_date: date | None
    grading_date: date | None
    teams: tuple[TeamEntry, ...]
    decisions: tuple[ResolvedRef | None, ...] = ()
    roll_over: tuple[ResolvedRef | None, ...] = ()
    amendments: tuple[ResolvedRef | None, ...] = ()

    @property
    def status(self) -> CycleStatus:
        """Return the status in its document; active where nothing is said."""
        return self.document.status if self.document else CycleStatus.ACTIVE

    @property
    def draft(self) -> bool:
        """Return whether the cycle is a draft as a whole, which the public pages leave out."""
        return self.document is not None and self.document.draft

    @property
    def reviewed_on(self) -> date | None:
        """Return the day of the review, else the planned one."""
        review = self.document.review if self.document else None
        return (review.date if review else None) or self.review_date

    def status_on(self, as_of: date) -> CycleStatus:
        """Return the status that counts on a day: before the last day, closed is still active.

        Source: docs/explanation/grading.md, "As of a day".
        """
        closed = self.status is CycleStatus.CLOSED
        if closed and self.period is not None and as_of < self.period.end:
            return CycleStatus.ACTIVE
        return self.status

    def counts_values_of(self, day: date) -> bool:
        """Return whether a value dated on a day counts: from the first day to the grading date.

        Without dates every value counts. Source: docs/explanation/grading.md, "As of a day".
        """
        if self.period is None:
            return True
        return self.period.start <= day <= (self.last_day_of_values or self.period.end)

    @property
    def last_day_of_values(self) -> date | None:
        """Return the day of grading, at least the cycle's last; None in a cycle without dates."""
        if self.period is None:
            return None
        return max(self.grading_date or self.period.end, self.period.end)

    def team(self, team_id: str) -> TeamEntry | None:
        """Return a team's entry by its id."""
        return next((team for team in self.teams if team.id == team_id), None)

    def objectives(self) -> Iterator[ObjectiveEntry]:
        """Yield all objectives, team by team."""
        for team in self.teams:
            yield from team.objectives


@dataclass(frozen=True)
class Workspace:
    """All that the company's files say, with every reference resolved. Cycles from old to new."""

    organization: Organization
    policy: Policy
    teams: Mapping[str, Team]
    people: Mapping[str, Person]
    company: str | None
    cycles: tuple[Cycle, ...]
    metrics_document: MetricsDocument | None = None

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """Return the metrics by id, in the order of their file; none without that file."""
        return self.metrics_document.metrics if self.metrics_document else {}

    @cached_property
    def drivers_by_metric(self) -> Mapping[str, tuple[str, ...]]:
        """Return for each metric those that drive it directly, in the order of their file."""
        drivers: dict[str, dict[str, None]] = {}
        for name, metric in self.metrics.items():
            for above in metric.drives:
                drivers.setdefault(above, {})[name] = None
        return {name: tuple(names) for name, names in drivers.items()}

    @cached_property
    def key_results_by_metric(self) -> Mapping[str, tuple[KeyResultEntry, ...]]:
        """Return for each metric the key results that name it, in the order of the cycles."""
        movers: dict[str, list[KeyResultEntry]] = {}
        for entry in self.key_results.values() if self.metrics else ():
            if entry.key_result.metric in self.metrics:
                movers.setdefault(entry.key_result.metric or "", []).append(entry)
        return {name: tuple(entries) for name, entries in movers.items()}

    @cached_property
    def objectives(self) -> Mapping[ResolvedRef, ObjectiveEntry]:
        """Return every objective by its reference."""
        return {o.ref: o for cycle in self.cycles for o in cycle.objectives()}

    @cached_property
    def key_results(self) -> Mapping[ResolvedRef, KeyResultEntry]:
        """Return every key result by its reference."""
        return {kr.ref: kr for o in self.objectives.values() for kr in o.key_results}

    @cached_property
    def children_by_parent(self) -> Mapping[ResolvedRef, tuple[ObjectiveEntry, ...]]:
        """Return for each objective and key result the objectives that ladder up to it."""
        children: dict[ResolvedRef, list[ObjectiveEntry]] = {}
        for entry in self.objectives.values():
            for parent in entry.parents:
                children.setdefault(parent, []).append(entry)
        return {ref: tuple(entries) for ref, entries in children.items()}

    @cached_property
    def shared_key_results(self) -> Mapping[tuple[str, str], tuple[KeyResultEntry, ...]]:
        """Return by cycle and team the key results of other teams that name it in `with:`."""
        shared: dict[tuple[str, str], list[KeyResultEntry]] = {}
        for entry in self.key_results.values():
            for team in entry.key_result.with_:
                if team != entry.ref.team:
                    shared.setdefault((entry.ref.cycle, team), []).append(entry)
        return {place: tuple(entries) for place, entries in shared.items()}

    def cycle(self, cycle_id: str) -> Cycle | None:
        """Return a cycle by its id, without case."""
        return self._cycles_by_id.get(cycle_id) or self._cycles_by_id.get(cycle_id.casefold())

    @cached_property
    def _cycles_by_id(self) -> Mapping[str, Cycle]:
        folded = {cycle.id.casefold(): cycle for cycle in reversed(self.cycles)}
        return {**folded, **{cycle.id: folded[cycle.id.casefold()] for cycle in self.cycles}}

    def name_of(self, text: str) -> str:
        """Return the name of a person, group or team by id; other text as it is."""
        person = self.people.get(text)
        if person is not None:
            return person.name
        team = self.teams.get(text)
        return team.name if team is not None else text

    def short_name_of(self, text: str) -> str:
        """Return the short name where there is one, for tables and diagrams."""
        person = self.people.get(text)
        return person.short if person is not None and person.short else self.name_of(text)

    def current_cycle(self, as_of: date) -> Cycle | None:
        """Return the cycle that people mean by now.

        The shortest one that contains the day; else the latest that has begun; else the next;
        else any. A draft counts only where there is nothing else, and so does an empty one.
        """
        shown = [c for c in self.cycles if not c.draft]
        ready = [
            c
            for c in shown
            if c.status is not CycleStatus.DRAFT and any(not o.draft for o in c.objectives())
        ]
        return (
            _cycle_for_day(ready, as_of)
            or _cycle_for_day(shown, as_of)
            or _cycle_for_day(self.cycles, as_of)
        )


def _cycle_for_day(cycles: Sequence[Cycle], as_of: date) -> Cycle | None:
    dated = [(c, c.period) for c in cycles if c.period is not None]
    holding = [(p.days, c.id, c) for c, p in dated if p.start <= as_of <= p.end]
    if holding:
        return min(holding)[2]
    begun = [(p.end, c.id, c) for c, p in dated if p.end < as_of]
    if begun:
        return max(begun)[2]
    coming = [(p.start, c.id, c) for c, p in dated if p.start > as_of]
    if coming:
        return min(coming)[2]
    return cycles[0] if cycles else None


def short_title(key_result: KeyResult) -> str:
    """Return the label where there is one, else the title."""
    return key_result.label or key_result.title
