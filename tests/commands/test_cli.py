"""The command line: exit codes, where it looks, what it prints and how."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from okrdocs import __version__
from okrdocs.cli import create_parser

OKRS = {
    "okr.yml": "schema: 1\norganization: Acme\nas_of: 2025-02-01\n"
    "teams: {company: {name: Everyone}, product: {name: Product, parent: company}}\n"
    "rules: {wording: off, structure: off, consistency: off, process: off}\n",
    "2025-Q1/company.yml": "schema: 1\nobjectives: [{id: grow, title: Grow}]\n",
    "2025-Q1/product.yml": """\
schema: 1
objectives:
  - id: ship
    title: Ship it
    key_results:
      - id: sales
        title: Sales reach 10
        baseline: 0
        target: 10
        check_ins: [{date: 2025-01-31, value: 4, rag: green}]
""",
}
BROKEN = "schema: 1\nobjectives: [{id: grow, titel: Grow}]\n"
Okr = Callable[..., subprocess.CompletedProcess[str]]
Repository = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def root(a_repository: Repository) -> Path:
    return a_repository(OKRS)


@pytest.fixture
def broken(a_repository: Repository) -> Path:
    return a_repository({**OKRS, "2025-Q1/company.yml": BROKEN})


COMMANDS = [
    ("check",),
    ("generate",),
    ("status",),
    ("explain", "product/ship"),
    ("export",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_sound_repository_exits_with_0(root: Path, okr: Okr, command: tuple[str, ...]) -> None:
    assert okr(root, *command).returncode == 0


@pytest.mark.parametrize("command", [*COMMANDS, ("build",), ("serve",)], ids=lambda c: c[0])
def test_an_error_in_the_files_exits_with_1(
    broken: Path, okr: Okr, command: tuple[str, ...]
) -> None:
    ran = okr(broken, *command)
    assert ran.returncode == 1
    assert "okrs/2025-Q1/company.yml:2:" in ran.stdout + ran.stderr
    assert "title" in ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "COMMAND"),
        (("chek",), "okr: There is no command `chek`. Did you mean `check`?\n"),
        (("frob",), "okr: There is no command `frob`. `okr --help` lists the commands.\n"),
        (("check", "--selct", "wording"), "arguments: --selct wording. Did you mean `--select`?"),
        (("check", "--selct=wording,structure,process"), "Did you mean `--select`?"),
        (("check", "sooner"), "unrecognized arguments: sooner\n"),
        (("check", "--frobnicate"), "unrecognized arguments: --frobnicate"),
        (("check", "--as-of", "yesterday"), "`yesterday` isn't a date like 2025-02-01"),
        (("check", "--as-of", "2025-02-30"), "`2025-02-30` isn't a date like 2025-02-01"),
        (("check", "--as-of", "20250201"), "`20250201` isn't a date like 2025-02-01"),
        (("check", "--as-of", "2025-W05-6"), "`2025-W05-6` isn't a date like 2025-02-01"),
        (("check", "--format", "xml"), "invalid choice: 'xml'"),
        (("explain",), "REF"),
    ],
)
def test_wrong_use_exits_with_2_and_says_why(
    root: Path, okr: Okr, arguments: tuple[str, ...], said: str
) -> None:
    ran = okr(root, *arguments)
    assert ran.returncode == 2
    assert said in ran.stderr


def test_without_okrs_it_exits_with_2_and_says_what_to_do(
    tmp_path: Path, okr: Okr, okr_process: Okr
) -> None:
    ran = okr_process(tmp_path, "check")
    assert ran.returncode == 2
    assert "Neither" in ran.stderr
    assert "--root DIR" in ran.stderr
    ran = okr(tmp_path / "nowhere", "check")
    assert ran.returncode == 2
    assert "There is no folder `okrs` in" in ran.stderr


def test_the_nearest_repository_upward_is_used(root: Path, okr_process: Okr) -> None:
    ran = okr_process(root / "okrs/2025-Q1", "export")
    assert json.loads(ran.stdout)["organization"] == "Acme"


def test_root_names_the_repository_from_anywhere(
    root: Path, tmp_path: Path, okr_process: Okr
) -> None:
    ran = okr_process(tmp_path, "export", "--root", root.name)
    assert json.loads(ran.stdout)["organization"] == "Acme"


def test_an_interruption_exits_with_130_and_no_traceback(root: Path) -> None:
    code = (
        "import sys, time; from okrdocs import cli; from okrdocs.source import disk;"
        "disk.DiskTree.read = lambda self: (print('ready', flush=True), time.sleep(60));"
        "sys.exit(cli.main(['check']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b""
        assert process.wait(30) == 130


@pytest.mark.parametrize("command", [("export",), ("status",), ("check",)], ids=lambda c: c[0])
def test_a_reader_that_leaves_early_is_no_fault(root: Path, command: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "okrdocs", *command],
            cwd=root,
            env={k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"},
            stdout=write,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    finally:
        os.close(write)
    assert ran.stderr == b""
    assert ran.returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="closes streams as a POSIX shell does")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-", "2>/dev/full"])
@pytest.mark.parametrize("command", ["check", "status", "generate", "schema", "--help"])
def test_a_stream_that_is_closed_is_no_fault(root: Path, command: str, closed: str) -> None:
    ran = subprocess.run(
        ["sh", "-c", f'"$0" -m okrdocs {command} 3>said {closed}', sys.executable],
        cwd=root,
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr.count(b"Traceback")) == (0, 0), ran.stderr
    assert (root / "said").read_bytes() == b""


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-05", "9999-12-31"])
def test_the_first_and_the_last_day_of_the_calendar_are_days(
    a_repository: Repository, okr: Okr, day: str
) -> None:
    values = "{date: 9999-12-31, value: 3}, {date: 0001-01-01, value: 2}"
    metric = f"{{name: Users, values: [{values}]}}"
    root = a_repository(
        {
            **OKRS,
            "metrics.yml": f"schema: 1\nmetrics: {{users: {metric}}}\n",
            "okr.yml": f"schema: 1\norganization: Acme\nas_of: {day}\n",
        }
    )
    for command in "generate", "status", "remind", "export":
        ran = okr(root, command)
        assert (ran.returncode, "Traceback" in ran.stderr) == (0, False), ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_told_in_a_sentence(root: Path, unbuffered: str) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "okrdocs", "export"],
            cwd=root,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    assert ran.stderr == "okr: The output can't be written: No space left on device.\n"
    assert ran.returncode == 2


def test_output_is_utf_8_whatever_the_terminal_is_said_to_be(
    a_repository: Repository, okr_process: Okr
) -> None:
    files = {**OKRS, "okr.yml": OKRS["okr.yml"].replace("Acme", "Mühle 目標")}
    ran = okr_process(a_repository(files), "status", env={"PYTHONIOENCODING": "ascii"})
    assert ran.returncode == 0
    assert "Mühle 目標" in ran.stdout


def test_version_and_help_need_no_repository(tmp_path: Path, okr_process: Okr) -> None:
    assert okr_process(tmp_path, "--version").stdout == f"okr {__version__}\n"
    assert "--as-of DATE" in okr_process(tmp_path, "check", "--help").stdout


def test_the_help_lists_each_command_once_under_what_people_do(
    tmp_path: Path, okr_process: Okr
) -> None:
    shown = okr_process(tmp_path, "--help").stdout
    groups = re.findall(r"^([A-Z][a-z ]+):\n((?:  .*\n)+)", shown, re.MULTILINE)
    assert [title for title, _ in groups] == ["Write", "Check", "Publish", "Look", "Set up"]
    listed = [line.split()[0] for _, lines in groups for line in lines.splitlines()]
    assert listed == list(create_parser().subcommands())
    assert {"  check       Find everything that is wrong with the OKR files."} <= set(
        shown.splitlines()
    )


@pytest.mark.parametrize("module", ["okrdocs", "okrdocs.cli"])
def test_python_runs_the_package_as_a_program(root: Path, module: str) -> None:
    command = [sys.executable, "-m", module, "explain", "product/shipp"]
    ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr.startswith("okr: There is no `product/shipp`")


def test_the_list_of_commands_loads_nothing_that_only_one_of_them_needs() -> None:
    code = "import sys; from okrdocs.cli import create_parser; create_parser(); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name for name in ran.stdout.split() if name.startswith("okrdocs.")}
    packages = {name.split(".")[1] for name in loaded}
    assert packages == {"cli", "commands", "errors", "problem", "report"}
    assert "argcomplete" not in ran.stdout.split()


def in_a_terminal(root: Path, *arguments: str, **env: str) -> str:
    """What `okr` shows when both its streams are a terminal."""
    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "okrdocs", *arguments],
        cwd=root,
        env={**{k: v for k, v in os.environ.items() if k != "NO_COLOR"}, **env},
        stdout=side,
        stderr=side,
    )
    os.close(side)
    shown = b""
    while True:
        try:
            chunk = os.read(main, 65536)
        except OSError:  # how Linux tells the end of a terminal
            break
        if not chunk:
            break
        shown += chunk
    os.close(main)
    assert process.wait(60) == 0
    return shown.decode()


def test_colour_is_for_terminals_and_can_be_refused(root: Path, okr_process: Okr) -> None:
    assert "\x1b[" in in_a_terminal(root, "status", NO_COLOR="")
    assert "\x1b[" not in in_a_terminal(root, "status", "--no-color")
    assert "\x1b[" not in in_a_terminal(root, "status", NO_COLOR="1")
    assert "\x1b[" not in okr_process(root, "status", env={"NO_COLOR": ""}).stdout


def test_colour_can_be_had_without_a_terminal(root: Path, okr_process: Okr) -> None:
    forced = {"NO_COLOR": "", "FORCE_COLOR": "1"}
    assert "\x1b[" in okr_process(root, "status", env=forced).stdout
    assert "\x1b[" not in okr_process(root, "status", "--no-color", env=forced).stdout
    assert "\x1b[" not in okr_process(root, "status", env={**forced, "NO_COLOR": "1"}).stdout


def test_quiet_says_only_results_and_faults(root: Path, okr: Okr) -> None:
    assert okr(root, "generate", "--quiet").stderr == ""
    assert okr(root, "export", "-q").stdout != ""


def test_status_shows_the_current_cycle_and_its_teams(root: Path, okr: Okr) -> None:
    said = okr(root, "status").stdout
    assert said.startswith("Acme · Q1 2025 (active) as of 2025-02-01\n")
    assert re.search(r"Product +0\.40 +1 Ahead", said)
    assert "\nThis week\n  Product: Sales reach 10  4" in said
    assert "\nNext dates\n" in said


def test_status_of_another_day_is_that_days(root: Path, okr: Okr) -> None:
    assert "1 Stale" in okr(root, "status", "--as-of", "2025-02-20").stdout


def test_status_without_a_cycle_says_so(a_repository: Repository, okr: Okr) -> None:
    ran = okr(a_repository({"okr.yml": OKRS["okr.yml"]}), "status")
    assert (ran.returncode, ran.stdout) == (0, "There are no OKRs yet.\n")


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("product/ship#sales", ["product/ship#sales  Sales reach 10", "0.40", "status: 🟢 Ahead"]),
        ("product/ship", ["product/ship  Ship it", "product/ship#sales  Sales reach 10"]),
        ("2025-Q1:product/ship", ["product/ship  Ship it"]),
        ("grow", ["company/grow  Grow"]),
        ("product", ["product  Product", "0.40  product/ship"]),
        ("2025-Q1:product", ["product  Product"]),
        ("2025-q1", ["2025-Q1  Q1 2025 as of 2025-02-01", "0.40  product/ship", "–  company/grow"]),
    ],
)
def test_explain_tells_how_a_number_comes_about(
    root: Path, okr: Okr, wanted: str, said: list[str]
) -> None:
    ran = okr(root, "explain", wanted)
    assert ran.returncode == 0
    assert [words for words in said if words not in ran.stdout] == []


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("product/shipp", "There is no `product/shipp` in 2025-Q1. Did you mean `product/ship`?"),
        ("product/ship#sale", "Did you mean `product/ship#sales`?"),
        ("ship", "Did you mean `product/ship`?"),
        ("2024-Q1:product/ship", "There is no cycle `2024-Q1`."),
        ("a b", "`a b` is neither a reference nor a code."),
        ("", "`` is neither a reference nor a code."),
    ],
)
def test_explain_names_the_nearest_known_reference(
    root: Path, okr: Okr, wanted: str, said: str
) -> None:
    ran = okr(root, "explain", wanted)
    assert ran.returncode == 2
    assert said in ran.stderr


def test_check_praises_what_is_sound(root: Path, okr: Okr) -> None:
    assert okr(root, "check").stdout == "3 files checked, nothing to fix.\n"


def test_check_shows_the_place_and_the_next_step(broken: Path, okr: Okr) -> None:
    said = okr(broken, "check").stdout
    assert re.search(r"error\[[\w-]+\] .*titel", said)
    assert re.search(r"-+\^+|\^\^+", said)
    assert "\n\n2 errors.\n" in said


def test_check_concise_is_a_line_a_problem(broken: Path, okr: Okr) -> None:
    lines = okr(broken, "check", "--format", "concise").stdout.splitlines()
    assert lines
    for line in lines:
        assert re.match(r"okrs/2025-Q1/company\.yml:2:\d+: (error|warning)\[[\w-]+\] \S", line)


def test_check_json_names_every_part_of_a_problem(broken: Path, okr: Okr) -> None:
    held = json.loads(okr(broken, "check", "--format", "json").stdout)
    assert held["format_version"] == "1.1"
    problem = held["problems"][0]
    assert set(problem) == {
        "code", "severity", "path", "line", "column", "end_line", "end_column", "message", "hint",
        "related", "ref", "page",
    }  # fmt: skip
    assert (problem["path"], problem["line"]) == ("okrs/2025-Q1/company.yml", 2)


def test_check_json_of_a_sound_repository_holds_no_problem(root: Path, okr: Okr) -> None:
    ran = okr(root, "check", "--format", "json")
    assert json.loads(ran.stdout) == {"format_version": "1.1", "problems": []}


def test_a_command_starts_fast_without_mkdocs(root: Path) -> None:
    code = "import sys; from okrdocs.cli import main; main(['status']); print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert "mkdocs" not in ran.stdout.split()


def test_export_prints_nothing_that_a_terminal_obeys(a_repository: Repository, okr: Okr) -> None:
    title = "T\x9b31mred \u202eback \u2066in \u200b\u2028 ünd 東京"
    held = json.dumps({"schema": 1, "objectives": [{"id": "grow", "title": title}]})
    ran = okr(a_repository({**OKRS, "2025-Q1/company.yml": held}), "export")
    assert all(line.isprintable() for line in ran.stdout.split("\n"))
    assert "ünd 東京" in ran.stdout
    companies = [t for t in json.loads(ran.stdout)["cycles"][0]["teams"] if t["id"] == "company"]
    assert companies[0]["objectives"][0]["title"] == title
