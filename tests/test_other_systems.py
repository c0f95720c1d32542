"""What holds on Windows and macOS, too, as far as it can be seen from any system."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from git_repository import Repository
from okrdocs import atomic_file
from okrdocs.atomic_file import write_file
from okrdocs.errors import OkrError
from okrdocs.source.disk import DiskTree, misplaced_file_problem

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator" / "okrdocs"
Run = Callable[..., CompletedProcess[str]]

NO_FILE_NAME = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.I)
"""What a part of a path can't be on Windows."""


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in names:
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def test_a_text_is_read_and_written_in_a_named_encoding_with_unix_line_ends() -> None:
    # Else Windows takes its own.
    for place, call in calls("read_text", "write_text"):
        words = {keyword.arg for keyword in call.keywords}
        written = getattr(call.func, "attr", "") == "write_text"
        assert len(call.args) > written or "encoding" in words, place
        assert not written or "newline" in words, place


# ------------------------------------------------------------------- names of files


def test_no_file_of_this_repository_has_a_name_that_another_system_refuses() -> None:
    paths = [path.relative_to(ROOT) for path in (ROOT / "generator").rglob("*")]
    for folder in ("docs", "tests", "okrs", ".github"):
        paths += [path.relative_to(ROOT) for path in (ROOT / folder).rglob("*")]
    assert [path for path in paths if any(NO_FILE_NAME.search(part) for part in path.parts)] == []


@pytest.mark.parametrize(
    "path", ["okrs/2025-Q1/con.yml", "okrs/nul/company.yml", "okrs/Aux.x/a.yml"]
)
def test_a_file_that_windows_cant_have_is_an_error(path: str) -> None:
    problem = misplaced_file_problem(path)
    assert problem is not None
    assert problem.code == "file-name"
    assert "Windows" in problem.message


@pytest.mark.parametrize("path", ["okrs/2025-Q1/console.yml", "okrs/2025-Q1/com.yml"])
def test_a_name_that_only_begins_like_a_device_is_fine(path: str) -> None:
    assert misplaced_file_problem(path) is None


def test_the_same_holds_for_teams_that_have_no_file_yet(
    a_repository: Callable[..., Path], okr: Run
) -> None:
    teams = "teams: {company: {name: Acme}, nul: {name: Nul, parent: company}}"
    root = a_repository({"okr.yml": f"schema: 1\norganization: Acme\n{teams}\n"})
    ran = okr(root, "check", "--format", "concise")
    assert ran.returncode == 1
    assert "reserved-id" in ran.stdout


def test_every_page_has_a_name_that_each_system_can_have(
    a_repository: Callable[..., Path], okr: Run
) -> None:
    team = "schema: 1\nobjectives:\n  - {id: aux, title: Grow, owner: con, dri: 'Nul: <x>'}\n"
    root = a_repository(
        {
            "okr.yml": "schema: 1\norganization: Acme\n",
            "2025-Q1/company.yml": team,
        }
    )
    assert okr(root, "generate", "--as-of", "2025-02-01").returncode == 0
    pages = [path.relative_to(root / "docs") for path in (root / "docs").rglob("*")]
    assert Path("okrs/people/con_.md") in pages
    assert [page for page in pages if any(map(NO_FILE_NAME.search, page.parts))] == []
    assert len({str(page).casefold() for page in pages}) == len(pages)


def test_paths_of_files_have_slashes(repository: Repository) -> None:
    files, _ = DiskTree(repository.root).read()
    assert [file.path for file in files] == ["okrs/2025-Q1/company.yml", "okrs/okr.yml"]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "company")
    made.write("okrs/okr.yml", "schema: 1\norganization: Acme\n")
    made.write("okrs/2025-Q1/company.yml", "schema: 1\n")
    return made


# ------------------------------------------------------------------- replacing files


def refuse_replacing(times: int, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Has the system refuse, as Windows does while another program has the old file open."""
    really, tries = os.replace, list[object]()

    def replace(source: str, target: str) -> None:
        tries.append(target)
        if len(tries) <= times:
            raise PermissionError(13, "Permission denied")
        really(source, target)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(atomic_file, "_WAITS", (0, 0, 0))
    return tries


def test_windows_is_asked_again_while_the_old_file_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    refuse_replacing(2, monkeypatch)
    write_file(tmp_path / "page.md", b"new")
    assert (tmp_path / "page.md").read_bytes() == b"new"


@pytest.mark.parametrize(("system", "asked"), [("win32", 4), ("linux", 1)])
def test_a_refusal_that_lasts_is_reported_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, asked: int
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    tries = refuse_replacing(9, monkeypatch)
    (tmp_path / "page.md").write_bytes(b"old")
    with pytest.raises(OkrError, match="can't be written: Permission denied"):
        write_file(tmp_path / "page.md", b"new")
    assert len(tries) == asked
    assert [path.name for path in tmp_path.iterdir()] == ["page.md"]
    assert (tmp_path / "page.md").read_bytes() == b"old"


# ------------------------------------------------------------------- without fork


WITHOUT = """
import os, sys
for name in ("fork", "register_at_fork", "sched_getaffinity", "geteuid", "killpg", "chown"):
    if hasattr(os, name):
        delattr(os, name)
sys.modules["fcntl"] = None  # as if there were none
from okrdocs.cli import program
sys.argv[0] = "okr"
program()
"""


@pytest.mark.parametrize(
    "words", [("check", "--fix", "--yes"), ("generate",), ("diff", "HEAD"), ("comment", "HEAD")]
)
def test_nothing_needs_what_only_unix_has(repository: Repository, words: tuple[str, ...]) -> None:
    repository.commit("Begin", day="2025-01-02")
    # Enough that work would be spread over two processes.
    objective = "  - {id: o%d, title: Customers come back, owner: ada, key_results: []}\n"
    for name in (f"team-{letter}" for letter in "abcdefghijklmnopqrst"):
        text = "schema: 1\nobjectives:\n" + "".join(objective % each for each in range(30))
        repository.write(f"okrs/2025-Q1/{name}.yml", text)
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT, *words, "--as-of", "2025-02-01"],
        cwd=repository.root,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert "Traceback" not in ran.stderr
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_output_has_unix_line_ends_in_utf_8(repository: Repository) -> None:
    # `PYTHONIOENCODING` plays the part of a system that writes another encoding.
    ran = subprocess.run(
        [sys.executable, "-m", "okrdocs", "export"],
        cwd=repository.root,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert b"\r" not in ran.stdout
    assert ran.stdout.decode("utf-8").startswith("{")
