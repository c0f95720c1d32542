"""Formats problems for people and programs: one record feeds every format.

`formats` chooses; `terminal` is for people at a prompt, `json`, `sarif` and `gitlab` are JSON,
`github` and `markdown` are what a workflow's run shows.
"""

from okrdocs.report.counts import count_by_severity
from okrdocs.report.formats import Format, render_problems
from okrdocs.report.github import as_annotations
from okrdocs.report.gitlab import as_gitlab
from okrdocs.report.json import FORMAT_VERSION, as_json
from okrdocs.report.markdown import as_markdown
from okrdocs.report.rule_info import RuleInfo, Rules
from okrdocs.report.sarif import as_sarif
from okrdocs.report.terminal import format_problem_in_full, format_problem_in_one_line, visible_line

__all__ = [
    "FORMAT_VERSION",
    "Format",
    "RuleInfo",
    "Rules",
    "as_annotations",
    "as_gitlab",
    "as_json",
    "as_markdown",
    "as_sarif",
    "count_by_severity",
    "format_problem_in_full",
    "format_problem_in_one_line",
    "render_problems",
    "visible_line",
]
