import gc
import json
import random
import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from okrdocs.problem import Problem, Severity
from okrdocs.source.yaml import decoding as yaml_decoding
from okrdocs.source.yaml import reader
from okrdocs.source.yaml.decoding import MAX_PROBLEMS, decode
from okrdocs.source.yaml.reader import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    is_null,
    looks_like_text,
    parse,
    source_text,
)

TEAM = """\
schema: 1
# the platform teams' quarter
objectives:
  - id: enterprise-ready
    title: "Be the platform that enterprises can say yes to: all of them"
    owner: vp-product  # the boss
    ladders_up_to: [company/enterprise-growth, company/growth#arr]
    dependencies:
    - needs: [engineering/scale#regions]
      impact: 'Sales can''t close'
    - "Finance: cloud budget"
    summary: >-
      Enterprises ask for three things,
      and we have one.

      The rest follows.
    why: |
      | kept |
        as typed
    key_results:
      - id: sso-adoption
        title: Beta enterprise customers
          sign in through SSO
        baseline: 0%
        target: 90%\t# was 80
        source: {tool: Amplitude, url: http://x/y, metric: weekly SSO sign-ins}
        was:
        check_ins: [{date: 2025-02-01, value: 65%,
          rag: green}, {date: 2025-02-08, value: ~}]
      - {id: über-größe, title: "Tab\\tand \\u00e9 🎯", "quoted key": x}
"""
ODD = "é😀: 'x' # c\nб: [é, {😀: ü}]\nempty: {}\nnone: []\nplain: no, on 12:30\n"
REAL = [
    TEAM,
    TEAM.replace("\n", "\r\n"),
    ODD,
    "- a\n-\n  - b\n- c: d\n  e: f\n",
    "---\na: b\n...\n",
]


def good(text: str) -> Node:
    node, problems = parse(text, "f.yml")
    assert problems == ()
    assert node is not None
    return node


def bad(text: str) -> Problem:
    _, problems = parse(text, "f.yml")
    assert len(problems) == 1, problems
    assert problems[0].severity is Severity.ERROR
    return problems[0]


def plainly(node: Node) -> Any:
    if isinstance(node, Scalar):
        return None if is_null(node) else node.text
    if isinstance(node, Sequence):
        return [plainly(item) for item in node.items]
    return {key.text: plainly(value) for key, value in node.entries}


def at(text: str, extent: tuple[int, int, int, int]) -> str:
    return source_text(Scalar("", True, False, extent), text)


# --- what is read ---


@pytest.mark.parametrize(
    "text", ["no", "on", "012", "12:30", "1_000", "1.10", "2025-02-01", "0x1F", "1e3", "<x", "-b"]
)
def test_a_scalar_stays_the_text_that_was_written(text: str) -> None:
    assert plainly(good(f"a: {text}\n")) == {"a": text}


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing_given_is_null_and_the_same_in_quotes_is_text(text: str) -> None:
    node = good(f"a: {text}\nb: '{text}'\n")
    assert isinstance(node, Mapping)
    assert [is_null(value) for _, value in node.entries] == [True, False]


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "  \n# x", "\r\n"])
def test_a_file_without_content_has_no_node_and_no_problem(text: str) -> None:
    assert parse(text, "f.yml") == (None, ())


@pytest.mark.parametrize("text", REAL)
def test_the_structure_is_that_which_ruamel_reads(text: str) -> None:
    yaml = YAML(typ="rt")
    yaml.version = "1.2"
    yaml.preserve_quotes = True
    # A tab before a comment is beyond ruamel's scanner; a space is as wide.
    compare(good(text), yaml.load(text.replace("\t", " ")))


