"""The line as it should be: what a text looks like in quotes, and how far it reaches.

`silent_losses` and `quoting_errors` take the corrected line that they show from here. It holds each
character that a person typed, and is all that the place needs; where that isn't certain, the hint
says what to do and shows no line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from okrdocs.problem import Extent, Problem, Replacement, Span
from okrdocs.source.yaml.scalar_text import quoted_text

RecordKeys = Sequence[frozenset[str]]
"""The keys of each kind of record that a file may hold; whoever knows the format passes them in."""
TRAP_CODE = "yaml-trap"
MAX_LINE_LENGTH = (
    1000  # beyond this many characters a line isn't taken apart: nobody could read the result
)
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
_FLOW_INDICATOR = re.compile(r"[\[\]{},]|\s#(?!\S)")
_NEXT_KEY = re.compile(r"\s*(?:([A-Za-z_][\w-]*)\s*:(?=\s|\})|\})")
_AFTER_BRACE = re.compile(r"\s*(?:[\]},]|\s#|$)")


class LineParts(NamedTuple):
    """A line taken apart: `  - key: value  # comment`, and the column of the value."""

    key: str
    value: str
    column: int


class _EntryRange(NamedTuple):
    """A text on a line: its key, and the columns (from 0) of its begin and its end."""

    key: str
    begin: int
    end: int


def split_line(line: str) -> LineParts:
    """Return key and value of a line without list dashes, comment and outer space."""
    match = _LINE.match(line[:MAX_LINE_LENGTH])
    if match is None:
        return LineParts("", line.strip(), 0)
    return LineParts(match["key"] or "", match["value"], match.start("value"))


def find_comment(line: str) -> re.Match[str] | None:
    """Return a match with, as group 1, the comment of a line: not in quotes within brackets."""
    return next((match for match in _COMMENT.finditer(line[:MAX_LINE_LENGTH]) if match[1]), None)


def excerpt(text: str, limit: int = 60) -> str:
    """Return a text for a message: in backticks, on one line, shortened."""
    flat = " ".join(text[:MAX_LINE_LENGTH].split())
    return f"`{flat if len(flat) <= limit else flat[: limit - 1] + '…'}`"


def quoting_hint(entry: str | None, start: str = "Put", end: str = ".") -> str:
    """Return "Put quotes around it: …", with an entry of `quoted_entry` or `quoted_entry_at`."""
    if entry is None:
        what = "the whole text, with all commas and colons that belong to it"
    else:
        what = f"it: `{entry}`" if entry else "the whole text"
    return f"{start} quotes around {what}{end}"


def quoted_entry(key: str, value: str) -> str:
    """Return a key and its value in quotes, as they should be; "" where they are too long."""
    if len(value) > 200 or "\n" in value:
        return ""
    return f"{key + ': ' if key else ''}{quoted_text(_without_outer_quotes(value))}"


def quoted_entry_at(line: str, column: int, records: RecordKeys) -> str | None:
    """Return the `quoted_entry` at a column (from 0): the line's value, or its part in brackets.

    None where it isn't certain how far the text reaches.
    """
    entry = _entry_at(line, column, records)
    return quoted_entry(entry.key, line[entry.begin : entry.end]) if entry else None


def suggested_quotes(
    lines: list[str], stop: Problem, records: RecordKeys
) -> tuple[int, int, str] | None:
    """Return what a problem says to quote: where it begins and ends on its line (from 0), quoted.

    None where that isn't certain. What the problem says to quote is its parameter `entry`.
    """
    number, column = stop.span.line - 1, stop.span.column - 1
    line, suggested = lines[number], stop.param("entry")
    entry = _entry_at(line, column, records)
    if entry is None or len(line) > MAX_LINE_LENGTH or _continues_below(lines, number):
        return None
    if stop.code != TRAP_CODE or suggested != quoted_entry(
        entry.key, line[entry.begin : entry.end]
    ):
        return None
    text = quoted_text(_without_outer_quotes(line[entry.begin : entry.end]))
    return entry.begin, entry.end, text


def with_suggested_quotes(lines: list[str], stop: Problem, suggested: tuple[int, int, str]) -> str:
    """Return the text once its author did what a problem says."""
    number, (begin, end, text) = stop.span.line - 1, suggested
    line = f"{lines[number][:begin]}{text}{lines[number][end:]}"
    return "\n".join((*lines[:number], line, *lines[number + 1 :]))


def quoted_line_value(path: str, number: int, line: str) -> Replacement | None:
    """Return the value of a line in quotes, with what looked like a comment; `number` from 1.

    None within brackets, and where the line is too long.
    """
    parts = split_line(line)
    whole = line[parts.column :].rstrip()
    if parts.value[:1] in ("[", "{") or len(whole) > 200:
        return None
    span = Span(path, number, parts.column + 1, number, parts.column + len(whole) + 1)
    return Replacement(span, quoted_text(_without_outer_quotes(whole)))


def _continues_below(lines: list[str], number: int) -> bool:
    """Return whether the line below is indented as a part of this line's text."""
    lead = re.match(r"\s*(?:-\s+)*" if split_line(lines[number]).key else r"\s*", lines[number])
    below = next((line for line in lines[number + 1 :] if line.strip()), "")
    return len(below) - len(below.lstrip()) > (lead.end() if lead else 0)


