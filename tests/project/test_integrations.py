"""What stands around `okr`: the pre-commit hook, the problem matcher, the calls in how-tos."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from okrdocs.cli import create_parser
from okrdocs.problem import Problem, Severity, Span
from okrdocs.report.terminal import format_problem_in_one_line

ROOT = Path(__file__).resolve().parents[2]
MATCHER = json.loads((ROOT / ".github" / "okr-matcher.json").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
TEMPLATES = ROOT / "generator" / "okrdocs" / "init_files"
WORKFLOWS = [*sorted((ROOT / ".github" / "workflows").glob("*.yml")), *TEMPLATES.rglob("*.yml")]


def matched(line: str) -> list[dict[str, Any]]:
    found = []
    for matcher in MATCHER["problemMatcher"]:
        (pattern,) = matcher["pattern"]
        match = re.search(pattern["regexp"], line)
        if match:
            named = {key: match[group] for key, group in pattern.items() if key != "regexp"}
            found.append({"severity": matcher["severity"], **named})
    return found


@pytest.mark.parametrize("severity", list(Severity))
def test_the_problem_matcher_reads_the_concise_format(severity: Severity) -> None:
    span = Span("okrs/2025-Q1/product.yml", 12, 7, 12, 9)
    line = format_problem_in_one_line(
        Problem("kr-is-output", severity, span, "A task: it ships.", "Say why.")
    )
    (found,) = matched(line)
    assert found == {
        "severity": "error" if severity is Severity.ERROR else "warning",
        "file": span.path,
        "line": "12",
        "column": "7",
        "code": "kr-is-output",
        "message": "A task: it ships. Say why.",
    }


def test_the_problem_matcher_takes_nothing_else() -> None:
    assert matched("3 errors and 1 warning.") == []
    assert matched("note: okrs/a.yml:1:2: something") == []


def test_the_hook_of_pre_commit_is_a_command_that_okr_knows() -> None:
    (hook,) = HOOKS
    program, *arguments = shlex.split(hook["entry"])
    assert program == "okr"
    assert create_parser().parse_args(arguments).command == "check"
    assert hook["pass_filenames"] is False
    assert re.search(hook["files"], "okrs/2025-Q1/product.yml")
    assert re.search(hook["files"], "company/okrs/2025-Q1/product.yml")
    assert not re.search(hook["files"], "notokrs/2025-Q1/product.yml")


def test_the_calls_of_the_workflows_and_the_how_tos_are_ones_that_okr_knows() -> None:
    paths = [*sorted((ROOT / "docs" / "how-to").glob("*.md")), *WORKFLOWS]
    text = "\n".join(path.read_text("utf-8") for path in paths)
    calls = re.findall(
        r"(?:\.venv/bin/okr|/okr/bin/okr\"|^\$ okr) ([^`>|'\\\n]+)", text, re.MULTILINE
    )
    assert len(calls) > 15
    for call in calls:
        create_parser().parse_args(shlex.split(call))
