"""Comments that answer findings: what they cover, and what is wrong with them."""

import sys
from pathlib import Path

import pytest

from okrdocs.lint.suppression import SuppressionResult, apply_suppressions, read_suppressions
from okrdocs.problem import Problem, Severity, Span
from okrdocs.source.disk import File

PATH = "okrs/2025-Q1/product.yml"
RAN = frozenset({"no-dri", "objective-too-long"})


def heard(text: str, *problems: Problem, ran: frozenset[str] = RAN) -> SuppressionResult:
    comments = read_suppressions([File(PATH, text.encode())])
    return apply_suppressions(problems, comments, ran)


def finding(line: int, code: str = "no-dri", end_line: int | None = None) -> Problem:
    span = Span(PATH, line, 5, end_line or line, 9)
    return Problem(code, Severity.WARNING, span, "Nobody.", "Name one.", ref="x")


def codes(result: SuppressionResult) -> list[str]:
    return [problem.code for problem in result.problems]


def test_a_comment_beside_a_line_answers_the_finding_on_it() -> None:
    result = heard("a: 1\nb: 2 # okr: ignore[no-dri] the council decides\n", finding(2))
    assert result == SuppressionResult((), 1)


def test_a_comment_alone_answers_the_next_line_with_content() -> None:
    text = "a: 1\n# okr: ignore[no-dri] the council decides\n\n# more\nb: 2\n"
    assert heard(text, finding(5)) == SuppressionResult((), 1)


def test_a_comment_at_the_head_answers_what_is_said_of_the_whole_file() -> None:
    text = "# a modeline\n# okr: ignore[no-dri] the council decides\nschema: 1\n"
    assert heard(text, finding(1), finding(3)) == SuppressionResult((), 2)


def test_a_comment_after_a_text_of_several_lines_answers_it() -> None:
    text = "a: 'b\n  c' # okr: ignore[no-dri] the council decides\n"
    assert heard(text, finding(1, end_line=2)) == SuppressionResult((), 1)


@pytest.mark.parametrize("line", [1, 3])
def test_a_finding_on_another_line_stays_and_the_comment_is_unused(line: int) -> None:
    text = "a: 1\nb: 2 # okr: ignore[no-dri] the council decides\nc: 3\n"
    assert codes(heard(text, finding(line))) == ["no-dri", "unused-suppression"]


def test_a_finding_of_another_rule_stays() -> None:
    text = "b: 2 # okr: ignore[no-dri] the council decides\n"
    assert codes(heard(text, finding(1, "objective-too-long"))) == [
        "objective-too-long",
        "unused-suppression",
    ]


def test_one_comment_answers_several_rules_and_each_unused_one_is_told() -> None:
    text = "b: 2 # okr: ignore[no-dri, objective-too-long] it is a charter\n"
    result = heard(text, finding(1))
    assert codes(result) == ["unused-suppression"]
    assert "`objective-too-long`" in result.problems[0].message


def test_a_comment_for_a_rule_that_did_not_run_is_not_called_unused() -> None:
    text = "b: 2 # okr: ignore[no-dri] the council decides\n"
    assert heard(text, ran=frozenset()) == SuppressionResult((), 0)


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("# okr: ignore[no-dri]", "no reason"),
        ("# okr: ignore[no-dri]   ", "no reason"),
        ("# okr: ignore", "which rule"),
        ("# okr: ignore[] because", "which rule"),
        ("# okr: ignore[no-dir] because", "`no-dir`"),
    ],
)
def test_an_incomplete_comment_answers_nothing_and_is_an_error(comment: str, said: str) -> None:
    result = heard(f"b: 2 {comment}\n", finding(1))
    faults = [problem for problem in result.problems if problem.code == "bad-suppression"]
    assert "no-dri" in codes(result)
    assert faults[0].severity is Severity.ERROR
    assert any(said in fault.message for fault in faults)


@pytest.mark.parametrize(
    "text",
    [
        'b: "x # okr: ignore[no-dri] because"\n',
        "b: 'x # okr: ignore[no-dri] because'\n",
        "b: |\n  # okr: ignore[no-dri] because\n  y\n",
        "b: x#okr: ignore[no-dri] because\n",
    ],
)
def test_text_that_only_looks_like_a_comment_is_none(text: str) -> None:
    assert read_suppressions([File(PATH, text.encode())]) == ()


def test_windows_line_ends_and_a_mark_in_front_change_nothing() -> None:
    text = "\ufeffa: 1\r\nb: 2 # okr: ignore[no-dri] the council decides\r\n"
    assert heard(text, finding(2)) == SuppressionResult((), 1)


def test_a_code_that_is_named_twice_is_told_once() -> None:
    text = "b: 2 # okr: ignore[no-dri, no-dri] the council decides\n"
    assert codes(heard(text)) == ["unused-suppression"]


@pytest.mark.parametrize(
    "comment", ["  - a # okr: ignore[no-dri] x\n", "# okr: ignore[no-dri] x\n"]
)
def test_a_file_full_of_comments_is_read_in_the_time_of_its_length(comment: str) -> None:
    looked = 0

    def count(*_: object) -> None:
        nonlocal looked
        looked += 1

    sys.setprofile(count)
    try:
        found = read_suppressions([File(PATH, ("b:\n" + 400 * comment).encode())])
    finally:
        sys.setprofile(None)
    assert len(found) == 400
    assert looked < 400 * 250


@pytest.mark.demonstration
def test_no_file_of_the_demonstration_needs_such_a_comment() -> None:
    root = Path(__file__).resolve().parents[2] / "okrs"
    files = [File(str(p), p.read_bytes()) for p in sorted(root.rglob("*.yml"))]
    assert len(files) > 10
    assert read_suppressions(files) == ()


@pytest.mark.parametrize("reason", ["", " fine"])
def test_thousands_of_comments_are_told_by_the_first_ones(reason: str) -> None:
    result = heard(f"# okr: ignore[no-dri]{reason}\n" * 20_000 + "objectives: []\n")
    assert len(result.problems) == 201
    assert codes(result)[-1] == "too-many-problems"
