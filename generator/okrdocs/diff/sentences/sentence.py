"""Writes an edit as a plain English sentence for someone who hasn't seen the YAML.

`by_field` has the fields with sentences of their own; every other field gets one by the kind it is
declared with, so none is ever without. Sentences begin with a verb in lower case and contain
people's texts as typed: whoever prints them escapes them.
"""

from __future__ import annotations

from typing import Any

from okrdocs.diff.context import ChangeContext
from okrdocs.diff.excerpt import excerpts_of_difference
from okrdocs.diff.field_edits import EditKind, FieldEdit
from okrdocs.diff.importance import is_only_notation_changed
from okrdocs.diff.sentences.by_field import SPECIAL_SENTENCES
from okrdocs.diff.sentences.phrases import (
    PERSONS,
    Sentence,
    added_or_removed_sentence,
    field_phrase,
    from_to_sentence,
    is_identity_field,
    list_phrase,
    record_phrase,
    renamed_item_sentence,
    value_phrase,
)
from okrdocs.diff.text_format import WORDS, field_name, quote, value_text
from okrdocs.format.fields import AnyField, ListField, NameField, ProseField, RefField, SlugField


def sentence_of(edit: FieldEdit, context: ChangeContext) -> Sentence:
    """Return what happened, in words."""
    special = SPECIAL_SENTENCES.get((edit.record, edit.field.key))
    own_sentence = (
        special(edit, context) if special is not None and not is_only_notation_changed(edit) else ""
    )
    if isinstance(own_sentence, Sentence):
        return own_sentence
    return Sentence(own_sentence or _general_sentence(edit, context))


def _general_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    match edit.op:
        case EditKind.REORDERED:
            return f"changed the order of {list_phrase(edit, context)}"
        case EditKind.RENAMED:
            return f"renamed “{edit.before}” to “{edit.after}” in {list_phrase(edit, context)}"
        case EditKind.ADDED | EditKind.REMOVED:
            return added_or_removed_sentence(edit, context)
        case EditKind.CHANGED:
            return _changed_value_sentence(edit, context)


def _changed_value_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    if is_identity_field(edit):
        return renamed_item_sentence(edit, context)
    if is_only_notation_changed(edit):
        old, new = value_text(edit.before), value_text(edit.after)
        return f"wrote {field_phrase(edit, context)} as {quote(new)} instead of {quote(old)}"
    match edit.field.kind:
        case AnyField():
            return f"changed {field_phrase(edit, context)}"
        case ListField():
            return _text_list_sentence(edit, context)
        case ProseField():
            return _prose_sentence(edit, context)
        case _:
            return from_to_sentence(edit, context)


def _prose_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    what = field_phrase(edit, context)
    if edit.before is None:
        return f"wrote {what}: {quote(edit.after, WORDS)}"
    if edit.after is None:
        return f"removed {what}: {quote(edit.before, WORDS)}"
    old, new = excerpts_of_difference(edit.before, edit.after, WORDS, WORDS)
    # A text in full needs only its new state; of an excerpt a reader has to see both states.
    was = f" (it was “{old}”)" if new != " ".join(edit.after.split()) else ""
    return f"reworded {what}: “{new}”{was}"


def _text_list_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return what was added to a list of texts and what was removed from it."""
    old, new = (
        [_list_text_phrase(edit, text, context, old=not at) for text in side]
        for at, side in enumerate((edit.before, edit.after))
    )
    added = [text for text in new if text not in old]
    gone = [text for text in old if text not in new]
    what = field_name(edit.field.key)
    of = record_phrase(edit, context)
    if added and gone:
        return f"changed the {what} of {of}: {', '.join(gone)} became {', '.join(added)}"
    if added:
        return f"added {', '.join(added)} to the {what} of {of}"
    if gone:
        return f"removed {', '.join(gone)} from the {what} of {of}"
    return f"changed the order of the {what} of {of}"


def _list_text_phrase(edit: FieldEdit, value: Any, context: ChangeContext, *, old: bool) -> str:
    """Return one text of a list; people by their names."""
    assert isinstance(edit.field.kind, ListField)
    of = edit.field.kind.of
    if isinstance(of, NameField | SlugField | RefField) or edit.field.key in PERSONS:
        return value_phrase(edit.field, value, context, old=old, kind=of)
    return quote(value_text(value))
