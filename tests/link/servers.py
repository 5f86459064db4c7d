"""Servers on this machine: a real Oxigraph process with given triples, and one that answers as it is told."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from tests.parts import need

__all__ = ["Answer", "oxigraph_server", "told_server"]

Answer = tuple[int, Mapping[str, str], bytes]


@contextmanager
def oxigraph_server(folder: Path, content: str) -> Iterator[str]:
    """Load triples into an Oxigraph of its own process, yield the address of its SPARQL endpoint, and stop that process."""
    beside = Path(sys.executable).with_name("oxigraph")
    program = need(beside if beside.exists() else "oxigraph", "pip install 'kgpub[dev]'")
    file = folder / "slice.nt"
    file.write_text(content, encoding="utf-8")
    location = folder / "store"
    subprocess.run([program, "load", "--location", location, "--file", file], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    command: list[str | Path] = [program, "serve-read-only", "--location", location, "--bind", bind]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, f"http://{bind}/")
            yield f"http://{bind}/query"
        finally:
            process.terminate()
            process.wait(10)


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise AssertionError(f"oxigraph ended with {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("oxigraph did not answer in ten seconds")


@contextmanager
def told_server(answer: Callable[[str, Mapping[str, str], Mapping[str, str]], Answer]) -> Iterator[str]:
    """Yield the address of a server that answers by a function of the method, the headers and the fields of the form."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("GET", {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._answer("POST", {name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, method: str, form: Mapping[str, str]) -> None:
            code, headers, content = answer(method, dict(self.headers), form)
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    # Every half second, as it is without being told, is how long each end of a server would take.
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
