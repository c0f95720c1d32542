"""What YAML loses of a text that a person typed, and how to quote it.

`yaml_text` asks here about the nodes of each file: a ` #` that made a comment of a title's end, a
comma that cut a text in `{…}` or `[…]` in two, a `>5` that opened an empty block of text. All is
judged on the source lines: in the nodes the lost part is no longer there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from okrdocs.problem import Extent, Problem, Span, error
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar, stretch
from okrdocs.source.yaml.quoting import TRAP, in_quotes, pieces, put_quotes, shown

_PAIRS = ("()", "“”", "„“", "«»")

Lines = Callable[[], list[str]]
"""The lines of a file, split when they are first asked for: most files have no trap."""


def lost_ends(path: str, lines: list[str], node: Node) -> Iterator[Problem]:
    """Plain texts that a `#` cut off, in source order.

    A `#` after white space begins a comment. It is taken for text where no space follows it:
    people write comments as `# text`, and `#1`, `#growth` in prose.
    """
    for scalar in _plain(node):
        _, _, number, column = scalar.extent
        if number > len(lines):  # `---  #x`: nothing, which libyaml sees behind the last line
            continue
        rest = lines[number - 1][column - 1 :]
        match = re.match(r"\s+(?=#[^\s#])", rest)
        if match:
            yield _lost_end(path, number, lines[number - 1], column - 1 + match.end())


def _plain(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        if node.plain:
            yield node
    elif isinstance(node, Mapping):
        for _, value in node.entries:
            yield from _plain(value)
    else:
        for item in node.items:
            yield from _plain(item)


def _lost_end(path: str, number: int, line: str, column: int) -> Problem:
    parts = pieces(line)
    hint = (
        "Put quotes around the text that holds the `#`."
        if parts.value[:1] in ("[", "{")
        else put_quotes(in_quotes(parts.key, parts.value))
    )
    return error(
        TRAP,
        Span(path, number, column + 1, number, len(line.rstrip()) + 1),
        f"YAML takes {shown(line[column:])} for a comment, so this part of the text is lost.",
        f"{hint} If it is a comment, write a space after the `#`.",
    )


def empty_block(path: str, number: int, line: str, column: int) -> Problem:
    """`|5`, `>5`: a block of text that holds none; `number` from 1, `column` from 0."""
    parts = pieces(line)
    return error(
        TRAP,
        Span(path, number, column + 1, number, len(line.rstrip()) + 1),
        f"{shown(line[column:])} opens a block of text on the lines below, but none follows.",
        put_quotes(in_quotes(parts.key, parts.value)),
    )


def commas_in_mapping(
    path: str, lines: Lines, entries: Sequence[tuple[Scalar, Node]]
) -> Iterator[Problem]:
    """`{title: SSO (SAML, OIDC)}`: a key without a colon is the rest of the text before it."""
    begun: tuple[Scalar, Node] | None = None
    cut: Scalar | None = None
    for key, value in entries:
        if not _without_colon(lines, key, value):
            if begun and cut:
                yield _comma(path, lines, begun[0].text, begun[1].extent, cut.extent)
            begun, cut = (key, value), None
        elif space := re.match(r"([A-Za-z][\w-]*):(\S.*)", key.text):
            said = f"A space is missing after `{space[1]}:`."
            hint = f"Write `{space[1]}: {space[2]}`."
            yield error("yaml-syntax", Span(path, *key.extent), said, hint)
        elif begun is None:
            said = f"{shown(key.text)} stands between braces without a value."
            hint = "Braces hold `key: value`. If it is text, put quotes around it, braces included."
            yield error(TRAP, Span(path, *key.extent), said, hint)
        else:
            cut = key
    if begun and cut:
        yield _comma(path, lines, begun[0].text, begun[1].extent, cut.extent)


def _without_colon(lines: Lines, key: Scalar, value: Node) -> bool:
    if type(value) is not Scalar or value.text or not value.plain:
        return False
    _, _, line, column = key.extent
    return not lines()[line - 1][column - 1 :].lstrip().startswith(":")


def commas_in_list(path: str, lines: Lines, items: Sequence[Node]) -> Iterator[Problem]:
    """`[SSO (SAML, OIDC)]`, `[3,800 users]`: only open parentheses and thousands tell."""
    cut = 0  # items below this one are told already
    for at, (before, after) in enumerate(pairwise(items)):
        if at < cut or type(before) is not Scalar or not before.plain:
            continue
        end = _closing(items, at)
        if not end and type(after) is Scalar and after.plain:
            near = before.extent[2:] == (after.extent[0], after.extent[1] - 1)
            end = at + 1 if near and _is_number_cut(before.text, after.text) else 0
        if end:
            cut = end
            yield _comma(path, lines, "", before.extent, items[end].extent)


def _closing(items: Sequence[Node], at: int) -> int:
    """The item in which the parenthesis or quotation closes that opens in the one at `at`; or 0."""
    text = items[at].text if isinstance(items[at], Scalar) else ""  # type: ignore[union-attr]
    pair = next((each for each in _PAIRS if text.count(each[0]) > text.count(each[1])), "")
    for number in range(at + 1, len(items) if pair else 0):
        item = items[number]
        if not isinstance(item, Scalar) or not item.plain or item.text.count(pair[0]):
            return 0
        if pair[1] in item.text:
            return number
    return 0


def _is_number_cut(before: str, after: str) -> bool:
    return bool(re.search(r"(?<!\d)\d{1,3}$", before) and re.match(r"\d{3}(?!\d)", after))


def _comma(path: str, lines: Lines, key: str, first: Extent, last: Extent) -> Problem:
    """Text from `first` to the end of `last`, cut in two by the comma between them."""
    return error(
        TRAP,
        Span(path, *last),
        f"Between brackets the comma before {shown(stretch(lines(), last))} ends the text.",
        _joined(key, *(_on_one_line(lines(), (*first[:2], *end)) for end in (first[2:], last[2:]))),
    )


def _on_one_line(lines: list[str], extent: Extent) -> str:
    return re.sub(r"\s*\n\s*", " ", stretch(lines, extent)).strip()


def _joined(key: str, first: str, typed: str) -> str:
    """The cure for `typed`, which begins with `first`; its quotation marks may end too soon."""
    if first[:1] not in ('"', "'"):
        return put_quotes(in_quotes(key, typed))
    inner = first[1:-1]
    if not re.search(r": | #|[,\[\]{}]", inner) or "\\" in typed or first[0] in inner:
        return put_quotes(None)  # the author's own quotation, or YAML's: only they know
    return put_quotes(in_quotes(key, inner + typed[len(first) :]))
