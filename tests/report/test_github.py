"""Annotations: GitHub reads back what was meant, and no document starts a command of its own."""

from __future__ import annotations

import io
import re
from typing import NamedTuple

import pytest

from okrdocs.problem import Problem, Severity, Span, error, warning
from okrdocs.report.console import Console
from okrdocs.report.formats import Format, render_problems

PLAIN = Console(io.StringIO(), io.StringIO())
PATH = "okrs/2025-Q1/product.yml"


class Command(NamedTuple):
    """A workflow command as the runner understands it."""

    name: str
    properties: dict[str, str]
    text: str


def decoded(text: str, signs: str = "\r\n") -> str:
    for sign in signs:
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text.replace("%25", "%")


def command(line: str) -> Command | None:
    """A line of a step's output: a command where `::` stands first, behind white space."""
    if not line.lstrip().startswith("::"):
        return None
    head, text = line.lstrip()[2:].split("::", 1)
    name, _, listed = head.partition(" ")
    pairs = (part.split("=", 1) for part in listed.split(",") if part)
    properties = {key: decoded(value, "\r\n:,") for key, value in pairs}
    return Command(name, properties, decoded(text))


def commands(*problems: Problem) -> list[Command]:
    text = render_problems(Format.GITHUB, problems, [], PLAIN)
    found = [command(line) for line in re.split("\r\n|\r|\n", text) if line]
    assert None not in found
    return [each for each in found if each]


def at(line: int, end_line: int = 0, path: str = PATH) -> Span:
    return Span(path, line, 3, end_line or line, 9)


def test_an_annotation_is_a_command_with_place_title_and_text() -> None:
    found = warning("no-dri", at(4), "Nobody, as yet.", "Add `dri:`.")
    assert render_problems(Format.GITHUB, [found], [], PLAIN) == (
        f"::warning file={PATH},line=4,endLine=4,col=3,endColumn=9,title=okr no-dri::"
        "Nobody, as yet. Add `dri:`."
    )


@pytest.mark.parametrize(
    ("severity", "name"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")],
)
def test_each_severity_has_its_command(severity: Severity, name: str) -> None:
    assert commands(Problem("x", severity, at(1), "M."))[0].name == name


def test_columns_are_given_only_for_a_place_on_one_line() -> None:
    (found,) = commands(error("x", at(2, end_line=5), "M."))
    assert found.properties == {"file": PATH, "line": "2", "endLine": "5", "title": "okr x"}


HOSTILE = [
    "a\n::error::forged",
    "a\r\n::set-output name=x::y",
    "::stop-commands::token",
    "\u2028::add-mask::o",
    "\x85::debug::x",
    "%0A::error::forged",
    "100%25 %3A, a=b,c:d::e",
    "##[error]forged",
    "成長 🎯 é",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_comes_back_as_it_is_and_starts_no_command(text: str) -> None:
    (found,) = commands(error("x", at(1, path=f"okrs/{text}.yml"), text, text))
    shown = " ".join(text.split())
    assert found.name == "error"
    assert found.text == f"{shown} {shown}"
    assert found.properties["file"] == " ".join(f"okrs/{text}.yml".split())
    assert found.properties["title"] == "okr x"


def test_invisible_characters_are_left_out() -> None:
    (found,) = commands(error("x", at(1), "a\u202eb\x1b[2J\x00c"))
    assert found.text == "ab[2Jc"


def mixed(errors: int, warnings: int, infos: int) -> list[Problem]:
    """Problems in source order, the mildest first."""
    severities = [Severity.INFO] * infos + [Severity.WARNING] * warnings + [Severity.ERROR] * errors
    return [Problem("x", each, at(n), "M.") for n, each in enumerate(severities, 1)]


def test_nine_findings_are_all_annotated() -> None:
    assert [each.name for each in commands(*mixed(2, 3, 4))] == (
        ["error"] * 2 + ["warning"] * 3 + ["notice"] * 4
    )


def test_of_more_the_gravest_are_annotated_in_source_order_and_the_rest_is_told() -> None:
    found = commands(*mixed(4, 8, 10_000))
    assert [each.name for each in found] == ["error"] * 4 + ["warning"] * 5 + ["notice"]
    lines = [int(each.properties["line"]) for each in found[:-1]]
    assert lines == [*range(10_009, 10_013), *range(10_001, 10_006)]
    assert found[-1].properties == {"title": "okr"}
    assert found[-1].text.startswith("10,003 more findings aren't annotated.")
    assert 'okr check --format markdown >> "$GITHUB_STEP_SUMMARY"' in found[-1].text


def test_the_tenth_finding_is_told_in_the_singular() -> None:
    assert commands(*mixed(10, 0, 0))[-1].text.startswith("1 more finding isn't annotated.")


def test_without_findings_nothing_is_printed() -> None:
    assert render_problems(Format.GITHUB, [], [], PLAIN) == ""
