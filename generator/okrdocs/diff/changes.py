"""Compares two Scores: every change and every effect on the grades.

`comparison_plan` lays out what is compared, in the order of the pages; `added_removed` and
`moved_renamed` find what was added, removed, moved or renamed, `field_edits` what differs inside.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.diff.added_removed import additions_and_removals
from okrdocs.diff.change import ChangeKind, Diff, Importance, OkrChange
from okrdocs.diff.comparison_plan import RankedChange, pair_records_to_compare
from okrdocs.diff.context import ChangeContext
from okrdocs.diff.field_edits import EditKind, FieldEdit, field_edits
from okrdocs.diff.grade_effects import grade_effects
from okrdocs.diff.importance import kind_and_importance
from okrdocs.diff.loosened_rules import is_rule_loosened
from okrdocs.diff.moved_renamed import moves_and_renames
from okrdocs.diff.pairs import Pairs, find_pairs, identity_pairs
from okrdocs.diff.review_reasons import with_reasons_of_reviews
from okrdocs.diff.sentences.phrases import is_only_renamed_metric
from okrdocs.diff.sentences.sentence import sentence_of
from okrdocs.diff.sentences.targets import explaining_target_change, is_measured_differently
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


def compare(before: Scores, after: Scores) -> Diff:
    """Return every change from one state to the other; empty for two equal states.

    Both are scores of one company; those of files with errors will do (`Evaluation.partial`).
    """
    pairs = find_pairs(before, after)
    changes = with_reasons_of_reviews(_all_changes(before, after, pairs), after.workspace)
    return Diff(changes, grade_effects(before, after, pairs))


def compare_without_effects(
    before: Scores, after: Scores, *, in_place: bool = False
) -> tuple[OkrChange, ...]:
    """Return the changes without their effects, where the grades aren't known.

    `in_place`: everything of both states is known to stand in the same place under one id.
    """
    if in_place:
        return _in_order_of_importance(_changes_inside_pairs(before, after, identity_pairs(before)))
    return _all_changes(before, after, find_pairs(before, after))


def _all_changes(before: Scores, after: Scores, pairs: Pairs) -> tuple[OkrChange, ...]:
    ranked = [
        *additions_and_removals(before, after, pairs),
        *moves_and_renames(before, after, pairs),
    ]
    return _in_order_of_importance([*ranked, *_changes_inside_pairs(before, after, pairs)])


def _changes_inside_pairs(before: Scores, after: Scores, pairs: Pairs) -> list[RankedChange]:
    ranked: list[RankedChange] = []
    for context, old, new in pair_records_to_compare(before, after, pairs):
        ranked.extend((context.order, change) for change in _changes_of_record(context, old, new))
    return ranked


def _in_order_of_importance(ranked: list[RankedChange]) -> tuple[OkrChange, ...]:
    ranked.sort(key=lambda item: (_RANK[item[1].importance], item[0]))
    return tuple(change for _, change in ranked)


def _changes_of_record(context: ChangeContext, old: Record, new: Record) -> Iterator[OkrChange]:
    if old is new and context.scopes.is_same_scope:  # read from the same lines: nothing can differ
        return
    for edit in field_edits(old, new, context.scopes):
        if not (_is_part_of_other_change(edit) or is_only_renamed_metric(edit, context)):
            yield _change_of_edit(edit, context)


def _is_part_of_other_change(edit: FieldEdit) -> bool:
    """Return whether another change already says this.

    An id and its `was:`, a target and its reason.

    So do milestones that replace a target.
    """
    old, new = edit.holders
    if is_measured_differently(edit) and edit.field.key == "milestones":
        return True
    if isinstance(new, Objective | KeyResult) and not edit.trail:
        if edit.field.key == "id":
            return True
        if edit.field.key == "was":
            return old.id != new.id and {*edit.after} == {*edit.before, old.id}
    if (
        isinstance(new, KeyResult)
        and edit.op is EditKind.ADDED
        and isinstance(edit.after, TargetChange)
    ):
        return bool(old.target != new.target and edit.after.from_ == old.target)
    return False


def _change_of_edit(edit: FieldEdit, context: ChangeContext) -> OkrChange:
    kind, importance = kind_and_importance(edit, sealed=context.sealed)
    place = _place_of_edit(edit)
    if kind is ChangeKind.RULES and is_rule_loosened(edit):
        importance = Importance.GOALPOSTS
    sentence = sentence_of(edit, context)
    moves_grades = context.ref is not None and importance is Importance.GOALPOSTS
    return OkrChange(
        kind,
        importance,
        context.ref,
        context.subject,
        edit.path,
        value_text(edit.before),
        value_text(edit.after),
        _reason_of_edit(edit),
        sentence.statement,
        *place,
        context.cycle,
        context.team,
        tuple(note for note in sentence.notes if note),
        context.sealed and (sentence.timed or moves_grades),
    )


def _place_of_edit(edit: FieldEdit) -> tuple[str, int]:
    """Return path and line of the value after.

    Of what was removed, where it stood or would stand.
    """
    old, new = edit.holders
    item = edit.after if isinstance(edit.after, Record) else edit.before
    if edit.op is EditKind.RENAMED:
        item = getattr(new, edit.field.attribute)[edit.after]
    if isinstance(item, Record):
        return item.at.path, item.at.extent[0]
    at: Source = new.at if edit.field.key in new.at.fields else old.at
    if edit.field.key not in at.fields:
        at = new.at
    span = at.span(edit.field.key)
    return span.path, span.line


def _reason_of_edit(edit: FieldEdit) -> str:
    """Return the reason that the file gives, on one line; "" where it gives none."""
    if edit.field.key == "reason":
        return ""
    target_change = explaining_target_change(edit)
    for holder in (target_change, edit.after, edit.holders[1]):
        if isinstance(holder, TargetChange | Override | Drop | ReviewDecision):
            return " ".join((holder.reason or "").split())
    return ""
