"""The comparison itself: two Scores in, every change and every effect out.

`scenes` lays out what is compared, in the order of the pages; what came, went, moved or got
another name is told by `arrivals` and `moves`, what differs inside follows from `records`.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.diff.added_removed import arrivals
from okrdocs.diff.change import Change, Diff, Importance
from okrdocs.diff.comparison_plan import scenes
from okrdocs.diff.context import Scene
from okrdocs.diff.field_edits import Edit, Op, edits
from okrdocs.diff.grade_effects import effects
from okrdocs.diff.importance import weight_of
from okrdocs.diff.moved_renamed import Ranked, moves
from okrdocs.diff.pairs import Pairs, match, unmoved
from okrdocs.diff.sentences.phrases import is_other_id
from okrdocs.diff.sentences.sentence import sentence
from okrdocs.diff.sentences.targets import explained, remeasured
from okrdocs.diff.text_format import value_text
from okrdocs.format.records import (
    Drop,
    KeyResult,
    Objective,
    Override,
    Record,
    ReviewDecision,
    TargetChange,
)
from okrdocs.grading.results import Scores
from okrdocs.problem import Source

_RANK = {importance: rank for rank, importance in enumerate(Importance)}


def changes(before: Scores, after: Scores) -> Diff:
    """Every change from one state to the other; empty for two equal states.

    Both are scores of one company; those of files with errors will do (`Study.partial`).
    """
    pairs = match(before, after)
    return Diff(_told_of(before, after, pairs), effects(before, after, pairs))


def changes_alone(before: Scores, after: Scores, *, in_place: bool = False) -> tuple[Change, ...]:
    """The changes without their effects, where the grades aren't known.

    `in_place`: everything of both states is known to stand in the same place under one id.
    """
    if in_place:
        return _ordered(_told_inside(before, after, unmoved(before)))
    return _told_of(before, after, match(before, after))


def _told_of(before: Scores, after: Scores, pairs: Pairs) -> tuple[Change, ...]:
    found = [*arrivals(before, after, pairs), *moves(before, after, pairs)]
    return _ordered([*found, *_told_inside(before, after, pairs)])


def _told_inside(before: Scores, after: Scores, pairs: Pairs) -> list[Ranked]:
    found: list[Ranked] = []
    for scene, old, new in scenes(before, after, pairs):
        found.extend((scene.order, change) for change in _inside(scene, old, new))
    return found


def _ordered(found: list[Ranked]) -> tuple[Change, ...]:
    found.sort(key=lambda each: (_RANK[each[1].importance], each[0]))
    return tuple(change for _, change in found)


def _inside(scene: Scene, old: Record, new: Record) -> Iterator[Change]:
    if old is new and scene.sight.is_level:  # read from the same lines: nothing can differ
        return
    for edit in edits(old, new, scene.sight):
        if not (_follows(edit) or is_other_id(edit, scene)):
            yield _change(edit, scene)


def _follows(edit: Edit) -> bool:
    """Whether an edit is told with another one: an id and its `was:`, a target and its reason.

    So are the milestones that take the place of a target.
    """
    old, new = edit.holders
    if remeasured(edit) and edit.field.key == "milestones":
        return True
    if isinstance(new, Objective | KeyResult) and not edit.trail:
        if edit.field.key == "id":
            return True
        if edit.field.key == "was":
            return old.id != new.id and {*edit.after} == {*edit.before, old.id}
    if isinstance(new, KeyResult) and edit.op is Op.ADDED and isinstance(edit.after, TargetChange):
        return bool(old.target != new.target and edit.after.from_ == old.target)
    return False


def _change(edit: Edit, scene: Scene) -> Change:
    kind, importance = weight_of(edit, sealed=scene.sealed)
    place = _place(edit)
    told = sentence(edit, scene)
    moves_grades = scene.ref is not None and importance is Importance.GOALPOSTS
    return Change(
        kind,
        importance,
        scene.ref,
        scene.subject,
        edit.path,
        value_text(edit.before),
        value_text(edit.after),
        _reason(edit),
        told.statement,
        *place,
        scene.cycle,
        scene.team,
        tuple(note for note in told.notes if note),
        scene.sealed and (told.timed or moves_grades),
    )


def _place(edit: Edit) -> tuple[str, int]:
    """Path and line of the value after; of what is gone, where it stood or would stand."""
    old, new = edit.holders
    item = edit.after if isinstance(edit.after, Record) else edit.before
    if edit.op is Op.RENAMED:
        item = getattr(new, edit.field.attribute)[edit.after]
    if isinstance(item, Record):
        return item.at.path, item.at.extent[0]
    at: Source = new.at if edit.field.key in new.at.fields else old.at
    if edit.field.key not in at.fields:
        at = new.at
    span = at.span(edit.field.key)
    return span.path, span.line


def _reason(edit: Edit) -> str:
    """What the file gives as the reason, on one line; "" where it gives none."""
    if edit.field.key == "reason":
        return ""
    told = explained(edit)
    for holder in (told, edit.after, edit.holders[1]):
        if isinstance(holder, TargetChange | Override | Drop | ReviewDecision):
            return " ".join((holder.reason or "").split())
    return ""
