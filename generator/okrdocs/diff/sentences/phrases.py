"""Builds the parts that sentences share.

Whose field it is, from what to what, added and removed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from okrdocs.diff.context import ChangeContext
from okrdocs.diff.difficulty import amount_difference
from okrdocs.diff.field_edits import EditKind, EditStep, FieldEdit
from okrdocs.diff.list_matching import identity_field
from okrdocs.diff.text_format import (
    NAMED_BY_THEMSELVES,
    VALUE,
    WORDS,
    field_name,
    item_name,
    join_with_and,
    quote,
    record_noun,
    shorten,
    text_beside_name,
    value_text,
)
from okrdocs.format.fields import (
    AmountField,
    DateField,
    Field,
    FieldKind,
    FlagField,
    GradeField,
    ListField,
    MappingField,
    NameField,
    NumberField,
    RecordField,
    RefField,
    ShareField,
    SlugField,
    TextField,
    UrlField,
    WholeNumberField,
)
from okrdocs.format.records import Dependency, Figure, ReviewDecision, RollOver

PERSONS = frozenset({"by", "author", "approvers"})
_METRICS = frozenset({"metric", "drives", "predicts", "balanced_by"})
_PLURALS = frozenset({"levels"})
_NUMBERS = (AmountField, NumberField, ShareField, GradeField, WholeNumberField)


class Sentence(NamedTuple):
    """A change in words: the statement, and the notes after it, of which "" is none.

    `timed`: the notes say how much of the cycle was left, so that a change of a closed cycle says
    in their place that it came after the closing.
    """

    statement: str
    notes: tuple[str, ...] = ()
    timed: bool = False


def record_phrase(edit: FieldEdit, context: ChangeContext) -> str:
    """Return what the field belongs to: the subject, or an item of it."""
    return _items_and_subject(edit.trail, context)


def _items_and_subject(trail: tuple[EditStep, ...], context: ChangeContext) -> str:
    items = [f"the {_step_name(step, context)} of " for step in reversed(trail)]
    return "".join(items) + context.subject


def _step_name(step: EditStep, context: ChangeContext) -> str:
    if isinstance(step.field.kind, RecordField) and type(step.before) not in NAMED_BY_THEMSELVES:
        return field_name(step.field.key)
    if isinstance(step.field.kind, MappingField) and isinstance(step.field.kind.of, ListField):
        return f"{item_name(step.before)} of the scale {quote(step.key)}"
    return item_phrase(step.before, step.key, context, old=True)


def item_phrase(record: Any, key: str, context: ChangeContext, *, old: bool) -> str:
    """Return what an item is called; what it points to goes by its title."""
    match record:
        case Dependency():
            return f"dependency on {needs_phrase(record, context, old=old)}"
        case ReviewDecision() | RollOver() if record.ref is not None:
            return f"{record_noun(record)} {context.title_of_reference(record.ref, old=old)}"
        case _:
            return item_name(record, key and name_or_key(record, key))


def needs_phrase(dependency: Dependency, context: ChangeContext, *, old: bool) -> str:
    """Return what a dependency needs: titles where it refers to something, else its words."""
    return join_with_and([context.dependency_text(text, old=old) for text in dependency.needs])


def name_or_key(record: Any, key: str) -> str:
    """Return the name of an item that stands under a key; the key where it has none."""
    return str(getattr(record, "name", None) or key)


def field_phrase(edit: FieldEdit, context: ChangeContext) -> str:
    """Return `the note of the check-in of 2025-02-01 of Product KR2 “…”`."""
    return f"the {field_name(edit.field.key)} of {record_phrase(edit, context)}"


def list_phrase(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the same as `field_phrase` for the list or the mapping under a key."""
    key = f"{quote(edit.key)} in the " if edit.key and edit.op is EditKind.REORDERED else "the "
    return f"{key}{field_name(edit.field.key)} of {record_phrase(edit, context)}"


