"""What a cure shows: the author's text, whole, in a line that can replace the old one."""

from __future__ import annotations

import re
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrdocs.format.record_keys import record_keys
from okrdocs.problem import Problem
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar, Sequence
from okrdocs.source.yaml.reader import parse as parse_text

parse = partial(parse_text, records=record_keys())
LINE = re.compile(r"""([^"']*: )?(["'].*)""")
_SHOWN = re.compile(r"ut quotes around it: `(.*)`\.")


def first(text: str) -> Problem | None:
    problems = parse(text, "f.yml")[1]
    return problems[0] if problems else None


def mended(text: str, cure: str) -> str:
    """The text with the shown line in place of what it quotes; that must be there to the letter."""
    key, value = LINE.fullmatch(cure).groups()  # type: ignore[union-attr]
    node = parse(value, "f.yml")[0]
    assert isinstance(node, Scalar)
    assert not node.plain
    parted = range(1, len(node.text))  # a closing quotation mark that stood too far inside
    typed = [f"{mark}{node.text[:end]}{mark}{node.text[end:]}" for mark in "\"'" for end in parted]
    typed += [f"{mark}{node.text}{mark}" for mark in ('"', "'", "")]
    found = next(each for each in typed if each in text)
    before = re.search(rf"{re.escape(key.strip())}\s*", text).end() if key else 0  # type: ignore[union-attr]
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
        ("[Draft] Become, and stay", "[Draft] Become, and stay"),
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
    node = parse(LINE.fullmatch(shown[1])[2], "f.yml")[0]  # type: ignore[index]
    assert isinstance(node, Scalar)
    value = LINE.fullmatch(shown[1])[2]  # type: ignore[index]
    begin = after.index(value) + 1
    places = [p.span for p in parse(after, "f.yml")[1]]
    assert all(not begin <= p.column <= begin + len(value) for p in places), (after, places)
    assert places or node.text in texts(parse(after, "f.yml")[0])


STOPS = """\
title: Become the #1 choice
why: half: a sentence
risks:
  - Legal: slow
note: {date: 2025-01-01, note: 10.8: 30/38, 4/12 stretch}
label: @foo
more: *bold* move, and more
target: >95%
"""


@pytest.mark.parametrize("pure", [True, False])
def test_what_stands_behind_a_place_that_only_needs_quotes_is_told_in_the_same_run(
    pure: bool,
) -> None:
    node, problems = parse(STOPS + "end: the #2 choice\n", "f", pure=pure)
    assert [problem.span.line for problem in problems] == [1, 2, 5, 6, 7, 8, 9]
    assert {problem.code for problem in problems} == {"yaml-trap"}
    assert "10.8: 30/38, 4/12 stretch" in texts(node)


@pytest.mark.parametrize("pure", [True, False])
def test_what_was_lost_above_a_stop_that_quotes_don_t_mend_is_told(pure: bool) -> None:
    node, problems = parse(STOPS + 'end: "never closed\nlast: the #2\n', "f", pure=pure)
    assert node is None
    assert [problem.span.line for problem in problems] == [1, 2, 5, 6, 7, 8, 9]
    assert problems[-1].code == "yaml-syntax"


@pytest.mark.parametrize(
    "text",
    [
        "title: Goal: grow\n  and more: here\nb: @c\n",  # quotes on its first line don't mend it
        "- @team grows\n  and wins\n- @b\n",
        "a: {b: c: d, e: f}\nb: @c\n",
        "a: - b\nb: @c\n",
        "a: {b: 'x # y', c: [d}\nb: @c\n",
    ],
)
def test_after_a_stop_whose_cure_isn_t_sure_nothing_is_guessed(text: str) -> None:
    assert [problem.span.line for problem in parse(text, "f.yml")[1]] == [1]


def test_as_many_stops_are_told_as_a_person_reads() -> None:
    assert len(parse("".join(f"k{n}: @x\n" for n in range(50)), "f.yml")[1]) == 21
    long = f"a: [{'b, ' * 30_000}]\n"
    assert len(parse(f"{long}c: @x\nd: @y\ne: @z\n", "f.yml")[1]) == 2
