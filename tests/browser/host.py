"""A static host for tests: a folder on a free port of this machine, with the headers that the service gives such pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from kgpub.serve.site_files import policy

__all__ = ["hosting"]


class _Handler(SimpleHTTPRequestHandler):
    """Answers with the files of a folder below a path of the host; what stands above that path is not there."""

    below = "/"

    def translate_path(self, path: str) -> str:
        inside = path.startswith(self.below)
        return super().translate_path(path.removeprefix(self.below) if inside else "/nothing")

    def end_headers(self) -> None:
        name = self.path.removeprefix(self.below).partition("?")[0]
        if name.endswith(".html"):
            for header, value in policy(name).items():
                self.send_header(header, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tests ask for hundreds of files."""


@contextmanager
def hosting(folder: Path, below: str = "/") -> Iterator[str]:
    """Serve a folder below a path until it is no longer needed; yields its address, which ends in a slash."""
    handler = type("_Below", (_Handler,), {"below": below})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{below}"
        finally:
            server.shutdown()
            thread.join(10)
