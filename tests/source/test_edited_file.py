"""Replacing a file by its edited text: nothing of another editor is lost, and git merges edits."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
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


def test_a_file_keeps_its_owner_and_is_never_open_to_others(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_bytes(b"a: 1\n")
    file.chmod(0o600)
    if os.getuid() == 0:
        os.chown(file, 1234, 1235)
    owner = file.stat().st_uid, file.stat().st_gid
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from okrdocs.source.edited_file import replace_file\n"
        "os.umask(0)\n"
        "def show(name, arguments):\n"
        "    if name in ('os.chmod', 'os.chown', 'os.rename'):\n"
        "        for file in Path(sys.argv[1]).glob('.okr-*'):\n"
        "            print(oct(file.stat().st_mode & 0o777))\n"
        "sys.addaudithook(show)\n"
        "replace_file(Path(sys.argv[1]), 'a.yml', b'a: 1\\n', b'a: 2\\n')\n"
    )
    run = [sys.executable, "-c", program, str(tmp_path)]
    modes = subprocess.run(run, capture_output=True, text=True, check=True).stdout.split()
    assert set(modes) == {"0o600"}
    assert (file.stat().st_uid, file.stat().st_gid) == owner
    assert file.read_bytes() == b"a: 2\n"


def test_what_a_killed_edit_left_behind_is_removed_by_the_next_one(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"a: 1\n")
    (tmp_path / ".okr-0123456789abcdef.tmp").write_bytes(b"a: ")
    replace_file(tmp_path, "a.yml", b"a: 1\n", b"a: 2\n")
    assert [each.name for each in tmp_path.iterdir()] == ["a.yml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are known to Unix only")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yml")
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from okrdocs.source.edited_file import edit_file\n"
        "edit_file(Path(sys.argv[1]), 'a.yml', str)\n"
    )
    run = [sys.executable, "-c", program, str(tmp_path)]
    refused = subprocess.run(run, check=False, capture_output=True, text=True, timeout=20)
    assert "no file at all" in refused.stderr


@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can make a file of another one"
)
def test_a_file_that_only_others_may_write_is_refused() -> None:
    with tempfile.TemporaryDirectory() as folder:  # its parents are open to all, unlike tmp_path's
        root = Path(folder)
        root.chmod(0o777)
        (root / "a.yml").write_bytes(b"a: 1\n")
        child = os.fork()
        if not child:
            os.setgid(65534)
            os.setuid(65534)
            try:
                replace_file(root, "a.yml", b"a: 1\n", b"a: 2\n")
            except OkrError as error:
                os._exit(0 if "read-only" in str(error) else 1)
            os._exit(2)
        assert os.waitpid(child, 0)[1] == 0
        assert (root / "a.yml").read_bytes() == b"a: 1\n"


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
