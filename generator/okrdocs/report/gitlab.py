"""Problems as a Code Quality report, which GitLab shows beside the lines of a merge request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from okrdocs.markup.escape import json_text, terminal_text
from okrdocs.problem import Problem, Severity
from okrdocs.report.fingerprint import digest_of_texts, fingerprint

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def as_gitlab(problems: Iterable[Problem]) -> str:
    """Return a JSON array with an object for each finding; `[]` where there is nothing."""
    seen: Counter[str] = Counter()
    issues = []
    for problem in problems:
        same = fingerprint(problem)
        # GitLab shows only one finding of a fingerprint.
        issues.append(
            _code_quality_issue(
                problem, digest_of_texts(same, str(seen[same])) if seen[same] else same
            )
        )
        seen[same] += 1
    return json_text(issues)


def _code_quality_issue(problem: Problem, same: str) -> dict[str, object]:
    return {
        "description": terminal_text(f"{problem.message} {problem.hint}"),
        "check_name": problem.code,
        "fingerprint": same,
        "severity": _SEVERITIES[problem.severity],
        "location": {"path": problem.span.path, "lines": {"begin": problem.span.line}},
    }
