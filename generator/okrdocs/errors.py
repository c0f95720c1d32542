"""Stops a run that can't go on: the one base exception, caught once, in `cli`.

A fault in a person's document isn't an exception but a `problem.Problem`.
"""

from __future__ import annotations


class OkrError(Exception):
    """The run stops here; the text says what happened and what to do next."""

    exit_code = 2


class UsageError(OkrError):
    """A wrong option, a folder without OKRs: what the person at the terminal can fix."""


class EditRefusedError(OkrError):
    """A change of a YAML text that can't be made safely: why, what to do, and where (from 1)."""

    def __init__(self, message: str, hint: str, line: int, column: int) -> None:
        super().__init__(f"Line {line}, column {column}: {message} {hint}")
        self.said, self.hint, self.line, self.column = message, hint, line, column
