"""Replacing a file by its edited text: nothing of another editor is lost, and git merges edits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from git_repository import Repository
from okrdocs.errors import OkrError
from okrdocs.source.edited_file import edit_file, replace_file
from okrdocs.source.yaml.edit import append_item, insert_key, set_scalar, with_id

FILE = "okrs/2025-Q1/product.yml"
TEAM = """\
schema: 1
objectives:
  - id: trust
    title: Customers trust us
    key_results:
      - id: audits
        title: Audits passed
        target: 3 audits
        check_ins:
          - {date: 2025-01-20, value: 1 audit}
      - id: tickets
        title: Tickets on access
        target: 5
      - id: nps
        title: Net promoter score
        target: +40
        check_ins: []
"""
RESULTS = ("objectives", with_id("trust"), "key_results")


def check_in(text: str, key_result: str, value: str = "2") -> str:
    path = (*RESULTS, with_id(key_result), "check_ins")
    return append_item(text, path, {"date": "2025-02-03", "value": value}).text


def test_a_file_is_replaced_as_a_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\xef\xbb\xbf" + TEAM.replace("\n", "\r\n").encode())
    file.chmod(0o640)
    edit_file(tmp_path, FILE, lambda text: check_in(text, "nps"))
    wanted = TEAM.replace(": []\n", ":\n          - {date: 2025-02-03, value: 2}\n")
    assert file.read_bytes() == b"\xef\xbb\xbf" + wanted.replace("\n", "\r\n").encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in file.parent.iterdir()] == ["product.yml"]


def test_a_file_that_changed_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_bytes(b"a: 2\n")
    with pytest.raises(OkrError, match=r"`a\.yml` was changed by somebody else meanwhile"):
        replace_file(tmp_path, "a.yml", b"a: 1\n", b"a: 3\n")
    assert file.read_bytes() == b"a: 2\n"


def test_links_folders_read_only_and_missing_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"a: 1\n")
    (tmp_path / "link.yml").symlink_to("a.yml")
    (tmp_path / "folder.yml").mkdir()
    for path in ("link.yml", "folder.yml"):
        with pytest.raises(OkrError, match="is a link or no file"):
            replace_file(tmp_path, path, b"a: 1\n", b"a: 2\n")
    (tmp_path / "a.yml").chmod(0o444)
    with pytest.raises(OkrError, match="read-only"):
        replace_file(tmp_path, "a.yml", b"a: 1\n", b"a: 2\n")
    with pytest.raises(OkrError, match="can't be read"):
        replace_file(tmp_path, "none.yml", b"", b"a: 2\n")
    assert (tmp_path / "a.yml").read_bytes() == b"a: 1\n"


def test_a_refused_edit_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"a: [1\n")
    with pytest.raises(OkrError, match=r"`a.yml` wasn't changed. Line 1, column 4: .*isn't closed"):
        edit_file(tmp_path, "a.yml", lambda text: set_scalar(text, ("a",), "2").text)
    (tmp_path / "a.yml").write_bytes(b"a: \xff\n")
    with pytest.raises(OkrError, match="isn't UTF-8"):
        edit_file(tmp_path, "a.yml", lambda text: text)


EDITOR = """
import sys
from pathlib import Path
from okrdocs.errors import OkrError
from okrdocs.source.edited_file import edit_file
from okrdocs.source.yaml.edit import append_item, with_id

path = ("objectives", 0, "key_results", with_id(sys.argv[2]), "check_ins")
refused = number = 0
print("ready", flush=True)
sys.stdin.readline()
while number < 20:
    item = {"date": "2025-02-03", "value": str(number)}
    try:
        edit_file(Path(sys.argv[1]), "a.yml", lambda text: append_item(text, path, item).text)
        number += 1
    except OkrError as error:
        assert "meanwhile" in str(error)
        refused += 1
print(refused)
"""


def test_two_at_once_lose_nothing_and_the_second_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(TEAM, "utf-8")
    both = [
        subprocess.Popen(
            [sys.executable, "-c", EDITOR, str(tmp_path), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("audits", "nps")
    ]
    for each in both:
        assert each.stdout
        assert each.stdout.readline() == "ready\n"
    for each in both:
        assert each.stdin
        each.stdin.write("\n")
        each.stdin.flush()
    refused = [int(each.communicate(timeout=60)[0]) for each in both]
    assert sum(refused) > 0
    text = (tmp_path / "a.yml").read_text("utf-8")
    for number in range(20):
        assert text.count(f"{{date: 2025-02-03, value: {number}}}") == 2


def test_edits_of_different_key_results_in_two_branches_merge(tmp_path: Path) -> None:
    repository = Repository(tmp_path)

    def change(text: str) -> None:
        repository.write(FILE, text)
        repository.git("commit", "-qam", "Change it")

    repository.write(FILE, TEAM)
    repository.git("add", ".")
    repository.git("commit", "-qm", "Begin")
    repository.git("checkout", "-qb", "other")
    path = (*RESULTS, with_id("tickets"))
    dropped = {"date": "2025-02-03", "reason": "The old system is gone"}
    change(insert_key(check_in(TEAM, "nps"), path, "dropped", dropped).text)
    repository.git("checkout", "-q", "main")
    change(set_scalar(check_in(TEAM, "audits"), (*RESULTS, with_id("tickets"), "title"), "T").text)
    repository.git("merge", "-q", "other")
    merged = (tmp_path / FILE).read_text("utf-8")
    assert merged.count("{date: 2025-02-03, value: 2}") == 2
    assert "title: T\n" in merged
    assert "dropped:\n          date: 2025-02-03\n" in merged
