"""What holds for each format: choice, quiet, same bytes, no trailing blanks, nothing hidden."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from okrdocs import DOCUMENTATION
from okrdocs.cli import create_parser
from okrdocs.commands import check
from okrdocs.problem import Problem, Related, Severity, Span
from okrdocs.report.console import Console
from okrdocs.report.formats import Format, render_problems
from okrdocs.report.rule_docs import published_address
from okrdocs.report.rule_info import RuleInfo
from okrdocs.source.disk import File

PLAIN = Console(io.StringIO(), io.StringIO())
PATH = "okrs/2025-Q1/product.yml"
RULES = {
    "hard": RuleInfo("hard", "Hard", "It is hard.", "docs/rules/hard.md", "wording", Severity.INFO),
    "bare": RuleInfo("bare", "Bare", "", "", "", Severity.INFO),
}
EVIL = "a \n::error::x\t\x1b[2J\u202e\u2066\x00 `b | <script> @all fixes #1 %0A 🎯 \u200b "


def problem(line: int, code: str = "x", message: str = "M.", hint: str = "") -> Problem:
    span = Span(PATH, line, 1, line, 2)
    return Problem(code, Severity.WARNING, span, message, hint, (Related(span, message),))


def full(*problems: Problem) -> list[str]:
    file = File(PATH, b"a: b  \n" * 9)
    return render_problems(Format.FULL, problems, [file], PLAIN, RULES).split("\n")


def test_the_command_line_offers_each_format() -> None:
    for form in Format:
        assert create_parser().parse_args(["check", "--format", form]).format == form
    assert set(check.FORMATS) == set(Format)


@pytest.mark.parametrize("form", Format)
def test_a_check_prints_each_format_and_keeps_its_exit_code(
    form: Format,
    a_repository: Callable[..., Path],
    okr: Callable[..., CompletedProcess[str]],
) -> None:
    okr_yml = "schema: 1\norganization: Acme\nteams: {company: {name: Everyone}}\n"
    sound = a_repository({"okr.yml": okr_yml}, "sound")
    broken = a_repository({"okr.yml": okr_yml, "2025-Q1/company.yml": "schema: 2\n"}, "broken")
    assert okr(sound, "check", "--format", form).returncode == 0
    ran = okr(broken, "check", "--format", form)
    assert ran.returncode == 1
    assert "okrs/2025-Q1/company.yml" in ran.stdout.replace("\\", "")


@pytest.mark.parametrize("form", Format)
def test_no_line_ends_in_blanks_or_hides_a_character(form: Format) -> None:
    file = File(PATH, f"x:   \n{EVIL}\n".encode())
    found = [problem(1, "hard", EVIL, EVIL), problem(2, EVIL.strip(), "", ""), problem(3)]
    shown = render_problems(form, found, [file], PLAIN, RULES)
    for line in shown.split("\n"):
        assert line == line.rstrip()
        # `terminal` keeps the joiners of emoji and words; only JSON writes them out
        assert line.replace("\u200b", "").isprintable()


@pytest.mark.parametrize("form", Format)
def test_two_runs_print_the_same(form: Format) -> None:
    found = [problem(n, f"code-{n % 3}") for n in range(1, 20)]
    assert render_problems(form, found, [], PLAIN) == render_problems(form, list(found), [], PLAIN)


@pytest.mark.nightly
@pytest.mark.parametrize("form", Format)
def test_ten_thousand_hostile_findings_are_no_trouble(form: Format) -> None:
    found = [problem(n, "hard", EVIL, EVIL) for n in range(1, 10_001)]
    assert render_problems(form, found, [], PLAIN, RULES)


def test_the_full_form_tells_once_where_a_rule_is_described() -> None:
    lines = full(problem(1, "hard"), problem(2, "hard"), problem(3, "x"), problem(4, "bare"))
    assert [line for line in lines if "okr explain" in line] == [
        "  = see docs/rules/hard.md, or run: okr explain hard",
        "  = more: okr explain bare",
    ]
    assert lines[6] == "  = see docs/rules/hard.md, or run: okr explain hard"
    assert lines[7] == ""


def test_each_run_tells_it_anew() -> None:
    assert full(problem(1, "hard")) == full(problem(1, "hard"))


def test_a_page_is_led_to_where_the_documentation_is_published_if_anywhere() -> None:
    published = "https://docs.example/"
    rule, problem = "docs/rules/kr-is-output.md", "docs/reference/problems.md#bad-id"
    assert published_address(rule, published) == "https://docs.example/rules/kr-is-output.html"
    assert published_address(problem, published) == (
        "https://docs.example/reference/problems.html#bad-id"
    )
    assert published_address(rule, "") == ""


def test_a_configured_address_ends_with_a_slash() -> None:
    assert DOCUMENTATION == "" or re.fullmatch(r"https://\S+/", DOCUMENTATION)
