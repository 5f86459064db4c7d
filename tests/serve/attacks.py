"""The corpus of hostile requests (tests/serve/hostile/*.yaml): how it is read, sent over a socket, and judged."""

from __future__ import annotations

import http.client
import io
import re
import select
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

__all__ = ["BOUND", "CORPUS", "Attack", "Outcome", "faults", "listening", "read_corpus", "send"]

CORPUS = Path(__file__).parent / "hostile"
BOUND = 20.0
"""Seconds in which every answer is there: many times the limit of a query, on a machine that does other things as well."""
_SECRETS = re.compile(
    rb"Traceback \(most recent|File \"/|site-packages|root:x:0:|\[publication\]|\.py\", line|panicked at"
)
_POLICY = "default-src 'none'"
_OWN_SCRIPTS = re.compile(rb'<script (?:src="(?:\.\./)*assets/[a-z-]+\.js" defer|type="application/ld\+json")>')
"""What pages of the publication run: files of its own, and data that is not run."""
_BARE = (b"Invalid HTTP request received.", b"Unsupported upgrade request.")
"""What the HTTP server says by itself, before the service has seen a request."""


@dataclass(frozen=True)
class Attack:
    """One hostile request as bytes, and the answers to it that are right."""

    name: str
    method: str
    wire: Callable[[str, str], bytes]
    status: tuple[int, ...]
    closed: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came back; status 0 where the connection was closed without an answer, -1 where nothing came in time."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


def read_corpus(*files: Path) -> list[Attack]:
    """Return the attacks of the corpus in its order; each query is sent by GET where it is short, else as a POST."""
    return [
        _attack(one)
        for file in files or sorted(CORPUS.glob("*.yaml"))
        for one in yaml.safe_load(file.read_text("utf-8"))
    ]


def _attack(one: dict[str, Any]) -> Attack:
    unknown = set(one) - {"name", "query", "raw", "method", "path", "headers", "body", "status", "closed"}
    if unknown or 500 in one["status"]:
        raise ValueError(f"{one['name']}: {unknown or 'an error of ours is no right answer'}")
    method = _text(one.get("method", "GET"))

    def wire(host: str, listener: str) -> bytes:
        return _asked(one, host, listener) if "query" in one else _wire(one, method, host, listener)

    return Attack(one["name"], method, wire, tuple(one["status"]), one.get("closed", False))


def _asked(one: dict[str, Any], host: str, listener: str) -> bytes:
    text = _bytes(one["query"], listener=listener)
    if len(text) < 2_000:
        return _head("GET", f"/sparql?query={quote(text)}", host, {}) + b"\r\n"
    head = {"Content-Type": "application/sparql-query", "Content-Length": str(len(text))}
    return _head("POST", "/sparql", host, head) + b"\r\n" + text


def _wire(one: dict[str, Any], method: str, host: str, listener: str) -> bytes:
    if "raw" in one:
        return _bytes(one["raw"], host=host, listener=listener)
    headers = {name: _text(value) for name, value in one.get("headers", {}).items()}
    body = _bytes(one["body"]) if "body" in one else None
    if body is not None:
        headers["Content-Length"] = str(len(body))
    return _head(method, _text(one["path"], listener=listener), host, headers) + b"\r\n" + (body or b"")


