"""The parts that sentences share: whose field it is, from what to what, what came and went."""

from __future__ import annotations

from typing import Any, NamedTuple

from okrdocs.diff.context import Scene
from okrdocs.diff.difficulty import rise
from okrdocs.diff.field_edits import Edit, Op, Step
from okrdocs.diff.list_matching import identity_field
from okrdocs.diff.text_format import (
    NAMED_BY_THEMSELVES,
    VALUE,
    WORDS,
    beside_name,
    field_name,
    in_a_row,
    item_name,
    noun_of,
    quoted,
    shortened,
    value_text,
)
from okrdocs.format.fields import (
    Amount,
    Day,
    Field,
    Flag,
    Kind,
    Many,
    Mark,
    Name,
    Named,
    Number,
    One,
    Ref,
    Share,
    Slug,
    Text,
    Url,
    Whole,
)
from okrdocs.format.records import Dependency, Figure, ReviewDecision, RollOver

PERSONS = frozenset({"by", "author", "approvers"})
_METRICS = frozenset({"metric", "drives", "predicts", "balanced_by"})
_PLURALS = frozenset({"levels"})
_NUMBERS = (Amount, Number, Share, Mark, Whole)


class Sentence(NamedTuple):
    """A change in words: the statement, and the notes after it, of which "" is none.

    `timed`: the notes say how much of the cycle was left, so that a change of a closed cycle says
    in their place that it came after the closing.
    """

    statement: str
    notes: tuple[str, ...] = ()
    timed: bool = False


def holder(edit: Edit, scene: Scene) -> str:
    """What holds the field: the subject, or an item of it."""
    return _whose(edit.trail, scene)


def _whose(trail: tuple[Step, ...], scene: Scene) -> str:
    items = [f"the {_step_name(step, scene)} of " for step in reversed(trail)]
    return "".join(items) + scene.subject


def _step_name(step: Step, scene: Scene) -> str:
    if isinstance(step.field.kind, One) and type(step.before) not in NAMED_BY_THEMSELVES:
        return field_name(step.field.key)
    if isinstance(step.field.kind, Named) and isinstance(step.field.kind.of, Many):
        return f"{item_name(step.before)} of the scale {quoted(step.key)}"
    return named(step.before, step.key, scene, old=True)


def named(record: Any, key: str, scene: Scene, *, old: bool) -> str:
    """What an item is called; what it points to goes by its title."""
    match record:
        case Dependency():
            return f"dependency on {needs(record, scene, old=old)}"
        case ReviewDecision() | RollOver() if record.ref is not None:
            return f"{noun_of(record)} {scene.referred(record.ref, old=old)}"
        case _:
            return item_name(record, key and value_name(record, key))


def needs(dependency: Dependency, scene: Scene, *, old: bool) -> str:
    """What a dependency needs: titles where it refers to something, else the words."""
    return in_a_row([scene.needed(text, old=old) for text in dependency.needs])


def value_name(record: Any, key: str) -> str:
    """The name of an item that stands under a key; the key where it has none."""
    return str(getattr(record, "name", None) or key)


def the_field(edit: Edit, scene: Scene) -> str:
    """`the note of the check-in of 2025-02-01 of Product KR2 “…”`."""
    return f"the {field_name(edit.field.key)} of {holder(edit, scene)}"


def the_list(edit: Edit, scene: Scene) -> str:
    """As `the_field`, for the list or the mapping under a key."""
    key = f"{quoted(edit.key)} in the " if edit.key and edit.op is Op.REORDERED else "the "
    return f"{key}{field_name(edit.field.key)} of {holder(edit, scene)}"


def renamed_item(edit: Edit, scene: Scene) -> str:
    """An item whose name is another one now: `moved the check-in of … to 2025-02-03`."""
    step = edit.trail[-1]
    verb_ = "moved" if isinstance(edit.field.kind, Day) else "changed"
    old = named(edit.holders[0], step.key, scene, old=True)
    new = named(edit.holders[1], step.key, scene, old=False)
    name = new.removeprefix(noun_of(edit.holders[1])).removeprefix("dependency on").strip()
    return f"{verb_} the {old} of {_whose(edit.trail[:-1], scene)} to {name}"