def renamed_item_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the sentence for an item with a new name: `moved the check-in of … to 2025-02-03`."""
    step = edit.trail[-1]
    verb_ = "moved" if isinstance(edit.field.kind, DateField) else "changed"
    old = item_phrase(edit.holders[0], step.key, context, old=True)
    new = item_phrase(edit.holders[1], step.key, context, old=False)
    name = new.removeprefix(record_noun(edit.holders[1])).removeprefix("dependency on").strip()
    return f"{verb_} the {old} of {_items_and_subject(edit.trail[:-1], context)} to {name}"


def is_only_renamed_metric(edit: FieldEdit, context: ChangeContext) -> bool:
    """Return whether only the ids of renamed metrics changed.

    The change of the metric itself says that.
    """
    if edit.field.key not in _METRICS or edit.op is not EditKind.CHANGED or not edit.after:
        return False
    old, new = (side if isinstance(side, tuple) else (side,) for side in (edit.before, edit.after))
    pairs = zip(old, new, strict=False)
    return len(old) == len(new) and all(context.is_same_metric(*pair) for pair in pairs)


def is_identity_field(edit: FieldEdit) -> bool:
    """Return whether the field is the one by which an item of a list is called."""
    listed = bool(edit.trail) and not isinstance(
        edit.trail[-1].field.kind, RecordField | MappingField
    )
    return listed and edit.field.attribute == identity_field(edit.record)


def from_to_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return `raised the weight of … from 1 to 2`, or `moved the due date of … from … to …`."""
    old, new = (value_phrase(edit.field, side, context, old=not at)
                for at, side in enumerate((edit.before, edit.after)))  # fmt: skip
    what = field_phrase(edit, context)
    if isinstance(edit.field.kind, FlagField) or not old:
        return f"set {what} to {new}"
    if not new:
        return f"removed {what} (it was {old})"
    return f"{movement_verb(edit)} {what} from {old} to {new}"


def movement_verb(edit: FieldEdit) -> str:
    """Return which way a value went: raised, lowered, moved or changed."""
    if isinstance(edit.field.kind, DateField):
        return "moved"
    change = None
    if isinstance(edit.before, Figure) and edit.before.value is not None:
        change = None if edit.after.value is None else edit.after.value - edit.before.value
    elif isinstance(edit.field.kind, WholeNumberField):
        change = edit.after - edit.before
    elif isinstance(edit.field.kind, _NUMBERS):
        change = amount_difference(value_text(edit.before), value_text(edit.after))
    return "changed" if not change else "raised" if change > 0 else "lowered"


def value_phrase(
    field: Field, value: Any, context: ChangeContext, *, old: bool, kind: FieldKind | None = None
) -> str:
    """Return a value of a field for a sentence; "" where nothing is given."""
    if value is None:
        return ""
    if field.key in PERSONS:
        return context.short_names_of([value], old=old)[0]
    if field.key in _METRICS and isinstance(kind or field.kind, SlugField):
        return context.metric_name(value, old=old)
    match kind or field.kind:
        case NameField() | SlugField():
            return context.short_names_of([value], old=old)[0]
        case RefField():
            return context.title_of_reference(value, old=old)
        case TextField() | UrlField():
            return quote(value)
        case _:
            return shorten(value_text(value), VALUE)


def added_or_removed_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the sentence for an item that was added or removed, with what it says."""
    gone = edit.op is EditKind.REMOVED
    name, says = _item_and_text(edit, edit.before if gone else edit.after, context)
    start = f"removed the {name} from" if gone else f"added {with_article(name)} to"
    tail = f": {shorten(says, 2 * WORDS)}" if says else ""
    return f"{start} {record_phrase(edit, context)}{tail}"


def _item_and_text(edit: FieldEdit, item: Any, context: ChangeContext) -> tuple[str, str]:
    """Return the name of an added or removed item, and what else it says."""
    if isinstance(item, tuple):
        return f"scale {quote(edit.key)}", value_text(item)
    if isinstance(edit.field.kind, RecordField) and type(item) not in NAMED_BY_THEMSELVES:
        return field_name(edit.field.key), value_text(item)
    gone = edit.op is EditKind.REMOVED
    # The reason of a decision that is new is the reason of the change.
    without = ("reason",) if isinstance(item, ReviewDecision) and not gone else ()
    return item_phrase(item, edit.key, context, old=gone), text_beside_name(item, *without)


def with_article(noun: str) -> str:
    """Return `a risk`, `an initiative`, or `levels`."""
    if noun in _PLURALS:
        return noun
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"
