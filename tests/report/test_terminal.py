"""Problems as text: the caret stands where the fault is, and no byte of a file is obeyed."""

from __future__ import annotations

import io
import json

import pytest

from okrdocs.problem import Problem, Related, Severity, Span, error, warning
from okrdocs.report.console import Console
from okrdocs.report.counts import count_by_severity
from okrdocs.report.formats import Format, render_problems
from okrdocs.report.terminal import format_problem_in_one_line
from okrdocs.source.disk import File

PLAIN = Console(io.StringIO(), io.StringIO())
COLOR = Console(io.StringIO(), io.StringIO(), color=True)
PATH = "okrs/2025-Q1/product.yml"


def at(line: int, first: int, last: int, end_line: int = 0) -> Span:
    return Span(PATH, line, first, end_line or line, last)


def problem(span: Span, message: str = "It is wrong.", hint: str = "") -> Problem:
    return error("bad-date", span, message, hint)


def report(found: Problem, data: bytes | str, console: Console = PLAIN) -> list[str]:
    file = File(PATH, data.encode() if isinstance(data, str) else data)
    return render_problems(Format.FULL, [found], [file], console).split("\n")


def marked(line: str, word: str) -> tuple[str, str]:
    """The line as shown and the carets below it, for a fault at a word."""
    first = line.index(word) + 1
    lines = report(problem(at(2, first, first + len(word))), f"schema: 1\n{line}\n")
    return lines[3].removeprefix("2 | "), lines[4].removeprefix("  | ")


# ------------------------------------------------------------------- full


def test_the_full_form_shows_place_line_caret_and_the_next_step() -> None:
    found = problem(at(2, 6, 10), "`soon` isn't a date.", "Write year-month-day.")
    assert report(found, "schema: 1\ndue: soon\n") == [
        "error[bad-date] `soon` isn't a date.",
        " --> okrs/2025-Q1/product.yml:2:6",
        "  |",
        "2 | due: soon",
        "  |      ^^^^",
        "  = Write year-month-day.",
    ]


def test_the_second_place_of_a_problem_is_named() -> None:
    related = Related(at(1, 1, 2), "the first one")
    found = error("duplicate-key", at(2, 1, 2), "Twice.", "", related)
    assert report(found, "a: 1\na: 2\n")[-1] == "  = okrs/2025-Q1/product.yml:1:1: the first one"


def test_line_numbers_of_any_width_keep_the_bars_in_line() -> None:
    lines = report(problem(at(120, 1, 2), hint="So."), "\n" * 119 + "x\n")
    assert lines[1:] == [f"   --> {PATH}:120:1", "    |", "120 | x", "    | ^", "    = So."]


@pytest.mark.parametrize(
    ("line", "word", "below"),
    [
        ("due: soon", "soon", "     ^^^^"),
        ("due:\tsoon", "soon", "     ^^^^"),
        ("title: Größe, due: soon", "soon", " " * 19 + "^^^^"),
        ("t: 成長, due: soon", "soon", " " * 14 + "^^^^"),
        ("t: 🎯🎯, d: x", "x", " " * 12 + "^"),
        ("t: cafe\u0301, d: x", "x", " " * 12 + "^"),
        ("t: 成長", "成長", "   ^^^^"),
    ],
    ids=["plain", "tab", "umlauts", "wide", "emoji", "combining", "below wide"],
)
def test_the_caret_stands_below_the_fault(line: str, word: str, below: str) -> None:
    shown, carets = marked(line, word)
    assert carets == below
    assert "\t" not in shown
    assert "�" not in shown


def test_of_a_long_line_the_part_around_the_fault_is_shown() -> None:
    shown, carets = marked("title: " + "a " * 300 + "HERE" + " b" * 300, "HERE")
    assert len(shown) == 160
    assert shown[carets.index("^") :].startswith("HERE")
    assert carets.strip() == "^^^^"


def test_the_carets_of_a_long_fault_end_with_what_is_shown() -> None:
    shown, carets = marked("title: " + "x" * 1000, "x" * 1000)
    assert len(carets) == len(shown) == 160


def test_a_fault_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    assert report(problem(at(1, 3, 2, end_line=3)), "- {a: b,\n c: d}\n")[4] == "  |   ^^^^^^"


def test_a_fault_behind_the_end_of_its_line_has_its_caret_there() -> None:
    assert report(problem(at(1, 9, 9)), "due: [\n")[4] == "  | " + " " * 8 + "^"


@pytest.mark.parametrize("span", [at(9, 1, 1), at(2, 1, 1), Span("okrs/x.yml", 1, 1, 1, 1)])
def test_without_a_line_to_show_the_place_is_enough(span: Span) -> None:
    lines = report(problem(span), "schema: 1\n   \n")
    assert lines == ["error[bad-date] It is wrong.", f" --> {span}"]


def test_positions_do_not_count_a_mark_in_front_and_windows_line_ends() -> None:
    lines = report(problem(at(1, 9, 10)), b"\xef\xbb\xbfschema: 2\r\nx: y\r\n")
    assert lines[3:5] == ["1 | schema: 2", "  |         ^"]


