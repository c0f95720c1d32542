"""The problems beside another command's result. Knows no rules, so that they needn't be loaded."""

from __future__ import annotations

from collections.abc import Iterable

from okrdocs.problem import Problem
from okrdocs.report import Format, count_by_severity, render_problems
from okrdocs.report.console import Console
from okrdocs.source.disk import File


def print_problems(problems: tuple[Problem, ...], files: Iterable[File], console: Console) -> None:
    """Print the problems, where there are any, to where remarks go."""
    if problems:
        text = render_problems(Format.FULL, problems, files, console)
        console.print_error(f"{text}\n\n{count_by_severity(problems)}.")
