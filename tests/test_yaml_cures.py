"""What a cure shows: the author's text, whole, in a line that can replace the old one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrdocs.problem import Problem
from okrdocs.yaml_nodes import Mapping, Node, Scalar, Sequence
from okrdocs.yaml_text import parse

_SHOWN = re.compile(r"ut quotes around it: `(.*)`\.")


def first(text: str) -> Problem | None:
    problems = parse(text, "f.yml")[1]
    return problems[0] if problems else None


def mended(text: str, cure: str) -> str:
    """The text with the shown line in place of what it quotes; that must be there to the letter."""
    key, value = re.fullmatch(r"(\w+: )?(.*)", cure).groups()  # type: ignore[union-attr]
    node = parse(value, "f.yml")[0]
    assert isinstance(node, Scalar)
    assert not node.plain
    typed = [f"{mark}{node.text}{mark}" for mark in ('"', "'", "")]
    found = next(each for each in typed if each in text)
    before = re.search(rf"{key.strip()}\s*", text).end() if key else 0  # type: ignore[union-attr]
    return text[:before] + text[before:].replace(found, value, 1)


def texts(node: Node | None) -> list[str]:
    match node:
        case Mapping():
            return [text for pair in node.entries for each in pair for text in texts(each)]
        case Sequence():
            return [text for each in node.items for text in texts(each)]
        case Scalar():
            return [node.text]
    return []


LONG = "Apart from some {0}low hanging fruit{0}, the PRs were not merged in time"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10.8: 30/38 deliverables, 4/12 stretch", "10.8: 30/38 deliverables, 4/12 stretch"),
        ('"10.8: 30/38 deliverables", 4/12 stretch', "10.8: 30/38 deliverables, 4/12 stretch"),
        (f'"{LONG}"'.format('"'), LONG.format('"')),
        ("'it's so, or not'", "it's so, or not"),
        ('"Quoted" and more, and more', '"Quoted" and more, and more'),
        ('"Quoted" and "more"', '"Quoted" and "more"'),
        ("@team, and others", "@team, and others"),
        ("*bold, and more", "*bold, and more"),
        ("*bold* move, and more", "*bold* move, and more"),
        ("& co, inc", "& co, inc"),
        ("a: b, Legal: c", "a: b, Legal: c"),
        ("the #1: a, b", "the #1: a, b"),
        ("- x, y", "- x, y"),
        ("? x, y", "? x, y"),
    ],
)
@pytest.mark.parametrize(
    "line",
    [
        "- {{date: 2025-01-01, note: {}}}\n",
        "- {{note: {}, by: vp-product, date: 2025-01-01}}\n",
        "check_ins: [{{date: 2025-01-01, note: {}}}, {{date: 2025-01-08, value: 5}}]\n",
    ],
)
def test_one_step_mends_a_text_in_braces_up_to_their_end_or_the_next_key(
    typed: str, meant: str, line: str
) -> None:
    text = line.format(typed)
    problem = first(text)
    assert problem
    shown = _SHOWN.search(problem.hint)
    assert shown, problem.hint
    after = line.format(shown[1].removeprefix("note: "))
    node, problems = parse(after, "f.yml")
    assert problems == ()
    assert meant in texts(node)


@pytest.mark.parametrize(
    "text",
    [
        "{note: a: b, c: d}\n",  # `c` may be a slip
        "{date: 2025-01-01, note: a: b, target: 5}\n",  # a key, but not of a check-in
        "{date: 2025-01-01, note: a: b, Value: 5}\n",
        "{note: a: b, note: c}\n",
        "{note: @see {x}, y}\n",
        "{note: a: b} c}\n",
        '{note: a: "b, due: c" d}\n',
        "{note: a: b, c # d }\n",
        "{date: 2025-01-01,\n note: @a, b}\n",
        "{date: 2025-01-01,\n note: @a, b,\n by: c}\n",
        '{note: "Quoted", and more}\n',
        '[a "b", "c" d: e, f]\n',
        '["Some "fruit", and more", b]\n',
    ],
)
def test_where_a_text_s_end_is_unclear_no_line_is_shown(text: str) -> None:
    problem = first(text)
    assert problem
    assert "`" not in problem.hint
    assert "quotes around the whole text" in problem.hint


PIECES = st.sampled_from(
    [
        "a",
        "B",
        "10.8",
        " ",
        " ",
        ": ",
        ", ",
        '"',
        "'",
        "@",
        "*",
        "&",
        "!",
        "% ",
        "#1",
        " #2",
        "(",
        ")",
        "[x]",
        "{y}",
        ", by: ",
        ", due: ",
        ", c: ",
        ", D: ",
        "- ",
        "? ",
        "`",
        "\\",
        "}",
    ]
)
LINES = st.sampled_from(
    [
        "- {{note: {}}}\n",
        "- {{date: 2025-01-01, note: {}}}\n",
        "- {{date: 2025-01-01, note: {}, by: x}}\n",
        "check_ins: [{{date: 2025-01-01, note: {}, by: x}}, {{date: 2025-01-08, note: z}}]\n",
        "- [{}]\n",
        "- [one, {}, two]\n",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=10).map("".join), LINES)
def test_the_shown_line_loses_and_doubles_nothing_and_mends_its_place(
    typed: str, line: str
) -> None:
    text = line.format(typed)
    problem = first(text)
    shown = _SHOWN.search(problem.hint) if problem else None
    if problem is None or shown is None:
        return
    after = mended(text, shown[1])
    node = parse(re.fullmatch(r"(?:\w+: )?(.*)", shown[1])[1], "f.yml")[0]  # type: ignore[index]
    assert isinstance(node, Scalar)
    value = re.sub(r"^\w+: ", "", shown[1])
    begin = after.index(value) + 1
    places = [p.span for p in parse(after, "f.yml")[1]]
    assert all(not begin <= p.column <= begin + len(value) for p in places), (after, places)
    assert places or node.text in texts(parse(after, "f.yml")[0])
