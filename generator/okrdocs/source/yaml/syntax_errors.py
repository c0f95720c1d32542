"""Why a YAML text can't be read, in words for people.

`reader` asks here whenever its parser stopped. One function recognises each way to go wrong; the
first that does answers. Those that quotes correct stand in `quoting_errors`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from okrdocs.problem import Problem, Replacement, Span, error
from okrdocs.source.yaml import line_errors as lines
from okrdocs.source.yaml import quoting_errors as quotes
from okrdocs.source.yaml.quoting import MAX_LINE_LENGTH, excerpt
from okrdocs.source.yaml.quoting_errors import SYNTAX_CODE, Diagnosis, ParseStop

_NO_SPACE = re.compile(r"^\s*(?:-\s+)*(?P<key>[A-Za-z][\w-]*):(?P<value>[^\s:/].*?)\s*$")


def _tab_indentation(stop: ParseStop) -> Diagnosis | None:
    match = re.match(r" *(?:-(?=\t))?\t", stop.line)
    if match is None or stop.at[1] >= match.end() + 1:
        return None
    at = (stop.at[0], match.end() - 1)
    return Diagnosis(
        SYNTAX_CODE,
        at,
        "This line is indented with a tab, which YAML doesn't allow.",
        "Use spaces: two for each level. Most editors can be set to do so.",
    )


def _unclosed_quote(stop: ParseStop) -> Diagnosis | None:
    if "quoted scalar" not in stop.context:
        return None
    return quotes.unclosed_quote(stop, stop.start)


def _unclosed_bracket(stop: ParseStop) -> Diagnosis | None:
    if "parsing a flow" not in stop.context:
        return None
    if stop.char and stop.char in ",:" and stop.start[0] == stop.at[0]:
        return Diagnosis(
            SYNTAX_CODE,
            stop.at,
            f"Something is missing before this `{stop.char}`.",
            "Remove it, or write the missing text or key before it.",
        )
    opener = stop.text(stop.start[0])[stop.start[1] : stop.start[1] + 1]
    if unknown := quotes.question_mark_in_brackets(stop):
        return unknown
    if opener not in ("[", "{"):
        return Diagnosis(
            SYNTAX_CODE,
            stop.at,
            "A bracket that was opened is never closed.",
            "Close it with `]` or `}`; put quotes around text that holds a bracket.",
        )
    closer = "]" if opener == "[" else "}"
    return Diagnosis(
        SYNTAX_CODE,
        stop.start,
        f"The `{opener}` that opens here isn't closed with `{closer}`.",
        f"Write `{closer}` at its end, and a comma between two entries; if it is meant as "
        "text, put quotes around the whole.",
    )


def _missing_space_after_colon(stop: ParseStop) -> Diagnosis | None:
    """Recognise `owner:ceo`, noticed only when the next line doesn't fit."""
    for number in (stop.start[0], stop.before()):
        match = _NO_SPACE.match(stop.text(number)[:MAX_LINE_LENGTH])
        if match and re.search("mapping values|simple key", stop.reason + stop.context):
            at = (number, match.start("value"))
            return Diagnosis(
                SYNTAX_CODE,
                at,
                f"A space is missing after `{match['key']}:`.",
                f"Write `{match['key']}: {match['value']}`.",
                right=(at[1], at[1], " "),
            )
    return None


def _indented_too_deep(stop: ParseStop) -> Diagnosis | None:
    above = stop.before()
    if not stop.reason.startswith("mapping values") or above < 0:
        return None
    return Diagnosis(
        SYNTAX_CODE,
        (stop.at[0], _indent(stop.line)),
        f"This line is indented as if it belonged to line {above + 1}, "
        "which already has its value.",
        f"Line it up with {excerpt(stop.text(above))} if it is a key of its own; "
        "put quotes around the text if it goes on here.",
    )


def _line_without_colon(stop: ParseStop) -> Diagnosis | None:
    if "simple key" not in stop.context:
        return None
    line = stop.text(stop.start[0])
    return Diagnosis(
        SYNTAX_CODE,
        stop.start,
        f"{excerpt(line)} has no `:`, so it is no key with a value.",
        "Write `key: value`; text that goes on from the line above is indented deeper.",
    )


def _colon_without_key(stop: ParseStop) -> Diagnosis | None:
    if stop.char != ":":
        return None
    if re.search(r"[\w\"']$", stop.line[: stop.at[1]]):
        message = "A space is missing after this `:`."
        return Diagnosis(
            SYNTAX_CODE, stop.at, message, "Write `key: value`, with a space after the colon."
        )
    return Diagnosis(
        SYNTAX_CODE, stop.at, "There is no key before this `:`.", "Write `key: value`."
    )


