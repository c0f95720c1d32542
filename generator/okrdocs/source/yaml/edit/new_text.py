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

_NO_WRAPPING = 1_000_000  # no line is wrapped
_MAX_FLOW_LIST = 80
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_BLOCK_TEXT = re.compile(
    r"[^\s](?:[^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]*)\Z"
)


def entry_lines(key: str, value: Value, layout: Layout) -> list[str]:
    """Return `key: value` as lines without indentation."""
    return _emit_lines({key: value}, layout)


def item_lines(value: Value, layout: Layout, key: str = "") -> list[str]:
    """Return `- value` as lines that begin with the dash; `key` is that of the list."""
    name = key or "list"
    lines = _emit_lines({name: [value]}, layout, block=name)[1:]
    return [line[layout.dash :] for line in lines]


def block_lines(text: str, layout: Layout) -> list[str]:
    """Return a text of several lines as `|` and the lines below it, indented by one step."""
    lines = _emit_lines({"x": text}, layout)
    return [lines[0].removeprefix("x: "), *lines[1:]]


def flow_text(value: Value) -> str:
    """Return a value on one line, as it may stand within brackets."""
    return "".join(_emit_lines([value], Layout(), flow=True))[1:-1]


def flow_entry(key: str, value: Value) -> str:
    """Return `key: value` on one line, as it may stand within braces."""
    return "".join(_emit_lines({key: value}, Layout(), flow=True))[1:-1]


def text_of_scalar(value: Value) -> str:
    """Return the text of a value that is a scalar."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def can_be_block_scalar(text: str) -> bool:
    """Return whether a text can be a `|`: several visible lines, the first one not indented."""
    inner = text.removesuffix("\n")
    return "\n" in inner and not inner.endswith("\n") and _BLOCK_TEXT.match(text) is not None


def refuse_unwritable(value: Value, depth: int = 1) -> None:
    """Check that a file can hold a new value.

    Raises EditRefusedError for too many levels and for half characters.
    """
    if depth > MAX_DEPTH:
        reason = f"The new value has more than {MAX_DEPTH} levels, one within another."
        raise EditRefusedError(reason, "Write it with fewer levels.", 1, 1)
    if not _is_collection(value):
        if match := _HALF_CHARACTER.search(text_of_scalar(value)):
            reason = f"The new text holds half a character (U+{ord(match[0]):04X})."
            raise EditRefusedError(reason, "Leave it out, or type the text anew.", 1, 1)
        return
    for inner in (*_values_within(value), *(value if isinstance(value, abc.Mapping) else ())):
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


def _emit_lines(value: Value, layout: Layout, *, flow: bool = False, block: str = "") -> list[str]:
    stream = io.StringIO()
    emitter = _Emitter(stream, width=_NO_WRAPPING, allow_unicode=True)
    emitter.best_map_indent = layout.step
    emitter.best_sequence_indent = layout.dash + layout.gap
    emitter.sequence_dash_offset = layout.dash
    emitter.emit(StreamStartEvent())
    emitter.emit(DocumentStartEvent(explicit=False))
    for event in _events_of(value, layout, "", flow=flow, block=block):
        emitter.emit(event)
    emitter.emit(DocumentEndEvent(explicit=False))
    emitter.emit(StreamEndEvent())
    return stream.getvalue().removesuffix("\n").split("\n")


def _events_of(
    value: Value, layout: Layout, key: str, *, flow: bool, block: str = ""
) -> Iterator[Event]:
    """Yield the events of a value that stands at `key`; at the key `block` it stands on lines."""
    if isinstance(value, abc.Mapping):
        yield MappingStartEvent(None, None, True, flow_style=flow)
        for name, inner in value.items():
            yield _scalar_event(name, flow=flow)
            inner_flow = flow or (name != block and stands_in_brackets(inner, layout, name))
            yield from _events_of(inner, layout, name, flow=inner_flow)
        yield MappingEndEvent()
    elif isinstance(value, abc.Sequence) and not isinstance(value, str):
        yield SequenceStartEvent(None, None, True, flow_style=flow)
        for item in value:
            yield from _events_of(
                item, layout, "", flow=flow or _item_stands_in_brackets(item, layout, key)
            )
        yield SequenceEndEvent()
    else:
        yield _scalar_event(value, flow=flow, block=layout.has_blocks and not flow)


def _scalar_event(value: Value, *, flow: bool, block: bool = False) -> Event:
    text = text_of_scalar(value)
    if block and isinstance(value, str) and can_be_block_scalar(value):
        return ScalarEvent(None, None, (True, True), text, style="|")
    written = scalar_text(text, flow=flow) if isinstance(value, str) else text
    return ScalarEvent(None, None, (True, True), written)


def stands_in_brackets(value: Value, layout: Layout, key: str) -> bool:
    """Return whether a value is written in brackets: as elsewhere in the file, or a short list."""
    if not _is_collection(value) or any("\n" in text for text in scalar_texts(value)):
        return False
    if key in layout.flow_values or key in layout.block_values:
        return key not in layout.block_values
    words = not isinstance(value, abc.Mapping) and not any(
        map(_is_collection, _values_within(value))
    )
    short = sum(len(text) + 2 for text in scalar_texts(value)) <= _MAX_FLOW_LIST
    return words and short and all(is_plain(text) for text in scalar_texts(value))


def _item_stands_in_brackets(value: Value, layout: Layout, key: str) -> bool:
    seen = key in layout.flow_items and key not in layout.block_items
    return _is_collection(value) and seen and not any("\n" in text for text in scalar_texts(value))


def can_stand_in_brackets(value: Value, *, like_flow: bool) -> bool:
    """Return whether a new item is written in brackets, beside one that is."""
    return like_flow and _is_collection(value) and not any("\n" in t for t in scalar_texts(value))


def _is_collection(value: Value) -> bool:
    return isinstance(value, abc.Mapping | abc.Sequence) and not isinstance(value, str)


def _values_within(value: Value) -> list[Value]:
    if isinstance(value, abc.Mapping):
        return list(value.values())
    return list(value) if isinstance(value, abc.Sequence) and not isinstance(value, str) else []


def scalar_texts(value: Value) -> Iterator[str]:
    """Yield the texts of a value and of all that it holds."""
    if _is_collection(value):
        for inner in _values_within(value):
            yield from scalar_texts(inner)
    else:
        yield text_of_scalar(value)
