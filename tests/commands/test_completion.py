"""Completion: what a shell offers, and real shells in which someone presses Tab."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from okrdocs.commands.completion import SHELLS

OKRS = {
    "okr.yml": "schema: 1\norganization: Acme\nas_of: 2025-02-01\n"
    "teams: {company: {name: Everyone}, product: {name: Product, parent: company}}\n",
    "metrics.yml": "schema: 1\nmetrics: {arr: {name: Recurring revenue}}\n",
    "2024-Q4/company.yml": "schema: 1\nobjectives: [{id: last, title: Last year}]\n",
    "2025-02/cycle.yml": "schema: 1\ntitle: February\n",
    "2025-Q1/company.yml": "schema: 1\nobjectives: [{id: grow, title: Grow}]\n",
    "2025-Q1/product.yml": """\
schema: 1
objectives:
  - id: ship
    title: Ship it
    key_results:
      - {id: sales, title: Sales reach 10, baseline: 0, target: 10}
""",
}
SECONDS = 30
Okr = Callable[..., subprocess.CompletedProcess[str]]
Repository = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def root(a_repository: Repository) -> Path:
    return a_repository(OKRS)


# ------------------------------------------------------------------- what is offered


def offered(folder: Path, line: str) -> dict[str, str]:
    """What `okr` answers a shell that asks for the end of a line: values and descriptions."""
    asked = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_DFS": "\t",
        "_ARGCOMPLETE_SHELL": "fish",
        "_ARGCOMPLETE_SUPPRESS_SPACE": "1",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(folder / "answer"),
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
    }
    subprocess.run(
        [sys.executable, "-m", "okrdocs"], cwd=folder, env={**os.environ, **asked}, check=True
    )
    text = (folder / "answer").read_text("utf-8")
    return dict(row.split("\t") for row in text.splitlines())


def test_commands_are_offered_with_what_they_do(root: Path) -> None:
    assert offered(root, "okr ch") == {"check": "Find everything that is wrong with the OKR files."}


def test_options_are_offered_once_a_dash_is_typed(root: Path) -> None:
    assert set(offered(root, "okr check --fi")) == {"--fix"}
    assert set(offered(root, "okr check --fail-on ")) == {"error", "warning", "info", "never"}


def test_references_of_the_current_cycle_are_offered_before_their_key_results(root: Path) -> None:
    assert offered(root, "okr explain ") == {
        "2024-Q4": "Q4 2024",
        "2025-02": "February",
        "2025-Q1": "Q1 2025",
        "arr": "Recurring revenue",
        "company": "Everyone",
        "company/grow": "Grow",
        "product": "Product",
        "product/ship": "Ship it",
    }
    key_result = {"product/ship#sales": "Sales reach 10"}
    assert offered(root, "okr explain product/") == {"product/ship": "Ship it", **key_result}
    assert offered(root, "okr explain product/ship#") == key_result
    assert offered(root, "okr explain 'product/ship#s") == key_result
    assert offered(root, "okr explain product/ship\\#s") == key_result


def test_references_of_a_named_cycle_are_offered(root: Path) -> None:
    assert offered(root, "okr explain 2024-Q4:") == {
        "2024-Q4:company": "Everyone",
        "2024-Q4:company/last": "Last year",
    }
    assert offered(root, "okr explain 1999:") == {}


def test_references_are_those_of_the_day_and_the_folder_that_are_named(
    root: Path, tmp_path: Path
) -> None:
    assert "company/last" in offered(root, "okr explain --as-of 2024-12-01 comp")
    assert "company/grow" in offered(tmp_path, f"okr explain --root {root} comp")


def test_codes_are_offered_once_a_letter_is_typed(root: Path) -> None:
    assert set(offered(root, "okr explain kr-is-o")) == {"kr-is-output"}
    assert set(offered(root, "okr explain missing-f")) >= {"missing-file"}


def test_rules_are_offered_behind_those_that_are_typed_already(root: Path) -> None:
    assert set(offered(root, "okr check --select word")) == {"wording"}
    assert set(offered(root, "okr check --ignore wording,kr-is-o")) == {"wording,kr-is-output"}


def test_cycles_are_offered(root: Path) -> None:
    cycles = {"2024-Q4", "2025-02", "2025-Q1"}
    assert set(offered(root, "okr digest ")) == cycles
    assert set(offered(root, "okr build --pdf ")) == {*cycles, "all"}


@pytest.mark.parametrize("line", ["okr diff ", "okr status --rev ", "okr status --as-of "])
def test_no_file_is_offered_for_what_is_no_file(root: Path, line: str) -> None:
    assert offered(root, line) == {}


def test_files_with_errors_do_not_stop_it(a_repository: Repository) -> None:
    files = {**OKRS, "2025-Q1/company.yml": "objectives: [}", "okr.yml": OKRS["okr.yml"] + "x: 1\n"}
    assert "product/ship" in offered(a_repository(files), "okr explain pro")


def test_outside_a_repository_nothing_is_offered(tmp_path: Path) -> None:
    assert offered(tmp_path, "okr explain ") == {}
    assert set(offered(tmp_path, "okr explain kr-is-o")) == {"kr-is-output"}


def test_a_title_cannot_steer_the_terminal(a_repository: Repository) -> None:
    text = 'schema: 1\nobjectives: [{id: grow, title: "Grow\\e[31m\\u202e red"}]\n'
    about = offered(a_repository({**OKRS, "2025-Q1/company.yml": text}), "okr explain company/")
    assert about["company/grow"].isprintable()


# ------------------------------------------------------------------- the scripts, in real shells

START = {
    "bash": ("bash", "--noprofile", "--norc", "-i"),
    "zsh": ("zsh", "-f", "-i"),
    "fish": ("fish", "--no-config", "-i"),
}
LOAD = {
    "bash": "source <(okr completion bash)",
    "zsh": "autoload -U compinit; compinit -u -D; source <(okr completion zsh)",
    "fish": "okr completion fish | source",
}
# The shell takes the terminal for its own, as one does in a window.
TAKE_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execvp(sys.argv[1], sys.argv[1:])"
)


class Terminal:
    """A terminal with a shell in it."""

    def __init__(self, shell: str, root: Path) -> None:
        self.main, side = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", TAKE_TERMINAL, *START[shell]],
            cwd=root,
            env=environment(root),
            stdin=side,
            stdout=side,
            stderr=side,
            start_new_session=True,
        )
        os.close(side)
        # The quotes keep the word that is waited for out of the line that is typed.
        assert self.shows(f"{LOAD[shell]}; echo rea''dy\n", "ready")

    def shows(self, keys: str, expected: str) -> bool:
        """Types the keys; whether the expected text appears after them."""
        os.write(self.main, keys.encode())
        shown, end = b"", time.monotonic() + SECONDS
        while expected.encode() not in shown and time.monotonic() < end:
            if select.select([self.main], [], [], 1)[0]:
                shown += os.read(self.main, 65536)
        return expected.encode() in shown

    def close(self) -> None:
        """Ends the shell."""
        self.process.kill()
        self.process.wait()
        os.close(self.main)


def environment(root: Path) -> Mapping[str, str]:
    """That of a shell which finds `okr` and keeps its own files in the repository."""
    program = root / "bin" / "okr"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m okrdocs "$@"\n', "utf-8")
    program.chmod(0o755)
    path = f"{program.parent}:{os.environ['PATH']}"
    return {**os.environ, "HOME": str(root), "PATH": path, "TERM": "dumb"}


@pytest.fixture(params=SHELLS)
def terminal(request: pytest.FixtureRequest, root: Path) -> Iterator[Terminal]:
    """A terminal with each shell; one that is missing is a fault in continuous integration."""
    shell = request.param
    if shutil.which(shell) is None:
        said = f"There is no {shell} to complete in: install it (`apt-get install {shell}`)."
        if os.environ.get("CI"):
            pytest.fail(said)
        pytest.skip(said)
    opened = Terminal(shell, root)
    yield opened
    opened.close()


def test_a_shell_completes_what_is_typed(terminal: Terminal) -> None:
    for keys, expected in {
        "okr stat\t\n": "Acme · Q1 2025 (active) as of 2025-02-01",
        "okr explain product/sh\t\n": "product/ship  Ship it",
        "okr explain product/ship#s\t\n": "product/ship#sales  Sales reach 10",
        "okr explain 2024-Q4:company/l\t\n": "company/last  Last year",
        "okr explain '2024-Q4:company/l\t\n": "company/last  Last year",
    }.items():
        assert terminal.shows(keys, expected), keys


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_printed_in_any_folder(tmp_path: Path, okr_process: Okr, shell: str) -> None:
    ran = okr_process(tmp_path, "completion", shell)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "_ARGCOMPLETE" in ran.stdout


def test_a_run_without_a_shell_that_asks_does_not_load_the_library(root: Path) -> None:
    code = "import sys; from okrdocs.cli import main; main(['status']); print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert "argcomplete" not in ran.stdout.split()