def _item_among_keys_or_key_among_items(stop: ParseStop) -> Diagnosis | None:
    """Recognise a key among list items, or a list item among keys."""
    if stop.at[1] != stop.start[1] or stop.at == stop.start:
        return None
    if "block collection" in stop.context:
        return Diagnosis(
            SYNTAX_CODE,
            stop.at,
            "This line stands in a list, but it doesn't start with `- `.",
            "Write `- ` before it, or indent it so that it belongs to the item above.",
        )
    return Diagnosis(
        SYNTAX_CODE,
        stop.at,
        f"A key was expected here, but the line is {excerpt(stop.line)}.",
        "Write `key: value`, or indent the line so that it belongs to the key above.",
    )


def _wrong_indentation(stop: ParseStop) -> Diagnosis | None:
    if not re.search("block (mapping|collection)", stop.context):
        return None
    where = f"starts at column {stop.start[1] + 1} (line {stop.start[0] + 1})"
    return Diagnosis(
        SYNTAX_CODE,
        stop.at,
        f"The indentation doesn't fit: this starts at column "
        f"{stop.at[1] + 1}, and the block that it stands in {where}.",
        "Line up the keys of one record, and indent what belongs to a key by two spaces.",
    )


def _left_of_first_line(stop: ParseStop) -> Diagnosis | None:
    if "document start" not in stop.reason:
        return None
    if stop.text(stop.before()).startswith("..."):
        return Diagnosis(
            "yaml-document",
            stop.at,
            "A second document starts here; a file holds one.",
            "Remove the line `...`, or move this to a file of its own.",
        )
    return Diagnosis(
        SYNTAX_CODE,
        stop.at,
        "This line stands further left than the first line of the file.",
        "Let the keys of the file start at column 1, without spaces before them.",
    )


_DIAGNOSES: tuple[Callable[[ParseStop], Diagnosis | None], ...] = (
    lines.merge_conflict,
    _tab_indentation,
    lines.no_break_space_as_indentation,
    lines.unindented_block_line,
    quotes.unknown_escape,
    _unclosed_quote,
    quotes.text_in_block_header,
    quotes.forbidden_first_character,
    quotes.alias_anchor_or_tag,
    quotes.colon_in_brackets,
    quotes.text_after_value,
    quotes.text_cut_by_comment,
    quotes.complex_key_indicator,
    _unclosed_bracket,
    quotes.stray_bracket_or_comma,
    _missing_space_after_colon,
    quotes.colon_in_text,
    _indented_too_deep,
    quotes.list_item_on_key_line,
    _line_without_colon,
    _colon_without_key,
    _item_among_keys_or_key_among_items,
    _wrong_indentation,
    _left_of_first_line,
)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def syntax_problem(path: str, stop: ParseStop) -> Problem:
    """Return the Problem for a parser's stop: an error whose place lies within the file."""
    for rule in _DIAGNOSES:
        if diagnosis := rule(stop):
            place = _span_of(path, stop, diagnosis.at)
            entry = {} if diagnosis.entry is None else {"entry": diagnosis.entry}
            problem = error(diagnosis.code, place, diagnosis.message, diagnosis.hint, **entry)
            return problem._replace(replacement=_replacement_of(path, diagnosis))
    message = f"YAML can't read this line: {excerpt(stop.line)}."
    hint = "Compare it with the lines above; often a quotation mark or a space is missing."
    return error(SYNTAX_CODE, _span_of(path, stop, stop.at), message, hint)


def _replacement_of(path: str, diagnosis: Diagnosis) -> Replacement | None:
    if diagnosis.right is None:
        return None
    number, (begin, end, text) = diagnosis.at[0] + 1, diagnosis.right
    span = Span(path, number, begin + 1, number, end + 1)
    return Replacement(span, text, diagnosis.entries)


def _span_of(path: str, stop: ParseStop, at: tuple[int, int]) -> Span:
    """Return the span of one character; at the file's end, behind its last line with content."""
    number, column = at
    if number >= len(stop.lines) or not stop.text(number).strip():
        number = min(number, len(stop.lines) - 1)
        while number > 0 and not stop.text(number).strip():
            number -= 1
        column = len(stop.text(number).rstrip())
    return Span(path, number + 1, column + 1, number + 1, column + 2)
