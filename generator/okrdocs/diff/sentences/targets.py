"""Sentences for what makes a grade easier or harder to get: numbers, dates, type, grades by hand.

Each says which way it went, whether the target is easier or harder to reach since, and how much
of the cycle was left.
"""

from __future__ import annotations

from okrdocs.diff.change import notes_text
from okrdocs.diff.context import Scene
from okrdocs.diff.difficulty import EASIER, HARDER, ease
from okrdocs.diff.field_edits import Edit, Op
from okrdocs.diff.sentences.phrases import Sentence, from_to
from okrdocs.diff.text_format import (
    VALUE,
    counted,
    field_name,
    in_a_row,
    quoted,
    shortened,
    value_text,
)
from okrdocs.format.records import (
    Commitment,
    CycleStatus,
    Drop,
    KeyResult,
    Override,
    TargetChange,
)
from okrdocs.grading.reported_values import Measure
from okrdocs.grading.results import KeyResultScore

_MOST_MILESTONES = 5


def explained(edit: Edit) -> TargetChange | None:
    """The entry of `target_changes` that came with a new target and names the old one."""
    old, new = edit.holders
    if not isinstance(new, KeyResult) or edit.field.key != "target" or edit.op is not Op.CHANGED:
        return None
    known = {(change.date, change.from_) for change in old.target_changes}
    return next(
        (
            change
            for change in reversed(new.target_changes)
            if change.from_ == edit.before and (change.date, change.from_) not in known
        ),
        None,
    )


def amount_moved(edit: Edit, scene: Scene) -> Sentence:
    """A target, baseline, floor or level, with its ease and the time that was left."""
    if remeasured(edit):
        return _remeasured(edit, scene)
    old, new = value_text(edit.before), value_text(edit.after)
    change = explained(edit)
    when = scene.timing(change.date if change else None)
    way = ease(edit.field.key, old, new, _measures(scene)) if old and new else ""
    return Sentence(from_to(edit, scene), (way, when), timed=True)


def remeasured(edit: Edit) -> bool:
    """Whether milestones took the place of a target, or a target that of milestones."""
    old, new = edit.holders
    if not isinstance(old, KeyResult) or not isinstance(new, KeyResult) or edit.trail:
        return False
    came = bool(old.target and not new.target and new.milestones and not old.milestones)
    went = bool(new.target and not old.target and old.milestones and not new.milestones)
    return (came or went) and edit.field.key in ("target", "milestones")


def _remeasured(edit: Edit, scene: Scene) -> Sentence:
    """Both sides at once: apart they'd read as if a promise was only taken away."""
    old, new = edit.holders
    sides = [
        f"the target {value_text(each.target)}" if each.target else _milestones(each)
        for each in (old, new)
    ]
    what = f"measured {scene.subject} by {sides[1]} instead of {sides[0]}"
    return Sentence(what, (scene.timing(),), timed=True)


def _milestones(key_result: KeyResult) -> str:
    """`3 milestones (“Go”, done on 2018-12-26, “Scala” and 1 more)`."""
    items = key_result.milestones
    said = [
        quoted(each.title) + (f", done on {each.done}" if each.done else "")
        for each in items[:_MOST_MILESTONES]
    ]
    if len(items) > _MOST_MILESTONES:
        said.append(f"{len(items) - _MOST_MILESTONES} more")
    return f"{counted(len(items), 'milestone')} ({in_a_row(said)})"


def _measures(scene: Scene) -> tuple[Measure | None, Measure | None]:
    old, new = (
        score.measure if isinstance(score, KeyResultScore) else None for score in scene.scores
    )
    return old, new


def timed(edit: Edit, scene: Scene) -> Sentence:
    """A plain sentence with the time that was left."""
    return Sentence(from_to(edit, scene), (scene.timing(),), timed=True)


def type_changed(edit: Edit, scene: Scene) -> Sentence:
    """A committed objective aims at 1.0, an aspirational one at 0.7."""
    ways = {
        (Commitment.COMMITTED, Commitment.ASPIRATIONAL): EASIER,
        (Commitment.ASPIRATIONAL, Commitment.COMMITTED): HARDER,
    }
    way = ways.get((edit.before, edit.after), "")
    return Sentence(from_to(edit, scene), (way, scene.timing()), timed=True)


def due_moved(edit: Edit, scene: Scene) -> str:
    """A later date leaves more time."""
    if edit.before is None or edit.after is None:
        return ""
    way = "more time" if edit.after > edit.before else "less time"
    return from_to(edit, scene) + notes_text(way)


def guardrail_set(edit: Edit, scene: Scene) -> str:
    """Whether its grade goes into the mean at all."""
    if edit.after:
        return f"made {scene.subject} a guardrail: its grade no longer counts in the mean"
    return f"made {scene.subject} count in the mean: it is no guardrail any more"


def graded_by_hand(edit: Edit, scene: Scene) -> str:
    """A grade that a person gave, beside what the formula says."""
    if isinstance(edit.after, Override) and edit.op is Op.ADDED:
        score = scene.scores[1]
        formula = score.formula if score is not None else None
        says = f" (the formula says {formula})" if formula is not None else ""
        if edit.after.value.value is None:
            return f"left {scene.subject} out of the mean by hand{says}"
        return f"graded {scene.subject} {edit.after.value.text} by hand{says}"
    if isinstance(edit.before, Override) and edit.op is Op.REMOVED:
        was = edit.before.value.text
        return f"took back the grade by hand of {scene.subject} (it was {was})"
    return ""


def dropped(edit: Edit, scene: Scene) -> Sentence | str:
    """Given up, or taken up again."""
    if isinstance(edit.after, Drop) and edit.op is Op.ADDED:
        when = scene.timing(edit.after.date)
        return Sentence(f"dropped {scene.subject} on {edit.after.date}", (when,), timed=True)
    if isinstance(edit.before, Drop) and edit.op is Op.REMOVED:
        return f"took up {scene.subject} again: it is no longer dropped"
    return ""


def former_target(edit: Edit, scene: Scene) -> str:
    """An entry of `target_changes` without a new target: it changes what held before."""
    change = edit.after if edit.op is Op.ADDED else edit.before
    if not isinstance(change, TargetChange):
        return ""
    what = f"that the target of {scene.subject} was {change.from_} until {change.date}"
    return f"noted {what}" if edit.op is Op.ADDED else f"removed the note {what}"


def status_set(edit: Edit, scene: Scene) -> str:
    """Closing seals a cycle; opening one again is worth a look."""
    if edit.after is CycleStatus.CLOSED:
        return f"closed {scene.subject} (it was {edit.before})"
    if edit.before is CycleStatus.CLOSED:
        return f"opened {scene.subject} again: it was closed and is {edit.after} now"
    return f"set {scene.subject} from {edit.before} to {edit.after}"


def measured_by(edit: Edit, scene: Scene) -> str:
    """Stages: a scale's name, or a list of its own."""
    old, new = (shortened(value_text(side), VALUE) for side in (edit.before, edit.after))
    if not (old and new):
        return ""
    return f"changed the {field_name('stages')} of {scene.subject} from {old} to {new}"
