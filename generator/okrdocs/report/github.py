"""Problems as workflow commands, which GitHub turns into annotations of a pull request's lines.

The runner reads each line of a step's output; one that begins with `::` is a command. Texts of
documents stand only behind the first one of their line, on that one line and escaped.
Source: "Workflow commands for GitHub Actions" in GitHub's documentation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from okrdocs.markup.counts import count_of
from okrdocs.markup.escape import terminal_text
from okrdocs.problem import Problem, Severity, Span

MOST = 9
"""How many annotations are made: GitHub shows ten of a step; the last one counts the others."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SEVERITIES = tuple(Severity)


def as_annotations(problems: Sequence[Problem]) -> str:
    """Return one command a line.

    The most severe first, each severity in source order, then the rest.
    """
    return "\n".join(_annotation_commands(problems))


def _annotation_commands(problems: Sequence[Problem]) -> Iterator[str]:
    gravest = sorted(problems, key=lambda problem: _SEVERITIES.index(problem.severity))
    for problem in gravest[:MOST]:
        text = f"{problem.message} {problem.hint}"
        titled = {**_position_properties(problem.span), "title": f"okr {problem.code}"}
        yield _workflow_command(_COMMANDS[problem.severity], titled, text)
    if len(gravest) > MOST:
        yield _workflow_command("notice", {"title": "okr"}, _left_out_notice(len(gravest) - MOST))


def _left_out_notice(count: int) -> str:
    are = "isn't" if count == 1 else "aren't"
    return (
        f"{count_of(count, 'more finding')} {are} annotated. Read them all with `okr check`, or on"
        ' the page of the run with `okr check --format markdown >> "$GITHUB_STEP_SUMMARY"`.'
    )


def _position_properties(span: Span) -> dict[str, str]:
    """Return the position; columns only within one line: GitHub drops them otherwise."""
    place = {"file": span.path, "line": str(span.line), "endLine": str(span.end_line)}
    if span.line == span.end_line:
        place |= {"col": str(span.column), "endColumn": str(span.end_column)}
    return place


def _workflow_command(name: str, properties: dict[str, str], text: str) -> str:
    listed = ",".join(f"{key}={_escape_property(value)}" for key, value in properties.items())
    return f"::{name} {listed}::{_escape_data(text)}"


def _escape_data(text: str) -> str:
    shown = terminal_text(text).replace("%", "%25")
    return shown.replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
