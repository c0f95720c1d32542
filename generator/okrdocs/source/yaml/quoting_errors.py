"""Texts that stop a YAML parser and only need quotes: the cause, the hint, the corrected line.

The rules of `syntax_errors` for text that begins or goes on with a sign that YAML takes for its
own. They look at the source lines and hardly at the parser's wording, so that libyaml and the
pure-Python parser lead to one message.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from okrdocs.source.yaml.quoting import (
    TRAP_CODE,
    RecordKeys,
    excerpt,
    find_comment,
    quoted_entry,
    quoted_entry_at,
    quoting_hint,
    split_line,
)
from okrdocs.source.yaml.scalar_text import quoted_text, scalar_text

_INDICATOR_MEANINGS = {
    "*": "repeats another place (an alias)",
    "&": "names a place (an anchor)",
    "!": "is a tag",
}


SYNTAX_CODE = "yaml-syntax"
_NO_SPACE = re.compile(r"^(?P<lead>\s*(?:-\s+)*)(?P<key>[A-Za-z][\w-]*):(?P<value>[^\s:/].*?)\s*$")


class ParseStop(NamedTuple):
    """Where and how a parser stopped. Positions are (line, column) from 0.

    `records`: which keys a record of the format may have, to tell where a text in braces ends.
    """

    lines: Sequence[str]
    at: tuple[int, int]
    start: tuple[int, int]  # where that began which it was reading; `at` where it didn't say
    context: str
    reason: str
    records: RecordKeys = ()

    @property
    def line(self) -> str:
        """Return the line at which it stopped."""
        return self.text(self.at[0])

    @property
    def char(self) -> str:
        """Return the character at which it stopped, or ""."""
        return self.line[self.at[1] : self.at[1] + 1]

    def text(self, number: int) -> str:
        """Return a line by its number, or "" outside the text."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def before(self) -> int:
        """Return the number of the last line with content above the stop, or -1."""
        number = self.at[0] - 1
        while number >= 0 and not self.text(number).split("#")[0].strip():
            number -= 1
        return number


class Diagnosis(NamedTuple):
    """Why a parser stopped: code, (line, column) from 0, message, hint.

    `entry`: where quotes alone help, what the line or its part in brackets is with them.
    `right`: the columns (from 0) of what gives way on the line, and what takes its place; where
    that are several keys, `entries`.
    """

    code: str
    at: tuple[int, int]
    message: str
    hint: str
    entry: str | None = None
    right: tuple[int, int, str] | None = None
    entries: tuple[tuple[str, str], ...] = ()


def _quoting_diagnosis(at: tuple[int, int], message: str, entry: str | None) -> Diagnosis:
    """Return the diagnosis of a text that only needs quotes around an entry."""
    return Diagnosis(TRAP_CODE, at, message, quoting_hint(entry), entry)


def unknown_escape(stop: ParseStop) -> Diagnosis | None:
    r"""Recognise `"C:\Temp"`: an escape that double quotes don't know."""
    if "quoted scalar" not in stop.context or not re.search("escape|hexdec", stop.reason):
        return None
    at = (stop.at[0], max(stop.line.rfind("\\", 0, stop.at[1] + 1), 0))
    parts = split_line(stop.text(stop.start[0]))
    message = "Between double quotation marks a backslash has a meaning of its own."
    hint = "Use single quotation marks for text with a backslash"
    inner = parts.value[1:-1].replace("'", "''")
    whole = parts.value[:1] == '"' and parts.value[-1:] == '"' and len(inner) < 200
    if not whole or stop.start[0] != at[0]:
        return Diagnosis(TRAP_CODE, at, message, f"{hint}.")
    hint = f"{hint}: `{parts.key}{': ' * bool(parts.key)}'{inner}'`."
    right = (parts.column, parts.column + len(parts.value), f"'{inner}'")
    return Diagnosis(TRAP_CODE, at, message, hint, right=right)


def unclosed_quote(stop: ParseStop, at: tuple[int, int]) -> Diagnosis:
    """Return the diagnosis of a quotation mark at a place that has no partner."""
    mark = stop.text(at[0])[at[1] : at[1] + 1] or '"'
    parts = split_line(stop.text(at[0]))
    message = f"The quotation mark ({mark}) that opens here is never closed."
    if parts.value[:1] != mark or mark in parts.value[1:]:
        return Diagnosis(SYNTAX_CODE, at, message, f"Write {mark} at the end of the text as well.")
    key = f"{parts.key}: " if parts.key else ""
    end = parts.column + len(parts.value)
    right = (end, end, mark) if len(parts.value) <= 200 else None
    hint = f"Close it: `{key}{parts.value[:200]}{mark}`."
    return Diagnosis(SYNTAX_CODE, at, message, hint, right=right)


