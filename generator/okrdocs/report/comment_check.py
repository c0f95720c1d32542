"""Checks whether a text could be a review comment of ours, before a job that may write posts it.

The text comes from a job that a stranger's pull request may have changed, so it is accepted only if
`comment` could have written it: lines of our forms, signs and characters by the same rules by which
`markup.code_host` escapes. What is left of an attack is plain wrong words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from okrdocs.markup.code_host import active_signs, visible_text
from okrdocs.report.comment import MARK

MOST = 65_536
"""Characters that a comment on GitHub holds."""

MOST_BYTES = 4 * MOST
"""Of UTF-8, in which a character has up to four bytes."""

TOO_LARGE = "it has more bytes than a comment can have"
"""What is wrong with a file that is larger."""

_ELSEWHERE = "\x00"
"""Stands for a tag of ours: what is on either side of it isn't one text for a code host."""

_SIGN = r"&\#(?:3[3-9]|4[0-7]|5[89]|6[0-4]|9[1-6]|12[3-6]);"  # a sign of ASCII, as an entity
_OURS = re.compile(
    rf"<span>{_SIGN}</span>|</?code>|<details><summary>|</summary>|</details>"
    r"|`okr(?:\ [a-z-]+)+`",
    re.VERBOSE,
)
_ENTITY = re.compile(_SIGN, re.VERBOSE)
_HEADING = re.compile(r"\A#{2,4} ")
_LINE_START = re.compile(rf"\Z|- |[|*{_ELSEWHERE}]|[^\W_]")
_MARKUP = re.compile(r"[]`{}\[]|<(?![ 0-9=])|&(?!\ )|\\(?![0-9A-Za-z])")
_PICTURE_START, _PICTURE_END = "```mermaid", "```"
_LABEL = rf"(?:[0-9A-Za-z ,.\u00a0-\U0010ffff]|{_SIGN[1:]}|<br/>)*"  # as escape_mermaid writes
_PICTURE_LINE = re.compile(
    rf"""
      flowchart\ LR
    | \ {{4}} n\d+ \[" {_LABEL} "\]
    | \ {{4}} n\d+ \ [-=.]+ (?: \ [A-Za-z0-9\ ]+ \ [-=.]+ )? > \ n\d+
    | \ {{4}} class (?:Def)? \ [a-z0-9,]+ \ [a-z0-9:,\ -]+
    """,
    re.VERBOSE,
)


def find_comment_fault(content: bytes) -> str | None:
    """Return why this can't be a comment of ours, as the end of a sentence; None if it can."""
    if len(content) > MOST_BYTES:
        return TOO_LARGE
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return "it isn't UTF-8"
    if len(text) > MOST:
        return f"it has more than {MOST} characters"
    first, *lines = text.split("\n")
    if first != MARK:
        return "its first line isn't the mark"
    return next(_line_faults(lines), None)


def _line_faults(lines: list[str]) -> Iterator[str]:
    """Yield what is wrong, with the number of the line, the mark being line 1."""
    in_picture = False
    for number, line in enumerate(lines, 2):
        fault = None
        if visible_text(line) != line:
            fault = "holds characters that nobody sees"
        elif in_picture and line != _PICTURE_END:
            fault = _picture_fault(line)
        elif in_picture or line == _PICTURE_START:
            in_picture = not in_picture
        else:
            fault = _text_fault(line)
        if fault:
            yield f"line {number} {fault}"
    if in_picture:
        yield "its picture doesn't end"


def _picture_fault(line: str) -> str | None:
    return None if _PICTURE_LINE.fullmatch(line) else "isn't one of our pictures"


def _text_fault(line: str) -> str | None:
    """Return what is wrong with a line outside the picture."""
    rest = _OURS.sub(_ELSEWHERE, _HEADING.sub(_ELSEWHERE, line))
    if not _LINE_START.match(rest):
        return "begins as none of ours does"
    if _MARKUP.search(_ENTITY.sub(".", rest)):
        return "holds markup that isn't ours"
    shown = _ENTITY.sub(lambda entity: chr(int(entity[0][2:-1])), rest)
    if active_signs(shown):
        return "could notify somebody, link something or be a command"
    return None
