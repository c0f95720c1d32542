"""The summary in Markdown: a table for each file that no text breaks, and nobody is told."""

from __future__ import annotations

import html
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrdocs.markup.escape import terminal_text
from okrdocs.problem import Problem, Severity, Span, error, warning
from okrdocs.report.console import Console
from okrdocs.report.formats import Format, render_problems

PLAIN = Console(io.StringIO(), io.StringIO())
PATH = "okrs/2025-Q1/product.yml"
OURS = re.compile("</?(?:code|span)>")


def at(line: int, path: str = PATH) -> Span:
    return Span(path, line, 1, line, 2)


def summary(*problems: Problem) -> str:
    return render_problems(Format.MARKDOWN, problems, [], PLAIN)


def cell(text: str) -> str:
    """The last cell of the row of a finding with this text."""
    row = summary(error("x", at(1), text)).split("\n")[-1]
    cells = row.split("|")
    assert len(cells) == 6, row
    return cells[4][1:-1]


def seen(markdown: str) -> str:
    """What a reader sees of a cell: our elements removed, entities decoded."""
    return html.unescape(OURS.sub("", markdown))


def test_a_summary_has_a_headline_and_a_table_for_each_file() -> None:
    found = [
        error("no-target", at(3), "`nps` has no target.", "Add `target:`."),
        warning("no-dri", at(9), "Nobody."),
        Problem("old", Severity.INFO, at(2, "okrs/okr.yml"), "Old."),
    ]
    assert summary(*found).split("\n") == [
        "## OKR check: 1 error, 1 warning and 1 info",
        "",
        "### okrs/2025-Q1/product.yml",
        "",
        "| Line | Severity | Rule | Finding |",
        "|---:|---|---|---|",
        "| 3 | error | <code>no-target</code> | <code>nps</code> has no target."
        " Add <code>target:</code>. |",
        "| 9 | warning | <code>no-dri</code> | Nobody. |",
        "",
        "### okrs/okr.yml",
        "",
        "| Line | Severity | Rule | Finding |",
        "|---:|---|---|---|",
        "| 2 | info | <code>old</code> | Old. |",
    ]


def test_without_findings_one_line_says_so() -> None:
    assert summary() == "**OKR check:** nothing to fix."


HOSTILE = [
    "a | b || c", "a\\| b", "`a|b`", "``` `x` ", "a\n\n# b\n| c |", "<script>alert(1)</script>",
    "<!-- x", "&lt;b&gt; &#64;all &commat;all", "@all @org/team `@all`", "fixes #1, closes o/r#2",
    "resolves GH-12 gh-3", "![x](http://e.example/y.png)", "[a](javascript:x)", "https://e.example",
    "www.e.example me@e.example", "**b** _i_ ~~s~~ $x$ :tada:", "a\u202eb\u2066c", "🎯 成長 é",
    "::error::x", "%0A", "ends with \\", "`", "-", "1. x", "> q", "===",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_shown_as_typed_and_is_no_markup(text: str) -> None:
    shown = cell(text)
    bare = OURS.sub("", shown)
    assert seen(shown).replace("`", "").split() == terminal_text(text).replace("`", "").split()
    assert not set(bare) & set("<|`@")
    assert not re.search(r"#(?!\d+;)|[^&]#|[gG][hH]-\d|\]\(|://|\*\*|~~", bare)


@given(st.text(alphabet="`|@#<>&;\\\n gGhH-1a[]()*_~$!:/.\u202e"))
def test_no_text_breaks_a_row_forges_an_element_or_tells_anyone(text: str) -> None:
    shown = cell(text)
    assert not re.search(r"<(?![ 0-9=])|[|`@\n]", OURS.sub("", shown))
    assert not any(tells(piece) for piece in OURS.split(shown))


def tells(piece: str) -> bool:
    """Whether a text of a page, as its reader gets it, names a person or an issue."""
    return bool(re.search(r"@\w|#\d|gh-\d", html.unescape(piece), re.IGNORECASE))


@pytest.mark.parametrize("text", ["@all", "`@all`", "&#64;all", "#12", "fixes #12", "GH-12"])
def test_a_sign_that_tells_someone_stands_apart_from_what_follows(text: str) -> None:
    assert tells(text)
    assert not any(tells(piece) for piece in OURS.split(cell(text)))


def test_a_path_and_a_code_are_escaped_too() -> None:
    shown = summary(error("<b>|`@x", at(1, "okrs/@all|<b>#1.yml"), "M."))
    assert not set(OURS.sub("", shown.replace("|---:|---|---|---|", ""))) & set("<`@")
    assert len(shown.split("\n")[-1].split("|")) == 6


def test_a_long_summary_is_cut_between_rows_and_says_how_much_is_left_out() -> None:
    found = [error("x", at(n, f"okrs/{n // 50}.yml"), f"Finding {n}.") for n in range(10_000)]
    shown = summary(*found)
    lines = shown.split("\n")
    rows = [line for line in lines if "| error |" in line]
    assert 55_000 < len(shown) <= 60_000
    assert lines[0] == "## OKR check: 10,000 errors"
    assert lines[-2:] == ["", f"{10_000 - len(rows):,} more findings are left out here."]
    assert rows[-1].endswith(f"| Finding {len(rows) - 1}. |")
    assert not lines[-3].startswith("|--")


def test_one_finding_that_is_very_long_is_shortened() -> None:
    shown = summary(error("x", at(1), "@" * 100_000), error("y", at(2), "So it is."))
    assert len(shown) < 60_000
    assert "…" in shown
    assert shown.endswith("| <code>y</code> | So it is. |")
