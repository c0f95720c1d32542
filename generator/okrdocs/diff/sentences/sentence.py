"""An edit as a plain English sentence that someone who hasn't seen the YAML understands.

`deeds` holds what deserves words of its own; every other field gets a sentence by the kind it is
declared with, so none is ever without one. Sentences begin with a verb in lower case and hold
people's texts as typed: whoever prints them escapes them.
"""

from __future__ import annotations

from typing import Any

from okrdocs.diff.context import Scene
from okrdocs.diff.excerpt import wordings
from okrdocs.diff.field_edits import Edit, Op
from okrdocs.diff.importance import respelt
from okrdocs.diff.sentences.by_field import SPECIAL
from okrdocs.diff.sentences.phrases import (
    PERSONS,
    Sentence,
    come_or_gone,
    from_to,
    holder,
    is_name,
    renamed_item,
    shown,
    the_field,
    the_list,
)
from okrdocs.diff.text_format import WORDS, field_name, quoted, value_text
from okrdocs.format.fields import Anything, Many, Name, Prose, Ref, Slug


def sentence(edit: Edit, scene: Scene) -> Sentence:
    """What happened, in words."""
    special = SPECIAL.get((edit.record, edit.field.key))
    told = special(edit, scene) if special is not None and not respelt(edit) else ""
    if isinstance(told, Sentence):
        return told
    return Sentence(told or _plain(edit, scene))


def _plain(edit: Edit, scene: Scene) -> str:
    match edit.op:
        case Op.REORDERED:
            return f"changed the order of {the_list(edit, scene)}"
        case Op.RENAMED:
            return f"renamed “{edit.before}” to “{edit.after}” in {the_list(edit, scene)}"
        case Op.ADDED | Op.REMOVED:
            return come_or_gone(edit, scene)
        case Op.CHANGED:
            return _changed(edit, scene)


def _changed(edit: Edit, scene: Scene) -> str:
    if is_name(edit):
        return renamed_item(edit, scene)
    if respelt(edit):
        old, new = value_text(edit.before), value_text(edit.after)
        return f"wrote {the_field(edit, scene)} as {quoted(new)} instead of {quoted(old)}"
    match edit.field.kind:
        case Anything():
            return f"changed {the_field(edit, scene)}"
        case Many():
            return _list_changed(edit, scene)
        case Prose():
            return _prose_changed(edit, scene)
        case _:
            return from_to(edit, scene)


def _prose_changed(edit: Edit, scene: Scene) -> str:
    what = the_field(edit, scene)
    if edit.before is None:
        return f"wrote {what}: {quoted(edit.after, WORDS)}"
    if edit.after is None:
        return f"removed {what}: {quoted(edit.before, WORDS)}"
    old, new = wordings(edit.before, edit.after, WORDS, WORDS)
    # A text that is told whole says by itself what it says now; of a part one has to see both.
    was = f" (it was “{old}”)" if new != " ".join(edit.after.split()) else ""
    return f"reworded {what}: “{new}”{was}"


def _list_changed(edit: Edit, scene: Scene) -> str:
    """What was put into a list of texts and what was taken out of it."""
    old, new = (
        [_shown(edit, each, scene, old=not at) for each in side]
        for at, side in enumerate((edit.before, edit.after))
    )
    added = [each for each in new if each not in old]
    gone = [each for each in old if each not in new]
    what = field_name(edit.field.key)
    of = holder(edit, scene)
    if added and gone:
        return f"changed the {what} of {of}: {', '.join(gone)} became {', '.join(added)}"
    if added:
        return f"added {', '.join(added)} to the {what} of {of}"
    if gone:
        return f"removed {', '.join(gone)} from the {what} of {of}"
    return f"changed the order of the {what} of {of}"


def _shown(edit: Edit, value: Any, scene: Scene, *, old: bool) -> str:
    """One text of a list; people by their names."""
    assert isinstance(edit.field.kind, Many)
    of = edit.field.kind.of
    if isinstance(of, Name | Slug | Ref) or edit.field.key in PERSONS:
        return shown(edit.field, value, scene, old=old, kind=of)
    return quoted(value_text(value))
