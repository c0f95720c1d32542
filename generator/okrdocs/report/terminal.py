"""Problems for people at a terminal: a line each, or with the text they are about.

The most severe come last, where the prompt is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from okrdocs.markup.counts import count_of
from okrdocs.markup.escape import terminal_text
from okrdocs.problem import Problem, Severity, Span
from okrdocs.report.console import Console
from okrdocs.report.rule_info import NO_RULES, RuleInfo, Rules
from okrdocs.source.disk import File

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_SEVERITIES = tuple(Severity)
_LONGEST_LINE = 160
_MOST_RELATED = 3


def most_severe_last(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems by severity, errors last; those of one severity stay in their order."""
    return sorted(problems, key=lambda problem: -_SEVERITIES.index(problem.severity))


def format_problems_in_full(
    problems: Iterable[Problem], files: Iterable[File], console: Console, rules: Rules = NO_RULES
) -> Iterator[str]:
    """Yield the full form of each problem; the first one of a code says where to read more."""
    lines = {file.path: _file_lines(file.data) for file in files}
    codes_shown: set[str] = set()
    for problem in most_severe_last(problems):
        more = _read_more_hint(rules.get(problem.code)) if problem.code not in codes_shown else ""
        codes_shown.add(problem.code)
        yield format_problem_in_full(problem, lines, console, more)


def _read_more_hint(info: RuleInfo | None) -> str:
    """Return where to read more about a rule, or "" for a code that is none."""
    if info is None:
        return ""
    command = f"okr explain {info.code}"
    return f"see {info.page}, or run: {command}" if info.page else f"more: {command}"


def _file_lines(data: bytes) -> list[str]:
    """Return the lines as positions count them: only a line feed ends one, a BOM isn't text."""
    text = data.decode("utf-8-sig", "replace")
    return [line.removesuffix("\r") for line in text.split("\n")]


def format_problem_in_one_line(problem: Problem) -> str:
    """Return one line: place, severity, code, message and hint."""
    hint = f" {problem.hint}" if problem.hint else ""
    text = f"{problem.span}: {problem.severity}[{problem.code}] {problem.message}{hint}"
    return terminal_text(text)


def format_problem_in_full(
    problem: Problem, lines: Mapping[str, list[str]], console: Console, more: str = ""
) -> str:
    """Return the message, its line with a caret below, the next step, and `more`."""
    color = _COLORS[problem.severity]
    head = console.style(terminal_text(f"{problem.severity}[{problem.code}]"), "bold", color)
    message = console.style(terminal_text(problem.message), "bold")
    margin = " " * len(str(problem.span.line))
    arrow = console.style("-->", "dim")
    return "\n".join(
        (
            f"{head} {message}".rstrip(),
            f"{margin}{arrow} {terminal_text(str(problem.span))}",
            *_quoted_line(problem, lines, console),
            *(
                f"{margin} {console.style('=', 'dim')} {note}"
                for note in _note_lines(problem, more)
            ),
        )
    )


def _quoted_line(
    problem: Problem, lines: Mapping[str, list[str]], console: Console
) -> tuple[str, ...]:
    """Return the line of the file with the carets below it; nothing where there is none to show."""
    excerpt = _line_and_carets(problem.span, lines)
    if excerpt is None:
        return ()
    text, carets = excerpt
    number = str(problem.span.line)
    margin = " " * len(number)
    bar = console.style("|", "dim")
    return (
        f"{margin} {bar}",
        f"{console.style(number, 'dim')} {bar} {text.rstrip()}",
        f"{margin} {bar} {console.style(carets, _COLORS[problem.severity])}",
    )


def _note_lines(problem: Problem, more: str) -> Iterator[str]:
    """Yield what stands below: the next step, other places, and where to read more."""
    shown, left = problem.related[:_MOST_RELATED], len(problem.related) - _MOST_RELATED
    related = [f"{note.span}: {note.message}" for note in shown]
    places = f"and {count_of(left, 'more place')}" if left > 0 else ""
    yield from filter(None, map(terminal_text, (problem.hint, *related, places, more)))


def _line_and_carets(span: Span, lines: Mapping[str, list[str]]) -> tuple[str, str] | None:
    """Return the line and the carets below it, cut where the line is long; None for an empty one.

    The carets are counted in the cells of a terminal: a wide character takes two of them.
    """
    file_lines = lines.get(span.path, [])
    if not 1 <= span.line <= len(file_lines) or not file_lines[span.line - 1].strip():
        return None
    line = file_lines[span.line - 1].replace("\t", " ")
    first = span.column - 1
    last = span.end_column - 1 if span.end_line == span.line else len(line)
    start = max(0, first - _LONGEST_LINE // 2) if len(line) > _LONGEST_LINE else 0
    shown = line[start : start + _LONGEST_LINE]
    text = visible_line(shown)
    before, marked = text[: first - start], text[first - start : max(first + 1, last) - start]
    room = max(0, first - start - len(text))
    return text, " " * (_cell_width(before) + room) + "^" * max(1, _cell_width(marked))


def _cell_width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def visible_line(text: str) -> str:
    """Return a line of a file for a terminal.

    Controls become a sign, columns stay where they are.
    """
    return "".join(c if c.isprintable() else "�" for c in text)
