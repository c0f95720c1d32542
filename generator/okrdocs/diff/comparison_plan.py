"""Lists what is compared with what, each pair with its context and its position on the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from okrdocs.diff.change import OkrChange
from okrdocs.diff.context import ChangeContext, EntryScore, record_subject, team_name
from okrdocs.diff.field_edits import is_same_record
from okrdocs.diff.normal_form import FullReference, ReferenceScope, ReferenceScopes
from okrdocs.diff.pairs import Pairs
from okrdocs.format.records import CycleStatus, MetricsDocument, Record
from okrdocs.grading.results import KeyResultScore, ObjectiveScore, Scores
from okrdocs.workspace.workspace import Cycle, ResolvedRef

ComparedRecords = tuple[ChangeContext, Record, Record]
RankedChange = tuple[tuple[int, ...], OkrChange]
"""A change with its position on the pages: cycle, team, objective, key result."""

GradedEntry = KeyResultScore | ObjectiveScore
_COMPANY_ORDER, _METRICS_ORDER = (-2,), (-1,)


class PageOrder(NamedTuple):
    """The positions of cycles and teams on the pages after the change."""

    cycles: Mapping[str, int]
    teams: Mapping[str, int]

    def position_of(self, cycle: str, team: str = "", *numbers: int) -> tuple[int, ...]:
        """Return the sort key of something.

        A cycle comes before its teams, what is gone at the end.
        """
        place = self.cycles.get(cycle, len(self.cycles))
        if not team:
            return (place,)
        return (place, self.teams.get(team, len(self.teams)), *numbers)


def page_order(scores: Scores) -> PageOrder:
    """Return the order of cycles and teams on the pages."""
    workspace = scores.workspace
    cycles = {cycle.id: place for place, cycle in enumerate(workspace.cycles)}
    return PageOrder(cycles, {team: place for place, team in enumerate(workspace.teams)})


def present_references_by_former(
    after: Scores, pairs: Pairs
) -> tuple[Mapping[FullReference, FullReference], Mapping[FullReference, FullReference]]:
    """Return what each former name is called now: for texts before the change, and for those after.

    A text after the change may still use a former name, where nothing else has it by now.
    """
    both = {**pairs.objectives, **pairs.key_results}
    former = {
        _full_reference(old): _full_reference(new)
        for old, new in both.items()
        if _full_reference(old) != _full_reference(new)
    }
    now = {_full_reference(ref) for ref in (*after.objectives, *after.key_results)}
    return former, {old: new for old, new in former.items() if old not in now}


def _full_reference(ref: ResolvedRef) -> FullReference:
    return ref.cycle.casefold(), ref.team, ref.objective, ref.key_result


def pair_records_to_compare(
    before: Scores, after: Scores, pairs: Pairs
) -> Iterator[ComparedRecords]:
    """Yield the pairs to compare.

    The company, its metrics, cycles, teams, objectives, key results.
    """
    plan = ComparisonPlan(
        before, after, pairs, page_order(after), *present_references_by_former(after, pairs)
    )
    yield plan.company_record()
    yield from plan.metrics_records()
    yield from plan.cycle_and_team_records()
    yield from plan.objective_records()
    yield from plan.key_result_records()


class ComparisonPlan(NamedTuple):
    """What all pairs of one comparison share: both states, their pairs, names and order."""

    before: Scores
    after: Scores
    pairs: Pairs
    order: PageOrder
    former: Mapping[FullReference, FullReference]
    stale: Mapping[FullReference, FullReference]

    def company_record(self) -> ComparedRecords:
        """Return both states of `okr.yml`."""
        old, new = self.before.workspace.organization, self.after.workspace.organization
        scopes = self._reference_scopes("", "", "", "")
        context = ChangeContext(self.before, self.after, scopes, new.organization, _COMPANY_ORDER)
        return context, old, new

    def metrics_records(self) -> Iterator[ComparedRecords]:
        """Yield both states of `metrics.yml`; a file that isn't there counts as empty."""
        old, new = (scores.workspace.metrics_document for scores in (self.before, self.after))
        metric = new or old
        if metric is not None:
            name, scopes = (
                self.after.workspace.organization.organization,
                self._reference_scopes("", "", "", ""),
            )
            context = ChangeContext(self.before, self.after, scopes, name, _METRICS_ORDER)
            empty = MetricsDocument(schema=metric.schema, at=metric.at)
            yield context, old or empty, new or empty

    def _reference_scopes(
        self, cycle: str, team: str, new_cycle: str, new_team: str
    ) -> ReferenceScopes:
        """Return how references are read on both sides."""
        return ReferenceScopes(
            ReferenceScope(cycle, team, self.former),
            ReferenceScope(new_cycle, new_team, self.stale),
        )

    def cycle_and_team_records(self) -> Iterator[ComparedRecords]:
        """Yield both states of the documents of cycles and of their teams."""
        cycles_by_id = {cycle.id: cycle for cycle in self.after.workspace.cycles}
        for cycle in self.before.workspace.cycles:
            if cycle.id in self.pairs.cycles:
                yield from self._documents_of_cycle(
                    cycle, cycles_by_id[self.pairs.cycles[cycle.id]]
                )

    def _documents_of_cycle(self, old: Cycle, new: Cycle) -> Iterator[ComparedRecords]:
        one, two = old.document, new.document
        if one and two and not (old.id == new.id and self._is_unchanged(one, two)):
            scopes = self._reference_scopes(old.id, "", new.id, "")
            order = self.order.position_of(new.id)
            context = self._change_context(scopes, new.title, order, old, new)
            yield context, one, two
        for team in old.teams:
            _, partner = self.pairs.teams.get((old.id, team.id), ("", ""))
            other = new.team(partner) if partner else None
            stays = (old.id, team.id) == (new.id, partner)
            if other and not (stays and self._is_unchanged(team.document, other.document)):
                scopes = self._reference_scopes(old.id, team.id, new.id, other.id)
                subject = f"{team_name(other.id, self.after.workspace)} in {new.title}"
                order = self.order.position_of(new.id, other.id)
                context = self._change_context(scopes, subject, order, old, new)
                yield context, team.document, other.document

    def _change_context(
        self,
        scopes: ReferenceScopes,
        subject: str,
        order: tuple[int, ...],
        old: Cycle,
        new: Cycle,
        ref: ResolvedRef | None = None,
        scores: tuple[EntryScore, EntryScore] = (None, None),
    ) -> ChangeContext:
        return ChangeContext(
            self.before,
            self.after,
            scopes,
            subject,
            order,
            ref,
            cycle=new.id,
            team=scopes.after.team,
            period=new.period or old.period,
            sealed=old.status_on(self.before.as_of) is CycleStatus.CLOSED,
            scores=scores,
        )

    def objective_records(self) -> Iterator[ComparedRecords]:
        """Yield both states of each objective that has a partner."""
        for old, new in self.pairs.objectives.items():
            one, other = self.before.objectives[old], self.after.objectives[new]
            texts = one.entry.objective, other.entry.objective
            if old != new or not self._is_unchanged(*texts):
                yield self._context_of_entries(one, other, (other.entry.number, 0)), *texts

    def key_result_records(self) -> Iterator[ComparedRecords]:
        """Yield both states of each key result that has a partner."""
        for old, new in self.pairs.key_results.items():
            one, other = self.before.key_results[old], self.after.key_results[new]
            texts = one.entry.key_result, other.entry.key_result
            if old != new or not self._is_unchanged(*texts):
                objective = self.after.objectives[new.parent].entry
                yield (
                    self._context_of_entries(one, other, (objective.number, other.entry.number)),
                    *texts,
                )

    def _is_unchanged(self, one: Record, other: Record) -> bool:
        """Return whether nothing can differ: both say the same, and no name changed."""
        return not self.former and is_same_record(one, other)

    def _context_of_entries(
        self, old: GradedEntry, new: GradedEntry, numbers: tuple[int, ...]
    ) -> ChangeContext:
        one, other = old.entry.ref, new.entry.ref
        cycle, partner = (
            self.before.workspace.cycle(one.cycle),
            self.after.workspace.cycle(other.cycle),
        )
        assert cycle is not None
        assert partner is not None
        scopes = self._reference_scopes(one.cycle, one.team, other.cycle, other.team)
        subject = record_subject(new.entry, self.after.workspace)
        order = self.order.position_of(other.cycle, other.team, *numbers)
        return self._change_context(scopes, subject, order, cycle, partner, other, (old, new))