def _head(method: str, path: str, host: str, headers: dict[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close"]
    return "".join(
        f"{line}\r\n" for line in [*lines, *(f"{name}: {value}" for name, value in headers.items())]
    ).encode()


def _text(value: Any, **names: str) -> str:
    return _bytes(value, **names).decode()


def _bytes(value: Any, **names: str) -> bytes:
    return b"".join(_piece(one, names) for one in (value if isinstance(value, list) else [value]))


def _piece(piece: Any, names: dict[str, str]) -> bytes:
    if isinstance(piece, dict):
        if "hex" in piece:
            return bytes.fromhex(piece["hex"])
        counted = "{n}" in piece["repeat"]
        times = piece["times"]
        text = (
            "".join(piece["repeat"].replace("{n}", str(n)) for n in range(times))
            if counted
            else piece["repeat"] * times
        )
        return str(text).encode()
    text = str(piece)
    for name, value in names.items():
        text = text.replace(f"{{{name}}}", value)
    return text.encode()


def send(address: tuple[str, int], attack: Attack, listener: str, wait: float = BOUND) -> Outcome:
    """Send an attack and read while sending, as a server may well answer before it has been told everything."""
    host = f"{address[0]}:{address[1]}"
    data = memoryview(attack.wire(host, listener))
    began = time.monotonic()
    found = bytearray()
    with socket.create_connection(address, wait) as connection:
        connection.setblocking(False)
        while time.monotonic() < began + wait:
            readable, writable, _ = select.select([connection], [connection] if data else [], [], 0.5)
            try:
                if readable:
                    if not (piece := connection.recv(1 << 16)):
                        return _outcome(bytes(found), attack.method, began)
                    found += piece
                elif writable:
                    data = data[connection.send(data[: 1 << 16]) :]
            except (ConnectionResetError, BrokenPipeError):
                return _outcome(bytes(found), attack.method, began)
            if _whole(bytes(found)) and not data:
                return _outcome(bytes(found), attack.method, began)
    return Outcome(-1, {}, bytes(found), time.monotonic() - began)


def _whole(found: bytes) -> bool:
    """Whether an answer that states its length is all there: the server need not close a connection."""
    head, gap, body = found.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    return bool(gap and length and len(body) >= int(length[1]))


class _Read(io.BytesIO):
    def makefile(self, *_: Any, **__: Any) -> io.BytesIO:
        return self


def _outcome(found: bytes, method: str, began: float) -> Outcome:
    seconds = time.monotonic() - began
    if found.startswith(b"HTTP/1.1 100"):
        found = found.partition(b"\r\n\r\n")[2]
    if not found:
        return Outcome(0, {}, b"", seconds)
    response = http.client.HTTPResponse(_Read(found), method=method)  # type: ignore[arg-type]
    response.begin()
    try:
        body = response.read()
    except http.client.IncompleteRead as cut:
        body = cut.partial
    return Outcome(response.status, {name.lower(): value for name, value in response.getheaders()}, body, seconds)


def faults(attack: Attack, outcome: Outcome) -> list[str]:
    """Return what is wrong with an answer, one sentence each: none where it is as it should be."""
    found = []
    if outcome.status not in (*attack.status, *((0,) if attack.closed else ())):
        found.append(f"status {outcome.status}, not one of {attack.status}: {outcome.body[:200]!r}")
    if outcome.seconds > BOUND:
        found.append(f"it took {outcome.seconds:.1f} s")
    if inner := _SECRETS.search(outcome.body):
        found.append(f"it tells {inner[0]!r}")
    policy = outcome.headers.get("content-security-policy", "")
    if outcome.status > 0 and outcome.body not in _BARE and not policy.startswith(_POLICY):
        found.append("it bears no content security policy")
    if "x-injected" in outcome.headers:
        found.append("a header of the client's stands in it")
    if b"<script" in _OWN_SCRIPTS.sub(b"", outcome.body) and outcome.headers.get("content-type", "").startswith(
        "text/html"
    ):
        found.append("markup of the client's stands in the page")
    return found


@contextmanager
def listening() -> Iterator[tuple[str, Callable[[], int]]]:
    """Listen on loopback; yields the address as a URL and a function that says how many have connected."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        server.setblocking(False)
        seen = 0

        def connected() -> int:
            nonlocal seen
            while select.select([server], [], [], 0)[0]:
                server.accept()[0].close()
                seen += 1
            return seen

        yield f"http://127.0.0.1:{server.getsockname()[1]}/", connected
