"""A static host for tests: a folder on a free port of this machine, with the headers that the service gives such pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from kgpub.serve.headers import SCRIPTED

__all__ = ["hosting"]


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        for name, value in SCRIPTED.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tests ask for hundreds of files."""


@contextmanager
def hosting(folder: Path) -> Iterator[str]:
    """Serve a folder until it is no longer needed; yields its address, which ends in a slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join(10)
