"""Inserts a key into a map and appends an item to a list, in block and in flow style."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from okrdocs.errors import EditRefusedError
from okrdocs.source.yaml.edit import block_style, flow_style
from okrdocs.source.yaml.edit.document import (
    Edit,
    Splice,
    column_of,
    ends_with_keeping_block,
    line_number,
    node_start,
    refusal_at,
    splice,
)
from okrdocs.source.yaml.edit.empty_values import (
    gives_way_to_lines,
    splice_of_first_entry,
    splice_of_first_item,
    splice_of_lines_for_item,
)
from okrdocs.source.yaml.edit.new_text import (
    Value,
    can_stand_in_brackets,
    entry_lines,
    flow_entry,
    flow_text,
    item_lines,
    refuse_unwritable,
    scalar_texts,
)
from okrdocs.source.yaml.edit.place import (
    EditTarget,
    Path,
    child_place,
    find_target,
    index_of_step,
    indexes_of,
    unexpected_kind,
)
from okrdocs.source.yaml.edit.proof import (
    Content,
    EntryContent,
    ListContent,
    MapContent,
    content_of_new_text,
    content_of_node,
    content_of_value,
    prove_edit,
    with_content_at,
)
from okrdocs.source.yaml.nodes import Mapping, Scalar, Sequence, is_null


def insert_key(text: str, path: Path, key: str, value: Value, after: Collection[str] = ()) -> Edit:
    """Insert `key: value` into the map at `path`, behind the last of the keys `after`.

    At the map's end where it has none of these; an empty value and an empty file become a map.
    Raises EditRefusedError where the key is there already, or no map stands at the path.
    """
    refuse_unwritable({key: value})
    return _insert_at(find_target(text, path), key, value, after)


def _insert_at(target: EditTarget, key: str, value: Value, after: Collection[str]) -> Edit:
    return _try_without_blocks(
        target, value, lambda laid_out: _insert_into_map(laid_out, key, value, after)
    )


def _insert_into_map(target: EditTarget, key: str, value: Value, after: Collection[str]) -> Edit:
    node = target.place.node
    index, entries = -1, tuple[EntryContent, ...]()
    if isinstance(node, Mapping):
        index = _index_of_predecessor(target, node, key, after)
        old = content_of_node(node)
        entries = old.items if isinstance(old, MapContent) else ()
        place = _splice_of_entry(target, node, index, key, value)
    elif isinstance(node, Scalar) and is_null(node):
        place = splice_of_first_entry(target, key, value)
    else:
        raise unexpected_kind(target, "keys with values")
    entry = EntryContent(content_of_new_text(key), content_of_value(value))
    return _prove_splice(
        target, place, MapContent((*entries[: index + 1], entry, *entries[index + 1 :]))
    )


def append_item(text: str, path: Path, value: Value) -> Edit:
    """Append an item to the list at `path`; where its key is missing, that is inserted, too.

    The item is laid out as its neighbours are, on lines or in brackets; an empty value and an empty
    file become a list. Raises EditRefusedError where something else than a list stands at the
    path.
    """
    refuse_unwritable([value])
    if not path or not isinstance(path[-1], str):
        return _append_at(find_target(text, path), value)
    parent, key = find_target(text, path[:-1]), path[-1]
    index = index_of_step(parent.document, parent.place.node, key)
    if index is None:
        return _insert_at(parent, key, [value], ())
    return _append_at(parent._replace(place=child_place(parent.place, index)), value)


def _append_at(target: EditTarget, value: Value) -> Edit:
    return _try_without_blocks(target, value, lambda laid_out: _append_to_list(laid_out, value))


def _append_to_list(target: EditTarget, value: Value) -> Edit:
    node = target.place.node
    items = tuple[Content, ...]()
    if isinstance(node, Sequence):
        old = content_of_node(node)
        items = old.items if isinstance(old, ListContent) else ()
        place = _splice_of_item(target, node, value)
    elif isinstance(node, Scalar) and is_null(node):
        place = splice_of_first_item(target, value)
    else:
        raise unexpected_kind(target, "a list")
    return _prove_splice(target, place, ListContent((*items, content_of_value(value))))


def _try_without_blocks(
    target: EditTarget, value: Value, made: Callable[[EditTarget], Edit]
) -> Edit:
    """Return the edit; texts of several lines on one where a comment below would join them."""
    try:
        return made(target)
    except EditRefusedError:
        if not any("\n" in text for text in scalar_texts(value)):
            raise
        return made(target._replace(layout=replace(target.layout, has_blocks=False)))


def _prove_splice(target: EditTarget, place: Splice, meant: Content) -> Edit:
    whole = with_content_at(content_of_node(target.root), indexes_of(target.place), meant)
    return prove_edit(target.document, splice(target.document, *place), whole)


# ------------------------------------------------------------------- entries


def _index_of_predecessor(
    target: EditTarget, node: Mapping, key: str, after: Collection[str]
) -> int:
    """Return the position behind which a key goes. Raises EditRefusedError where it exists."""
    names = [name.text for name, _ in node.entries]
    for (name, _), folded in zip(node.entries, map(str.lower, names), strict=True):
        if folded == key.lower():
            message = f"The key `{name.text}` is here already."
            raise refusal_at(
                target.document, node_start(target.document, name), message, "Change its value."
            )
    return max((at for at, name in enumerate(names) if name in after), default=len(names) - 1)


def _splice_of_entry(
    target: EditTarget, node: Mapping, index: int, key: str, value: Value
) -> Splice:
    document = target.document
    if node.flow:
        return flow_style.splice_after_entry(document, node, index, flow_entry(key, value))
    starts, ends = block_style.entry_starts(document, node), block_style.entry_ends(document, node)
    at = block_style.end_of_last_line(document, ends[index])
    lines = entry_lines(key, value, target.layout)
    return (
        at,
        at,
        block_style.indented_lines_below(document, at, lines, column_of(document, starts[0])),
    )


# ------------------------------------------------------------------- items


def _splice_of_item(target: EditTarget, node: Sequence, value: Value) -> Splice:
    if node.flow and not node.items and gives_way_to_lines(target, node, value):
        return splice_of_lines_for_item(target, value)
    if node.flow:
        return flow_style.splice_after_entry(
            target.document, node, len(node.items) - 1, flow_text(value)
        )
    return _splice_of_item_on_lines(target, node, value)


def _splice_of_item_on_lines(target: EditTarget, node: Sequence, value: Value) -> Splice:
    """Write an item below the last one, with the blank line and the spaces that the others have."""
    document, last = target.document, node.items[-1]
    starts, ends = block_style.entry_starts(document, node), block_style.entry_ends(document, node)
    gap = node_start(document, last) - starts[-1]
    same_line = line_number(document, starts[-1]) == line_number(document, starts[-1] + gap)
    gap = gap if same_line and 2 <= gap <= 9 else 2
    like_flow = not isinstance(last, Scalar) and last.flow
    lines = (
        [f"-{' ' * (gap - 1)}{flow_text(value)}"]
        if can_stand_in_brackets(value, like_flow=like_flow)
        else item_lines(value, replace(target.layout, gap=gap))
    )
    if block_style.has_blank_line_before_last(
        document, starts, ends
    ) and not ends_with_keeping_block(document, last):
        lines = ["", *lines]
    at = block_style.end_of_last_line(document, ends[-1])
    return (
        at,
        at,
        block_style.indented_lines_below(document, at, lines, column_of(document, starts[0])),
    )
