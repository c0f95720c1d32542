"""docs/reference/report-formats.md: a section for each format, whose sample is what is printed."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from okrdocs import __version__
from okrdocs.problem import Problem, Severity, Span
from okrdocs.report.console import Console
from okrdocs.report.counts import count_by_severity
from okrdocs.report.formats import Format, render_problems
from okrdocs.report.rule_info import RuleInfo
from okrdocs.source.disk import File

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "report-formats.md"
PATH = "okrs/2026-Q1/company.yml"
SECTION = re.compile(
    r"^## (\w+)\n(.*?)^```(?:text|json|markdown)\n(.*?)^```$", re.DOTALL | re.MULTILINE
)
FINDINGS = (
    Problem(
        "no-baseline",
        Severity.ERROR,
        Span(PATH, 8, 17, 8, 22),
        "Without a baseline `8 min` may mean that lower or that higher is better.",
        "Add `baseline:`, or write `target: ≤8 min` or `target: ≥8 min`.",
    ),
    Problem(
        "kr-is-output",
        Severity.WARNING,
        Span(PATH, 10, 16, 10, 42),
        "`Launch the new help centre` is a task, not a result.",
        "Say what changes for customers once it's done.",
        ref="2026-Q1:company/help#help-centre",
    ),
)
RULES = {
    "kr-is-output": RuleInfo(
        "kr-is-output",
        "A key result is a task",
        "A key result says what changes, not what is done.",
        "https://okrs.example/rules/kr-is-output.html",
        "wording",
        Severity.WARNING,
    )
}


def example() -> File:
    """The file whose findings are shown, from the page itself."""
    (text,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return File(PATH, text.encode())


def printed(form: Format) -> str:
    console = Console(io.StringIO(), io.StringIO())
    text = render_problems(form, FINDINGS, [example()], console, RULES)
    if form is Format.FULL:
        text += f"\n\n{count_by_severity(FINDINGS)}."
    return text.replace(f'"version": "{__version__}"', '"version": "…"') + "\n"


def test_the_page_has_a_section_for_each_format() -> None:
    assert [name for name, _, _ in SECTION.findall(PAGE.read_text("utf-8"))] == list(Format)


@pytest.mark.parametrize("form", Format)
def test_the_sample_of_a_format_is_what_is_printed(
    form: Format, request: pytest.FixtureRequest
) -> None:
    page = PAGE.read_text("utf-8")
    (section,) = (found for found in SECTION.finditer(page) if found[1] == form)
    if request.config.getoption("--update-goldens"):
        updated = page[: section.start(3)] + printed(form) + page[section.end(3) :]
        PAGE.write_text(updated, encoding="utf-8")
    else:
        assert section[3] == printed(form), "run this test with --update-goldens"


def test_the_findings_stand_where_the_file_has_them() -> None:
    lines = example().data.decode().split("\n")
    shown = [lines[f.span.line - 1][f.span.column - 1 : f.span.end_column - 1] for f in FINDINGS]
    assert shown == ["8 min", "Launch the new help centre"]