def compare(node: Node, theirs: Any) -> None:
    """Our nodes against ruamel's values; its strings must be ours, its keys stand where ours do."""
    if isinstance(node, Mapping):
        assert [key.text for key, _ in node.entries] == list(theirs)
        for key, value in node.entries:
            line, column = theirs.lc.key(key.text)
            assert (key.extent[0] - 1, key.extent[1] - 1) == (line, column)
            compare(value, theirs[key.text])
    elif isinstance(node, Sequence):
        assert len(node.items) == len(theirs)
        for ours, item in zip(node.items, theirs, strict=True):
            compare(ours, item)
    elif theirs is None:
        assert is_null(node)
    elif isinstance(theirs, str):
        assert node.text == str(theirs)
    else:
        assert node.plain


@pytest.mark.parametrize("text", REAL)
def test_the_pure_parser_reads_the_same(text: str) -> None:
    assert parse(text, "f", pure=True) == parse(text, "f")


def test_an_extent_covers_just_the_typed_text() -> None:
    text = "a: 'é😀 x' # c\nб: [y,  {k: v w}]\nm:\n  n: o\n\n# end\nz: 1\n"
    node = good(text)
    assert isinstance(node, Mapping)
    shown = [(at(text, k.extent), at(text, v.extent)) for k, v in node.entries]
    assert shown == [("a", "'é😀 x'"), ("б", "[y,  {k: v w}]"), ("m", "n: o"), ("z", "1")]


def test_a_block_of_text_ends_with_its_last_line() -> None:
    text = "a: >-\n  x\n  y\n\n# c\nb: |\n  z"
    node = good(text)
    assert isinstance(node, Mapping)
    values = [value for _, value in node.entries]
    assert values == [
        Scalar("x y", False, True, (1, 4, 3, 4)),
        Scalar("z", False, True, (6, 4, 7, 4)),
    ]


def test_a_map_that_was_meant_as_text_can_be_told_and_quoted_back() -> None:
    text = "- Legal: slow\n- needs: x\n- {Legal: slow}\n- Cloud costs: a  b\n- A: 1\n  B: 2\n"
    node = good(text)
    assert isinstance(node, Sequence)
    maps = [item for item in node.items if isinstance(item, Mapping)]
    assert [looks_like_text(item) for item in maps] == [True, False, False, True, False]
    assert source_text(maps[3], text) == "Cloud costs: a  b"
    assert source_text(maps[0]) == "Legal: slow"


def test_the_garbage_collector_is_left_as_it_was() -> None:
    parse("a: [", "f")
    assert gc.isenabled()


# --- what is refused: the text, the code, line and column, and a part of the cure ---

