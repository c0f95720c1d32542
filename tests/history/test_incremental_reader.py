"""Reading a version piece by piece gives the very records of reading it whole."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrdocs.format.records import TeamDocument
from okrdocs.history.git_log import incremental_reader as reading
from okrdocs.history.git_log.incremental_reader import VersionReader, read_whole_file
from okrdocs.history.git_log.split_items import split_list
from okrdocs.source.git import repository as git

ROOT = Path(__file__).parents[2]
BASE = """\
schema: 1
summary: >
  Two lines
  of words
objectives:
  # the first one
  - id: growth
    title: "Grow: with customers"
    ladders_up_to: [company/win]
    key_results:
      - id: arr
        title: Customers sign in
        meta: {jira: OKR-1}
        baseline: 10%
        target: 90%
        check_ins:
          - date: 2025-02-01
            value: 30%
            note: |
              - id: no
                key_results:
                - id: neither
          - {date: 2025-02-08, value: 40%}

          - date: 2025-02-15
            value: 50%
        target_changes: [{date: 2025-02-02, from: 80%}]
      - id: nps
        title: People tell others
        target: 40
    risks:
      - Long reviews
  - id: calm
    title: Sleep well
    key_results:
    - id: pages
      title: Fewer calls
      target: <5
      check_ins:
      - date: 2025-02-01
        value: 7