def is_other_id(edit: Edit, scene: Scene) -> bool:
    """Whether only ids of metrics differ that were renamed; the metrics themselves tell that."""
    if edit.field.key not in _METRICS or edit.op is not Op.CHANGED or not edit.after:
        return False
    old, new = (side if isinstance(side, tuple) else (side,) for side in (edit.before, edit.after))
    pairs = zip(old, new, strict=False)
    return len(old) == len(new) and all(scene.is_same_metric(*pair) for pair in pairs)


def is_name(edit: Edit) -> bool:
    """Whether the field is the one by which an item of a list is called."""
    listed = bool(edit.trail) and not isinstance(edit.trail[-1].field.kind, One | Named)
    return listed and edit.field.attribute == identity_field(edit.record)


def from_to(edit: Edit, scene: Scene) -> str:
    """`raised the weight of … from 1 to 2`, `moved the due date of … from … to …`."""
    old, new = (shown(edit.field, side, scene, old=not at)
                for at, side in enumerate((edit.before, edit.after)))  # fmt: skip
    what = the_field(edit, scene)
    if isinstance(edit.field.kind, Flag) or not old:
        return f"set {what} to {new}"
    if not new:
        return f"removed {what} (it was {old})"
    return f"{verb(edit)} {what} from {old} to {new}"


def verb(edit: Edit) -> str:
    """Which way a value went: raised, lowered, moved or changed."""
    if isinstance(edit.field.kind, Day):
        return "moved"
    change = None
    if isinstance(edit.before, Figure) and edit.before.value is not None:
        change = None if edit.after.value is None else edit.after.value - edit.before.value
    elif isinstance(edit.field.kind, Whole):
        change = edit.after - edit.before
    elif isinstance(edit.field.kind, _NUMBERS):
        change = rise(value_text(edit.before), value_text(edit.after))
    return "changed" if not change else "raised" if change > 0 else "lowered"


def shown(field: Field, value: Any, scene: Scene, *, old: bool, kind: Kind | None = None) -> str:
    """A value of a field for a sentence; "" where nothing is given."""
    if value is None:
        return ""
    if field.key in PERSONS:
        return scene.names([value], old=old)[0]
    if field.key in _METRICS and isinstance(kind or field.kind, Slug):
        return scene.metric(value, old=old)
    match kind or field.kind:
        case Name() | Slug():
            return scene.names([value], old=old)[0]
        case Ref():
            return scene.referred(value, old=old)
        case Text() | Url():
            return quoted(value)
        case _:
            return shortened(value_text(value), VALUE)


def come_or_gone(edit: Edit, scene: Scene) -> str:
    """An item that was added or removed, with what it says beside its name."""
    gone = edit.op is Op.REMOVED
    name, says = _item(edit, edit.before if gone else edit.after, scene)
    start = f"removed the {name} from" if gone else f"added {article(name)} to"
    tail = f": {shortened(says, 2 * WORDS)}" if says else ""
    return f"{start} {holder(edit, scene)}{tail}"


def _item(edit: Edit, item: Any, scene: Scene) -> tuple[str, str]:
    """What came or went, and what it says."""
    if isinstance(item, tuple):
        return f"scale {quoted(edit.key)}", value_text(item)
    if isinstance(edit.field.kind, One) and type(item) not in NAMED_BY_THEMSELVES:
        return field_name(edit.field.key), value_text(item)
    gone = edit.op is Op.REMOVED
    # The reason of a decision that is new is the reason of the change.
    without = ("reason",) if isinstance(item, ReviewDecision) and not gone else ()
    return named(item, edit.key, scene, old=gone), beside_name(item, *without)


def article(noun: str) -> str:
    """`a risk`, `an initiative`, `levels`."""
    if noun in _PLURALS:
        return noun
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"