FAULTS: list[tuple[str, str, str, str]] = [
    ("\ta: 1\n", "yaml-syntax", "1:1", "Use spaces"),
    ("a:\n  b: 1\n\tc: 2\n", "yaml-syntax", "3:1", "Use spaces"),
    ("a:\n  b: 1\n c: 2\n", "yaml-syntax", "3:2", "Line up the keys"),
    (" a: 1\nb: 2\n", "yaml-syntax", "2:1", "column 1"),
    ("a: x\n  b: y\n", "yaml-syntax", "2:3", "Line it up with `a: x`"),
    ("a: 1\n- b\n", "yaml-syntax", "2:1", "Write `key: value`"),
    ("- a\nb: c\n", "yaml-syntax", "2:1", "Write `- `"),
    ("a: 'x\nb: 1\n", "yaml-syntax", "1:4", "`a: 'x'`"),
    ('a: "b\nc: d\ne: "f\n', "yaml-syntax", "1:4", '`a: "b"`'),
    ("a: [1, 2\nb: 3\n", "yaml-syntax", "1:4", "Write `]`"),
    ("a: {b: [c}\n", "yaml-syntax", "1:8", "Write `]`"),
    ("a: {b: 1,,}\n", "yaml-syntax", "1:10", "Remove it"),
    ("[[[[", "yaml-syntax", "1:5", "Close it"),
    ("owner:ceo\nb: 2\n", "yaml-syntax", "1:7", "`owner: ceo`"),
    ("b: 2\nowner:ceo\n", "yaml-syntax", "2:7", "`owner: ceo`"),
    ("a: {url:http://x}\n", "yaml-syntax", "1:5", "`url: http://x`"),
    ("a: 1\nfoo\nb: 2\n", "yaml-syntax", "2:1", "Write `key: value`"),
    (": x\n", "yaml-syntax", "1:1", "Write `key: value`"),
    ("...\n", "yaml-syntax", "1:1", "Compare"),
    ("a: b\nc: d\nA: e\n", "duplicate-key", "3:1", "Keep one"),
    ("a: {b: 1, c: 2, b: 3}\n", "duplicate-key", "1:17", "Keep one"),
    ("title: &co x\n", "yaml-anchor", "1:8", '`title: "&co x"`'),
    ("title: &co\n", "yaml-anchor", "1:8", '`title: "&co"`'),
    ("a: *Team\n", "yaml-alias", "1:4", '`a: "*Team"`'),
    ("title: *bold move\n", "yaml-alias", "1:8", '`title: "*bold move"`'),
    ("title: !important x\n", "yaml-tag", "1:8", '`title: "!important x"`'),
    ("a: !!str 1\n", "yaml-tag", "1:4", "Remove it"),
    ("<<: {a: 1}\n", "yaml-merge-key", "1:1", "Write the keys out"),
    ("a: x\n---\nb: 1\n", "yaml-document", "2:1", "file of its own"),
    ("a: b\n...\nc: d\n", "yaml-document", "3:1", "file of its own"),
    ("# c\n%YAML 1.1\n---\na: 1\n", "yaml-document", "2:1", "Remove the line"),
    ("? {a: 1}\n: x\n", "yaml-key", "1:3", "put quotes"),
    ("title: {{ quarter }}\n", "yaml-key", "1:9", "{{ name }}"),
    ("? \n", "yaml-key", "1:2", "key: value"),
    ("title: Become the #1 choice\n", "yaml-trap", "1:19", '`title: "Become the #1 choice"`'),
    ("- Use #growth\n", "yaml-trap", "1:7", '`"Use #growth"`'),
    ("title: #1 of all\nb: 1\n", "yaml-trap", "1:8", '`title: "#1 of all"`'),
    ("title: {a: The #1 choice}\nb: 1\n", "yaml-trap", "1:16", "Put quotes"),
    ("title: the #1\n  choice\n", "yaml-trap", "1:12", "Put quotes"),
    ("target: >95%\n", "yaml-trap", "1:9", '`target: ">95%"`'),
    ("target: > 95%\n", "yaml-trap", "1:9", '`target: "> 95%"`'),
    ("- > 70% of users\n", "yaml-trap", "1:3", '`"> 70% of users"`'),
    ("baseline: |5|\n", "yaml-trap", "1:11", '`baseline: "|5|"`'),
    ("baseline: |5\nb: 1\n", "yaml-trap", "1:11", '`baseline: "|5"`'),
    ("target: >5\n", "yaml-trap", "1:9", '`target: ">5"`'),
    ("{title: SSO (SAML, OIDC)}\n", "yaml-trap", "1:20", '`title: "SSO (SAML, OIDC)"`'),
    ("{d: 1, value: 3,800}\n", "yaml-trap", "1:17", '`value: "3,800"`'),
    ("a: {x: P, Q, R, y: 1}\n", "yaml-trap", "1:14", '`x: "P, Q, R"`'),
    ("a: [SSO (SAML, OIDC), x]\n", "yaml-trap", "1:16", '`"SSO (SAML, OIDC)"`'),
    ("a: [SSO (SAML, OIDC, LDAP), x]\n", "yaml-trap", "1:22", '`"SSO (SAML, OIDC, LDAP)"`'),
    ("a: [the “small, cheap” plan]\n", "yaml-trap", "1:17", '`"the “small, cheap” plan"`'),
    ("a: [(SAML, OIDC) for all, x]\n", "yaml-trap", "1:12", '`"(SAML, OIDC) for all"`'),
    ("a: [3,800 users]\n", "yaml-trap", "1:7", '`"3,800 users"`'),
    ("a: {b: c: d}\n", "yaml-trap", "1:9", '`b: "c: d"`'),
    ("title: Goal: grow\n", "yaml-trap", "1:12", '`title: "Goal: grow"`'),
    ("title: 100% : 5\n", "yaml-trap", "1:13", '`title: "100% : 5"`'),
    ("title: @team\n", "yaml-trap", "1:8", '`title: "@team"`'),
    ("title: `x`  # why\n", "yaml-trap", "1:8", '`title: "`x`"`'),
    ("- % of users\n", "yaml-trap", "1:3", '`"% of users"`'),
    ("a: [b, @c]\n", "yaml-trap", "1:8", '`"@c"`'),
    ("title: *bold* move\n", "yaml-trap", "1:8", '`title: "*bold* move"`'),
    ("title: & co\n", "yaml-trap", "1:8", '`title: "& co"`'),
    ("title: [Draft] Become\n", "yaml-trap", "1:16", '`title: "[Draft] Become"`'),
    ("title: {x} y\n", "yaml-trap", "1:12", '`title: "{x} y"`'),
    ('title: "Quoted" and more\n', "yaml-trap", "1:17", """`title: '"Quoted" and more'`"""),
    ("title: 'a' b\n", "yaml-trap", "1:12", "`title: \"'a' b\"`"),
    ("title: 'don't do it'\n", "yaml-trap", "1:13", '`title: "don\'t do it"`'),
    ("title: - x\n", "yaml-trap", "1:8", '`title: "- x"`'),
    ("title: ? x\n", "yaml-trap", "1:8", '`title: "? x"`'),
    ("title: ] x\n", "yaml-trap", "1:8", '`title: "] x"`'),
    ('path: "C:\\Temp \\x"\n', "yaml-trap", "1:10", "`path: 'C:\\Temp \\x'`"),
    ("a: x\u2028b\n", "encoding", "1:5", "Delete the character"),
    ("a: 1\nb: \x85\n", "encoding", "2:4", "Delete the character"),
    ("a: \x00\n", "encoding", "1:4", "Delete the character"),
    ("a: 1\rb: 2\n", "encoding", "1:5", "Delete the character"),
    ("a: \ud800\n", "encoding", "1:4", "Delete the character"),
]


