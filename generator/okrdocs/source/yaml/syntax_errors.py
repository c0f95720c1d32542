"""Why a YAML text can't be read, in words for people.

`yaml_text` asks here whenever its parser stopped. One function for each way to go wrong; the
first that knows the fault answers. Those whose cure is quotes stand in `yaml_quotes`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from okrdocs.problem import Problem, Span, error
from okrdocs.source.yaml import line_errors as lines
from okrdocs.source.yaml import quoting_errors as quotes
from okrdocs.source.yaml.quoting import LONGEST, shown
from okrdocs.source.yaml.quoting_errors import SYNTAX, Fault, Found

_NO_SPACE = re.compile(r"^\s*(?:-\s+)*(?P<key>[A-Za-z][\w-]*):(?P<value>[^\s:/].*?)\s*$")


def _tab(fault: Fault) -> Found | None:
    match = re.match(r" *(?:-(?=\t))?\t", fault.line)
    if match is None or fault.at[1] >= match.end() + 1:
        return None
    at = (fault.at[0], match.end() - 1)
    return Found(
        SYNTAX,
        at,
        "This line is indented with a tab, which YAML doesn't allow.",
        "Use spaces: two for each level. Most editors can be set to do so.",
    )


def _open_quote(fault: Fault) -> Found | None:
    if "quoted scalar" not in fault.context:
        return None
    return quotes.unclosed_quote(fault, fault.start)


def _open_bracket(fault: Fault) -> Found | None:
    if "parsing a flow" not in fault.context:
        return None
    if fault.char and fault.char in ",:" and fault.start[0] == fault.at[0]:
        return Found(
            SYNTAX,
            fault.at,
            f"Something is missing before this `{fault.char}`.",
            "Remove it, or write the missing text or key before it.",
        )
    opener = fault.text(fault.start[0])[fault.start[1] : fault.start[1] + 1]
    if opener not in ("[", "{"):
        return Found(
            SYNTAX,
            fault.at,
            "A bracket that was opened is never closed.",
            "Close it with `]` or `}`; put quotes around text that holds a bracket.",
        )
    closer = "]" if opener == "[" else "}"
    return Found(
        SYNTAX,
        fault.start,
        f"The `{opener}` that opens here isn't closed with `{closer}`.",
        f"Write `{closer}` at its end, and a comma between two entries; if it is meant as "
        "text, put quotes around the whole.",
    )


def _missing_space(fault: Fault) -> Found | None:
    """`owner:ceo`, noticed only when the next line doesn't fit."""
    for number in (fault.start[0], fault.before()):
        match = _NO_SPACE.match(fault.text(number)[:LONGEST])
        if match and re.search("mapping values|simple key", fault.said + fault.context):
            at = (number, match.start("value"))
            return Found(
                SYNTAX,
                at,
                f"A space is missing after `{match['key']}:`.",
                f"Write `{match['key']}: {match['value']}`.",
            )
    return None


def _too_deep(fault: Fault) -> Found | None:
    above = fault.before()
    if not fault.said.startswith("mapping values") or above < 0:
        return None
    return Found(
        SYNTAX,
        (fault.at[0], _indent(fault.line)),
        f"This line is indented as if it belonged to line {above + 1}, "
        "which already has its value.",
        f"Line it up with {shown(fault.text(above))} if it is a key of its own; "
        "put quotes around the text if it goes on here.",
    )


def _no_colon(fault: Fault) -> Found | None:
    if "simple key" not in fault.context:
        return None
    line = fault.text(fault.start[0])
    return Found(
        SYNTAX,
        fault.start,
        f"{shown(line)} has no `:`, so it is no key with a value.",
        "Write `key: value`; text that goes on from the line above is indented deeper.",
    )


def _empty_key(fault: Fault) -> Found | None:
    if fault.char != ":":
        return None
    if re.search(r"[\w\"']$", fault.line[: fault.at[1]]):
        said = "A space is missing after this `:`."
        return Found(SYNTAX, fault.at, said, "Write `key: value`, with a space after the colon.")
    return Found(SYNTAX, fault.at, "There is no key before this `:`.", "Write `key: value`.")


def _item_or_key(fault: Fault) -> Found | None:
    """A key among list items, or a list item among keys."""
    if fault.at[1] != fault.start[1] or fault.at == fault.start:
        return None
    if "block collection" in fault.context:
        return Found(
            SYNTAX,
            fault.at,
            "This line stands in a list, but it doesn't start with `- `.",
            "Write `- ` before it, or indent it so that it belongs to the item above.",
        )
    return Found(
        SYNTAX,
        fault.at,
        f"A key was expected here, but the line is {shown(fault.line)}.",
        "Write `key: value`, or indent the line so that it belongs to the key above.",
    )


def _indentation(fault: Fault) -> Found | None:
    if not re.search("block (mapping|collection)", fault.context):
        return None
    where = f"starts at column {fault.start[1] + 1} (line {fault.start[0] + 1})"
    return Found(
        SYNTAX,
        fault.at,
        f"The indentation doesn't fit: this starts at column "
        f"{fault.at[1] + 1}, and the block that it stands in {where}.",
        "Line up the keys of one record, and indent what belongs to a key by two spaces.",
    )


def _left_of_all(fault: Fault) -> Found | None:
    if "document start" not in fault.said:
        return None
    if fault.text(fault.before()).startswith("..."):
        return Found(
            "yaml-document",
            fault.at,
            "A second document starts here; a file holds one.",
            "Remove the line `...`, or move this to a file of its own.",
        )
    return Found(
        SYNTAX,
        fault.at,
        "This line stands further left than the first line of the file.",
        "Let the keys of the file start at column 1, without spaces before them.",
    )


_RULES: tuple[Callable[[Fault], Found | None], ...] = (
    lines.merge,
    _tab,
    lines.no_break_space,
    lines.out_of_its_block,
    quotes.backslash,
    _open_quote,
    quotes.block_header,
    quotes.cannot_start,
    quotes.indicator,
    quotes.colon_in_flow,
    quotes.after_the_end,
    quotes.cut_by_comment,
    quotes.question_mark,
    _open_bracket,
    quotes.stray_mark,
    _missing_space,
    quotes.colon_in_text,
    _too_deep,
    quotes.list_on_the_line,
    _no_colon,
    _empty_key,
    _item_or_key,
    _indentation,
    _left_of_all,
)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def syntax_problem(path: str, fault: Fault) -> Problem:
    """The Problem for a parser's stop: an error whose place lies within the file."""
    for rule in _RULES:
        if found := rule(fault):
            place = _place(path, fault, found.at)
            entry = {} if found.entry is None else {"entry": found.entry}
            return error(found.code, place, found.message, found.hint, **entry)
    said = f"YAML can't read this line: {shown(fault.line)}."
    hint = "Compare it with the lines above; often a quotation mark or a space is missing."
    return error(SYNTAX, _place(path, fault, fault.at), said, hint)


def _place(path: str, fault: Fault, at: tuple[int, int]) -> Span:
    """One character, or the end of the last line with content where the file had ended."""
    number, column = at
    if number >= len(fault.lines) or not fault.text(number).strip():
        number = min(number, len(fault.lines) - 1)
        while number > 0 and not fault.text(number).strip():
            number -= 1
        column = len(fault.text(number).rstrip())
    return Span(path, number + 1, column + 1, number + 1, column + 2)
