"""The live preview: one edit, one rebuild; a fault is told and the old page stays."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from okrdocs.site.preview_server import is_own_host
from okrdocs.site.watch import regenerate_on_change

DEADLINE = 60.0  # seconds: for a machine that does many other things
OKRS = {
    "okr.yml": "schema: 1\norganization: Acme\nas_of: 2025-02-01\n",
    "2025-Q1/company.yml": "schema: 1\nobjectives: [{id: grow, title: Grow}]\n",
}
# A theme of one line: what is tested is when it builds, not how it looks.
CONFIG = "site_name: OKRs\ntheme: {custom_dir: theme}\n"


class Preview:
    """A running `okr serve`: its page, what it said, and its folder."""

    def __init__(self, root: Path, port: int) -> None:
        self.root, self.port = root, port
        self.log = root / "log"
        self.file = root / "okrs/2025-Q1/company.yml"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "okrdocs", "serve", "--address", f"127.0.0.1:{port}"],
                cwd=root,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                stdout=log,
                stderr=log,
            )

    def page(self) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        try:
            connection.request("GET", "/okrs/2025-Q1/company.html")
            return connection.getresponse().read().decode()
        except OSError:
            return ""
        finally:
            connection.close()

    def status_for(self, path: str = "/okrs/2025-Q1/company.html", **headers: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        connection.putrequest("GET", path, skip_host=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        status = connection.getresponse().status
        connection.close()
        return status

    def said(self) -> str:
        return self.log.read_text()

    def rebuilds(self) -> int:
        return self.said().count("Detected file changes")

    def edit(self, text: str) -> None:
        """As editors save: the new text beside the file, then moved into its place."""
        beside = self.file.with_suffix(".tmp")
        beside.write_text(text)
        beside.replace(self.file)

    def wait_for(self, true: Callable[[], bool]) -> None:
        end = time.monotonic() + DEADLINE
        while not true():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
            time.sleep(0.05)


def with_theme(root: Path) -> Path:
    (root / "theme").mkdir()
    (root / "theme/main.html").write_text("<body>{{ page.content }}</body>")
    (root / "mkdocs.yml").write_text(CONFIG)
    return root


@pytest.fixture
def preview(a_repository: Callable[[Mapping[str, str]], Path]) -> Iterator[Preview]:
    root = with_theme(a_repository(OKRS))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    served = Preview(root, port)
    try:
        yield served
    finally:
        served.process.kill()
        served.process.wait()


def test_one_edit_makes_one_rebuild_and_a_fault_makes_none(preview: Preview) -> None:
    preview.wait_for(lambda: "Grow" in preview.page())
    preview.edit(OKRS["2025-Q1/company.yml"].replace("Grow", "Flourish"))
    preview.wait_for(lambda: "Flourish" in preview.page())
    assert preview.rebuilds() == 1

    preview.edit("schema: 1\nobjectives: [{id: grow, titel: Wither}]\n")
    preview.wait_for(lambda: "The pages stay as they were." in preview.said())
    assert "okrs/2025-Q1/company.yml:2:" in preview.said()
    assert "Flourish" in preview.page()

    preview.edit(OKRS["2025-Q1/company.yml"].replace("Grow", "Blossom"))
    preview.wait_for(lambda: "Blossom" in preview.page())
    assert preview.rebuilds() == 2

    preview.process.send_signal(signal.SIGINT)
    assert preview.process.wait(DEADLINE) in (0, 130)
    assert preview.rebuilds() == 2
    assert "Traceback" not in preview.said()


def test_it_answers_only_to_names_of_this_machine(preview: Preview) -> None:
    preview.wait_for(lambda: "Grow" in preview.page())
    for host in "127.0.0.1", "localhost", "LOCALHOST.", "[::1]", "127.9.9.9":
        assert preview.status_for(Host=f"{host}:{preview.port}") == 200
    for host in "evil.test", "127.0.0.1.evil.test", "localhost.evil.test", "10.0.0.1", "", "[":
        assert preview.status_for(Host=f"{host}:{preview.port}") == 421
    assert preview.status_for() == 421
    for path in "/okrs/%00.html", "/%00", f"/livereload/{'9' * 5000}/1":
        assert preview.status_for(path, Host="localhost") == 404
    assert "Traceback" not in preview.said()


@pytest.mark.parametrize(
    ("header", "given", "own"),
    [
        ("okr.intern:8000", "okr.intern", True),
        ("192.168.1.5:8000", "0.0.0.0", True),
        ("[fe80::1]:8000", "::", True),
        ("evil.test:8000", "0.0.0.0", False),
        ("192.168.1.5:8000", "127.0.0.1", False),
    ],
)
def test_the_given_address_is_answered_and_with_all_of_them_any_in_numbers(
    header: str, given: str, own: bool
) -> None:
    assert is_own_host(header, given) is own


def test_a_folder_that_is_deleted_and_made_again_is_watched_again(preview: Preview) -> None:
    preview.wait_for(lambda: "Grow" in preview.page())
    preview.file.parent.parent.rename(preview.root / "elsewhere")
    preview.wait_for(lambda: "is gone. The pages stay as they were" in preview.said())
    (preview.root / "elsewhere").rename(preview.root / "okrs")
    preview.edit(OKRS["2025-Q1/company.yml"].replace("Grow", "Flourish"))
    preview.wait_for(lambda: "Flourish" in preview.page())
    preview.edit(OKRS["2025-Q1/company.yml"].replace("Grow", "Blossom"))
    preview.wait_for(lambda: "Blossom" in preview.page())


def test_an_unexpected_fault_is_told_and_the_watching_goes_on(tmp_path: Path) -> None:
    told: list[str] = []
    calls = iter(range(1000))

    def fail_at_first() -> None:
        if next(calls) == 0:
            raise RuntimeError("a bug")
        done.set()

    done = threading.Event()
    with regenerate_on_change(tmp_path, fail_at_first, told.append):
        end = time.monotonic() + DEADLINE
        while not done.wait(0.05) and time.monotonic() < end:
            (tmp_path / "file.yml").write_text(str(time.monotonic()))
    assert done.is_set()
    assert "RuntimeError: a bug" in told[0]
    assert told[0].endswith("The pages stay as they were; the preview goes on.")


def test_a_port_that_is_taken_is_a_clear_error(
    a_repository: Callable[[Mapping[str, str]], Path],
    okr: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    root = with_theme(a_repository(OKRS))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        ran = okr(root, "serve", "--address", address)
    assert ran.returncode == 2
    assert f"Nothing can be served at `{address}`: Address already in use." in ran.stderr


def test_watching_ends_with_its_block(tmp_path: Path) -> None:
    called = threading.Event()
    before = threading.active_count()
    with regenerate_on_change(tmp_path, called.set, print):
        end = time.monotonic() + DEADLINE
        while not called.wait(0.05) and time.monotonic() < end:
            (tmp_path / "file.yml").write_text(str(time.monotonic()))
        assert called.is_set()
    assert threading.active_count() == before


@pytest.mark.parametrize("address", ["8000", "127.0.0.1:http", "127.0.0.1:99999", "nowhere:1:2"])
def test_an_address_that_is_none_is_a_clear_error(
    a_repository: Callable[[Mapping[str, str]], Path],
    okr: Callable[..., subprocess.CompletedProcess[str]],
    address: str,
) -> None:
    ran = okr(with_theme(a_repository(OKRS)), "serve", "--address", address)
    assert ran.returncode == 2
    assert f"Nothing can be served at `{address}`: " in ran.stderr
