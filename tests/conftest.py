"""What holds for every test: no network, no home directory, a neutral machine, no surprises."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from hypothesis import settings

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
FOREIGN = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")
NETWORK_EVENTS = ("socket.connect", "socket.getaddrinfo", "socket.sendto")
THIS_MACHINE = ("127.0.0.1", "::1", "localhost", None, "")


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
time.tzset()
sys.addaudithook(refuse_network)

# The same examples on every run and nothing written into the checkout; `derandomize` leaves
# the order of the tests random.
settings.register_profile("okrdocs", derandomize=True, deadline=None, database=None)
settings.load_profile("okrdocs")
