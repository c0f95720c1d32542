"""The line as it should be: what a text looks like in quotes, and how far it reaches.

`yaml_traps` and `yaml_quotes` ask here for the cure that they show. What it shows holds each
character that a person typed, and is all that the place needs; where that can't be told for
certain, it says what to do and shows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from okrdocs.problem import Extent, Problem

RecordKeys = Sequence[frozenset[str]]
"""The keys of each kind of record that a file may hold; whoever knows the format passes them in."""
TRAP = "yaml-trap"
LONGEST = 1000  # beyond this many characters a line isn't taken apart: the cure couldn't be read
_LINE = re.compile(
    r"^(?P<lead>\s*(?:-\s+)*)"
    r"(?:(?P<key>\"[^\"]*\"|'[^']*'|[^\s\"'\[\]{}#&*!|>%@`,][^:#]{0,80}?)[ \t]*:(?:[ \t]+|$))?"
    r"(?P<value>.*?)(?P<comment>[ \t]+#(?:[ \t].*)?)?[ \t\r]*$"
)
_QUOTE = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')"""
_QUOTED = re.compile(rf"{_QUOTE}(?=\s*[,}}\]])")
_BRACKET = re.compile(rf"(?<=[\s\[{{,]){_QUOTE}(?=\s*[,:}}\]])|[\[\]{{}}]")
_COMMENT = re.compile(rf"(?<=[\s\[{{,]){_QUOTE}(?=\s*[,:}}\]])|\s(#.*)")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[^\s"'\[\]{},:][^"\[\]{},:]*?)\s*:\s+""")
_SIGN = re.compile(r"[\[\]{},]|\s#(?!\S)")
_NEXT = re.compile(r"\s*(?:([A-Za-z_][\w-]*)\s*:(?=\s|\})|\})")
_BEHIND = re.compile(r"\s*(?:[\]},]|\s#|$)")


class Pieces(NamedTuple):
    """A line taken apart: `  - key: value  # comment`, and the column of the value."""

    key: str
    value: str
    column: int


class _Entry(NamedTuple):
    """A text on a line: its key, and the columns (from 0) of its begin and its end."""

    key: str
    begin: int
    end: int


def quoted(text: str) -> str:
    """Text as a quoted YAML scalar on one line, with the quotation mark that it doesn't hold."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def pieces(line: str) -> Pieces:
    """Key and value of a line without list dashes, comment and outer space."""
    match = _LINE.match(line[:LONGEST])
    if match is None:
        return Pieces("", line.strip(), 0)
    return Pieces(match["key"] or "", match["value"], match.start("value"))


def comment_in(line: str) -> re.Match[str] | None:
    """Group 1: what follows the first ` #` of a line that isn't in quotes within brackets."""
    return next((each for each in _COMMENT.finditer(line[:LONGEST]) if each[1]), None)


def shown(text: str, limit: int = 60) -> str:
    """Text for a message: in backticks, on one line, shortened."""
    flat = " ".join(text[:LONGEST].split())
    return f"`{flat if len(flat) <= limit else flat[: limit - 1] + '…'}`"


def put_quotes(entry: str | None, start: str = "Put", end: str = ".") -> str:
    """ "Put quotes around it: …", with an entry of `in_quotes` or `in_quotes_at`."""
    if entry is None:
        what = "the whole text, with all commas and colons that belong to it"
    else:
        what = f"it: `{entry}`" if entry else "the whole text"
    return f"{start} quotes around {what}{end}"


def in_quotes(key: str, value: str) -> str:
    """A key and its value as they should be, in quotes; "" where they are too long to be shown."""
    if len(value) > 200 or "\n" in value:
        return ""
    return f"{key + ': ' if key else ''}{quoted(_unwrapped(value))}"


def in_quotes_at(line: str, column: int, records: RecordKeys) -> str | None:
    """As `in_quotes` for what stands at a column (from 0): the line's value, or part in brackets.

    None where it isn't certain how far the text reaches.
    """
    found = _entry_at(line, column, records)
    return in_quotes(found.key, line[found.begin : found.end]) if found else None


def mended(lines: list[str], stop: Problem, records: RecordKeys) -> str | None:
    """The text once its author did what a problem says, to read on; None where that's unsure.

    What the problem says to quote is its parameter `entry`.
    """
    number, column = stop.span.line - 1, stop.span.column - 1
    line, entry = lines[number], stop.param("entry")
    found = _entry_at(line, column, records)
    if found is None or len(line) > LONGEST or _goes_on(lines, number):
        return None
    if stop.code != TRAP or entry != in_quotes(found.key, line[found.begin : found.end]):
        return None
    text = quoted(_unwrapped(line[found.begin : found.end]))
    line = f"{line[: found.begin]}{text}{line[found.end :]}"
    return "\n".join((*lines[:number], line, *lines[number + 1 :]))


def _goes_on(lines: list[str], number: int) -> bool:
    """Whether the line below is indented as a part of this line's text."""
    lead = re.match(r"\s*(?:-\s+)*" if pieces(lines[number]).key else r"\s*", lines[number])
    below = next((line for line in lines[number + 1 :] if line.strip()), "")
    return len(below) - len(below.lstrip()) > (lead.end() if lead else 0)


