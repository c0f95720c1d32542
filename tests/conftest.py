"""What holds for every test: no network, no home directory, a neutral machine, no surprises."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import settings

from okrdocs.cli import main

NEUTRAL = {
    # A file, so that reading finds nothing below it and writing crashes.
    "HOME": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "TZ": "UTC",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "NO_COLOR": "1",
}
# What these hold would reach into the home directory, the checkout's git or the output.
FOREIGN = (
    "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "FORCE_COLOR"
)  # fmt: skip
NETWORK_EVENTS = ("socket.connect", "socket.getaddrinfo", "socket.sendto")
THIS_MACHINE = ("127.0.0.1", "::1", "localhost", None, "")

# In the background of a shell a run ignores interruptions, and so would all that it starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def refuse_network(event: str, args: tuple[Any, ...]) -> None:
    """An audit hook: no code, ours or a library's, gets past it to another host."""
    if event not in NETWORK_EVENTS:
        return
    address = args[0] if event == "socket.getaddrinfo" else args[-1]
    if isinstance(address, tuple):
        address = address[0]
    # The address of a Unix socket is a path.
    is_path = event != "socket.getaddrinfo" and not isinstance(args[-1], tuple)
    if not is_path and address not in THIS_MACHINE:
        raise RuntimeError(f"a test reached for the network: {event} {address!r}")


os.environ.update(NEUTRAL)
for name in FOREIGN:
    os.environ.pop(name, None)
if hasattr(time, "tzset"):  # not on Windows, which takes TZ when a program starts
    time.tzset()
sys.addaudithook(refuse_network)

# The same examples on every run and nothing written into the checkout; `derandomize` leaves
# the order of the tests random.
settings.register_profile("okrdocs", derandomize=True, deadline=None, database=None)
settings.load_profile("okrdocs")

Outcome = subprocess.CompletedProcess[str]
ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens", action="store_true", help="write tests/goldens/ anew from the code"
    )


@pytest.fixture
def a_repository(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Makes a repository of OKRs from the texts of its files, by their path in `okrs/`."""

    def made(files: Mapping[str, str], name: str = "company") -> Path:
        for path, text in files.items():
            place = tmp_path / name / "okrs" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="\n")
        return tmp_path / name

    return made


@pytest.fixture
def okr(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Runs `okr` in this process: okr(root, "generate", "--check")."""

    def ran(root: Path, *arguments: str) -> Outcome:
        capsys.readouterr()
        try:
            code = main([*arguments, "--root", str(root)])
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)

    return ran


@pytest.fixture(scope="session")
def okr_process() -> Callable[..., Outcome]:
    """Runs `okr` as a program of its own: okr_process(folder, "check", env={"TZ": "UTC"})."""

    def ran(
        folder: Path, *arguments: str, env: Mapping[str, str] = MappingProxyType({})
    ) -> Outcome:
        command = [sys.executable, "-m", "okrdocs", *arguments]
        return subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **env},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return ran


@pytest.fixture(scope="session")
def with_site() -> Callable[[Path], Path]:
    """Gives a repository this one's settings, and the headings of its hand-written pages."""

    def made(root: Path) -> Path:
        shutil.copy(ROOT / "mkdocs.yml", root)
        for page in (ROOT / "docs").rglob("*.md"):
            path = page.relative_to(ROOT)
            if path.parts[1] != "okrs":
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(_headings(page.read_text("utf-8")), encoding="utf-8")
        return root

    return made


def _headings(page: str) -> str:
    """A page's headings: all that a link or the nav can lead to."""
    lines = re.sub(r"^(```|~~~).*?^\1", "", page, flags=re.DOTALL | re.MULTILINE).splitlines()
    return "\n\n".join(line for line in lines if re.match("#+ ", line)) + "\n"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A company that has put its own OKRs into `okrs/` still tests everything else."""
    okr_yml = Path(__file__).parents[1] / "okrs" / "okr.yml"
    if okr_yml.is_file() and "Meridian Cloud" in okr_yml.read_text("utf-8"):
        return
    skip = pytest.mark.skip(reason="about the demonstration, which okrs/ no longer holds")
    for item in items:
        if item.get_closest_marker("demonstration"):
            item.add_marker(skip)