@pytest.mark.parametrize("sign", ["\x0c", "\x0b", "\x1c", "\x85", "\u2028"])
def test_only_a_line_feed_ends_a_line(sign: str) -> None:
    assert report(problem(at(2, 1, 2)), f"a: {sign} b\nc: d\n")[3] == "2 | c: d"


HOSTILE = "\x1b[2J\x1b]0;x\x07\x9b31m\u202e\x00\x7f\u2066\r"


def test_what_a_file_holds_is_shown_and_never_obeyed() -> None:
    found = problem(at(1, 4, 5), f"`{HOSTILE}` is wrong.", f"Write {HOSTILE}.")
    shown = "\n".join(report(found, f"a: {HOSTILE}b\n"))
    assert all(c.isprintable() or c == "\n" for c in shown)
    assert "�[2J" in shown


def test_a_file_that_is_no_text_is_shown_as_far_as_it_goes() -> None:
    assert report(problem(at(1, 1, 2)), b"\xff\xfea\n")[3] == "1 | ��a"


# ------------------------------------------------------------------- colour


def test_colour_is_there_when_on_and_only_then() -> None:
    found = problem(at(1, 1, 2), hint="So.")
    colored = "\n".join(report(found, "a: b\n", COLOR))
    assert "\x1b[31m" in colored
    assert colored.count("\x1b[0m") > 3
    plain = "\n".join(report(found, "a: b\n"))
    assert "\x1b" not in plain
    assert plain == "".join(part.partition("m")[2] for part in f"\x1b[0m{colored}".split("\x1b["))


# ------------------------------------------------------------------- concise


def test_the_concise_form_is_one_line_a_problem() -> None:
    found = [problem(at(2, 6, 10), "A\nB", "C"), warning("x", at(3, 1, 1), "D")]
    assert render_problems(Format.CONCISE, found, [], PLAIN).split("\n") == [
        f"{PATH}:3:1: warning[x] D",
        f"{PATH}:2:6: error[bad-date] A B C",
    ]


@pytest.mark.parametrize("form", [Format.FULL, Format.CONCISE])
def test_on_a_terminal_errors_stand_last_and_the_rest_in_its_order(form: Format) -> None:
    severities = [Severity.ERROR, Severity.INFO, Severity.WARNING, Severity.INFO, Severity.ERROR]
    found = [
        Problem(f"c{n}", severity, at(n, 1, 2), "So.") for n, severity in enumerate(severities, 1)
    ]
    told = render_problems(form, found, [], PLAIN)
    places = sorted(range(1, 6), key=lambda n: told.index(f"[c{n}]"))
    assert places == [2, 4, 3, 1, 5]


def test_of_many_places_three_are_named_and_the_others_counted() -> None:
    related = [Related(at(n, 1, 2), "as well") for n in range(2, 8)]
    told = report(error("twice", at(1, 1, 2), "Twice.", "Hint.", *related), "a: 1\n")
    assert told[-4:] == [
        *(f"  = {PATH}:{n}:1: as well" for n in (2, 3, 4)),
        "  = and 3 more places",
    ]


def test_the_concise_form_obeys_nothing_either() -> None:
    assert format_problem_in_one_line(problem(at(1, 1, 1), HOSTILE, HOSTILE)).isprintable()


# ------------------------------------------------------------------- json


def test_json_holds_all_of_a_problem_under_a_version() -> None:
    related = Related(at(1, 1, 2), "first")
    found = error("duplicate-key", at(2, 1, 4, end_line=3), "Zwölf “A”", "Tu’s.", related)
    held = json.loads(render_problems(Format.JSON, [found], [], PLAIN))
    place = {"path": PATH, "line": 2, "column": 1, "end_line": 3, "end_column": 4}
    first = {"path": PATH, "line": 1, "column": 1, "end_line": 1, "end_column": 2}
    assert held == {
        "format_version": "1.1",
        "problems": [
            {"code": "duplicate-key", "severity": "error", **place, "message": "Zwölf “A”",
             "hint": "Tu’s.", "related": [{**first, "message": "first"}], "ref": "", "page": ""}
        ],
    }  # fmt: skip


def test_json_without_problems_is_json_too() -> None:
    assert json.loads(render_problems(Format.JSON, [], [], PLAIN))["problems"] == []


def test_json_obeys_nothing_and_loses_nothing() -> None:
    text = render_problems(Format.JSON, [problem(at(1, 1, 1), HOSTILE)], [], PLAIN)
    assert all(c.isprintable() or c == "\n" for c in text)
    assert json.loads(text)["problems"][0]["message"] == HOSTILE


# ------------------------------------------------------------------- summary


@pytest.mark.parametrize(
    ("errors", "warnings", "said"),
    [(0, 0, ""), (1, 0, "1 error"), (2, 1, "2 errors and 1 warning"), (0, 3, "3 warnings")],
)
def test_the_summary_counts(errors: int, warnings: int, said: str) -> None:
    found = [problem(at(n + 1, 1, 1)) for n in range(errors)]
    found += [warning("x", at(n + 1, 1, 1), "W.") for n in range(warnings)]
    assert count_by_severity(found) == said
    assert not found or found[0].severity in Severity


def test_nothing_to_say_is_nothing() -> None:
    assert render_problems(Format.FULL, [], [], PLAIN) == ""
    assert render_problems(Format.CONCISE, [], [], PLAIN) == ""