def _entry_at(line: str, column: int, records: RecordKeys) -> _Entry | None:
    """What stands at a column: the line's value, or its part in brackets."""
    parts = pieces(line)
    if parts.value[:1] in ("[", "{"):
        opened = _opened(line[:LONGEST], parts.column, column)
        if opened is not None:
            return _in_brackets(line[:LONGEST], opened, column, records)
    whole = _Entry(parts.key, parts.column, parts.column + len(parts.value))
    return whole if _is_whole(parts.value) else None


def or_text(lines: Sequence[str], extent: Extent, records: RecordKeys) -> str:
    """ "If it is text, put quotes …" for what starts at an extent."""
    entry = in_quotes_at(lines[extent[0] - 1], extent[1] - 1, records)
    return put_quotes(entry, "If it is text, put")


def _unwrapped(value: str) -> str:
    """`'don't'` was meant to be quoted already: what stands between its outer marks."""
    mark, inner = value[:1], value[1:-1]
    if len(value) < 3 or mark not in ('"', "'") or value[-1] != mark:
        return value
    # In `"Big" and "small"` the first mark within closes: the text itself begins with a quotation.
    first_closes = re.match(rf"[^{mark}]*[^\s{mark}]{mark}(?!\w)", inner)
    apart = re.search(rf"{mark}\s*{mark}", inner) or (first_closes and not inner.count(mark) % 2)
    return value if apart else inner


def _is_whole(value: str) -> bool:
    """Whether a line's value is all of a text: it closes no bracket of a line above."""
    rest = value if value[:1] in ("[", "{") else value[1:]
    closed = rest.count("}") <= rest.count("{") and rest.count("]") <= rest.count("[")
    return closed and not rest.endswith(",")


def _opened(line: str, begin: int, column: int) -> int | None:
    """Where the innermost brackets around a column open."""
    opened: list[int] = []
    for sign in _BRACKET.finditer(line, begin, column):
        if sign[0] in "[{":
            opened.append(sign.start())
        elif sign[0] in "]}" and opened:
            opened.pop()
    return opened[-1] if opened else None


def _in_brackets(line: str, begin: int, column: int, records: RecordKeys) -> _Entry | None:
    """The entry at a column of the brackets that open at `begin`; a list's has no key.

    None where its end can't be told: `{note: a: b, c: d}` may hold one key or two.
    """
    if line[begin] == "[":
        found = _of_list(line, begin + 1, column)
    else:
        found = _of_braces(line, begin + 1, column, records)
    return found if found and _is_even(line[found.begin : found.end]) else None


def _is_even(text: str) -> bool:
    """Whether no quotation mark of a text has its partner outside."""
    if len(text) > 2 and text[0] in "\"'" and text[0] == text[-1]:
        return True
    return bool(text) and text[0] != "'" and text.count('"') % 2 == 0


def _of_list(line: str, begin: int, column: int) -> _Entry | None:
    """In a list commas part texts, so that one with quotation marks is clear only where alone."""
    opened, begin = begin, max(begin, line.rfind(",", begin, column) + 1)
    if re.search(r"[\"']", _QUOTED.sub("", line[opened:begin])):
        return None  # the comma may stand within a quotation
    end = re.compile(r"[\[\]{},]|\s#").search(line, begin)
    if end is None or end[0] not in ("]", ","):
        return None
    text = line[begin : end.start()].strip()
    column = line.index(text, begin)
    alone = end[0] == "]" and begin == opened
    clear = alone or not re.search(r"^'|\"", text)
    return _Entry("", column, column + len(text)) if clear else None


def _of_braces(line: str, begin: int, column: int, records: RecordKeys) -> _Entry | None:
    keys: list[str] = []
    while key := _KEY.match(line, begin):
        keys.append(key[1].strip("\"'"))
        end = _end_of_value(line, key.end(), keys, records)
        if end is None or column < key.end():
            return None
        if column < end:
            return _Entry(key[1], key.end(), len(line[:end].rstrip()))
        begin = end + 1
    return None


def _end_of_value(line: str, begin: int, keys: list[str], records: RecordKeys) -> int | None:
    """Where the value of the last key ends: the column of its comma or brace; None if unclear."""
    if whole := _QUOTED.match(line, begin):
        begin = whole.end()
    elif line[begin : begin + 1] in ("[", "{"):
        begin = _behind_bracket(line, begin)
    for sign in _SIGN.finditer(line, begin):
        if sign[0] == "}":
            return sign.start() if _BEHIND.match(line, sign.end()) else None
        if sign[0] != ",":
            return None
        after = _NEXT.match(line, sign.end())
        if after and (after[1] is None or _follows(after[1], keys, records)):
            return sign.start()
        if after and (after[1].islower() or _follows(after[1].lower(), [], records)):
            return None
    return None


def _behind_bracket(line: str, begin: int) -> int:
    """The column behind the list or the braces that open at `begin`."""
    depth = 0
    for sign in _BRACKET.finditer(line, begin):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(sign[0], 0)
        if not depth:
            return sign.end()
    return len(line)


def _follows(key: str, keys: list[str], records: RecordKeys) -> bool:
    """Whether a record that has these keys of the format has this one too, and not yet."""
    return key not in keys and any(key in each and each.issuperset(keys) for each in records)
