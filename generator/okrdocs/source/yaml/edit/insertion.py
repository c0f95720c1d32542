"""Inserts a key into a map and appends an item to a list, wherever and however these stand."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from okrdocs.errors import EditRefusedError
from okrdocs.source.yaml.edit import block, flow
from okrdocs.source.yaml.edit.document import (
    Edit,
    begins_line,
    column_of,
    end_of,
    keeps_blank_lines,
    line_break,
    line_end,
    line_number,
    line_start,
    refusal,
    rest_of_line,
    splice,
    start_of,
)
from okrdocs.source.yaml.edit.emit import (
    Value,
    entry_lines,
    flow_entry,
    flow_text,
    is_flow,
    is_flow_item,
    item_lines,
    refuse_unwritable,
    texts_in,
)
from okrdocs.source.yaml.edit.path import Path, child, position
from okrdocs.source.yaml.edit.proof import (
    Entries,
    Entry,
    Items,
    Tree,
    meant_text,
    prove,
    replaced,
    tree_of,
    tree_of_value,
)
from okrdocs.source.yaml.edit.site import (
    Site,
    find_site,
    is_in_flow,
    key_of,
    unexpected,
    way_of,
)
from okrdocs.source.yaml.nodes import Mapping, Scalar, Sequence, is_null

Splice = tuple[int, int, str]
"""Start, end, and what stands there instead."""


def insert_key(text: str, path: Path, key: str, value: Value, after: Collection[str] = ()) -> Edit:
    """Inserts `key: value` into the map at `path`, behind the last of the keys `after`.

    At its end where none of these is there; into an empty value, too. Raises EditRefusedError
    where the key is there already, or no map stands at the path.
    """
    refuse_unwritable({key: value})
    return _insert(find_site(text, path), key, value, after)


def _insert(site: Site, key: str, value: Value, after: Collection[str]) -> Edit:
    return _with_blocks_or_without(
        site, value, lambda laid_out: _inserted(laid_out, key, value, after)
    )


def _inserted(site: Site, key: str, value: Value, after: Collection[str]) -> Edit:
    node = site.place.node
    index, entries = -1, tuple[Entry, ...]()
    if isinstance(node, Mapping):
        index = _index_behind(site, node, key, after)
        old = tree_of(node)
        entries = old.items if isinstance(old, Entries) else ()
        place = _entry_behind(site, node, index, key, value)
    elif isinstance(node, Scalar) and is_null(node):
        place = _first_entry(site, key, value)
    else:
        raise unexpected(site, "keys with values")
    entry = Entry(meant_text(key), tree_of_value(value))
    return _proved(site, place, Entries((*entries[: index + 1], entry, *entries[index + 1 :])))


def append_item(text: str, path: Path, value: Value) -> Edit:
    """Appends an item to the list at `path`; where its key is missing, that is inserted, too.

    The item stands as its neighbours do, on lines or in brackets. Raises EditRefusedError where
    something else than a list stands at the path.
    """
    refuse_unwritable([value])
    if not path or not isinstance(path[-1], str):
        return _append(find_site(text, path), value)
    parent, key = find_site(text, path[:-1]), path[-1]
    index = position(parent.document, parent.place.node, key)
    if index is None:
        return _insert(parent, key, [value], ())
    return _append(parent._replace(place=child(parent.place, index)), value)


def _append(site: Site, value: Value) -> Edit:
    return _with_blocks_or_without(site, value, lambda laid_out: _appended(laid_out, value))


def _appended(site: Site, value: Value) -> Edit:
    node = site.place.node
    items = tuple[Tree, ...]()
    if isinstance(node, Sequence):
        old = tree_of(node)
        items = old.items if isinstance(old, Items) else ()
        place = _item_behind(site, node, value)
    elif isinstance(node, Scalar) and is_null(node):
        place = _first_item(site, value)
    else:
        raise unexpected(site, "a list")
    return _proved(site, place, Items((*items, tree_of_value(value))))


def _with_blocks_or_without(site: Site, value: Value, made: Callable[[Site], Edit]) -> Edit:
    """The edit; texts of several lines on one where a comment below would become part of them."""
    try:
        return made(site)
    except EditRefusedError:
        if not any("\n" in text for text in texts_in(value)):
            raise
        return made(site._replace(layout=replace(site.layout, has_blocks=False)))


def _proved(site: Site, place: Splice, meant: Tree) -> Edit:
    whole = replaced(tree_of(site.root), way_of(site.place), meant)
    return prove(site.document, splice(site.document, *place), whole)


# ------------------------------------------------------------------- entries


def _index_behind(site: Site, node: Mapping, key: str, after: Collection[str]) -> int:
    """The position behind which a key goes. Raises EditRefusedError where it is there already."""
    names = [name.text for name, _ in node.entries]
    for (name, _), folded in zip(node.entries, map(str.lower, names), strict=True):
        if folded == key.lower():
            said = f"The key `{name.text}` is here already."
            raise refusal(site.document, start_of(site.document, name), said, "Change its value.")
    return max((at for at, name in enumerate(names) if name in after), default=len(names) - 1)


def _entry_behind(site: Site, node: Mapping, index: int, key: str, value: Value) -> Splice:
    document = site.document
    if node.flow:
        return flow.addition(document, node, index, flow_entry(key, value))
    heads, ends = block.heads_of(document, node), block.ends_of(document, node)
    at = block.behind_line(document, ends[index])
    lines = entry_lines(key, value, site.layout)
    return at, at, block.lines_below(document, at, lines, column_of(document, heads[0]))


def _first_entry(site: Site, key: str, value: Value) -> Splice:
    """A map in place of nothing."""
    if not site.place.parents and not typed_text(site):
        return _first_of_file(site, entry_lines(key, value, site.layout))
    parent = site.place.parents[-1][0] if site.place.parents else None
    if is_in_flow(site.place) or not isinstance(parent, Mapping):
        return _instead(site, f"{{{flow_entry(key, value)}}}")
    return _below_key(site, entry_lines(key, value, site.layout), site.layout.step)


# ------------------------------------------------------------------- items


def _item_behind(site: Site, node: Sequence, value: Value) -> Splice:
    if node.flow and not node.items and _is_bare(site, node, value):
        return _items_below(site, value)
    if node.flow:
        return flow.addition(site.document, node, len(node.items) - 1, flow_text(value))
    return _item_below(site, node, value)


def _is_bare(site: Site, node: Sequence, value: Value) -> bool:
    """Whether ` []` stands behind a key and makes room for lines below; other forms are filled."""
    if is_in_flow(site.place) or not site.place.parents:
        return False
    document, start = site.document, start_of(site.document, node)
    parent, index = site.place.parents[-1]
    if not isinstance(parent, Mapping) or is_flow([value], site.layout, key_of(site.place)):
        return False
    typed = document.text[
        block.colon_of(document, parent.entries[index][0]) : end_of(document, node)
    ]
    return typed == " []" and rest_of_line(document, start + 2) is not None


def _first_item(site: Site, value: Value) -> Splice:
    """A list in place of nothing."""
    if not site.place.parents and not typed_text(site):
        return _first_of_file(site, item_lines(value, replace(site.layout, dash=0)))
    parent = site.place.parents[-1][0] if site.place.parents else None
    bracketed = is_flow([value], site.layout, key_of(site.place))
    if bracketed or is_in_flow(site.place) or not isinstance(parent, Mapping):
        return _instead(site, f"[{flow_text(value)}]")
    return _items_below(site, value)


def _items_below(site: Site, value: Value) -> Splice:
    lines = item_lines(value, site.layout, key_of(site.place))
    return _below_key(site, lines, site.layout.dash)


def _item_below(site: Site, node: Sequence, value: Value) -> Splice:
    """An item behind the last one, with the blank line and the space that part the others."""
    document, last = site.document, node.items[-1]
    heads, ends = block.heads_of(document, node), block.ends_of(document, node)
    gap = start_of(document, last) - heads[-1]
    same_line = line_number(document, heads[-1]) == line_number(document, heads[-1] + gap)
    gap = gap if same_line and 2 <= gap <= 9 else 2
    like_flow = not isinstance(last, Scalar) and last.flow
    lines = (
        [f"-{' ' * (gap - 1)}{flow_text(value)}"]
        if is_flow_item(value, like_flow=like_flow)
        else item_lines(value, replace(site.layout, gap=gap))
    )
    if block.is_spaced(document, heads, ends) and not keeps_blank_lines(document, last):
        lines = ["", *lines]
    at = block.behind_line(document, ends[-1])
    return at, at, block.lines_below(document, at, lines, column_of(document, heads[0]))


# ------------------------------------------------------------------- in place of nothing


def typed_text(site: Site) -> str:
    """What stands in the file at a place."""
    node, document = site.place.node, site.document
    return document.text[start_of(document, node) : end_of(document, node)]


def _first_of_file(site: Site, lines: list[str]) -> Splice:
    """The first lines of a file without content, below its comments and `---`."""
    document = site.document
    at = start_of(document, site.place.node)
    break_ = line_break(document, 0)
    new = break_.join(lines)
    if document.text[:at] and not begins_line(document, at):
        return at, at, break_ + new
    at = line_start(document, at)
    return at, at, new + break_


def _instead(site: Site, text: str) -> Splice:
    """A text in brackets in place of an empty value."""
    start, end = (each(site.document, site.place.node) for each in (start_of, end_of))
    apart = " " if site.document.text[start - 1 : start] in (":", "-") else ""
    if site.place.parents and isinstance(site.place.parents[-1][0], Mapping):
        parent, index = site.place.parents[-1]
        assert isinstance(parent, Mapping)
        block.colon_of(site.document, parent.entries[index][0])
    return start, end, apart + text


def _below_key(site: Site, lines: list[str], step: int) -> Splice:
    """Lines below a key in place of its empty value; a comment behind that stays."""
    document, end = site.document, end_of(site.document, site.place.node)
    block.heads_of(document, site.place.parents[-1][0])
    start = block.behind_parent(document, site.place)
    block.behind_line(document, end)
    column = block.column_of_parent(document, site.place) + step
    rest = document.text[end : line_end(document, end)]
    below = block.lines_below(document, end, lines, column)
    return start, line_end(document, end), f"{rest}{below}"
