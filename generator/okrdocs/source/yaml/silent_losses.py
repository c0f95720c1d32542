"""What YAML loses of a text that a person typed, and how to quote it.

`reader` asks here about the nodes of each file: a ` #` that made a comment of a title's end, a
comma that cut a text in `{…}` or `[…]` in two, a `>5` that opened an empty block of text. All is
judged on the source lines: in the nodes the lost part is no longer there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from okrdocs.problem import Extent, Problem, Replacement, Span, error
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar, text_within
from okrdocs.source.yaml.quoting import (
    TRAP_CODE,
    excerpt,
    quoted_entry,
    quoted_line_value,
    quoting_hint,
    split_line,
)

_BRACKET_PAIRS = ("()", "“”", "„“", "«»")

Lines = Callable[[], list[str]]
"""The lines of a file, split when they are first asked for: most files have no trap."""


def texts_cut_by_comments(path: str, lines: list[str], node: Node) -> Iterator[Problem]:
    """Report plain texts that a `#` cut off, in source order.

    A `#` after white space begins a comment. It is taken for text where no space follows it:
    people write comments as `# text`, and `#1`, `#growth` in prose.
    """
    for scalar in _plain_scalars(node):
        _, _, number, column = scalar.extent
        if number > len(lines):  # `---  #x`: nothing, which libyaml sees behind the last line
            continue
        rest = lines[number - 1][column - 1 :]
        match = re.match(r"\s+(?=#[^\s#])", rest)
        if match:
            yield _cut_text_problem(path, number, lines[number - 1], column - 1 + match.end())


def _plain_scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        if node.plain:
            yield node
    elif isinstance(node, Mapping):
        for _, value in node.entries:
            yield from _plain_scalars(value)
    else:
        for item in node.items:
            yield from _plain_scalars(item)


def _cut_text_problem(path: str, number: int, line: str, column: int) -> Problem:
    parts = split_line(line)
    hint = (
        "Put quotes around the text that holds the `#`."
        if parts.value[:1] in ("[", "{")
        else quoting_hint(quoted_entry(parts.key, parts.value))
    )
    return error(
        TRAP_CODE,
        Span(path, number, column + 1, number, len(line.rstrip()) + 1),
        f"YAML takes {excerpt(line[column:])} for a comment, so this part of the text is lost.",
        f"{hint} If it is a comment, write a space after the `#`.",
    )._replace(replacement=quoted_line_value(path, number, line))


def empty_block_problem(path: str, number: int, line: str, column: int) -> Problem:
    """Return the Problem of `|5`, a block without text; `number` from 1, `column` from 0."""
    parts = split_line(line)
    return error(
        TRAP_CODE,
        Span(path, number, column + 1, number, len(line.rstrip()) + 1),
        f"{excerpt(line[column:])} opens a block of text on the lines below, but none follows.",
        quoting_hint(quoted_entry(parts.key, parts.value)),
    )._replace(replacement=quoted_line_value(path, number, line))


def texts_cut_by_commas_in_map(
    path: str, lines: Lines, entries: Sequence[tuple[Scalar, Node]]
) -> Iterator[Problem]:
    """Report `{title: SSO (SAML, OIDC)}`: a key without a colon is the rest of the text before."""
    begun: tuple[Scalar, Node] | None = None
    cut: Scalar | None = None
    for key, value in entries:
        if not _has_no_colon(lines, key, value):
            if begun and cut:
                yield _comma_problem(path, lines, begun[0].text, begun[1].extent, cut.extent)
            begun, cut = (key, value), None
        elif space := re.match(r"([A-Za-z][\w-]*):(\S.*)", key.text):
            message = f"A space is missing after `{space[1]}:`."
            span, right = Span(path, *key.extent), f"{space[1]}: {space[2]}"
            problem = error("yaml-syntax", span, message, f"Write `{right}`.")
            yield problem._replace(replacement=Replacement(span, right))
        elif begun is None:
            message = f"{excerpt(key.text)} stands between braces without a value."
            hint = "Braces hold `key: value`. If it is text, put quotes around it, braces included."
            yield error(TRAP_CODE, Span(path, *key.extent), message, hint)
        else:
            cut = key
    if begun and cut:
        yield _comma_problem(path, lines, begun[0].text, begun[1].extent, cut.extent)


def _has_no_colon(lines: Lines, key: Scalar, value: Node) -> bool:
    if type(value) is not Scalar or value.text or not value.plain:
        return False
    _, _, line, column = key.extent
    return not lines()[line - 1][column - 1 :].lstrip().startswith(":")


def texts_cut_by_commas_in_list(
    path: str, lines: Lines, items: Sequence[Node]
) -> Iterator[Problem]:
    """Report `[SSO (SAML, OIDC)]`, `[3,800 users]`: only open parentheses and thousands show it."""
    cut = 0  # items below this one are reported already
    for at, (before, after) in enumerate(pairwise(items)):
        if at < cut or type(before) is not Scalar or not before.plain:
            continue
        end = _index_of_closing_item(items, at)
        if not end and type(after) is Scalar and after.plain:
            near = before.extent[2:] == (after.extent[0], after.extent[1] - 1)
            end = at + 1 if near and _is_thousands_separator(before.text, after.text) else 0
        if end:
            cut = end
            yield _comma_problem(path, lines, "", before.extent, items[end].extent)


def _index_of_closing_item(items: Sequence[Node], at: int) -> int:
    """Return the item in which the parenthesis or quotation of the one at `at` closes; or 0."""
    text = items[at].text if isinstance(items[at], Scalar) else ""  # type: ignore[union-attr]
    pair = next((p for p in _BRACKET_PAIRS if text.count(p[0]) > text.count(p[1])), "")
    for number in range(at + 1, len(items) if pair else 0):
        item = items[number]
        if not isinstance(item, Scalar) or not item.plain or item.text.count(pair[0]):
            return 0
        if pair[1] in item.text:
            return number
    return 0


def _is_thousands_separator(before: str, after: str) -> bool:
    return bool(re.search(r"(?<!\d)\d{1,3}$", before) and re.match(r"\d{3}(?!\d)", after))


def _comma_problem(path: str, lines: Lines, key: str, first: Extent, last: Extent) -> Problem:
    """Return the Problem of a text from `first` to the end of `last`, cut by a comma between."""
    begun, typed = (_text_on_one_line(lines(), (*first[:2], *end)) for end in (first[2:], last[2:]))
    whole = _joined_text(begun, typed)
    entry = quoted_entry(key, whole) if whole is not None else None
    right = Replacement(Span(path, *first[:2], *last[2:]), quoted_entry("", whole or ""))
    return error(
        TRAP_CODE,
        Span(path, *last),
        f"Between brackets the comma before {excerpt(text_within(lines(), last))} ends the text.",
        quoting_hint(entry),
    )._replace(replacement=right if entry else None)


def _text_on_one_line(lines: list[str], extent: Extent) -> str:
    return re.sub(r"\s*\n\s*", " ", text_within(lines, extent)).strip()


def _joined_text(first: str, typed: str) -> str | None:
    """Return `typed`, which begins with `first`, as one text; its quotes may end too soon.

    None where only the author knows whether a quotation is theirs or YAML's.
    """
    if first[:1] not in ('"', "'"):
        return typed
    inner = first[1:-1]
    if not re.search(r": | #|[,\[\]{}]", inner) or "\\" in typed or first[0] in inner:
        return None
    return inner + typed[len(first) :]
