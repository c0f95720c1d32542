"""A line that isn't meant as the parser took it is told as what it is, at its own place."""

from __future__ import annotations

import pytest

from okrdocs.format.loader import problems_of_file
from okrdocs.problem import drop_follow_up_problems
from okrdocs.source.disk import File
from okrdocs.source.yaml.reader import parse

MERGE = "<<<<<<< HEAD\n{0}title: a\n=======\n{0}title: b\n>>>>>>> main\n"
NO_BREAK = "\xa0"


@pytest.mark.parametrize("pure", [True, False])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        (MERGE.format(""), "1:1"),
        ("schema: 1\n" + MERGE.format(""), "2:1"),
        ("objectives:\n  - id: x\n" + MERGE.format("    "), "3:1"),
        ("objectives:\n  - id: x\n    why: |\n      text\n" + MERGE.format("    "), "5:1"),
        ("a: [b,\n" + MERGE.format(""), "2:1"),
        ("a: 1\n=======\nb: 1\n>>>>>>> main\n", "2:1"),
        ("a: 1\nb: 1\n>>>>>>> main\n", "3:1"),
    ],
)
def test_the_marks_of_a_conflict_are_an_unfinished_merge(text: str, place: str, pure: bool) -> None:
    problems = parse(text, "f.yml", pure=pure)[1]
    assert [(p.code, str(p.span)) for p in problems] == [("yaml-syntax", f"f.yml:{place}")]
    assert problems[0].message == "A merge isn't finished here: git marked a conflict in this file."
    assert "delete the lines with these marks" in problems[0].hint


@pytest.mark.parametrize("pure", [True, False])
@pytest.mark.parametrize(
    ("text", "place", "spaces"),
    [
        ("a: |\n  text\n**Bold** and more\nb: x\n", "3:1", "2 spaces"),
        ("a: >-\n text\n\nplain prose, in words\nb: x\n", "4:1", "a space"),
        (
            "- id: x\n  a: | # why\n    text\n\n      more\n  `code` first\n  b: y\n",
            "6:3",
            "4 spaces",
        ),
        ("- id: x\n  a: |\n    text\n   @team said\n  b: y\n", "4:4", "4 spaces"),
        ("a: |\n  text\n- and an item\nb: x\n", "3:1", "2 spaces"),
        ("a: |\n  text\nlast words", "3:1", "2 spaces"),
    ],
)
def test_a_line_that_fell_out_of_its_text_is_to_be_indented(
    text: str, place: str, spaces: str, pure: bool
) -> None:
    problems = parse(text, "f.yml", pure=pure)[1]
    assert [(p.code, str(p.span)) for p in problems] == [("yaml-syntax", f"f.yml:{place}")]
    assert f"begin it with {spaces}, as the other lines do" in problems[0].hint
    assert "quotes" not in problems[0].hint


@pytest.mark.parametrize("pure", [True, False])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a:\n  b: 1\n~~c: 1\n", "3:1"),
        ("a:\n~~- id: x\n", "2:1"),
        ("a:\n  - id: x\n   ~title: y\n", "3:4"),
        ("a:\n  - id: x\n  ~~title: y\n", "3:3"),
        ("a:\n  b:~1\n  c: 2\n", "2:5"),
        ("a: x\n~ y\n", "2:1"),
        ("a: {b: 1,~c: 2}\n", "1:10"),
    ],
)
def test_a_no_break_space_that_looks_like_indentation_is_named(
    text: str, place: str, pure: bool
) -> None:
    problems = parse(text.replace("~", NO_BREAK), "f.yml", pure=pure)[1]
    assert [(p.code, str(p.span)) for p in problems] == [("yaml-syntax", f"f.yml:{place}")]
    assert "no-break space" in problems[0].message


def test_a_no_break_space_before_a_key_is_all_that_is_said_of_its_line() -> None:
    text = f"schema: 1\n{NO_BREAK}{NO_BREAK}summary: x\n"
    problems = problems_of_file(File("okrs/2025-Q1/product.yml", text.encode()))
    assert [(p.code, p.span.line) for p in drop_follow_up_problems(problems)] == [
        ("yaml-syntax", 2)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a: Objectif~:x\n",
        "a: |\n  ~x\n  <<<<<<< HEAD\n",
        "a: x\n  ~y\n",
        "a: '\n  ~: y'\n",
        "a: |\n  text\nb: =======\n",
    ],
)
def test_texts_may_hold_no_break_spaces_and_marks(text: str) -> None:
    assert parse(text.replace("~", NO_BREAK), "f.yml")[1] == ()