def text_in_block_header(stop: ParseStop) -> Diagnosis | None:
    """Recognise `>95%`, `| x`: a block of text with something on its first line."""
    if "block scalar" not in stop.context:
        return None
    line, column = stop.start
    parts = split_line(stop.text(line))
    mark = stop.text(line)[column : column + 1]
    return _quoting_diagnosis(
        stop.start,
        f"A value that starts with `{mark}` opens a block of text that "
        "stands on the lines below, so nothing else may follow on this line.",
        quoted_entry(parts.key, parts.value),
    )


def forbidden_first_character(stop: ParseStop) -> Diagnosis | None:
    """Recognise `@team`, `% of users`, a backtick."""
    if not stop.reason.startswith("found character") or not stop.char.strip():
        return None
    mark = "a backtick" if stop.char == "`" else f"`{stop.char}`"
    return _quoting_diagnosis(
        stop.at,
        f"Text can't start with {mark} in YAML unless it is quoted.",
        quoted_entry_at(stop.line, stop.at[1], stop.records),
    )


def alias_anchor_or_tag(stop: ParseStop) -> Diagnosis | None:
    """Recognise `*bold* move`, `& co`, `!x!y`: begun as alias, anchor or tag, and not one."""
    mark = stop.text(stop.start[0])[stop.start[1] : stop.start[1] + 1]
    if mark not in _INDICATOR_MEANINGS or not re.search(
        "alias|anchor|tag|parsing a node", stop.context
    ):
        return None
    there = stop._replace(at=stop.start)
    return _quoting_diagnosis(
        stop.start,
        f"Text that starts with `{mark}` {_INDICATOR_MEANINGS[mark]} in YAML.",
        quoted_entry_at(there.line, stop.start[1], stop.records),
    )


def text_after_value(stop: ParseStop) -> Diagnosis | None:
    """Recognise `[Draft] Become…`, `"Quoted" and more`, `'don't'`: text after a whole value."""
    parts = split_line(stop.line)
    end = stop.line[: stop.at[1]].rstrip()
    if end[-1:] not in ("]", "}", '"', "'") or stop.char == ":":
        return None
    first_on_line = end[-1] in "\"'" and not end[:-1].count(end[-1]) % 2
    if first_on_line and (above := _quote_opened_above(stop, end[-1])):
        return above
    if end[-1] in "\"'":
        return _quoting_diagnosis(
            stop.at,
            "The text goes on after its closing quotation mark.",
            quoted_entry_at(stop.line, max(end[:-1].rfind(end[-1]), 0), stop.records),
        )
    mark, kind = ("[", "list") if end[-1] == "]" else ("{", "group of keys")
    if parts.value[:1] not in ("[", "{"):
        return None
    return _quoting_diagnosis(
        stop.at,
        f"A value that starts with `{mark}` is a {kind} in YAML; "
        "nothing may follow its closing bracket.",
        quoted_entry_at(stop.line, stop.at[1], stop.records),
    )


def _quote_opened_above(stop: ParseStop, mark: str) -> Diagnosis | None:
    """Recognise a mark left open above that was closed by the one meant to open here."""
    for number in range(stop.at[0] - 1, -1, -1):
        parts = split_line(stop.text(number))
        if parts.value[:1] == mark and parts.value.count(mark) % 2:
            return unclosed_quote(stop, (number, parts.column))
    return None


def colon_in_brackets(stop: ParseStop) -> Diagnosis | None:
    """Recognise `{title: a: b}`."""
    if "flow" not in stop.context or stop.char != ":":
        return None
    if stop.start[0] != stop.at[0] or stop.line[: stop.at[1]].rstrip()[-1:] in ("{", "[", ","):
        return None
    return _quoting_diagnosis(
        stop.at,
        "This text holds a colon and a space, which YAML takes for a key.",
        quoted_entry_at(stop.line, stop.at[1], stop.records),
    )


def text_cut_by_comment(stop: ParseStop) -> Diagnosis | None:
    """Recognise a ` #` that made a comment of the closing bracket, or of text that continues."""
    flow = "flow" in stop.context
    number = stop.start[0] if flow else stop.before()
    match = find_comment(stop.text(number))
    if match is None or number >= stop.at[0] + (not flow):
        return None
    if flow and not re.search(r"[\]}]", match[1]):
        return None
    if not flow and (split_line(stop.line).key or stop.at[1] <= stop.start[1]):
        return None
    parts = split_line(stop.text(number))
    at = (number, match.start(1))
    message = f"YAML takes {excerpt(match[1])} for a comment, so the end of the text is lost."
    entry = quoted_entry_at(stop.text(number), match.start(1), stop.records) if flow else None
    if entry is not None:
        return _quoting_diagnosis(at, message, entry)
    example = f': `{parts.key}: "…"`' if parts.key and not flow else ""
    return Diagnosis(
        TRAP_CODE, at, message, f"Put quotes around the text that holds the `#`{example}."
    )


