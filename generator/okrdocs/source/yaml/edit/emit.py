"""New YAML text from plain values; the only importer of ruamel.yaml, which lays it out.

`scalar_text` writes the scalars, so that quotes follow one rule everywhere; a text of several lines
becomes a block (`|`) where the layout allows it.
"""

from __future__ import annotations

import io
import re
from collections import abc
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from ruamel.yaml.emitter import Emitter
from ruamel.yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from okrdocs.errors import EditRefusedError
from okrdocs.source.yaml.edit.layout import Layout
from okrdocs.source.yaml.reader import MAX_DEPTH
from okrdocs.source.yaml.scalar_text import is_plain, scalar_text

Value: TypeAlias = (
    "str | bool | int | Decimal | date | abc.Sequence[Value] | abc.Mapping[str, Value]"
)
"""What can be written. A `str` is text: it gets quotes where it would be taken for anything else.

Quantities and dates may come as `str`, too: decimal numbers and ISO dates stand without quotes.
"""

_WIDEST = 1_000_000  # no line is wrapped
_LONGEST_FLOW_LIST = 80
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_BLOCK = re.compile(r"[^\s](?:[^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]*)\Z")


def entry_lines(key: str, value: Value, layout: Layout) -> list[str]:
    """`key: value` as lines without indentation."""
    return _dump({key: value}, layout)


def item_lines(value: Value, layout: Layout, key: str = "") -> list[str]:
    """`- value` as lines that begin with the dash; `key` is that of the list."""
    name = key or "list"
    lines = _dump({name: [value]}, layout, block=name)[1:]
    return [line[layout.dash :] for line in lines]


def block_lines(text: str, layout: Layout) -> list[str]:
    """A text of several lines as `|` and the lines below it, indented by one step."""
    lines = _dump({"x": text}, layout)
    return [lines[0].removeprefix("x: "), *lines[1:]]


def flow_text(value: Value) -> str:
    """A value on one line, as it may stand within brackets."""
    return "".join(_dump([value], Layout(), flow=True))[1:-1]


def flow_entry(key: str, value: Value) -> str:
    """`key: value` on one line, as it may stand within braces."""
    return "".join(_dump({key: value}, Layout(), flow=True))[1:-1]


def word_of(value: Value) -> str:
    """The text of a value that is a scalar."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def fits_block(text: str) -> bool:
    """Whether a text of several lines can be written as a block: visible, not indented first."""
    inner = text.removesuffix("\n")
    return "\n" in inner and not inner.endswith("\n") and _BLOCK.match(text) is not None


def refuse_unwritable(value: Value, depth: int = 1) -> None:
    """Raise EditRefusedError for a value that no YAML file of ours can hold."""
    if depth > MAX_DEPTH:
        said = f"The new value has more than {MAX_DEPTH} levels, one within another."
        raise EditRefusedError(said, "Write it with fewer levels.", 1, 1)
    if not _is_collection(value):
        if half := _HALF_CHARACTER.search(word_of(value)):
            said = f"The new text holds half a character (U+{ord(half[0]):04X})."
            raise EditRefusedError(said, "Leave it out, or type the text anew.", 1, 1)
        return
    for inner in (*_inner(value), *(value if isinstance(value, abc.Mapping) else ())):
        refuse_unwritable(inner, depth + 1)


# ------------------------------------------------------------------- events


class _Emitter(Emitter):
    """ruamel's layout with our scalars: a plain or quoted one is handed over as it is written."""

    use_version = None  # of YAML: asked of a serializer, which events don't need

    def process_scalar(self) -> None:
        """Write a scalar; what `style` holds is its kind of quotes."""
        if self.event.style == "|":
            super().process_scalar()
            return
        if self.sequence_context and not self.flow_level:
            self.write_indent()
        self.write_indicator(self.event.value, True)
        self.analysis = self.style = None

    def check_simple_key(self) -> bool:
        """Keys always stand on one line; ruamel would begin long ones with `? `."""
        return True


def _dump(value: Value, layout: Layout, *, flow: bool = False, block: str = "") -> list[str]:
    stream = io.StringIO()
    emitter = _Emitter(stream, width=_WIDEST, allow_unicode=True)
    emitter.best_map_indent = layout.step
    emitter.best_sequence_indent = layout.dash + layout.gap
    emitter.sequence_dash_offset = layout.dash
    emitter.emit(StreamStartEvent())
    emitter.emit(DocumentStartEvent(explicit=False))
    for event in _events(value, layout, "", flow=flow, block=block):
        emitter.emit(event)
    emitter.emit(DocumentEndEvent(explicit=False))
    emitter.emit(StreamEndEvent())
    return stream.getvalue().removesuffix("\n").split("\n")


def _events(
    value: Value, layout: Layout, key: str, *, flow: bool, block: str = ""
) -> Iterator[Event]:
    """The events of a value that stands at `key`; at the key `block` it stands on lines."""
    if isinstance(value, abc.Mapping):
        yield MappingStartEvent(None, None, True, flow_style=flow)
        for name, inner in value.items():
            yield _scalar(name, flow=flow)
            inner_flow = flow or (name != block and is_flow(inner, layout, name))
            yield from _events(inner, layout, name, flow=inner_flow)
        yield MappingEndEvent()
    elif isinstance(value, abc.Sequence) and not isinstance(value, str):
        yield SequenceStartEvent(None, None, True, flow_style=flow)
        for item in value:
            yield from _events(item, layout, "", flow=flow or _is_flow_item(item, layout, key))
        yield SequenceEndEvent()
    else:
        yield _scalar(value, flow=flow, block=layout.has_blocks and not flow)


def _scalar(value: Value, *, flow: bool, block: bool = False) -> Event:
    text = word_of(value)
    if block and isinstance(value, str) and fits_block(value):
        return ScalarEvent(None, None, (True, True), text, style="|")
    written = scalar_text(text, flow=flow) if isinstance(value, str) else text
    return ScalarEvent(None, None, (True, True), written)


def is_flow(value: Value, layout: Layout, key: str) -> bool:
    """Whether a value stands in brackets: as elsewhere in the file, or a short list of words."""
    if not _is_collection(value) or any("\n" in text for text in texts_in(value)):
        return False
    if key in layout.flow_values or key in layout.block_values:
        return key not in layout.block_values
    words = not isinstance(value, abc.Mapping) and not any(map(_is_collection, _inner(value)))
    short = sum(len(text) + 2 for text in texts_in(value)) <= _LONGEST_FLOW_LIST
    return words and short and all(is_plain(text) for text in texts_in(value))


def _is_flow_item(value: Value, layout: Layout, key: str) -> bool:
    seen = key in layout.flow_items and key not in layout.block_items
    return _is_collection(value) and seen and not any("\n" in text for text in texts_in(value))


def is_flow_item(value: Value, *, like_flow: bool) -> bool:
    """Whether a new item stands in brackets, beside one that does."""
    return like_flow and _is_collection(value) and not any("\n" in t for t in texts_in(value))


def _is_collection(value: Value) -> bool:
    return isinstance(value, abc.Mapping | abc.Sequence) and not isinstance(value, str)


def _inner(value: Value) -> list[Value]:
    if isinstance(value, abc.Mapping):
        return list(value.values())
    return list(value) if isinstance(value, abc.Sequence) and not isinstance(value, str) else []


def texts_in(value: Value) -> Iterator[str]:
    """The texts of a value and of all that it holds."""
    if _is_collection(value):
        for inner in _inner(value):
            yield from texts_in(inner)
    else:
        yield word_of(value)
