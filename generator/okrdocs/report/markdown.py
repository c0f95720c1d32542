"""Writes problems as Markdown: the summary of a workflow's run, or a comment on a pull request.

What people wrote passes through `markup.code_host`: it is shown as typed, and notifies nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from okrdocs.markup.code_host import escape_code, escape_line
from okrdocs.markup.counts import count_of
from okrdocs.markup.escape import terminal_text
from okrdocs.markup.shorten import shorten
from okrdocs.problem import Problem
from okrdocs.report.counts import count_by_severity

MOST = 60_000
"""Characters of a summary. A comment holds 65,536, the summary of a step 1 MiB."""

NOTHING = "**OKR check:** nothing to fix."
_LONGEST_TEXT = 1_000
_ROOM_FOR_REST = 100
_TABLE = "| Line | Severity | Rule | Finding |\n|---:|---|---|---|"


def as_markdown(problems: Sequence[Problem]) -> str:
    """Return a headline with the counts, then a table for each file, at most `MOST` characters."""
    if not problems:
        return NOTHING
    headline = f"## OKR check: {count_by_severity(problems)}"
    return headline + finding_tables(problems, MOST - len(headline))


def finding_tables(problems: Sequence[Problem], most: int, level: str = "###") -> str:
    """Return a table for each file below a heading of that level, at most `most` characters."""
    parts = []
    room = most - _ROOM_FOR_REST
    left_out = len(problems)
    for text, rows in _table_pieces(problems, level):
        room -= len(text)
        if room < 0:
            break
        parts.append(text)
        left_out -= rows
    if left_out:
        are = "is" if left_out == 1 else "are"
        parts.append(f"\n\n{count_of(left_out, 'more finding')} {are} left out here.")
    return "".join(parts)


def _table_pieces(problems: Sequence[Problem], level: str) -> Iterator[tuple[str, int]]:
    """Yield the tables, in pieces of one finding; the first of a file has its heading."""
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.span.path, []).append(problem)
    for path, file_problems in by_file.items():
        heading = f"\n\n{level} {_inline_markdown(path)}\n\n{_TABLE}"
        for problem in file_problems:
            yield f"{heading}\n{_finding_row(problem)}", 1
            heading = ""


def _finding_row(problem: Problem) -> str:
    rule = escape_code(problem.code)
    return f"| {problem.span.line} | {problem.severity} | {rule} | {finding_text(problem)} |"


def finding_text(problem: Problem) -> str:
    """Return what is wrong and the next step, in one line of Markdown."""
    return _inline_markdown(f"{problem.message} {problem.hint}")


def _inline_markdown(text: str) -> str:
    """One line of Markdown; what stands between grave accents is shown as code."""
    shown = shorten(terminal_text(text), _LONGEST_TEXT)
    parts = shown.split("`")
    if len(parts) % 2 == 0:
        return escape_line(shown)
    return "".join(
        escape_code(part) if place % 2 else escape_line(part) for place, part in enumerate(parts)
    )