links: [https://example.com]
"""
HOSTILE = (
    "        note: 'quoted",
    "        end'",
    '    why: "quoted',
    '    end"',
    "    key_results:",
    "      key_results:",
    "        check_ins:",
    "          check_ins:",
    "objectives:",
    "      - id: arr",
    "  - id: growth",
    "    - id: x",
    "          - date: 2025-02-01",
    "            value: 1,5",
    "            oops: 1",
    "        why: |2",
    "        why: >",
    "    text at no place",
    "# a comment",
    "              # a comment far in",
    "",
    "   ",
    "\t- id: tab",
    "        meta: {a: {b: {c: {d: {e: {f: {g: {h: {i: {j: {k: 1}}}}}}}}}}}",
    "        why: [open,",
    "        close]",
    "    title: &a Anchor",
    "    why: *a",
    "    title: Become the #1 choice",
    "---",
    "...",
    "%YAML 1.2",
    "? key",
    "  -",
    "  - ",
    "        target: 90% # of all",
    "    'key_results':",
    "    key_results: []",
    "    Key_Results:",
    "    key_results: # none",
    "        title: \u2028",
)


def plain(document: object) -> str:
    """A document without any place: neither `at`, nor where a reference stands."""
    return re.sub(r"span=Span\([^)]*\)", "", repr(document))


def is_read_alike(
    versions: VersionReader, data: bytes, path: str = "okrs/2025-Q1/product.yml"
) -> bool:
    found = versions.read(TeamDocument, data, path)
    return plain(found) == plain(read_whole_file(TeamDocument, data, path))


def primed() -> VersionReader:
    """Versions that have read the first text, so that the next one is read in pieces."""
    versions = VersionReader()
    assert versions.read(TeamDocument, BASE.encode(), "okrs/2025-Q1/product.yml") is not None
    return versions


def read_in_pieces(monkeypatch: pytest.MonkeyPatch, texts: Iterable[str]) -> VersionReader:
    """Fails where a text is read whole."""
    versions = primed()
    with monkeypatch.context() as patched:
        patched.delattr(reading, "read_whole_file")
        for text in texts:
            assert versions.read(TeamDocument, text.encode(), "okrs/2025-Q1/product.yml")
    return versions


def test_a_changed_value_is_read_without_reading_the_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = [BASE.replace("value: 50%", "value: 51%"), BASE.replace("Sleep well", "Sleep")]
    texts.append(
        BASE.replace("      - id: nps", "      - id: new\n        title: New\n      - id: nps")
    )
    texts.append(texts[0].replace("\n", "\r\n"))
    versions = read_in_pieces(monkeypatch, texts)
    assert all(is_read_alike(versions, text.encode()) for text in texts)


def test_equal_texts_give_one_and_the_same_record() -> None:
    versions = primed()
    path = "okrs/2025-Q1/product.yml"
    one = versions.read(TeamDocument, BASE.encode(), path)
    other = versions.read(TeamDocument, BASE.replace("40\n", "50\n").encode(), path)
    assert one.objectives[1] is other.objectives[1]
    assert one.objectives[0].key_results[0] is other.objectives[0].key_results[0]
    assert one.objectives[0].key_results[1] != other.objectives[0].key_results[1]


def test_pieces_and_skeleton_hold_all_of_a_text() -> None:
    found = split_list(BASE, "objectives", 0)
    assert found is not None
    assert [piece.split("\n")[0] for piece in found.pieces] == ["  - id: growth", "  - id: calm"]
    assert found.line == BASE.split("\n").index("objectives:") + 1
    assert found.skeleton == BASE.replace("".join(found.pieces), "")


@pytest.mark.parametrize("line", HOSTILE)
def test_one_hostile_line_at_any_place_is_read_as_the_whole_reads_it(line: str) -> None:
    versions = primed()
    lines = BASE.split("\n")
    for place in range(len(lines)):
        text = "\n".join([*lines[:place], line, *lines[place:]])
        assert is_read_alike(versions, text.encode()), f"{line!r} at line {place + 1}"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["insert", "delete", "indent", "dedent", "double", "swap"]),
            st.integers(0, 60),
            st.sampled_from(HOSTILE),
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
)
def test_any_damage_is_read_as_the_whole_reads_it(
    damages: list[tuple[str, int, str]], end: str, mark: str
) -> None:
    versions = primed()
    lines = BASE.split("\n")
    for damage, place, line in damages:
        at = place % len(lines)
        match damage:
            case "insert":
                lines.insert(at, line)
            case "delete":
                lines.pop(at)
            case "indent":
                lines[at] = "  " + lines[at]
            case "dedent":
                lines[at] = lines[at].removeprefix("  ")
            case "double":
                lines[at:at] = lines[at : at + 6]
            case _:
                lines[at], lines[-1 - at] = lines[-1 - at], lines[at]
        assert is_read_alike(versions, (mark + end.join(lines)).encode())
    assert is_read_alike(versions, BASE.encode())


def test_other_layouts_are_read_as_the_whole_reads_them() -> None:
    flow = "{schema: 1, objectives: [{id: a, title: A, key_results: [{id: b, title: B}]}]}"
    narrow = (
        "schema: 1\nobjectives:\n- id: a\n  title: A\n  key_results:\n  - id: b\n    title: B\n"
    )
    wide = (
        "schema: 1\nobjectives:\n    -   id: a\n        title: A\n    -   title: B\n        id: b\n"
    )
    for text in (flow, narrow, wide, narrow.rstrip("\n"), "", "schema: 1\n"):
        versions = VersionReader()
        for _ in range(2):
            assert is_read_alike(versions, text.encode())
        for old, new in (("A", "C"), ("id: b", "id: d"), ("1", "2")):
            assert is_read_alike(versions, text.replace(old, new).encode())


def test_a_record_beyond_the_limit_of_depth_is_refused_in_pieces_too() -> None:
    for depth in range(8, 22):
        meta = "{a: " * depth + "1" + "}" * depth
        text = BASE.replace("{jira: OKR-1}", meta)
        assert is_read_alike(primed(), text.encode()), depth


@pytest.mark.demonstration
def test_the_demonstration_is_read_alike() -> None:
    versions = VersionReader()
    for path in sorted((ROOT / "okrs").glob("*/*.yml")):
        if path.stem != "cycle":
            data, name = path.read_bytes(), path.as_posix()
            assert is_read_alike(versions, data, name)
            assert is_read_alike(versions, data.replace(b"%", b" %"), name)


@pytest.mark.nightly
def test_every_version_of_a_made_history_is_read_alike(tmp_path: Path) -> None:
    script = ROOT / "benchmarks" / "make_history.py"
    command = [sys.executable, str(script), str(tmp_path), "--files", "50", "--commits", "300"]
    subprocess.run(command, check=True, timeout=120)
    repository = git.find_repository(tmp_path)
    assert repository is not None
    changes = [c for step in repository.log("okrs") for c in step.changes if c.new_blob]
    teams = {c.new_blob: c.path for c in changes if c.path.count("/") == 2}
    versions = VersionReader()
    count = 0
    for blob, data in repository.read_blobs(filter(None, teams)):
        if "cycle" not in teams[blob]:
            count += 1
            assert data is not None
            assert is_read_alike(versions, data, teams[blob])
    assert count > 400
