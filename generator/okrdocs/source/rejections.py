"""Explains why a file of `okrs/` isn't read, in the same words for disk and revisions.

Each function returns the Problem for one reason; `disk` and `revision` decide when it applies.
"""

from __future__ import annotations

import os

from okrdocs.problem import Problem, Span, error, warning


def outside_link_problem(path: str) -> Problem:
    """Return the Problem of a link that leads out of the root, or to what is hidden."""
    message = "This is a link that leads out of the repository's own files; it isn't read."
    return error("outside", _span_of_first_line(path), message, "Replace it by a file of its own.")


def folder_link_problem(path: str) -> Problem:
    """Return the Problem of a link to a folder, wherever that lies."""
    message = "This is a link to a folder, so it isn't read."
    return error(
        "file-place", _span_of_first_line(path), message, "Replace it by a folder of its own."
    )


def submodule_problem(path: str) -> Problem:
    """Return the Problem of a submodule: its files belong to another repository."""
    message = "This is a submodule: its files belong to another repository, so they aren't read."
    return error(
        "outside", _span_of_first_line(path), message, "Replace it by a folder of its own."
    )


def unexpected_file_problem(path: str) -> Problem:
    """Return the Problem of a file that isn't YAML."""
    message = "This file is no YAML, so nothing reads it."
    hint = "Move it elsewhere, or end its name in `.yml` if it holds OKRs."
    return warning("unexpected-file", _span_of_first_line(path), message, hint)


def too_large_problem(path: str, size: int, limit: int) -> Problem:
    """Return the Problem of a file with more bytes than the limit."""
    message = f"The file holds {size:,} bytes; the limit is {limit:,}."
    return error(
        "too-large", _span_of_first_line(path), message, "Split it: one file a team and cycle."
    )


def too_many_files_problem(folder: str, limit: int) -> Problem:
    """Return the Problem of a folder with more files than the limit."""
    message = f"There are more than {limit:,} data files; the rest isn't read."
    return error(
        "too-large",
        _span_of_first_line(folder),
        message,
        "Move old cycles to a repository of their own.",
    )


def too_many_bytes_problem(folder: str, limit: int) -> Problem:
    """Return the Problem of a folder whose files hold more bytes in all than the limit."""
    message = f"The data files hold more than {limit:,} bytes in all; the rest isn't read."
    return error(
        "too-large",
        _span_of_first_line(folder),
        message,
        "Move old cycles to a repository of their own.",
    )


def concerns_all_files(problem: Problem) -> bool:
    """Return whether a Problem says that there is more than is read, so that nothing can be."""
    return problem.code == "too-large" and not problem.span.path.endswith(".yml")


def too_deep_folder_problem(path: str) -> Problem:
    """Return the Problem of a folder within a cycle's folder."""
    top, cycle, *_ = path.split("/")
    message = "This folder lies too deep, so nothing in it is read."
    hint = f"Move its files up to `{top}/{cycle}/`: one folder a cycle, one file a team."
    return error("file-place", _span_of_first_line(path), message, hint)


def unreadable_file_problem(path: str, reason: int) -> Problem:
    """Return the Problem of what the system can't open; the reason is one of `errno`."""
    message = f"This can't be read: {os.strerror(reason).lower()}."
    return error(
        "unreadable", _span_of_first_line(path), message, "Correct its permissions, or remove it."
    )


def bad_name_problem(path: str) -> Problem:
    """Return the Problem of a name that isn't UTF-8; the path has surrogates in its place."""
    shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    message = "The name of this file isn't UTF-8, so it can't be told on all machines."
    return error(
        "file-name", _span_of_first_line(shown), message, "Rename it with the letters a to z."
    )


def _span_of_first_line(path: str) -> Span:
    return Span(path, 1, 1, 1, 1)
