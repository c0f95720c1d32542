"""What is compared with what, each pair with its scene and its place in the order of the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from okrdocs.diff.context import Scene, Score, subject_of, team_name
from okrdocs.diff.field_edits import says_the_same
from okrdocs.diff.normal_form import Full, Place, Sight
from okrdocs.diff.pairs import Pairs
from okrdocs.format.records import CycleStatus, MetricsDocument, Record
from okrdocs.grading.results import KeyResultScore, ObjectiveScore, Scores
from okrdocs.workspace.workspace import Cycle, ResolvedRef

Compared = tuple[Scene, Record, Record]
Graded = KeyResultScore | ObjectiveScore
_COMPANY_ORDER, _METRICS_ORDER = (-2,), (-1,)


class Order(NamedTuple):
    """The positions of cycles and teams on the pages after the change."""

    cycles: Mapping[str, int]
    teams: Mapping[str, int]

    def of(self, cycle: str, team: str = "", *numbers: int) -> tuple[int, ...]:
        """Where something stands; a cycle itself before its teams, what is gone at the end."""
        place = self.cycles.get(cycle, len(self.cycles))
        if not team:
            return (place,)
        return (place, self.teams.get(team, len(self.teams)), *numbers)


def order_of(scores: Scores) -> Order:
    """The order of the pages."""
    workspace = scores.workspace
    cycles = {cycle.id: place for place, cycle in enumerate(workspace.cycles)}
    return Order(cycles, {team: place for place, team in enumerate(workspace.teams)})


def names_of(after: Scores, pairs: Pairs) -> tuple[Mapping[Full, Full], Mapping[Full, Full]]:
    """What each name from before is called after; for the texts before, and for those after.

    A text after the change may still use a former name, where nothing else has it by now.
    """
    both = {**pairs.objectives, **pairs.key_results}
    former = {_full(old): _full(new) for old, new in both.items() if _full(old) != _full(new)}
    now = {_full(ref) for ref in (*after.objectives, *after.key_results)}
    return former, {old: new for old, new in former.items() if old not in now}


def _full(ref: ResolvedRef) -> Full:
    return ref.cycle.casefold(), ref.team, ref.objective, ref.key_result


def scenes(before: Scores, after: Scores, pairs: Pairs) -> Iterator[Compared]:
    """The company, its metrics, and the cycles, teams, objectives, key results with partners."""
    setting = Setting(before, after, pairs, order_of(after), *names_of(after, pairs))
    yield setting.company()
    yield from setting.metrics()
    yield from setting.documents()
    yield from setting.objectives()
    yield from setting.key_results()


class Setting(NamedTuple):
    """What all scenes of one comparison share."""

    before: Scores
    after: Scores
    pairs: Pairs
    order: Order
    former: Mapping[Full, Full]
    stale: Mapping[Full, Full]

    def company(self) -> Compared:
        """`okr.yml`."""
        old, new = self.before.workspace.organization, self.after.workspace.organization
        sight = self.sight("", "", "", "")
        scene = Scene(self.before, self.after, sight, new.organization, _COMPANY_ORDER)
        return scene, old, new

    def metrics(self) -> Iterator[Compared]:
        """`metrics.yml`; a file that isn't there holds nothing."""
        old, new = (each.workspace.metrics_document for each in (self.before, self.after))
        known = new or old
        if known is not None:
            name, sight = self.after.workspace.organization.organization, self.sight("", "", "", "")
            scene = Scene(self.before, self.after, sight, name, _METRICS_ORDER)
            empty = MetricsDocument(schema=known.schema, at=known.at)
            yield scene, old or empty, new or empty

    def sight(self, cycle: str, team: str, new_cycle: str, new_team: str) -> Sight:
        """How references are read on both sides."""
        return Sight(Place(cycle, team, self.former), Place(new_cycle, new_team, self.stale))

    def documents(self) -> Iterator[Compared]:
        """The documents of the cycles and of their teams."""
        known = {cycle.id: cycle for cycle in self.after.workspace.cycles}
        for cycle in self.before.workspace.cycles:
            if cycle.id in self.pairs.cycles:
                yield from self._cycle(cycle, known[self.pairs.cycles[cycle.id]])

    def _cycle(self, old: Cycle, new: Cycle) -> Iterator[Compared]:
        one, two = old.document, new.document
        if one and two and not (old.id == new.id and self._is_untouched(one, two)):
            sight = self.sight(old.id, "", new.id, "")
            order = self.order.of(new.id)
            scene = self._scene(sight, new.title, order, old, new)
            yield scene, one, two
        for team in old.teams:
            _, partner = self.pairs.teams.get((old.id, team.id), ("", ""))
            other = new.team(partner) if partner else None
            stays = (old.id, team.id) == (new.id, partner)
            if other and not (stays and self._is_untouched(team.document, other.document)):
                sight = self.sight(old.id, team.id, new.id, other.id)
                subject = f"{team_name(other.id, self.after.workspace)} in {new.title}"
                order = self.order.of(new.id, other.id)
                scene = self._scene(sight, subject, order, old, new)
                yield scene, team.document, other.document

    def _scene(
        self,
        sight: Sight,
        subject: str,
        order: tuple[int, ...],
        old: Cycle,
        new: Cycle,
        ref: ResolvedRef | None = None,
        scores: tuple[Score, Score] = (None, None),
    ) -> Scene:
        return Scene(
            self.before,
            self.after,
            sight,
            subject,
            order,
            ref,
            cycle=new.id,
            team=sight.after.team,
            period=new.period or old.period,
            sealed=old.status_on(self.before.as_of) is CycleStatus.CLOSED,
            scores=scores,
        )

    def objectives(self) -> Iterator[Compared]:
        """Objectives that have a partner."""
        for old, new in self.pairs.objectives.items():
            one, other = self.before.objectives[old], self.after.objectives[new]
            texts = one.entry.objective, other.entry.objective
            if old != new or not self._is_untouched(*texts):
                yield self._placed(one, other, (other.entry.number, 0)), *texts

    def key_results(self) -> Iterator[Compared]:
        """Key results that have a partner."""
        for old, new in self.pairs.key_results.items():
            one, other = self.before.key_results[old], self.after.key_results[new]
            texts = one.entry.key_result, other.entry.key_result
            if old != new or not self._is_untouched(*texts):
                objective = self.after.objectives[new.parent].entry
                yield self._placed(one, other, (objective.number, other.entry.number)), *texts

    def _is_untouched(self, one: Record, other: Record) -> bool:
        """Whether nothing can differ in one place: the same is said, and no name is another."""
        return not self.former and says_the_same(one, other)

    def _placed(self, old: Graded, new: Graded, numbers: tuple[int, ...]) -> Scene:
        one, other = old.entry.ref, new.entry.ref
        cycle, partner = (
            self.before.workspace.cycle(one.cycle),
            self.after.workspace.cycle(other.cycle),
        )
        assert cycle is not None
        assert partner is not None
        sight = self.sight(one.cycle, one.team, other.cycle, other.team)
        subject = subject_of(new.entry, self.after.workspace)
        order = self.order.of(other.cycle, other.team, *numbers)
        return self._scene(sight, subject, order, cycle, partner, other, (old, new))
