"""Texts that stop a YAML parser and only need quotes: the cause, the cure, the corrected line.

The rules of `yaml_syntax` for text that begins or goes on with a sign that YAML takes for its own.
All judging is done on the source lines and hardly on the parser's wording, so that libyaml and
the pure-Python parser lead to one message.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from okrdocs.source.yaml.quoting import (
    TRAP,
    RecordKeys,
    comment_in,
    in_quotes,
    in_quotes_at,
    pieces,
    put_quotes,
    shown,
)

_STARTS = {
    "*": "repeats another place (an alias)",
    "&": "names a place (an anchor)",
    "!": "is a tag",
}


SYNTAX = "yaml-syntax"
_NO_SPACE = re.compile(r"^(?P<lead>\s*(?:-\s+)*)(?P<key>[A-Za-z][\w-]*):(?P<value>[^\s:/].*?)\s*$")


class Fault(NamedTuple):
    """Where and how a parser stopped. Positions are (line, column) from 0.

    `records`: which keys a record of the format may have, to tell where a text in braces ends.
    """

    lines: Sequence[str]
    at: tuple[int, int]
    start: tuple[int, int]  # where that began which it was reading; `at` where it didn't say
    context: str
    said: str
    records: RecordKeys = ()

    @property
    def line(self) -> str:
        """The line at which it stopped."""
        return self.text(self.at[0])

    @property
    def char(self) -> str:
        """The character at which it stopped, or ""."""
        return self.line[self.at[1] : self.at[1] + 1]

    def text(self, number: int) -> str:
        """A line by its number, or "" outside the text."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def before(self) -> int:
        """The number of the last line with content above the fault, or -1."""
        number = self.at[0] - 1
        while number >= 0 and not self.text(number).split("#")[0].strip():
            number -= 1
        return number


class Found(NamedTuple):
    """A fault understood: code, (line, column) from 0, message, cure.

    `entry`: where quotes alone are the cure, what the line or its part in brackets is with them.
    """

    code: str
    at: tuple[int, int]
    message: str
    hint: str
    entry: str | None = None


def _unquoted(at: tuple[int, int], message: str, entry: str | None) -> Found:
    """A fault that quotes around an entry cure."""
    return Found(TRAP, at, message, put_quotes(entry), entry)


def backslash(fault: Fault) -> Found | None:
    r"""`"C:\Temp"`: an escape that double quotes don't know."""
    if "quoted scalar" not in fault.context or not re.search("escape|hexdec", fault.said):
        return None
    at = (fault.at[0], max(fault.line.rfind("\\", 0, fault.at[1] + 1), 0))
    parts = pieces(fault.text(fault.start[0]))
    message = "Between double quotation marks a backslash has a meaning of its own."
    hint = "Use single quotation marks for text with a backslash"
    inner = parts.value[1:-1].replace("'", "''")
    whole = parts.value[:1] == '"' and parts.value[-1:] == '"' and len(inner) < 200
    return Found(
        TRAP,
        at,
        message,
        f"{hint}: `{parts.key}{': ' * bool(parts.key)}'{inner}'`." if whole else f"{hint}.",
    )


def unclosed_quote(fault: Fault, at: tuple[int, int]) -> Found:
    """A quotation mark at a place that has no partner."""
    mark = fault.text(at[0])[at[1] : at[1] + 1] or '"'
    parts = pieces(fault.text(at[0]))
    message = f"The quotation mark ({mark}) that opens here is never closed."
    if parts.value[:1] != mark or mark in parts.value[1:]:
        return Found(SYNTAX, at, message, f"Write {mark} at the end of the text as well.")
    key = f"{parts.key}: " if parts.key else ""
    return Found(SYNTAX, at, message, f"Close it: `{key}{parts.value[:200]}{mark}`.")


def block_header(fault: Fault) -> Found | None:
    """`>95%`, `| x`: a block of text with something on its first line."""
    if "block scalar" not in fault.context:
        return None
    line, column = fault.start
    parts = pieces(fault.text(line))
    mark = fault.text(line)[column : column + 1]
    return _unquoted(
        fault.start,
        f"A value that starts with `{mark}` opens a block of text that "
        "stands on the lines below, so nothing else may follow on this line.",
        in_quotes(parts.key, parts.value),
    )


def cannot_start(fault: Fault) -> Found | None:
    """`@team`, `% of users`, a backtick."""
    if not fault.said.startswith("found character") or not fault.char.strip():
        return None
    mark = "a backtick" if fault.char == "`" else f"`{fault.char}`"
    return _unquoted(
        fault.at,
        f"Text can't start with {mark} in YAML unless it is quoted.",
        in_quotes_at(fault.line, fault.at[1], fault.records),
    )


def indicator(fault: Fault) -> Found | None:
    """`*bold* move`, `& co`, `!x!y`: begun as alias, anchor or tag, and not one."""
    mark = fault.text(fault.start[0])[fault.start[1] : fault.start[1] + 1]
    if mark not in _STARTS or not re.search("alias|anchor|tag|parsing a node", fault.context):
        return None
    there = fault._replace(at=fault.start)
    return _unquoted(
        fault.start,
        f"Text that starts with `{mark}` {_STARTS[mark]} in YAML.",
        in_quotes_at(there.line, fault.start[1], fault.records),
    )


