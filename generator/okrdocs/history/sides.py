"""Two states of some files as the Scores that `diff` compares: only what differs, in its place.

A whole state takes seconds to resolve and grade, and of thousands of steps each changes a line or
two. So a step is compared on the files that it touched, and within these on the objectives and
key results that differ: under their numbers, in the cycles, teams and names of that revision,
seen on the step's day. Grades are computed only where a sentence needs them: for grades by hand.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from okrdocs.diff import Change, changes_alone
from okrdocs.fields import fields_of
from okrdocs.history.frame import Frame, Look
from okrdocs.history.grafts import grafted
from okrdocs.measure import Measured, measure_all
from okrdocs.model import CheckIn, CycleDocument, KeyResult, Objective, Reference, TeamDocument
from okrdocs.problem import Span
from okrdocs.reference import is_reference_like, parse_reference
from okrdocs.score import score
from okrdocs.scores import KeyResultScore, ObjectiveScore, Scores, State, Status
from okrdocs.workspace import KeyResultEntry, ObjectiveEntry, Ref, TeamEntry, Workspace

Picks = dict[int, dict[int, KeyResult] | None]
"""Objectives of a file by position, of each some key results by position; None: all of them."""

_NOWHERE = Span("", 1, 1, 1, 1)
_GOALPOSTS = attrgetter(
    *("measure", "baseline", "target", "change", "floor", "ceiling", "levels", "grade")
)
_UNGRADED = Status("", "")


class Side(NamedTuple):
    """One state of the touched files: the company around them, and what was read of each."""

    frame: Frame
    look: Look


class Comparison(NamedTuple):
    """What one step changed, and the key results by reference before and after, where picked."""

    before: Scores
    after: Scores

    def changes(self) -> tuple[Change, ...]:
        """All changes, in the order in which `diff` tells them."""
        return changes_alone(self.before, self.after)


def compared(before: Side, after: Side, touched: Iterable[str], day: date) -> Comparison:
    """Both states as far as they differ in some files, seen on one day."""
    picks: tuple[dict[str, Picks], dict[str, Picks]] = ({}, {})
    named: list[tuple[str, str, Reference]] = []
    matters = False
    for path in sorted(touched):
        old, new = before.look(path), after.look(path)
        if isinstance(old, TeamDocument) or isinstance(new, TeamDocument):
            found = _differing(old, new)
            picks[0][path], picks[1][path] = found.before, found.after
            matters |= found.matters
            named.extend((path, "", each) for each in found.named)
        elif isinstance(new, CycleDocument) and new.review:
            named.extend((path, "", each.ref) for each in new.review.decisions)
    for side, picked in zip((before, after), picks, strict=True):
        _pick_named(side, picked, named)
    sides = [
        _workspace(side, picked, touched, before.look)
        for side, picked in zip((before, after), picks, strict=True)
    ]
    matters = matters and all(picks)
    return Comparison(*(_scores(each, day, measured=matters) for each in sides))


# ------------------------------------------------------------------- what differs


class _Found(NamedTuple):
    before: Picks
    after: Picks
    matters: bool
    named: list[Reference]


def _differing(old: TeamDocument | None, new: TeamDocument | None) -> _Found:
    """What differs in one file; all of it where objectives came, went or changed places.

    `matters`: measures do, since a target or a baseline moved, or a grade was given by hand.
    """
    olds, news = _unique(old.objectives if old else ()), _unique(new.objectives if new else ())
    if [each.id for each in olds] != [each.id for each in news]:
        every = [kr for each in (*olds, *news) for kr in (each, *each.key_results)]
        named = [ref for record in every for ref in _references(record)]
        return _Found(dict.fromkeys(range(len(olds))), dict.fromkeys(range(len(news))), True, named)
    found = _Found({}, {}, False, [])
    for place, (one, other) in enumerate(zip(olds, news, strict=True)):
        if one is not other and one != other:
            found = _in_objective(place, one, other, found)
    return found


def _in_objective(place: int, old: Objective, new: Objective, found: _Found) -> _Found:
    olds, news = _unique(old.key_results), _unique(new.key_results)
    own = _differ(old, new, "key_results")
    if own or [each.id for each in olds] != [each.id for each in news]:
        named = [ref for each in (old, new, *olds, *news) for ref in _references(each)]
        before, after = {**found.before, place: None}, {**found.after, place: None}
        matters = found.matters or not own or old.grade != new.grade or any(map(_moved, olds, news))
        return _Found(before, after, matters, [*found.named, *named])
    matters, named, pairs = found.matters, found.named, {}
    for number, (one, other) in enumerate(zip(olds, news, strict=True)):
        if one is other or one == other:
            continue
        if _differ(one, other, "check_ins"):
            matters |= _moved(one, other)
            named = [*named, *_references(one), *_references(other)]
            pairs[number] = (one, other)
        else:
            pairs[number] = _shortened(one, other)
    before = {**found.before, place: {n: pair[0] for n, pair in pairs.items()}}
    after = {**found.after, place: {n: pair[1] for n, pair in pairs.items()}}
    return _Found(before, after, matters, named)


def _moved(old: KeyResult, new: KeyResult) -> bool:
    """Whether anything differs of which a sentence says more with the measure known."""
    return bool(_GOALPOSTS(old) != _GOALPOSTS(new))


def _unique(records: tuple[Any, ...]) -> list[Any]:
    """Records whose id stands for the first time, as `resolve` takes them."""
    seen: dict[str, Any] = {}
    for record in records:
        seen.setdefault(record.id, record)
    return list(seen.values())


def _differ(old: Any, new: Any, but: str) -> bool:
    """Whether two records differ in anything but one field."""
    said = _all_but(type(old), but)
    return bool(said(old) != said(new))


def _all_but(record: type[Any], field: str) -> attrgetter[tuple[Any, ...]]:
    if record not in _GETTERS:
        names = (each.attribute for each in fields_of(record).values())
        _GETTERS[record] = attrgetter(*(name for name in names if name != field))
    return _GETTERS[record]


_GETTERS: dict[type[Any], attrgetter[tuple[Any, ...]]] = {}


def _shortened(old: KeyResult, new: KeyResult) -> tuple[KeyResult, KeyResult]:
    """Two key results without the check-ins at both ends of the list that are the same.

    Those stay that a sentence counts from: the last value before a check-in that came or went.
    """
    olds, news = old.check_ins, new.check_ins
    days = [{each.date for each in side} for side in (olds, news)]
    if len(days[0]) < len(olds) or len(days[1]) < len(news):
        return old, new
    both = days[0] & days[1]
    orders = [[each.date for each in side if each.date in both] for side in (olds, news)]
    if orders[0] != orders[1]:  # a new order is told with the whole lists
        return old, new
    most = min(len(olds), len(news))
    head = next((n for n in range(most) if olds[n] != news[n]), most)
    tail = next((n for n in range(most - head) if olds[-1 - n] != news[-1 - n]), most - head)
    middle = [side[head : len(side) - tail] for side in (olds, news)]
    common = [*olds[:head], *olds[len(olds) - tail :]]
    lone = [each for side in middle for each in side if each.date not in both]
    base = {_last_before(each, side) for each in lone for side in (olds, news)}
    kept = {each.date for side in middle for each in side} | {day for day in base if day}
    if kept.issuperset(each.date for each in common):
        return old, new
    cut = ([each for each in side if each.date in kept] for side in (olds, news))
    one, other = (tuple(side) for side in cut)
    return grafted(old, "check_ins", one), grafted(new, "check_ins", other)


def _last_before(check_in: CheckIn, others: Iterable[CheckIn]) -> date | None:
    days = (each.date for each in others if each.date < check_in.date and each.value)
    return max(days, default=None)


# ------------------------------------------------------------------- what sentences refer to


def _references(record: Objective | KeyResult) -> Iterator[Reference]:
    if isinstance(record, Objective):
        yield from record.ladders_up_to
    if record.carried_over_from is not None:
        yield record.carried_over_from
    for dependency in record.dependencies:
        for text in dependency.needs:
            found = parse_reference(text, _NOWHERE) if is_reference_like(text) else None
            if found is not None:
                yield found


def _pick_named(
    side: Side, picks: dict[str, Picks], named: Iterable[tuple[str, str, Reference]]
) -> None:
    """Take in what references name, so that sentences can call it by its title."""
    for at, _, reference in named:
        path = side.frame.path_of(reference, at)
        document = side.look(path)
        if not isinstance(document, TeamDocument):
            continue
        picked = picks.setdefault(path, {})
        for place, objective in enumerate(_unique(document.objectives)):
            if objective.id == reference.objective and picked.get(place, {}) is not None:
                inner = picked.setdefault(place, {})
                assert inner is not None
                results = enumerate(_unique(objective.key_results))
                inner |= {
                    n: kr for n, kr in results if kr.id == reference.key_result and n not in inner
                }


# ------------------------------------------------------------------- the states themselves


def _workspace(
    side: Side, picks: Mapping[str, Picks], touched: Iterable[str], former: Look
) -> Workspace:
    """The company of one state with what was picked, and nothing else below its cycles.

    Where only key results differ, both states have one and the same objective.
    """
    frame = side.frame
    teams: dict[str, list[TeamEntry]] = {frame.cycle_of(path): [] for path in touched}
    for path in sorted(picks, key=frame.order_of):
        entry = frame.teams.get(path)
        if entry is not None:
            document = side.look(path)
            place = Ref(frame.cycle_of(path), entry.id, "")
            old = former(path)
            others = _unique(old.objectives) if isinstance(old, TeamDocument) else []
            objectives = tuple(_objectives(document, picks[path], place, others))
            team = TeamEntry(entry.id, entry.team, path, document, objectives, entry.roll_over)
            teams.setdefault(frame.cycle_of(path), []).append(team)
    whole = frame.workspace
    cycles = tuple(
        grafted(cycle, "teams", tuple(teams[cycle.id]))
        for cycle in whole.cycles
        if cycle.id in teams
    )
    return dataclasses.replace(whole, cycles=cycles)


def _objectives(
    document: TeamDocument, picks: Picks, home: Ref, former: list[Objective]
) -> Iterator[ObjectiveEntry]:
    objectives = _unique(document.objectives)
    for place in sorted(picks):
        objective, picked = objectives[place], picks[place]
        ref = home._replace(objective=objective.id)
        if picked is None:
            picked = dict(enumerate(_unique(objective.key_results)))
        elif place < len(former) and not _differ(former[place], objective, "key_results"):
            objective = former[place]
        entries = tuple(
            KeyResultEntry(ref._replace(key_result=kr.id), number + 1, kr, (), None)
            for number, kr in sorted(picked.items(), key=lambda each: each[0])
        )
        yield ObjectiveEntry(ref, place + 1, objective, (), (), None, entries)


def _scores(workspace: Workspace, day: date, *, measured: bool) -> Scores:
    """The state as Scores; without grades unless one was given by hand."""
    measures = measure_all(workspace)[0] if measured else {}
    by_hand = any(each.objective.grade for each in workspace.objectives.values()) or any(
        each.key_result.grade for each in workspace.key_results.values()
    )
    if measured and by_hand:
        return score(workspace, measures, day)
    objectives = {ref: _ungraded(entry) for ref, entry in workspace.objectives.items()}
    key_results = {
        ref: _only_measured(entry, measures.get(ref), day)
        for ref, entry in workspace.key_results.items()
    }
    return Scores(workspace, day, (), objectives, key_results)


def _ungraded(entry: ObjectiveEntry) -> ObjectiveScore:
    return ObjectiveScore(
        entry, None, None, None, None, None, State.NOT_REPORTED, None, 0, 0, (), (), ()
    )


def _only_measured(entry: KeyResultEntry, measured: Measured | None, day: date) -> KeyResultScore:
    measure = measured.on(day) if measured else None
    return KeyResultScore(
        entry=entry, measure=measure, value=None, progress=None, formula=None, grade=None,
        override=None, dropped=None, state=State.NOT_REPORTED, held=None, band=None, pacing=None,
        stale=False, status=_UNGRADED, flags=(), trace=(),
    )  # fmt: skip
