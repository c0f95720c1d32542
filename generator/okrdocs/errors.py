"""Stops a run that can't go on: the one base exception, caught once, in `cli`.

A fault in a person's document isn't an exception but a `problem.Problem`.
"""

from __future__ import annotations


class OkrError(Exception):
    """The run stops here; the text says what happened and what to do next."""

    exit_code = 2


class UsageError(OkrError):
    """A wrong option or a folder without OKRs: what the person at the terminal can fix."""
