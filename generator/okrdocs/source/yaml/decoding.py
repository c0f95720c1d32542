"""What a file has to be before it is read as YAML: small enough, UTF-8, visible characters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from okrdocs.problem import Extent, Problem, Span, error, in_source_order

MAX_BYTES = 1_000_000
MAX_PROBLEMS = 200
"""So many problems of a file are told; nobody reads more of them at once."""

_TOO_MANY = "too-many-problems"
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]|\r(?!\n)"
)
_ACCEPTED = re.compile(
    "[\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*+"
)
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n)*%")
_SAVE = "Save the file as plain UTF-8 text."
_DELETE = "Delete the character; it often comes with text pasted from another program."


def decode(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file; "" and a Problem where it is too large or not UTF-8."""
    if len(data) > MAX_BYTES:
        return "", (
            too_large_problem(path, (1, 1, 1, 1), f"{len(data):,} bytes", f"{MAX_BYTES:,} bytes"),
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", (_encoding_problem(path, 1, 1, "The file is saved as UTF-16.", _SAVE),)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as fault:
        before = data[: fault.start].decode("utf-8-sig", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return "", (
            _encoding_problem(path, line, column, "The file isn't saved as UTF-8 text.", _SAVE),
        )


def refusals(text: str, path: str) -> tuple[Problem, ...]:
    """Return what ends the reading before it starts: size, characters, directives."""
    if len(text) > MAX_BYTES:
        return (
            too_large_problem(
                path, (1, 1, 1, 1), f"{len(text):,} characters", f"{MAX_BYTES:,} bytes"
            ),
        )
    # One look at a set that is all there is, five times as fast as a search for what isn't in it.
    if not _ACCEPTED.fullmatch(text) and (match := _REFUSED.search(text)):
        line, column = _position(text, match.start())
        message = f"The file holds an invisible character (U+{ord(match[0]):04X})."
        return (_encoding_problem(path, line, column, message, _DELETE),)
    if match := _DIRECTIVE.match(text):
        line, column = _position(text, match.end() - 1)
        message = "A line that starts with `%` is an instruction to YAML (a directive)."
        hint = "Remove the line, or put quotes around the text."
        return (error("yaml-document", Span(path, line, column, line, column + 1), message, hint),)
    return ()


def _position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _encoding_problem(path: str, line: int, column: int, message: str, hint: str) -> Problem:
    return error("encoding", Span(path, line, column, line, column + 1), message, hint)


def too_large_problem(path: str, extent: Extent, amount: str, limit: str) -> Problem:
    """Return the Problem that a file, or something in it, is too large."""
    message = f"There is too much here: {amount}; the limit is {limit}."
    return error("too-large", Span(path, *extent), message, "Split the file, or shorten the text.")


def first_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return a file's problems in source order: the first `MAX_PROBLEMS`, and that there are more.

    Each stands there once.
    """
    listed = in_source_order(p for p in problems if p.code != _TOO_MANY)
    if len(listed) <= MAX_PROBLEMS:
        return listed
    told = listed[:MAX_PROBLEMS]
    message = f"There are more than {MAX_PROBLEMS} problems in this file; the rest isn't shown."
    hint = "Mend the ones above and check again."
    return (*told, error(_TOO_MANY, told[-1].span, message, hint))