def after_the_end(fault: Fault) -> Found | None:
    """`[Draft] Become…`, `"Quoted" and more`, `'don't'`: text after a value that was complete."""
    parts = pieces(fault.line)
    end = fault.line[: fault.at[1]].rstrip()
    if end[-1:] not in ("]", "}", '"', "'") or fault.char == ":":
        return None
    first_on_line = end[-1] in "\"'" and not end[:-1].count(end[-1]) % 2
    if first_on_line and (above := _opened_above(fault, end[-1])):
        return above
    if end[-1] in "\"'":
        return _unquoted(
            fault.at,
            "The text goes on after its closing quotation mark.",
            in_quotes_at(fault.line, max(end[:-1].rfind(end[-1]), 0), fault.records),
        )
    mark, kind = ("[", "list") if end[-1] == "]" else ("{", "group of keys")
    if parts.value[:1] not in ("[", "{"):
        return None
    return _unquoted(
        fault.at,
        f"A value that starts with `{mark}` is a {kind} in YAML; "
        "nothing may follow its closing bracket.",
        in_quotes_at(fault.line, fault.at[1], fault.records),
    )


def _opened_above(fault: Fault, mark: str) -> Found | None:
    """A quotation mark left open above was closed by the one that was meant to open here."""
    for number in range(fault.at[0] - 1, -1, -1):
        parts = pieces(fault.text(number))
        if parts.value[:1] == mark and parts.value.count(mark) % 2:
            return unclosed_quote(fault, (number, parts.column))
    return None


def colon_in_flow(fault: Fault) -> Found | None:
    """`{title: a: b}`."""
    if "flow" not in fault.context or fault.char != ":":
        return None
    if fault.start[0] != fault.at[0] or fault.line[: fault.at[1]].rstrip()[-1:] in ("{", "[", ","):
        return None
    return _unquoted(
        fault.at,
        "This text holds a colon and a space, which YAML takes for a key.",
        in_quotes_at(fault.line, fault.at[1], fault.records),
    )


def cut_by_comment(fault: Fault) -> Found | None:
    """` #` made a comment of the rest of the line, with the closing bracket or the next line."""
    flow = "flow" in fault.context
    number = fault.start[0] if flow else fault.before()
    match = comment_in(fault.text(number))
    if match is None or number >= fault.at[0] + (not flow):
        return None
    if flow and not re.search(r"[\]}]", match[1]):
        return None
    if not flow and (pieces(fault.line).key or fault.at[1] <= fault.start[1]):
        return None
    parts = pieces(fault.text(number))
    at = (number, match.start(1))
    message = f"YAML takes {shown(match[1])} for a comment, so the end of the text is lost."
    entry = in_quotes_at(fault.text(number), match.start(1), fault.records) if flow else None
    if entry is not None:
        return _unquoted(at, message, entry)
    example = f': `{parts.key}: "…"`' if parts.key and not flow else ""
    return Found(TRAP, at, message, f"Put quotes around the text that holds the `#`{example}.")


def stray_mark(fault: Fault) -> Found | None:
    """`]`, `}` or `,` where a value begins."""
    if not fault.char or fault.char not in ",]}" or pieces(fault.line).column != fault.at[1]:
        return None
    return _unquoted(
        fault.at,
        f"Text can't start with `{fault.char}` in YAML unless it is quoted.",
        in_quotes_at(fault.line, fault.at[1], fault.records),
    )


def colon_in_text(fault: Fault) -> Found | None:
    """`title: Goal: grow`."""
    parts = pieces(fault.line)
    if not fault.said.startswith("mapping values") or fault.at[1] < parts.column or not parts.key:
        return None
    return _unquoted(
        fault.at,
        "This text holds a colon and a space, which YAML takes for a second key.",
        in_quotes(parts.key, parts.value),
    )


def list_on_the_line(fault: Fault) -> Found | None:
    """`note: - x`."""
    if "sequence entries" not in fault.said:
        return None
    parts = pieces(fault.line)
    if parts.value[:1] in ("[", "{"):
        entry = in_quotes_at(fault.line, fault.at[1], fault.records)
    else:
        key = parts.key or fault.line[: fault.at[1]].strip().rstrip(":")
        entry = in_quotes(key, fault.line[fault.at[1] :].strip())
    return Found(
        TRAP,
        fault.at,
        "A `-` opens a list item, and those stand on lines of their own.",
        put_quotes(entry, end="; or move the list to the next lines."),
    )


def question_mark(fault: Fault) -> Found | None:
    """`title: ? x`, and in braces also `{title: - x}`."""
    in_flow = "flow" in fault.context and re.match(r"[-?]\s", fault.line[fault.at[1] :])
    if "mapping keys" not in fault.said and not in_flow:
        return None
    return _unquoted(
        fault.at,
        f"Text can't start with `{fault.char} ` in YAML unless it is quoted.",
        in_quotes_at(fault.line, fault.at[1], fault.records),
    )
