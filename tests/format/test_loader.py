"""Files to documents: each kind of file, in each state in which people leave it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from okrdocs.format.loader import Documents, load_documents
from okrdocs.problem import Problem
from okrdocs.source.disk import DiskTree, File
from okrdocs.source.yaml.decoding import MAX_PROBLEMS

OKR = "schema: 1\norganization: Example\n"
TEAM = "schema: 1\nobjectives:\n  - {id: growth, title: Growth}\n"
PRODUCT = "okrs/2025-Q1/product.yml"
CYCLE = "okrs/2025-Q1/cycle.yml"


def loaded(files: Mapping[str, str | bytes]) -> tuple[Documents, tuple[Problem, ...]]:
    """The documents of files by path; `okr.yml` is there unless given."""
    whole = {"okrs/okr.yml": OKR, **files}
    return load_documents(
        File(path, text.encode() if isinstance(text, str) else text)
        for path, text in sorted(whole.items())
    )


def fault(path: str, text: str | bytes) -> Problem:
    """The one problem that a file makes."""
    _, problems = loaded({path: text})
    assert len(problems) == 1, problems
    assert problems[0].span.path == path
    return problems[0]


# ------------------------------------------------------------------- what is right


def test_the_path_says_which_cycle_and_team_a_file_is_of() -> None:
    documents, problems = loaded({PRODUCT: TEAM, CYCLE: "schema: 1\n", "okrs/2024/ops.yml": TEAM})
    assert not problems
    assert [(folder.id, [team.team for team in folder.teams]) for folder in documents.cycles] == [
        ("2024", ["ops"]),
        ("2025-Q1", ["product"]),
    ]
    assert documents.cycles[0].document is None
    assert documents.cycles[1].document is not None
    assert documents.cycles[1].teams[0].cycle == "2025-Q1"


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + TEAM.encode(),
        TEAM.replace("\n", "\r\n").encode(),
        (TEAM + "\n\n# a last remark").encode(),
        ("# first\n---\n" + TEAM).encode(),
        TEAM.replace("{id", "{\tid").encode(),
        TEAM.removesuffix("\n").encode(),
    ],
    ids=["mark in front", "line ends of Windows", "remarks", "---", "tab inside", "no last line"],
)
def test_how_an_editor_saves_a_file_makes_no_difference(data: bytes) -> None:
    documents, problems = loaded({PRODUCT: data})
    assert not problems
    assert documents.cycles[0].teams[0].document.objectives[0].title == "Growth"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_places_count_alike_behind_a_mark_and_windows_line_ends(newline: str) -> None:
    text = "schema: 1\nobjectives:\n  - {id: A B, title: x}\n".replace("\n", newline)
    found = fault(PRODUCT, b"\xef\xbb\xbf" + text.encode())
    assert str(found.span) == f"{PRODUCT}:3:10"


def test_the_place_on_the_first_line_does_not_count_the_mark_in_front() -> None:
    assert str(fault(PRODUCT, b"\xef\xbb\xbfschema: 2\n").span) == f"{PRODUCT}:1:9"


def test_a_team_without_objectives_and_a_cycle_without_a_document_are_fine() -> None:
    documents, problems = loaded({PRODUCT: "schema: 1\n", CYCLE: "schema: 1\n"})
    assert not problems
    assert documents.cycles[0].teams[0].document.objectives == ()


@pytest.mark.demonstration
def test_this_repository_loads_without_a_word() -> None:
    files, refused = DiskTree(Path(__file__).resolve().parents[2]).read()
    documents, problems = load_documents(files)
    assert not refused
    assert not problems
    assert len(documents.cycles) >= 5


# ------------------------------------------------------------------- files that aren't right


@pytest.mark.parametrize(
    ("text", "code", "place", "message", "hint"),
    [
        ("", "empty-file", "1:1", "This file is empty", "Begin with `schema: 1`, or delete"),
        ("\n\n# only a remark\n", "empty-file", "1:1", "This file is empty", "delete the file"),
        ("schema: 0\n", "bad-number", "1:9", "Expected `1`, found `0`.",
         "reads no other version"),
        ("schema: 2\nplans: []\n", "newer-schema", "1:9", "written in `schema: 2`",
         "Install a newer okrdocs: `pip install -U okrdocs`."),
        ("schema: one\n", "bad-number", "1:9", "Expected `1`, found `one`.", ""),
        ("objectives: []\n", "missing-key", "1:1", "A team's file needs `schema:`.",
         "Add `schema: 1`."),
        ("schema: 1\nteams: {a: {name: A}}\n", "unknown-key", "2:1",
         "`teams` isn't a key of a team's file.", "`teams:` belongs in `okr.yml`."),
        ("schema: 1\nstatus: closed\n", "unknown-key", "2:1", "`status` isn't a key of a team's",
         "`status:` belongs in the cycle's `cycle.yml`."),
        ("- a\n- b\n", "wrong-type", "1:1", "A file begins with keys, `schema: 1` first; found a",
         "`schema: 1` into the first line"),
        ("Our goals for 2025\n", "wrong-type", "1:1", "found `Our goals for 2025`", "`schema: 1`"),
        ("<html><body>404</body></html>\n", "wrong-type", "1:1", "found `<html>", "`schema: 1`"),
        ("schema: 1\n\tobjectives: []\n", "yaml-", "2:1", "tab", "spaces"),
        ("schema: 1\nobjectives: [\n", "yaml-", "2:14", "", ""),
        ("schema: 1\n---\nschema: 1\n", "yaml-document", "2:1", "A second document", "Remove the"),
        ("schema: 1\nschema: 1\n", "duplicate-key", "2:1", "a second time", ""),
        ("schema: 1\nsummary: &a x\n", "yaml-anchor", "2:10", "", ""),
    ],
)  # fmt: skip
def test_a_file_that_is_none_of_ours_says_so(
    text: str, code: str, place: str, message: str, hint: str
) -> None:
    found = fault(PRODUCT, text)
    assert found.code.startswith(code)
    assert str(found.span) == f"{PRODUCT}:{place}"
    assert message in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (TEAM.encode("utf-16"), "1:1", "saved as UTF-16"),
        (TEAM.replace("Growth", "Größe").encode("latin-1"), "3:27", "isn't saved as UTF-8"),
        (b"schema: 1\nsummary: a\x00b\n", "2:11", "invisible character (U+0000)"),
        (b"\x89PNG\r\n\x1a\n", "1:1", "isn't saved as UTF-8"),
    ],
)
def test_a_file_in_another_encoding_says_where(data: bytes, place: str, message: str) -> None:
    found = fault(PRODUCT, data)
    assert (found.code, str(found.span)) == ("encoding", f"{PRODUCT}:{place}")
    assert message in found.message
    assert found.hint


def test_objectives_in_the_cycles_file_are_sent_to_a_team() -> None:
    found = fault(CYCLE, TEAM)
    assert (found.code, found.span.line) == ("unknown-key", 2)
    assert found.message == "`objectives` isn't a key of `cycle.yml`."
    assert found.hint.startswith("`objectives:` belongs in a team's file, such as `product.yml`")


def test_objectives_in_the_companys_file_are_sent_to_a_team() -> None:
    _, problems = loaded({"okrs/okr.yml": OKR + "objectives: []\n"})
    assert problems[0].hint.startswith("`objectives:` belongs in a team's file")


def test_a_folder_without_okr_yml_says_how_to_begin() -> None:
    documents, problems = load_documents([File(PRODUCT, TEAM.encode())])
    assert documents.organization is None
    assert [(p.code, str(p.span)) for p in problems] == [("missing-file", "okrs/okr.yml:1:1")]
    assert problems[0].hint == "Create it with `schema: 1` and `organization: Your Company`."


def test_a_broken_okr_yml_is_not_told_as_missing() -> None:
    _, problems = loaded({"okrs/okr.yml": "schema: 1\n", PRODUCT: TEAM})
    assert [(p.code, p.hint) for p in problems] == [
        ("missing-key", "Add `organization: Meridian Cloud`.")
    ]


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [
        ("Product.yml", "bad-id", "Rename it to `product.yml`."),
        ("VP of Sales.yml", "bad-id", "Rename it to `vp-of-sales.yml`."),
        ("Cycle.yml", "bad-id", "Rename it to `cycle.yml`."),
        ("42.yml", "bad-id", "Rename it to `product.yml`."),
        ("sales_emea.yml", "bad-id", "Rename it to `sales-emea.yml`."),
        ("index.yml", "reserved-id", "Rename it, for example to `index-team.yml`."),
        ("document.yml", "reserved-id", "Rename it, for example to `document-team.yml`."),
    ],
)
def test_a_files_name_has_to_be_an_id_that_is_free(name: str, code: str, hint: str) -> None:
    found = fault(f"okrs/2025-Q1/{name}", TEAM)
    assert (found.code, found.hint) == (code, hint)
    assert name.removesuffix(".yml") in found.message


def test_one_bad_file_hides_no_other_and_all_is_told_in_source_order() -> None:
    documents, problems = loaded(
        {
            "okrs/2025-Q1/a.yml": "schema: 1\nobjectives: x\nsummary: [y]\n",
            "okrs/2025-Q1/b.yml": "schema: [\n",
            "okrs/2025-Q1/c.yml": TEAM,
            "okrs/2025-Q1/cycle.yml": "schema: 1\nstatus: over\n",
            "okrs/okr.yml": OKR + "as_of: today\n",
        }
    )
    assert [(p.span.path.rsplit("/", 1)[1], p.span.line) for p in problems] == [
        ("a.yml", 2), ("a.yml", 3), ("b.yml", 1), ("cycle.yml", 2), ("okr.yml", 3),
    ]  # fmt: skip
    assert [team.team for team in documents.cycles[0].teams] == ["a", "c"]
    assert documents.organization is not None


def test_a_file_with_hundreds_of_problems_tells_the_first_and_that_there_are_more() -> None:
    keys = "".join(f"unknown-{number}: x\n" for number in range(900))
    _, problems = loaded({PRODUCT: TEAM + keys, "okrs/2025-Q1/sales.yml": TEAM + "wrong: x\n"})
    assert [p.code for p in problems].count("unknown-key") == MAX_PROBLEMS + 1
    assert [p.span.path for p in problems if p.code == "too-many-problems"] == [PRODUCT]
