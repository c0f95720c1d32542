"""Problems as text for a terminal or as JSON: one record feeds every format."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from okrdocs.console import Console
from okrdocs.escape import json_text, terminal
from okrdocs.problem import Problem, Severity, Span
from okrdocs.tree import File

FORMAT_VERSION = "1.0"
_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_LONGEST_LINE = 160


class Format(StrEnum):
    """How problems are printed."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"


def problems_as(
    form: Format, problems: Sequence[Problem], files: Iterable[File], console: Console
) -> str:
    """The report in a format, without its last line end; "" where there is nothing to say."""
    if form is Format.JSON:
        return as_json(problems)
    if form is Format.CONCISE:
        return "\n".join(concise(problem) for problem in problems)
    lines = {file.path: _lines(file.data) for file in files}
    return "\n\n".join(full(problem, lines, console) for problem in problems)


def _lines(data: bytes) -> list[str]:
    """The lines as positions count them: only a line feed ends one, a mark in front isn't text."""
    text = data.decode("utf-8-sig", "replace")
    return [line.removesuffix("\r") for line in text.split("\n")]


def concise(problem: Problem) -> str:
    """One line: place, severity, code, message and hint."""
    hint = f" {problem.hint}" if problem.hint else ""
    text = f"{problem.span}: {problem.severity}[{problem.code}] {problem.message}{hint}"
    return terminal(text)


def full(problem: Problem, lines: Mapping[str, list[str]], console: Console) -> str:
    """The message with the line it is about, a caret below it, and the next step."""
    color = _COLORS[problem.severity]
    head = console.styled(f"{problem.severity}[{problem.code}]", "bold", color)
    message = console.styled(terminal(problem.message), "bold")
    width = len(str(problem.span.line))
    margin = " " * width
    bar = console.styled("|", "dim")
    arrow = console.styled("-->", "dim")
    parts = [f"{head} {message}", f"{margin}{arrow} {terminal(str(problem.span))}"]
    excerpt = _excerpt(problem.span, lines)
    if excerpt is not None:
        text, carets = excerpt
        number = console.styled(str(problem.span.line), "dim")
        parts.append(f"{margin} {bar}")
        parts.append(f"{number} {bar} {text}")
        parts.append(f"{margin} {bar} {console.styled(carets, color)}")
    if problem.hint:
        parts.append(f"{margin} {console.styled('=', 'dim')} {terminal(problem.hint)}")
    for related in problem.related:
        note = terminal(f"{related.span}: {related.message}")
        parts.append(f"{margin} {console.styled('=', 'dim')} {note}")
    return "\n".join(parts)


def _excerpt(span: Span, lines: Mapping[str, list[str]]) -> tuple[str, str] | None:
    """The line and the carets below it, cut where the line is long; None where it is empty.

    The carets are counted in the cells of a terminal: a wide character takes two of them.
    """
    known = lines.get(span.path, [])
    if not 1 <= span.line <= len(known) or not known[span.line - 1].strip():
        return None
    line = known[span.line - 1].replace("\t", " ")
    first = span.column - 1
    last = span.end_column - 1 if span.end_line == span.line else len(line)
    start = max(0, first - _LONGEST_LINE // 2) if len(line) > _LONGEST_LINE else 0
    shown = line[start : start + _LONGEST_LINE]
    text = terminal_line(shown)
    before, marked = text[: first - start], text[first - start : max(first + 1, last) - start]
    room = max(0, first - start - len(text))
    return text, " " * (_cells(before) + room) + "^" * max(1, _cells(marked))


def _cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def terminal_line(text: str) -> str:
    """A line of a file for a terminal: controls become a sign, columns stay where they are."""
    return "".join(c if c.isprintable() else "�" for c in text)


def as_json(problems: Iterable[Problem]) -> str:
    """The problems as versioned JSON."""
    held = {
        "format_version": FORMAT_VERSION,
        "problems": [
            {
                "code": problem.code,
                "severity": problem.severity.value,
                **_place(problem.span),
                "message": problem.message,
                "hint": problem.hint,
                "related": [
                    {**_place(related.span), "message": related.message}
                    for related in problem.related
                ],
            }
            for problem in problems
        ],
    }
    return json_text(held)


def _place(span: Span) -> dict[str, str | int]:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def summary(problems: Iterable[Problem]) -> str:
    """`2 errors and 1 warning`, or "" where there is nothing."""
    counts = Counter(problem.severity for problem in problems)
    parts = [
        f"{counts[severity]} {severity}{'' if counts[severity] == 1 else 's'}"
        for severity in Severity
        if counts[severity]
    ]
    return " and ".join(parts)
