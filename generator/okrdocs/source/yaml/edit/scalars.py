"""Sets a scalar: a text, a quantity, a date, true or false, in place of another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from okrdocs.errors import EditRefusedError
from okrdocs.source.yaml.edit.block_style import (
    column_of_parent,
    end_of_colon,
    entry_starts,
    indented_lines_below,
)
from okrdocs.source.yaml.edit.document import (
    Edit,
    Splice,
    line_end,
    line_text,
    node_end,
    node_start,
    refusal_at,
    rest_of_line,
    splice,
)
from okrdocs.source.yaml.edit.new_text import (
    block_lines,
    can_be_block_scalar,
    refuse_unwritable,
    text_of_scalar,
)
from okrdocs.source.yaml.edit.place import (
    EditTarget,
    Path,
    find_target,
    indexes_of,
    is_in_brackets,
    unexpected_kind,
)
from okrdocs.source.yaml.edit.proof import (
    content_of_new_text,
    content_of_node,
    prove_edit,
    with_content_at,
)
from okrdocs.source.yaml.nodes import Mapping, Scalar
from okrdocs.source.yaml.scalar_text import scalar_text

ScalarValue: TypeAlias = str | bool | int | Decimal | date
"""What can stand as a scalar; a `str` is text, a decimal number or a date."""

_HEADER = re.compile(r"[|>][-+0-9]*")


def set_scalar(text: str, path: Path, value: ScalarValue) -> Edit:
    """Replace a scalar, or an empty value, by another one; its kind of quotation marks stays.

    A text of several lines becomes a block (`|`) where it can. Raises EditRefusedError where a
    list or keys stand at the path, or where the place can't be changed alone.
    """
    refuse_unwritable(value)
    target = find_target(text, path)
    if target.document.root is None:
        raise refusal_at(target.document, 0, "The file is empty.", "Insert its first key instead.")
    if not isinstance(target.place.node, Scalar):
        raise unexpected_kind(target, "a text or nothing")
    _refuse_key_without_colon(target)
    expected = with_content_at(
        content_of_node(target.root),
        indexes_of(target.place),
        content_of_new_text(text_of_scalar(value)),
    )
    for start, end, new in _possible_splices(target, target.place.node, value):
        try:
            return prove_edit(target.document, splice(target.document, start, end, new), expected)
        except EditRefusedError as error:
            refusal = error
    raise refusal


def _refuse_key_without_colon(target: EditTarget) -> None:
    """Check that the key has a colon: behind `?`, or alone in braces, a value has no place."""
    if target.place.parents:
        parent, index = target.place.parents[-1]
        if isinstance(parent, Mapping):
            end_of_colon(target.document, parent.entries[index][0])
        if not parent.flow:
            entry_starts(target.document, parent)


def _possible_splices(target: EditTarget, node: Scalar, value: ScalarValue) -> Iterator[Splice]:
    """Yield start, end and new text: first as a block where it may be one, then on one line."""
    document = target.document
    start, end = node_start(document, node), node_end(document, node)
    header = _HEADER.match(document.text, start) if node.block else None
    rest = rest_of_line(document, header.end() if header else end)
    if _becomes_block(target, value) and rest is not None:
        lines = block_lines(str(value), target.layout)
        below = [line[target.layout.step :] for line in lines[1:]]
        below_text = indented_lines_below(document, start, below, _block_column(target, node))
        new = f"{lines[0]}{rest}{below_text}"
        yield start, end if header else line_end(document, end), _missing_space(target, start) + new
    mark = "" if node.plain or node.block else document.text[start]
    new = text_of_scalar(value)
    if isinstance(value, str):
        new = scalar_text(value, mark=mark, flow=is_in_brackets(target.place))
    yield start, end, _missing_space(target, start) + new + ((rest or "") if header else "")


def _becomes_block(target: EditTarget, value: ScalarValue) -> bool:
    return (
        isinstance(value, str) and can_be_block_scalar(value) and not is_in_brackets(target.place)
    )


def _missing_space(target: EditTarget, start: int) -> str:
    """Return the space behind a colon or a dash, where there is none yet."""
    return " " if target.document.text[start - 1 : start] in (":", "-") else ""


def _block_column(target: EditTarget, node: Scalar) -> int:
    """Return the column of the lines of a block: as they were, or one step behind the key."""
    if node.block and node.extent[2] > node.extent[0]:
        below = line_text(target.document, node.extent[0] + 1)
        header = _HEADER.match(target.document.text, node_start(target.document, node))
        if below.strip() and header and not re.search("[0-9]", header[0]):
            return len(below) - len(below.lstrip(" "))
    return (column_of_parent(target.document, target.place) if target.place.parents else 0) + (
        target.layout.step
    )
