"""The server of the live preview: MkDocs' own, for those at the keyboard only.

The preview shows drafts. A page on the web can have its own name lead to this machine (DNS
rebinding) and would read them, so only requests that name this machine are answered.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

_HOME = "/okrs/index.html"
_Environ = dict[str, Any]
_StartResponse = Callable[[str, list[tuple[str, str]]], object]


class PreviewServer(LiveReloadServer):
    """Answers requests for the address that was given, and for loopback names."""

    def __init__(self, *, host: str, **more: Any) -> None:
        super().__init__(host=host, **more)
        self._given_host = host

    def serve_request(self, environ: _Environ, start_response: _StartResponse) -> Iterable[bytes]:
        """Serve a file, or 421 to who asks for another machine."""
        if is_own_host(environ.get("HTTP_HOST", ""), self._given_host):
            if environ.get("PATH_INFO") == "/" and not (Path(self.root) / "index.html").exists():
                start_response("302 Found", [("Location", _HOME)])
                return [b""]
            answer: Iterable[bytes] = super().serve_request(environ, start_response)
            return answer
        start_response("421 Misdirected Request", [("Content-Type", "text/plain")])
        return [b"This preview answers only to the address that it was started with.\n"]

    def _serve_request(
        self, environ: _Environ, start_response: _StartResponse
    ) -> Iterable[bytes] | None:
        try:
            answer: Iterable[bytes] | None = super()._serve_request(environ, start_response)
        except ValueError:  # a path that no file can have, such as one with NUL: not found
            return None
        return answer


def is_own_host(header: str, given: str) -> bool:
    """Return whether the header `Host` names this machine: a loopback name, or the given address.

    Where all addresses were given (`0.0.0.0`), any address in numbers does: only names can be led
    elsewhere.
    """
    try:
        host = (urlsplit(f"//{header}").hostname or "").removesuffix(".")
    except ValueError:
        return False
    if host and host in ("localhost", given.strip("[]").casefold()):
        return True
    address = _ip_address(host)
    every = _ip_address(given.strip("[]"))
    return address is not None and (
        address.is_loopback or (every is not None and every.is_unspecified)
    )


def _ip_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
