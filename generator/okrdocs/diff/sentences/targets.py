"""Writes sentences for what makes a grade easier or harder: numbers, dates, type, manual grades.

Each says which way it went, whether the target is easier or harder to reach since, and how much of
the cycle was left.
"""

from __future__ import annotations

from okrdocs.diff.change import notes_text
from okrdocs.diff.context import ChangeContext
from okrdocs.diff.difficulty import EASIER, HARDER, easier_or_harder
from okrdocs.diff.field_edits import EditKind, FieldEdit
from okrdocs.diff.sentences.phrases import Sentence, from_to_sentence
from okrdocs.diff.text_format import (
    VALUE,
    field_name,
    join_with_and,
    quote,
    shorten,
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
from okrdocs.markup.counts import count_of

_MOST_MILESTONES = 5


def explaining_target_change(edit: FieldEdit) -> TargetChange | None:
    """Return the new entry of `target_changes` that names the old target; None without one."""
    old, new = edit.holders
    if (
        not isinstance(new, KeyResult)
        or edit.field.key != "target"
        or edit.op is not EditKind.CHANGED
    ):
        return None
    old_changes = {(change.date, change.from_) for change in old.target_changes}
    return next(
        (
            change
            for change in reversed(new.target_changes)
            if change.from_ == edit.before and (change.date, change.from_) not in old_changes
        ),
        None,
    )


def amount_sentence(edit: FieldEdit, context: ChangeContext) -> Sentence:
    """Return a target, baseline, floor or level, with its ease and the time that was left."""
    if is_measured_differently(edit):
        return _measured_differently_sentence(edit, context)
    old, new = value_text(edit.before), value_text(edit.after)
    change = explaining_target_change(edit)
    when = context.time_left_text(change.date if change else None)
    way = (
        easier_or_harder(edit.field.key, old, new, _measures_on_both_sides(context))
        if old and new
        else ""
    )
    return Sentence(from_to_sentence(edit, context), (way, when), timed=True)


def is_measured_differently(edit: FieldEdit) -> bool:
    """Return whether milestones replaced a target, or a target replaced milestones."""
    old, new = edit.holders
    if not isinstance(old, KeyResult) or not isinstance(new, KeyResult) or edit.trail:
        return False
    came = bool(old.target and not new.target and new.milestones and not old.milestones)
    went = bool(new.target and not old.target and old.milestones and not new.milestones)
    return (came or went) and edit.field.key in ("target", "milestones")


def _measured_differently_sentence(edit: FieldEdit, context: ChangeContext) -> Sentence:
    """Return one sentence about both sides: two would read as if a promise was only taken away."""
    old, new = edit.holders
    sides = [
        f"the target {value_text(key_result.target)}"
        if key_result.target
        else _milestones_phrase(key_result)
        for key_result in (old, new)
    ]
    what = f"measured {context.subject} by {sides[1]} instead of {sides[0]}"
    return Sentence(what, (context.time_left_text(),), timed=True)


def _milestones_phrase(key_result: KeyResult) -> str:
    """Return `3 milestones (“Go”, done on 2018-12-26, “Scala” and 1 more)`."""
    items = key_result.milestones
    phrases = [
        quote(milestone.title) + (f", done on {milestone.done}" if milestone.done else "")
        for milestone in items[:_MOST_MILESTONES]
    ]
    if len(items) > _MOST_MILESTONES:
        phrases.append(f"{len(items) - _MOST_MILESTONES} more")
    return f"{count_of(len(items), 'milestone')} ({join_with_and(phrases)})"


def _measures_on_both_sides(context: ChangeContext) -> tuple[Measure | None, Measure | None]:
    old, new = (
        score.measure if isinstance(score, KeyResultScore) else None for score in context.scores
    )
    return old, new


def sentence_with_time_left(edit: FieldEdit, context: ChangeContext) -> Sentence:
    """Return a plain sentence with the time that was left."""
    return Sentence(from_to_sentence(edit, context), (context.time_left_text(),), timed=True)


def type_sentence(edit: FieldEdit, context: ChangeContext) -> Sentence:
    """Return the sentence about another type, with the grade that it aims at: 1.0 or 0.7."""
    ways = {
        (Commitment.COMMITTED, Commitment.ASPIRATIONAL): EASIER,
        (Commitment.ASPIRATIONAL, Commitment.COMMITTED): HARDER,
    }
    way = ways.get((edit.before, edit.after), "")
    return Sentence(from_to_sentence(edit, context), (way, context.time_left_text()), timed=True)


def due_date_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the sentence for a due date: a later one leaves more time."""
    if edit.before is None or edit.after is None:
        return ""
    way = "more time" if edit.after > edit.before else "less time"
    return from_to_sentence(edit, context) + notes_text(way)


def guardrail_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the sentence for whether a grade counts in the mean at all."""
    if edit.after:
        return f"made {context.subject} a guardrail: its grade no longer counts in the mean"
    return f"made {context.subject} count in the mean: it is no guardrail any more"


def manual_grade_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the sentence for a grade that a person gave, beside what the formula says."""
    if isinstance(edit.after, Override) and edit.op is EditKind.ADDED:
        score = context.scores[1]
        formula = score.formula if score is not None else None
        says = f" (the formula says {formula})" if formula is not None else ""
        if edit.after.value.value is None:
            return f"left {context.subject} out of the mean by hand{says}"
        return f"graded {context.subject} {edit.after.value.text} by hand{says}"
    if isinstance(edit.before, Override) and edit.op is EditKind.REMOVED:
        was = edit.before.value.text
        return f"took back the grade by hand of {context.subject} (it was {was})"
    return ""


def dropped_sentence(edit: FieldEdit, context: ChangeContext) -> Sentence | str:
    """Return that something was dropped, or taken up again."""
    if isinstance(edit.after, Drop) and edit.op is EditKind.ADDED:
        when = context.time_left_text(edit.after.date)
        return Sentence(f"dropped {context.subject} on {edit.after.date}", (when,), timed=True)
    if isinstance(edit.before, Drop) and edit.op is EditKind.REMOVED:
        return f"took up {context.subject} again: it is no longer dropped"
    return ""


def target_change_entry_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the sentence for an entry of `target_changes` that came without a new target."""
    change = edit.after if edit.op is EditKind.ADDED else edit.before
    if not isinstance(change, TargetChange):
        return ""
    what = f"that the target of {context.subject} was {change.from_} until {change.date}"
    return f"noted {what}" if edit.op is EditKind.ADDED else f"removed the note {what}"


def cycle_status_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the sentence for a cycle's status: closed, opened again, or another one."""
    if edit.after is CycleStatus.CLOSED:
        return f"closed {context.subject} (it was {edit.before})"
    if edit.before is CycleStatus.CLOSED:
        return f"opened {context.subject} again: it was closed and is {edit.after} now"
    return f"set {context.subject} from {edit.before} to {edit.after}"


def stages_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the sentence for stages: a scale's name, or a list of its own."""
    old, new = (shorten(value_text(side), VALUE) for side in (edit.before, edit.after))
    if not (old and new):
        return ""
    return f"changed the {field_name('stages')} of {context.subject} from {old} to {new}"
