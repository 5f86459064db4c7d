"""The service in a real server process on loopback, and plain HTTP to it, as the tests of the running service share them."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

__all__ = ["BASE", "TINY", "WAIT", "Answer", "ask", "children", "serving", "wait_until"]

BASE = "https://example.org/letters/"
TINY = Path(__file__).parents[1] / "data" / "tiny.trig"
WAIT = 30.0
PROGRAM = """
import json, sys
import uvicorn
from pyoxigraph import RdfFormat, Store
from kgpub.serve.app import Limits, Site, create_app
from kgpub.serve.connections import bounded
store = Store()
for file in sys.argv[4:]:
    store.load(path=file, format=RdfFormat.TRIG)
app = create_app(Site(store=store, base=sys.argv[1], title="Letters", limits=Limits(**json.loads(sys.argv[3]))))
class Server(uvicorn.Server):
    def handle_exit(self, sig, frame):
        app.state.engine.drain()
        super().handle_exit(sig, frame)
http = bounded(app.state.door)
Server(uvicorn.Config(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="warning", http=http)).run()
"""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@contextmanager
def serving(limits: str = "{}", *files: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run the service of tests/data/tiny.trig, or of other files, until it is no longer needed; yields process and address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-c", PROGRAM, BASE, str(port), limits, *map(str, files or (TINY,))]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "no_proxy": "127.0.0.1"}) as process:
        try:
            wait_until(lambda: _ready(process, root))
            yield process, root
        finally:
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(WAIT)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def _ready(process: subprocess.Popen[bytes], root: str) -> bool:
    if process.poll() is not None:
        raise AssertionError(process.stderr.read().decode() if process.stderr else "")
    try:
        return ask(root + "/ready").status == 200
    except OSError:
        return False


def wait_until(holds: object) -> None:
    """Wait until a condition holds; fail after half a minute."""
    assert callable(holds)
    end = time.monotonic() + WAIT
    while not holds():
        assert time.monotonic() < end, "it did not come to hold in time"
        time.sleep(0.02)


def ask(
    url: str,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    wait: float = WAIT,
) -> Answer:
    """Send one request just as it is given, with no header added but Host and Content-Length."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=wait)
    try:
        connection.putrequest(
            method,
            f"{parts.path}{'?' if parts.query else ''}{parts.query}",
            skip_host="Host" in (headers or {}),
            skip_accept_encoding=True,
        )
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read())
    finally:
        connection.close()


def children(pid: int) -> list[int]:
    """Return the processes that a process has started, and those that these have, the oldest first."""
    found = []
    for name in Path("/proc").iterdir():
        if name.name.isdigit():
            try:
                parent = int((name / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
            if parent == pid:
                found.append(int(name.name))
    return sorted(found + [one for child in found for one in children(child)])