@pytest.mark.parametrize(("text", "code", "place", "cure"), FAULTS)
def test_a_fault_has_its_code_its_place_and_its_cure(
    text: str, code: str, place: str, cure: str
) -> None:
    found = bad(text)
    assert (found.code, str(found.span)) == (code, f"f.yml:{place}")
    assert cure in found.hint
    assert found.message.endswith(".")


@pytest.mark.parametrize("text", [fault[0] for fault in FAULTS])
def test_the_pure_parser_leads_to_the_same_problem(text: str) -> None:
    assert parse(text, "f", pure=True)[1] == parse(text, "f")[1]


@pytest.mark.parametrize(
    "cure", [cure for _, code, _, cure in FAULTS if code == "yaml-trap" and cure[:1] == "`"]
)
def test_a_trap_s_cure_is_itself_valid(cure: str) -> None:
    good(cure[1:-1] + "\n")


@pytest.mark.parametrize(
    "text",
    [
        "owner: ceo  # the boss\n",
        "target: 90%  # was 80, see #12\n",
        "a: 1\n# okr: ignore[code] reason\n#also this\n",
        "title: 'x' #1\n",
        "a: [b] #1\n",
        "title: C# developers\n",
        "summary: >-\n  text #1\n",
        "summary: > # why\n  text\n",
        "summary: |2\n   text\n",
        "title: |\n\n  text\n",
        "weights: [1, 200, 300]\n",
        "a: [written down in a measurable way, progress tracked]\n",
        "a: ['x (', y) z]\n",
        "a: [a) one, b) two, (c, (d)]\n",
        'a: [5" pipes, 6" pipes]\n',
        "levels: {commit: 50, target: , stretch: }\n",
        "title: SSO (SAML, OIDC)\n",
        "link: https://x.y/z?a=b,c#d\n",
        "a: {url: http://x/y, t: a:b}\n",
        "a: 1\t\nb: 'x'\t# c\nc:\t3\n",
    ],
)
def test_what_is_meant_as_it_is_stays_legal(text: str) -> None:
    good(text)


