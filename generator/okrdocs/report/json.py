"""Problems as versioned JSON: the interface for programs of one's own."""

from __future__ import annotations

from collections.abc import Iterable

from okrdocs.markup.escape import json_text
from okrdocs.problem import Problem, Span
from okrdocs.report.rule_info import NO_RULES, Rules, page_of

FORMAT_VERSION = "1.1"


def as_json(problems: Iterable[Problem], rules: Rules = NO_RULES) -> str:
    """`{"format_version", "problems": […]}`; every key is always there, texts as they are."""
    held = {
        "format_version": FORMAT_VERSION,
        "problems": [_problem(problem, rules) for problem in problems],
    }
    return json_text(held)


def _problem(problem: Problem, rules: Rules) -> dict[str, object]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        **_place(problem.span),
        "message": problem.message,
        "hint": problem.hint,
        "related": [{**_place(each.span), "message": each.message} for each in problem.related],
        "ref": problem.ref,
        "page": page_of(problem.code, rules),
    }


def _place(span: Span) -> dict[str, str | int]:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
