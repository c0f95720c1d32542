"""Editing a YAML text: what the result looks like, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from okrdocs.errors import EditRefusedError
from okrdocs.source.yaml.edit import (
    Path,
    ScalarValue,
    Value,
    append_item,
    exists,
    insert_key,
    locate,
    remove,
    replace_spans,
    set_scalar,
    undo,
    with_id,
)
from yaml_styles import TEXTS

TEAM = """\
# yaml-language-server: $schema=../team.schema.json
objectives:
  - id: enterprise-ready
    title: "Ready for large companies"
    key_results:
      - id: sso-adoption
        title: Half of all accounts use SSO
        target: 50%  # agreed on 2 January
        check_ins:
          - {date: 2025-01-20, value: 12%, rag: yellow}  # late
          # the next one is due in March

      - id: audits
        target:
        check_ins: []  # none yet
schema: 1
"""
RESULTS: Path = ("objectives", with_id("enterprise-ready"), "key_results")
SSO: Path = (*RESULTS, with_id("sso-adoption"))
AUDITS: Path = (*RESULTS, with_id("audits"))
CHECK_IN: Value = {"date": "2025-02-03", "value": "45%", "note": "Two, of three: signed"}


LONG = "word " * 60 + "end"


def change(before: str, after: str) -> str:
    assert before in TEAM
    return TEAM.replace(before, after)


def test_a_value_is_located_by_ids_and_positions() -> None:
    place = locate(TEAM, (*SSO, "check_ins", -1, "value"))
    assert place.typed == "12%"
    assert place.extent == (10, 39, 10, 42)
    assert TEAM[place.start : place.end] == "12%"
    assert exists(TEAM, SSO)
    assert not exists(TEAM, (*SSO, "dropped"))


def test_a_check_in_looks_like_its_neighbours() -> None:
    line = '          - {date: 2025-02-03, value: 45%, note: "Two, of three: signed"}\n'
    made = append_item(TEAM, (*SSO, "check_ins"), CHECK_IN)
    assert made.text == change("  # late\n", f"  # late\n{line}")
    empty = append_item(TEAM, (*AUDITS, "check_ins"), CHECK_IN)
    assert empty.text == change(": []  # none yet\n", f":  # none yet\n{line}")
    assert remove(empty.text, (*AUDITS, "check_ins", 0)).text == TEAM
    text = remove(TEAM, (*AUDITS, "check_ins")).text
    assert append_item(text, (*AUDITS, "check_ins"), CHECK_IN).text == change(
        "        check_ins: []  # none yet\n", f"        check_ins:\n{line}"
    )


def test_a_target_is_set_beside_its_comment_and_into_an_empty_value() -> None:
    assert set_scalar(TEAM, (*SSO, "target"), "60%").text == change("50%  #", "60%  #")
    assert set_scalar(TEAM, (*AUDITS, "target"), "3 audits").text == change(
        "target:\n", "target: 3 audits\n"
    )
    assert set_scalar(TEAM, ("objectives", 0, "title"), "Ready").text == change(
        '"Ready for large companies"', '"Ready"'
    )


def test_a_key_goes_behind_another_one_and_several_lines_become_a_block() -> None:
    value: Value = {"date": date(2025, 2, 3), "reason": "The market: it is gone.\nWe stop.\n"}
    made = insert_key(TEAM, SSO, "dropped", value, after=("id", "title", "none"))
    assert made.text == change(
        "use SSO\n",
        "use SSO\n        dropped:\n          date: 2025-02-03\n          reason: |\n"
        "            The market: it is gone.\n            We stop.\n",
    )
    assert remove(made.text, (*SSO, "dropped")).text == TEAM
    assert undo(made.text, made) == TEAM


def test_a_key_in_braces_goes_behind_a_comma_with_a_space_before_it() -> None:
    text = "a: {b: 1 , c: 2}  # c\n"
    made = insert_key(text, ("a",), "new", "x", after=("b",))
    assert made.text == "a: {b: 1 , new: x, c: 2}  # c\n"
    assert remove(made.text, ("a", "new")).text == text


def test_a_whole_objective_is_appended_where_there_were_none() -> None:
    objective: Value = {
        "id": "trust",
        "dri": "ada",
        "key_results": [{"id": "nps", "target": Decimal("1.10"), "guardrail": True}],
        "approvers": ["ceo", "cfo"],
    }
    lines = (
        "objectives:\n  - id: trust\n    dri: ada\n    key_results:\n      - id: nps\n"
        "        target: 1.10\n        guardrail: true\n    approvers: [ceo, cfo]\n"
    )
    for end in ("\n", ""):
        made = append_item(f"schema: 1{end}", ("objectives",), objective)
        assert made.text == f"schema: 1\n{lines.removesuffix('' if end else chr(10))}"
        assert remove(made.text, ("objectives",)).text == f"schema: 1{end}"
    assert append_item("schema: 1\nobjectives:  # soon\n", ("objectives",), objective).text == (
        "schema: 1\n" + lines.replace("objectives:\n", "objectives:  # soon\n")
    )


def test_new_items_keep_the_blank_line_and_the_indentation_of_the_others() -> None:
    text = "a:\n-   id: x\n    k:\n    - 1\n\n-   id: y\nb: 1\n"
    made = append_item(text, ("a",), {"id": "z", "k": [{"p": "1"}]})
    assert made.text == text.replace("b: 1", "\n-   id: z\n    k:\n    -   p: 1\nb: 1")
    assert remove(made.text, ("a", -1)).text == text


@pytest.mark.parametrize(
    ("text", "path", "value", "after"),
    [
        ("a: 1", ("a",), "2", "a: 2"),
        ("a: '1'  # c", ("a",), "it's", "a: 'it''s'  # c"),
        ('a: "1"', ("a",), 'q"\\', 'a: "q\\"\\\\"'),
        ("a: 1\n", ("a",), "yes", 'a: "yes"\n'),
        ("a: 1\n", ("a",), True, "a: true\n"),
        ("a: 1\n", ("a",), "012", 'a: "012"\n'),
        ("a: 1\n", ("a",), "2025-01-02", "a: 2025-01-02\n"),
        ("a: 1\n", ("a",), "-5", "a: -5\n"),
        ("a: 1\n", ("a",), "", 'a: ""\n'),
        ("a: 1\n", ("a",), "x #y", 'a: "x #y"\n'),
        ("a: 1\n", ("a",), "tab\there \x85 \u2028", 'a: "tab\\there \\u0085 \\u2028"\n'),
        ("a: 1\n", ("a",), "🎉 grün", "a: 🎉 grün\n"),
        ("a: 1\n", ("a",), "w " * 200 + "w", "a: " + "w " * 200 + "w\n"),
        ("a: 1 # c\n", ("a",), "x\ny", "a: |- # c\n  x\n  y\n"),
        ("a: |  # c\n    x\n\n    y\nb: 1\n", ("a",), "z", "a: z  # c\nb: 1\n"),
        ("a: >-  # c\n    x\nb: 1\n", ("a",), "y\nz\n", "a: |  # c\n    y\n    z\nb: 1\n"),
        ("a: |2\n    x\nb: 1\n", ("a",), "y\nz", "a: |-\n  y\n  z\nb: 1\n"),
        ("a: {b: 1, c: ~}\n", ("a", "c"), "x, y\nz", 'a: {b: 1, c: "x, y\\nz"}\n'),
        ("a: {b: , c: 1}\n", ("a", "b"), "x", "a: {b: x, c: 1}\n"),
        ("a: 'x\n\n  y'\nb: 1\n", ("a",), "z", "a: 'z'\nb: 1\n"),
        ("a: x\n  y # c\nb: 1\n", ("a",), "z", "a: z # c\nb: 1\n"),
        ("- a\n-\n- b\n", (1,), "x", "- a\n- x\n- b\n"),
        ("a: x # it's\n  # more\nb: 1\n", ("a",), "p\nq", 'a: "p\\nq" # it\'s\n  # more\nb: 1\n'),
        ("- - a\n  - b\n", (0, 0), "x", "- - x\n  - b\n"),
        ("\ufeffa: 1\r\nb: 2\r\n", ("a",), "x\ny", "\ufeffa: |-\r\n  x\r\n  y\r\nb: 2\r\n"),
    ],
)
def test_a_scalar_is_set(text: str, path: Path, value: ScalarValue, after: str) -> None:
    made = set_scalar(text, path, value)
    assert made.text == after
    assert undo(made.text, made) == text


@pytest.mark.parametrize(
    ("text", "path", "value", "after"),
    [
        ("- - a\n", (0,), "b", "- - a\n  - b\n"),
        ("a:\n- x\n# about b\nb: 1\n", ("a",), "w", "a:\n- x\n- w\n# about b\nb: 1\n"),
        ("a: [x, y, ]\n", ("a",), "z", "a: [x, y, z, ]\n"),
        ("a: [ ]\n", ("a",), "z, w", 'a: ["z, w" ]\n'),
        ("a:   []\n", ("a",), "z", "a:   [z]\n"),
        ("a: [\n  x,  # 1\n  y   # 2\n]\n", ("a",), "z", "a: [\n  x,  # 1\n  y,   # 2\n  z\n]\n"),
        ("a: [\n  x,  # 1\n]\n", ("a",), "z", "a: [\n  x,  # 1\n  z,\n]\n"),
        ("a:\n  - |+\n    x\n\nb: 1\n", ("a",), "w", "a:\n  - |+\n    x\n\n  - w\nb: 1\n"),
        ("a:\n  - x\t\r\nb: 1\r\n", ("a",), "w", "a:\n  - x\t\r\n  - w\r\nb: 1\r\n"),
        (
            "a:\n  - w\n\n  - >+\n    x\n\nb: 1\n",
            ("a",),
            "z",
            "a:\n  - w\n\n  - >+\n    x\n\n  - z\nb: 1\n",
        ),
        ("a: [\n\t1,\n\t2\n]\n", ("a",), "3", "a: [\n\t1,\n\t2,\n\t3\n]\n"),
        ("a: [\n1\n,\n2\n,\n]\n", ("a",), "3", "a: [\n1\n,\n2, 3\n,\n]\n"),
        (
            "a: [{b: 1}]\n",
            ("a",),
            {"x": LONG, "z": LONG},
            f"a: [{{b: 1}}, {{x: {LONG}, z: {LONG}}}]\n",
        ),
        ("a:\n  - x\n      # c\n", ("a",), "l\nm", 'a:\n  - x\n  - "l\\nm"\n      # c\n'),
        ("---\na:\n  - x\n...\n", ("a",), "w", "---\na:\n  - x\n  - w\n...\n"),
        ("{a: [1]}", ("a",), "2", "{a: [1, 2]}"),
        ("a:\n  - |\n    x", ("a",), "w", "a:\n  - |\n    x\n  - w"),
        ("a:\n  - w\n\n ", ("a",), "x\n", 'a:\n  - w\n  - "x\\n"\n\n '),
        ("a:\n  - w\n\n ", ("a",), "x\ny", "a:\n  - w\n  - |-\n    x\n    y\n\n "),
    ],
)
def test_an_item_is_appended_and_taken_away_again(
    text: str, path: Path, value: Value, after: str
) -> None:
    made = append_item(text, path, value)
    assert made.text == after
    assert remove(after, (*path, -1)).text == text


@pytest.mark.parametrize(
    ("text", "path", "after"),
    [
        ("a: 1\nb: 2\n", ("a",), "b: 2\n"),
        ("a: 1\nb: 2", ("b",), "a: 1"),
        ("# a\na: 1  # one\n# b\nb: 2\n", ("a",), "# a\n# b\nb: 2\n"),
        ("a:\n  - id: x  # c\n    t: y\n", ("a", 0, "id"), "a:\n  - t: y\n"),
        ("a:  # c\n  - x\n  # end\nb: 1\n", ("a", 0), "a: []  # c\n  # end\nb: 1\n"),
        ("a:\n  b: 1\n", ("a", "b"), "a: {}\n"),
        ("- - a\n- b\n", (0, 0), "- []\n- b\n"),
        ("- - a\n  - b\n", (0, 0), "- - b\n"),
        ("a: {b: 1, c: 2}\n", ("a", "b"), "a: {c: 2}\n"),
        ("a: [x, y, z]\n", ("a", 1), "a: [x, z]\n"),
        ("a: [x, # c\n  y]\nb: 1\n", ("a", 1), "a: [x # c\n  ]\nb: 1\n"),
        ("a: [x,\n  y]\nb: 1\n", ("a", 1), "a: [x]\nb: 1\n"),
        ("a:\n  - x\n\n  - y\n\n  - z\n", ("a", 1), "a:\n  - x\n\n  - z\n"),
        ("a: 1\nt: |+\n  x\n\nb: 2\n", ("t",), "a: 1\nb: 2\n"),
        ("a: 1\nt: |\n  x\n   \n \nb: 2\n", ("t",), "a: 1\n \nb: 2\n"),
    ],
)
def test_what_is_removed_takes_its_lines(text: str, path: Path, after: str) -> None:
    made = remove(text, path)
    assert made.text == after
    assert undo(made.text, made) == text


@pytest.mark.parametrize(
    "text", [*TEXTS, "why? now?", "?", ":", "-", "a ? b : c", "!", "a\n? b: c"]
)
def test_every_text_can_be_written_on_lines_and_in_brackets(text: str) -> None:
    for made in (
        set_scalar("a: 1\nb: 2\n", ("a",), text),
        set_scalar("a: {b: 1, c: 2}\n", ("a", "b"), text),
        insert_key("b: 2\n", (), "a", {"b": text, "c": [text, {"d": text}]}),
        insert_key("a: {b: 2}\n", ("a",), "c", {"b": text, "c": [text]}),
        append_item("a:\n  - 1\nb: 2\n", ("a",), text),
        append_item("a: [1]\nb: 2\n", ("a",), {"c": text}),
    ):
        assert made.new


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ("a: &x 1\nb: 2\n", ("b",), "`&` names a place"),
        ("a: !t 1\nb: 2\n", ("b",), "`!` sets a type"),
        ("a: 1\na: 2\nb: 2\n", ("b",), "a second time"),
        ("b: 1\n---\nb: 2\n", ("b",), "A second document"),
        ("%YAML 1.2\n---\nb: 1\n", ("b",), "directive"),
        ("a:\n\t- 1\nb: 2\n", ("b",), "indented with a tab"),
        ("b: 1\rc: 2\r", ("b",), "invisible character"),
        ("b: 1\x0c\n", ("b",), "invisible character"),
        ("b: x\u2028y\n", ("b",), "invisible character"),
        ("b: [1\n", ("b",), "isn't closed"),
        ("? b\n: 1\n", ("b",), "no `:`"),
        ("b: {c: 1}\n", ("b",), "found a group of keys"),
        ("b: [1]\n", ("b",), "found a list"),
        ("a: 1\n", ("b",), "There is no key `b`"),
        ("a: [1]\n", ("a", 3), "There is no item 4"),
        ("a: [{id: x}, {id: x}]\n", ("a", with_id("x"), "id"), "more than one item"),
        ("", ("b",), "The file is empty"),
        ("# nothing\n", ("b",), "The file is empty"),
    ],
)
def test_what_cannot_be_changed_safely_is_refused_with_the_reason(
    text: str, path: Path, reason: str
) -> None:
    with pytest.raises(EditRefusedError) as refused:
        set_scalar(text, path, "new")
    assert reason in str(refused.value)
    assert refused.value.hint
    assert str(refused.value).startswith(f"Line {refused.value.line}, column ")


def test_a_place_that_is_taken_or_of_another_kind_is_refused() -> None:
    with pytest.raises(EditRefusedError, match="The key `Target` is here already"):
        insert_key("Target: 1\n", (), "target", "2")
    with pytest.raises(EditRefusedError, match="Expected a list here, found a text"):
        append_item("a: x\n", ("a",), "y")
    with pytest.raises(EditRefusedError, match="Expected keys with values here, found a list"):
        insert_key("a: [x]\n", ("a",), "b", "y")
    with pytest.raises(EditRefusedError, match="the only thing in the file"):
        remove("a: x\n", ("a",))
    with pytest.raises(EditRefusedError, match="the whole file"):
        remove("a: x\n", ())
    with pytest.raises(EditRefusedError, match="can't move up"):
        remove("- a: 1\n  # about b\n  b: 2\n", (0, "a"))
    with pytest.raises(EditRefusedError, match=r"half a character \(U\+D800\)"):
        set_scalar("a: 1\n", ("a",), "\ud800")
    with pytest.raises(EditRefusedError, match=r"half a character \(U\+DC00\)"):
        insert_key("a: 1\n", (), "b", [{"\udc00": "x"}])
    with pytest.raises(EditRefusedError, match="the limit is 20,000"):
        set_scalar("a: 1\n", ("a",), "x" * 20_001)
    with pytest.raises(EditRefusedError, match="without changing something else"):
        insert_key("a: [b: 1]\n", ("a", 0), "c", "3")
    with pytest.raises(EditRefusedError, match="A comment would be lost"):
        remove("a: [x, # c\n y, z]\n", ("a", 1))


def test_a_value_of_too_many_levels_is_refused() -> None:
    value: Value = "x"
    for _ in range(2000):
        value = {"k": value}
    with pytest.raises(EditRefusedError, match="more than 20 levels"):
        insert_key("a: 1\n", (), "b", value)
    with pytest.raises(EditRefusedError, match="more than 20 levels"):
        append_item("a: []\n", ("a",), value)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", "schema: 1\n"),
        ("# team\n", "# team\nschema: 1\n"),
        ("# team", "# team\nschema: 1"),
        ("\ufeff# team\r\n\r\n", "\ufeff# team\r\n\r\nschema: 1\r\n"),
        ("---\n# team\n...\n", "---\n# team\nschema: 1\n...\n"),
        ("---  # team", "---  # team\nschema: 1"),
        ("{}\n", "{schema: 1}\n"),
    ],
)
def test_an_empty_file_gets_its_first_key(text: str, after: str) -> None:
    made = insert_key(text, (), "schema", "1")
    assert made.text == after
    assert undo(made.text, made) == text


def test_an_empty_file_gets_its_first_item() -> None:
    objective: Value = {"id": "trust", "title": "Trust"}
    assert append_item("# team\n", ("objectives",), objective).text == (
        "# team\nobjectives:\n  - id: trust\n    title: Trust\n"
    )
    assert append_item("# team\n", (), objective).text == "# team\n- id: trust\n  title: Trust\n"
    with pytest.raises(EditRefusedError, match="The file is empty"):
        set_scalar("# team\n", (), "x")


def test_undo_of_a_text_that_changed_since_is_refused() -> None:
    made = set_scalar("a: 1\nb: 2\n", ("a",), "3")
    with pytest.raises(EditRefusedError, match="was changed since"):
        undo(made.text.replace("b: 2", "b: 4"), made)


def test_spans_are_replaced_only_where_the_rest_stays() -> None:
    text = "a: no # c\nb: x: y\nc: 1\n"
    assert replace_spans("a: no # c\nc: 1\n", [((1, 4, 1, 6), "false")], ["false"]).text == (
        "a: false # c\nc: 1\n"
    )
    quoted = replace_spans(text, [((2, 4, 2, 8), '"x: y"')], ["x: y"])
    assert quoted.text == 'a: no # c\nb: "x: y"\nc: 1\n'
    for wrong, meant in (("[", None), ("x", ["y"]), ("1\nd: 2", ["1"]), ("1 #", ["1"])):
        with pytest.raises(EditRefusedError):
            replace_spans("a: no # c\nc: 1\n", [((1, 4, 1, 6), wrong)], meant)
    with pytest.raises(EditRefusedError):
        replace_spans("a: x\n", [((1, 1, 1, 1), "z:\n  ")], ["z"])
