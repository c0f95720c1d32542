"""The guards of conftest.py hold: a test that reaches out of its folder crashes."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest


def test_a_connection_to_another_host_crashes() -> None:
    with (
        socket.socket() as client,
        pytest.raises(RuntimeError, match="reached for the network"),
    ):
        client.connect(("192.0.2.1", 80))


def test_looking_up_another_host_crashes() -> None:
    with pytest.raises(RuntimeError, match="reached for the network"):
        socket.getaddrinfo("example.com", 80)


def test_a_server_on_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def test_a_unix_socket_can_be_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The path of a Unix socket is limited to about 100 characters.
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind("s")
        server.listen()
        client.connect("s")


def test_writing_to_the_home_directory_crashes() -> None:
    with pytest.raises(NotADirectoryError):
        (Path.home() / ".okr").write_text("")


def test_the_time_zone_and_the_locale_are_neutral() -> None:
    assert time.tzname[0] == "UTC"
    assert os.environ["LC_ALL"] == "C.UTF-8"