def test_a_colon_at_a_closing_brace_asks_for_a_space() -> None:
    assert "a space after" in bad("a: {b:}\n").hint


def test_a_duplicate_names_the_first_place_and_is_left_out() -> None:
    node, problems = parse("a: 1\nA: 2\n", "f.yml")
    assert node is not None
    assert plainly(node) == {"a": "1"}
    assert str(problems[0].related[0].span) == "f.yml:1:1"


def test_all_faults_of_a_file_are_told_at_once_in_source_order() -> None:
    text = "a: &x 1\nb: *x\nc: the #1\nd: >5\nd: 2\ne: {f: 1, g}\nh: [\n"
    codes = [problem.code for problem in parse(text, "f")[1]]
    expected = "yaml-anchor yaml-alias yaml-trap duplicate-key yaml-trap yaml-syntax"
    # The lost end on line 3 is told as well where what stands before the stop can be read.
    assert codes == expected.split()


# --- limits ---


@pytest.mark.parametrize(
    ("within", "beyond"),
    [
        ("[" * 20 + "]" * 20, "[" * 21 + "]" * 21),
        ("a: " + "x" * 20_000, "a: " + "x" * 20_001),
        ("[" + "a," * 49_999 + "]", "[" + "a," * 50_000 + "]"),
        ("{" + "".join(f"k{n}: , " for n in range(24_999)) + "}", None),
        (None, "{" + "".join(f"k{n}: , " for n in range(25_000)) + "}"),
        ("[" + "{}," * 49_999 + "]", "[" + "{}," * 50_000 + "]"),
        ("[" + "[{}]," * 24_999 + "]", "[" + "[{}]," * 25_000 + "]"),
        (None, "#" * 1_000_001),
        (None, "[" * 500_000),
    ],
    ids=[
        *("depth", "length", "items", "keys", "too many keys", "empty maps", "lists with maps"),
        *("size", "bomb"),
    ],
)
def test_limits_end_the_reading_with_a_problem(within: str | None, beyond: str | None) -> None:
    if within is not None:
        good(within)
    if beyond is not None:
        assert bad(beyond).code == "too-large"
        assert parse(beyond, "f")[0] is None


@pytest.mark.parametrize(
    "many",
    [
        "m: {" + "[]: x, " * 20_000 + "}",
        "a: &a x\nb: [" + "*a, " * 20_000 + "]",
        "b: [" + "&a x, " * 20_000 + "]",
        "b: [" + "!a x, " * 20_000 + "]",
        "a: x\n" * 20_000,
        "b: {" + "<<: x, " * 20_000 + "}",
        "b: [" + "[" + "a #b\n," * 3_000 + "]]",
        "b:\n" + "- |\n" * 20_000,
        "b:\n" + "- x #y\n" * 20_000,
    ],
    ids=["keys", "aliases", "anchors", "tags", "twice", "merge", "cut", "blocks", "lost"],
)
def test_a_file_tells_its_first_problems_and_that_there_are_more(many: str) -> None:
    problems = parse(many, "f")[1]
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1].code == "too-many-problems"
    assert problems[-1].span == problems[-2].span


def test_the_reading_ends_soon_after_the_last_problem_that_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    builders: list[reader._NodeBuilder] = []
    begin = reader._NodeBuilder.read_document

    def remember(builder: reader._NodeBuilder, depth: int = 1) -> reader.Node | None:
        builders.append(builder)
        return begin(builder, depth)

    monkeypatch.setattr(reader._NodeBuilder, "read_document", remember)
    parse("m: {" + "[]: x, " * 20_000 + "}", "f")
    parse("a: &a x\nb: [" + "*a, " * 20_000 + "]", "f")
    assert max(builder.nodes for builder in builders) < 3 * MAX_PROBLEMS


