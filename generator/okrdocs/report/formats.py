"""Chooses the format of problems: the only way in which commands print Problems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from okrdocs.problem import Problem
from okrdocs.report.console import Console
from okrdocs.report.github import as_annotations
from okrdocs.report.gitlab import as_gitlab
from okrdocs.report.json import as_json
from okrdocs.report.markdown import as_markdown
from okrdocs.report.rule_info import NO_RULES, Rules
from okrdocs.report.sarif import as_sarif
from okrdocs.report.terminal import (
    format_problem_in_one_line,
    format_problems_in_full,
    most_severe_last,
)
from okrdocs.source.disk import File


class Format(StrEnum):
    """How problems are printed."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    MARKDOWN = "markdown"
    GITLAB = "gitlab"


CODE_HOST_FORMATS = frozenset({Format.GITHUB, Format.SARIF, Format.MARKDOWN, Format.GITLAB})
"""What a code host reads or shows: its paths begin at the top of the repository."""


def render_problems(
    form: Format,
    problems: Sequence[Problem],
    files: Iterable[File],
    console: Console,
    rules: Rules = NO_RULES,
) -> str:
    """Return the problems in a format, without the last line end; "" where there is nothing to say.

    `problems` stand in source order; `files` are those that the full format quotes from.
    """
    match form:
        case Format.FULL:
            return "\n\n".join(format_problems_in_full(problems, files, console, rules))
        case Format.CONCISE:
            return "\n".join(map(format_problem_in_one_line, most_severe_last(problems)))
        case Format.JSON:
            return as_json(problems, rules)
        case Format.GITHUB:
            return as_annotations(problems)
        case Format.SARIF:
            return as_sarif(problems, rules)
        case Format.MARKDOWN:
            return as_markdown(problems)
        case Format.GITLAB:
            return as_gitlab(problems)
