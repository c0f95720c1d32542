"""Sets a scalar: a text, a quantity, a date, true or false, in place of another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from okrdocs.errors import EditRefusedError
from okrdocs.source.yaml.edit.block import (
    colon_of,
    column_of_parent,
    heads_of,
    lines_below,
)
from okrdocs.source.yaml.edit.document import (
    Edit,
    end_of,
    line_end,
    line_text,
    refusal,
    rest_of_line,
    splice,
    start_of,
)
from okrdocs.source.yaml.edit.emit import block_lines, fits_block, refuse_unwritable, word_of
from okrdocs.source.yaml.edit.path import Path
from okrdocs.source.yaml.edit.proof import meant_text, prove, replaced, tree_of
from okrdocs.source.yaml.edit.site import Site, find_site, is_in_flow, unexpected, way_of
from okrdocs.source.yaml.nodes import Mapping, Scalar
from okrdocs.source.yaml.scalar_text import scalar_text

Word: TypeAlias = str | bool | int | Decimal | date
"""What can stand as a scalar; a `str` is text, a decimal number or a date."""

_HEADER = re.compile(r"[|>][-+0-9]*")


def set_scalar(text: str, path: Path, value: Word) -> Edit:
    """Replaces a scalar, or an empty value, by another one; its kind of quotation marks stays.

    A text of several lines becomes a block (`|`) where it can. Raises EditRefusedError where a
    list or keys stand at the path, or where the place can't be changed alone.
    """
    refuse_unwritable(value)
    site = find_site(text, path)
    if site.document.root is None:
        raise refusal(site.document, 0, "The file is empty.", "Insert its first key instead.")
    if not isinstance(site.place.node, Scalar):
        raise unexpected(site, "a text or nothing")
    _refuse_odd_key(site)
    meant = replaced(tree_of(site.root), way_of(site.place), meant_text(word_of(value)))
    for start, end, new in _replacements(site, site.place.node, value):
        try:
            return prove(site.document, splice(site.document, start, end, new), meant)
        except EditRefusedError as fault:
            refused = fault
    raise refused


def _refuse_odd_key(site: Site) -> None:
    """Keys behind `?`, and in braces those without a colon, have no place for a value."""
    if site.place.parents:
        parent, index = site.place.parents[-1]
        if isinstance(parent, Mapping):
            colon_of(site.document, parent.entries[index][0])
        if not parent.flow:
            heads_of(site.document, parent)


def _replacements(site: Site, node: Scalar, value: Word) -> Iterator[tuple[int, int, str]]:
    """Start, end, and the new text: first as a block where it may be one, then on one line."""
    document = site.document
    start, end = start_of(document, node), end_of(document, node)
    header = _HEADER.match(document.text, start) if node.block else None
    rest = rest_of_line(document, header.end() if header else end)
    if _becomes_block(site, value) and rest is not None:
        lines = block_lines(str(value), site.layout)
        below = [line[site.layout.step :] for line in lines[1:]]
        new = f"{lines[0]}{rest}{lines_below(document, start, below, _indent(site, node))}"
        yield start, end if header else line_end(document, end), _apart(site, start) + new
    mark = "" if node.plain or node.block else document.text[start]
    new = word_of(value)
    if isinstance(value, str):
        new = scalar_text(value, mark=mark, flow=is_in_flow(site.place))
    yield start, end, _apart(site, start) + new + ((rest or "") if header else "")


def _becomes_block(site: Site, value: Word) -> bool:
    return isinstance(value, str) and fits_block(value) and not is_in_flow(site.place)


def _apart(site: Site, start: int) -> str:
    """The space behind a colon or a dash, where there is none yet."""
    return " " if site.document.text[start - 1 : start] in (":", "-") else ""


def _indent(site: Site, node: Scalar) -> int:
    """The column of the lines of a block: as they were, or one step behind the key."""
    if node.block and node.extent[2] > node.extent[0]:
        below = line_text(site.document, node.extent[0] + 1)
        header = _HEADER.match(site.document.text, start_of(site.document, node))
        if below.strip() and header and not re.search("[0-9]", header[0]):
            return len(below) - len(below.lstrip(" "))
    return (column_of_parent(site.document, site.place) if site.place.parents else 0) + (
        site.layout.step
    )