def stray_bracket_or_comma(stop: ParseStop) -> Diagnosis | None:
    """Recognise `]`, `}` or `,` where a value begins."""
    if not stop.char or stop.char not in ",]}" or split_line(stop.line).column != stop.at[1]:
        return None
    return _quoting_diagnosis(
        stop.at,
        f"Text can't start with `{stop.char}` in YAML unless it is quoted.",
        quoted_entry_at(stop.line, stop.at[1], stop.records),
    )


def colon_in_text(stop: ParseStop) -> Diagnosis | None:
    """Recognise `title: Goal: grow`."""
    parts = split_line(stop.line)
    if not stop.reason.startswith("mapping values") or stop.at[1] < parts.column or not parts.key:
        return None
    if split := _keys_on_one_line(stop):
        return split
    return _quoting_diagnosis(
        stop.at,
        "This text holds a colon and a space, which YAML takes for a second key.",
        quoted_entry(parts.key, parts.value),
    )


def _keys_on_one_line(stop: ParseStop) -> Diagnosis | None:
    """Recognise `- role: CEO, date: 2026-07-01`: keys of one record that only commas part."""
    parts = split_line(stop.line)
    first, *rest = re.split(r", ([a-z_]+): ", parts.value)
    keys = {parts.key, *rest[::2]}
    together = any(keys <= record for record in stop.records)
    if not rest or len(keys) <= len(rest) // 2 or not together or len(parts.value) > 200:
        return None
    pairs = ((parts.key, first), *zip(rest[::2], rest[1::2], strict=True))
    entries = tuple((key, scalar_text(text)) for key, text in pairs)
    shown = ", ".join(f"`{key}: {text}`" for key, text in entries)
    message = "Several keys stand on this line, where YAML takes one."
    hint = f"Write each on a line of its own: {shown}."
    right = (parts.column, parts.column + len(parts.value), "")
    return Diagnosis(TRAP_CODE, (stop.at[0], parts.column), message, hint, None, right, entries)


def list_item_on_key_line(stop: ParseStop) -> Diagnosis | None:
    """Recognise `note: - x`."""
    if "sequence entries" not in stop.reason:
        return None
    parts = split_line(stop.line)
    if parts.value[:1] in ("[", "{"):
        entry = quoted_entry_at(stop.line, stop.at[1], stop.records)
    else:
        key = parts.key or stop.line[: stop.at[1]].strip().rstrip(":")
        entry = quoted_entry(key, stop.line[stop.at[1] :].strip())
    return Diagnosis(
        TRAP_CODE,
        stop.at,
        "A `-` opens a list item, and those stand on lines of their own.",
        quoting_hint(entry, end="; or move the list to the next lines."),
    )


def question_mark_in_brackets(stop: ParseStop) -> Diagnosis | None:
    """Recognise `{due: ??}` and `[??]`: between brackets a `?` begins a key."""
    line = stop.text(stop.start[0])
    mark = re.compile(r"(?<=[\s\[{,])\?").search(line[:1000])
    if mark is None or "flow" not in stop.context:
        return None
    entry = quoted_entry_at(line, mark.start(), stop.records)
    message = "Text can't start with `?` between brackets unless it is quoted."
    parts = split_line(line)
    if re.fullmatch(r"\[\?+\]", parts.value):  # brackets around what isn't known yet
        right = (parts.column, parts.column + len(parts.value), quoted_text(parts.value))
        hint = quoting_hint(quoted_entry(parts.key, parts.value))
        return Diagnosis(TRAP_CODE, (stop.start[0], mark.start()), message, hint, right=right)
    hint = quoting_hint(entry, "What isn't known yet can be left out; else put")
    return Diagnosis(TRAP_CODE, (stop.start[0], mark.start()), message, hint, entry)


def complex_key_indicator(stop: ParseStop) -> Diagnosis | None:
    """Recognise `title: ? x`, and in braces also `{title: - x}`."""
    in_flow = "flow" in stop.context and re.match(r"[-?]\s", stop.line[stop.at[1] :])
    if "mapping keys" not in stop.reason and not in_flow:
        return None
    return _quoting_diagnosis(
        stop.at,
        f"Text can't start with `{stop.char} ` in YAML unless it is quoted.",
        quoted_entry_at(stop.line, stop.at[1], stop.records),
    )
