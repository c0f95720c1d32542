"""Problems as versioned JSON: the interface for programs of one's own."""

from __future__ import annotations

from collections.abc import Iterable

from okrdocs.markup.escape import json_text
from okrdocs.problem import Problem, Span
from okrdocs.report.rule_info import NO_RULES, Rules, rule_page_path

FORMAT_VERSION = "1.1"


def as_json(problems: Iterable[Problem], rules: Rules = NO_RULES) -> str:
    """Return `{"format_version", "problems": […]}`.

    Every key is always there, texts as they are.
    """
    content = {
        "format_version": FORMAT_VERSION,
        "problems": [_problem_json(problem, rules) for problem in problems],
    }
    return json_text(content)


def _problem_json(problem: Problem, rules: Rules) -> dict[str, object]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        **_span_json(problem.span),
        "message": problem.message,
        "hint": problem.hint,
        "related": [
            {**_span_json(related.span), "message": related.message} for related in problem.related
        ],
        "ref": problem.ref,
        "page": rule_page_path(problem.code, rules),
    }


def _span_json(span: Span) -> dict[str, str | int]:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