# --- bytes ---


def test_bytes_become_text_without_their_byte_order_mark() -> None:
    assert decode(b"\xef\xbb\xbfa: \xc3\xa9\r\n", "f") == ("a: é\r\n", ())


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"a: 1\nb: \xe9\n", "2:4"),
        (b"\xc3\xa9: \xff\n", "1:4"),
        (b"\xff\xfea\x00", "1:1"),
        (b"\xfe\xff\x00a", "1:1"),
    ],
)
def test_bytes_that_are_not_utf8_have_a_place(data: bytes, place: str) -> None:
    text, problems = decode(data, "f")
    assert text == ""
    assert [(p.code, str(p.span)) for p in problems] == [("encoding", f"f:{place}")]


def test_too_many_bytes_are_not_decoded() -> None:
    text, problems = decode(b"\xff" * 1_000_001, "f")
    assert text == ""
    assert [p.code for p in problems] == ["too-large"]


def check(data: bytes) -> None:
    text, problems = decode(data, "f")
    if problems:
        return
    for pure in (False, True):
        node, problems = parse(text, "f", pure=pure)
        lines = text.count("\n") + 1
        assert all(1 <= p.span.line <= lines and p.span.column >= 1 for p in problems)
        content = [line for line in text.split("\n") if line.strip(" \t\r")[:1] not in ("", "#")]
        assert node is not None or problems or not content


@given(st.binary(max_size=80))
def test_no_bytes_raise(data: bytes) -> None:
    check(data)


@given(st.text(alphabet="ab1 \n\t\r:-#'\"[]{},&*!|>%@`?~<\\é😀\x85\u2028", max_size=60))
def test_no_yaml_signs_raise_and_no_failure_is_silent(text: str) -> None:
    check(text.encode())


def test_no_damaged_document_raises() -> None:
    chance = random.Random(7)
    for _ in range(300):
        text = TEAM
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(text))
            sign = chance.choice(string.punctuation + "\t\n ")
            text = text[:place] + sign + text[place + chance.randint(0, 2) :]
        check(text.encode())


def test_hostile_texts_come_back_from_quotes_as_they_were() -> None:
    texts = json.loads((Path(__file__).parents[1] / "hostile/texts.json").read_text("utf-8"))
    for text in texts if isinstance(texts, list) else texts.values():
        if isinstance(text, str) and text.isprintable():
            quoted = "'" + text.replace("'", "''") + "'"
            assert plainly(good(f"a: {quoted}\n")) == {"a": text}


def test_a_quotation_mark_left_open_far_above_is_told_where_it_opens() -> None:
    text = 'a:\n  title: "Become the one\n  b: 1\n  c: {date: 2025-02-01, note: "All fine"}\n'
    node, problems = parse(text, "x.yml")
    assert node is None
    assert [(p.span.line, p.span.column) for p in problems] == [(2, 10)]
    assert "never closed" in problems[0].message


def test_the_quick_look_takes_no_character_that_the_search_refuses() -> None:
    accepted, refused = yaml_decoding._ACCEPTED, yaml_decoding._REFUSED
    quick = {c for c in map(chr, range(0x110000)) if accepted.fullmatch(c)}
    assert not {c for c in quick if refused.search(c)}
    assert quick >= set("\n\t aZ09Äß漢🎯€–")


@pytest.mark.parametrize("text", ["---  #x", '---  #x\nnote: "\\q"\n'])
def test_a_comment_behind_the_mark_of_a_document_is_read(text: str) -> None:
    fast, slow = parse(text, "x.yml"), parse(text, "x.yml", pure=True)
    assert fast[1] == slow[1]
