"""Plain YAML by its lines: the same nodes as over the parser, or none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrdocs.problem import Problem
from okrdocs.source.yaml import plain as yaml_plain
from okrdocs.source.yaml.decoding import refused
from okrdocs.source.yaml.reader import Mapping, Node, Scalar, Sequence, over_parser, parse, piece

ROOT = Path(__file__).parents[2]
COMPANY = sorted((ROOT / "okrs").rglob("*.yml"))
TEAM = (ROOT / "okrs/2025-Q1/product.yml").read_text(encoding="utf-8")


def by_lines(text: str) -> Node | None:
    return yaml_plain.document(text, piece)


def agree(text: str) -> bool:
    """Whether a text is read by its lines; then the parser must say the same of it, and no more."""
    if refused(text, "f"):
        return False
    node = by_lines(text)
    if node is None:
        return False
    expected, problems = over_parser(text, "f")
    assert node == expected, text
    assert parse(text, "f") == (expected, problems), text
    return True


@pytest.mark.parametrize("path", COMPANY, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_demonstration_is_plain(path: Path) -> None:
    assert agree(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "a: b",
        "a: b\n",
        "# x\n\na: b # c\n   # d\nb:   c   \n\n",
        "a:\nb: ~\nc:\n  d:\n",
        "a: #1 is lost\nb: 'x' #2\n",
        "a:\n- b\n- c: d\n  e: f\ng: h\n",
        "a:\n  -   b: c\n      d: e\n  -   f\n",
        "a:\n  - b:\n    - c\n    - d\n",
        "a: it's 5 > 3, {x} [y] https://z/#b \\ -- @me\n",
        "a: -17%\nb: -$3\nc: 'don t'\nd: \"e: #f\"\n",
        "a: [b c, 'd, e', \"f\", -3]\nb: {c: d e, f: '{g}'}\nc: []\nd: {}\n",
        "a: [b, [c, {d: e}]] # f\ng: {h: [i], j: {k: 2025:l/m#n}}\n",
        "a: \"b \\\" \\u00e9\"\nb: 'c''d'\n",
        "a: >-\n  b\n  c\n\n  d\ne: |\n    f\n      g\n  # h\nk: >\n\n  i\n\n\nj: k\n",
        "a:\n  - b: |\n      c: d\n      - e\n    f: >-\n      # g\n  - |-\n    h\n",
        "a: >\n  the last line has no end",
        "a: ö\nb: 😀 é\u00a0x\n",
        "a: {b: c, \u00a0d: e}\n",
    ],
)
def test_plain_texts_are_read_by_their_lines(text: str) -> None:
    assert agree(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment\n",
        "a",
        "- a\n",
        "- a: b\n",
        "[a]",
        " a: b\n",
        "---\na: b\n",
        "a: b\n...\n",
        "a: b\na: c\n",
        "a: {b: c, b: d}\n",
        "A: b\n",
        "'a': b\n",
        "? a\n: b\n",
        "<<: b\n",
        "a: b\n  c\n",
        "a: 'b\n  c'\n",
        "a: [b,\n  c]\n",
        "a: b\n c: d\n",
        "a:\n    b: c\n  d: e\n",
        "a:\n  - b\n - c\n",
        "a: b\n- c\n",
        "a:\n  - b\n  c: d\n",
        "a: - b\n",
        "a: b: c\n",
        "a: b:\n",
        "a:b\n",
        "a: 'b' c\n",
        "a: 'b'c\n",
        'a: "b": c\n',
        "a: [b]: c\n",
        "a: [b] c\n",
        "a: [b (c, d)]\n",
        "a: [3,800]\n",
        "a: {title: b (c, d)}\n",
        "a: &b c\n",
        "a: *b\n",
        "a: !b c\n",
        "a: [&b c]\n",
        "a: >95%\n",
        "a: >-\nb: c\n",
        "a: |+\n  b\n",
        "a: >\n    b\n  c\n",
        "a:\n  b: |\n # c\n",
        "a:\n  b: |\n  # c\n    d\n",
        "a:\n- b: |\n\n # c\n",
        "a:\n - |\n # c\n",
        "a: [(, )]\n",
        "a: [(b, )c]\n",
        f"{'k' * 1025}: b\n",
        f"a: {{b: c, {'k' * 1025}: d}}\n",
        "a:\tb\n",
        "a: b\tc\n",
        "a: b\r\n",
        "a:\n  - - b\n",
        "a:\n  -\n    b: c\n",
        "a: @b\n",
        "a: ? b\n",
        "a: %b\n",
        "a: `b`\n",
        "{{ a }}: b\n",
    ],
)
def test_anything_else_is_for_the_parser(text: str) -> None:
    assert by_lines(text) is None


def test_too_much_is_for_the_parser() -> None:
    assert agree(f"a: {'b' * 19_000}\n")
    assert not agree(f"a: {'b' * 20_001}\n")
    short, long = ("".join(f"k{n}: b\n" for n in range(count)) for count in (9_000, 11_000))
    assert len(short) < yaml_plain.LONGEST < len(long)
    assert agree(short)
    assert not agree(long)
    many_keys = "".join(f"{key}:\n" for key in "abcdefghijklmnopqrstuvwxy")
    assert not agree(f"{many_keys}z: [{'b,' * 49_959}b]\n")
    deep = "".join(f"{' ' * level}a:\n" for level in range(40))
    assert not agree(deep)
    assert not agree(f"a: {'[' * 25}{']' * 25}\n")


def test_deep_nesting_is_left_before_it_is_descended_into() -> None:
    text = "a:\n" + "".join(f"{'  ' * level}- a:\n" for level in range(295))
    assert len(text) < yaml_plain.LONGEST

    def called_from(frames: int) -> Node | None:
        return called_from(frames - 1) if frames else by_lines(text)

    assert called_from(300) is None


PIECES = st.sampled_from(
    [
        *("a:", "b: ", "c: d", "- ", "-   ", "-", "e", " f g", "a-b_c: ", "A: ", "'q': ", "? "),
        *("'x'", "'x''y'", '"z"', '"\\n"', "[]", "[a, b]", "[a,b]", "{}", "{k: v}", "{k: v, k: w}"),
        *("[a b, 'c, d']", '{k: [a, {b: c}], l: "m"}', "[(a, b)]", "{a}", "[", "}", "'", '"'),
        *(
            " # c",
            "#d",
            "#",
            " #1",
            ": ",
            ":",
            ",",
            "|",
            ">",
            ">-",
            "|-",
            "|+",
            ">2",
            "%",
            "@",
            "`",
        ),
        *("-5%", "- x", "~", "&x", "*x", "!x", "---", "...", "<<: x", "é", "😀", "\t", "\\", "1:2"),
    ]
)
LINES = st.builds(
    lambda indent, parts, tail: " " * indent + "".join(parts) + tail,
    st.integers(0, 6),
    st.lists(PIECES, max_size=4),
    st.sampled_from(["", "", "", " ", "  # z", "\r"]),
)


@given(st.lists(LINES, max_size=9), st.booleans())
def test_whatever_is_typed_both_ways_agree(lines: list[str], ended: bool) -> None:
    agree("\n".join(lines) + "\n" * ended)


TYPED = [*" \n-:#'\"[]{},|>&*é\t"]
PLAIN_LINES = st.builds(
    lambda indent, dash, key, value: " " * indent + dash + key + value,
    st.sampled_from([0, 2, 2, 4, 4, 6]),
    st.sampled_from(["", "", "- "]),
    st.sampled_from(["", "a: ", "b: ", "c:", "d: "]),
    st.sampled_from(["", "x", "x # y", "'x'", "[x, y]", "{k: v}", "[[x]]", ">-", "|", "# z"]),
)


@given(st.lists(PLAIN_LINES, min_size=1, max_size=12))
def test_whatever_the_indentation_both_ways_agree(lines: list[str]) -> None:
    agree("\n".join(["top: x", *lines]) + "\n")


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(TEAM)),
            st.integers(0, 3),
            st.sampled_from([*" \n-:#'\"[]{},|>&*é\t"]),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_a_damaged_file_reads_the_same_both_ways(edits: list[tuple[int, int, str]]) -> None:
    text = TEAM
    for at, length, typed in edits:
        text = text[:at] + typed + text[at + length :]
    agree(text)


def test_places_and_kinds_are_those_of_the_file() -> None:
    node = by_lines("a:\n  - b: [c, d e]\n")
    assert isinstance(node, Mapping)
    key, value = node.entries[0]
    assert key == Scalar("a", True, False, (1, 1, 1, 2))
    assert isinstance(value, Sequence)
    assert value.extent == (2, 3, 2, 16)
    inner = value.items[0]
    assert isinstance(inner, Mapping)
    listed = inner.entries[0][1]
    assert listed == Sequence(
        [Scalar("c", True, False, (2, 9, 2, 10)), Scalar("d e", True, False, (2, 12, 2, 15))],
        (2, 8, 2, 16),
        True,
    )


def test_a_lost_end_is_told_there_too() -> None:
    _node, problems = parse("a: Be #1 in all\n", "f")
    assert [problem.code for problem in problems] == ["yaml-trap"]
    assert all(isinstance(problem, Problem) for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        f"{' ' * 90_000}\t",
        f"-{' ' * 90_000}\t",
        f"a:{' ' * 90_000}\t",
        f"a: b{' ' * 90_000}\t",
        f"a: {'b  ' * 30_000}\t",
        f"a: {'b#' * 45_000}\t",
        f"a: {'b:' * 45_000}\t",
        f"a: [{'b, ' * 30_000}(",
        f"a: [b{' ' * 90_000}(",
        f"a: {{{'b: c, ' * 15_000}(",
        "a:\n" + "- |\n  b\n" * 10_000,
    ],
    ids=lambda text: text[:4] + text[-1],
)
def test_a_long_line_takes_no_longer_than_its_length(text: str) -> None:
    # With one space more to choose from in the pattern, the first of these takes four minutes.
    assert by_lines(text) is None
