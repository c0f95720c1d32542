"""A folder served on this machine as a web server would: compressed, with types and 404s."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml")


@cache
def compressed(file: Path) -> bytes:
    """The file as it is sent; a site that is served doesn't change."""
    return gzip.compress(file.read_bytes(), compresslevel=5)


class Quiet(SimpleHTTPRequestHandler):
    """Compresses texts, keeps connections open and writes no log."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if not file.is_file() or file.suffix not in TEXT:
            super().do_GET()
            return
        data = compressed(file)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.copyfile(BytesIO(data), self.wfile)

    def log_message(self, *_said: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Serves each connection in a thread that ends with the program."""

    daemon_threads = True

    def handle_error(self, *_about: object) -> None:
        """A browser that leaves a page hangs up: that is no error."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server for the folder, with a slash at its end."""
    with Server(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