def _entry_at(line: str, column: int, records: RecordKeys) -> _EntryRange | None:
    """Return what stands at a column: the line's value, or its part in brackets."""
    parts = split_line(line)
    if parts.value[:1] in ("[", "{"):
        opened = _innermost_bracket(line[:MAX_LINE_LENGTH], parts.column, column)
        if opened is not None:
            return _entry_in_brackets(line[:MAX_LINE_LENGTH], opened, column, records)
    whole = _EntryRange(parts.key, parts.column, parts.column + len(parts.value))
    return whole if _closes_its_brackets(parts.value) else None


def hint_if_text(lines: Sequence[str], extent: Extent, records: RecordKeys) -> str:
    """Return "If it is text, put quotes …" for what starts at an extent."""
    entry = quoted_entry_at(lines[extent[0] - 1], extent[1] - 1, records)
    return quoting_hint(entry, "If it is text, put")


def _without_outer_quotes(value: str) -> str:
    """Return what stands between the outer marks of `'don't'`, meant to be quoted already."""
    mark, inner = value[:1], value[1:-1]
    if len(value) < 3 or mark not in ('"', "'") or value[-1] != mark:
        return value
    # In `"Big" and "small"` the first mark within closes: the text itself begins with a quotation.
    first_closes = re.match(rf"[^{mark}]*[^\s{mark}]{mark}(?!\w)", inner)
    apart = re.search(rf"{mark}\s*{mark}", inner) or (first_closes and not inner.count(mark) % 2)
    return value if apart else inner


def _closes_its_brackets(value: str) -> bool:
    """Return whether a line's value is all of a text: it closes no bracket of a line above."""
    rest = value if value[:1] in ("[", "{") else value[1:]
    closed = rest.count("}") <= rest.count("{") and rest.count("]") <= rest.count("[")
    return closed and not rest.endswith(",")


def _innermost_bracket(line: str, begin: int, column: int) -> int | None:
    """Return where the innermost brackets around a column open."""
    opened: list[int] = []
    for sign in _BRACKET.finditer(line, begin, column):
        if sign[0] in "[{":
            opened.append(sign.start())
        elif sign[0] in "]}" and opened:
            opened.pop()
    return opened[-1] if opened else None


def _entry_in_brackets(
    line: str, begin: int, column: int, records: RecordKeys
) -> _EntryRange | None:
    """Return the entry at a column of the brackets that open at `begin`; a list's has no key.

    None where its end can't be told: `{note: a: b, c: d}` may hold one key or two.
    """
    if line[begin] == "[":
        entry = _entry_in_list(line, begin + 1, column)
    else:
        entry = _entry_in_braces(line, begin + 1, column, records)
    return entry if entry and _has_paired_quotes(line[entry.begin : entry.end]) else None


def _has_paired_quotes(text: str) -> bool:
    """Return whether no quotation mark of a text has its partner outside."""
    if len(text) > 2 and text[0] in "\"'" and text[0] == text[-1]:
        return True
    return bool(text) and text[0] != "'" and text.count('"') % 2 == 0


def _entry_in_list(line: str, begin: int, column: int) -> _EntryRange | None:
    """Return the entry at a column of a list; with quotation marks only where it stands alone."""
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
    return _EntryRange("", column, column + len(text)) if clear else None


def _entry_in_braces(line: str, begin: int, column: int, records: RecordKeys) -> _EntryRange | None:
    keys: list[str] = []
    while key := _KEY.match(line, begin):
        keys.append(key[1].strip("\"'"))
        end = _end_of_value(line, key.end(), keys, records)
        if end is None or column < key.end():
            return None
        if column < end:
            return _EntryRange(key[1], key.end(), len(line[:end].rstrip()))
        begin = end + 1
    return None


def _end_of_value(line: str, begin: int, keys: list[str], records: RecordKeys) -> int | None:
    """Return where the last key's value ends: at which comma or brace; None if unclear."""
    if whole := _QUOTED.match(line, begin):
        begin = whole.end()
    elif line[begin : begin + 1] in ("[", "{"):
        begin = _end_of_brackets(line, begin)
    for sign in _FLOW_INDICATOR.finditer(line, begin):
        if sign[0] == "}":
            return sign.start() if _AFTER_BRACE.match(line, sign.end()) else None
        if sign[0] != ",":
            return None
        after = _NEXT_KEY.match(line, sign.end())
        if after and (after[1] is None or _may_follow(after[1], keys, records)):
            return sign.start()
        if after and (after[1].islower() or _may_follow(after[1].lower(), [], records)):
            return None
    return None


def _end_of_brackets(line: str, begin: int) -> int:
    """Return the column behind the list or the braces that open at `begin`."""
    depth = 0
    for sign in _BRACKET.finditer(line, begin):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(sign[0], 0)
        if not depth:
            return sign.end()
    return len(line)


def _may_follow(key: str, keys: list[str], records: RecordKeys) -> bool:
    """Return whether a record with these keys of the format may have this one too, and not yet."""
    return key not in keys and any(key in record and record.issuperset(keys) for record in records)
